"""The device's log tells of a fault of a part that no state shows.

What: messages that speak of a part at fault (parity, ECC, ASIC, flash, failed tests), and of supplies, fans and cards
where the device tells no state of them.
Why: such an error may come once and never again, or be the first of many before the part fails.
Remedy: count them; a single corrected error is watched, one that comes again is a case for the TAC.
Source: Cisco system message guides, as the catalogue of messages knows them; Cisco's "Parity Errors Troubleshooting Guide".

A single line never proves a fault. What a polled state would show is left to the rules about states.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE
from healthd.analysis.proofs.current import Current
from healthd.analysis.proofs.lines import RULE, Line, is_shown, lines, standing, states
from healthd.analysis.proofs.told import Told
from healthd.analysis.proofs.weigh import HARDWARE
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Quote, say
from healthd.model.verdict import Component

NEEDS = ("psu.state", "fan.state", "module.state", "power.state", "stack.member.state", "redundancy.state")
EVIDENCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_WATCH = say("Watch for it for a week; if it comes again on the same part, collect the log and open a case.")
_LOOK = say("Collect the log and what the device says of the part; reseat or test it before it is replaced.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per part that only the log calls faulty."""
    del limits
    current = Current(history=history, now=now)
    for line in lines(history):
        left = [each for each in standing(line.those) if each.says in HARDWARE and _is_part(each)]
        if left and not (all(is_shown(each) for each in left) and states(current, line)):
            yield _finding(line, left)


def _is_part(each: Told) -> bool:
    """Ports that err on their own have rules of their own."""
    return not (each.component is Component.OPTIC and each.event.kind.startswith("interface."))


def _finding(line: Line, left: list[Told]) -> Finding:
    once, last = len(left) == 1, left[-1]
    # A notification repeats in objects and numbers what a line of the log says in words.
    told = next((each for each in reversed(left) if each.event.is_line), last)
    item, text = line.item.replace("_", " "), Quote(told.event.text or told.event.kind)
    soft = once and last.soft
    summary = say("The log tells once of a fault of {item}: {line}", item=item, line=text)
    if not once:
        summary = say("The log tells {count} times of a fault of {item}, the last time: {line}", count=len(left), item=item, line=text)
    return Finding(
        rule=RULE,
        device=line.device,
        item=line.item,
        index=line.part.index if line.part else "",
        level=Level.NOTICE if soft else Level.WARNING,
        summary=summary,
        since=left[0].at,
        evidence=tuple(each.event for each in left[-EVIDENCE:]),
        pid=line.part.pid if line.part else "",
        serial=line.part.serial if line.part else "",
        slot=line.part.slot if line.part else "",
        verdict=Condition.SUSPECT,
        advice=_WATCH if soft else _LOOK,
    )
