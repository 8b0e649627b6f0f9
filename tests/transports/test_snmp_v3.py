"""SNMPv3 and v2c with Debian's snmpd, which is nobody's code here, and with the lab's agent: keys, users, clocks, replays."""

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from healthd.errors import ConfigError, NotUnderstood, Refused, TimedOut
from healthd.lab import examples
from healthd.lab.accounts import accounts
from healthd.lab.agent import Agent
from healthd.lab.faults import Fault
from healthd.model.credential import Credential, SnmpCommunity, SnmpUser
from healthd.model.device import Device
from healthd.model.request import Get, Walk
from healthd.model.secret import Secret
from healthd.transports import _session3
from healthd.transports.snmp import Settings, Snmp

SNMPD = shutil.which("snmpd", path="/usr/sbin:/usr/bin")
needs_snmpd = pytest.mark.skipif(SNMPD is None, reason="snmpd is not installed (apt-get install snmpd)")
QUICK = Settings(timeout=0.3, retries=1)
CLOCKS = Get(mib="SNMP-FRAMEWORK-MIB", objects=(("snmpEngineBoots", "1.3.6.1.6.3.10.2.1.2.0"), ("sysName", "1.3.6.1.2.1.1.5.0")))
TABLE = Walk(mib="SNMPv2-MIB", table="sysORTable", entry="1.3.6.1.2.1.1.9.1", columns=(("sysORID", 2), ("sysORDescr", 3)))

CONF = """
agentAddress udp:{address}
sysName the-agent
rocommunity right 127.0.0.1
rocommunity elsewhere 192.0.2.9
createUser good SHA-256 "auth-canary-1" AES "priv-canary-1"
createUser signs SHA-256 "auth-canary-1"
createUser old SHA "auth-canary-1" AES "priv-canary-1"
createUser long SHA-512 "auth-canary-1" AES "priv-canary-1"
rouser good priv
rouser signs auth
rouser old priv
rouser long priv
engineID theSameEngine
"""


def free(address: str) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((address, 0))
        port: int = sock.getsockname()[1]
        return port


class Snmpd:
    """An snmpd of our own on a loopback address; *reboot* starts it anew, as a device does."""

    def __init__(self, folder: Path, address: str = "127.0.0.1") -> None:
        self.folder, self.address, self.port = folder, address, free(address)
        (folder / "state").mkdir(parents=True)
        (folder / "snmpd.conf").write_text(CONF.format(address=f"{address}:{self.port}"))
        self.start()

    def start(self) -> None:
        env = {
            "PATH": os.environ["PATH"],
            "SNMP_PERSISTENT_DIR": str(self.folder / "state"),
            "SNMPCONFPATH": f"{self.folder}:{self.folder / 'state'}",
            "MIBS": "",
        }
        command = [str(SNMPD), "-f", "-Lf", str(self.folder / "log"), "-I", "-smux"]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = monotonic() + 10
        while "NET-SNMP version" not in self.log() and monotonic() < until:
            time.sleep(0.02)

    def log(self) -> str:
        return (self.folder / "log").read_text() if (self.folder / "log").exists() else ""

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        (self.folder / "log").unlink()

    def device(self, profile: str) -> Device:
        return Device(name="sw1", customer="a", address=self.address, port=self.port, snmp=profile)


@pytest.fixture(scope="module")
def snmpd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snmpd]:
    agent = Snmpd(tmp_path_factory.mktemp("snmpd") / "one")
    yield agent
    agent.stop()


def user(name: str = "good", **changed: str | None) -> SnmpUser:
    said = {"auth": "auth-canary-1", "priv": "priv-canary-1", "auth_protocol": "sha256", "priv_protocol": "aes128"} | changed
    secrets = {key: Secret(value) if value else None for key, value in said.items() if key in ("auth", "priv")}
    return SnmpUser(user=name, auth_protocol=str(said["auth_protocol"]), priv_protocol=str(said["priv_protocol"]), **secrets)


CREDENTIALS: dict[str, Credential] = {
    "v2c": SnmpCommunity(community=Secret("right")),
    "v2c-wrong": SnmpCommunity(community=Secret("wrong-canary")),
    "v2c-acl": SnmpCommunity(community=Secret("elsewhere")),
    "good": user(), "sha1": user("old", auth_protocol="sha1"), "sha512": user("long", auth_protocol="sha512"), "signs": user("signs", priv=None),
    "stranger": user("stranger"), "wrong-auth": user(auth="auth-canary-2"), "wrong-hash": user(auth_protocol="sha512"),
    "wrong-priv": user(priv="priv-canary-2"), "wrong-cipher": user(priv_protocol="aes256"),
    "no-priv-wanted": user(priv=None), "no-priv-allowed": user("signs"), "bare": user(auth=None, priv=None), "upside-down": user(auth=None),
}  # fmt: skip


@pytest.fixture
def wire() -> Iterator[Snmp]:
    snmp = Snmp(CREDENTIALS, QUICK)
    yield snmp
    snmp.close()


