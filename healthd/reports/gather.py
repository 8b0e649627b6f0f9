"""From a customer's past to the facts of a day: everything a report says is computed here, once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from statistics import median
from typing import cast

from healthd.analysis import availability, network
from healthd.analysis.health import Health, health, worst
from healthd.analysis.judge import judge
from healthd.analysis.passed import passed
from healthd.analysis.restarts import RESTARTED, all_reboots
from healthd.analysis.stream.configured import configured
from healthd.analysis.stream.logday import SEVERE, Log, logday
from healthd.model import timeline
from healthd.model.availability import Availability, Outage, Span, State
from healthd.model.device import Customer, Device
from healthd.model.finding import Condition, Finding
from healthd.model.history import History
from healthd.model.interval import Interval
from healthd.model.logged import Logged
from healthd.model.phrase import Phrase, say
from healthd.model.report import Status
from healthd.reports.causes import causes
from healthd.reports.facts import EVERY, Cases, Day, Deduction, Facts, Point, Reboot, Score, Unsaved
from healthd.reports.uses import Recall, uses
from healthd.reports.watched import Watched

DAYS = 30
LOG_DAYS = 28
"""Four weeks, so that each day of the week counts alike in what is usual for the log."""
Spans = Mapping[str, tuple[Span, ...]]


def day_window(customer: Customer, day: date, now: datetime) -> Interval:
    """Return the customer's *day* in its own zone, up to *now* when it is not over: no time that has not been is reported."""
    start = datetime.combine(day, time(0), customer.zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(0), customer.zone).astimezone(UTC)
    return Interval(start, min(end, max(now.astimezone(UTC), start + timedelta(minutes=1))))


def month_window(customer: Customer, day: date, window: Interval) -> Interval:
    """Return the thirty days that end with the day of *window*."""
    first = datetime.combine(day - timedelta(days=DAYS - 1), time(0), customer.zone).astimezone(UTC)
    return Interval(min(first, window.start), window.end)


