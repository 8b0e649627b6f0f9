"""What must be so for an act to be allowed; each guard returns why it is not, in words, or nothing."""

from datetime import UTC

from healthd.desk._facts import by, machine, moment, newest, numbered, priority_of, reason, roles
from healthd.desk._required import missing
from healthd.model.case import Case, Channel, Did, Entry, Rma, State
from healthd.model.tac import Role, folded

CHANGERS = {Role.CENTER_MANAGER, Role.DUTY_MANAGER, Role.SENIOR_MANAGER}
STEPS = tuple(Rma)
ON_ITS_WAY = {Rma.PENDING, Rma.REQUESTED, Rma.RECEIVED}
WAITS = ("customer", "maintenance")
NAMESAKE = "; a namesake is named with the company"
UNCORRECTED = {Did.CORRECTED, Did.TOLD, Did.STEPPED}


def covered_or_not(_: Case, entry: Entry) -> str:
    if entry.fact("covered") not in {"yes", "no"}:
        return "covered is yes or no"
    return "a covered case needs its contract" if entry.fact("covered") == "yes" and not entry.fact("contract") else ""


def entitled(case: Case) -> str:
    return "" if case.entitled else "it is out of contract: hand it to sales, or let the manager override with a reason"


def out_of_contract(case: Case) -> str:
    return "it is under contract" if case.entitled else ""


def another_engineer(case: Case, entry: Entry) -> str:
    given = case.engineer and entry.fact("engineer") == case.engineer
    return f"it is {case.engineer}'s already: name another engineer" if given else ""


def change_is_the_managers(case: Case, entry: Entry) -> str:
    if case.taken is None or roles(entry) & CHANGERS:
        return ""
    return f"{case.engineer} works on it: a change of engineer is the manager's (role {', '.join(sorted(CHANGERS))})"


def not_taken(case: Case) -> str:
    return f"{case.engineer} has acknowledged it already" if case.taken else ""


def is_the_engineer(case: Case, entry: Entry) -> str:
    return "" if by(entry) == case.engineer else f"it is assigned to {case.engineer}, not to {by(entry)}: assign it first"


def wait(_: Case, entry: Entry) -> str:
    if entry.fact("wait", "customer") not in WAITS:
        return f"wait is one of {', '.join(WAITS)}"
    until = entry.fact("until")
    if until and (ends := moment(until)) is None:
        return f"until is a time with its zone, as 2027-03-01T09:00:00+08:00; found {until!r}"
    return "it cannot wait until a moment that has passed" if until and ends is not None and ends <= entry.at else ""


def names_the_customer(_: Case, entry: Entry) -> str:
    if entry.fact("ours"):
        return f"{entry.fact('by')} is {entry.fact('ours')} of the service center: by must name who of the customer confirmed it{NAMESAKE}"
    spoke = entry.channel in {Channel.WEB, Channel.MAIL, Channel.FAX} and not roles(entry)
    return "" if spoke or entry.fact("by") else "by must name the customer's engineer who confirmed it"


def two_people(case: Case, entry: Entry) -> str:
    other = case.confirmed[1 if entry.did is Did.ENGINEER_CONFIRMED else 0]
    return f"{other} cannot confirm for both sides" if other and folded(other) == folded(by(entry)) else ""


def both_confirmed(case: Case) -> str:
    sides = zip(("the TAC's engineer", "the customer's engineer"), case.confirmed, strict=True)
    absent = [side for side, name in sides if not name]
    return f"the hardware fault is not confirmed by {' and '.join(absent)}" if absent else ""


def rma_runs(case: Case) -> str:
    return "there is no RMA: it must be RMA-Pend first" if case.rma in {Rma.NONE, Rma.CANDIDATE} else ""


def rma_step(case: Case, entry: Entry) -> str:
    wanted = next((each for each in STEPS if each.value == entry.fact("rma")), None)
    if wanted is None or wanted is Rma.NONE:
        return f"rma is one of {', '.join(STEPS[1:])}"
    if wanted is Rma.CANDIDATE and machine(entry):
        return "it takes a person to give up a replacement"
    back = STEPS.index(wanted) < STEPS.index(case.rma)
    return f"it is {case.rma} already: a step back needs a reason" if back and not reason(entry) else ""


def no_visit_asked(case: Case) -> str:
    return "a visit is asked for already" if case.asked else ""


def visit_asked(case: Case) -> str:
    return "" if case.asked else "nobody has asked for a visit"


def visit_asked_or_set(case: Case) -> str:
    """One that is approved may be moved."""
    return "" if case.state is State.ON_SITE else visit_asked(case)


