"""Figures of many values over one span of time: how many, least, mean, greatest, last. Pure arithmetic.

A counter's figures are rates per second between neighbouring samples, and its
last value as it stands. A counter that went down was reset: that step gives
no rate, unless the caller's *reset* says what it was (as for a wrap). Means
are over the values (a counter's: over the measured time).
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthd.model.observation import Reading

Floats = NDArray[np.float64]
Reset = Callable[[Reading, float, float, float], float | None]
"""Reading, value before, value after, seconds between: the true increase, None when nobody can tell."""

COUNTED = ("octets", "bytes", "packets", "errors", "discards", "drops", "crc", "flaps", "resets", "transitions", "changes", "count")


def is_counter(reading: Reading) -> bool:
    """Say whether *reading* only ever counts up: a whole number whose metric ends in what is counted in or out."""
    return isinstance(reading.value, int) and reading.metric.rsplit(".", 1)[-1] in COUNTED and reading.metric.split(".", 1)[0] != "memory"


def dtype(width: int) -> np.dtype[Any]:
    """Return how the figures of *width* columns lie in a row."""
    kinds = (("n", "<u4"), ("low", "<f4"), ("mean", "<f4"), ("high", "<f4"), ("last", "<f8"), ("counter", "?"))
    return np.dtype([(name, kind, (width,)) for name, kind in kinds])


def figures(values: Floats, starts: NDArray[np.intp], counter: NDArray[np.bool_], rates: tuple[Floats, Floats]) -> NDArray[Any]:
    """Return one row of figures for each span; *starts* are the spans' first rows in *values*, NaN is "not given".

    *rates* are the increase and the seconds since the row before, NaN where there is none; they are used where *counter*.
    """
    increase, seconds = rates
    with np.errstate(invalid="ignore", divide="ignore"):
        shown = np.where(counter, increase / seconds, values)
        made = np.zeros(len(starts), dtype=dtype(values.shape[1]))
        given = ~np.isnan(shown)
        made["n"] = np.add.reduceat(given, starts, axis=0, dtype=np.uint32)
        made["low"] = np.fmin.reduceat(shown, starts, axis=0)
        made["high"] = np.fmax.reduceat(shown, starts, axis=0)
        weight = np.where(given, np.where(counter, seconds, 1.0), 0.0)
        weighed = np.add.reduceat(np.where(given, shown, 0.0) * weight, starts, axis=0)
        made["mean"] = weighed / np.add.reduceat(weight, starts, axis=0)
    made["last"] = _last(values, starts)
    made["counter"] = counter
    return made


def _last(values: Floats, starts: NDArray[np.intp]) -> Floats:
    order = np.where(np.isnan(values), -1, np.arange(len(values))[:, None])
    newest = np.maximum.reduceat(order, starts, axis=0)
    return np.where(newest < 0, np.nan, np.take_along_axis(values, np.maximum(newest, 0), axis=0))


def rates(
    values: Floats, times: Floats, readings: Sequence[Reading], counter: NDArray[np.bool_], reset: Reset | None
) -> tuple[Floats, Floats]:
    """Return the increase of each value and the seconds since the row before; NaN for the first and after a reset."""
    increase, seconds = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    increase[1:] = values[1:] - values[:-1]
    seconds[1:] = (times[1:] - times[:-1])[:, None]
    for at, column in zip(*np.nonzero((increase < 0) & counter), strict=True):
        told = reset and reset(readings[column], float(values[at - 1, column]), float(values[at, column]), float(seconds[at, column]))
        increase[at, column] = np.nan if told is None else told
    return increase, seconds


def merged(parts: NDArray[Any]) -> NDArray[Any]:
    """Return the figures over all *parts* together, as one row; the parts follow each other in time."""
    made = np.zeros(1, dtype=parts.dtype)
    with np.errstate(invalid="ignore", divide="ignore"):
        made["n"] = parts["n"].sum(axis=0, dtype=np.uint32)
        made["low"], made["high"] = np.fmin.reduce(parts["low"]), np.fmax.reduce(parts["high"])
        made["mean"] = np.where(parts["n"] > 0, parts["mean"] * parts["n"], 0).sum(axis=0) / parts["n"].sum(axis=0)
    made["last"] = _last(parts["last"], np.array([0]))
    made["counter"] = parts["counter"].any(axis=0)
    return made
