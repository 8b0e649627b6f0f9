"""The life of a case: what the process allows, who may do it, and what late and corrected entries make of it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest

from healthd.desk import lifecycle
from healthd.errors import NotAllowed
from healthd.model.case import Case, Channel, Did, Entry, Priority, Rma, State
from tests.desk.lives import CALLER, ENGINEER, HOTLINE, MANAGER, MINUTE, MONITOR, T0, after, begun, corrected, entry, opening, worked_on

CONFIRMED = (entry(Did.ENGINEER_CONFIRMED, 20, **ENGINEER), entry(Did.CUSTOMER_CONFIRMED, 21, who="mei", by="Wang Fang"))


def pending() -> Case:
    return after(worked_on(rma=True), *CONFIRMED, entry(Did.RMA_PENDED, 22, **ENGINEER))


def resolved() -> Case:
    return after(worked_on(), entry(Did.RESOLVED, 60, **ENGINEER, text="reseated the module"))


def closed() -> Case:
    return after(resolved(), entry(Did.CLOSED, 90, **HOTLINE, agreed="Wang Fang"))


def refused(case: Case, each: Entry, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        lifecycle.check(case, each)


def test_a_case_lives_from_its_opening_to_its_survey() -> None:
    case = pending()
    assert (case.state, case.rma) == (State.RMA_PEND, Rma.PENDING)
    for minute, step in ((30, "requested"), (40, "received"), (50, "installed")):
        case = after(case, entry(Did.RMA_STEPPED, minute, rma=step))
    assert (case.state, case.rma) == (State.IN_PROGRESS, Rma.INSTALLED)
    case = after(case, entry(Did.RESOLVED, 60, text="new supply in"), entry(Did.CLOSED, 70, **HOTLINE, agreed="Wang Fang"))
    case = after(case, entry(Did.SURVEY_SENT, 71, **MONITOR), entry(Did.RMA_STEPPED, 80, rma="returned"))
    case = after(case, entry(Did.SURVEYED, 100, who="Wang Fang", channel=Channel.WEB, mark=5))
    assert (case.state, case.rma, case.version) == (State.SURVEYED, Rma.RETURNED, 16)
    assert not case.is_open


def test_the_first_entry_is_the_opening_and_there_is_one() -> None:
    assert lifecycle.allowed(begun()) == {Did.OPENED}
    refused(begun(), entry(Did.NOTED), "allowed now: opened")
    refused(worked_on(), entry(Did.OPENED, 20), "it is in-progress")
    with pytest.raises(ValueError, match="begins with its opening"):
        lifecycle.folded([entry(Did.OPENED)])  # type: ignore[list-item]


def test_a_refusal_tells_what_is_allowed() -> None:
    refused(worked_on(), entry(Did.CLOSED, 20, agreed="Wang"), r"it is in-progress; allowed now: .*resolved")


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ((), "not confirmed by the TAC's engineer and the customer's engineer"),
        (CONFIRMED[:1], "not confirmed by the customer's engineer"),
        (CONFIRMED[1:], "not confirmed by the TAC's engineer"),
    ],
)
def test_rma_pend_takes_both_confirmations(missing: tuple[Entry, ...], why: str) -> None:
    case = after(worked_on(rma=True), *missing)
    assert Did.RMA_PENDED not in lifecycle.allowed(case)
    refused(case, entry(Did.RMA_PENDED, 30), why)


def test_the_customers_confirmation_names_the_customer_and_one_person_is_not_both_sides() -> None:
    case = after(worked_on(rma=True), CONFIRMED[0])
    refused(case, entry(Did.CUSTOMER_CONFIRMED, 21), "by must name the customer's engineer")
    refused(case, entry(Did.CUSTOMER_CONFIRMED, 21, by="li"), "li cannot confirm for both sides")
    by_link = entry(Did.CUSTOMER_CONFIRMED, 21, who="Wang Fang", channel=Channel.WEB)
    assert after(case, by_link).confirmed == ("li", "Wang Fang")
    refused(worked_on(), entry(Did.ENGINEER_CONFIRMED, 21, who="mei", role="hotline"), "it takes the role engineer or")


MACHINES = {
    Did.OPENED,
    Did.NOTED,
    Did.RECOVERED,
    Did.RECURRED,
    Did.PRIORITISED,
    Did.ATTACHED,
    Did.STEPPED,
    Did.TOLD,
    Did.SURVEY_SENT,
    Did.SURVEY_REMINDED,
    Did.RMA_STEPPED,
    Did.CLOSED,
}


@pytest.mark.parametrize("did", sorted(set(Did) - MACHINES))
@pytest.mark.parametrize("make", [worked_on, pending, resolved, closed])
def test_what_takes_a_person_the_monitor_cannot_do(make: Callable[[], Case], did: Did) -> None:
    facts = {
        "by": "li",
        "engineer": "li",
        "role": "hotline,center-manager,engineer",
        "reason": "r",
        "mark": "5",
        "agreed": "x",
        "rma": "received",
    }
    for who in ({"who": "healthd"}, {"who": "mei", "channel": Channel.MONITOR}):
        refused(make(), entry(did, 200, **who, **facts), "it takes a person" if did is not Did.OPENED else "")


def test_the_monitor_closes_what_the_customer_says_nothing_about_but_no_hardware_case() -> None:
    refused(resolved(), entry(Did.CLOSED, 200, **MONITOR, reason="well again"), "it takes a person")
    assert after(resolved(), entry(Did.CLOSED, 200, **MONITOR, reason="no word", silence=5)).state is State.CLOSED
    hardware = after(worked_on(rma=True), entry(Did.RESOLVED, 60, **ENGINEER, text="replaced"))
    refused(hardware, entry(Did.CLOSED, 200, **MONITOR, reason="no word", silence=5), "a hardware case is never closed by the monitor")


def test_the_monitor_raises_a_priority_and_never_lowers_it() -> None:
    case = worked_on()
    refused(case, entry(Did.PRIORITISED, 20, **MONITOR, priority="P4", reason="quiet"), "may only raise")
    refused(case, entry(Did.PRIORITISED, 20, **MONITOR, priority="P3", reason="same"), "may only raise")
    raised = after(case, entry(Did.PRIORITISED, 20, **MONITOR, priority="P1", reason="200 devices behind it"))
    assert (raised.priority, raised.proposed) == (Priority.P1, True)


def test_a_grave_priority_of_the_monitors_is_proposed_until_the_hotline_confirms_it() -> None:
    case = after(begun(priority=Priority.P1), entry(Did.OPENED, **MONITOR))
    assert case.proposed
    refused(case, entry(Did.PRIORITY_CONFIRMED, 3, **ENGINEER), "it takes the role duty-manager or hotline")
    repeated = after(case, entry(Did.PRIORITISED, 3, **ENGINEER, priority="P1", reason="I think so too"))
    assert repeated.proposed
    confirmed = after(case, entry(Did.PRIORITY_CONFIRMED, 4, **HOTLINE))
    assert (confirmed.priority, confirmed.proposed) == (Priority.P1, False)
    refused(confirmed, entry(Did.PRIORITY_CONFIRMED, 5, **HOTLINE), "waits for nobody's word")
    lower = after(case, entry(Did.PRIORITY_CONFIRMED, 4, **HOTLINE, priority="P3"))
    assert (lower.priority, lower.proposed) == (Priority.P3, False)


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.MAIL, Channel.FAX, Channel.BRANCH])
def test_p1_and_p2_that_were_not_called_in_are_proposed(channel: Channel) -> None:
    case = after(begun(priority=Priority.P2, channel=channel, who="Wang"), entry(Did.OPENED, who="Wang", channel=channel))
    assert case.proposed
    assert not after(begun(priority=Priority.P2), entry(Did.OPENED, **HOTLINE)).proposed
    assert not after(begun(priority=Priority.P3), entry(Did.OPENED, who="Wang", channel=channel)).proposed


def test_out_of_contract_goes_to_sales_unless_the_manager_overrides_with_a_reason() -> None:
    case = after(begun(entitled=False), entry(Did.OPENED, **HOTLINE))
    refused(case, entry(Did.ASSIGNED, 1, engineer="li"), "out of contract: hand it to sales")
    refused(case, entry(Did.OVERRIDDEN, 1, **ENGINEER, reason="old friend"), "it takes the role center-manager or duty-manager")
    refused(case, entry(Did.OVERRIDDEN, 1, **MANAGER), "it must say reason")
    sold = after(case, entry(Did.HANDED_TO_SALES, 2))
    assert (sold.state, sold.is_open) == (State.SALES, False)
    back = after(sold, entry(Did.OVERRIDDEN, 5, **MANAGER, reason="renewal is signed"), entry(Did.ASSIGNED, 6, engineer="li"))
    assert (back.state, back.overridden) == (State.ASSIGNED, True)


def test_a_case_under_contract_is_not_handed_to_sales() -> None:
    case = after(begun(), entry(Did.OPENED, **HOTLINE))
    refused(case, entry(Did.HANDED_TO_SALES, 1), "it is under contract")
    out = after(case, entry(Did.ENTITLED, 1, covered="no"))
    assert Did.HANDED_TO_SALES in lifecycle.allowed(out)
    refused(case, entry(Did.ENTITLED, 1, covered="yes"), "needs its contract")
    refused(case, entry(Did.ENTITLED, 1, covered="maybe"), "covered is yes or no")
    found = after(out, entry(Did.ENTITLED, 2, covered="yes", contract="C-9", level="7x24x4"))
    assert (found.entitled, found.detail("contract"), found.detail("level")) == (True, "C-9", "7x24x4")


def test_a_visit_takes_the_managers_approval() -> None:
    case = worked_on()
    refused(case, entry(Did.ON_SITE_APPROVED, 20, **MANAGER), "nobody has asked for a visit")
    asked = after(case, entry(Did.ON_SITE_ASKED, 20, **ENGINEER, reason="needs hands"))
    refused(asked, entry(Did.ON_SITE_ASKED, 21, reason="again"), "asked for already")
    refused(asked, entry(Did.ON_SITE_APPROVED, 22, **ENGINEER), "it takes the role center-manager or duty-manager")
    assert after(asked, entry(Did.ON_SITE_REFUSED, 22, **MANAGER, reason="remote first")).state is State.IN_PROGRESS
    visit = after(asked, entry(Did.ON_SITE_APPROVED, 22, **MANAGER))
    assert (visit.state, visit.asked) == (State.ON_SITE, False)
    refused(visit, entry(Did.ON_SITE_APPROVED, 23, **MANAGER), "a visit is approved already: another time .start, end. moves it")
    nine, eleven = "2026-03-03T09:00:00+08:00", "2026-03-03T11:00:00+08:00"
    refused(asked, entry(Did.ON_SITE_APPROVED, 22, **MANAGER, start=eleven, end=nine), "would end, 2026-03-03 01:00, before it begins")
    assert after(visit, entry(Did.ON_SITE_APPROVED, 23, **MANAGER, start=nine, end=eleven)).state is State.ON_SITE
    gone = after(visit, entry(Did.CONTINUED, 24))
    refused(gone, entry(Did.ON_SITE_APPROVED, 25, **MANAGER, start=nine, end=eleven), "nobody has asked")


def test_only_its_engineer_acknowledges_and_a_change_in_work_is_the_managers() -> None:
    case = after(begun(), entry(Did.OPENED, **HOTLINE), entry(Did.ASSIGNED, 1, engineer="li"))
    refused(case, entry(Did.ACKNOWLEDGED, 2, who="sun"), "it is assigned to li, not to sun")
    other = after(case, entry(Did.ASSIGNED, 3, **HOTLINE, engineer="sun"), entry(Did.ACKNOWLEDGED, 4, who="sun"))
    assert (other.state, other.engineer) == (State.ACKNOWLEDGED, "sun")
    refused(other, entry(Did.ASSIGNED, 5, **HOTLINE, engineer="li"), "a change of engineer is the manager's")
    refused(other, entry(Did.ACKNOWLEDGED, 5, who="sun"), "sun has acknowledged it already")
    changed = after(other, entry(Did.ASSIGNED, 5, **MANAGER, engineer="li"))
    assert (changed.state, changed.engineer, changed.taken) == (State.ASSIGNED, "li", None)


def test_a_change_of_engineer_in_the_middle_leaves_the_state_and_waits_for_the_new_ones_word() -> None:
    case = after(pending(), entry(Did.ASSIGNED, 30, **MANAGER, engineer="sun"))
    assert (case.state, case.taken) == (State.RMA_PEND, None)
    assert after(case, entry(Did.ACKNOWLEDGED, 31, who="sun")).state is State.RMA_PEND


def test_a_step_may_hand_a_case_to_another_engineer_and_is_made_once() -> None:
    case = after(begun(), entry(Did.OPENED, **HOTLINE), entry(Did.ASSIGNED, 1, engineer="li"))
    step = entry(Did.STEPPED, 90, **MONITOR, step="response:P3:75", rung=2, engineer="sun")
    moved = after(case, step)
    assert (moved.engineer, moved.rung, moved.state) == ("sun", 2, State.ASSIGNED)
    refused(moved, step, "was made already")


def test_waiting_needs_a_reason_and_a_date_that_is_one() -> None:
    case = worked_on()
    refused(case, entry(Did.WAITED, 20), "it must say reason")
    refused(case, entry(Did.WAITED, 20, reason="r", until="tomorrow"), "until is a time with its zone")
    refused(case, entry(Did.WAITED, 20, reason="r", until=T0.isoformat()), "a moment that has passed")
    refused(case, entry(Did.WAITED, 20, reason="r", wait="lunch"), "wait is one of customer, maintenance")
    until = T0 + timedelta(days=1)
    waits = after(case, entry(Did.WAITED, 20, reason="asks his boss", until=until.isoformat()))
    assert (waits.state, waits.until) == (State.WAITING, until)
    assert after(waits, entry(Did.CONTINUED, 30)).until is None


def test_cisco_is_opened_by_a_person_and_its_interface_brings_the_number() -> None:
    bring = entry(Did.CISCO_OPENED, 30, who="healthd", channel=Channel.CISCO, cisco="700000001")
    refused(worked_on(), bring, "a person opens the case with Cisco")
    case = after(worked_on(), entry(Did.CISCO_OPENED, 20, **ENGINEER), bring)
    assert (case.state, case.cisco) == (State.CISCO, "700000001")


def test_a_case_whose_part_is_on_its_way_stays_rma_pend_when_cisco_is_opened() -> None:
    case = after(pending(), entry(Did.CISCO_OPENED, 30, cisco="700000001"))
    assert (case.state, case.cisco) == (State.RMA_PEND, "700000001")


def test_it_is_not_resolved_while_the_part_is_on_its_way_unless_somebody_says_why() -> None:
    refused(pending(), entry(Did.RESOLVED, 30, text="done"), "its RMA is pending: record that the part is installed")
    assert after(pending(), entry(Did.RESOLVED, 30, reason="the customer bought one himself")).state is State.RESOLVED


def test_an_rma_goes_forward_and_back_only_with_a_reason() -> None:
    refused(worked_on(rma=True), entry(Did.RMA_STEPPED, 20, rma="received"), "it must be RMA-Pend first")
    case = after(pending(), entry(Did.RMA_STEPPED, 30, rma="received"))
    refused(case, entry(Did.RMA_STEPPED, 31, rma="requested"), "a step back needs a reason")
    refused(case, entry(Did.RMA_STEPPED, 31, rma="lost"), "rma is one of candidate, pending, requested, received, installed, returned")
    assert after(case, entry(Did.RMA_STEPPED, 31, rma="requested", reason="dead on arrival")).rma is Rma.REQUESTED


def test_closing_lists_what_the_audit_still_asks_for() -> None:
    quiet = after(
        begun(),
        entry(Did.OPENED, **HOTLINE, caller="Wang Fang"),
        entry(Did.ASSIGNED, 2, engineer="li"),
        entry(Did.ACKNOWLEDGED, 5),
        entry(Did.RESOLVED, 20, reason="reseated"),
    )
    assert lifecycle.missing(quiet) == ("phone", "email", "contract")
    assert Did.CLOSED not in lifecycle.allowed(quiet)
    refused(quiet, entry(Did.CLOSED, 30, agreed="Wang"), "its record lacks phone, email, contract: complete it first")
    complete = after(quiet, entry(Did.COMPLETED, 31, **CALLER))
    refused(complete, entry(Did.CLOSED, 32), "agreed must say who of the customer agrees")
    assert after(complete, entry(Did.CLOSED, 32, agreed="Wang")).state is State.CLOSED


def test_a_case_without_any_note_of_work_is_not_closed() -> None:
    case = after(begun(contact="Wang"), entry(Did.OPENED, **MONITOR))
    assert lifecycle.missing(case) == ("phone", "email", "contract", "notes")


def test_what_the_manager_let_pass_needs_no_contract() -> None:
    case = after(begun(entitled=False), entry(Did.OPENED, **HOTLINE), entry(Did.OVERRIDDEN, 1, **MANAGER, reason="good will"))
    assert "contract" not in lifecycle.missing(case)


def test_a_case_is_not_given_to_its_own_engineer_again() -> None:
    for who in (HOTLINE, MANAGER, ENGINEER):
        refused(worked_on(), entry(Did.ASSIGNED, 20, **who, engineer="li"), "it is li's already: name another engineer")


def test_a_record_in_which_a_case_was_given_to_its_own_engineer_again_does_not_lock() -> None:
    case = after(begun(), entry(Did.OPENED, **HOTLINE), entry(Did.ASSIGNED, 1, engineer="li"), entry(Did.ACKNOWLEDGED, 2))
    again = lifecycle.apply(case, entry(Did.ASSIGNED, 3, **HOTLINE, engineer="li"))
    assert (again.state, again.since, again.taken) == (case.state, case.since, case.taken)
    assert after(again, entry(Did.RESOLVED, 4, reason="reseated")).state is State.RESOLVED


def test_one_person_does_not_give_both_words_under_a_name_written_otherwise() -> None:
    case = after(worked_on(rma=True), entry(Did.ENGINEER_CONFIRMED, 20, **ENGINEER))
    refused(case, entry(Did.CUSTOMER_CONFIRMED, 21, who="mei", by=" L I"), "cannot confirm for both sides")
    ours = entry(Did.CUSTOMER_CONFIRMED, 21, who="mei", by="Sun Li", ours="sun.li")
    refused(case, ours, "Sun Li is sun.li of the service center: by must name who of the customer confirmed it")


def test_recovery_proposes_and_recurrence_takes_up_again() -> None:
    case = after(worked_on(), entry(Did.RECOVERED, 20, **MONITOR))
    assert (case.state, case.recovered) == (State.IN_PROGRESS, T0 + 20 * MINUTE)
    assert after(case, entry(Did.RECURRED, 30, **MONITOR)).recovered is None
    for done in (resolved(), closed()):
        again = after(done, entry(Did.RECURRED, 300, **MONITOR))
        assert (again.state, again.taken, again.is_open) == (State.IN_PROGRESS, None, True)


def test_a_survey_is_sent_once_and_reminded_once_after_each_closing() -> None:
    case = closed()
    refused(case, entry(Did.SURVEY_REMINDED, 91, **MONITOR), "no survey was sent")
    case = after(case, entry(Did.SURVEY_SENT, 91, **MONITOR))
    refused(case, entry(Did.SURVEY_SENT, 92, **MONITOR), "sent already")
    case = after(case, entry(Did.SURVEY_REMINDED, 95, **MONITOR))
    refused(case, entry(Did.SURVEY_REMINDED, 96, **MONITOR), "one reminder is enough")
    refused(case, entry(Did.SURVEYED, 97, mark="6"), "1 .bad. to 5")
    again = after(
        case, entry(Did.REOPENED, 98, reason="fails again"), entry(Did.RESOLVED, 99, text="fixed"), entry(Did.CLOSED, 100, agreed="W")
    )
    assert Did.SURVEY_SENT in lifecycle.allowed(again)


def test_a_late_entry_takes_its_place_and_may_not_contradict_what_came_after() -> None:
    case = after(worked_on(), entry(Did.WAITED, 40, reason="r"), entry(Did.CONTINUED, 60))
    late = entry(Did.NOTED, 30, text="swapped the cord", entered=T0 + 90 * MINUTE)
    assert [each.did for each in lifecycle.history(after(case, late).entries)][-3:] == [Did.NOTED, Did.WAITED, Did.CONTINUED]
    refused(
        case,
        entry(Did.RESOLVED, 30, text="x", entered=T0 + 90 * MINUTE),
        r"entry 5 \(waited, 2026-03-02 09:40 UTC\) could not follow: it is resolved",
    )
    refused(case, entry(Did.ESCALATED, -5, reason="r", entered=T0 + 90 * MINUTE), "before the case began")
    days = 24 * 60
    refused(case, entry(Did.NOTED, -91 * days, entered=T0 + 90 * MINUTE), "it lies more than 90 days before the case began")
    assert after(case, entry(Did.NOTED, -89 * days, entered=T0 + 90 * MINUTE)).state is case.state
    refused(case, entry(Did.NOTED, 95, entered=T0 + 90 * MINUTE), "after 2026-03-02 10:30 UTC, when it is written")


def test_a_late_wait_that_ended_before_the_present_leaves_the_present_state() -> None:
    case = after(worked_on(), entry(Did.ESCALATED, 90, reason="r"))
    after_the_fact = {"entered": T0 + 120 * MINUTE}
    told = after(case, entry(Did.WAITED, 20, reason="r", **after_the_fact), entry(Did.CONTINUED, 50, **after_the_fact))
    assert (told.state, told.since) == (State.ESCALATED, T0 + 90 * MINUTE)


def test_a_correction_refers_to_an_entry_and_overwrites_nothing() -> None:
    case = worked_on()
    refused(case, corrected(9, 20, text="x"), "'9' is none that can be corrected")
    refused(case, corrected(4, 20), "says the true time")
    refused(case, corrected(4, 20, at="noon"), "at is a time with its zone")
    refused(case, corrected(4, 20, at=30), "its time lies after")
    refused(case, corrected(3, 20, at=1), r"entry 3 \(acknowledged.*could not follow: it is new")
    told = after(case, corrected(4, 20, at=8, text="called, nobody answered"))
    assert told.entries[3] == case.entries[3]
    true = lifecycle.history(told.entries)[3]
    assert (true.at, true.text, true.number) == (T0 + 8 * MINUTE, "called, nobody answered", 4)
    refused(told, corrected(5, 21, text="x"), "none that can be corrected")


def test_the_last_correction_of_an_entry_counts() -> None:
    case = after(worked_on(), corrected(4, 20, at=8, text="called"), corrected(4, 25, at=9))
    true = lifecycle.history(case.entries)[3]
    assert (true.at, true.text) == (T0 + 9 * MINUTE, "called")


def test_a_corrected_opening_moves_the_beginning() -> None:
    case = after(worked_on(), corrected(1, 20, at=-30))
    assert case.opened == T0 - 30 * MINUTE
    refused(case, corrected(1, 21, at=7), r"entry 2 \(assigned.*before the case began")


def test_lines_in_any_order_make_the_same_case() -> None:
    case = pending()
    for few in permutations(case.entries[:4]):
        assert lifecycle.folded([case.opening, *few, *reversed(case.entries[4:])], case.number) == case


def test_folding_line_by_line_and_at_once_agree() -> None:
    case = after(closed(), corrected(5, 200, text="replaced the module"))
    assert lifecycle.folded([opening(channel=Channel.HOTLINE, who="mei"), *case.entries], case.number) == case


def test_every_act_of_the_model_has_its_rule() -> None:
    from healthd.desk.acts import ACTS

    assert set(ACTS) == set(Did)
    assert {did for did, act in ACTS.items() if act.machine} == MACHINES
