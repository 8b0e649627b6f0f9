"""Judging beside the rounds: what one round reads does not make lost what another one reads."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.daemon import sweeping as sweeping_
from healthd.daemon.judging import Judging
from healthd.daemon.settings import Pace
from healthd.daemon.sweeping import Sweeping
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.errors import StoreError
from healthd.lab import examples
from healthd.lab.faults import Fault
from healthd.lab.wire import LabWire
from healthd.model.availability import State, Transition
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.poll import Sweep
from healthd.rounds import Rounds
from healthd.store import database, errands, events, findings, states, sweeps, tally

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SWEEP = timedelta(seconds=15)
NAMES = ("ldn-core-01", "ldn-edge-01", "ldn-acc-01")
ACME = Customer(code="ACME", title="ACME Group")


class Clock:
    """Goes on by a little whenever somebody looks, as a real one does."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=5)
        return self.at


class Broken(LabWire):
    """A wire that loses the answers of some tables of every full poll while *lost* says so."""

    lost = ""

    async def ask(self, device, requests):  # type: ignore[no-untyped-def]
        answers = await super().ask(device, requests)
        gone = [walk for walk in answers.walks if self.lost and self.lost in f"{walk.mib}::{walk.table}"]
        for walk in gone:
            del answers.walks[walk]
        object.__setattr__(answers, "errors", (*answers.errors, *(f"{walk.table}: timed out" for walk in gone)))
        return answers


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[None]:
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path / "h.sqlite3")))
    yield
    database.close_database()


def made(*faults: Fault) -> tuple[Clock, Broken, Sweeping]:
    network, clock = examples.network(NOW, faults, only=NAMES), Clock()
    wire, writer = Broken(network, NOW), Writer()
    devices = [Device(name=s.name, customer="ACME", address=s.address, parents=s.parents, snmp="lab") for s in network.specs.values()]
    rounds = Rounds(customer=ACME, devices=devices, wire=wire)
    rounds.remember()
    judging = Judging(customer=ACME, devices=devices, writer=writer, now=clock)
    pace = Pace(ping_s=60, sweep_s=15)
    return clock, wire, Sweeping(rounds=rounds, pace=pace, writer=writer, watch=Watch(now=clock), judging=judging, now=clock)


async def turns(clock: Clock, wire: Broken, sweeping: Sweeping, number: int, lost: str = "") -> None:
    """Sweep *number* times; after every fourth sweep something happens at a device, and it is polled out of turn."""
    wire.now, wire.lost = clock.at, ""
    await sweeping._poll()
    for turn in range(number):
        clock.at += SWEEP
        wire.now = clock.at
        await sweeping._sweep()
        if turn % 4 == 3:
            sweeping._looked.clear()
            sweeping.look(NAMES)
            wire.lost = lost
            await sweeping._poll()


def told() -> list[str]:
    return [f"{e.kind} {e.device} {e.item}" for e in events.between("ACME", Interval(NOW, NOW + timedelta(hours=1)))]


FAULTS = (
    Fault(device="ldn-acc-01", kind="psu-failed", item="2B", start=(NOW + SWEEP).timestamp()),
    Fault(device="ldn-core-01", kind="fan-failed", start=(NOW + 2 * SWEEP).timestamp()),
)


@pytest.mark.parametrize("lost", ["", "cefcFRUPowerStatusTable", "entPhysicalTable", "ciscoEnvMon", "Table"])
def test_a_standing_fault_is_told_once_whatever_is_polled_in_between(opened: None, lost: str) -> None:
    asyncio.run(turns(*made(*FAULTS), 20, lost))
    assert sorted(each for each in told() if "found" in each or "cleared" in each or "gone" in each) == sorted(
        each for each in set(told()) if "found" in each
    )
    rules = {kept.finding.rule for kept in findings.standing("ACME", NOW + timedelta(hours=1))}
    assert {"psu", "fan"} <= rules


def test_nothing_is_lost_when_a_full_poll_is_judged_at_once(opened: None) -> None:
    asyncio.run(turns(*made(), 12))
    assert [each for each in told() if "found" in each or "cleared" in each] == []


