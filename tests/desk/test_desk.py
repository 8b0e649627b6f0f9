"""The desk at work, on both databases: one case for one token, nobody overwrites anybody, everybody is told once."""

from collections.abc import Callable, Iterable
from threading import Semaphore, Thread

import pytest

from healthd.desk import desk
from healthd.errors import Conflict, NotAllowed, UnknownName
from healthd.model.case import Did, Entry, State
from healthd.store import database, outbox
from tests.desk.desks import MINUTE, NOW, entry, opening, tell

pytestmark = pytest.mark.usefixtures("store")


def subjects() -> list[str]:
    return [each.message.subject for each in reversed(outbox.listed())]


def together(work: Iterable[Callable[[], object]]) -> list[BaseException]:
    """Do all of *work* at once, each in a thread of its own; return what went wrong."""
    failed: list[BaseException] = []
    room = Semaphore(30)  # the test's server takes 40 connections

    def one(each: Callable[[], object]) -> None:
        with room:
            try:
                each()
            except BaseException as error:  # noqa: BLE001 - the test looks at it
                failed.append(error)
            finally:
                database.leave()

    threads = [Thread(target=one, args=(each,)) for each in work]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return failed


def test_an_opened_case_has_a_number_of_its_month_and_is_found_by_it_and_by_its_token() -> None:
    case = desk.open_case(opening(), NOW, tell=tell)
    assert (case.number, case.state, case.version, [each.did for each in case.entries]) == ("2611-0001", State.NEW, 2, [Did.OPENED])
    assert desk.found("2611-0001") == desk.by_token("t-1") == case
    assert desk.open_case(opening("t-2"), NOW).number == "2611-0002"
    assert desk.by_token("t-3") is None
    with pytest.raises(UnknownName, match="2611-0001"):
        desk.found("2611-0009")


def test_the_same_token_again_is_the_same_case_and_is_told_once() -> None:
    first = desk.open_case(opening(), NOW, tell=tell)
    assert desk.open_case(opening(), NOW + MINUTE, tell=tell) == first
    assert subjects() == ["opened new"]


def test_fifty_who_open_with_one_token_at_once_open_one_case() -> None:
    assert together([lambda: desk.open_case(opening(), NOW, tell=tell)] * 50) == []
    assert [each.number for each in desk.listing()] == ["2611-0001"]
    assert subjects() == ["opened new"]


def test_those_who_open_different_cases_at_once_get_numbers_without_a_gap() -> None:
    assert together([lambda n=n: desk.open_case(opening(f"t-{n}"), NOW) for n in range(20)]) == []  # type: ignore[misc]
    assert sorted(each.number for each in desk.listing()) == [f"2611-{n:04}" for n in range(1, 21)]


def test_numbers_go_on_after_9999() -> None:
    from healthd.store import cases

    for number in ("2611-9999", "2611-10000"):
        desk.open_case(opening(number), NOW)
        case = desk.by_token(number)
        assert case is not None
        cases.journal.models.Record.objects.filter(kind="case", number=case.number).update(number=number)
    assert desk.open_case(opening(), NOW).number == "2611-10001"


def test_an_act_becomes_an_entry_and_is_told_in_its_transaction() -> None:
    desk.open_case(opening(), NOW, tell=tell)
    case = desk.act("2611-0001", entry(Did.ASSIGNED, "chen.jie", engineer="li.wei"), now=NOW + MINUTE, tell=tell)
    assert (case.state, case.engineer, case.entries[-1].number, case.entries[-1].entered) == (State.ASSIGNED, "li.wei", 2, NOW + MINUTE)
    assert desk.found("2611-0001") == case
    assert subjects() == ["opened new", "assigned assigned"]


def test_what_the_process_does_not_allow_is_refused_and_changes_nothing() -> None:
    before = desk.open_case(opening(), NOW)
    with pytest.raises(NotAllowed, match="resolved is not allowed"):
        desk.act("2611-0001", entry(Did.RESOLVED, reason="done"), now=NOW, tell=tell)
    assert desk.found("2611-0001") == before
    assert subjects() == []


def test_who_read_an_older_version_is_told_who_was_quicker_and_writes_nothing() -> None:
    case = desk.open_case(opening(), NOW)
    desk.act(case.number, entry(Did.NOTED, "chen.jie", text="first"), now=NOW)
    with pytest.raises(Conflict, match=r"changed by chen\.jie"):
        desk.act(case.number, entry(Did.NOTED, text="second"), version=case.version, now=NOW)
    assert [each.text for each in desk.found(case.number).entries] == ["", "first"]


def test_who_named_no_version_adds_to_what_others_wrote_meanwhile() -> None:
    number = desk.open_case(opening(), NOW).number
    notes = [str(n) for n in range(8)]
    work = [lambda text=text: desk.act(number, entry(Did.NOTED, text=text), now=NOW, tell=tell) for text in notes]  # type: ignore[misc]
    assert together(work) == []
    case = desk.found(number)
    assert sorted(each.text for each in case.entries[1:]) == notes
    assert [each.number for each in case.entries] == list(range(1, 10))
    assert len(subjects()) == 9


def test_of_two_engineers_who_take_a_case_at_once_one_is_told_that_it_is_taken() -> None:
    number = desk.open_case(opening(), NOW).number
    desk.act(number, entry(Did.ASSIGNED, "chen.jie", engineer="li.wei"), now=NOW)
    failed = together([lambda: desk.act(number, entry(Did.ACKNOWLEDGED), now=NOW)] * 2)
    assert [type(each) for each in failed] == [NotAllowed]
    assert [each.did for each in desk.found(number).entries].count(Did.ACKNOWLEDGED) == 1


def test_what_was_written_without_telling_is_told_later_once_and_as_it_was_then() -> None:
    number = desk.open_case(opening(), NOW).number
    desk.act(number, entry(Did.ASSIGNED, "chen.jie", engineer="li.wei"), now=NOW)
    assert desk.tell_rest(NOW, tell) == 1
    assert sorted(subjects()) == ["assigned assigned", "opened new"]
    desk.act(number, entry(Did.ACKNOWLEDGED), now=NOW)
    desk.act(number, entry(Did.STARTED), now=NOW, tell=tell)
    assert sorted(subjects()) == ["acknowledged acknowledged", "assigned assigned", "opened new", "started in-progress"]
    assert desk.tell_rest(NOW, tell) == 0


def test_lists_leave_entries_out_and_open_cases_have_them() -> None:
    desk.open_case(opening(), NOW)
    desk.open_case(opening("t-2", customer="ACME", key="other"), NOW)
    assert [(each.number, each.entries) for each in desk.listing("ACME")] == [("2611-0002", ())]
    assert [each.number for each in desk.listing(key="other")] == ["2611-0002"]
    assert [each.number for each in desk.listing(states=[State.CLOSED])] == []
    assert [len(each.entries) for each in desk.open_cases()] == [1, 1]


def test_entries_keep_when_it_happened_and_when_it_was_written() -> None:
    number = desk.open_case(opening(at=NOW - 60 * MINUTE), NOW).number
    first: Entry = desk.found(number).entries[0]
    assert (first.at, first.entered) == (NOW - 60 * MINUTE, NOW)
