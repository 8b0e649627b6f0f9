"""Errands reach their desk exactly once, whatever the desk does, and what people do there comes back."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from healthd.caseclient.backend import Backend, Means
from healthd.errands import Settings, Worker
from healthd.model.action import Action, Ticket, Word
from healthd.model.phrase import Phrase
from healthd.store import errands, filed
from healthd.store.errands import Stage
from tests.caseclient import cases
from tests.caseclient.cases import note, opening
from tests.caseclient.conftest import SYSTEMS
from tests.caseclient.servers.hostile import Clock, Fault, Faults, System, serving

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


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number"), [("request_tracker", 1000), ("servicenow", 100), ("zammad", 100), ("jira", 100)])
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
