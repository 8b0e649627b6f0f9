"""Spare parts on the shelf: what moved, and what that leaves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from healthd.model.interval import utc


class Moving(StrEnum):
    """How a part moves; ``desk.spares`` says when each is allowed."""

    RECEIVE = "receive"
    RESERVE = "reserve"
    RELEASE = "release"
    ISSUE = "issue"
    TAKE_BACK = "take-back"  # a faulty part comes in
    SHIP = "ship"  # a faulty part goes to Cisco
    SEND = "send"  # to another branch
    ARRIVE = "arrive"  # from another branch
    COUNT = "count"
    ADJUST = "adjust"  # a person's correction after a count, with its reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One line of a branch's stock. *rma* is the replacement that it is for; *counted* how many a count found; *there* the other branch.

    *faulty* says that the part does not work. *gone* is an adjustment's way: the part is not there any more.
    """

    at: datetime
    who: str
    moving: Moving
    pid: str
    serial: str = ""
    rma: str = ""
    text: str = ""
    there: str = ""
    place: str = ""
    counted: int | None = None
    faulty: bool = False
    gone: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One part on the shelf: *place* says where, *held* for which replacement it is reserved (empty: free)."""

    pid: str
    serial: str
    since: datetime
    held: str = ""
    place: str = ""
    faulty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The newest count of one PID: how many good parts were found, and how many were booked."""

    pid: str
    at: datetime
    found: int
    booked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What a branch has, as its moves make it."""

    branch: str
    units: tuple[Unit, ...] = ()
    counts: tuple[Counted, ...] = ()
    version: int = 0

    def unit(self, serial: str) -> Unit | None:
        """Return the part *serial*, None when it is not here."""
        return next((each for each in self.units if each.serial == serial), None)
