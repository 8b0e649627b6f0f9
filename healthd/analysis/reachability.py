"""Probes into states: who is up, who is down, who is only behind somebody who is, and when we could not tell.

A loss counts from its first lost probe, once more lost probes have confirmed
it. Nobody is judged before his parents: a device is unreachable when the
parents on every path to it are down, and stays undecided while a parent may
be. When everything falls silent at once it is our own uplink, which is no
device's fault.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from healthd.analysis.topology import Lineage, lineage
from healthd.model.availability import Probe, State, Transition
from healthd.model.device import Device
from healthd.model.interval import Interval

ISOLATED = "monitoring isolated"
NOT_PROBED = "not probed"
NO_ANSWER = "no answer"
OUT = (State.DOWN, State.UNREACHABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """When a loss is believed: *misses* lost probes in a row; without any probe for *gap*, nothing was measured."""

    misses: int = 3
    gap: timedelta = timedelta(minutes=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is remembered of a device between rounds.

    *lost* are the lost probes since the last answer (the first, and the last
    few), *back* is the first answer after the loss before.
    """

    device: str
    state: State = State.UNMEASURED
    probed: datetime | None = None
    answered: datetime | None = None
    back: datetime | None = None
    lost: tuple[datetime, ...] = ()
    reason: str = ""
    isolated: bool = False


Memory = Mapping[str, Seen]
Step = tuple[dict[str, Seen], list[Transition]]


def fold(devices: Iterable[Device], rounds: Iterable[Sequence[Probe]], confirm: Confirm = Confirm()) -> tuple[Transition, ...]:
    """Return every change of state that *rounds* of probes show, in the order in which it was found out."""
    line = lineage(d for d in devices if d.in_service)
    memory: Memory = {}
    found: list[Transition] = []
    for probes in rounds:
        memory, changes = step(memory, line, probes, confirm)
        found += changes
    return tuple(found)


def step(before: Memory, line: Lineage, probes: Sequence[Probe], confirm: Confirm = Confirm(), *, uplink: bool | None = None) -> Step:
    """Take one round of *probes* in, and return the new memory with the changes of state.

    A change may lie in the past: it is dated to the first lost probe, and of
    two at one moment the later one counts. *uplink* says whether our own way
    out is known to work (somebody else answered) or not; None leaves it to the
    devices: when at least two that we reach directly, and everybody else, fall
    silent together, the fault is ours.
    """
    memory, changes = dict(before), []
    for probe in sorted((p for p in probes if p.device in line.parents), key=lambda p: p.at):
        memory[probe.device], change = _taken(memory.get(probe.device, Seen(device=probe.device)), probe, confirm)
        changes += change
    if _isolated(memory, line, confirm, uplink):
        return _blind(memory, changes, confirm)
    round_began = min((p.at for p in probes), default=None)
    for name, seen in memory.items():
        if seen.isolated:
            # What was lost while we were cut off proves nothing.
            memory[name] = replace(seen, isolated=False, lost=tuple(at for at in seen.lost if round_began and at >= round_began))
    for name in line.order:
        if name in memory and memory[name].lost and memory[name].state is not State.DOWN:
            memory[name], change = _judged(memory[name], [memory[p] for p in line.parents[name] if p in memory], confirm)
            changes += change
    return memory, changes


def stale(memory: Memory, now: datetime, confirm: Confirm = Confirm()) -> tuple[Transition, ...]:
    """Return the changes that our own silence up to *now* means: what was not probed was not measured."""
    return tuple(
        Transition(device=seen.device, at=seen.probed, state=State.UNMEASURED, reason=NOT_PROBED)
        for seen in memory.values()
        if seen.probed and now - seen.probed > confirm.gap and seen.state is not State.UNMEASURED
    )


