"""Errands reach their desk exactly once, whatever the desk does, and what people do there comes back."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from healthd.caseclient.backend import Backend, Means
from healthd.errands import Settings, Worker
from healthd.errors import DeskError
from healthd.model.action import Action, Open, Ticket, Word
from healthd.model.phrase import Phrase
from healthd.store import errands, filed
from healthd.store.errands import Stage
from tests.caseclient import cases
from tests.caseclient.cases import note, opening
from tests.caseclient.conftest import SYSTEMS
from tests.caseclient.servers.hostile import Fault, Faults, System, serving

QUIET = Settings(quiet_s=60)


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest, sqlite_store: object) -> Iterator[System]:
    """Serve a stand-in of each system, over a fresh database."""
    with serving(SYSTEMS[request.param]()) as made:
        yield made


@pytest.fixture
def tracker(sqlite_store: object) -> Iterator[System]:
    with serving(SYSTEMS["request_tracker"]()) as made:
        yield made


class House:
    """A worker on the desk of *system*, and the alarms and words that it passed on."""

    def __init__(self, system: System, **more: Any) -> None:
        self.system, self.clock = system, system.clock
        self.alarms: list[tuple[str, Phrase]] = []
        self.told: list[tuple[str, Ticket, tuple[Word, ...]]] = []
        self.desk: Backend = system.desk(Means(now=self.clock), **more)  # type: ignore[attr-defined]
        self.worker = Worker(
            owner="test",
            desk=self.desk,
            settings=QUIET,
            heard=lambda _, token, ticket, words: self.told.append((token, ticket, tuple(words))),
            alarm=lambda about, said: self.alarms.append((about, said)),
            spread=lambda: 0.5,
        )

    def put(self, *actions: Action) -> None:
        errands.put("ACME", self.desk.name, actions, self.clock.now)

    def until(self, done: Callable[[], bool], step: float = 5.0, hours: float = 24) -> None:
        """Work, step by step of the clock, until *done*."""
        end = self.clock.now + timedelta(hours=hours)
        while not done():
            assert self.clock.now < end, errands.numbers()
            while self.worker.due(self.clock.now):
                pass
            self.worker.reconcile(self.clock.now)
            self.clock.pass_(step)

    def settled(self) -> bool:
        numbers = errands.numbers()
        return not numbers[Stage.WAITING] and not numbers[Stage.LEASED]


def test_a_case_is_opened_and_its_ticket_is_remembered(system: System) -> None:
    house = House(system)
    house.put(opening(), note(), cases.PROPOSE)
    house.until(house.settled)
    kept = filed.filed("hd-1")
    assert kept is not None
    assert kept.ticket == house.desk.find("hd-1")
    assert [words in text for words, text in zip(("still dark", "both supplies"), system.seen_notes(), strict=True)] == [True, True]
    assert errands.listed()[0].stage is Stage.DONE


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.LOST, Fault.LATE, Fault.LIMITED, Fault.LOGIN, Fault.PAGE, Fault.BROKEN])
def test_whatever_becomes_of_the_first_request_there_is_one_case_in_the_end(system: System, fault: Fault) -> None:
    house = House(system)
    system.faults.next.extend([fault, fault])
    house.put(opening(), note())
    house.until(house.settled)
    assert len(system.rows) == 1
    assert len(system.seen_notes()) == 1
    assert errands.numbers()[Stage.DONE] == 2


def test_an_index_that_lags_less_than_the_quiet_period_makes_no_double(system: System) -> None:
    house = House(system)
    system.lag_s = 30
    system.faults.next.append(Fault.LOST)
    house.put(opening())
    house.until(house.settled)
    assert len(system.rows) == 1


def test_what_is_committed_after_our_patience_is_a_double_for_five_minutes_at_most(system: System) -> None:
    house = House(system)
    system.faults.next.append(Fault.LATE)
    system.faults.late_s = (110, 110)
    house.put(opening())
    house.until(house.settled)
    house.clock.pass_(60)
    house.system.faults.drawn(writing=False)
    house.desk.find("hd-1")  # any request lets the stand-in commit what is late
    assert len(system.are_open()) == 2
    house.until(lambda: len(system.are_open()) == 1, hours=0.1)
    kept = filed.filed("hd-1")
    assert kept is not None
    assert kept.ticket.id == system.are_open()[0].id == min(system.rows, key=lambda id_: int(id_.rpartition("-")[2], 16)), (
        "the lowest id stays"
    )
    assert any("double" in text for text in system.seen_notes())


@pytest.mark.parametrize("seed", range(4))
def test_the_actions_of_a_case_come_in_their_order_whatever_fails_on_the_way(tracker: System, seed: int) -> None:
    tracker.faults = Faults(error=0.2, lost=0.2, limited=0.1, seed=seed)
    house = House(tracker)
    for token_ in ("hd-1", "hd-2", "hd-3"):
        house.put(opening(token_), *(note(f"n{n}", token_, text=f"step {n}.") for n in range(5)))
    house.until(house.settled)
    for row in tracker.rows.values():
        steps = [text.partition(".")[0] for text in (each.text for each in row.notes) if text.startswith("step")]
        assert steps == [f"step {n}" for n in range(5)]


def test_a_desk_that_is_down_for_a_day_gets_everything_afterwards_and_is_told_of_once_a_day(tracker: System) -> None:
    house = House(tracker)
    login, tracker.login = tracker.login, "nobody"
    for n in range(4):
        house.put(opening(f"hd-{n}"), note("n1", f"hd-{n}"))
    began = house.clock.now
    house.until(lambda: house.clock.now - began >= timedelta(hours=24), step=300, hours=25)
    asked = len(tracker.asked)
    assert asked <= 12 * 24 * 4, "a desk that is down is not asked for every errand again and again"
    assert {about for about, _ in house.alarms} == {"desk:request_tracker:2026-11-25", "desk:request_tracker:2026-11-26"}
    assert "401" in str(house.alarms[0][1])
    tracker.login = login
    house.until(house.settled, hours=1)
    assert len(tracker.rows) == 4
    assert len(tracker.seen_notes()) == 4


def test_a_server_that_asks_for_patience_is_not_asked_for_anything_meanwhile(tracker: System) -> None:
    tracker.faults.next.append(Fault.LIMITED)
    tracker.faults.retry_after = "120"
    house = House(tracker)
    house.put(opening("hd-1"), opening("hd-2"))
    house.worker.due(house.clock.now)
    assert not tracker.rows, "the other case waits, too"
    before = len(tracker.asked)
    house.clock.pass_(119)
    assert house.worker.due(house.clock.now) == 0
    assert len(tracker.asked) == before
    house.until(house.settled)
    assert len(tracker.rows) == 2


def test_what_is_refused_for_good_waits_for_a_person_who_is_told(tracker: System) -> None:
    tracker.denied = True
    house = House(tracker)
    house.put(opening(), note())
    house.worker.due(house.clock.now)
    ((about, said),) = house.alarms
    assert about == "errand:hd-1:open"
    assert "No permission to create tickets" in str(said)
    assert errands.numbers()[Stage.FAILED] == 1
    assert house.worker.due(house.clock.now) == 0, "the note waits for its case"
    tracker.denied = False
    errands.retry(["hd-1:open"], house.clock.now)
    house.until(house.settled)
    assert len(tracker.seen_notes()) == 1


def test_what_people_do_there_comes_back_once(system: System) -> None:
    house = House(system)
    house.put(opening())
    house.until(house.settled)
    id_ = next(iter(system.rows))
    system.says(id_, "On site at 14:00. Cisco SR 691234567.", house.clock.now)
    house.clock.pass_(400)
    assert house.worker.words(house.clock.now) == 1
    ((token_, ticket, (word,)),) = house.told
    assert (token_, ticket.cisco, word.who) == ("hd-1", "691234567", "zhang")
    house.clock.pass_(10)
    asked = len(system.asked)
    assert house.worker.words(house.clock.now) == 0
    assert len(system.asked) == asked, "each ticket is looked at in the pace of the settings"
    house.clock.pass_(400)
    system.closes(id_, house.clock.now)
    assert house.worker.words(house.clock.now) == 1
    kept = filed.filed("hd-1")
    assert kept is not None
    assert kept.ticket.over
    assert kept.ticket.cisco == "691234567"


def test_a_ticket_on_which_nothing_happens_costs_one_question_a_look(tracker: System) -> None:
    house = House(tracker)
    house.put(opening())
    house.until(house.settled)
    for _ in range(3):
        house.clock.pass_(400)
        house.worker.words(house.clock.now)
    before = len(tracker.asked)
    house.clock.pass_(400)
    house.worker.words(house.clock.now)
    assert len(tracker.asked) == before + 1


def test_a_case_that_people_deleted_takes_no_more_notes_and_is_not_opened_again(system: System) -> None:
    house = House(system)
    house.put(opening())
    house.until(house.settled)
    system.deletes(next(iter(system.rows)))
    house.put(note(), cases.PROPOSE, cases.REOPEN)
    house.until(house.settled)
    assert system.rows == {}
    assert errands.numbers()[Stage.DROPPED] == 3
    house.clock.pass_(400)
    house.worker.words(house.clock.now)
    kept = filed.filed("hd-1")
    assert kept is not None
    assert (kept.ticket.status, kept.ticket.over) == ("deleted", True)


def test_a_case_that_people_closed_gets_notes_and_stays_closed_until_it_is_to_be_taken_up_again(system: System) -> None:
    house = House(system)
    house.put(opening())
    house.until(house.settled)
    system.closes(next(iter(system.rows)), house.clock.now)
    house.put(note())
    house.until(house.settled)
    assert not system.are_open()
    house.put(cases.REOPEN)
    house.until(house.settled)
    assert len(system.are_open()) == len(system.rows) == 1
    kept = filed.filed("hd-1")
    assert kept is not None
    assert not kept.ticket.over


def test_a_ticket_that_was_merged_into_another_is_followed_there(tracker: System) -> None:
    house = House(tracker)
    house.put(opening("hd-1"), opening("hd-2"))
    house.until(house.settled)
    first, second = sorted(tracker.rows, key=int)
    tracker.rows[second].fields["merged"] = first
    house.clock.pass_(400)
    house.worker.words(house.clock.now)
    kept = filed.filed("hd-2")
    assert kept is not None
    assert kept.ticket.id == first


def test_an_answer_in_a_form_that_nobody_expects_ends_no_worker(tracker: System) -> None:
    house = House(tracker)
    answer = tracker.answer
    tracker.answer = lambda request: (200, {"items": [{"id": None}, 7]})  # type: ignore[method-assign]
    house.put(opening(), opening("hd-2"))
    house.worker.due(house.clock.now)
    assert "form that nobody expects" in errands.listed()[0].error
    tracker.answer = answer  # type: ignore[method-assign]
    house.until(house.settled)
    assert len(tracker.rows) == 2


def test_a_case_that_was_never_opened_gets_no_notes_and_says_so(tracker: System) -> None:
    house = House(tracker)
    house.put(note())
    house.worker.due(house.clock.now)
    assert "never opened" in errands.listed([Stage.FAILED])[0].error


def test_the_memory_of_a_ticket_can_be_lost_and_is_found_on_the_desk(tracker: System) -> None:
    house = House(tracker)
    ticket = house.desk.open(opening())
    house.put(note(), opening())
    house.until(house.settled)
    kept = filed.filed("hd-1")
    assert kept is not None
    assert kept.ticket.id == ticket.id
    assert len(tracker.rows) == 1


def test_what_stopped_between_creating_and_keeping_a_case_is_found_again_on_both_databases(
    store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(SYSTEMS["request_tracker"]()) as tracker:
        house = House(tracker)
        house.put(opening(), note())

        def stopped(_point: str) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr("healthd.errands.faultpoint", stopped)
            with pytest.raises(KeyboardInterrupt):
                house.worker.due(house.clock.now)
        assert (len(tracker.rows), filed.filed("hd-1")) == (1, None)
        later = House(tracker)
        assert later.worker.due(house.clock.now) == 0, "its lease holds: whoever had it may still be at it"
        later.until(later.settled, step=60)
        kept = filed.filed("hd-1")
        assert kept is not None
        assert [kept.ticket.id] == list(tracker.rows)
        assert len(tracker.seen_notes()) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number"), [("request_tracker", 1000), ("servicenow", 40), ("zammad", 40), ("jira", 40)])
def test_a_thousand_cases_on_a_hostile_server_are_a_thousand(store: object, name: str, number: int) -> None:
    faults = Faults(error=0.15, lost=0.30, late=0.15, limited=0.10, seed=4)
    with serving(SYSTEMS[name](faults=faults)) as system:
        house = House(system)
        for n in range(number):
            house.put(opening(f"hd-{n}"))
        house.until(house.settled, step=20, hours=24 * 14)
        tokens = Counter(token(row.text) for row in system.rows.values())
        assert len(tokens) == number
        assert set(tokens.values()) == {1}
        assert errands.numbers()[Stage.DONE] == number


def token(text: str) -> str:
    return text.rpartition("[hd-")[2].partition("]")[0]


def test_an_errand_that_fails_as_nobody_expected_keeps_no_other_waiting(tracker: System, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(tracker)
    real = house.desk.open

    def opened(self: Backend, wanted: Open) -> Ticket:
        if wanted.opening.token == "hd-0":
            raise RecursionError("too deep")
        return real(wanted)

    monkeypatch.setattr(type(house.desk), "open", opened)
    house.put(*(opening(f"hd-{n}") for n in range(6)))
    house.worker.due(house.clock.now)
    assert len(tracker.rows) == 5
    (poison,) = errands.listed([Stage.WAITING])
    assert (poison.token, poison.due > house.clock.now, "RecursionError" in poison.error) == ("hd-0", True, True)


def test_an_alarm_that_raises_costs_nothing(tracker: System) -> None:
    def broken(_about: str, _said: Phrase) -> None:
        raise OSError("no space left")

    house = House(tracker)
    house.worker.alarm = broken
    tracker.denied = True
    house.put(opening("hd-1"), opening("hd-2"))
    house.worker.due(house.clock.now)
    assert errands.numbers()[Stage.FAILED] == 2


def test_a_ticket_that_cannot_be_read_keeps_no_other_from_being_looked_at_and_is_told_of(
    tracker: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(tracker)
    house.put(opening("hd-1"), opening("hd-2"))
    house.worker.due(house.clock.now)
    looked: list[str] = []

    def unread(token_: str) -> tuple[()]:
        if token_ == "hd-1":
            raise DeskError("forbidden", again=False, status=403)
        looked.append(token_)
        return ()

    monkeypatch.setattr(type(house.desk), "twins", lambda _, token_: unread(token_))
    monkeypatch.setattr(type(house.desk), "words", lambda _, ticket, _since: unread(ticket.token))
    for _ in range(4):
        house.clock.pass_(400)
        house.worker.reconcile(house.clock.now)
        house.worker.words(house.clock.now)
    assert looked == ["hd-2"] * 5, "once for its doubles, four times for words"
    assert {about for about, _ in house.alarms} == {"desk:request_tracker:2026-11-25"}
    kept = filed.filed("hd-1")
    assert kept is not None
    assert kept.checks, "its doubles are still to be looked for"


def test_a_case_that_the_desk_does_not_take_up_again_stays_over(tracker: System, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(tracker)
    house.put(opening())
    house.until(house.settled)
    tracker.closes(next(iter(tracker.rows)), house.clock.now)
    house.clock.pass_(400)
    house.worker.words(house.clock.now)
    monkeypatch.setattr(type(house.desk), "do", lambda *_: None)
    house.put(cases.REOPEN)
    house.until(house.settled)
    kept = filed.filed("hd-1")
    assert kept is not None
    assert kept.ticket.over
