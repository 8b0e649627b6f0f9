"""How many log lines are usual on a day: the median of the last weeks' days, with its band.

Of whole days, because a few lines at the same hour of the same weekday are
too few to tell anything. The band is the one of ``analysis.baseline``: the
median ± two robust spreads; a count is never below 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from healthd.analysis.baseline import DEVIATION, LEAST_DAYS, WIDTH
from healthd.model.logged import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Lines a day: *median*, and *low*..*high* around it, out of *days* days."""

    median: float
    low: float
    high: float
    days: int


def band(counts: Sequence[int]) -> Band | None:
    """Return what is usual by the *counts* of some days; None with fewer than seven days."""
    if len(counts) < LEAST_DAYS:
        return None
    middle = float(median(counts))
    spread = WIDTH * DEVIATION * float(median(abs(n - middle) for n in counts))
    return Band(median=middle, low=max(0.0, middle - spread), high=middle + spread, days=len(counts))


def of_severities(days: Iterable[Counts], severities: Iterable[int]) -> Band | None:
    """Return what is usual for the lines of *severities* together."""
    wanted = frozenset(severities)
    return band([sum(n for (_, severity), n in day.items() if severity in wanted) for day in days])


def of_message(days: Iterable[Counts], message: str, severity: int) -> Band | None:
    """Return what is usual for one message; on a day without it, it came no time."""
    return band([day.get((message, severity), 0) for day in days])
