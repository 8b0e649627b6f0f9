"""What people and the monitor can do to a case: in which states, who, with which facts, and where it leads.

The table ``ACTS`` is the service process. An act's *needs* are facts that its
entry must carry; ``reason`` may be given as the entry's text. *roles* are those
of which the entry's fact ``role`` must name one (several are parted by commas).

Facts by act: opened: caller, phone, email, means, technology · entitled: covered (yes, no), contract, level ·
assigned: engineer · acknowledged: by · waited: reason, until (ISO), wait (customer, maintenance) · prioritised,
priority-confirmed: priority (P1…P4) · customer-confirmed: by, ours (who of the service center is called so: refused) · rma-stepped: rma (candidate: given up), holds (the words for another form) · on-site-approved: start, end (ISO) · cisco-opened: cisco (its number) ·
resolved: reason · closed: agreed (who of the customer) or reason, silence (working days) · surveyed: mark (1…5) · corrected: entry, at (ISO), text ·
completed: details as opened · stepped: step, rung, to, engineer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from healthd.desk import _effects, _guards
from healthd.model.case import Case, Did, Entry, State
from healthd.model.tac import Role

Guard = Callable[[Case], str]
Check = Callable[[Case, Entry], str]
Effect = Callable[[Case, Entry], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act. *leads* says where it leads from which state; a state that it does not name stays.

    *guards* look at the case alone, *checks* at the entry too; each returns why not, or nothing.
    """

    states: frozenset[State]
    leads: Mapping[State, State] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    machine: bool = False
    guards: tuple[Guard, ...] = ()
    checks: tuple[Check, ...] = ()
    effect: Effect = _effects.nothing


S = State
EVERY = frozenset(State)
EARLY = frozenset({S.NEW, S.ENTITLEMENT})
TAKEN = frozenset({S.ACKNOWLEDGED, S.IN_PROGRESS, S.WAITING, S.RMA_PEND, S.ON_SITE, S.ESCALATED, S.CISCO})
"""States in which an engineer works on the case, or waits for something to go on."""
WORKED = TAKEN | {S.ASSIGNED}
DONE = frozenset({S.RESOLVED, S.CLOSED, S.SURVEYED})
SIDE = TAKEN - {S.ACKNOWLEDGED, S.IN_PROGRESS}
OPEN = EARLY | WORKED | {S.RESOLVED}

MANAGERS = frozenset({Role.CENTER_MANAGER, Role.DUTY_MANAGER})
ENGINEERS = frozenset({Role.ENGINEER, Role.SENIOR_ENGINEER, Role.SENIOR_MANAGER})
HOTLINE = frozenset({Role.HOTLINE, Role.DUTY_MANAGER})


def _to(state: State, *come: frozenset[State]) -> dict[State, State]:
    return {each: state for group in come for each in group}