def log_windows(customer: Customer, day: date) -> tuple[Interval, ...]:
    """Return the days before *day* whose logs say what is usual, oldest first."""
    nights = [datetime.combine(day - timedelta(days=n), time(0), customer.zone).astimezone(UTC) for n in range(LOG_DAYS, -1, -1)]
    return tuple(Interval(start, end) for start, end in pairwise(nights))


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a report is made of: the *day*, and the *month* that ends with it; *recall* gives the month of some devices alone.

    *probed* is when each device was last looked at, so that a state is not
    believed any longer than somebody looked; None takes the states as they
    are. *confirm* is how many lost looks in a row count as down. *logged* is
    of the days that ``log_windows`` gives, *strays* how many senders no
    inventory names. *cases* are the customer's cases at the end of the day.
    """

    customer: Customer
    day: History
    month: History
    findings: tuple[Finding, ...] | None = None
    probed: Mapping[str, datetime] | None = None
    confirm: int = 2
    recall: Recall | None = None
    logged: Logged = field(default_factory=Logged)
    strays: int | None = None
    cases: Cases | None = None


def gather(past: Past, made: datetime) -> Facts:
    """Return the facts of the day; *made* is the time of making."""
    past = _watched(past)
    customer, day = past.customer, past.day
    window, devices = day.window, tuple(day.devices)
    again = all_reboots(day)
    breaks = {name: [o.interval.end.timestamp() for o in outages] for name, outages in again.items()}
    # Before judging, which fills as much memory again: the weeks of the busiest are gone by then.
    used = uses(day, past.recall or (lambda _: past.month), breaks, customer.zone)
    spans = {d.name: _spans(day.spans(d.name), again.get(d.name, ()), d, window) for d in devices}
    today = {name: availability.measure(name, found, window) for name, found in spans.items()}
    findings = past.findings if past.findings is not None else judge(day, window.end)
    judged = health(devices, findings, today)
    month, days = _month(past, devices)
    polls = {d.name: poll for d in devices if (poll := day.poll(d.name))}
    agreed = customer.contract.availability if customer.contract else None
    net = network.network([d for d in devices if d.in_service], spans, window, agreed)
    later = _corrections(spans, window)
    events = sorted((e for d in devices for e in day.events(d.name)), key=lambda e: e.received)
    log = logday([d for d in devices if d.in_service], events, past.logged, whole=_over(customer, window))
    return Facts(
        customer=customer,
        window=window,
        made=made,
        devices=devices,
        status=judged.status,
        data_until=max((at for d in devices if (at := day.heard(d.name))), default=None),
        polls=polls,
        today=today,
        month={name: availability.measure(name, found, past.month.window) for name, found in month.items()},
        outages=tuple(o for name in spans for o in availability.outages(name, spans[name], window, again.get(name, ()))),
        findings=(*findings, *passed(day, findings)),
        causes=causes(findings, devices, polls),
        network=net.fraction,
        network_measured=net.coverage,
        network_month=network.network([d for d in devices if d.in_service], month, past.month.window, agreed).fraction,
        points=tuple(_points(net, month, past.month.window, devices)),
        days=_with_cases(_with_log(_with_today(days, judged), past.logged, log), past.cases, customer.zone),
        score=Score(value=judged.score.value, deductions=tuple(Deduction(points=d.points, finding=d.finding) for d in judged.score.deductions), cap=judged.score.cap, model=judged.score.model),
        uses=used,
        reboots=tuple(_reboots(again)),
        unsaved=tuple(Unsaved(device=f.device, since=f.since) for f in findings if f.rule == "config_unsaved"),
        changes=configured(events),
        log=log,
        strays=past.strays,
        cases=past.cases,
        every=_every(day),
        confirm=past.confirm,
        by=("snmp",),
        edition=1 + len(later),
        corrected=_corrected(later),
    )  # fmt: skip


def _with_cases(days: tuple[Day, ...], cases: Cases | None, zone: tzinfo) -> tuple[Day, ...]:
    """Give each day the number of cases that were open at its end, from the first case on."""
    first = min((begun for begun, _ in cases.spans), default=None) if cases else None
    if cases is None or first is None:
        return days
    ends = [datetime.combine(day.date + timedelta(days=1), time(0), zone) for day in days]
    return tuple(replace(day, cases=cases.at(end)) if end > first else day for day, end in zip(days, ends, strict=True))


def _over(customer: Customer, window: Interval) -> bool:
    """Say whether the day of *window* is over at its end."""
    day = window.start.astimezone(customer.zone).date()
    return window.end >= datetime.combine(day + timedelta(days=1), time(0), customer.zone)


def _with_log(days: tuple[Day, ...], logged: Logged, log: Log | None) -> tuple[Day, ...]:
    """Give each day its log lines of severity 0 to 3, as far as they are known."""
    known = [None if day is None else sum(n for (_, severity), n in day.items() if severity <= SEVERE) for day in logged.days]
    known.append(log.up_to(SEVERE) if log else None)
    missing = len(days) - len(known)
    return tuple(replace(day, log_lines=known[i - missing] if i >= missing else None) for i, day in enumerate(days))


def _corrections(spans: Spans, window: Interval) -> set[tuple[datetime, str, str]]:
    """Return what was entered about the day after it was over: when, by whom, why."""
    return {(s.entered, s.author, s.reason) for found in spans.values() for s in found if s.entered and s.entered >= window.end}


def _corrected(words: set[tuple[datetime, str, str]]) -> Phrase | None:
    """Say what was entered about the day after it was over; None when nothing was."""
    if not words:
        return None
    at, author, why = max(words)
    return say("Figures corrected after this day ({n}); last by {author} at {at}: {reason}", n=len(words), author=author, at=at, reason=why)


def _every(day: History) -> timedelta:
    """Return the usual time between two looks at a device."""
    for series in day.series("cpu.busy"):
        if len(series.times) > 1:
            return timedelta(seconds=round(median(b - a for a, b in pairwise(series.times))))
    return EVERY


def _with_today(days: Sequence[Day], judged: Health) -> tuple[Day, ...]:
    """Give the last day what was found on it as well; of the days before only their reachability is known."""
    if not days or days[-1].status is None:
        return tuple(days)
    faults = sum(f.verdict is Condition.FAILED for each in judged.devices for f in each.findings)
    today = replace(days[-1], faults=faults)
    if worst([judged.status, days[-1].status]) is not judged.status:
        return *days[:-1], today
    concerned = sum(each.status == judged.status for each in judged.devices) if judged.status != Status.NORMAL else 0
    return *days[:-1], replace(today, status=judged.status, concerned=concerned)


def _watched(past: Past) -> Past:
    if past.probed is None:
        return past
    day, month = (Watched(past=each, probed=past.probed) for each in (past.day, past.month))
    return replace(past, day=cast("History", day), month=cast("History", month))


def _spans(found: Sequence[Span], again: Sequence[Outage], device: Device, window: Interval) -> tuple[Span, ...]:
    if not device.in_service:
        return timeline.spans((), (), window, in_service=False)
    return availability.rebooted(tuple(found), again)


def _reboots(again: Mapping[str, Sequence[Outage]]) -> Iterator[Reboot]:
    for name, outages in again.items():
        for outage in outages:
            yield Reboot(
                device=name,
                at=outage.interval.end,
                reason=outage.reason.removeprefix(RESTARTED).removeprefix(": "),
                away=outage.away,
            )


def _points(net: network.Network, month: Spans, window: Interval, devices: Sequence[Device]) -> Iterator[Point]:
    long = network.network([d for d in devices if d.in_service], month, window)
    months = {point.name: point.measured for point in long.points}
    for point in net.points:
        yield Point(name=point.name, devices=point.devices, today=point.measured, month=months.get(point.name), spans=point.measured.spans)


def _month(past: Past, devices: Sequence[Device]) -> tuple[Spans, tuple[Day, ...]]:
    # Restarts of past days stand among the states already: the rounds that saw them wrote them down.
    spans = {d.name: _spans(past.month.spans(d.name), (), d, past.month.window) for d in devices}
    return spans, tuple(_day(past.customer, window, devices, spans) for window in _windows(past))


def _windows(past: Past) -> Iterator[Interval]:
    zone, end = past.customer.zone, past.month.window.end
    at = past.month.window.start
    while at < end:
        day = at.astimezone(zone).date()
        after = datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
        yield Interval(at, min(after, end))
        at = after


def _day(customer: Customer, window: Interval, devices: Sequence[Device], spans: Spans) -> Day:
    served = [d for d in devices if d.in_service]
    spent = {d.name: availability.measure(d.name, spans[d.name], window) for d in served}
    measured = {name: a for name, a in spent.items() if a.unmeasured < window.length}
    states = [_state(spent[d.name]) for d in served] if measured else []
    worst = min(states, key=list(Status).index, default=None)
    net = network.network(served, spans, window)
    whole = window.length * len(served)
    unknown = sum((a.unmeasured for a in spent.values()), timedelta())
    return Day(
        date=window.start.astimezone(customer.zone).date(),
        devices=len(served),
        reachable=sum(a.spans[-1].state == State.UP for a in measured.values() if a.spans) if measured else None,
        network=net.fraction,
        measured=(whole - unknown) / whole if whole else None,
        lost=sum((a.down for a in spent.values()), timedelta()) if measured else None,
        status=worst,
        concerned=states.count(worst) if worst and worst != Status.NORMAL else 0,
    )


def _state(spent: Availability) -> Status:
    """Return what a device's day was, by its reachability alone: findings of past days are not kept for ever."""
    if spent.down:
        return Status.CRITICAL
    if spent.unreachable:
        return Status.WARNING
    if spent.maintenance:
        return Status.MAINTENANCE
    return Status.UNKNOWN if spent.unmeasured > spent.window.length / 20 else Status.NORMAL
