"""Weighing what was seen and told of one part: which state the proofs together make, and what is still missing.

A part has failed only when two ways of different kinds say that it does not
work, one of them a state or a test that says so now, and when that has lasted.
Whatever explains the state otherwise (no part there, no input, too hot, its
settings, its software) comes first, and a command line that calls the part
well keeps it from being replaced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from healthd.analysis.proofs.words import VAGUE
from healthd.model.finding import Condition
from healthd.model.phrase import Phrase, say
from healthd.model.verdict import Component, Proof, Way

PERSISTS = timedelta(minutes=1)
"""How long a failure must last, from its first proof to its newest look: a supply that loses its cord says odd things for seconds."""
HARDWARE = frozenset({Condition.FAILED, Condition.SUSPECT})
_EXPLAINS = (Condition.ABSENT, Condition.UNPOWERED, Condition.ENVIRONMENT, Condition.CONFIGURATION, Condition.SOFTWARE)
_STATES = frozenset({Way.SNMP, Way.CLI, Way.TEST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The *state* that the proofs make, those *pro* and *contra*, and what is *missing*."""

    state: Condition
    pro: tuple[Proof, ...] = ()
    contra: tuple[Proof, ...] = ()
    missing: tuple[Phrase, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is weighed: the *proofs* of one *component*; *suggested* is what the finding alone says, *vague* when it does not say why.

    *reachable* says whether the device's command line can be asked.
    """

    component: Component
    suggested: Condition
    proofs: Sequence[Proof]
    vague: bool = False
    reachable: bool = True
    soft: bool = False


def weighed(matter: Matter) -> Weighed:
    """Return what the proofs of *matter* make."""
    proofs = newest(matter.proofs)
    state = _state(matter, proofs)
    pro = tuple(p for p in proofs if _agrees(p, state))
    contra = tuple(p for p in proofs if not _agrees(p, state))
    return Weighed(state=state, pro=pro, contra=contra, missing=tuple(_missing(matter, state, proofs)))


def newest(proofs: Iterable[Proof]) -> list[Proof]:
    """Return *proofs* in the order of their beginning; of what a source of states said several times, what it said last."""
    last: dict[tuple[object, ...], Proof] = {}
    for proof in sorted(proofs, key=lambda p: p.last or p.at):
        # A line of a log stays true, by whatever way and clock it came; a state is what it was at the last look.
        key = (proof.way, proof.source, proof.says) if proof.way is Way.EVENT else (proof.way, proof.source)
        before = last.get(key)
        last[key] = _joined(before, proof) if before else proof
    return sorted(last.values(), key=lambda p: p.at)


def _joined(before: Proof, proof: Proof) -> Proof:
    """Return *proof*, which began with *before* where both say the same."""
    if before.says is not proof.says or before.at >= proof.at:
        return proof
    return Proof(
        way=proof.way, at=before.at, last=proof.last, says=proof.says, text=proof.text, source=proof.source, raw=proof.raw
    )  # fmt: skip


def _state(matter: Matter, proofs: Sequence[Proof]) -> Condition:
    told = {p.says for p in proofs if p.says in HARDWARE}
    explained = _explained(matter, proofs)
    if explained is not None:
        # Who says that a part failed, and who only says that it is off: a person has to look.
        failed = any(p.says is Condition.FAILED and p.way in (Way.CLI, Way.TEST) for p in proofs)
        return Condition.SUSPECT if matter.vague and failed and explained is Condition.UNPOWERED else explained
    if not told:
        return Condition.HEALTHY if matter.suggested in HARDWARE else matter.suggested
    ways = {p.way for p in proofs if p.says in HARDWARE}
    if any(p.says is Condition.HEALTHY and p.way is Way.CLI for p in proofs) and Way.CLI not in ways:
        # The agent alone calls it faulty, the command line does not: that is the agent's fault.
        return Condition.SOFTWARE if ways <= {Way.SNMP} else Condition.SUSPECT
    return Condition.FAILED if has_failed(proofs) else Condition.SUSPECT


def has_failed(proofs: Sequence[Proof]) -> bool:
    """Say whether two independent proofs that persist call the part failed."""
    against = [p for p in proofs if p.way in _STATES and p.says is Condition.HEALTHY]
    ill = [p for p in proofs if p.says in HARDWARE]
    sure = [p for p in ill if p.way in _STATES and p.says is Condition.FAILED]
    # Where two tables contradict each other, the command line has the last word, if it speaks with one voice.
    arbitrated = not against or (all(p.way is Way.SNMP for p in against) and any(p.way is not Way.SNMP for p in sure))
    return len({p.way for p in ill}) > 1 and bool(sure) and arbitrated and lasted(ill) >= PERSISTS


def lasted(ill: Sequence[Proof]) -> timedelta:
    """Return the time from the first proof to the newest look that still saw it so."""
    looks = [p.last or p.at for p in ill if p.way in _STATES]
    return max(looks) - min(p.at for p in ill) if looks else timedelta()


def _explained(matter: Matter, proofs: Sequence[Proof]) -> Condition | None:
    """Return what explains the state without a fault of the part, the strongest explanation first.

    That a part is off explains nothing where the same agent says that it failed.
    """
    failed = any(p.way is Way.SNMP and p.says is Condition.FAILED for p in proofs)
    told = {p.says for p in proofs if not (failed and p.raw in VAGUE)}
    if matter.suggested not in HARDWARE:
        told.add(matter.suggested)
    return next((each for each in _EXPLAINS if each in told), None)


def _agrees(proof: Proof, state: Condition) -> bool:
    return proof.says in HARDWARE if state in HARDWARE else proof.says is state


def _missing(matter: Matter, state: Condition, proofs: Sequence[Proof]) -> Iterable[Phrase]:
    if state is not Condition.SUSPECT:
        return
    ill = [p for p in proofs if p.says in HARDWARE]
    if matter.soft and not any(p.way in _STATES for p in ill):
        yield say("Whether it comes again: a single error of this kind is a flipped bit, and no fault.")
    if len({p.way for p in ill}) < 2:
        yield _SECOND if matter.reachable else _NO_SHELL
    elif lasted(ill) < PERSISTS and any(p.way in _STATES for p in ill):
        yield say("Whether it lasts: the next look must still see it.")
    if not any(p.way in _STATES for p in ill):
        yield say("A state or a test that shows the fault: a line of a log alone never proves one.")
    if any(p.says is Condition.HEALTHY and p.way in _STATES for p in proofs):
        yield say("Who is right: the device also calls the part well.")
    if matter.component is Component.PSU and matter.vague:
        yield say("Whether its input is good: the device does not say why the supply is off.")


_SECOND = say("A second proof of another kind: what the command line says of the part.")
_NO_SHELL = say("A second proof of another kind: this device's command line cannot be asked, so a person must look, or a log must tell.")


def when(proofs: Iterable[Proof]) -> datetime | None:
    """Return since when the first of *proofs* saw it."""
    return min((p.at for p in proofs), default=None)
