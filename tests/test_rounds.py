"""Rounds over the lab: what answers is kept, who falls silent is noticed, and the store carries it from one run to the next."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.analysis.availability import measure
from healthd.analysis.health import health
from healthd.analysis.judge import judge
from healthd.errors import CollectError
from healthd.lab import examples
from healthd.lab.faults import Fault
from healthd.lab.network import Network
from healthd.lab.wire import LabWire
from healthd.model.answer import Answers, Value
from healthd.model.availability import State
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.poll import Layout
from healthd.model.report import Status
from healthd.rounds import Rounds, keep
from healthd.store import database, polls, states, sweeps
from healthd.store.history import history

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


def test_a_device_that_answers_pings_alone_is_told_of_until_it_tells_again(opened: None) -> None:
    wire, rounds = made(
        Fault(device="ldn-acc-02", kind="unreachable", start=(NOW + 2 * STEP).timestamp(), end=(NOW + 7 * STEP).timestamp())
    )

    async def echo(addresses: Sequence[str]) -> dict[str, tuple[float | None, float, str]]:
        return dict.fromkeys(addresses, (1.5, 0.0, "icmp"))

    rounds.echo = echo
    go(wire, rounds, 8)
    said = {}
    for turn in (3, 6, 8):
        window = Interval(NOW - timedelta(hours=3), NOW + turn * STEP)
        past = history(ACME, devices(), window)
        found = judge(past, window.end)
        measured = {d.name: measure(d.name, past.spans(d.name), window) for d in devices()}
        (own,) = (each for each in health(devices(), found, measured).devices if each.device.name == "ldn-acc-02")
        since = [f.since for f in found if f.rule == "uncollected_device" and f.device == "ldn-acc-02"]
        said[turn] = (own.state, own.status, since)
    assert said == {
        3: (State.UP, Status.NORMAL, []),
        6: (State.UP, Status.WARNING, [NOW + STEP]),
        8: (State.UP, Status.NORMAL, []),
    }


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


def test_a_restart_while_healthd_itself_was_replaced_is_noticed(opened: None) -> None:
    start = (NOW + 3 * STEP).timestamp() + 20
    reload = Fault(device="ldn-acc-02", kind="reload", start=start, end=start + 100, amount=100.0, reason="Reload Command")
    go(*made(reload), 4)
    wire, rounds = made(reload)
    go(wire, rounds, 3, NOW + 4 * STEP)
    window = Interval(NOW, NOW + 7 * STEP)
    (down,) = [s for s in states.spans("ACME", "ldn-acc-02", window) if s.state == State.DOWN]
    assert (down.interval.start, down.interval.end <= NOW + 4 * STEP) == (NOW + 3 * STEP, True)


class Scripted:
    """A device that tells its up-time in seconds, None for silence; one answer a look."""

    def __init__(self, *ups: float | None) -> None:
        self.ups = iter(ups)

    async def ask(self, device: Device, requests: object) -> Answers:
        raise NotImplementedError

    async def sweep(self, device: Device, oids: Sequence[str]) -> list[int | None]:
        up = next(self.ups)
        if up is None:
            raise CollectError("no answer")
        return [int(up * 100), None, None]


def looked(*ups: float | None, gap: int = 0) -> list[tuple[str, float, float]]:
    """Return the states of a device in steps; before the last look nobody looks for *gap* steps."""
    rounds = Rounds(customer=ACME, devices=devices()[:1], wire=Scripted(*ups))
    rounds.remember()
    moments = [*range(len(ups) - 1), len(ups) - 1 + gap]
    for n in moments:
        asyncio.run(rounds.sweep(NOW + n * STEP))
    rounds.keep()
    found = states.spans("ACME", rounds.devices[0].name, Interval(NOW, NOW + (moments[-1] + 1) * STEP))
    return [(s.state.value, (s.interval.start - NOW) / STEP, (s.interval.end - NOW) / STEP) for s in found]


def test_a_device_that_has_started_and_does_not_answer_yet_is_not_up(opened: None) -> None:
    # It started shortly after the second look, and was silent for two looks more.
    found = looked(9000, 9300, None, None, 800, 1100)
    assert found == [("up", 0, 1), ("down", 1, 4), ("up", 4, 6)]


def test_a_short_restart_ends_when_the_device_began(opened: None) -> None:
    assert looked(9000, 9300, 150, 450) == [("up", 0, 1), ("down", 1, 1.5), ("up", 1.5, 4)]


def test_a_restart_while_nobody_looked_is_not_measured_time(opened: None) -> None:
    assert looked(9000, 9300, 600, gap=10) == [("up", 0, 1), ("unmeasured", 1, 12), ("up", 12, 13)]


def test_a_device_that_was_never_polled_is_still_looked_for(opened: None) -> None:
    assert looked(None, None, None, None) == [("down", 0, 4)]


@pytest.mark.parametrize("jump", [timedelta(hours=2), timedelta(hours=-2), timedelta(days=7)], ids=["ahead", "back", "a week off"])
def test_a_jump_of_our_clock_is_no_fault_of_a_device(opened: None, jump: timedelta) -> None:
    wire, rounds = made()

    for n in range(12):
        at = NOW + n * STEP + (jump if n >= 6 else timedelta())
        # The devices' clocks go on as they did; ours jumps.
        wire.now = NOW + n * STEP
        assert all(each.up for each in asyncio.run(rounds.sweep(at) if n else rounds.poll(at)))  # type: ignore[attr-defined]
        rounds.keep()
    window = Interval(NOW - timedelta(hours=3), NOW + timedelta(days=8))
    found = {s.state for d in devices() for s in states.spans("ACME", d.name, window)}
    assert State.DOWN not in found
    assert State.UNREACHABLE not in found


class Slow(LabWire):
    """A wire on which sweeps wait until they are let go on."""

    def __init__(self, network: Network, now: datetime) -> None:
        super().__init__(network, now)
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()

    async def sweep(self, device: Device, oids: Sequence[str]) -> Sequence[Value | None]:
        told = await super().sweep(device, oids)
        self.begun.set()
        await self.go_on.wait()
        return told


def test_a_neighbour_whose_row_is_gone_is_found_again_by_the_next_sweep(opened: None) -> None:
    """No line told of its return, and the next full poll is a day away."""
    start, end = NOW + 1.5 * STEP, NOW + 4.5 * STEP
    gone = Fault(device="ldn-core-01", kind="ospf-lost", item="10.10.0.5", start=start.timestamp(), end=end.timestamp())
    wire, rounds = made(gone)
    lost = {}

    for n in range(7):
        wire.now = NOW + n * STEP
        # Two full polls without the row: what is awaited is not forgotten by the second one.
        asyncio.run((rounds.poll if n in (0, 2, 3) else rounds.sweep)(wire.now))
        rounds.keep()
        now = wire.now + timedelta(seconds=1)
        lost[n] = {f.item for f in judge(history(ACME, devices(), Interval(NOW - STEP, now)), now) if f.rule == "ospf"}
    assert [n for n, items in lost.items() if items] == [2, 3, 4]
    assert lost[4] == {"10.10.0.5", "10.10.0.6"}


def test_a_sweep_keeps_the_meaning_it_was_asked_by_when_a_full_poll_ends_before_it(opened: None) -> None:
    """The poll finds rows less, so that numbers and their count are others."""
    gone = Fault(device="ldn-core-01", kind="ospf-lost", item="10.10.0.5", start=(NOW + STEP).timestamp())
    pulled = Fault(device="ldn-core-01", kind="psu-absent", start=(NOW + STEP).timestamp())
    wire = Slow(examples.network(NOW, (gone, pulled), only=NAMES), NOW)
    rounds = Rounds(customer=ACME, devices=devices(), wire=wire)
    rounds.remember()

    async def overtaken() -> None:
        await rounds.poll(NOW)
        wire.go_on.clear()
        wire.now = NOW + STEP / 2
        sweeping = asyncio.create_task(rounds.sweep(wire.now))
        await wire.begun.wait()
        wire.now = NOW + 3 * STEP
        await rounds.poll(wire.now)
        wire.go_on.set()
        await sweeping
        wire.now = NOW + 4 * STEP
        await rounds.sweep(wire.now)

    asyncio.run(overtaken())
    before, after = (len(each.readings) for each in [x for x in rounds._swept if isinstance(x, Layout) and x.device == "ldn-core-01"][:2])
    assert before != after, "rows are gone"
    rounds.keep()
    past = history(ACME, devices(), Interval(NOW, NOW + 5 * STEP))
    words = {"interface.oper": {"up", "down", "notPresent", "dormant"}, "ospf.neighbor.state": {"full", "down"}}
    for series in (s for metric in words for s in past.series(metric) if s.device == "ldn-core-01"):
        assert set(series.values) <= words[series.metric], series
        assert (NOW + STEP / 2).timestamp() in series.times, series


def test_a_device_that_lacks_a_number_it_had_asks_for_a_look_once(opened: None) -> None:
    wire, rounds = made(Fault(device="ldn-core-01", kind="ospf-lost", item="10.10.0.5", start=(NOW + 1.5 * STEP).timestamp()))
    go(wire, rounds, 2)
    assert rounds.changed() == set()
    go(wire, rounds, 1, NOW + 2 * STEP)
    assert rounds.changed() == {"ldn-core-01", "ldn-edge-01"}, "both lost the other"
    go(wire, rounds, 1, NOW + 3 * STEP)
    assert rounds.changed() == set(), "what is gone was looked for already"
