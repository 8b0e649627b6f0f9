"""Until when a faulty part has to be back, who says so, when to remind, and what it costs when it is not.

Three clocks run from the good part's arrival; the nearest leads:

- the service process: ``Tac.returns`` (10) working days after receipt;
- Cisco: the day that it told (``returnToCiscoBy`` of the RMA API), else 10 calendar days after the order, as in the
  one whole RMA that is known; after the receipt where the order's day is not known, as Cisco's return page says;
- Cisco's invoice: 30 calendar days after receipt, from when it may charge the list price.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from healthd.calendars import WorkCalendar
from healthd.desk.spares import alike
from healthd.model.rma import Replacement, Stage
from healthd.model.tac import SpareKind, Tac

CISCO = 10
CHARGE = 30
REMINDED = (5, 8, 10)
"""Calendar days that Cisco gives, those after which it may charge, and the working days on which the specialist is reminded."""
DAY = timedelta(days=1)


class Rule(StrEnum):
    """Whose clock it is."""

    PROCESS = "process"
    CISCO = "cisco"
    CHARGE = "charge"


class Basis(StrEnum):
    """What a clock counts from."""

    RECEIPT = "receipt"
    ORDER = "order"
    TOLD = "told"  # Cisco said the day itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last *day* by one rule. *late* is how many calendar days it is over: of a returned part when it was returned, else today; 0 when not."""

    rule: Rule
    day: date
    basis: Basis
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Somebody is to be reminded on *day*: *number* working days after receipt, or *overdue* days after the leading clock; then the manager is told too."""

    day: date
    number: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """List prices of parts that Cisco may charge: the sum of those that are known, and how many have no price."""

    parts: int
    price: int
    unpriced: int


def calendar(tac: Tac) -> WorkCalendar:
    """Return the service center's working days."""
    return WorkCalendar(country=tac.holidays, worked=frozenset(tac.worked), free=frozenset(tac.free))


def running(found: Replacement) -> bool:
    """Say whether a good part has come for which a faulty one is still owed."""
    return found.received is not None and found.returned is None and found.stage is not Stage.CANCELLED and found.ended is None


def clocks(found: Replacement, tac: Tac, now: datetime) -> tuple[Due, ...]:
    """Return the clocks of *found*, the nearest first; none before Cisco's part has arrived."""
    if found.received is None:
        return ()
    zone = tac.zone
    arrived, today = _day(found.received, zone), _day(found.returned or found.ended or now, zone)
    last, basis = _cisco(found, arrived, zone)
    dues = (
        (Rule.PROCESS, calendar(tac).after(arrived, tac.returns), Basis.RECEIPT),
        (Rule.CISCO, last, basis),
        (Rule.CHARGE, arrived + CHARGE * DAY, Basis.RECEIPT),
    )
    made = (Due(rule=rule, day=day, basis=basis, late=max(0, (today - day).days)) for rule, day, basis in dues)
    return tuple(sorted(made, key=lambda due: due.day))


def leading(found: Replacement, tac: Tac, now: datetime) -> Due | None:
    """Return the clock that runs out first, None when none runs."""
    return next(iter(clocks(found, tac, now)), None)


def process(found: Replacement, tac: Tac, now: datetime) -> Due | None:
    """Return the service process's own clock."""
    return next((due for due in clocks(found, tac, now) if due.rule is Rule.PROCESS), None)


def _cisco(found: Replacement, arrived: date, zone: ZoneInfo) -> tuple[date, Basis]:
    if found.return_by:
        return found.return_by, Basis.TOLD
    if found.ordered:
        return _day(found.ordered, zone) + CISCO * DAY, Basis.ORDER
    return arrived + CISCO * DAY, Basis.RECEIPT


def reminders(found: Replacement, tac: Tac, now: datetime) -> tuple[Reminder, ...]:
    """Return every reminder that has come due up to *now*'s day, oldest first; none once the part is on its way or the record is over."""
    lead = leading(found, tac, now)
    if lead is None or not running(found) or found.received is None:
        return ()
    arrived, today, days = _day(found.received, tac.zone), _day(now, tac.zone), calendar(tac)
    fixed = [Reminder(day=days.after(arrived, number), number=number) for number in REMINDED]
    over = [Reminder(day=lead.day + n * DAY, overdue=n) for n in range(1, (today - lead.day).days + 1)]
    taken = {each.day for each in over}
    return tuple(
        sorted(
            (each for each in (*fixed, *over) if each.day <= today and (each.overdue or each.day not in taken)), key=lambda each: each.day
        )
    )


def at_risk(found: Iterable[Replacement], kinds: Sequence[SpareKind]) -> Risk:
    """Return what Cisco may charge for the parts of *found* that are owed; a part without a known price is counted, not guessed."""
    owed = [each for each in found if running(each)]
    prices = [price(each.wanted.pid, kinds) for each in owed]
    return Risk(parts=len(owed), price=sum(each for each in prices if each is not None), unpriced=prices.count(None))


def price(pid: str, kinds: Iterable[SpareKind]) -> int | None:
    """Return the list price of *pid*, None when the service center has not told it."""
    return next((kind.price for kind in kinds if alike(kind.pid, pid)), None)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
