"""net-snmp, which knows nothing of us, gets along with the lab's agents: v2c, and v3 with SHA-256 and AES-128."""

import asyncio
import shutil
from datetime import UTC, datetime

import pytest

from healthd.lab import examples
from healthd.lab.accounts import accounts
from healthd.lab.faults import Fault
from healthd.lab.network import Network
from healthd.lab.running import SNMP, running

pytestmark = pytest.mark.skipif(not shutil.which("snmpget"), reason="net-snmp's tools are not installed")
NOW = datetime.now(UTC)
SYS_NAME, IF_NAME, SUPPLY = "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.31.1.1.1.1", "1.3.6.1.4.1.9.9.117.1.1.2.1.2"


def login(network: Network, name: str, version: str, **other: str) -> list[str]:
    spec = network.specs[name]
    who = accounts(spec.customer)
    if version == "v2c":
        return ["-v2c", "-c", other.get("community", who.community.reveal()), f"{spec.address}:{SNMP}"]
    keys = ["-a", "SHA-256", "-A", other.get("auth", who.auth.reveal()), "-x", "AES", "-X", other.get("priv", who.priv.reveal())]
    return ["-v3", "-l", "authPriv", "-u", who.user, *keys, f"{spec.address}:{SNMP}"]


async def says(tool: str, *words: str) -> tuple[int, list[str]]:
    run = await asyncio.create_subprocess_exec(
        tool, "-Oqn", "-t", "1", "-r", "1", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    out, _ = await run.communicate()
    return run.returncode or 0, out.decode().splitlines()


@pytest.mark.parametrize("version", ["v2c", "v3"])
async def test_every_device_answers_get(version: str) -> None:
    network = examples.network(NOW)
    async with running(network, ssh=False):
        found = await asyncio.gather(*(says("snmpget", *login(network, name, version), SYS_NAME) for name in network.specs))
    for name, (status, lines) in zip(network.specs, found, strict=True):
        assert status == 0, lines
        assert name in lines[0]


@pytest.mark.parametrize("tool", ["snmpwalk", "snmpbulkwalk"])
@pytest.mark.parametrize("version", ["v2c", "v3"])
async def test_a_walk_brings_every_interface_and_ends(tool: str, version: str) -> None:
    network = examples.network(NOW, only=["hz-pe-01"])
    async with running(network, ssh=False):
        status, lines = await says(tool, *login(network, "hz-pe-01", version), IF_NAME)
    spec = network.specs["hz-pe-01"]
    assert status == 0
    assert {int(line.split()[0].rpartition(".")[2]) for line in lines} == {p.index for p in spec.ports}
    assert any("TenGigE0/0/0/0" in line or "Te0/0/0/0" in line for line in lines)


async def test_a_whole_mib_is_walked_to_its_end_in_the_order_of_its_oids() -> None:
    network = examples.network(NOW, only=["sz-rtr-01"])
    async with running(network, ssh=False):
        status, lines = await says("snmpbulkwalk", *login(network, "sz-rtr-01", "v2c"), "1")
    # Its last answer repeats the end as often as objects were missing in it.
    told = [line for line in lines if line.startswith(".") and line[1:2].isdigit() and "past the end" not in line]
    oids = [tuple(map(int, line.split()[0].strip(".").split("."))) for line in told]
    assert status == 0
    assert len(oids) > 400
    assert oids == sorted(set(oids))
    assert "past the end" in lines[-1]


@pytest.mark.parametrize(
    ("version", "wrong"), [("v2c", {"community": "public"}), ("v3", {"auth": "not the phrase"}), ("v3", {"priv": "not the phrase"})]
)
async def test_who_has_not_the_secret_gets_nothing(version: str, wrong: dict[str, str]) -> None:
    network = examples.network(NOW, only=["ldn-acc-02"])
    async with running(network, ssh=False):
        status, lines = await says("snmpget", *login(network, "ldn-acc-02", version, **wrong), SYS_NAME)
    assert status != 0
    assert not any("ldn-acc-02" in line for line in lines if line.startswith(".1.3.6.1.2.1.1.5"))


async def test_a_set_changes_nothing() -> None:
    network = examples.network(NOW, only=["ldn-acc-02"])
    async with running(network, ssh=False):
        status, _ = await says("snmpset", *login(network, "ldn-acc-02", "v2c"), SYS_NAME, "s", "mine")
        _, lines = await says("snmpget", *login(network, "ldn-acc-02", "v2c"), SYS_NAME)
    assert status != 0
    assert "ldn-acc-02" in lines[0]


async def test_a_fault_and_an_outage_show_at_once() -> None:
    network = examples.network(NOW, only=["ldn-acc-02"])
    supply = next(s for s in network.specs["ldn-acc-02"].supplies if s.key == "1A")
    async with running(network, clock=NOW.timestamp, ssh=False):
        asked = (*login(network, "ldn-acc-02", "v3"), f"{SUPPLY}.{supply.index}")
        assert (await says("snmpget", *asked))[1][0].split()[-1] == "2"
        network.inject(Fault(device="ldn-acc-02", kind="psu-failed", item="1A", start=NOW.timestamp() - 1))
        assert (await says("snmpget", *asked))[1][0].split()[-1] == "8"
        network.inject(Fault(device="ldn-acc-02", kind="outage", start=NOW.timestamp() - 1))
        status, lines = await says("snmpget", *asked)
    assert status != 0
    assert "Timeout" in lines[-1] or "No Response" in lines[-1]
