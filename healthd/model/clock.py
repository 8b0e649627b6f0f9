"""A promise and how much of its time is used."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from healthd.model.case import Priority
from healthd.model.interval import Interval, utc


class Kind(StrEnum):
    """What is promised: that an engineer takes the case, that the customer is called, is kept informed, is helped."""

    RESPONSE = "response"
    CONTACT = "contact"
    UPDATE = "update"
    RESOLUTION = "resolution"


class Why(StrEnum):
    """Why a clock stands."""

    CUSTOMER = "customer"  # waiting for the customer
    MAINTENANCE = "maintenance"  # an agreed window
    RMA = "rma"  # a part is on its way, and the contract says that this does not count
    RESOLVED = "resolved"  # until it was opened again
    SALES = "sales"  # without contract nobody worked on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Time that does not count. *text* is the reason that was given; *ended* is False while it goes on."""

    span: Interval
    why: Why
    text: str = ""
    ended: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One promise of one case at one moment.

    *priority* is the one whose promise binds, *started* is when that began to
    count, *due* when its time runs out; while it is paused without a date, the
    due time is what it would be if the pause ended now. *used* is service time
    without pauses. *met* is when it was kept or at least done, *breached* when
    its time ran out before that. *paused* is since when it stands, *pause*
    why. *missed* counts earlier rounds of a repeating clock that ran out.
    """

    kind: Kind
    priority: Priority
    started: datetime
    promise: timedelta
    due: datetime
    used: timedelta
    met: datetime | None = None
    breached: datetime | None = None
    paused: datetime | None = None
    pause: Pause | None = None
    missed: int = 0

    def __post_init__(self) -> None:
        for name in ("started", "due", "met", "breached", "paused"):
            moment = getattr(self, name)
            object.__setattr__(self, name, utc(moment) if moment else None)

    @property
    def left(self) -> timedelta:
        """How much service time is left; below zero once it ran out."""
        return self.promise - self.used

    @property
    def share(self) -> float:
        """How much of the promise is used, 1 when all is."""
        return self.used / self.promise if self.promise else 1.0

    @property
    def runs(self) -> bool:
        """Does it count now, or will it in the next service hours?"""
        return self.met is None and self.paused is None
