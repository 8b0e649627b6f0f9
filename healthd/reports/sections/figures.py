"""Five numbers, each with its last 30 days and something to compare it with."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from math import ceil, floor
from statistics import median

from healthd.analysis.health import LEAST_COVERAGE
from healthd.analysis.stream.logday import SEVERE, Log
from healthd.model.availability import State
from healthd.model.phrase import Percent, Phrase, say
from healthd.model.report import Figure, Figures, Section, Status
from healthd.reports.facts import HARDLY, Day, Facts, told

REPORTS = ("daily",)
ORDER = 20


def build(facts: Facts) -> Section:
    """Return the five; cases and log lines take their place once there are any to count."""
    third = _cases(facts) if facts.cases is not None else _lost(facts)
    fifth = _lines(facts, facts.log) if facts.log else _measured(facts)
    return Section(key="figures", blocks=(Figures(figures=(_reachable(facts), _network(facts), third, _faults(facts), fifth)),))


def _history(facts: Facts, value: Callable[[Day], float | int | None]) -> tuple[tuple[float | None, ...], Phrase | None]:
    """Return a figure's value of each day and the words for the line they make; no words when nothing is known."""
    values = tuple(None if (v := value(day)) is None else float(v) for day in facts.days)
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return (), None
    alt = say(
        "The last {n} days: lowest {low}, highest {high}, last {last}.", n=len(values), low=min(known), high=max(known), last=known[-1]
    )
    return values, alt


def _reachable(facts: Facts) -> Figure:
    up, total = len(facts.reachable()), len(facts.in_service)
    history, alt = _history(facts, lambda day: day.reachable)
    if not facts.coverage:
        value, compared = None, say("nothing was measured")
    else:
        value = say("{n} / {all}", n=up, all=total)
        compared = _ending(facts, total - up)
    status = Status.NORMAL if up + _standing(facts, State.MAINTENANCE) == total else Status.WARNING
    status = status if facts.coverage else Status.UNKNOWN
    return Figure(key="reachable", label=say("Devices reachable"), value=value, compared=compared, history=history, alt=alt, status=status)


def _ending(facts: Facts, missing: int) -> Phrase:
    """Say what the devices that are *missing* at the window's end are, and when that was."""
    if silent := _standing(facts, State.DOWN, State.UNREACHABLE):
        return say("{n} not answering at {at}", n=silent, at=facts.window.end)
    if missing and missing == _standing(facts, State.MAINTENANCE):
        return say("{n} in agreed maintenance at {at}", n=missing, at=facts.window.end)
    if missing:
        return say("{n} not measured at {at}", n=missing, at=facts.window.end)
    return say("at {at}", at=facts.window.end)


def _standing(facts: Facts, *states: State) -> int:
    """Return how many devices are in one of *states* at the window's end."""
    return sum(1 for a in facts.today.values() if a.spans and a.spans[-1].state in states)


def _network(facts: Facts) -> Figure:
    history, alt = _history(facts, lambda day: None if day.network is None else day.network * 100)
    share, measured = facts.network, facts.network_measured or 0.0
    compared, status = say("nothing was measured"), Status.NORMAL
    if not facts.points:
        compared = say("no service point is named")
    elif share is not None:
        kept = _kept(share, measured, facts.agreed)
        status = Status.WARNING if kept is False else Status.NORMAL
        compared = _agreed(facts.agreed, kept)
        if measured < 1:
            compared = say("{compared}; measured {share}", compared=compared, share=Percent(measured, 1))
    value = told(share, measured)
    return Figure(key="network", label=say("Network availability"), value=value, compared=compared, history=history, alt=alt, status=status)


def _kept(share: float, measured: float, agreed: float | None) -> bool | None:
    """Say whether the level was kept; None where none is agreed, or the time that was not measured could still decide it."""
    if agreed is None or (measured < LEAST_COVERAGE and share * measured + 1 - measured >= agreed):
        return None
    return share >= agreed


def _agreed(level: float | None, kept: bool | None) -> Phrase:
    if level is None:
        return say("no level agreed")
    if kept is None:
        return say("agreed {level}", level=Percent(level))
    return say("agreed {level}: kept", level=Percent(level)) if kept else say("agreed {level}: missed", level=Percent(level))


def _lost(facts: Facts) -> Figure:
    history, alt = _history(facts, lambda day: None if day.lost is None else day.lost.total_seconds() / 60)
    before = [day.lost for day in facts.days[:-1] if day.lost is not None]
    if before:
        usual = timedelta(seconds=median(each.total_seconds() for each in before))
        compared = say("usual per day: {usual}", usual=usual) if usual else say("usual per day: none")
    else:
        compared = say("all devices together")
    covered = facts.coverage or 0.0
    if not covered:
        compared = say("nothing was measured")
    elif covered < 1:
        compared = say("{compared}; measured {share}", compared=compared, share=Percent(covered, 1))
    value = facts.lost or (None if covered < HARDLY else say("none"))
    status = Status.WARNING if facts.lost else Status.NORMAL
    return Figure(key="lost", label=say("Time lost"), value=value, compared=compared, history=history, alt=alt, status=status)


def _cases(facts: Facts) -> Figure:
    history, alt = _history(facts, lambda day: day.cases)
    cases = facts.cases.open if facts.cases else ()
    counts = Counter(case.priority for case in cases)
    compared: Phrase = say("none open")
    for priority in sorted(counts, reverse=True):
        one = say("{priority} × {n}", priority=priority, n=counts[priority])
        compared = one if priority == max(counts) else say("{one} · {rest}", one=one, rest=compared)
    return Figure(key="cases", label=say("Open cases"), value=len(cases), compared=compared, history=history, alt=alt)


def _faults(facts: Facts) -> Figure:
    history, alt = _history(facts, lambda day: day.faults)
    n, read = len(facts.broken), len(facts.read) if facts.coverage else 0
    compared = say("replacement suspected") if n else say("no part has failed")
    if not n and 0 < read < len(facts.in_service):
        compared = say("on {n} of {all} devices; the others have told nothing", n=read, all=len(facts.in_service))
    value = n if read else None
    compared = compared if read else say("nothing was measured")
    status = Status.CRITICAL if n else Status.NORMAL
    return Figure(key="faults", label=say("Hardware faults"), value=value, compared=compared, history=history, alt=alt, status=status)


def _measured(facts: Facts) -> Figure:
    history, alt = _history(facts, lambda day: None if day.measured is None else day.measured * 100)
    share = facts.coverage or 0.0
    gaps = sum(1 for d in facts.in_service if d.name not in facts.today or facts.today[d.name].unmeasured)
    compared = say("without gaps")
    if gaps:
        compared = say("gaps on one device") if gaps == 1 else say("gaps on {n} devices", n=gaps)
    status = Status.UNKNOWN if gaps else Status.NORMAL
    return Figure(
        key="measured", label=say("Time measured"), value=Percent(share, 1), compared=compared, history=history, alt=alt, status=status
    )


def _lines(facts: Facts, log: Log) -> Figure:
    history, alt = _history(facts, lambda day: day.log_lines)
    n, usual = log.up_to(SEVERE), log.severe
    compared = (
        say("usual per day: {usual} ({low}–{high})", usual=int(usual.median), low=floor(usual.low), high=ceil(usual.high))
        if usual
        else say("severity 0 to 3")
    )
    status = Status.WARNING if usual and n > usual.high else Status.NORMAL
    return Figure(key="log_lines", label=say("Severe log lines"), value=n, compared=compared, history=history, alt=alt, status=status)
