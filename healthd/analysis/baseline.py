"""What is usual for a device: its own values at that hour of the day over four weeks.

The band is the median ± a robust spread (1.4826 × the median distance from
it, which is the standard deviation of a normal quantity), so that one bad
night does not become usual. With too few days nothing is usual, and that is
said: None, never a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from healthd.model.phrase import Phrase, say

WEEKS = 4
LEAST_DAYS = 7
DEVIATION = 1.4826
WIDTH = 2.0
"""Spreads on each side of the median: 19 of 20 ordinary values lie between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """The usual band *low*..*high* around *median* at *hour* (local), out of *days* days; all in the metric's unit."""

    median: float
    low: float
    high: float
    hour: int
    days: int

    def holds(self, value: float) -> bool:
        """Say whether *value* is usual."""
        return self.low <= value <= self.high


def usual(times: Sequence[float], values: Sequence[float | str], at: datetime, *, zone: tzinfo = UTC) -> Usual | None:
    """Return what is usual at *at*'s hour of the day in *zone*; None with fewer than seven days.

    *times* are epoch seconds. Only values older than *at*'s own hour and
    younger than four weeks count.
    """
    return profile(times, values, at, zone=zone)[at.astimezone(zone).hour]


def profile(times: Sequence[float], values: Sequence[float | str], at: datetime, *, zone: tzinfo = UTC) -> tuple[Usual | None, ...]:
    """Return what is usual at each of the 24 hours of the day, as seen at *at*."""
    began = at.replace(minute=0, second=0, microsecond=0)
    moments, known = np.asarray(times, dtype=np.float64), _numbers(values)
    inside = (moments >= (at - timedelta(weeks=WEEKS)).timestamp()) & (moments < began.timestamp()) & ~np.isnan(known)
    moments, known = moments[inside], known[inside]
    offsets = _offsets(moments, zone)
    hours, days = (moments + offsets) // 3600 % 24, (moments + offsets) // 86400
    return tuple(_usual(known[hours == h], days[hours == h], h) for h in range(24))


def say_usual(found: Usual | None, unit: str) -> Phrase:
    """Return the sentence about what is usual, or that nothing is known to be."""
    if found is None:
        return say("What is usual at this hour is not known yet: fewer than {days} days were measured.", days=LEAST_DAYS)
    return say("Usual at this hour: {low}–{high} {unit}.", low=round(found.low, 1), high=round(found.high, 1), unit=unit)


def _usual(known: NDArray[np.float64], days: NDArray[np.float64], hour: int) -> Usual | None:
    count = len(np.unique(days))
    if count < LEAST_DAYS:
        return None
    median = float(np.median(known))
    spread = WIDTH * DEVIATION * float(np.median(np.abs(known - median)))
    # A quantity that is never negative has no usual below 0.
    low = max(median - spread, 0.0) if known.min() >= 0 else median - spread
    return Usual(median=median, low=low, high=median + spread, hour=hour, days=count)


def _numbers(values: Sequence[float | str]) -> NDArray[np.float64]:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        return np.array([np.nan if isinstance(v, str) else v for v in values], dtype=np.float64)


def _offsets(moments: NDArray[np.float64], zone: tzinfo) -> NDArray[np.float64]:
    """Return the zone's distance from UTC in seconds at each moment; it changes at whole quarters of an hour only."""
    quarters, which = np.unique(moments // 900, return_inverse=True)
    away = [(datetime.fromtimestamp(q * 900, zone).utcoffset() or timedelta(0)).total_seconds() for q in quarters]
    return np.array(away, dtype=np.float64)[which]