@needs_snmpd
@pytest.mark.parametrize("profile", ["v2c", "good", "sha1", "sha512", "signs"])
async def test_snmpd_is_polled_and_swept(snmpd: Snmpd, wire: Snmp, profile: str) -> None:
    one = snmpd.device(profile)
    found = await wire.ask(one, {CLOCKS, TABLE})
    assert found.row(CLOCKS)["sysName"] == b"the-agent"
    assert len(found.rows(TABLE)) > 5
    assert not found.errors
    assert await wire.sweep(one, ["1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.99.0"]) == (b"the-agent", None)
    assert await wire.heard(one)


REFUSALS = {
    "v2c-wrong": (TimedOut, "no SNMP answer in 2 tries of 0.3 s; check the path, the agent and its community"),
    "v2c-acl": (TimedOut, "no SNMP answer in 2 tries of 0.3 s; check the path, the agent and its community"),
    "stranger": (Refused, "user 'stranger': the agent does not know this user"),
    "wrong-auth": (Refused, "user 'good': wrong signature: the authentication password or protocol differs"),
    "wrong-hash": (Refused, "user 'good': wrong signature: the authentication password or protocol differs"),
    "wrong-priv": (TimedOut, "it is there, but does not answer this user: the privacy password or protocol may differ"),
    "wrong-cipher": (TimedOut, "it is there, but does not answer this user: the privacy password or protocol may differ"),
    "no-priv-wanted": (Refused, "user 'good': the agent denies access at this security level"),
    "no-priv-allowed": (Refused, "user 'signs': the agent does not allow this user this security level"),
    "bare": (Refused, "user 'good': the agent denies access at this security level"),
    "upside-down": (ConfigError, "profile 'upside-down': priv without auth"),
}


@needs_snmpd
@pytest.mark.parametrize("profile", REFUSALS)
async def test_each_way_of_being_refused_has_its_own_words_and_no_secret(snmpd: Snmpd, wire: Snmp, profile: str) -> None:
    kind, words = REFUSALS[profile]
    began = monotonic()
    with pytest.raises(kind) as caught:
        await wire.ask(snmpd.device(profile), {CLOCKS})
    assert words in str(caught.value)
    assert "canary" not in str(caught.value)
    assert monotonic() - began < 3


@needs_snmpd
async def test_two_devices_with_the_same_engine_are_both_polled(snmpd: Snmpd, wire: Snmp, tmp_path: Path) -> None:
    other = Snmpd(tmp_path / "two", "127.0.0.2")
    try:
        for _ in range(3):
            for agent in (snmpd, other):
                assert (await wire.ask(agent.device("good"), {CLOCKS})).row(CLOCKS)["sysName"] == b"the-agent"
    finally:
        other.stop()


@needs_snmpd
@pytest.mark.parametrize("retries", [0, 1])
async def test_a_reboot_costs_one_setting_of_the_clock(wire: Snmp, tmp_path: Path, retries: int) -> None:
    agent = Snmpd(tmp_path / "boots")
    wire.settings = replace(QUICK, retries=retries)
    try:
        before = await wire.sweep(agent.device("good"), ["1.3.6.1.6.3.10.2.1.2.0"])
        agent.stop()
        agent.start()
        after = await wire.sweep(agent.device("good"), ["1.3.6.1.6.3.10.2.1.2.0"])
    finally:
        agent.stop()
    assert int(after[0] or 0) == int(before[0] or 0) + 1


class Lab:
    """The lab's agent, whose answers a test may change on their way."""

    def __init__(self, port: int) -> None:
        self.now, self.port, self.said = time.time(), port, list[bytes]()
        self.network = examples.network(datetime.now(UTC), only=["ldn-acc-02", "ldn-core-01"])
        self.name = "ldn-acc-02"
        self.change: Callable[[bytes], list[bytes]] = lambda answer: [answer]

    def device(self, profile: str = "lab") -> Device:
        return Device(name="ldn-acc-02", customer="ACME", address="127.0.0.1", port=self.port, snmp=profile)


@asynccontextmanager
async def lab() -> AsyncIterator[tuple[Lab, Snmp]]:
    its, theirs = Lab(free("127.0.0.1")), accounts("ACME")

    class Changed(Agent):
        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            if not its.network.answers(its.name, its.now):
                return
            answer = Agent(its.name, its.network, theirs, lambda: its.now).answer(data, its.now)
            if answer is None:
                return
            its.said.append(answer)
            for each in its.change(answer):
                self.transport.sendto(each, addr)  # type: ignore[union-attr]

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: Changed(its.name, its.network, theirs, lambda: its.now), local_addr=("127.0.0.1", its.port)
    )
    right = SnmpUser(user=theirs.user, auth=theirs.auth, priv=theirs.priv)
    wrong = {"wrong-priv": replace(right, priv=Secret("priv-canary-9")), "wrong-auth": replace(right, auth=Secret("auth-canary-9"))}
    wire = Snmp({"lab": right, **wrong, "stranger": replace(right, user="stranger")}, QUICK)
    try:
        yield its, wire
    finally:
        wire.close()
        transport.close()
        await asyncio.sleep(0)


NAME = ["1.3.6.1.2.1.1.5.0"]


