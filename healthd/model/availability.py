"""Reachability over time, and the figures made of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from healthd.model.interval import Interval, utc

EVERY = "*"
"""What a word about all of a customer's devices calls them (``Reclassification.device``)."""


class State(StrEnum):
    """The six states of a device; at any moment it has exactly one."""

    UP = "up"
    DOWN = "down"
    UNREACHABLE = "unreachable"  # a parent on every path to it is down
    MAINTENANCE = "maintenance"
    UNMEASURED = "unmeasured"
    OUT_OF_SERVICE = "out_of_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One try to reach a device: did anything answer, and by what (icmp, snmp, tcp)."""

    device: str
    at: datetime
    answered: bool
    by: str = ""
    reason: str = ""
    rtt_ms: float | None = None
    loss_pct: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """The device entered *state* at *at*; *reason* says why in words, *author* who said so (empty: healthd)."""

    device: str
    at: datetime
    state: State
    reason: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassification:
    """A person's word on a past or planned span: maintenance, customer power, the carrier.

    Time inside *interval* counts as *state*; reports made afterwards say so
    and name *author* and *reason*. ``device`` may be EVERY, for all of a customer.
    """

    device: str
    interval: Interval
    state: State
    author: str
    reason: str
    entered: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What somebody entered at one time about one or many *devices*; *number* names it for a person.

    *withdrawn*, *withdrawn_by* and *withdrawn_why* say when, by whom and why it was taken back; None while it holds.
    """

    number: int
    devices: tuple[str, ...]
    interval: Interval
    state: State
    author: str
    reason: str
    entered: datetime
    withdrawn: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time in one state; *entered* is when *author* said so, None where it was measured.

    *begun* is when the whole time begins that *author* spoke of, which may be before the stretch; None where it was measured.
    """

    state: State
    interval: Interval
    reason: str = ""
    author: str = ""
    entered: datetime | None = None
    begun: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What a device's time in *window* was spent on; the six spans of time add up to the window.

    ``fraction`` is up ÷ (up + down) over measured time outside maintenance;
    unreachable time counts for the network's figure and the parent's, not
    against the device. ``low`` and ``high`` bound it by taking all unmeasured
    time as down, and as up.
    """

    device: str
    window: Interval
    up: timedelta
    down: timedelta
    unreachable: timedelta
    maintenance: timedelta
    unmeasured: timedelta
    out_of_service: timedelta
    spans: tuple[Span, ...] = ()

    @property
    def fraction(self) -> float | None:
        """Availability from 0 to 1; None when nothing was measured."""
        return self._share(self.up, self.up + self.down)

    @property
    def coverage(self) -> float | None:
        """Share of the time in service that was measured, from 0 to 1."""
        in_service = self.window.length - self.out_of_service
        return self._share(in_service - self.unmeasured, in_service)

    @property
    def low(self) -> float | None:
        """The least the availability can have been."""
        return self._share(self.up, self.up + self.down + self.unmeasured)

    @property
    def high(self) -> float | None:
        """The most the availability can have been."""
        return self._share(self.up + self.unmeasured, self.up + self.down + self.unmeasured)

    @staticmethod
    def _share(part: timedelta, whole: timedelta) -> float | None:
        return part / whole if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """One loss of service; *interval* ends at the window's end while *ongoing*.

    The interval of a restart ends at the device's own start, and *back* is its first answer after it: nobody heard it
    between, so it was away for at most so long. None where that is not known.
    *unmeasured* says that from the interval's end on nobody looked: when it really ended is not known.
    """

    device: str
    interval: Interval
    ongoing: bool = False
    reason: str = ""
    reboot: bool = False
    back: datetime | None = None
    unmeasured: bool = False

    @property
    def away(self) -> timedelta:
        """The longest time that it can have been away: up to its first answer, where that is known."""
        return max(self.back or self.interval.end, self.interval.end) - self.interval.start
