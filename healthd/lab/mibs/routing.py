"""BGP4-MIB (RFC 4273), CISCO-BGP4-MIB, OSPF-MIB (RFC 4750), CISCO-HSRP-MIB."""

from collections.abc import Iterator

from healthd.lab.device import Model, powerless
from healthd.lab.mibs._table import ENTERPRISE, address, counter, dotted, gauge, number, octets, row, scalars, text
from healthd.lab.network import Network
from healthd.lab.parts import Hsrp, Peer
from healthd.lab.signals import Choice, Count, Flow, Since, Steps, inside
from healthd.lab.view import Oid, Var

BGP = {"idle": 1, "established": 6}
OSPF = {"down": 1, "full": 8}
INITIAL, STANDBY, ACTIVE = 1, 5, 6


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield the neighbours of the routing protocols and the HSRP groups."""
    spec = model.spec
    bgp = [p for p in spec.peers if p.protocol == "bgp"]
    if bgp:
        yield from scalars("1.3.6.1.2.1.15", {1: text(b"\x10"), 2: number(spec.asn), 4: address(router_id(model))})
    for peer in bgp:
        yield from _bgp(model, peer)
    ospf = [p for p in spec.peers if p.protocol == "ospf"]
    if ospf:
        yield from scalars("1.3.6.1.2.1.14.1", {1: address(router_id(model)), 2: number(1), 3: number(2)})
    for peer in ospf:
        states = model.peer[peer.address]
        # A dead neighbour's row ages out within the dead interval (40 s), it does not stay as down(1).
        gone = tuple((b + 40, e) for b, e in states.when("down") if b + 40 < e)
        yield from row("1.3.6.1.2.1.14.10.1", (*dotted(peer.address), 0), {
            1: address(peer.address), 2: number(0), 3: address(peer.router_id), 4: number(2), 5: number(1), 6: number(states.codes(OSPF)), 7: counter(6),
            8: gauge(0), 9: number(1), 10: number(1), 11: number(2),
        }, gone)  # fmt: skip
    for group in spec.hsrp:
        yield from _hsrp(model, network, group)


def _bgp(model: Model, peer: Peer) -> Iterator[tuple[Oid, Var]]:
    states = model.peer[peer.address]
    code = states.codes(BGP)
    marks = sorted([b + 75 for b in model.boots] + [at for at, _, _ in states.changes()])
    since, flips = Since(tuple(marks)), Count(1, tuple(at for at, _, after in states.changes() if after == "established"))
    updates = Flow("flat", 3, model.spec.offset, 0.02, model.boots, states.when("idle"))
    local = model.spec.port(peer.port).address
    error = b"\x04\x00"  # hold timer expired
    cells = {
        1: address(peer.router_id), 2: number(code), 3: number(2), 4: number(4), 5: address(local), 6: number(179), 7: address(peer.address), 8: number(42_011),
        9: number(peer.asn), 10: counter(updates), 11: counter(updates), 12: counter(updates), 13: counter(updates), 14: text(error), 15: counter(flips),
        16: gauge(since), 17: number(120), 18: number(180), 19: number(60), 24: gauge(30),
    }  # fmt: skip
    yield from row("1.3.6.1.2.1.15.3.1", dotted(peer.address), cells)
    if model.spec.platform in ("iosxe", "ios", "iosxr", "nxos"):
        index = (1, 4, *dotted(peer.address))
        yield from row(f"{ENTERPRISE}187.1.2.5.1", index, {
            3: number(code), 4: number(2), 5: number(4), 6: text(octets(local)), 7: gauge(179), 8: gauge(model.spec.asn), 9: address(router_id(model)), 10: gauge(42_011),
            11: gauge(peer.asn), 12: address(peer.router_id), 13: counter(updates), 14: counter(updates), 17: text(error), 18: counter(flips), 19: gauge(since),
            28: text("hold time expired"), 29: number(6),
        })  # fmt: skip
        accepted = Choice(code, BGP["established"], Steps(peer.prefixes))
        yield from row(f"{ENTERPRISE}187.1.2.8.1", (*index, 1, 1), {1: gauge(accepted)})


def router_id(model: Model) -> str:
    """Return the address by which the routing protocols know the device: its loopback's, else the first it has."""
    ports = sorted((p for p in model.spec.ports if p.address), key=lambda p: p.kind != 24)
    return ports[0].address if ports else model.spec.address


def hsrp_state(network: Network, group: Hsrp, time: float) -> str:
    """Return the group's state word at *time*."""
    partner_dead = group.partner in network.specs and inside(_dead(network, group.partner), time)
    return "Active" if group.rank == 1 or partner_dead else "Standby"


def _dead(network: Network, name: str) -> tuple[tuple[float, float], ...]:
    return powerless(network.of(name))


def _hsrp(model: Model, network: Network, group: Hsrp) -> Iterator[tuple[Oid, Var]]:
    port = model.spec.port(group.port)
    dead = _dead(network, group.partner) if group.partner in network.specs else ()
    state = Steps(ACTIVE if group.rank == 1 else STANDBY, tuple((b, e, ACTIVE) for b, e in dead))
    ours, other = (port.address, group.other) if group.rank == 1 else (group.other, port.address)
    yield from row(f"{ENTERPRISE}106.1.2.1.1", (port.index, group.group), {
        2: text(""), 3: gauge(110 if group.rank == 1 else 100), 4: number(1), 5: gauge(0), 6: number(2), 7: gauge(3000), 8: gauge(10_000), 9: gauge(3000), 10: gauge(10_000),
        11: address(group.address), 12: number(1), 13: address(ours), 14: address(other), 15: number(state), 16: text(b"\x00\x00\x0c\x07\xac" + bytes([group.group % 256])), 17: number(1),
    })  # fmt: skip
