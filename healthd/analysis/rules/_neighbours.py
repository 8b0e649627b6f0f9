"""Neighbours of routing protocols: those that are not up, and those that are no longer there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from healthd.analysis.present import earlier, lost, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

_PATH = say("Look for the neighbour, the link to it and the settings both must share; see both routers' logs.")
_AGAIN = say("Look at it again in a few minutes; if it stays there, compare MTU, authentication and timers of both sides.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """A routing protocol: *rule* names it, *title* is its spelling; *passing* states are on the way up.

    *admin* is the metric that says what the configuration wants; a neighbour
    that it stops is no trouble.
    """

    rule: str
    title: str
    metric: str
    good: frozenset[str]
    passing: frozenset[str] = field(default=frozenset())
    admin: str = ""


def neighbours(protocol: Protocol, history: History, now: datetime, max_age: timedelta) -> Iterator[Finding]:
    """Yield one finding per neighbour that is not up, or that was up inside the window and is gone."""
    stopped = _stopped(protocol, history, now, max_age)
    for seen in present(history, protocol.metric, now, max_age):
        if seen.word in protocol.good or (seen.device, seen.reading.item) in stopped:
            continue
        had = bool(earlier(history, seen) & protocol.good)
        # A state on the way up is no trouble until it is seen twice.
        brief = seen.word in protocol.passing and seen.since == seen.at
        yield finding(protocol.rule, seen, _judgement(had=had, brief=brief), None, **_values(protocol, seen.word))
    for seen in lost(history, protocol.metric, now, max_age, well=protocol.good):
        # Many rows say "down" before they vanish: that is the same loss, and not its end.
        if earlier(history, seen) & protocol.good and (seen.device, seen.reading.item) not in stopped:
            yield finding(protocol.rule, seen, _GONE, None, **_values(protocol, seen.word))


def _stopped(protocol: Protocol, history: History, now: datetime, max_age: timedelta) -> set[tuple[str, str]]:
    """Return device and item of the neighbours that the configuration stops, or stopped when they were last there."""
    said = (*present(history, protocol.admin, now, max_age), *lost(history, protocol.admin, now, max_age)) if protocol.admin else ()
    return {(each.device, each.reading.item) for each in said if each.word == "stop"}


def _values(protocol: Protocol, state: str) -> Mapping[str, str]:
    return {"protocol": protocol.title, "state": state}


_GONE = Judgement(Level.CRITICAL, say("{protocol} neighbour {item} is lost."), None, _PATH)
_LOST = Judgement(Level.CRITICAL, say("{protocol} neighbour {item} is lost: its state is {state}."), None, _PATH)
_DOWN = Judgement(Level.WARNING, say("{protocol} neighbour {item} is not up: its state is {state}."), None, _PATH)
_BRIEF = Judgement(Level.NOTICE, say("{protocol} neighbour {item} is coming up: its state is {state}."), None, _AGAIN)


def _judgement(*, had: bool, brief: bool) -> Judgement:
    return _BRIEF if brief else _LOST if had else _DOWN
