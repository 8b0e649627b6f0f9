"""Rounds over the lab: what answers is kept, who falls silent is noticed, and the store carries it from one run to the next."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.lab import examples
from healthd.lab.faults import Fault
from healthd.lab.wire import LabWire
from healthd.model.availability import State
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.rounds import Rounds, keep
from healthd.store import database, polls, states, sweeps

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
STEP = timedelta(minutes=5)
NAMES = ("ldn-core-01", "ldn-edge-01", "ldn-acc-02")
ACME = Customer(code="ACME", title="ACME Group")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[None]:
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path / "h.sqlite3")))
    yield
    database.close_database()


def devices() -> list[Device]:
    specs = examples.network(NOW, only=NAMES).specs.values()
    return [Device(name=s.name, customer="ACME", address=s.address, parents=s.parents, snmp="lab") for s in specs]


def go(wire: LabWire, rounds: Rounds, number: int, start: datetime = NOW) -> None:
    async def all_of_them() -> None:
        for n in range(number):
            wire.now = start + n * STEP
            await (rounds.sweep if n or start != NOW else rounds.poll)(wire.now)

    asyncio.run(all_of_them())
    rounds.keep()


def made(*faults: Fault) -> tuple[LabWire, Rounds]:
    wire = LabWire(examples.network(NOW, faults, only=NAMES), NOW)
    rounds = Rounds(customer=ACME, devices=devices(), wire=wire)
    rounds.remember()
    return wire, rounds


def test_a_round_is_kept_and_keeping_it_again_changes_nothing(opened: None) -> None:
    go(*made(), 4)
    go(*made(), 4)
    kept = sweeps.between("ACME", "ldn-acc-02", Interval(NOW, NOW + timedelta(hours=1)))
    assert [s.at for s in kept] == [NOW + n * STEP for n in (1, 2, 3)]
    assert polls.newest("ACME", "ldn-acc-02")


def test_a_silent_device_is_down_from_its_first_lost_probe(opened: None) -> None:
    wire, rounds = made(
        Fault(device="ldn-acc-02", kind="unreachable", start=(NOW + 2 * STEP).timestamp(), end=(NOW + 7 * STEP).timestamp())
    )
    go(wire, rounds, 10)
    spans = states.spans("ACME", "ldn-acc-02", Interval(NOW, NOW + 10 * STEP))
    assert [(s.state, s.interval.start) for s in spans] == [(State.UP, NOW), (State.DOWN, NOW + 2 * STEP), (State.UP, NOW + 7 * STEP)]


def test_what_stands_behind_a_dead_router_is_unreachable_not_down(opened: None) -> None:
    wire, rounds = made(Fault(device="ldn-core-01", kind="unreachable", start=(NOW + 2 * STEP).timestamp()))
    go(wire, rounds, 10)
    window = Interval(NOW + 6 * STEP, NOW + 9 * STEP)
    assert {name: states.spans("ACME", name, window)[-1].state for name in NAMES} == {
        "ldn-core-01": State.DOWN,
        "ldn-acc-02": State.UNREACHABLE,
        "ldn-edge-01": State.UP,
    }


def test_a_new_process_takes_up_where_the_last_one_left_off(opened: None) -> None:
    dead = Fault(device="ldn-acc-02", kind="unreachable", start=(NOW + 2 * STEP).timestamp())
    go(*made(dead), 7)
    wire, rounds = made(dead)
    go(wire, rounds, 3, NOW + 7 * STEP)
    entered = [s.state for s in states.spans("ACME", "ldn-acc-02", Interval(NOW, NOW + 10 * STEP))]
    assert entered == [State.UP, State.DOWN]


def test_a_device_that_still_answers_a_ping_is_not_down(opened: None) -> None:
    wire, rounds = made(Fault(device="ldn-acc-02", kind="unreachable", start=(NOW + 2 * STEP).timestamp()))

    async def echo(addresses: object) -> dict[str, tuple[float | None, float, str]]:
        return dict.fromkeys(addresses, (1.5, 0.0, "icmp"))  # type: ignore[attr-defined]

    rounds.echo = echo
    go(wire, rounds, 8)
    assert {s.state for s in states.spans("ACME", "ldn-acc-02", Interval(NOW, NOW + 8 * STEP))} == {State.UP}
    assert not sweeps.between("ACME", "ldn-acc-02", Interval(NOW, NOW + timedelta(hours=1)))[-1].up


def test_a_restart_between_two_looks_is_written_down_as_down_time(opened: None) -> None:
    start = (NOW + 3 * STEP).timestamp() + 20
    wire, rounds = made(Fault(device="ldn-acc-02", kind="reload", start=start, end=start + 100, amount=100.0, reason="Reload Command"))
    go(wire, rounds, 8)
    down = [s for s in states.spans("ACME", "ldn-acc-02", Interval(NOW, NOW + 8 * STEP)) if s.state == State.DOWN]
    assert len(down) == 1
    assert down[0].interval.length <= STEP


def test_a_ping_round_asks_the_silent_over_snmp_and_tells_who_is_back(opened: None) -> None:
    outage = Fault(device="ldn-acc-02", kind="unreachable", start=(NOW + 2 * STEP).timestamp(), end=(NOW + 7 * STEP).timestamp())
    wire, rounds = made(outage)
    muted = {d.address for d in devices() if d.name == "ldn-edge-01"}

    async def echo(addresses: Sequence[str]) -> dict[str, tuple[float | None, float, str]]:
        gone = {d.address for d in devices() if d.name == "ldn-acc-02" and not wire.network.answers(d.name, wire.now.timestamp())}
        return {a: ((None, 100.0, "raw") if a in gone | muted else (1.5, 0.0, "raw")) for a in addresses}

    async def all_of_them() -> list[list[str]]:
        rounds.echo = echo
        back = []
        for n in range(10):
            wire.now = NOW + n * STEP
            back.append(await rounds.ping(wire.now))
        return back

    back = asyncio.run(all_of_them())
    rounds.keep()
    assert [n for n, names in enumerate(back) if names] == [7]
    assert back[7] == ["ldn-acc-02"]
    assert [s.state for s in states.spans("ACME", "ldn-acc-02", Interval(NOW, NOW + 10 * STEP))] == [State.UP, State.DOWN, State.UP]
    assert [s.state for s in states.spans("ACME", "ldn-edge-01", Interval(NOW, NOW + 10 * STEP))] == [State.UP]


def test_what_was_taken_is_written_once(opened: None) -> None:
    _, rounds = made()
    asyncio.run(rounds.poll(NOW))
    first, second = rounds.taken(), rounds.taken()
    assert (len(first.polls), len(second.polls), second.probes) == (3, 0, ())
    keep(first)
    assert polls.newest("ACME", "ldn-acc-02")
