"""The embedded desk as a backend: one case a token, one entry a mark, and people's words come back."""

from datetime import datetime

import pytest

from healthd.caseclient.backend import Backend, Means
from healthd.caseclient.backends.embedded import Desk
from healthd.desk import desk
from healthd.errors import DeskError
from healthd.model.action import Note, Open, Propose, Raise, Reopen, Ticket
from healthd.model.case import Channel, Did, Priority, Rma, State
from healthd.model.finding import Condition
from healthd.model.phrase import say
from healthd.model.verdict import Component, Verdict
from healthd.store import outbox
from tests.desk.desks import MINUTE, NOW, entry, opening, tell

pytestmark = pytest.mark.usefixtures("store")
BY_MACHINE = {"channel": Channel.MONITOR, "who": "healthd"}


def backend(now: datetime = NOW) -> Backend:
    return Desk(means=Means(now=lambda: now, tell=tell))


def opened(**changes: object) -> Ticket:
    return backend().open(Open(opening=opening(**{**BY_MACHINE, **changes})))


def dids(number: str) -> list[Did]:
    return [each.did for each in desk.found(number).entries]


def test_a_token_is_found_once_it_is_opened_and_opened_once() -> None:
    assert backend().find("t-1") is None
    ticket = opened()
    assert ticket == opened() == backend().find("t-1")
    assert (ticket.backend, ticket.id, ticket.status, ticket.over) == ("embedded", "2611-0001", "new", False)
    assert backend().twins("t-1") == (ticket,)
    assert len(desk.listing()) == 1


def test_each_action_is_done_once_by_its_mark() -> None:
    ticket = opened()
    actions = [
        Note(token="t-1", mark="n1", text=say("still so"), files=("f",)),
        Raise(token="t-1", mark="r1", priority=Priority.P2, why=say("the last supply is gone too")),
        Propose(token="t-1", mark="p1", text=say("well again")),
        Reopen(token="t-1", mark="o1", text=say("failed again")),
    ]
    for action in (*actions, *actions):
        backend().do(ticket, action)
    case = desk.found(ticket.id)
    assert dids(ticket.id) == [Did.OPENED, Did.NOTED, Did.PRIORITISED, Did.RECOVERED, Did.RECURRED]
    assert (case.priority, case.proposed, case.entries[1].text, case.entries[1].files) == (Priority.P2, True, "still so", ("f",))
    assert len(outbox.listed()) == 5


def test_a_note_with_a_new_verdict_makes_the_part_a_candidate_for_replacement() -> None:
    ticket = opened()
    failed = Verdict(component=Component.PSU, device="hz-acc-03", item="PS-A", state=Condition.FAILED, serial="S1")
    backend().do(ticket, Note(token="t-1", mark="v", text=say("both proofs are there"), verdict=failed))
    (case,) = desk.listing()
    assert (case.verdict, case.rma) == (failed, Rma.CANDIDATE)


def test_the_machine_never_lowers_a_priority_and_says_what_it_saw_as_a_note() -> None:
    ticket = opened(priority=Priority.P2)
    backend().do(ticket, Raise(token="t-1", mark="r", priority=Priority.P3, why=say("less")))
    assert (desk.found(ticket.id).priority, dids(ticket.id)[-1]) == (Priority.P2, Did.NOTED)


def test_a_case_is_closed_by_people_only() -> None:
    ticket = opened()
    with pytest.raises(DeskError, match="closed by people") as refused:
        backend().close(ticket, "double")
    assert not refused.value.again
    assert desk.found(ticket.id).state is State.NEW


def test_what_people_did_comes_back_with_the_state_it_led_to_and_what_healthd_did_does_not() -> None:
    ticket = opened()
    desk.act(ticket.id, entry(Did.ASSIGNED, "chen.jie", engineer="li.wei"), now=NOW + MINUTE)
    backend().do(ticket, Note(token="t-1", mark="n", text=say("still so")))
    desk.act(ticket.id, entry(Did.ACKNOWLEDGED), now=NOW + 2 * MINUTE)
    words = list(backend().words(ticket, NOW))
    assert [(each.mark, each.who, each.status, each.over) for each in words] == [
        ("2", "chen.jie", "assigned", False),
        ("4", "li.wei", "acknowledged", False),
    ]
    assert [each.mark for each in backend().words(ticket, NOW + MINUTE)] == ["4"]


def test_a_case_that_the_desk_closed_by_itself_comes_back_as_over() -> None:
    ticket = opened()
    desk.act(ticket.id, entry(Did.COMPLETED, caller="Li", phone="1", email="li@example.com"), now=NOW)
    steps = ((Did.ASSIGNED, {"engineer": "li.wei"}), (Did.ACKNOWLEDGED, {}), (Did.RESOLVED, {"reason": "replaced"}))
    for did, facts in steps:
        desk.act(ticket.id, entry(did, **facts), now=NOW + MINUTE)
    desk.act(ticket.id, entry(Did.CLOSED, "healthd", at=NOW + 2 * MINUTE, silence="5", reason="silence"), now=NOW + 2 * MINUTE)
    (*_, last) = backend().words(ticket, NOW)
    assert (last.who, last.status, last.over) == ("healthd", "closed", True)


def test_a_case_that_is_not_there_is_an_error_that_trying_again_does_not_mend() -> None:
    with pytest.raises(DeskError, match="unknown case") as refused:
        backend().do(Ticket(backend="embedded", id="2611-0009"), Note(token="t", mark="n", text=say("x")))
    assert not refused.value.again
