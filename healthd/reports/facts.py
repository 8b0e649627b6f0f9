"""Everything a report section may know, as plain values: what was measured, computed and found, before any wording.

``gather`` makes it out of history and analysis; sections only choose and word.
One value of it is one snapshot, so no two places of a report can disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from healthd.analysis.stream.configured import Change
from healthd.analysis.stream.logday import Log
from healthd.model.availability import Availability, Outage, Span, State
from healthd.model.device import Customer, Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.interval import Interval
from healthd.model.phrase import Percent, Phrase
from healthd.model.poll import Poll
from healthd.model.report import Status
from healthd.reports.causes import Cause

LEVELS = {
    Level.CRITICAL: Status.CRITICAL,
    Level.WARNING: Status.WARNING,
    Level.UNKNOWN: Status.UNKNOWN,
    Level.NOTICE: Status.NORMAL,
}
EVERY = timedelta(minutes=5)
"""The time between two looks at a device, as long as nothing else is known."""
STATES = {
    State.UP: Status.NORMAL,
    State.DOWN: Status.CRITICAL,
    State.UNREACHABLE: Status.WARNING,
    State.MAINTENANCE: Status.MAINTENANCE,
    State.UNMEASURED: Status.UNKNOWN,
    State.OUT_OF_SERVICE: Status.UNKNOWN,
}


HARDLY = 0.05
"""A share of less than a twentieth of the time says nothing of the whole: it is not told as a percentage."""


def told(share: float | None, measured: float | None) -> Percent | None:
    """Return *share* (0 to 1) as a percentage where enough of the time was *measured* (0 to 1), else None."""
    return Percent(share) if share is not None and measured is not None and measured >= HARDLY else None


def whole(percent: float) -> int:
    """Return *percent* without decimals; what is short of 100 never reads 100."""
    return min(round(percent), 99) if percent < 100 else round(percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One of the last days: None where it is not known, which is not 0.

    *network* is the network availability from 0 to 1, *concerned* the number
    of devices in the day's worst *status*, *measured* the share of device
    time that was measured.
    """

    date: date
    devices: int
    reachable: int | None = None
    network: float | None = None
    measured: float | None = None
    lost: timedelta | None = None
    status: Status | None = None
    concerned: int = 0
    faults: int | None = None
    log_lines: int | None = None
    cases: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A service point the customer named, with the devices that make it; *spans* are its states today."""

    name: str
    devices: tuple[str, ...]
    today: Availability
    month: Availability | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How much of something was used over the day: *metric* is cpu, memory, interface or errors.

    *peak* and *mean* are percent (errors: packets per hour), *usual* the
    band the device itself shows at these hours, *limit* the threshold that
    counts. *values* are at equal distances over the day. *alias* is what the
    customer wrote on the interface.
    """

    device: str
    item: str
    metric: str
    peak: float
    mean: float
    at: datetime | None = None
    usual: tuple[float, float] | None = None
    limit: float | None = None
    values: tuple[float | None, ...] = ()
    alias: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reboot:
    """A restart of a device, with its own words for the reason; *away* is how long at most it did not answer."""

    device: str
    at: datetime
    reason: str = ""
    away: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaved:
    """A running configuration that a reboot would lose."""

    device: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """What one finding took off the score."""

    points: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The secondary figure: *value* is None when too little was measured; *cap* is the level that capped it."""

    value: int | None
    deductions: tuple[Deduction, ...] = ()
    cap: int | None = None
    model: str = "v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case that is open, as the report shows it: *who* does *what* *until* when is its next step. *rma* is how far a replacement has come."""

    number: str
    priority: str
    state: Phrase | str
    title: Phrase | None = None
    device: str = ""
    pid: str = ""
    serial: str = ""
    opened: datetime | None = None
    since: datetime | None = None
    who: Phrase | str = ""
    what: Phrase | None = None
    until: datetime | None = None
    rma: Phrase | None = None
    cisco: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The customer's cases at the end of the day: those *open*, *by_key* of the findings they are about, and how long each was open (*spans*)."""

    open: tuple[Case, ...] = ()
    by_key: Mapping[str, Case] = field(default_factory=dict)
    spans: tuple[tuple[datetime, datetime | None], ...] = ()

    def at(self, moment: datetime) -> int:
        """Return how many cases were open at *moment*."""
        return sum(begun <= moment and (ended is None or ended > moment) for begun, ended in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One customer's day.

    *window* is the day in the customer's zone; *today* and *month* are
    availability by device over the day and the days up to its end. *causes*
    is what has to be acted on, worst first. *network* and *network_month* are
    the network availability from 0 to 1, *network_measured* the share of
    service point time that was measured. *every* is
    the time between two looks at a device, *confirm* how many lost looks in a
    row count as down, *by* what is looked with. *coverage* is the share of
    device time that was measured. *cases* is None while there never was one. *log* is what the devices' logs say, None
    while none reaches us; *changes* are the configuration changes that logs
    and traps told of; *strays* is how many senders no inventory names, None
    where others than this customer might be theirs.
    """

    customer: Customer
    window: Interval
    made: datetime
    devices: tuple[Device, ...]
    status: Status
    data_until: datetime | None = None
    polls: Mapping[str, Poll] = field(default_factory=dict)
    today: Mapping[str, Availability] = field(default_factory=dict)
    month: Mapping[str, Availability] = field(default_factory=dict)
    outages: tuple[Outage, ...] = ()
    findings: tuple[Finding, ...] = ()
    causes: tuple[Cause, ...] = ()
    network: float | None = None
    network_measured: float | None = None
    network_month: float | None = None
    points: tuple[Point, ...] = ()
    days: tuple[Day, ...] = ()
    score: Score | None = None
    uses: tuple[Use, ...] = ()
    reboots: tuple[Reboot, ...] = ()
    unsaved: tuple[Unsaved, ...] = ()
    changes: tuple[Change, ...] = ()
    log: Log | None = None
    strays: int | None = None
    cases: Cases | None = None
    every: timedelta = EVERY
    confirm: int = 2
    by: tuple[str, ...] = ("icmp", "snmp")
    edition: int = 1
    corrected: Phrase | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The customer's time zone."""
        return self.customer.zone

    @property
    def day(self) -> date:
        """The day in the customer's zone."""
        return self.window.start.astimezone(self.zone).date()

    @property
    def partial(self) -> bool:
        """Is the day not over yet?"""
        return self.window.end < datetime.combine(self.day + timedelta(days=1), time(0), self.zone)

    @property
    def in_service(self) -> tuple[Device, ...]:
        """The devices that are watched."""
        return tuple(device for device in self.devices if device.in_service)

    def case(self, key: str) -> Case | None:
        """Return the open case that is about the finding *key*."""
        return self.cases.by_key.get(key) if self.cases else None

    @property
    def agreed(self) -> float | None:
        """The agreed network availability from 0 to 1, None where none is agreed."""
        promised = self.customer.contract.availability if self.customer.contract else None
        return None if promised is None else promised / 100

    @property
    def blind(self) -> tuple[Finding, ...]:
        """The checks that could not be made."""
        return tuple(f for f in self.findings if f.level == Level.UNKNOWN)

    @property
    def coverage(self) -> float | None:
        """The share of device time in service that was measured; None without any."""
        spent = [a for a in self.today.values() if a.window.length > a.out_of_service]
        in_service = sum((a.window.length - a.out_of_service for a in spent), timedelta())
        blind = sum((a.unmeasured for a in spent), timedelta())
        return (in_service - blind) / in_service if in_service else None

    @property
    def lost(self) -> timedelta:
        """The time all devices together were down by their own fault: the sum of what each one's row prints, in whole seconds."""
        return timedelta(seconds=sum(int(a.down.total_seconds()) for a in self.today.values()))

    @property
    def restless(self) -> tuple[Device, ...]:
        """The devices that were not up and measured the whole day, those that lost most first."""
        return tuple(sorted((d for d in self.in_service if not self.steady(d)), key=lambda d: (self._rank(d), d.name)))

    def steady(self, device: Device) -> bool:
        """Was *device* up the whole day, and measured?"""
        a = self.today.get(device.name)
        return a is not None and not (a.down or a.unreachable or a.unmeasured or a.maintenance)

    def _rank(self, device: Device) -> tuple[timedelta, ...]:
        a = self.today.get(device.name)
        return (timedelta(0),) if a is None else (-a.down, -a.unreachable, -a.unmeasured, -a.maintenance)

    def model(self, device: str) -> str:
        """Return what the device says it is, empty before it was ever asked."""
        poll = self.polls.get(device)
        return poll.system.pid if poll and poll.system else ""

    def state_of(self, device: Device) -> Status:
        """Return the worst of *device*: its findings, and not measured when nothing is known."""
        own = [LEVELS[f.level] for f in self.findings if f.device == device.name]
        a = self.today.get(device.name)
        if a is None or a.fraction is None:
            own.append(Status.MAINTENANCE if a and a.maintenance else Status.UNKNOWN)
        return min(own, key=list(Status).index, default=Status.NORMAL)

    @property
    def read(self) -> tuple[Device, ...]:
        """The devices in service whose parts were read at least once."""
        return tuple(device for device in self.in_service if device.name in self.polls)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings that say a part has failed and wants replacing."""
        return tuple(f for f in self.findings if f.verdict == Condition.FAILED and f.until is None)

    @property
    def pressing(self) -> bool:
        """Is there anything that has to be done at once, if only for one device?"""
        return any(cause.first.level >= Level.CRITICAL for cause in self.causes)

    @property
    def passed(self) -> tuple[Finding, ...]:
        """The findings that came and went inside the day."""
        return tuple(f for f in self.findings if f.until is not None)

    @property
    def calm(self) -> bool:
        """Is there nothing to say beyond page 1: nothing found, nothing lost, nothing unmeasured?"""
        measured = bool(self.today) and all(self.steady(d) for d in self.in_service)
        noise = self.log is not None and not self.log.calm
        said = self.causes or self.blind or self.passed or self.reboots or self.unsaved or noise
        return measured and self.status == Status.NORMAL and not said

    def reachable(self) -> tuple[Device, ...]:
        """Return the devices that answered at the window's end; a device in maintenance or unmeasured is not among them."""
        ends = {name: a.spans[-1].state for name, a in self.today.items() if a.spans}
        return tuple(d for d in self.in_service if ends.get(d.name) == State.UP)
