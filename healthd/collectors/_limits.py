"""A sensor's own thresholds as four limits, without those that cannot be meant."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from healthd.catalogue.mibs.entity_sensor import ABOVE, BELOW, CRITICAL, MAJOR

Limits = tuple[float | None, float | None, float | None, float | None]
"""Low critical, low warning, high warning, high critical."""


class Threshold(NamedTuple):
    """One row of entSensorThresholdTable; *value* is in the sensor's raw numbers."""

    severity: int
    relation: int
    value: int


def limits(thresholds: Iterable[Threshold], scale: float, *, zero: bool = False) -> Limits | None:
    """Return the limits in the sensor's unit, None when nothing usable is said.

    Major and critical thresholds are the outer limits, and the widest of them
    counts; minor ones, and those of severity "other", which ISR routers give
    alone, only warn. Devices fill unused rows with 0, with -32768 or with the
    value of another row, and mark some minor limits the wrong way round: what
    leaves no range to work in is dropped. *zero* says that 0 is a real limit,
    as it is for dBm.
    """
    usable = [t for t in thresholds if abs(t.value) < 32767 and (zero or t.value != 0)]
    lows, highs = _outer(usable, BELOW), _outer(usable, ABOVE)
    if lows and highs and max(lows) >= min(highs):
        lows, highs = [], []
    low, high = (min(lows) if lows else None), (max(highs) if highs else None)
    warn_low, warn_high = _inner(usable, low, high)
    found = tuple(None if v is None else v * scale for v in (low, warn_low, warn_high, high))
    return None if found == (None,) * 4 else (found[0], found[1], found[2], found[3])


def _outer(usable: Sequence[Threshold], side: frozenset[int]) -> list[int]:
    return [t.value for t in usable if t.relation in side and t.severity in (MAJOR, CRITICAL)]


def _inner(usable: Sequence[Threshold], low: int | None, high: int | None) -> tuple[int | None, int | None]:
    """Return the warning limits that lie between the outer ones and leave a range between themselves."""
    soft = [
        t for t in usable if t.severity not in (MAJOR, CRITICAL) and (low is None or t.value > low) and (high is None or t.value < high)
    ]
    warn_low = max((t.value for t in soft if t.relation in BELOW), default=None)
    warn_high = min((t.value for t in soft if t.relation in ABOVE), default=None)
    if warn_low is not None and warn_high is not None and warn_low >= warn_high:
        return None, None
    return warn_low, warn_high
