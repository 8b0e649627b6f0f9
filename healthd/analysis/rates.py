"""Rates out of counters: never negative, never above line rate, unknown rather than a spike.

Counter32 wraps at 2³² (RFC 2578, 7.1.6); at 1 Gb/s that takes 34 s (RFC 2863,
3.1.6), so a 32-bit counter of a fast port says nothing over five minutes. A
value that falls is a wrap only where exactly one fits below the line rate;
else the counter began again and the sample is void.

Numbers are NumPy arrays: a day of 200 devices is 18 million samples.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthd.model.columns import Columns
from healthd.model.observation import Reading
from healthd.model.poll import Series

Floats = NDArray[np.float64]
WRAP = 2.0**32
LATE = 1.1
"""Agents refresh counters every few seconds, so a full line may seem up to a tenth faster than it is."""
GAP = 3.0
"""A sample over more than three usual steps is a gap, not a rate."""
BITS = 8
SOONEST = 1e-3
"""Two answers closer together than this many seconds are one look at a counter."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rates:
    """A counter's increase per second, one value per pair of samples; NaN where it cannot be told.

    *times* are the ends of the samples in UTC epoch seconds, *seconds* their
    lengths. *series* is what it was made of.
    """

    series: Series
    times: Floats
    seconds: Floats
    values: Floats

    @property
    def last(self) -> float | None:
        """The newest known rate, None when there is none."""
        known = self.values[~np.isnan(self.values)]
        return float(known[-1]) if len(known) else None

    @property
    def total(self) -> float:
        """The known increase over all samples."""
        return float(np.nansum(self.values * self.seconds))


def rates(series: Series, *, ceiling: float | None = None, breaks: Sequence[float] = ()) -> Rates:
    """Return the rates of one counter.

    *ceiling* is the most that can pass per second, in the counter's unit
    (:func:`octets_per_second`, :func:`packets_per_second`); None when the line
    rate is not known. *breaks* are moments (epoch seconds) at which the
    counter began again: a restart, ifCounterDiscontinuityTime.
    """
    return next(iter(all_rates([series], {series.item: ceiling}, breaks)))


def all_rates(group: Iterable[Series], ceilings: Mapping[str, float | None] | None = None, breaks: Sequence[float] = ()) -> Iterator[Rates]:
    """Yield the rates of many counters of one device, those with the same times at once.

    *ceilings* are by item.
    """
    blocks: dict[tuple[float, ...] | bytes, list[Series]] = {}
    for series in group:
        times = series.times
        blocks.setdefault(times if isinstance(times, tuple) else np.asarray(times).tobytes(), []).append(series)
    for members in blocks.values():
        yield from _block(members, ceilings or {}, breaks)


def table(columns: Columns, ceilings: Floats, breaks: Sequence[float] = ()) -> Floats:
    """Return the rates of all counters of *columns*: a row for each, a value for each pair of its times, NaN where it cannot be told.

    *ceilings* has the most that can pass per second for each row, NaN where it is not known.
    """
    seconds = np.diff(columns.times)
    values = np.asarray(columns.values, dtype=np.float64)
    narrow = np.array([not _wide(reading) for reading in columns.readings])[:, None]
    return _rates(columns.times, values, seconds, ceilings[:, None], narrow, breaks)


def octets_per_second(speed_bps: float | None) -> float | None:
    """Return the most octets that a line of *speed_bps* carries a second; None when the speed is not known."""
    return speed_bps / BITS if speed_bps else None


def packets_per_second(speed_bps: float | None) -> float | None:
    """Return the most frames a second: the shortest Ethernet frame takes 84 octets with its gap (IEEE 802.3, 4.4.2)."""
    return speed_bps / BITS / 84 if speed_bps else None


def utilisation(octets: Floats, speed_bps: float) -> Floats:
    """Return octets per second as percent of *speed_bps*; each direction of a full-duplex line by itself."""
    share: Floats = octets * BITS * 100 / speed_bps
    return share


def _block(members: Sequence[Series], ceilings: Mapping[str, float | None], breaks: Sequence[float]) -> Iterator[Rates]:
    times = np.asarray(members[0].times, dtype=np.float64)
    values = numbers(members)
    ceiling = np.array([ceilings.get(s.item) or np.nan for s in members])[:, None]
    narrow = np.array([not _wide(s.reading) for s in members])[:, None]
    seconds = np.diff(times)
    found = _rates(times, values, seconds, ceiling, narrow, breaks)
    for series, row in zip(members, found, strict=True):
        yield Rates(series=series, times=times[1:], seconds=seconds, values=row)


def _rates(  # noqa: PLR0913, PLR0917 - what rates are made of
    times: Floats, values: Floats, seconds: Floats, ceiling: Floats, narrow: NDArray[np.bool_], breaks: Sequence[float]
) -> Floats:
    small = narrow & (np.nanmax(values, axis=1, initial=0)[:, None] < WRAP) if narrow.any() else narrow
    found = _per_second(values, seconds, ceiling, small)
    found[:, ~_usable(times, seconds, breaks)] = np.nan
    return found


def _per_second(values: Floats, seconds: Floats, ceiling: Floats, narrow: NDArray[np.bool_]) -> Floats:
    """Rows of counters to rows of rates; NaN compares as false, so an unknown ceiling forbids nothing but wraps."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        grown = np.diff(values, axis=1)
        fell = grown < 0
        if fell.any():
            # Below half the range a fall is far more often a cleared counter than a wrap.
            wrapped = fell & narrow & (values[:, :-1] >= WRAP / 2) & (grown + WRAP <= ceiling * seconds)
            grown = np.where(wrapped, grown + WRAP, np.where(fell, np.nan, grown))
        found: Floats = grown / seconds
        found[found > ceiling * LATE] = np.nan
        if narrow.any():
            found[narrow & (ceiling * seconds >= WRAP)] = np.nan
        np.copyto(found, np.broadcast_to(ceiling, found.shape), where=found > ceiling)
    return found


def _usable(times: Floats, seconds: Floats, breaks: Sequence[float]) -> NDArray[np.bool_]:
    """Say which samples can be rates: time went on, nothing was missed, and the counter did not begin again."""
    usable: NDArray[np.bool_] = seconds >= SOONEST
    if usable.sum() > 2:
        usable &= seconds <= GAP * float(np.median(seconds[usable]))
    for moment in breaks:
        usable &= ~((times[:-1] < moment) & (moment <= times[1:]))
    return usable


def numbers(members: Sequence[Series]) -> Floats:
    """Return the values of series of equal length as rows of numbers; NaN for what is none."""
    try:
        return np.array([s.values for s in members], dtype=np.float64)
    except (TypeError, ValueError):
        return np.array([[_number(v) for v in s.values] for s in members], dtype=np.float64)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else np.nan


def _wide(reading: Reading | None) -> bool:
    """Say whether the counter has 64 bits: the MIB objects say so in their names (ifHCInOctets)."""
    return reading is not None and "HC" in reading.source.rpartition("::")[2]