async def test_a_device_gone_silent_is_not_blamed_on_the_password() -> None:
    async with lab() as (its, wire):
        assert await wire.sweep(its.device(), NAME) == (b"ldn-acc-02.acme.example",)
        its.network.inject(Fault(device="ldn-acc-02", kind="unreachable", start=its.now))
        for _ in range(2):
            with pytest.raises(TimedOut, match="check the path and the agent") as caught:
                await wire.sweep(its.device(), NAME)
            assert "password" not in str(caught.value)
        its.network.clear("ldn-acc-02", now=datetime.fromtimestamp(its.now + 1, UTC))
        its.now += 2
        assert await wire.sweep(its.device(), NAME) == (b"ldn-acc-02.acme.example",)


async def test_a_device_that_falls_silent_after_discovery_is_not_blamed_on_the_password() -> None:
    async with lab() as (its, wire):
        its.change = lambda answer: [answer] if len(its.said) <= 1 else []
        its.network.answers = lambda name, now: len(its.said) < 1  # type: ignore[method-assign]
        with pytest.raises(TimedOut, match="check the path and the agent"):
            await wire.sweep(its.device(), NAME)


async def test_a_wrong_privacy_password_is_named_as_what_it_may_be() -> None:
    async with lab() as (its, wire):
        with pytest.raises((TimedOut, Refused), match="privacy password or protocol"):
            await wire.sweep(its.device("wrong-priv"), NAME)


@pytest.mark.parametrize(("profile", "words"), [("wrong-auth", "wrong signature"), ("stranger", "does not know this user")])
async def test_a_report_without_the_users_name_is_understood(profile: str, words: str) -> None:
    async with lab() as (its, wire):
        with pytest.raises(Refused, match=words):
            await wire.sweep(its.device(profile), NAME)


async def test_an_answer_replayed_is_not_taken_for_a_new_one() -> None:
    async with lab() as (its, wire):
        await wire.sweep(its.device(), NAME)
        old = its.said[-1]
        its.change = lambda _: [old]
        with pytest.raises(TimedOut):
            await wire.sweep(its.device(), NAME)


@pytest.mark.parametrize("place", ["signature", "value"])
async def test_an_answer_changed_on_its_way_is_not_believed(place: str) -> None:
    async with lab() as (its, wire):
        await wire.sweep(its.device(), NAME)
        at = 100 if place == "signature" else -1

        def changed(answer: bytes) -> list[bytes]:
            body = bytearray(answer)
            body[at] ^= 1
            return [bytes(body)]

        its.change = changed
        with pytest.raises(NotUnderstood, match="not signed by this agent"):
            await wire.sweep(its.device(), NAME)


async def test_an_unsigned_answer_behind_a_signed_one_is_not_believed() -> None:
    """A true but old answer first, then a forged one without signature and encryption, with the right numbers."""
    from healthd.lab import ber, pdu, usm

    async with lab() as (its, wire):
        await wire.sweep(its.device(), NAME)
        old = its.said[-1]

        def forged(answer: bytes) -> list[bytes]:
            outer = ber.Reader(answer).into()
            outer.integer()
            number = outer.into().integer()
            bindings = pdu.binding(tuple(map(int, NAME[0].split("."))), ber.tlv(4, b"forged"))
            engine = usm.Engine(name=its.name, accounts=accounts("ACME"), boots=1, time=1)
            header = usm.Header(number=number, flags=0, engine=engine.id, boots=1, time=1, user=b"healthd", digest=b"", salt=b"")
            plain = [usm._message(header, engine, b"", pdu.response(n, bindings), 0) for n in (number, number - 1, number + 1)]
            return [old, *plain]

        its.change = forged
        with pytest.raises(NotUnderstood, match="not signed by this agent"):
            await wire.sweep(its.device(), NAME)


async def test_a_device_replaced_by_another_engine_is_met_anew() -> None:
    async with lab() as (its, wire):
        await wire.sweep(its.device(), NAME)
        its.name = "ldn-core-01"
        assert await wire.sweep(its.device(), NAME) == (b"ldn-core-01.acme.example",)
        its.name = "ldn-acc-02"
        assert (await wire.ask(its.device(), {CLOCKS})).row(CLOCKS)["sysName"] == b"ldn-acc-02.acme.example"


@pytest.mark.parametrize("off", [-151, 151, 400, -100_000])
async def test_a_clock_that_jumps_is_learned_anew(off: int) -> None:
    async with lab() as (its, wire):
        await wire.sweep(its.device(), NAME)
        its.now += off
        assert await wire.sweep(its.device(), NAME) == (b"ldn-acc-02.acme.example",)


def open_now() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_a_kept_session_whose_clock_cannot_be_learned_anew_leaves_no_descriptor_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_session3, "STALE", -1.0)
    async with lab() as (its, wire):
        counts = []
        for _ in range(4):
            its.change = lambda answer: [answer]
            await wire.sweep(its.device(), NAME)
            its.change = lambda _: []
            with pytest.raises(TimedOut):
                await wire.sweep(its.device(), NAME)
            counts.append(open_now())
        assert len(set(counts)) == 1
