"""Where a value is heading: a robust slope, how sure it is, and when a limit would be met.

The slope is the median of the slopes between all pairs of points (Theil 1950,
Sen 1968), which a few wild values do not move; its 95 % interval comes from
Kendall's statistic. A trend counts only when the whole interval points one way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST = 200
"""Longer series are thinned to medians of so many pieces: pairs grow with the square."""
LEAST = 12
Z = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Change per second: *slope*, surely within *low*..*high* (95 %); *last* is the fitted newest value at *at* (epoch seconds)."""

    slope: float
    low: float
    high: float
    last: float
    at: float
    points: int

    @property
    def sure(self) -> bool:
        """Does the value surely rise, or surely fall?"""
        return self.low > 0 or self.high < 0

    def per(self, span: timedelta) -> float:
        """Return the change over *span*."""
        return self.slope * span.total_seconds()

    def until(self, limit: float) -> tuple[timedelta, timedelta] | None:
        """Return the soonest and the latest time from *at* until *limit* is met; None when the value is not surely heading there.

        A limit that is met already is met in no time.
        """
        away = limit - self.last
        if not self.sure or away * self.slope < 0:
            return None
        soonest, latest = sorted(away / edge for edge in (self.low, self.high))
        return timedelta(seconds=soonest), timedelta(seconds=min(latest, 1e9))


def trend(times: Sequence[float], values: Sequence[float | str]) -> Trend | None:
    """Return the trend of a series; None with fewer than a dozen known values or no time between them."""
    moments = np.asarray(times, dtype=np.float64)
    known = np.array([np.nan if isinstance(v, str) else v for v in values], dtype=np.float64)
    there = ~np.isnan(known)
    moments, known = _thinned(moments[there], known[there])
    if len(known) < LEAST or moments[-1] <= moments[0]:
        return None
    first, second = np.triu_indices(len(known), 1)
    apart = moments[second] - moments[first]
    slopes = np.sort((known[second] - known[first])[apart > 0] / apart[apart > 0])
    slope = float(np.median(slopes))
    low, high = _bounds(slopes, len(known))
    level = float(np.median(known - slope * (moments - moments[-1])))
    return Trend(slope=slope, low=low, high=high, last=level, at=float(moments[-1]), points=len(known))


def _bounds(slopes: Floats, count: int) -> tuple[float, float]:
    """Return the slopes between which the true one lies in 95 of 100 cases (Kendall's variance)."""
    reach = Z * sqrt(count * (count - 1) * (2 * count + 5) / 18)
    below = max(0, int((len(slopes) - reach) / 2))
    above = min(len(slopes) - 1, int((len(slopes) + reach) / 2) + 1)
    return float(slopes[below]), float(slopes[above])


def _thinned(moments: Floats, known: Floats) -> tuple[Floats, Floats]:
    if len(known) <= MOST:
        return moments, known
    pieces = np.array_split(np.arange(len(known)), MOST)
    return np.array([np.median(moments[p]) for p in pieces]), np.array([np.median(known[p]) for p in pieces])
