"""Moments and half-open spans of time.

Everything that lasts uses these: up-time, maintenance, the pauses of a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def utc(moment: datetime) -> datetime:
    """Return *moment* in UTC; a time without a zone is refused."""
    if moment.tzinfo is None:
        raise ValueError(f"a time needs a zone: {moment.isoformat()}")
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The time from *start* up to, but not including, *end*; both are kept in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", utc(self.start))
        object.__setattr__(self, "end", utc(self.end))
        if self.end < self.start:
            raise ValueError(f"interval ends before it starts: {self.start} > {self.end}")

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end - self.start

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def cut(self, other: "Interval") -> "Interval | None":
        """Return what both share, or None when they share no time."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None

    def overlap(self, other: "Interval") -> timedelta:
        """Return how long both last together."""
        return max(timedelta(0), min(self.end, other.end) - max(self.start, other.start))


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Merge intervals that touch or overlap; the result is sorted, disjoint and without empty ones."""
    merged: list[Interval] = []
    for span in sorted(intervals):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, span.end))
        elif span.length:
            merged.append(span)
    return tuple(merged)


def gaps(intervals: Iterable[Interval], window: Interval) -> tuple[Interval, ...]:
    """Return the parts of *window* that no interval covers."""
    free, at = [], window.start
    for span in union(intervals):
        if span.start >= window.end:
            break
        if at < span.start:
            free.append(Interval(at, span.start))
        at = max(at, span.end)
    if at < window.end:
        free.append(Interval(at, window.end))
    return tuple(free)


def total(intervals: Iterable[Interval]) -> timedelta:
    """Return the time that at least one of *intervals* covers."""
    return sum((span.length for span in union(intervals)), timedelta(0))
