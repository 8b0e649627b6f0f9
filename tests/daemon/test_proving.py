"""A part is looked at when its trouble begins, over real sockets, and what the device says there decides; never too often."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd import modules, platforms
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.daemon.judging import Judging
from healthd.daemon.proving import AGAIN, SOON, Proving, is_due
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.lab import examples
from healthd.lab.accounts import accounts
from healthd.lab.faults import Fault
from healthd.lab.network import Network
from healthd.lab.running import SNMP, SSH, running
from healthd.model.credential import SnmpCommunity, SnmpUser, SshLogin
from healthd.model.device import Customer, Device
from healthd.model.finding import Condition
from healthd.model.phrase import say
from healthd.model.verdict import Component, Looked, Verdict, Way
from healthd.rounds import Rounds, keep
from healthd.store import devices, events, files, proofs
from healthd.store.database import Settings
from healthd.transports import known_hosts, snmp, ssh
from healthd.transports.scrub import Scrub
from healthd.transports.wires import Wires

NOW = datetime.now(UTC).replace(microsecond=0)
NAME, CODE = "ldn-acc-02", "ACME"
THEIRS = accounts(CODE)


@dataclass
class Centre:
    """What the daemon does with one device of the lab, step by step, at times of our own."""

    network: Network
    folder: Path
    clock: datetime = NOW
    device: Device = field(init=False)
    heard: list[Verdict] = field(default_factory=list)
    polled: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        spec = self.network.specs[NAME]
        self.device = Device(name=NAME, customer=CODE, address=spec.address, port=SNMP, ssh_port=SSH, snmp="v3", site=spec.site)
        self.writer, kinds = Writer(), {p.PLATFORM.name: p.PLATFORM.netmiko for p in modules.every(platforms)}
        known: dict[str, SnmpUser | SnmpCommunity | SshLogin] = {
            "v3": SnmpUser(user=THEIRS.user, auth=THEIRS.auth, priv=THEIRS.priv),
            "ssh": SshLogin(username=THEIRS.login, password=THEIRS.password, enable=THEIRS.enable),
        }
        shell = ssh.Ssh(known, ssh.Settings(connect=5), self.folder / "known_hosts", kinds)
        self.wire = Wires(snmp.Snmp(known, snmp.Settings(timeout=1.0, retries=1)), shell)
        customer, able = Customer(code=CODE, title=CODE), replace(self.device, ssh="ssh")
        self.rounds = Rounds(customer=customer, devices=[self.device], wire=self.wire)
        self.judging = Judging(customer=customer, devices=[able], writer=self.writer, now=self.now)
        self.proving = Proving(
            code=CODE,
            devices=[able],
            wire=self.wire,
            writer=self.writer,
            watch=Watch(now=self.now),
            now=self.now,
            again=lambda: self.judging.judge([]),
            poll=self.polled.extend,
            scrub=Scrub(known=(THEIRS.password,)),
        )
        self.judging.doubt = self._doubt

    def now(self) -> datetime:
        return self.clock

    def now_s(self) -> float:
        return self.clock.timestamp()

    def _doubt(self, verdicts: Sequence[Verdict]) -> None:
        self.heard = list(verdicts)
        self.proving.doubt(verdicts)

    async def poll(self, seconds: float = 60) -> list[Verdict]:
        """Let *seconds* pass, poll and judge; return the verdicts."""
        self.clock += timedelta(seconds=seconds)
        await self.rounds.poll(self.clock)
        await self.writer.do(keep, self.rounds.taken())
        self.clock += timedelta(milliseconds=1)
        await self.judging.judge([NAME])
        return self.heard

    async def listen(self, sock: socket.socket) -> None:
        """Keep the next log line that comes."""
        data = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(sock, 4096), 10)
        await self.writer.do(events.add, CODE, [classed(parse(data, Context(received=self.clock, device=NAME)))])

    async def known(self) -> Looked:
        """Return what is kept of the looks at the first part."""
        key = self.heard[0].finding
        return (await self.writer.do(proofs.known, CODE, [key]))[key]


Then = Callable[[Centre, socket.socket], Awaitable[None]]


async def lived(folder: Path, kind: str, then: Then) -> Centre:
    """Let *kind* of fault happen to a supply of a device of the lab, poll it twice, a minute apart, looking at it between."""
    network = lab()
    centre = Centre(network, folder)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.setblocking(False)
        async with running(network, clock=centre.now_s, syslog=listener.getsockname()):
            key = await asyncio.to_thread(known_hosts.offered, centre.device.address, SSH)
            known_hosts.accept(folder / "known_hosts", centre.device.address, SSH, key)
            await centre.writer.do(devices.put, CODE, [centre.device])
            assert await centre.poll() == []
            network.inject(Fault(device=NAME, kind=kind, start=centre.clock.timestamp() + 10, item="1A"))
            centre.clock += timedelta(seconds=20)
            await centre.listen(listener)
            await centre.poll(5)
            await centre.proving.turn()
            assert centre.polled == [NAME], "its states are read again soon"
            await centre.poll(65)
            await then(centre, listener)
    centre.wire.close()
    centre.writer.close()
    return centre


def lab() -> Network:
    """Return a lab of one device, at an address that no other lab has."""
    spec = examples.network(NOW, only=[NAME]).specs[NAME]
    return Network([replace(spec, address=f"127.88.{os.getpid() % 250}.1")], NOW)


def alive(folder: Path, kind: str, then: Then) -> Centre:
    return asyncio.run(lived(folder, kind, then))


async def nothing(_centre: Centre, _listener: socket.socket) -> None:
    """Nothing more happens."""


def test_a_failed_supply_is_failed_with_its_numbers_and_the_bundle(store: Settings, tmp_path: Path) -> None:
    centre = alive(tmp_path, "psu-failed", nothing)
    (found,) = centre.heard
    supply = next(each for each in centre.network.specs[NAME].supplies if each.key == "1A")
    assert (found.component, found.state, found.replaces) == (Component.PSU, Condition.FAILED, True)
    assert (found.pid, found.serial) == (supply.pid, supply.serial)
    assert {proof.way for proof in found.proofs} == {Way.SNMP, Way.EVENT, Way.CLI}
    assert found.missing == ()
    looked = proofs.known(CODE, [found.finding])[found.finding]
    assert {proof.serial for proof in looked.proofs} == {supply.serial}, "it is known which unit was looked at"
    bundle = files.get(looked.files[-1])
    text = bundle.data.decode()
    assert bundle.name.startswith(f"{NAME} psu ")
    for command in ("show environment all", "show inventory", "show logging"):
        assert f"{NAME}# {command}\n" in text
    assert supply.serial in text
    assert THEIRS.password.reveal() not in text


@pytest.mark.parametrize(("kind", "state"), [("psu-noinput", Condition.UNPOWERED), ("psu-absent", Condition.ABSENT)])
def test_a_cord_or_a_supply_that_was_pulled_is_no_failure(kind: str, state: Condition, store: Settings, tmp_path: Path) -> None:
    centre = alive(tmp_path, kind, nothing)
    assert [(v.component, v.state, v.replaces) for v in centre.heard] == [(Component.PSU, state, False)]


def test_a_look_is_made_once_and_a_supply_that_works_again_is_well(store: Settings, tmp_path: Path) -> None:
    async def mended(centre: Centre, _listener: socket.socket) -> None:
        before = await centre.known()
        await centre.proving.turn()
        once = await centre.known()
        assert once.at > before.at, "its verdict has changed since"
        await centre.poll(300)
        await centre.proving.turn()
        assert await centre.known() == once, "nothing is missing and nothing has changed"
        centre.network.clear(NAME, now=centre.clock)
        assert [v.state for v in await centre.poll(300) if v.state is not Condition.HEALTHY] == []

    alive(tmp_path, "psu-failed", mended)


def test_a_command_line_that_does_not_answer_leaves_what_is_missing(store: Settings, tmp_path: Path) -> None:
    """The host key is not accepted: nothing is proven, the look counts, and nothing else stands still."""
    network = lab()
    centre = Centre(network, tmp_path)

    async def silent() -> None:
        async with running(network, clock=centre.now_s, ssh=False):
            await centre.writer.do(devices.put, CODE, [centre.device])
            await centre.poll()
            network.inject(Fault(device=NAME, kind="psu-failed", start=centre.clock.timestamp() + 10, item="1A"))
            await centre.poll()
            await centre.proving.turn()
            await centre.poll(65)
        centre.wire.close()
        centre.writer.close()

    asyncio.run(silent())
    (found,) = centre.heard
    assert (found.state, bool(found.missing)) == (Condition.SUSPECT, True)
    looked = proofs.known(CODE, [found.finding])[found.finding]
    assert (looked.files, {proof.way for proof in looked.proofs} - {Way.EVENT}) == ((), set())


DOUBT = Verdict(
    component=Component.PSU, device="d", item="1", state=Condition.SUSPECT, since=NOW, missing=(say("{line}", line="more"),),
    asks=("show inventory",), finding="1:psu:d:1",
)  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "looked", "gone", "due"),
    [
        (DOUBT, None, timedelta(), True),
        (DOUBT, Looked(at=NOW, state=DOUBT.state), AGAIN - SOON, False),
        (DOUBT, Looked(at=NOW, state=DOUBT.state), AGAIN, True),
        (DOUBT, Looked(at=NOW + timedelta(hours=4), state=DOUBT.state), timedelta(hours=5), False),
        (DOUBT, Looked(at=NOW + timedelta(hours=4), state=DOUBT.state), timedelta(hours=8), True),
        (DOUBT, Looked(at=NOW - SOON, state=DOUBT.state), timedelta(), True),
        (replace(DOUBT, state=Condition.FAILED, missing=()), Looked(at=NOW, state=DOUBT.state), SOON, True),
        (replace(DOUBT, state=Condition.FAILED, missing=()), Looked(at=NOW, state=Condition.FAILED), timedelta(days=9), False),
        (replace(DOUBT, state=Condition.SOFTWARE), None, timedelta(), False),
        (replace(DOUBT, asks=()), None, timedelta(), False),
    ],
)
def test_when_a_part_is_looked_at(verdict: Verdict, looked: Looked | None, gone: timedelta, due: bool) -> None:
    assert is_due(verdict, looked, NOW + gone) is due


@pytest.mark.parametrize("again", [True, False], ids=["new troubles", "one trouble"])
def test_a_part_that_comes_and_goes_is_looked_at_some_dozen_times_a_day(again: bool) -> None:
    """Its verdict is another one each minute, for a week; *again*: each time as a trouble of its own."""
    looked, taken = Looked(at=NOW, state=Condition.FAILED, looks=(NOW,)), [NOW]
    for minute in range(1, 7 * 24 * 60):
        now = NOW + timedelta(minutes=minute)
        state = Condition.FAILED if looked.state is Condition.SUSPECT else Condition.SUSPECT
        if is_due(replace(DOUBT, state=state, since=now if again else NOW), looked, now):
            taken.append(now)
            looked = Looked(at=now, state=state, looks=tuple(at for at in taken if now - at < proofs.DAY))
    assert taken[1] - NOW == SOON, "a verdict that has changed is looked at soon"
    days = [sum(NOW + timedelta(days=day) <= at < NOW + timedelta(days=day + 1) for at in taken) for day in range(7)]
    assert all(2 <= each <= 14 for each in days), days
    assert is_due(DOUBT, looked, taken[-1] + 2 * proofs.DAY)
