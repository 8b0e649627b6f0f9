"""The TAC itself: its people, branches, duties and promises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from healthd.model.case import Priority


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
class Duty:
    """Who has *role* when: *people* in the order in which they are asked, on *weekdays* between *hours* (None: round the clock), of *first* to *last*."""

    role: Role
    people: tuple[str, ...]
    weekdays: frozenset[int] = frozenset(range(7))
    hours: tuple[time, time] | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How soon what is done for one priority; None promises nothing. Counted in service hours unless *round_the_clock*."""

    response: timedelta | None = None
    contact: timedelta | None = None
    update: timedelta | None = None
    resolution: timedelta | None = None
    round_the_clock: bool = False


H = timedelta(hours=1)
PROMISES: Mapping[Priority, Promise] = {
    Priority.P1: Promise(response=H / 4, contact=H / 2, update=H, resolution=4 * H, round_the_clock=True),
    Priority.P2: Promise(response=H / 2, contact=H, update=2 * H, resolution=8 * H, round_the_clock=True),
    Priority.P3: Promise(response=2 * H, contact=4 * H, update=24 * H, resolution=72 * H),
    Priority.P4: Promise(response=8 * H, contact=16 * H, update=40 * H, resolution=None),
}
"""What is promised where a contract says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tac:
    """The partner's service center. *holidays* is the country of its calendar; *returns* are working days for a faulty part's way back."""

    title: str = "TAC"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    holidays: str = ""
    hotline: str = ""
    link: str = ""
    people: tuple[Person, ...] = ()
    branches: tuple[Branch, ...] = ()
    duties: tuple[Duty, ...] = ()
    promises: Mapping[Priority, Promise] = field(default_factory=lambda: dict(PROMISES))
    returns: int = 10
    desk: str = "embedded"

    def person(self, name: str) -> Person | None:
        """Return who is called *name*."""
        return next((each for each in self.people if each.name == name), None)
