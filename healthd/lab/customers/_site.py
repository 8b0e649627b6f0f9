"""Putting a customer's devices together: orders become devices, cables join their ports, protocols run over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from healthd import modules
from healthd.lab import hardware
from healthd.lab.hardware._build import Order
from healthd.lab.parts import Link, Peer, Port, Spec

Cable = tuple[str, str, str, str, float]
"""Device, port, device, port, and the share of the slower port's speed at the busiest hour."""


def built(orders: Iterable[Order]) -> dict[str, Spec]:
    """Return the devices by name, as they leave the box."""
    return {order.name: modules.load(hardware, order.family).build(order) for order in orders}


def cabled(specs: Mapping[str, Spec], cables: Sequence[Cable]) -> dict[str, Spec]:
    """Return *specs* with both ends of every cable plugged in and described."""
    done = dict(specs)
    for a, a_port, b, b_port, load in cables:
        speed = min(done[a].port(a_port).speed, done[b].port(b_port).speed)
        for here, port, there, far in ((a, a_port, b, b_port), (b, b_port, a, a_port)):
            mine, other = done[here].port(port), done[there].port(far)
            used = replace(mine, wired=True, admin=True, alias=f"to {there} {other.short}", load=load * speed / mine.speed)
            link = Link(port=mine.name, device=there, remote_port=other.name)
            done[here] = replace(done[here], ports=_with(done[here].ports, used), links=(*done[here].links, link))
    return done


def configured(spec: Spec, ports: Mapping[str, Mapping[str, object]], peers: Sequence[Peer] = (), **more: object) -> Spec:
    """Return *spec* with changes to its ports (by name, long or short), its neighbours, and anything else."""
    for name, changes in ports.items():
        spec = replace(spec, ports=_with(spec.ports, replace(spec.port(name), **changes)))  # type: ignore[arg-type]
    full = tuple(replace(peer, port=spec.port(peer.port).name) for peer in peers)
    return replace(spec, peers=full, **more)  # type: ignore[arg-type]


def ip(address: str, mask: str = "255.255.255.252", **more: object) -> dict[str, object]:
    """Return what an addressed port says; a port of its own takes a link to nowhere unless a cable is there."""
    return {"address": address, "mask": mask, "wired": True, "admin": True, **more}


def bgp(address: str, port: str, asn: int, prefixes: int, device: str = "") -> Peer:
    """Return a BGP neighbour."""
    return Peer(protocol="bgp", address=address, router_id=address, port=port, asn=asn, prefixes=prefixes, device=device)


def ospf(address: str, router_id: str, port: str, device: str = "") -> Peer:
    """Return an OSPF neighbour."""
    return Peer(protocol="ospf", address=address, router_id=router_id, port=port, device=device)


def _with(ports: Sequence[Port], changed: Port) -> tuple[Port, ...]:
    return tuple(changed if port.index == changed.index else port for port in ports)
