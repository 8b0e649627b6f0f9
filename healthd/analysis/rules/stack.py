"""A stack has lost a switch, or the ring between its switches is open.

What: switches of a stack that are not ready, and a ring that the stack calls not redundant.
Why: with the ring open the next cable splits the stack in two; a switch that is not ready forwards nothing.
Remedy: reseat the stack cable at both ends; compare software, licence and templates for a mismatch.
Source: CISCO-STACKWISE-MIB::cswRingRedundant, cswSwitchState, cswStackPortOperStatus.

A single switch has no ring, a virtual stack has no stack ports, and while the ring is whole its unused ports are
no fault. A provisioned switch is a line of the configuration that waits for a switch.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, Present, earlier, lost, present, unit
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("stack.member.state", "stack.ring", "stack.port.state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_JOIN = say("Wait until the stack has settled; if the switch does not join, look at its console.")
_SAME = say("Bring the switch to the stack's release, licence level and template, then let it join again.")
_CABLE = say("Reseat the stack cables at both ends and look at the stack ports; then suspect cable and switch.")

JUDGEMENTS = {
    "waiting": Judgement(Level.WARNING, say("Stack switch {item} waits for others and is not ready."), None, _JOIN),
    "progressing": Judgement(Level.WARNING, say("Stack switch {item} is joining and not ready."), None, _JOIN),
    "added": Judgement(Level.WARNING, say("Stack switch {item} was added and is not ready."), None, _JOIN),
    "sdmMismatch": Judgement(Level.CRITICAL, say("Stack switch {item} does not work: its SDM template differs."), None, _SAME),
    "verMismatch": Judgement(Level.CRITICAL, say("Stack switch {item} does not work: its software release differs."), None, _SAME),
    "featureMismatch": Judgement(Level.CRITICAL, say("Stack switch {item} does not work: its feature set differs."), None, _SAME),
    "newMasterInit": Judgement(Level.WARNING, say("Stack switch {item} waits for a new active switch."), None, _JOIN),
    "invalid": Judgement(Level.CRITICAL, say("Stack switch {item} is in an invalid state."), Condition.SUSPECT, _JOIN),
    "removed": Judgement(Level.CRITICAL, say("Stack switch {item} is gone from the stack."), Condition.ABSENT, _CABLE),
}
_LEFT = Judgement(
    Level.CRITICAL, say("Stack switch {item} is gone; it was ready before and is now only provisioned."), Condition.ABSENT, _CABLE
)
_OPEN = Judgement(
    Level.WARNING,
    say("The stack ring is open: {down} stack ports are down. The stack works and is no longer safe."),
    Condition.SUSPECT,
    _CABLE,
)
_NOT_THERE = {"provisioned", "removed"}


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per switch that is not ready, and one per open ring."""
    members: dict[str, list[Present]] = defaultdict(list)
    for seen in present(history, "stack.member.state", now, limits.max_age):
        members[seen.device].append(seen)
        judgement = JUDGEMENTS.get(seen.word)
        if seen.word == "provisioned" and "ready" in earlier(history, seen):
            judgement = _LEFT
        if judgement:
            yield finding("stack", seen, judgement, unit(seen.poll, seen.reading.index))
    # Some releases keep the row of a switch that left, others take it away with the switch.
    for seen in lost(history, "stack.member.state", now, limits.max_age, well={"ready"}):
        if seen.word != "provisioned" and "ready" in earlier(history, seen):
            yield finding("stack", seen, JUDGEMENTS["removed"])
    ports: dict[str, list[Present]] = defaultdict(list)
    for seen in present(history, "stack.port.state", now, limits.max_age):
        ports[seen.device].append(seen)
    for ring in present(history, "stack.ring", now, limits.max_age):
        yield from _ring(ring, members[ring.device], ports[ring.device])


def _ring(ring: Present, members: Sequence[Present], ports: Sequence[Present]) -> Iterator[Finding]:
    there = [m for m in members if m.word not in _NOT_THERE]
    if ring.word != "notRedundant" or len(there) < 2 or not ports:
        return
    down = [p for p in ports if p.word != "up"]
    found = finding("stack", ring, _OPEN, None, down=len(down))
    indexes = (ring.reading.index, *(p.reading.index for p in down))
    yield replace(found, indexes=indexes, evidence=(ring.observation, *(p.observation for p in down[:10])))
