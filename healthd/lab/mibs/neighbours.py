"""CISCO-CDP-MIB and LLDP-MIB (IEEE 802.1AB): who is at the other end of each cable."""

from collections.abc import Iterator

from healthd.lab.device import Model
from healthd.lab.mibs._table import ENTERPRISE, number, octets, row, scalars, text, ticks
from healthd.lab.mibs.system import hostname
from healthd.lab.network import Network
from healthd.lab.parts import Spec, mac
from healthd.lab.view import Oid, Var

CAPABLE = {"switch": (b"\x00\x00\x00\x29", b"\x28"), "router": (b"\x00\x00\x00\x01", b"\x08")}
"""Capabilities in CDP's four bytes and LLDP's bits (bridge, router)."""
LLDP = "1.0.8802.1.1.2.1"


def cdp_platform(spec: Spec) -> str:
    """Return the platform as CDP announces it: IOS puts ``cisco`` before the PID."""
    pid = spec.pid
    return f"cisco {pid}" if spec.platform in ("ios", "iosxe") else f"cisco {pid} Series" if spec.platform == "iosxr" else pid


def cdp_name(spec: Spec) -> str:
    """Return the name as CDP announces it: NX-OS adds its serial number."""
    return f"{spec.name}({spec.serial})" if spec.platform == "nxos" else hostname(spec)


def speaks(spec: Spec) -> bool:
    """Say whether the device has CDP and LLDP; an ASA has neither."""
    return spec.platform != "asa"


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield both caches, a row for each cable whose other end speaks; a row goes when the link goes."""
    spec = model.spec
    if not speaks(spec):
        return
    yield from scalars(f"{ENTERPRISE}23.1.3", {1: number(1), 2: number(60), 3: number(180), 4: text(cdp_name(spec))})
    yield from scalars(f"{LLDP}.3", {1: number(4), 2: text(mac(spec.name, "chassis")), 3: text(hostname(spec)), 4: text(spec.description)})
    for place, link in enumerate(spec.links, 1):
        port = spec.port(link.port)
        yield from row(f"{LLDP}.3.7.1", (port.index,), {2: number(5), 3: text(port.short), 4: text(port.name)})
        other = network.specs[link.device]
        if not speaks(other):
            continue
        gone = model.oper[port.name].when("down", "errdisabled")
        far = other.port(link.remote_port)
        kind = "router" if other.role in ("edge", "wan", "branch") else "switch"
        yield from row(f"{ENTERPRISE}23.1.2.1.1", (port.index, place), {
            3: number(1), 4: text(octets(other.address)), 5: text(other.description), 6: text(cdp_name(other)), 7: text(far.name), 8: text(cdp_platform(other)),
            9: text(CAPABLE[kind][0]), 10: text(""), 11: number(1), 12: number(3), 24: ticks(0),
        }, gone)  # fmt: skip
        yield from row(f"{LLDP}.4.1.1", (0, port.index, place), {
            4: number(4), 5: text(mac(other.name, "chassis")), 6: number(5), 7: text(far.short), 8: text(far.name), 9: text(hostname(other)), 10: text(other.description),
            11: text(CAPABLE[kind][1]), 12: text(CAPABLE[kind][1]),
        }, gone)  # fmt: skip