def _taken(seen: Seen, probe: Probe, confirm: Confirm) -> tuple[Seen, list[Transition]]:
    """Take one probe in; only an answer changes a state at once."""
    # Our clock may be set back, time does not run backwards.
    at = max(probe.at, seen.probed) if seen.probed else probe.at
    changes: list[Transition] = []
    if seen.probed and at - seen.probed > confirm.gap:
        if seen.state is not State.UNMEASURED:
            changes.append(Transition(device=seen.device, at=seen.probed, state=State.UNMEASURED, reason=NOT_PROBED))
        seen = replace(seen, state=State.UNMEASURED, lost=(), back=None)
    if not probe.answered:
        lost = (*seen.lost[:1], *seen.lost[1:][-confirm.misses :], at)
        return replace(seen, probed=at, lost=lost, reason=probe.reason), changes
    if seen.state is not State.UP:
        changes.append(Transition(device=seen.device, at=at, state=State.UP))
    back = at if seen.lost or seen.back is None else seen.back
    return replace(seen, state=State.UP, probed=at, answered=at, back=back, lost=(), isolated=False), changes


def _judged(seen: Seen, parents: Sequence[Seen], confirm: Confirm) -> tuple[Seen, list[Transition]]:
    """Say what a silent device is, now that its parents are judged; undecided leaves it as it was."""
    first, newest = seen.lost[0], seen.lost[-1]
    # A parent that nobody probes any more can neither excuse nor accuse.
    above = [p for p in parents if p.probed and newest - p.probed <= confirm.gap]
    if not above:
        return _become(seen, State.DOWN, first, seen.reason or NO_ANSWER) if len(seen.lost) >= confirm.misses else (seen, [])
    alive = [p for p in above if not p.lost and p.answered and p.answered >= first]
    for parent in alive:
        since = [at for at in seen.lost if parent.back and at >= parent.back]
        # After a parent's return the loss must show itself again.
        if len(since) >= (confirm.misses if len(since) == len(seen.lost) and seen.state is not State.UNREACHABLE else confirm.misses - 1):
            return _become(seen, State.DOWN, since[0], seen.reason or NO_ANSWER)
    if not alive and all(p.state in OUT for p in above):
        return _become(seen, State.UNREACHABLE, first, "behind " + ", ".join(sorted(p.device for p in above)))
    return seen, []


def _become(seen: Seen, state: State, at: datetime, reason: str) -> tuple[Seen, list[Transition]]:
    if seen.state is state:
        return seen, []
    return replace(seen, state=state), [Transition(device=seen.device, at=at, state=state, reason=reason)]


def _isolated(memory: Memory, line: Lineage, confirm: Confirm, uplink: bool | None) -> bool:
    """Say whether all devices fell silent together, or still are."""
    newest = max((seen.probed for seen in memory.values() if seen.probed), default=None)
    heard = any(not seen.lost and seen.probed and newest and newest - seen.probed <= confirm.gap for seen in memory.values())
    if uplink is not None or heard or not newest:
        return uplink is False and not heard
    if any(seen.isolated for seen in memory.values()):
        return True
    last = max((seen.answered for seen in memory.values() if seen.answered), default=None)
    together = [s for s in memory.values() if s.answered and last and last - s.answered <= confirm.gap]
    return sum(s.device in line.roots for s in together) >= 2


def _blind(memory: Mapping[str, Seen], changes: list[Transition], confirm: Confirm) -> Step:
    """Nobody is judged while we are cut off; whoever fell silent with the others was not measured from then on."""
    last = max((s.answered for s in memory.values() if s.answered), default=None)
    cut_off = max((s.lost[0] for s in memory.values() if s.lost and (last is None or s.answered)), default=None)
    found = dict(memory)
    for name, seen in memory.items():
        if not seen.isolated and seen.lost:
            with_others = last is not None and seen.answered is not None and last - seen.answered <= confirm.gap
            at = seen.lost[0] if with_others else max(seen.lost[0], cut_off or seen.lost[0])
            changes.append(Transition(device=name, at=at, state=State.UNMEASURED, reason=ISOLATED))
            found[name] = replace(seen, state=State.UNMEASURED, isolated=True)
    return found, changes


def rounds(probes: Iterable[Probe], every: timedelta) -> tuple[tuple[Probe, ...], ...]:
    """Return *probes* grouped into rounds: a round ends when a device is probed again or *every* has passed since its first probe."""
    found: list[list[Probe]] = []
    asked: set[str] = set()
    for probe in sorted(probes, key=lambda p: p.at):
        if not found or probe.device in asked or probe.at not in Interval(found[-1][0].at, found[-1][0].at + every):
            found.append([])
            asked = set()
        found[-1].append(probe)
        asked.add(probe.device)
    return tuple(tuple(one) for one in found)