def visit_times(case: Case, entry: Entry) -> str:
    start, end = moment(entry.fact("start")), moment(entry.fact("end"))
    if start and end and end <= start:
        return f"the visit would end, {end.astimezone(UTC):%Y-%m-%d %H:%M}, before it begins, {start.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    moved = case.state is State.ON_SITE and not case.asked
    return "a visit is approved already: another time (start, end) moves it" if moved and not (start and end) else ""


def cisco_number(case: Case, entry: Entry) -> str:
    """What the customer was told is not replaced without a word."""
    other = case.cisco and entry.fact("cisco") not in ("", case.cisco)
    return f"Cisco's number is {case.cisco} already: another one needs a reason" if other and not reason(entry) else ""


def cisco_by_machine(case: Case, entry: Entry) -> str:
    if not machine(entry):
        return ""
    opened = newest(case, Did.CISCO_OPENED) is not None
    number = entry.channel is Channel.CISCO and entry.fact("cisco")
    return "" if opened and number else "a person opens the case with Cisco; Cisco's interface only brings its number"


def priority(case: Case, entry: Entry) -> str:
    wanted = priority_of(entry)
    if entry.did is Did.PRIORITY_CONFIRMED and not entry.fact("priority"):
        return ""
    if wanted is None:
        return "priority is one of P1, P2, P3, P4"
    return "the monitor may only raise a priority; lowering it is a person's" if machine(entry) and wanted >= case.priority else ""


def proposed(case: Case) -> str:
    return "" if case.proposed else f"its priority {case.priority.name} waits for nobody's word"


def part_is_in(case: Case, entry: Entry) -> str:
    if case.rma not in ON_ITS_WAY or entry.fact("reason"):
        return ""
    return (
        f"its RMA is {case.rma}: record that the part is installed (healthd rma install), give it up (healthd rma cancel), or give a reason"
    )


def complete(case: Case) -> str:
    absent = missing(case)
    return f"its record lacks {', '.join(absent)}: complete it first" if absent else ""


def agreed(_: Case, entry: Entry) -> str:
    said = entry.fact("agreed") or entry.fact("reason")
    return "" if said else "agreed must say who of the customer agrees, or reason why it is closed without"


def closed_by_silence(case: Case, entry: Entry) -> str:
    """A person resolved it; when the customer then says nothing, the machine may close it, and never otherwise, nor a hardware case."""
    if not machine(entry):
        return ""
    if _hardware(case):
        return "it takes a person: a hardware case is never closed by the monitor"
    said = "it takes a person; the monitor closes only what the customer has said nothing about since it was resolved"
    return "" if entry.fact("silence") else said


def _hardware(case: Case) -> bool:
    verdict = case.verdict or case.opening.verdict
    return case.rma is not Rma.NONE or case.opening.rma or (verdict is not None and verdict.replaces)


def not_surveyed(case: Case) -> str:
    return "its survey was sent already" if _since_closing(case, Did.SURVEY_SENT) else ""


def not_reminded(case: Case) -> str:
    if not _since_closing(case, Did.SURVEY_SENT):
        return "no survey was sent"
    return "one reminder is enough, and it was sent" if _since_closing(case, Did.SURVEY_REMINDED) else ""


def _since_closing(case: Case, did: Did) -> bool:
    found = newest(case, did)
    return found is not None and found.at >= case.since and case.state is State.CLOSED


def mark(_: Case, entry: Entry) -> str:
    return "" if entry.fact("mark") in {"1", "2", "3", "4", "5"} else "mark is 1 (bad) to 5 (very good)"


def correction(case: Case, entry: Entry) -> str:
    meant = numbered(case, entry.fact("entry"))
    if meant is None or meant.did in UNCORRECTED:
        return f"entry {entry.fact('entry')!r} is none that can be corrected; corrections, notices and steps are no such"
    at = entry.fact("at")
    if not at and not entry.fact("text"):
        return "a correction says the true time (at), the true words (text), or both"
    return f"at is a time with its zone, as 2027-03-01T09:00:00+08:00; found {at!r}" if at and moment(at) is None else ""


def has_files(_: Case, entry: Entry) -> str:
    return "" if entry.files or entry.fact("file") else "nothing is attached"


def stepped_once(case: Case, entry: Entry) -> str:
    twice = any(each.did is Did.STEPPED and each.fact("step") == entry.fact("step") for each in case.entries)
    return f"the step {entry.fact('step')} was made already" if twice else ""