def test_values_that_do_not_fit_cost_nothing_else_and_are_asked_for_anew(opened: None) -> None:
    clock, wire, sweeping = made()

    async def rounds() -> None:
        await turns(clock, wire, sweeping, 1)
        odd = Sweep(device="ldn-core-01", at=clock.at, values=(1.0,), uptime_s=7.0)
        down = Transition(device="ldn-edge-01", at=clock.at, state=State.DOWN, reason="no answer")
        sweeping.rounds._swept.append(odd)
        sweeping.rounds._changes.append(down)
        await sweeping._write([("sweeps", 1, 1)])
        assert not sweeping._unwritten
        assert sweeping.rounds.unknown() == {"ldn-core-01"}
        sweeping._looked.clear()
        await turns(clock, wire, sweeping, 2)
        assert sweeping.rounds.unknown() == set()

    asyncio.run(rounds())
    kept = sweeps.between("ACME", "ldn-core-01", Interval(NOW, NOW + timedelta(hours=1)))
    assert [bool(each.values) for each in kept] == [True, False, True, True]
    assert [each.state for each in states.entered("ACME", Interval(NOW, NOW + timedelta(hours=1))) if each.device == "ldn-edge-01"][
        -1
    ] is State.DOWN
    books = tally.sums()["sweeps"]
    assert (books["dropped: cannot be kept"], tally.missing(books)) == (1, 0)


def test_what_is_given_up_takes_no_meaning_and_no_outage_with_it(opened: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping_, "UNWRITTEN", 2)
    clock, wire, sweeping = made()

    def broken(*_: object) -> None:
        raise StoreError("out of reach")

    async def rounds() -> None:
        keeping = sweeping_._keep
        monkeypatch.setattr(sweeping_, "_keep", broken)
        await sweeping._poll()
        sweeping.rounds._changes.append(Transition(device="ldn-edge-01", at=clock.at, state=State.DOWN, reason="no answer"))
        for _ in range(4):
            clock.at += SWEEP
            wire.now = clock.at
            await sweeping._sweep()
        assert len(sweeping._unwritten) <= 3
        monkeypatch.setattr(sweeping_, "_keep", keeping)
        await sweeping._write()

    asyncio.run(rounds())
    assert sweeps.between("ACME", "ldn-core-01", Interval(NOW, NOW + timedelta(hours=1)))[-1].values
    entered = states.entered("ACME", Interval(NOW, NOW + timedelta(hours=1)))
    assert State.DOWN in {each.state for each in entered if each.device == "ldn-edge-01"}


def test_a_poll_that_new_settings_cut_off_is_still_wanted(opened: None) -> None:
    clock, wire, sweeping = made()

    async def cut_off() -> None:
        await turns(clock, wire, sweeping, 1)
        sweeping._looked.clear()
        sweeping.look(["ldn-acc-01"])
        begun = asyncio.Event()

        async def never(device: Device, requests: object) -> None:
            begun.set()
            await asyncio.Event().wait()

        wire.ask = never  # type: ignore[method-assign,assignment]
        asking = asyncio.create_task(sweeping._poll())
        await begun.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert sweeping.wanted == {"ldn-acc-01"}

    asyncio.run(cut_off())


def test_a_loss_that_pings_confirm_is_judged_and_has_its_case_at_once(opened: None) -> None:
    clock, wire, sweeping = made(Fault(device="ldn-edge-01", kind="unreachable", start=(NOW + SWEEP).timestamp()))

    async def echo(addresses: Sequence[str]) -> Mapping[str, tuple[float | None, float, str]]:
        return dict.fromkeys(addresses, (None, 100.0, "icmp"))

    async def pings() -> None:
        await turns(clock, wire, sweeping, 0)
        sweeping.rounds.echo = echo
        for _ in range(3):
            assert await asyncio.to_thread(errands.listed) == ()
            clock.at += timedelta(seconds=60)
            wire.now = clock.at
            await sweeping._ping()

    asyncio.run(pings())
    (errand,) = errands.listed()
    assert errand.action.opening.device == "ldn-edge-01"
