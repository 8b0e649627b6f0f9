"""A fleet of SNMP agents on loopback addresses: ``agents.c``, built when needed, with tables out of the lab."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import IPv4Address
from pathlib import Path

from benchmarks._missing import Missing
from healthd.lab import ber, examples
from healthd.lab.view import COUNTER64, GAUGE, INTEGER, OCTETS, OID, TICKS, View
from healthd.model.answer import Value
from healthd.model.credential import Credential, SnmpCommunity, SnmpUser
from healthd.model.device import Device
from healthd.model.secret import Secret

FIRST = int(IPv4Address("127.16.0.1"))
COMMUNITY, USER, AUTH, PRIV = "measured", "healthd", "authentication phrase", "privacy phrase"
CREDENTIALS: dict[str, Credential] = {
    "v2c": SnmpCommunity(community=Secret(COMMUNITY)),
    "v3": SnmpUser(user=USER, auth=Secret(AUTH), priv=Secret(PRIV)),
}
FIREWALL, SWITCH = "ldn-fw-01", "ldn-acc-01"
"""Devices of the lab: a firewall with nine ports, and a stack of three 48-port switches."""

PORTS, COLUMNS = 52, 19
Line = tuple[tuple[int, ...], bytes, float, int]


def device(number: int, version: str, port: int, name: str = "") -> Device:
    """Return the fleet's device *number* (from 0), spoken to in SNMP *version*."""
    address = str(IPv4Address(FIRST + number))
    return Device(name=name or f"d{number:05}", customer="bench", address=address, port=port, snmp=version)


def dies(device_: Device, percent: int) -> bool:
    """Say whether *device_* is among those that never answer."""
    return int(IPv4Address(device_.address)) % 100 < percent


@contextmanager
def agents(port: int, table: Sequence[Line], dead: int = 0) -> Iterator[None]:
    """Run the fleet on *port* of every loopback address; *dead* percent of the addresses keep silent."""
    folder = Path(tempfile.mkdtemp(prefix="healthd-bench-"))
    try:
        lines = ("\t".join((".".join(map(str, oid)), binding.hex(), f"{growth:.6f}", str(width))) for oid, binding, growth, width in table)
        (folder / "table").write_text("\n".join(lines) + "\n")
        command = [_built(folder), str(port), folder / "table", COMMUNITY, USER, AUTH, PRIV, str(dead)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
            if running.stdout is None or running.stdout.readline() != b"ready\n":
                raise Missing("the fleet of agents did not start; its message stands above")
            yield
            running.communicate()  # the end of its standard input ends it
    finally:
        shutil.rmtree(folder)


def _built(folder: Path) -> Path:
    if not shutil.which("gcc") or not Path("/usr/include/openssl/evp.h").exists():
        raise Missing("needs gcc and OpenSSL's headers: apt-get install gcc libc6-dev libssl-dev")
    program = folder / "agents"
    subprocess.run(["gcc", "-O2", "-o", program, Path(__file__).with_name("agents.c"), "-lcrypto"], check=True)
    return program


def lab_table(name: str) -> list[Line]:
    """Return all that the lab's device *name* says now; counters and clocks go on at the pace they have."""
    now = datetime.now(UTC).timestamp()
    network = examples.network(datetime.fromtimestamp(now, UTC))
    view = network.view(name)
    return [line for oid in view.oids if (line := _line(view, oid, now))]


def _line(view: View, oid: tuple[int, ...], now: float) -> Line | None:
    var, later = view.objects[oid], 60.0
    value, then = var.at(now), var.at(now + later)
    if value is None:
        return None
    coded = ber.value(var.tag, value)
    grows = isinstance(value, int) and isinstance(then, int) and then > value and var.tag not in (GAUGE, OCTETS)
    # An hour more must fit the same bytes, for the agent changes them in place.
    width = len(coded) - 2 if grows and len(ber.value(var.tag, value + 60 * (then - value))) == len(coded) else 0  # type: ignore[operator]
    return oid, ber.tlv(ber.SEQUENCE, ber.object_id(oid) + coded), (then - value) / later if width else 0.0, width  # type: ignore[operator]


IF_X = (
    "ifName", "ifInMulticastPkts", "ifInBroadcastPkts", "ifOutMulticastPkts", "ifOutBroadcastPkts", "ifHCInOctets", "ifHCInUcastPkts",
    "ifHCInMulticastPkts", "ifHCInBroadcastPkts", "ifHCOutOctets", "ifHCOutUcastPkts", "ifHCOutMulticastPkts", "ifHCOutBroadcastPkts",
    "ifLinkUpDownTrapEnable", "ifHighSpeed", "ifPromiscuousMode", "ifConnectorPresent", "ifAlias", "ifCounterDiscontinuityTime",
)  # fmt: skip
IF_X_ENTRY = "1.3.6.1.2.1.31.1.1.1"


def if_x_table() -> list[Line]:
    """Return IF-MIB::ifXTable whole for 52 ports, 988 values, and the system group's first three objects."""
    system: tuple[tuple[str, int, Value], ...] = (
        ("1.3.6.1.2.1.1.1.0", OCTETS, "Cisco IOS Software, Version 17.9.4"),
        ("1.3.6.1.2.1.1.2.0", OID, "1.3.6.1.4.1.9.1.2494"),
        ("1.3.6.1.2.1.1.3.0", TICKS, 123_456_789),
    )
    lines = [_constant(tuple(map(int, oid.split("."))), tag, value) for oid, tag, value in system]
    entry = tuple(map(int, IF_X_ENTRY.split(".")))
    for column, name in enumerate(IF_X, 1):
        lines += [_constant((*entry, column, port), *_cell(name, port)) for port in range(1, PORTS + 1)]
    return lines


def _constant(oid: tuple[int, ...], tag: int, value: Value) -> Line:
    return oid, ber.tlv(ber.SEQUENCE, ber.object_id(oid) + ber.value(tag, value)), 0.0, 0


def _cell(name: str, port: int) -> tuple[int, Value]:
    if name in ("ifName", "ifAlias"):
        return OCTETS, f"Gi1/0/{port}" if name == "ifName" else f"desk {port}"
    if name in ("ifLinkUpDownTrapEnable", "ifPromiscuousMode", "ifConnectorPresent"):
        return INTEGER, 1
    if name == "ifHighSpeed":
        return GAUGE, 1000
    if name == "ifCounterDiscontinuityTime":
        return TICKS, 0
    return (COUNTER64, 10**12 + port) if name.startswith("ifHC") else (0x41, 10**6 + port)
