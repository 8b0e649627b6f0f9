"""What a case may lack to go on: one check for each lack, and how long it may last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.calendars import WorkCalendar
from healthd.desk import _past, lifecycle
from healthd.desk import clocks as clocks_
from healthd.desk._facts import known, machine, moment, newest
from healthd.desk.acts import EARLY, TAKEN, WORKED
from healthd.model.case import Case, Did, Priority, Rma, State
from healthd.model.device import Customer
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role, Tac

HOUR = timedelta(hours=1)
DISPATCH = {Priority.P1: HOUR / 6, Priority.P2: HOUR / 2}
"""How long a new case may be without engineer; of lower priorities DISPATCHED."""
DISPATCHED = 2 * HOUR
ANSWER = {Priority.P1: HOUR / 2, Priority.P2: HOUR}
"""How long a question to a manager or a handing over may stay without answer; of lower priorities ANSWERED."""
ANSWERED = 4 * HOUR
DAY = 24 * HOUR
AFTER_THE_FACT = HOUR / 2
"""A case written down so much later than it began was recorded after the fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One case with what is needed to look at it."""

    case: Case
    tac: Tac
    customer: Customer | None
    now: datetime

    def last(self, *acts: Did) -> datetime | None:
        """Return when one of *acts* was last done."""
        found = newest(self.case, *acts)
        return found.at if found else None

    def old(self, since: datetime | None, patience: timedelta) -> bool:
        """Has *since* been there and gone for longer than *patience*?"""
        return since is not None and self.now - since > patience


@dataclass(frozen=True, slots=True)
class Lack:
    """*what* is missing *since*; *who* must act."""

    what: Phrase
    who: Role
    since: datetime


Check = Callable[[Looked], Lack | None]


def _undispatched(look: Looked) -> Lack | None:
    case = look.case
    opened = newest(case, Did.OPENED)
    since = max(case.since, known(opened)) if opened else case.since
    if case.state not in EARLY or not look.old(since, DISPATCH.get(case.priority, DISPATCHED)):
        return None
    if not case.entitled:
        return Lack(say("Nobody has decided what becomes of a case without contract."), Role.HOTLINE, since)
    return Lack(say("No engineer has been given the case."), Role.HOTLINE, since)


def _unknown_engineer(look: Looked) -> Lack | None:
    case = look.case
    if case.state not in WORKED or not look.tac.people or look.tac.person(case.engineer):
        return None
    return Lack(
        say("Its engineer {name} is not among the service center's people.", name=case.engineer or "–"), Role.CENTER_MANAGER, case.since
    )


def _unacknowledged(look: Looked) -> Lack | None:
    """After the first response no clock asks whether a new engineer has taken the case."""
    case, given = look.case, look.last(Did.ASSIGNED, Did.STEPPED, Did.REOPENED, Did.RECURRED)
    if case.state not in WORKED or case.taken or given is None or not look.old(given, ANSWER.get(case.priority, ANSWERED)):
        return None
    return Lack(say("Its engineer has not acknowledged it."), Role.CENTER_MANAGER, given)


def _clockless(look: Looked) -> Lack | None:
    """Work that no clock drives is forgotten without anybody noticing."""
    case = look.case
    if case.state not in WORKED:
        return None
    found = clocks_.clocks(case, look.customer, look.tac, look.now)
    if any(each.met is None for each in found):
        return None
    return Lack(say("No clock runs: nothing is promised that is still to be kept."), Role.ENGINEER, case.since)


def _dateless(look: Looked) -> Lack | None:
    if look.case.state is not State.WAITING or look.case.until:
        return None
    return Lack(say("It waits without a date."), Role.ENGINEER, look.case.since)


def _overwaited(look: Looked) -> Lack | None:
    until = look.case.until
    if look.case.state is not State.WAITING or not look.old(until, timedelta(0)) or until is None:
        return None
    return Lack(say("It waited until {until}, and nobody has taken it up again.", until=until), Role.ENGINEER, until)


def _unrequested(look: Looked) -> Lack | None:
    case = look.case
    if case.rma is not Rma.PENDING or not look.old(look.last(Did.RMA_PENDED), ANSWERED):
        return None
    return Lack(say("It is RMA-Pend, and no part was requested."), Role.SPARES, case.since)


def _half_confirmed(look: Looked) -> Lack | None:
    """One side's word alone starts no RMA, and both sides' words start it only when somebody does."""
    case, last = look.case, look.last(Did.ENGINEER_CONFIRMED, Did.CUSTOMER_CONFIRMED)
    if case.rma not in {Rma.NONE, Rma.CANDIDATE} or case.state not in WORKED or last is None or not look.old(last, DAY):
        return None
    if all(case.confirmed):
        return Lack(say("Both sides confirmed the hardware fault, and it is not RMA-Pend."), Role.ENGINEER, last)
    side = say("the customer's engineer") if case.confirmed[0] else say("the TAC's engineer")
    return Lack(say("The hardware fault waits for {side} to confirm it.", side=side), Role.ENGINEER, last)


def _numberless(look: Looked) -> Lack | None:
    """The customer is to be told Cisco's number; it is asked for until it is there."""
    opened = look.last(Did.CISCO_OPENED)
    if opened is None or look.case.cisco or look.case.state not in TAKEN:
        return None
    return Lack(say("It is open with Cisco, and Cisco's case number is not recorded."), Role.ENGINEER, opened)