ACTS: Mapping[Did, Act] = {
    Did.OPENED: Act(states=frozenset(), machine=True, effect=_effects.opened),
    Did.ENTITLED: Act(
        states=EARLY | {S.SALES},
        leads=_to(S.ENTITLEMENT, EARLY | {S.SALES}),
        needs=("covered",),
        checks=(_guards.covered_or_not,),
        effect=_effects.entitled,
    ),
    Did.HANDED_TO_SALES: Act(states=EARLY, leads=_to(S.SALES, EARLY), guards=(_guards.out_of_contract,)),
    Did.OVERRIDDEN: Act(
        states=EARLY | {S.SALES},
        leads=_to(S.ENTITLEMENT, EARLY | {S.SALES}),
        needs=("reason",),
        roles=MANAGERS,
        guards=(_guards.out_of_contract,),
        effect=_effects.overridden,
    ),
    Did.ASSIGNED: Act(
        states=EARLY | WORKED,
        leads=_to(S.ASSIGNED, EARLY, frozenset({S.ACKNOWLEDGED})),
        needs=("engineer",),
        guards=(_guards.entitled,),
        checks=(_guards.another_engineer, _guards.change_is_the_managers),
        effect=_effects.assigned,
    ),
    Did.ACKNOWLEDGED: Act(
        states=WORKED,
        leads={S.ASSIGNED: S.ACKNOWLEDGED},
        guards=(_guards.not_taken,),
        checks=(_guards.is_the_engineer,),
        effect=_effects.taken,
    ),
    Did.CONTACTED: Act(states=OPEN, leads={S.ACKNOWLEDGED: S.IN_PROGRESS}, effect=_effects.told_details),
    Did.STARTED: Act(states=frozenset({S.ACKNOWLEDGED}), leads={S.ACKNOWLEDGED: S.IN_PROGRESS}),
    Did.NOTED: Act(states=EVERY, machine=True, effect=_effects.noted),
    Did.WAITED: Act(states=TAKEN, leads=_to(S.WAITING, TAKEN), needs=("reason",), checks=(_guards.wait,), effect=_effects.waited),
    Did.CONTINUED: Act(states=SIDE, leads=_to(S.IN_PROGRESS, SIDE)),
    Did.ENGINEER_CONFIRMED: Act(states=TAKEN, roles=ENGINEERS, checks=(_guards.two_people,), effect=_effects.engineer_confirmed),
    Did.CUSTOMER_CONFIRMED: Act(states=WORKED, checks=(_guards.names_the_customer, _guards.two_people), effect=_effects.customer_confirmed),
    Did.RMA_PENDED: Act(
        states=TAKEN - {S.RMA_PEND}, leads=_to(S.RMA_PEND, TAKEN), guards=(_guards.both_confirmed,), effect=_effects.rma_pended
    ),
    Did.RMA_STEPPED: Act(
        states=TAKEN | DONE,
        needs=("rma",),
        machine=True,
        guards=(_guards.rma_runs,),
        checks=(_guards.rma_step,),
        effect=_effects.rma_stepped,
    ),
    Did.ON_SITE_ASKED: Act(states=TAKEN, needs=("reason",), guards=(_guards.no_visit_asked,), effect=_effects.visit_asked),
    Did.ON_SITE_APPROVED: Act(
        states=TAKEN,
        leads=_to(S.ON_SITE, TAKEN),
        roles=MANAGERS,
        guards=(_guards.visit_asked_or_set,),
        checks=(_guards.visit_times,),
        effect=_effects.visit_answered,
    ),
    Did.ON_SITE_REFUSED: Act(
        states=TAKEN, needs=("reason",), roles=MANAGERS, guards=(_guards.visit_asked,), effect=_effects.visit_answered
    ),
    Did.ENGINEER_ASKED: Act(states=WORKED, needs=("reason",)),
    Did.EXPERTS_FORMED: Act(states=TAKEN),
    Did.ESCALATED: Act(states=TAKEN - {S.ESCALATED}, leads=_to(S.ESCALATED, TAKEN), needs=("reason",)),
    Did.CISCO_OPENED: Act(
        states=TAKEN,
        leads=_to(S.CISCO, TAKEN - {S.RMA_PEND}),
        checks=(_guards.cisco_by_machine, _guards.cisco_number),
        effect=_effects.cisco,
    ),
    Did.PRIORITISED: Act(states=OPEN, needs=("priority", "reason"), machine=True, checks=(_guards.priority,), effect=_effects.prioritised),
    Did.PRIORITY_CONFIRMED: Act(
        states=OPEN, roles=HOTLINE, guards=(_guards.proposed,), checks=(_guards.priority,), effect=_effects.priority_confirmed
    ),
    Did.RECOVERED: Act(states=EVERY, machine=True, effect=_effects.recovered),
    Did.RECURRED: Act(states=EVERY, leads=_to(S.IN_PROGRESS, DONE), machine=True, effect=_effects.recurred),
    Did.RESOLVED: Act(states=TAKEN, leads=_to(S.RESOLVED, TAKEN), needs=("reason",), checks=(_guards.part_is_in,)),
    Did.REOPENED: Act(states=DONE, leads=_to(S.IN_PROGRESS, DONE), needs=("reason",), effect=_effects.reopened),
    Did.CLOSED: Act(
        states=frozenset({S.RESOLVED}),
        leads={S.RESOLVED: S.CLOSED},
        machine=True,
        guards=(_guards.complete,),
        checks=(_guards.agreed, _guards.closed_by_silence),
    ),
    Did.SURVEY_SENT: Act(states=frozenset({S.CLOSED}), machine=True, guards=(_guards.not_surveyed,)),
    Did.SURVEY_REMINDED: Act(states=frozenset({S.CLOSED}), machine=True, guards=(_guards.not_reminded,)),
    Did.SURVEYED: Act(states=frozenset({S.CLOSED}), leads={S.CLOSED: S.SURVEYED}, needs=("mark",), checks=(_guards.mark,)),
    Did.CORRECTED: Act(states=EVERY, needs=("entry",), checks=(_guards.correction,)),
    Did.COMPLETED: Act(states=EVERY, effect=_effects.told_details),
    Did.ATTACHED: Act(states=EVERY, machine=True, checks=(_guards.has_files,)),
    Did.TOLD: Act(states=EVERY, machine=True),
    Did.STEPPED: Act(states=OPEN, machine=True, needs=("step",), checks=(_guards.stepped_once,), effect=_effects.stepped),
}
