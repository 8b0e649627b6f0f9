"""The lab behaves as a network: over SNMP, over SSH, and when something goes wrong."""

import asyncio
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import asyncssh
import pytest

from healthd import cycle, modules, platforms
from healthd.errors import ConfigError, TimedOut
from healthd.lab import examples, shell, sockets
from healthd.lab.accounts import accounts
from healthd.lab.faults import Fault
from healthd.lab.network import Network
from healthd.lab.running import SNMP, SSH, running
from healthd.lab.shell import LOOK
from healthd.lab.wire import LabWire
from healthd.model.credential import SnmpCommunity, SnmpUser, SshLogin
from healthd.model.device import Device
from healthd.model.request import Show
from healthd.transports import known_hosts, snmp, ssh
from healthd.transports.wires import Wires

NOW = datetime.now(UTC)
ONE_EACH = {"asa": "ldn-fw-01", "iosxe": "ldn-edge-01", "nxos": "ldn-dc-01", "iosxr": "hz-pe-01", "ios": "sz-acc-01"}


def wires(tmp_path: Path) -> Wires:
    found: dict[str, SnmpUser | SnmpCommunity | SshLogin] = {}
    for customer in ("ACME", "HDZZ"):
        theirs = accounts(customer)
        found[f"{customer}/v3"] = SnmpUser(user=theirs.user, auth=theirs.auth, priv=theirs.priv)
        found[f"{customer}/v2c"] = SnmpCommunity(community=theirs.community)
        found[f"{customer}/ssh"] = SshLogin(username=theirs.login, password=theirs.password, enable=theirs.enable)
    kinds = {p.PLATFORM.name: p.PLATFORM.netmiko for p in modules.every(platforms)}
    return Wires(
        snmp.Snmp(found, snmp.Settings(timeout=1.0, retries=1)), ssh.Ssh(found, ssh.Settings(connect=5), tmp_path / "known_hosts", kinds)
    )


def device(network: Network, name: str, version: str = "v3") -> Device:
    spec = network.specs[name]
    version = "v2c" if spec.community_only else version
    return Device(
        name=name,
        customer=spec.customer,
        address=spec.address,
        port=SNMP,
        ssh_port=SSH,
        platform=spec.platform,
        snmp=f"{spec.customer}/{version}",
    )


@pytest.mark.parametrize("version", ["v2c", "v3"])
async def test_a_poll_over_sockets_says_what_the_model_says(tmp_path: Path, version: str) -> None:
    network = examples.network(NOW, only=["ldn-edge-01"])
    wire, one = wires(tmp_path), device(network, "ldn-edge-01", version)
    async with running(network, clock=NOW.timestamp, ssh=False):
        over_sockets = await cycle.poll(one, wire, NOW)
    wire.close()
    modelled = await cycle.poll(one, LabWire(network, NOW), NOW)
    assert over_sockets.up
    assert (over_sockets.parts, over_sockets.interfaces, over_sockets.neighbours) == (
        modelled.parts,
        modelled.interfaces,
        modelled.neighbours,
    )
    assert {(r.metric, r.item, r.value) for r in over_sockets.readings} == {(r.metric, r.item, r.value) for r in modelled.readings}


@pytest.mark.parametrize("platform", ONE_EACH)
async def test_netmiko_gets_along_with_every_systems_command_line(tmp_path: Path, platform: str) -> None:
    network = examples.network(NOW, only=[ONE_EACH[platform]])
    wire = wires(tmp_path)
    one = replace(device(network, ONE_EACH[platform]), ssh=f"{device(network, ONE_EACH[platform]).customer}/ssh")
    asked = {Show("show version"), Show("show inventory"), Show("show nonsense")}
    async with running(network, clock=NOW.timestamp):
        key = await asyncio.to_thread(known_hosts.offered, one.address, one.ssh_port)
        known_hosts.accept(tmp_path / "known_hosts", one.address, one.ssh_port, key)
        found = await wire.ssh.ask(one, asked)
    wire.close()
    assert set(found.shows) == {Show("show version"), Show("show inventory")}
    assert found.unsupported == {Show("show nonsense")}
    assert network.specs[one.name].serial in (found.text(Show("show inventory")) or "")
    assert not found.errors


