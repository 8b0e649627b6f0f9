"""What every desk keeps to, whichever it is: one case a token, one note a mark, and no answer taken for more than it says."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from healthd.caseclient.backend import Backend, Means
from healthd.errors import DeskError
from healthd.model.action import Ticket
from healthd.model.phrase import Phrase, say
from tests.caseclient import cases
from tests.caseclient.cases import FILES, note, opening
from tests.caseclient.seen import Place
from tests.caseclient.servers.hostile import START, Fault, System, serving
from tests.caseclient.servers.request_tracker import RequestTracker

MEANS = Means(file=FILES.__getitem__, now=lambda: START)
_tokens = (f"hd-{n}" for n in count(1000))


@pytest.fixture
def token() -> str:
    """A token that no other test has used: the real server lives as long as all of them."""
    return next(_tokens)


# One case for each token


def test_a_case_is_found_by_its_token_and_by_no_other(place: Place, token: str) -> None:
    desk = place.desk(MEANS)
    assert desk.find(token) is None
    ticket = desk.open(opening(token))
    assert (ticket.backend, ticket.token, ticket.over) == (desk.name, token, False)
    assert desk.find(token) == ticket
    assert desk.twins(token) == (ticket,)
    assert desk.find(f"{token}x") is None
    assert desk.find(token[:-1]) is None


def test_of_two_the_oldest_is_the_case_and_the_other_can_be_closed(place: Place, token: str) -> None:
    desk = place.desk(MEANS)
    first, second = desk.open(opening(token)), desk.open(opening(token))
    assert desk.find(token) == first
    assert desk.twins(token) == (first, second)
    desk.close(second, f"A double of {first.id}.")
    assert desk.twins(token) == (first,)
    told = place.one(second.id)
    assert (told.is_open, f"A double of {first.id}." in told.notes[-1]) == (False, True)


def test_a_case_tells_all_that_an_engineer_asks_first_in_any_language(place: Place, token: str) -> None:
    def chinese(phrase: Phrase) -> str:
        return f"电源 <b>{phrase}</b> & ‘引号’"

    desk = place.desk(Means(say=chinese, file=FILES.__getitem__))
    told = place.one(desk.open(opening(token, files=("f1", "gone"))).id)
    assert told.title == "ACME: 电源 <b>Power supply PS1 of sw1 has failed</b> & ‘引号’"
    for words in (
        "It is <dark> & cold.",
        "PWR-C1-715WAC",
        "DCB2144G0XY",
        "P2 (nothing left in reserve)",
        "replacement (RMA)",
        f"[{token}]",
    ):
        assert words in told.text
    assert told.files == {"证据 evidence.txt": cases.EVIDENCE.data}
    assert "gone" in told.notes[0], "what could not be attached is said"


# Notes, once


def test_each_action_is_done_once_by_its_mark(place: Place, token: str) -> None:
    desk = place.desk(MEANS)
    ticket = desk.open(opening(token))
    actions = [note("n1", token, files=("f1",)), *(cases.for_token(each, token) for each in (cases.RAISE, cases.PROPOSE))]
    for action in (*actions, *actions):
        desk.do(ticket, action)
    told = place.one(ticket.id)
    assert [words in text for words, text in zip(("still dark", "P1", "both supplies are well"), told.notes, strict=True)] == [True] * 3
    assert told.visible == [False] * 3, "what healthd says is for the desk, unless it is meant for the customer"
    assert told.files == {"证据 evidence.txt": cases.EVIDENCE.data}
    assert told.is_open, "a proposal closes nothing"


def test_a_note_for_the_customer_is_one_and_more_than_a_page_of_notes_is_read(place: Place, token: str) -> None:
    desk = place.desk(MEANS)
    ticket = desk.open(opening(token))
    desk.do(ticket, note("first", token, visible=True))
    many = 51 if isinstance(place, System) else 3
    for number in range(many):
        place.says(ticket.id, f"note {number}", START + timedelta(hours=1))
    desk.do(ticket, note("first", token, visible=True))
    desk.do(ticket, note("last", token))
    desk.do(ticket, note("last", token))
    told = place.one(ticket.id)
    assert len(told.notes) == many + 2
    assert told.visible[0]


def test_a_case_that_was_closed_is_taken_up_again(place: Place, token: str) -> None:
    desk = place.desk(MEANS)
    ticket = desk.open(opening(token))
    place.closes(ticket.id, START)
    assert desk.find(token) is not None
    assert desk.find(token).over  # type: ignore[union-attr]
    assert desk.twins(token) == ()
    desk.do(ticket, note("n1", token))
    assert not place.one(ticket.id).is_open, "a note takes nothing up again"
    for _ in range(2):
        desk.do(ticket, cases.for_token(cases.REOPEN, token))
    told = place.one(ticket.id)
    assert (told.is_open, len(told.notes)) == (True, 2)


# Words that come back


def test_what_people_do_comes_back_and_what_healthd_did_does_not(place: Place, token: str) -> None:
    desk = place.desk(MEANS)
    ticket = desk.open(opening(token))
    desk.do(ticket, note("n1", token))
    since = START - timedelta(days=1)
    assert list(desk.words(ticket, since)) == []
    place.says(ticket.id, "Cisco has opened SR 698765432 for it.", START + timedelta(minutes=5))
    (word,) = desk.words(ticket, since)
    assert (word.who, word.cisco, word.text) == ("zhang", "698765432", "Cisco has opened SR 698765432 for it.")
    place.closes(ticket.id, START + timedelta(minutes=6))
    state, again = desk.words(ticket, since)
    assert (state.over, state.status != ticket.status, again) == (True, True, word)


def test_a_case_that_was_deleted_comes_back_as_such_once(place: Place, token: str) -> None:
    desk = place.desk(MEANS)
    ticket = desk.open(opening(token))
    place.deletes(ticket.id)
    (word,) = desk.words(ticket, START)
    assert (word.status, word.over) == ("deleted", True)
    assert list(desk.words(Ticket(backend=desk.name, id=ticket.id, status="deleted", over=True), START)) == []
    with pytest.raises(DeskError) as raised:
        desk.do(ticket, note("n1", token))
    assert (raised.value.status, raised.value.again) == (404, False)


# Answers that are none


FAULTS = [
    (Fault.ERROR, True),
    (Fault.LOST, True),
    (Fault.BROKEN, True),
    (Fault.PAGE, True),
    (Fault.HUGE, True),
    (Fault.LIMITED, False),
    (Fault.LOGIN, False),
]


@pytest.mark.parametrize(("fault", "unsure"), FAULTS)
def test_an_answer_that_is_none_opens_nothing_and_says_whether_it_may_have(system: System, fault: Fault, unsure: bool) -> None:
    system.faults.next.append(fault)
    with pytest.raises(DeskError) as raised:
        system.desk(MEANS).open(opening())
    assert (raised.value.again, raised.value.unsure) == (True, unsure)
    assert "right" not in str(raised.value)
    assert len(system.rows) == (1 if fault in (Fault.LOST, Fault.BROKEN) else 0)


def test_a_slow_answer_is_none_and_may_have_been_done(system: System) -> None:
    system.faults.next.append(Fault.SLOW)
    with pytest.raises(DeskError) as raised:
        system.desk(MEANS, timeout=0.2).open(opening())
    assert (raised.value.again, raised.value.unsure, len(system.rows)) == (True, True, 1)


@pytest.mark.parametrize(
    ("said", "waited"), [("7", 7), ("Wed, 25 Nov 2099 08:00:00 GMT", 3600), ("999999999", 3600), ("soon", None), ("", None), ("-5", None)]
)
def test_a_server_that_asks_for_patience_gets_it_up_to_an_hour(system: System, said: str, waited: float | None) -> None:
    system.faults.next.append(Fault.LIMITED)
    system.faults.retry_after = said
    with pytest.raises(DeskError) as raised:
        system.desk(MEANS).open(opening())
    assert raised.value.wait_s == waited


def test_a_server_that_is_not_there_was_not_asked(system: System) -> None:
    desk = system.desk(MEANS, url="http://127.0.0.1:9")
    with pytest.raises(DeskError) as raised:
        desk.open(opening())
    assert (raised.value.again, raised.value.unsure) == (True, False)


def test_a_wrong_login_is_tried_again_and_is_not_told(system: System) -> None:
    system.login = "something else"
    with pytest.raises(DeskError, match="401") as raised:
        system.desk(MEANS).find("hd-1")
    assert raised.value.again
    assert "Secret" not in repr(raised.value)


def test_a_redirect_is_not_followed_with_our_login(system: System) -> None:
    system.faults.next.append(Fault.LOGIN)
    with pytest.raises(DeskError, match="302"):
        system.desk(MEANS).open(opening())


# Refusals


def test_a_refused_field_costs_the_field_and_not_the_case(system: System) -> None:
    system.refuses = frozenset({"priority", "Priority", "impact"})
    desk = system.desk(MEANS)
    ticket = desk.open(opening(files=("f1",)))
    assert len(system.rows) == 1
    assert desk.find("hd-1") == ticket
    assert "details" in system.seen_notes()[-1], "a note says what was refused"


def test_who_may_not_open_cases_is_told_so_for_good(system: System) -> None:
    system.denied = True
    with pytest.raises(DeskError) as raised:
        system.desk(MEANS).open(opening())
    assert (raised.value.again, raised.value.unsure, len(system.rows)) == (False, False, 0)


def test_a_refusal_in_an_answer_that_looks_good_is_seen(system: System) -> None:
    desk = system.desk(MEANS)
    ticket = desk.open(opening())
    system.denied = True
    with pytest.raises(DeskError) as raised:
        desk.close(ticket, "a double")
    assert not raised.value.again
    assert system.are_open()


def test_a_status_that_does_not_change_although_the_answer_is_200_is_seen() -> None:
    with serving(RequestTracker()) as tracker:
        desk = tracker.desk(MEANS, resolve_to="solved")
        ticket = desk.open(opening())
        with pytest.raises(DeskError, match=r"stays new: .*isn't a valid status") as raised:
            desk.close(ticket, "a double")
        assert not raised.value.again


def test_files_that_are_not_taken_are_said(system: System) -> None:
    desk = system.desk(MEANS)
    answer = system.answer
    system.answer = lambda request: (
        (413, {"error": "too large"}) if "ttach" in request.path and request.method == "POST" else answer(request)
    )  # type: ignore[method-assign]
    desk.open(opening(files=("f1",)))
    if desk.name in ("servicenow", "jira"):  # those that take files by themselves
        assert "证据 evidence.txt" in system.seen_notes()[-1]
    else:
        assert system.seen()[0].files


def test_a_priority_that_cannot_be_set_is_still_told(system: System) -> None:
    desk = system.desk(MEANS)
    ticket = desk.open(opening())
    system.denied = True
    desk.do(ticket, cases.RAISE)
    assert "P1" in system.seen_notes()[-1]


def test_a_note_that_is_too_long_is_added_shorter(system: System) -> None:
    system.refuses = frozenset({"Content", "work_notes", "body"})
    desk = system.desk(MEANS)
    ticket = desk.open(opening())
    long = note(text="x" * 5000)
    desk.do(ticket, long)
    desk.do(ticket, long)
    (text,) = [each for each in system.seen_notes() if "xxx" in each]
    assert len(text) < 2500


def test_a_token_that_was_not_kept_is_noticed_and_put_into_the_title(system: System) -> None:
    system.kept = False
    desk = system.desk(MEANS)
    ticket = desk.open(opening())
    assert desk.find("hd-1") == ticket, "the case can be found all the same"
    assert system.seen()[0].title.endswith("]")
    assert "docs/desks.md" in system.seen_notes()[-1], "and people are told what to set up"


def test_a_case_that_was_made_is_never_made_again_because_reading_it_back_failed(system: System) -> None:
    desk = system.desk(MEANS)
    answer = system.answer

    def blind(request: Any) -> Any:
        return (503, {"error": "busy"}) if request.method == "GET" else answer(request)

    system.answer = blind  # type: ignore[method-assign]
    ticket = desk.open(opening())
    assert ticket.id in system.rows
    assert len(system.rows) == 1


def test_an_index_that_lags_does_not_hide_a_case_for_ever(system: System) -> None:
    system.lag_s = 10
    desk = system.desk(MEANS)
    ticket = desk.open(opening())
    assert (desk.find("hd-1"), ticket.token) == (None, "hd-1"), "what was made is read by its id, not through the index"
    system.clock.pass_(11)
    assert desk.find("hd-1") == ticket


def test_odd_texts_come_through_or_are_cleaned(system: System) -> None:
    title = say("{name}", name="x\r\nBcc: evil@example.com\0 \u202e ' OR 1=1 -- ^ \" \\ " + "长" * 400)
    desk = system.desk(MEANS)
    ticket = desk.open(opening(title=title, text=say("{raw}", raw="a\0b\x1b[31mc"), serial="{0.__class__} ' ^"))
    told = system.seen()[0]
    assert desk.find("hd-1") == ticket
    assert "\n" not in told.title
    assert len(told.title) <= 160
    assert not {"\0", "\x1b"} & set(told.text)


def test_a_token_with_a_quote_in_it_ends_no_query(system: System) -> None:
    system.desk(MEANS).open(opening())
    assert system.desk(MEANS).find("x' OR 'CF.{HealthdKey}' LIKE 'hd") is None
    assert system.desk(MEANS).find('x" OR "') is None


def test_other_fields_are_filled_from_the_case(system: System) -> None:
    names = {"request_tracker": "Serial", "servicenow": "u_serial", "zammad": "serial", "jira": "customfield_10100"}
    desk: Backend = system.desk(MEANS, fields={names[system.desk(MEANS).name]: "{serial}/{priority}"})
    desk.open(opening())
    assert next(iter(system.rows.values())).fields[names[desk.name]] == "DCB2144G0XY/P2"
