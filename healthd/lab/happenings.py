"""What happens at a device, in order: every change of state, with when and to what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from healthd.lab.device import Model, heating
from healthd.lab.network import Network
from healthd.lab.parts import seed
from healthd.lab.signals import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One change: *kind* is what changed (psu, fan, link …), *after* the new state; *words* fill the message's template."""

    at: float
    kind: str
    after: str
    item: str
    index: int = 0
    words: Mapping[str, object]


def between(network: Network, device: str, start: float, end: float) -> list[Happening]:
    """Return what happened at *device* from *start* to before *end*, oldest first.

    What happens while the device is without power is not told: nobody is there to tell it.
    """
    model = network.model(device)
    dead = model.powerless
    found = [h for h in _all(model) if start <= h.at < end and not any(b < h.at < e for b, e in dead)]
    return sorted(found, key=lambda h: (h.at, h.kind, h.item))


def _all(model: Model) -> Iterator[Happening]:
    spec = model.spec
    for supply in spec.supplies:
        facts = {"key": supply.key, "pid": supply.pid, "serial": supply.serial, "member": supply.member, "slot": supply.key[-1]}
        yield from _changes("psu", model.supply[supply.key], supply.name, supply.index, facts)
    for fan in spec.fans:
        yield from _changes(
            "fan", model.fan[fan.key], fan.name, fan.index, {"key": fan.key, "member": fan.member, "slot": fan.key.split("/")[-1]}
        )
    for module in spec.modules:
        yield from _changes(
            "module", model.module[module.key], module.name, module.index, {"key": module.key, "serial": module.serial, "pid": module.pid}
        )
    for number, states in model.member.items():
        yield from _changes("member", states, str(number), number, {"member": number})
    for port in spec.ports:
        yield from _changes("link", model.oper[port.name], port.name, port.index, {"short": port.short, "vlan": port.vlan})
    for peer in spec.peers:
        yield from _changes(
            peer.protocol, model.peer[peer.address], peer.address, 0, {"asn": peer.asn, "router": peer.router_id, "port": peer.port}
        )
    yield from _changes("ntp", model.ntp, "10.255.0.10", 0, {})
    yield from _single(model)


def _single(model: Model) -> Iterator[Happening]:
    spec = model.spec
    for fault in model.faults:
        if fault.kind == "temperature":
            sensors = [s for s in spec.sensors if s.kind == "celsius" and s.warn]
            hot = next((s for s in sensors if s.key.lower() == fault.item.lower()), sensors[0])
            value = int(hot.usual + heating(hot, fault))
            facts = {"value": value, "warn": int(hot.warn), "crit": int(hot.crit), "member": hot.member}
            for at, after in ((fault.start, "high"), (fault.end, "ok")):
                yield Happening(at=at, kind="temperature", after=after, item=hot.name, index=hot.index, words=facts)
        if fault.kind == "reload":
            yield Happening(at=fault.start, kind="reload", after="requested", item="", words={"reason": fault.reason or "Reload Command"})
    for boot, reason in zip(model.boots, model.reasons, strict=True):
        # The first lines go out when the ports are up and somebody can hear them.
        done = next((e for b, e in model.powerless if b <= boot < e), boot)
        yield Happening(at=done + 5, kind="boot", after="started", item="", words={"reason": reason, "version": spec.version})
    for at in model.edited:
        yield Happening(at=at, kind="config", after="changed", item="", words={"user": ("noc", "admin", "emma")[seed(spec.name, at) % 3]})


def _changes(kind: str, states: Words, item: str, index: int, facts: Mapping[str, object]) -> Iterator[Happening]:
    for at, before, after in states.changes():
        yield Happening(at=at, kind=kind, after=after, item=item, index=index, words={**facts, "before": before})
