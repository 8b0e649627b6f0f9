"""What an act changes in a case beside its state: the changed fields, as keywords for ``replace``."""

from dataclasses import replace
from typing import Any

from healthd.desk._facts import VOUCHED, by, machine, moment, priority_of, roles
from healthd.desk._required import DETAILS
from healthd.model.case import Case, Entry, Priority, Rma, State
from healthd.model.tac import Role

Changes = dict[str, Any]
GRAVE = Priority.P2
"""From here on a priority needs the hotline's word: faults of P1 and P2 are reported by phone."""


def nothing(_: Case, __: Entry) -> Changes:
    return {}


def noted(case: Case, entry: Entry) -> Changes:
    """A part that turns out to have failed is a candidate for replacement."""
    if entry.verdict is None:
        return {}
    candidate = {"rma": Rma.CANDIDATE} if entry.verdict.replaces and case.rma is Rma.NONE else {}
    return {"verdict": entry.verdict, **candidate}


def told_details(case: Case, entry: Entry) -> Changes:
    said = {name: entry.fact(name) for name in DETAILS if entry.fact(name)}
    return {"details": tuple({**dict(case.details), **said}.items())}


def opened(case: Case, entry: Entry) -> Changes:
    known = {
        "caller": case.opening.contact,
        "contract": case.opening.contract,
        "level": case.opening.level,
        "means": case.opening.means,
        "technology": case.opening.technology,
    }
    begun = replace(case, opening=replace(case.opening, at=entry.at), details=tuple((k, v) for k, v in known.items() if v))
    doubted = case.priority <= GRAVE and (case.opening.proposed or machine(entry) or entry.channel not in VOUCHED)
    return {"opening": begun.opening, "since": entry.at, "proposed": doubted, **told_details(begun, entry)}


def entitled(case: Case, entry: Entry) -> Changes:
    return {"entitled": entry.fact("covered") == "yes" or case.overridden, **told_details(case, entry)}


def overridden(_: Case, __: Entry) -> Changes:
    return {"entitled": True, "overridden": True}


def assigned(case: Case, entry: Entry) -> Changes:
    """Records may hold that it was given to its own engineer again: that changes nothing."""
    if entry.fact("engineer") == case.engineer:
        return {"state": case.state, "since": case.since, "until": case.until}
    return {"engineer": entry.fact("engineer"), "taken": None}


def taken(_: Case, entry: Entry) -> Changes:
    return {"taken": entry.at}


def waited(_: Case, entry: Entry) -> Changes:
    return {"until": moment(entry.fact("until"))}


def engineer_confirmed(case: Case, entry: Entry) -> Changes:
    return {"confirmed": (by(entry), case.confirmed[1])}


def customer_confirmed(case: Case, entry: Entry) -> Changes:
    return {"confirmed": (case.confirmed[0], by(entry))}


def rma_pended(case: Case, _: Entry) -> Changes:
    return {"rma": Rma.PENDING if case.rma in {Rma.NONE, Rma.CANDIDATE} else case.rma}


def rma_stepped(case: Case, entry: Entry) -> Changes:
    """The wait for the part ends where it is installed, or no longer asked for; what was confirmed is then void, unless for another form."""
    step = Rma(entry.fact("rma"))
    ends = step in {Rma.CANDIDATE, Rma.INSTALLED, Rma.RETURNED} and case.state is State.RMA_PEND
    void = {"confirmed": ("", "")} if step is Rma.CANDIDATE and not entry.fact("holds") else {}
    return {"rma": step, **void, **({"state": State.IN_PROGRESS, "since": entry.at, "until": None} if ends else {})}


def visit_asked(_: Case, __: Entry) -> Changes:
    return {"asked": True}


def visit_answered(_: Case, __: Entry) -> Changes:
    return {"asked": False}


def cisco(case: Case, entry: Entry) -> Changes:
    return {"cisco": entry.fact("cisco") or case.cisco}


def prioritised(case: Case, entry: Entry) -> Changes:
    """A grave priority is a proposal when the monitor or the customer's own channel says it; staff do not clear a proposal by repeating it."""
    wanted = priority_of(entry) or case.priority
    vouched = Role.HOTLINE in roles(entry) or (entry.channel in VOUCHED and not machine(entry) and not case.proposed)
    return {"priority": wanted, "proposed": wanted <= GRAVE and not vouched}


def priority_confirmed(case: Case, entry: Entry) -> Changes:
    return {"priority": priority_of(entry) or case.priority, "proposed": False}


def recovered(_: Case, entry: Entry) -> Changes:
    return {"recovered": entry.at}


def recurred(case: Case, entry: Entry) -> Changes:
    return {"recovered": None, **(reopened(case, entry) if case.state in {State.RESOLVED, State.CLOSED, State.SURVEYED} else {})}


def reopened(_: Case, __: Entry) -> Changes:
    """Its engineer has to acknowledge it anew."""
    return {"taken": None, "rung": 0}


def stepped(case: Case, entry: Entry) -> Changes:
    rung = entry.fact("rung")
    other = entry.fact("engineer")
    moved = {"engineer": other, "taken": None} if other and other != case.engineer else {}
    return {"rung": max(case.rung, int(rung) if rung.isdecimal() else 0), **moved}
