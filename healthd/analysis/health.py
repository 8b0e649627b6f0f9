"""Health: the status is the worst there is, never an average; the score is secondary and explains itself.

A role limits what a device can do to the network's status: one access switch
is not the network, a core is. It never dilutes: no number of healthy devices
makes an ill one better. The score is 100 minus the listed deductions, capped
by the worst finding, and there is none when too little was measured.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from healthd.model.availability import Availability, State
from healthd.model.device import Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.report import Status

MODEL = "v1"
WEIGHTS = {Level.CRITICAL: 40, Level.WARNING: 10, Level.UNKNOWN: 5, Level.NOTICE: 0}
AGAIN = {Level.CRITICAL: 10, Level.WARNING: 2, Level.UNKNOWN: 1, Level.NOTICE: 0}
"""What a rule's second and further finding of a level takes off: fifty ports with one cause are one trouble, and no less listed."""
CAPS = {Level.CRITICAL: 59, Level.WARNING: 84}
LEAST_COVERAGE = 0.9
CARRYING = frozenset({"core", "edge", "distribution", "firewall", "datacenter"})
"""Roles on which others depend; every other role is an access one."""
STATUS = {Level.CRITICAL: Status.CRITICAL, Level.WARNING: Status.WARNING, Level.UNKNOWN: Status.UNKNOWN, Level.NOTICE: Status.NORMAL}
SILENT = {State.UNMEASURED: Status.UNKNOWN, State.UNREACHABLE: Status.UNKNOWN, State.DOWN: Status.CRITICAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """What one finding takes off; *level* is the finding's own, limited by the device's role where the network is scored."""

    points: int
    finding: Finding
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """*value* from 0 to 100, None when less than 90 % was measured; *cap* is what the worst finding leaves at most, None without one."""

    value: int | None
    coverage: float | None
    deductions: tuple[Deduction, ...] = ()
    cap: int | None = None
    model: str = MODEL


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHealth:
    """One device: its status, its score, its present *state*, and its findings worst first."""

    device: Device
    status: Status
    state: State
    score: Score
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A customer's network and each of its devices in service."""

    status: Status
    score: Score
    devices: tuple[DeviceHealth, ...]


def health(devices: Iterable[Device], findings: Iterable[Finding], measured: Mapping[str, Availability]) -> Health:
    """Return the health of the devices in service; *measured* is availability by device name, with spans to tell the present state."""
    by_device: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_device[finding.device].append(finding)
    served = sorted((d for d in devices if d.in_service), key=lambda d: d.name)
    each = tuple(device_health(d, by_device[d.name], measured.get(d.name)) for d in served)
    limited = [(f, limit(f.level, d.device, f)) for d in each for f in d.findings if d.status is not Status.MAINTENANCE]
    return Health(status=_network_status(each), score=score(limited, _seen(served, measured)), devices=each)


def device_health(device: Device, findings: Iterable[Finding], measured: Availability | None) -> DeviceHealth:
    """Return the health of one device by itself; its role limits nothing here."""
    own = tuple(sorted(findings, key=lambda f: (-f.level, f.rule, f.item)))
    state = measured.spans[-1].state if measured and measured.spans else State.UNMEASURED
    if state in (State.MAINTENANCE, State.OUT_OF_SERVICE):
        status = Status.MAINTENANCE if state is State.MAINTENANCE else Status.NORMAL
    else:
        status = worst([*(STATUS[f.level] for f in own), SILENT.get(state, Status.NORMAL)])
    scored = score([(f, f.level) for f in own], measured.coverage if measured else None)
    return DeviceHealth(device=device, status=status, state=state, score=scored, findings=own)


def limit(level: Level, device: Device, finding: Finding | None = None) -> Level:
    """Return what *level* on *device* means for the network.

    Only a carrying device or a service point is critical for it; a part that
    has failed stays critical wherever it is, as it has to be replaced.
    """
    failed = finding is not None and finding.verdict is Condition.FAILED
    return level if device.role in CARRYING or device.service_point or failed else min(level, Level.WARNING)


def worst(statuses: Iterable[Status]) -> Status:
    """Return the worst of *statuses*; nothing at all is normal."""
    return min(statuses, key=list(Status).index, default=Status.NORMAL)


def coverage(measured: Sequence[Availability]) -> float | None:
    """Return the share of all devices' time in service that was measured; None without any."""
    in_service = sum((a.window.length - a.out_of_service for a in measured), timedelta(0))
    return (in_service - sum((a.unmeasured for a in measured), timedelta(0))) / in_service if in_service else None


def _seen(served: Sequence[Device], measured: Mapping[str, Availability]) -> float | None:
    """Return the coverage of all *served*; one of which nothing at all is known counts as not measured."""
    known = [measured[d.name] for d in served if d.name in measured]
    share = coverage(known)
    return None if share is None else share * len(known) / len(served)


def score(findings: Iterable[tuple[Finding, Level]], seen: float | None) -> Score:
    """Return the score of findings, each with the level that counts here; *seen* is the coverage."""
    deductions = tuple(_deductions(findings))
    cap = min((CAPS[d.level] for d in deductions if d.level in CAPS), default=None)
    value = max(0, min(100 if cap is None else cap, 100 - sum(d.points for d in deductions)))
    return Score(value=value if seen is not None and seen >= LEAST_COVERAGE else None, coverage=seen, deductions=deductions, cap=cap)


def _deductions(findings: Iterable[tuple[Finding, Level]]) -> Iterable[Deduction]:
    told: set[tuple[str, Level]] = set()
    for finding, level in sorted(findings, key=lambda each: (-each[1], each[0].rule, each[0].device, each[0].item)):
        points = (AGAIN if (finding.rule, level) in told else WEIGHTS)[level]
        told.add((finding.rule, level))
        if points:
            yield Deduction(points=points, finding=finding, level=level)


def _network_status(each: Iterable[DeviceHealth]) -> Status:
    """Return the worst status of the devices, each limited by its role; maintenance of one device is not the network's."""
    found: list[Status] = []
    for one in each:
        if one.status is not Status.MAINTENANCE:
            found += [STATUS[limit(f.level, one.device, f)] for f in one.findings]
            silent = SILENT.get(one.state, Status.NORMAL)
            found.append(STATUS[limit(Level.CRITICAL, one.device)] if silent is Status.CRITICAL else silent)
    return worst(found)