async def test_a_failed_supply_shows_everywhere_and_is_told(tmp_path: Path) -> None:
    network = examples.network(NOW, only=["ldn-acc-02"])
    loop, wire, one = asyncio.get_running_loop(), wires(tmp_path), device(network, "ldn-acc-02")
    received: list[bytes] = []
    clock = {"now": NOW.timestamp()}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.setblocking(False)
        async with running(network, clock=lambda: clock["now"], ssh=False, syslog=listener.getsockname()):
            before = await cycle.poll(one, wire, NOW)
            network.inject(Fault(device="ldn-acc-02", kind="psu-failed", start=clock["now"] + 1, item="1A"))
            clock["now"] += 5
            after = await cycle.poll(one, wire, NOW)
            received.append(await asyncio.wait_for(loop.sock_recv(listener, 2048), 5))
    wire.close()
    assert "failed" not in {r.value for r in before.readings if r.metric == "psu.state"}
    assert "failed" in {r.value for r in after.readings if r.metric == "psu.state"}
    assert b"%" in received[0]


async def test_an_unreachable_device_is_silent_over_both_wires(tmp_path: Path) -> None:
    network = examples.network(NOW, [Fault(device="ldn-acc-02", kind="unreachable", start=NOW.timestamp() - 10)], only=["ldn-acc-02"])
    wire, one = wires(tmp_path), device(network, "ldn-acc-02")
    async with running(network, clock=NOW.timestamp):
        poll = await cycle.poll(one, wire, NOW)
        with pytest.raises(TimedOut):
            await asyncio.to_thread(known_hosts.offered, one.address, one.ssh_port, 1.0)
        network.clear("ldn-acc-02", now=NOW)
        await asyncio.sleep(2 * LOOK)
        assert (await cycle.poll(one, wire, NOW)).up
        assert await asyncio.to_thread(known_hosts.offered, one.address, one.ssh_port, 1.0)
    wire.close()
    assert not poll.up
    assert "no SNMP answer" in poll.reason


async def test_a_device_that_was_heard_before_and_is_silent_now_is_not_suspected_of_a_wrong_password(tmp_path: Path) -> None:
    network = examples.network(NOW, only=["ldn-acc-02"])
    wire, one = wires(tmp_path), device(network, "ldn-acc-02")
    async with running(network, clock=NOW.timestamp, ssh=False):
        assert (await cycle.poll(one, wire, NOW)).up
        network.inject(Fault(device="ldn-acc-02", kind="outage", start=NOW.timestamp() - 1))
        poll = await cycle.poll(one, wire, NOW)
    wire.close()
    assert not poll.up
    assert "privacy" not in poll.reason


async def test_a_session_under_way_falls_silent_with_its_device(tmp_path: Path) -> None:
    network, mine = examples.network(NOW, only=["ldn-acc-02"]), accounts("ACME")
    async with running(network, clock=NOW.timestamp):
        spec = network.specs["ldn-acc-02"]
        async with asyncssh.connect(spec.address, SSH, known_hosts=None, username=mine.login, password=mine.password.reveal()) as session:
            terminal = await session.create_process(term_type="vt100")
            await asyncio.wait_for(terminal.stdout.readuntil("ldn-acc-02>"), 5)
            network.inject(Fault(device="ldn-acc-02", kind="outage", start=NOW.timestamp() - 1))
            terminal.stdin.write("show clock\n")
            await asyncio.wait_for(terminal.stdout.readuntil("show clock\r\n"), 5)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(terminal.stdout.read(1), 0.5)


async def test_a_port_in_use_is_told_with_what_to_do() -> None:
    async with running(examples.network(NOW, only=["ldn-acc-02"])):
        with pytest.raises(ConfigError, match=r"port 16161 of 127\.10\.1\.32 is in use; most likely another lab or demo runs"):
            async with running(examples.network(NOW, only=["ldn-acc-02"])):
                pass
        with pytest.raises(ConfigError, match="port 16022"):
            sockets.listening("127.10.1.32", SSH)


def test_a_host_key_stays_the_same_and_is_each_devices_own() -> None:
    keys = [shell.host_key(name).get_fingerprint() for name in ("ldn-acc-01", "ldn-acc-01", "ldn-acc-02")]
    assert keys[0] == keys[1] != keys[2]


async def test_it_stops_cleanly_and_starts_again() -> None:
    for _ in range(2):
        async with running(examples.network(NOW, only=["ldn-acc-02", "ldn-core-01"]), clock=NOW.timestamp):
            pass
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "lab sender"]
