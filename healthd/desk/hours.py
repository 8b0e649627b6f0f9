"""Service hours: which moments count, how much time of a span counts, and when a promise runs out.

A day is served when its weekday is and no public holiday falls on it, or when
it is a make-up workday. Service on all seven days of the week takes no
holidays. Opening and closing are wall-clock times of the zone: where the
clocks jump over one, it is the moment of the jump; where they show it twice,
it is the first. Closing at or before opening means on the next day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

from healthd.calendars import WorkCalendar
from healthd.model.device import Contract, Customer
from healthd.model.interval import Interval, gaps, utc
from healthd.model.tac import Tac

DAY = timedelta(days=1)
ALL_DAYS = frozenset(range(7))
LONGEST = 3660
"""Days after which no promise is looked for any more; ten years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Service between *opens* and *closes* (both midnight: round the clock) on *weekdays* (0 is Monday) in *zone*.

    Raises:
        ValueError: it is served on no weekday.
    """

    zone: ZoneInfo
    opens: time = time.min
    closes: time = time.min
    weekdays: frozenset[int] = ALL_DAYS
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def __post_init__(self) -> None:
        if not self.weekdays:
            raise ValueError("service hours need a weekday")

    def serves(self, day: date) -> bool:
        """Say whether service begins on *day*."""
        if self.weekdays >= ALL_DAYS:
            return True
        if self.calendar.makeup(day):
            return True
        return day.weekday() in self.weekdays and not self.calendar.holiday(day)

    def spans(self, window: Interval) -> Iterator[Interval]:
        """Yield the spans of service inside *window*, oldest first; they may touch."""
        first = window.start.astimezone(self.zone).date() - DAY
        last = window.end.astimezone(self.zone).date()
        for day in (first + n * DAY for n in range((last - first).days + 1)):
            if self.serves(day) and (span := self._span(day).cut(window)):
                yield span

    def _span(self, day: date) -> Interval:
        return Interval(
            _moment(day, self.opens, self.zone), _moment(day + DAY if self.closes <= self.opens else day, self.closes, self.zone)
        )

    def worked(self, window: Interval, pauses: Iterable[Interval] = ()) -> timedelta:
        """Return how much of *window* is service time outside of *pauses*."""
        stands = tuple(pauses)
        return sum((free.length for span in self.spans(window) for free in gaps(stands, span)), timedelta(0))

    def due(self, start: datetime, promise: timedelta, pauses: Sequence[Interval] = ()) -> datetime:
        """Return when *promise* of service time has passed since *start*, not counting *pauses*; *start* itself for no time at all.

        A promise that ends with a service day ends at its closing, not at the next opening.

        Raises:
            ValueError: not within ten years.
        """
        left, begins = promise, utc(start)
        if left <= timedelta(0):
            return begins
        for span in self._onward(begins):
            for free in gaps(pauses, span):
                if left <= free.length:
                    return free.start + left
                left -= free.length
        raise ValueError(f"{promise} of service after {start:%Y-%m-%d} do not pass within ten years")

    def _onward(self, start: datetime) -> Iterator[Interval]:
        first = start.astimezone(self.zone).date() - DAY
        for day in (first + n * DAY for n in count()):
            if (day - first).days > LONGEST:
                return
            if self.serves(day) and (span := self._span(day)).end > start:
                yield Interval(max(start, span.start), span.end)


@lru_cache(maxsize=20_000)
def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return when the wall clock in *zone* first shows *clock* on *day*, or has passed it."""
    wall = datetime.combine(day, clock)
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    # The clocks jump over it: read with the offset after the jump it lies before the jump, with the one before it lies after.
    early, late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), found
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        early, late = (middle, late) if middle.astimezone(zone).replace(tzinfo=None) < wall else (early, middle)
    return late.replace(microsecond=0)


def of(customer: Customer | None, tac: Tac) -> Hours:
    """Return the service hours of *customer*'s contract; round the clock where none are agreed, in the service center's zone for nobody's."""
    if customer is None:
        return Hours(zone=tac.zone)
    contract = customer.contract or Contract(number="", level="")
    opens, closes = contract.hours or (time.min, time.min)
    calendar = WorkCalendar(country=customer.holidays, worked=frozenset(customer.worked), free=frozenset(customer.free))
    return Hours(zone=customer.zone, opens=opens, closes=closes, weekdays=contract.weekdays or ALL_DAYS, calendar=calendar)


def always(zone: ZoneInfo) -> Hours:
    """Return hours that never end."""
    return Hours(zone=zone)
