"""The second of two is gone: a standby supervisor, the other switch of a virtual pair, the other firewall.

What: a peer that was there, or should be by the mode the device works in, and is not ready to take over.
Why: the device works, but the next failure is an outage.
Remedy: look at the peer's console; collect log and crash file before anything is reseated.
Source: CISCO-RF-MIB::cRFStatusPeerUnitState with cRFCfgRedundancyOperMode, CISCO-FIREWALL-MIB::cfwHardwareStatusValue.

A device built with one supervisor has no peer to lose: its mode says so, or its stack has one switch only.
A firewall without failover calls its units down and says "Failover Off".
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, Present, Words, earlier, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("redundancy.state", "redundancy.mode", "redundancy.detail", "stack.member.role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_CONSOLE = say("Look at the peer's console, and collect log and crash file before it is reseated.")
_WAIT = say("Wait until it has synchronised; if it does not within minutes, compare software and configuration of both.")

_GONE = Judgement(
    Level.WARNING, say("The standby unit is gone ({state}): the device works and is no longer safe."), Condition.SUSPECT, _CONSOLE
)
_NOT_READY = Judgement(Level.WARNING, say("The standby unit is not ready to take over ({state})."), None, _WAIT)
UNITS = {
    "down": Judgement(Level.CRITICAL, say("{item} is down: failover protects no longer."), Condition.SUSPECT, _CONSOLE),
    "error": Judgement(Level.CRITICAL, say("{item} reports an error: failover protects no longer."), Condition.SUSPECT, _CONSOLE),
    "overTemp": Judgement(
        Level.CRITICAL,
        say("{item} is too hot."),
        Condition.ENVIRONMENT,
        say("Check room temperature, air filters and fans before anything is replaced."),
    ),
}

_READY = {"standbyHot"}
_COLD = {"standbyCold", "standbyColdConfig", "standbyColdFileSys", "standbyColdBulk"}
_MISSING = {"notKnown", "disabled"}
_COMING = {"initialization", "negotiation"} | _COLD
_ALONE = {"nonRedundant", "staticLoadShareNonRedundant", "dynamicLoadShareNonRedundant"}


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per peer that could not take over."""
    modes = {s.device: s.word for s in present(history, "redundancy.mode", now, limits.max_age)}
    details = {(s.device, s.reading.item): s.word.lower() for s in present(history, "redundancy.detail", now, limits.max_age)}
    switches = Counter(s.device for s in present(history, "stack.member.role", now, limits.max_age) if s.word != "notMember")
    for seen in present(history, "redundancy.state", now, limits.max_age):
        words = earlier(history, seen)
        if "cfwHardware" in seen.reading.source or seen.reading.source == "show failover":
            judgement = _firewall(seen, details)
        elif seen.reading.item == "Peer unit":
            # Switches that can stack call themselves redundant even when they stand alone.
            alone = modes.get(seen.device, "nonRedundant") in _ALONE or switches[seen.device] == 1
            judgement = _peer(seen, modes.get(seen.device, ""), words, alone=alone)
        else:
            # IOS XR names its processors ("0/RSP1/CPU0"); one that stands by and is not ready is cold.
            judgement = _NOT_READY if seen.word in _COLD and "/" in seen.reading.item else None
        if judgement:
            yield finding("redundancy", seen, judgement, None, state=seen.word)


def _peer(seen: Present, mode: str, before: Words, *, alone: bool) -> Judgement | None:
    had = bool(before & (_READY | _COLD))
    if seen.word in _MISSING:
        return _GONE if had or not alone else None
    cold_is_right = mode == "coldStandbyRedundant" and seen.word in _COLD
    return _NOT_READY if seen.word in _COMING and not cold_is_right else None


def _firewall(seen: Present, details: Mapping[tuple[str, str], str]) -> Judgement | None:
    said = details.get((seen.device, seen.reading.item), "")
    if seen.word == "down" and ("off" in said.split() or "not configured" in said):
        return None
    return UNITS.get(seen.word)