def _unapproved(look: Looked) -> Lack | None:
    case, asked = look.case, look.last(Did.ON_SITE_ASKED)
    if not case.asked or not look.old(asked, ANSWER.get(case.priority, ANSWERED)) or asked is None:
        return None
    return Lack(say("An on-site visit was asked for, and nobody has decided."), Role.CENTER_MANAGER, asked)


def _visitless(look: Looked) -> Lack | None:
    approved = newest(look.case, Did.ON_SITE_APPROVED)
    if look.case.state is not State.ON_SITE or approved is None:
        return None
    when = moment(approved.fact("start"))
    if when is None:
        return Lack(say("An on-site visit is approved, and it has no date."), Role.ENGINEER, approved.at)
    if not look.old(when, DAY):
        return None
    return Lack(say("The visit of {when} is over, and nobody has said what came of it.", when=when), Role.ENGINEER, when)


def _unconfirmed(look: Looked) -> Lack | None:
    case = look.case
    since = _past.priorities(_past.moments(case, look.now))[-1].at if case.proposed else None
    if not look.old(since, ANSWER.get(case.priority, ANSWERED)) or since is None:
        return None
    return Lack(say("{priority} is proposed, and the hotline has not confirmed it.", priority=case.priority.name), Role.HOTLINE, since)


def _recovered(look: Looked) -> Lack | None:
    case = look.case
    if case.state not in EARLY | WORKED or case.recovered is None or not look.old(case.recovered, DAY):
        return None
    return Lack(say("The monitor saw it well again, and nobody has resolved it."), Role.ENGINEER, case.recovered)


def _silent(look: Looked) -> Lack | None:
    case, tac = look.case, look.tac
    if case.state is not State.RESOLVED:
        return None
    days = WorkCalendar(country=tac.holidays, worked=frozenset(tac.worked), free=frozenset(tac.free))
    if days.between(case.since.astimezone(tac.zone).date(), look.now.astimezone(tac.zone).date()) <= tac.silence:
        return None
    return Lack(say("It is resolved, and the customer has said nothing for {n} working days.", n=tac.silence), Role.ENGINEER, case.since)


def _unwritten(look: Looked) -> Lack | None:
    """What the duty engineer did at night is written down the next morning."""
    opened = newest(look.case, Did.OPENED)
    if opened is None or opened.entered is None or machine(opened) or newest(look.case, Did.COMPLETED):
        return None
    late = opened.fact("after-hours") == "yes" or opened.entered - opened.at > AFTER_THE_FACT
    absent = lifecycle.missing(look.case)
    if not late or not absent:
        return None
    return Lack(
        say("It was recorded after the fact, and its record lacks: {fields}.", fields=", ".join(absent)), Role.ENGINEER, opened.entered
    )


CHECKS: Mapping[str, Check] = {
    "dispatch": _undispatched,
    "engineer": _unknown_engineer,
    "acknowledge": _unacknowledged,
    "clock": _clockless,
    "date": _dateless,
    "waited": _overwaited,
    "request": _unrequested,
    "confirmation": _half_confirmed,
    "cisco": _numberless,
    "approval": _unapproved,
    "visit": _visitless,
    "priority": _unconfirmed,
    "recovered": _recovered,
    "silence": _silent,
    "record": _unwritten,
}
