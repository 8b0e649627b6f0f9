"""The TAC itself: its people, branches, duties and promises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from healthd.model.case import Priority
from healthd.model.interval import utc


class Role(StrEnum):
    """What somebody does in the service process."""

    HOTLINE = "hotline"
    ENGINEER = "engineer"
    SENIOR_ENGINEER = "senior-engineer"
    SENIOR_MANAGER = "senior-manager"  # senior technical manager (HQ)
    DUTY_MANAGER = "duty-manager"
    CENTER_MANAGER = "center-manager"
    EXECUTIVE = "executive"
    SPARES = "spares"
    SALES = "sales"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the TAC; *name* is the login name, *title* how people call them. *urgent* is where P1 and P2 reach them (chat or SMS target)."""

    name: str
    title: str = ""
    roles: frozenset[Role] = frozenset()
    email: str = ""
    phone: str = ""
    urgent: str = ""
    branch: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A place of the partner's with a stock of spares; Cisco ships to *direct* ones, to headquarters for all others."""

    name: str
    title: str = ""
    direct: bool = False
    headquarters: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareKind:
    """What is known of a kind of spare part. *substitutes* are PIDs that can take its place, the best first.

    *minimum* says by branch how many free ones there should be at least, *price* is Cisco's list price of one in
    the service center's currency (None: not known), *value* its class (A, B, C) in the ledger.
    """

    pid: str
    substitutes: tuple[str, ...] = ()
    minimum: Mapping[str, int] = field(default_factory=dict)
    price: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who has *role* when: *people* in the order in which they are asked, on *weekdays* between *hours* (None: round the clock), of *first* to *last*."""

    role: Role
    people: tuple[str, ...]
    weekdays: frozenset[int] = frozenset(range(7))
    hours: tuple[time, time] | None = None
    first: date | None = None
    last: date | None = None

    def holds(self, local: datetime) -> bool:
        """Say whether it holds at *local*, a time in the service center's zone; a night's duty belongs to the day on which it began."""
        opens, closes = self.hours or (time.min, time.min)
        night, clock = closes <= opens and self.hours is not None, local.time()
        if self.hours and not (clock >= opens or clock < closes if night else opens <= clock < closes):
            return False
        day = local.date() - timedelta(days=1) if night and clock < closes else local.date()
        return day.weekday() in self.weekdays and (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A change of the roster: *people* have *role* from *start* to before *end*, whatever the duties say. *author* entered it *at*, for a *reason*."""

    role: Role
    people: tuple[str, ...]
    start: datetime
    end: datetime
    author: str
    at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        for name in ("start", "end", "at"):
            object.__setattr__(self, name, utc(getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How soon what is done for one priority; None promises nothing.

    Counted in service hours unless *round_the_clock*. *rma_stops* says that it
    was agreed that the time in which a part is on its way does not count
    towards the resolution.
    """

    response: timedelta | None = None
    contact: timedelta | None = None
    update: timedelta | None = None
    resolution: timedelta | None = None
    round_the_clock: bool = False
    rma_stops: bool = False


H = timedelta(hours=1)
PROMISES: Mapping[Priority, Promise] = {
    Priority.P1: Promise(response=H / 4, contact=H / 2, update=H, resolution=4 * H, round_the_clock=True),
    Priority.P2: Promise(response=H / 2, contact=H, update=2 * H, resolution=8 * H, round_the_clock=True),
    Priority.P3: Promise(response=2 * H, contact=4 * H, update=24 * H, resolution=72 * H),
    Priority.P4: Promise(response=8 * H, contact=16 * H, update=40 * H, resolution=None),
}
"""What is promised where a contract says nothing else."""


def folded(name: str) -> str:
    """Return a person's *name* as names are compared: people write them with other capitals and blanks."""
    return "".join(name.split()).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tac:
    """The partner's service center. *holidays* is the country of its calendar, *worked* and *free* its own words against it.

    *levels* holds what contracts of a service level (``7x24x4``) promise otherwise than *promises*. *returns* are working days for a
    faulty part's way back, *silence* those after which a resolved case is closed when the customer says nothing. *swaps* change the roster.
    Prices of *spares* are in *currency*.
    """

    title: str = "TAC"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    holidays: str = ""
    hotline: str = ""
    link: str = ""
    people: tuple[Person, ...] = ()
    branches: tuple[Branch, ...] = ()
    duties: tuple[Duty, ...] = ()
    promises: Mapping[Priority, Promise] = field(default_factory=lambda: dict(PROMISES))
    levels: Mapping[str, Mapping[Priority, Promise]] = field(default_factory=dict)
    returns: int = 10
    silence: int = 5
    desk: str = "embedded"
    worked: tuple[date, ...] = ()
    free: tuple[date, ...] = ()
    swaps: tuple[Swap, ...] = ()
    spares: tuple[SpareKind, ...] = ()
    currency: str = ""

    def branch(self, name: str) -> Branch | None:
        """Return the branch called *name*: by its name, its title or a word of its title, as inventories write them."""
        return next((each for each in self.branches if name and name in (each.name, each.title, *each.title.split())), None)

    def person(self, name: str) -> Person | None:
        """Return who is called *name*."""
        return next((each for each in self.people if each.name == name), None)

    def named(self, said: str) -> Person | None:
        """Return whom of the service center *said* names, by login or by title, whatever its capitals and blanks."""
        return next((each for each in self.people if folded(said) in (folded(each.name), folded(each.title)) and folded(said)), None)

    def having(self, role: Role) -> tuple[Person, ...]:
        """Return all who have *role*, on duty or not."""
        return tuple(each for each in self.people if role in each.roles)

    def on_duty(self, role: Role, at: datetime) -> tuple[Person, ...]:
        """Return who has *role* at *at*, in the order in which they are asked; empty when the roster names nobody for it.

        The newest swap that holds wins over all duties.
        """
        swaps = [each for each in self.swaps if each.role is role and each.start <= at < each.end]
        if swaps:
            return self._people(max(swaps, key=lambda each: each.at).people)
        local = at.astimezone(self.zone)
        return self._people(tuple(name for duty in self.duties if duty.role is role and duty.holds(local) for name in duty.people))

    def promised(self, priority: Priority, level: str = "") -> Promise:
        """Return what is promised for *priority* by contracts of *level*."""
        return self.levels.get(level, {}).get(priority) or self.promises.get(priority) or Promise()

    def _people(self, names: tuple[str, ...]) -> tuple[Person, ...]:
        return tuple(found for name in dict.fromkeys(names) if (found := self.person(name)))
