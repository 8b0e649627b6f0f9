"""What is due, as a pure function of what was done and of the present moment.

A schedule covers time without gaps by *periods*: days, ISO weeks, months,
quarters of the customer's own calendar. The work for a period is due at the
schedule's time of day after the period has ended. Nothing here waits or
ticks: who asks after a week of downtime is told every period that is still
open, each once, oldest first.

Both clock changes are settled by one rule: a local time that does not exist
is the next minute that does, one that exists twice is its first.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from healthd.model.interval import Interval

DAY = timedelta(days=1)


class Every(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Work of *kind* for *customer*, due at the local time *at* of the first day after each period.

    *lag* moves that day further: with 2 the work waits for the third day.
    """

    customer: str
    kind: str
    every: Every
    at: time
    zone: ZoneInfo
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One span of local days; *key* names it for ever (``2026-11-21``, ``2026-W47``, ``2026-11``, ``2026-Q4``)."""

    key: str
    first: date
    after: date
    zone: ZoneInfo

    @property
    def interval(self) -> Interval:
        """The period in UTC, from local midnight to local midnight; a day has 23 to 25 hours."""
        return Interval(instant(self.first, time(0), self.zone), instant(self.after, time(0), self.zone))


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return in UTC when the local clock of *zone* shows *at* on *day*."""
    local = datetime.combine(day, at, zone)
    for _ in range(24 * 60 + 1):
        moment = local.astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            return moment
        local += timedelta(minutes=1)
    # A whole local day can be missing (a zone that crossed the date line): the next day's first minute it is.
    return local.astimezone(UTC)


def period(every: Every, day: date, zone: ZoneInfo) -> Period:
    """Return the period that *day* lies in."""
    match every:
        case Every.DAY:
            return Period(key=day.isoformat(), first=day, after=day + DAY, zone=zone)
        case Every.WEEK:
            first, (year, week, _) = day - day.weekday() * DAY, day.isocalendar()
            return Period(key=f"{year}-W{week:02}", first=first, after=first + 7 * DAY, zone=zone)
        case Every.MONTH:
            return Period(key=f"{day:%Y-%m}", first=day.replace(day=1), after=_month_after(day, 1), zone=zone)
        case Every.QUARTER:
            first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
            return Period(key=f"{day.year}-Q{(day.month + 2) // 3}", first=first, after=_month_after(first, 3), zone=zone)


def _month_after(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def due_at(schedule: Schedule, of: Period) -> datetime:
    """Return in UTC when the work for *of* falls due."""
    return instant(of.after + schedule.lag * DAY, schedule.at, schedule.zone)


def due(schedule: Schedule, done: Collection[str], since: datetime, now: datetime) -> Iterator[Period]:
    """Yield, oldest first, the periods whose work fell due after *since* and up to *now* and is not in *done*.

    *since* is when the schedule began, or any later moment up to which all is
    known to be done; *done* holds keys of periods.
    """
    current = period(schedule.every, since.astimezone(schedule.zone).date() - (schedule.lag + 1) * DAY, schedule.zone)
    while (at := due_at(schedule, current)) <= now:
        if at > since and current.key not in done:
            yield current
        current = period(schedule.every, current.after, schedule.zone)


def next_due(schedule: Schedule, now: datetime) -> datetime:
    """Return the first moment after *now* at which something falls due."""
    current = period(schedule.every, now.astimezone(schedule.zone).date() - (schedule.lag + 1) * DAY, schedule.zone)
    while (at := due_at(schedule, current)) <= now:
        current = period(schedule.every, current.after, schedule.zone)
    return at
