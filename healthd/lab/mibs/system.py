"""SNMPv2-MIB (RFC 3418), SNMP-FRAMEWORK-MIB (RFC 3411) and the reload reason of OLD-CISCO-SYSTEM-MIB."""

from collections.abc import Iterator

from healthd.lab.device import Model
from healthd.lab.mibs._table import number, pointer, row, scalars, text, ticks
from healthd.lab.network import Network
from healthd.lab.parts import Spec, seed
from healthd.lab.signals import Since, Words
from healthd.lab.view import Oid, Var

DOMAIN = {"ACME": "acme.example", "HDZZ": "hdzz.example"}


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield the system's objects."""
    del network
    spec = model.spec
    name = hostname(spec)
    yield from scalars("1.3.6.1.2.1.1", {
        1: text(spec.description), 2: pointer(spec.object_id), 3: ticks(model.uptime()), 4: text(f"noc@{DOMAIN.get(spec.customer, 'lab.example')}"),
        5: text(name), 6: text(spec.location), 7: number(78 if spec.platform != "ios" else 6),
    })  # fmt: skip
    yield from scalars("1.3.6.1.6.3.10.2.1", {
        1: text(engine_id(spec.name)), 2: number(model.engine_boots()), 3: number(Since(model.boots)), 4: number(1500),
    })  # fmt: skip
    if spec.platform in ("ios", "iosxe"):
        words = Words(model.reasons[0], tuple((b, float("inf"), r) for b, r in zip(model.boots, model.reasons, strict=True)))
        yield from row("1.3.6.1.4.1.9.2.1", (0,), {2: text(words), 3: text(spec.name)})


def hostname(spec: Spec) -> str:
    """Return sysName: IOS and NX-OS add the domain, IOS XR and ASA do not."""
    return f"{spec.name}.{DOMAIN.get(spec.customer, 'lab.example')}" if spec.platform in ("ios", "iosxe") else spec.name


def engine_id(name: str) -> bytes:
    """Return the device's snmpEngineID: Cisco's enterprise number and a MAC address (RFC 3411 §5)."""
    return b"\x80\x00\x00\x09\x03" + seed("engine", name).to_bytes(6)
