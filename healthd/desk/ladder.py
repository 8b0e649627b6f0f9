"""The escalation ladder: who has to hear when a clock runs, level by level, each step once.

    share of the clock     response            contact            update             resolution
    50 %                   engineer            engineer           –                  engineer
    75 %                   another engineer    engineer           engineer           senior technical manager
    100 %                  senior t. manager   senior t. manager  senior t. manager  service center manager, executives (P1, P2)
    150 %                  center manager      center manager     center manager     –
    200 %                  executives (P1, P2) executives (P1, P2) –                 executives (P1, P2)

A case without an engineer is the hotline's to dispatch. While a P1 or P2 is
proposed, only the gate's own steps are made: the hotline at once, the duty
manager at half of the response time, the service center manager at its end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.desk import _past
from healthd.model.case import OVER, Case, Channel, Did, Entry, Priority, State
from healthd.model.clock import Clock, Kind
from healthd.model.escalation import Step
from healthd.model.interval import utc
from healthd.model.phrase import Percent, Phrase, say
from healthd.model.tac import Person, Role, Tac

GATE = "gate"
SEVERE = Priority.P2
SHIFTS = frozenset({Role.HOTLINE, Role.ENGINEER, Role.SENIOR_ENGINEER, Role.DUTY_MANAGER})
"""Roles that are worked in shifts: off duty, the duty manager is asked before anybody is woken."""


@dataclass(frozen=True, slots=True)
class Rung:
    """At *share* of a clock, *role* hears; *severe* ones only for P1 and P2. *other* hands the case to another engineer."""

    share: float
    role: Role
    severe: bool = False
    other: bool = False


LADDER: Mapping[str, tuple[Rung, ...]] = {
    Kind.RESPONSE: (
        Rung(0.5, Role.ENGINEER),
        Rung(0.75, Role.ENGINEER, other=True),
        Rung(1.0, Role.SENIOR_MANAGER),
        Rung(1.5, Role.CENTER_MANAGER),
        Rung(2.0, Role.EXECUTIVE, severe=True),
    ),
    Kind.CONTACT: (
        Rung(0.5, Role.ENGINEER),
        Rung(0.75, Role.ENGINEER),
        Rung(1.0, Role.SENIOR_MANAGER),
        Rung(1.5, Role.CENTER_MANAGER),
        Rung(2.0, Role.EXECUTIVE, severe=True),
    ),
    Kind.UPDATE: (Rung(0.75, Role.ENGINEER), Rung(1.0, Role.SENIOR_MANAGER), Rung(1.5, Role.CENTER_MANAGER)),
    Kind.RESOLUTION: (
        Rung(0.5, Role.ENGINEER),
        Rung(0.75, Role.SENIOR_MANAGER),
        Rung(1.0, Role.CENTER_MANAGER),
        Rung(1.0, Role.EXECUTIVE, severe=True),
    ),
    GATE: (Rung(0.0, Role.HOTLINE), Rung(0.5, Role.DUTY_MANAGER), Rung(1.0, Role.CENTER_MANAGER)),
}
NAMES: Mapping[str, Phrase] = {
    Kind.RESPONSE: say("response"),
    Kind.CONTACT: say("first call to the customer"),
    Kind.UPDATE: say("word to the customer"),
    Kind.RESOLUTION: say("resolution"),
}


def steps(case: Case, clocks: Iterable[Clock], tac: Tac, now: datetime) -> tuple[Step, ...]:
    """Return the steps for *case* that are due at *now* and were not made, in the order of its clocks.

    What became due while nobody looked is one step, to all whom it concerns. A
    clock that stands, or is met, makes none.
    """
    if case.state in OVER | {State.RESOLVED}:
        return ()
    if case.proposed and case.priority <= SEVERE:
        found = [_gate(case, tac, now)]
    else:
        found = [_promise(case, each, tac, now) for each in clocks if each.met is None and each.paused is None]
    return tuple(each for each in found if each)


def entry(step: Step, now: datetime) -> Entry:
    """Return the entry that says that *step* was made."""
    said = {"step": step.key, "rung": str(step.rung), "to": ",".join(each.name for each in step.people), "engineer": step.engineer}
    facts = tuple((name, value) for name, value in said.items() if value)
    return Entry(at=now, who="healthd", channel=Channel.MONITOR, did=Did.STEPPED, text=str(step.why), facts=facts)


def asked(role: Role, tac: Tac, at: datetime) -> tuple[Person, ...]:
    """Return who is *role* at *at*; where the roster has a gap, the duty manager, and if there is none either, all who have the role."""
    duty, manager, every = tac.on_duty(role, at), tac.on_duty(Role.DUTY_MANAGER, at), tac.having(role)
    return duty or (manager or every if role in SHIFTS else every or manager) or tac.having(Role.CENTER_MANAGER)


def _gate(case: Case, tac: Tac, now: datetime) -> Step | None:
    """Return the step for a proposal that nobody has confirmed, by the time that its priority gives for a response."""
    length = tac.promised(case.priority, case.detail("level")).response
    start = _past.priorities(_past.moments(case, now))[-1].at
    share = (utc(now) - start) / length if length else 0.0
    why = say("{priority} is proposed, and the hotline has not confirmed it since {since}.", priority=case.priority.name, since=start)
    cause = Cause(GATE, f"{GATE}:{case.priority.name}@{start:%Y-%m-%dT%H:%M:%S}", share, why, start + (length or timedelta(0)))
    return _step(case, cause, tac, now)


def _promise(case: Case, clock: Clock, tac: Tac, now: datetime) -> Step | None:
    round_ = f"@{clock.started:%Y-%m-%dT%H:%M:%S}" if clock.kind is Kind.UPDATE else ""
    why = say(
        "{share} of the time for the {clock} ({priority}) is used; it runs out at {due}.",
        share=Percent(clock.share, digits=0),
        clock=NAMES[clock.kind],
        priority=clock.priority.name,
        due=clock.due,
    )
    cause = Cause(clock.kind, f"{clock.kind}:{clock.priority.name}{round_}", clock.share, why, clock.due)
    return _step(case, cause, tac, now)


@dataclass(frozen=True, slots=True)
class Cause:
    """What a step is about: a *clock* or the gate, the beginning of its *key*, the *share* used, *why* in words, and when it is *due*."""

    clock: str
    key: str
    share: float
    why: Phrase
    due: datetime


def _step(case: Case, cause: Cause, tac: Tac, now: datetime) -> Step | None:
    """Return one step for all rungs of *cause* that were reached since the last one."""
    made = _made(case, cause.key)
    reached = [each for each in LADDER[cause.clock] if made < each.share <= cause.share]
    new = [each for each in reached if case.priority <= SEVERE or not each.severe]
    if not new:
        return None
    other = _other(case, tac, now) if any(each.other for each in new) else None
    people = [person for each in new for person in _people(case, each, other, tac, now)]
    return Step(
        number=case.number,
        key=f"{cause.key}:{round(100 * new[-1].share)}",
        clock=str(cause.clock),
        share=cause.share,
        rung=1 + LADDER[cause.clock].index(new[-1]),
        roles=tuple(dict.fromkeys(each.role for each in new)),
        people=tuple(dict.fromkeys(people)),
        why=cause.why,
        due=cause.due,
        engineer=other.name if other else "",
    )


def _made(case: Case, key: str) -> float:
    """Return the highest share at which a step of *key* was made, below all shares when none was."""
    steps = (each.fact("step") for each in case.entries if each.did is Did.STEPPED)
    return max((int(each.rpartition(":")[2]) / 100 for each in steps if each.rpartition(":")[0] == key), default=-1.0)


def _other(case: Case, tac: Tac, now: datetime) -> Person | None:
    """Return who takes a case over that its engineer does not answer to: the first other engineer on duty."""
    duty = (*tac.on_duty(Role.ENGINEER, now), *tac.on_duty(Role.SENIOR_ENGINEER, now))
    return next((each for each in duty if each.name != case.engineer), None) if case.engineer else None


def _people(case: Case, rung: Rung, other: Person | None, tac: Tac, now: datetime) -> tuple[Person, ...]:
    if rung.role is not Role.ENGINEER:
        return asked(rung.role, tac, now)
    own = tac.person(case.engineer)
    told = tuple(each for each in (own, other if rung.other else None) if each)
    return told or asked(Role.HOTLINE, tac, now)
