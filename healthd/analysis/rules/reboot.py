"""A device has restarted.

What: its clocks began anew inside the window, even when no probe was lost.
Why: a restart that nobody asked for is a crash or a loss of power, and comes again.
Remedy: read the reload reason and the crash files; a restart on command needs none.
Source: SNMP-FRAMEWORK-MIB::snmpEngineBoots and snmpEngineTime, SNMPv2-MIB::sysUpTime, OLD-CISCO-SYS-MIB::whyReload.

sysUpTime that starts over after 497 days is no restart. One finding tells the newest restart and how many there were.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from healthd.analysis.restarts import NEEDS as CLOCKS
from healthd.analysis.restarts import RESTARTED, all_reboots
from healthd.model.availability import Outage, Span, State
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say

NEEDS = CLOCKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*asked*, *power* and *crash* recognise the device's words for a restart on command, for lost power, and for a crash."""

    asked: str = r"reload command|reload requested|admin reload|reload cli|reload slot|user|install|issu|upgrade|image|active unit|ispu"
    power: str = r"power.?on|poweron|power fail|power loss|power cycle|power-up"
    crash: str = r"crash|exception|error|watchdog|sigtrap|segv|bus|abort|critical process|parity|kernel|stuck|fault|panic"


_CRASH = say("Collect the crash files and the log from before the restart, and open a case.")
_POWER = say("Ask whether the power was cut on purpose; check the feed and the supplies.")
_WHY = say("Find out why: compare the time with the log, the power and planned work.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per device that has restarted inside the window."""
    del now
    for device, outages in all_reboots(history).items():
        yield _finding(device, outages, history.spans(device), limits)


def _finding(device: str, outages: Sequence[Outage], spans: Sequence[Span], limits: Limits) -> Finding:
    last = outages[-1]
    said = last.reason.removeprefix(RESTARTED).removeprefix(": ")
    level, advice, verdict = _judged(said, _agreed(last, spans), limits)
    return Finding(
        rule="reboot",
        device=device,
        level=Level.WARNING if len(outages) > 2 else level,
        summary=_summary(last, said, len(outages)),
        since=last.interval.end,
        verdict=verdict,
        advice=advice,
    )


def _judged(said: str, agreed: bool, limits: Limits) -> tuple[Level, Phrase | None, Condition | None]:
    def means(pattern: str) -> bool:
        return bool(re.search(pattern, said, re.IGNORECASE))

    if agreed or (means(limits.asked) and not means(limits.crash)):
        return Level.NOTICE, None, None
    if means(limits.power):
        return Level.WARNING, _POWER, Condition.UNPOWERED
    return (Level.WARNING, _CRASH, Condition.SOFTWARE) if means(limits.crash) else (Level.WARNING, _WHY, None)


def _agreed(last: Outage, spans: Sequence[Span]) -> bool:
    """Say whether the restart fell into agreed work."""
    return any(s.state is State.MAINTENANCE and s.interval.start <= last.interval.end <= s.interval.end for s in spans)


def _summary(last: Outage, said: str, count: int) -> Phrase:
    at, away = last.interval.end, last.away
    if count > 1:
        return say("Restarted {count} times, last at {at}; the device says: {reason}.", count=count, at=at, reason=said or "–")
    if said:
        return say("Restarted at {at}, away for at most {away}; the device says: {reason}.", at=at, away=away, reason=said)
    return say("Restarted at {at}, away for at most {away}; the device gives no reason.", at=at, away=away)
