"""The lab's network: devices, the cables between them, and what is wrong at which time.

``Network`` is the one thing that changes in the lab: ``inject`` and ``clear``
replace the faults, and every model is made anew from them. What one device's
fault does to its neighbours (a port without a partner, a session lost, a site
behind a dead router) is worked out here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from math import inf

from healthd.errors import ConfigError, UnknownName
from healthd.lab.device import Model, port_of, powerless
from healthd.lab.faults import Fault
from healthd.lab.parts import Spec, first
from healthd.lab.signals import Span, inside, merged
from healthd.lab.view import View


class Network:
    """Devices by name, with their faults. *anchor* is the time from which ages count."""

    def __init__(self, specs: Sequence[Spec], anchor: datetime, faults: Iterable[Fault] = ()) -> None:
        """Take the devices as cabled; the links must agree on both ends."""
        self.specs: Mapping[str, Spec] = {spec.name: spec for spec in specs}
        self.anchor = anchor.timestamp()
        self.faults: tuple[Fault, ...] = ()
        self.version = 0
        self._made: dict[str, tuple[Model, View]] = {}
        self._silent: dict[str, tuple[Span, ...]] = {}
        for spec in specs:
            for link in spec.links:
                back = next((other for other in self.specs[link.device].links if other.port == link.remote_port), None)
                if back is None or (back.device, back.remote_port) != (spec.name, link.port):
                    raise ConfigError(f"the lab's cable {spec.name} {link.port} – {link.device} {link.remote_port} has one end only")
        self.inject(*faults)

    def inject(self, *faults: Fault) -> None:
        """Add *faults*; UnknownName when there is no such device or item, ConfigError when a fault cannot happen to the device."""
        for fault in faults:
            if fault.device not in self.specs:
                raise UnknownName("device of the lab", fault.device, tuple(sorted(self.specs)))
            _check(self.specs[fault.device], fault)
        self._set((*self.faults, *faults))

    def clear(self, device: str, kind: str = "", *, now: datetime) -> int:
        """End the faults of *device* (of *kind* only, when given) that last at *now*; return how many they were; UnknownName when there is no such device."""
        if device not in self.specs:
            raise UnknownName("device of the lab", device, tuple(sorted(self.specs)))
        moment = now.timestamp()
        hit = [f for f in self.faults if f.device == device and kind in ("", f.kind) and f.start < moment < f.end]
        self._set(replace(f, end=moment) if f in hit else f for f in self.faults)
        return len(hit)

    def _set(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.start, f.device, f.kind, f.item)))
        self.version += 1
        self._made, self._silent = {}, {}

    def model(self, name: str) -> Model:
        """Return the device's model under the present faults."""
        return self._both(name)[0]

    def view(self, name: str) -> View:
        """Return the device's MIB under the present faults."""
        return self._both(name)[1]

    def _both(self, name: str) -> tuple[Model, View]:
        if name not in self._made:
            if name not in self.specs:
                raise UnknownName("device of the lab", name, tuple(sorted(self.specs)))
            spec = self.specs[name]
            forced = self._forced(spec)
            model = Model(spec, self.of(name), self.anchor, forced, self._lost(spec, forced))
            self._made[name] = (model, View.of(model, self))
        return self._made[name]

    def of(self, name: str) -> tuple[Fault, ...]:
        """Return the faults of one device."""
        return tuple(f for f in self.faults if f.device == name)

    def silent(self, name: str) -> tuple[Span, ...]:
        """Return when nobody reaches the device: its own silence, and that of all its parents together."""
        if name not in self._silent:
            self._silent[name] = self._silence(name)
        return self._silent[name]

    def _silence(self, name: str) -> tuple[Span, ...]:
        own = self.model(name).silent
        behind: tuple[Span, ...] | None = None
        for parent in self.specs[name].parents:
            theirs = self.silent(parent)
            behind = theirs if behind is None else _both(behind, theirs)
        return merged([*own, *(behind or ())])

    def answers(self, name: str, now: float) -> bool:
        """Say whether the device can be reached at *now* (epoch seconds)."""
        return not inside(self.silent(name), now)

    def _forced(self, spec: Spec) -> dict[str, list[tuple[float, float, str]]]:
        forced: dict[str, list[tuple[float, float, str]]] = {}
        for fault in self.of(spec.name):
            if fault.kind in ("link-down", "link-flap", "err-disable"):
                forced.setdefault(port_of(spec, fault), []).extend(_cut(fault))
            if fault.kind == "stack-member-gone":
                # Its own ports go with the switch, and the ring is open at both ends.
                away = fault.item or str(spec.members[-1].number)
                for port in (p for p in spec.ports if p.name.startswith("StackSub") or (spec.members and f"member:{away}" in p.follows)):
                    forced.setdefault(port.name, []).append((fault.start, fault.end, "down"))
        for link in spec.links:
            ours = forced.setdefault(link.port, [])
            ours += [(b, e, "down") for b, e in powerless(self.of(link.device))]
            there = self.specs[link.device]
            for fault in self.of(link.device):
                if fault.kind in ("link-down", "link-flap", "err-disable") and port_of(there, fault) == link.remote_port:
                    ours += [(b, e, "down") for b, e, _ in _cut(fault)]
                if fault.kind == "stack-member-gone" and str(there.port(link.remote_port).member) == (
                    fault.item or str(there.members[-1].number)
                ):
                    ours.append((fault.start, fault.end, "down"))
        return forced

    def _lost(self, spec: Spec, forced: Mapping[str, list[tuple[float, float, str]]]) -> dict[str, list[Span]]:
        lost: dict[str, list[Span]] = {}
        for peer in spec.peers:
            spans = [(b, e) for b, e, _ in forced.get(peer.port, ())]
            if peer.device in self.specs:
                theirs = self.of(peer.device)
                spans += powerless(theirs)
                # Their session with us is the one toward the address of our port.
                named = [p.address for p in self.specs[peer.device].peers if p.protocol == peer.protocol]
                ours = spec.port(peer.port).address
                spans += [(f.start, f.end) for f in theirs if f.kind == f"{peer.protocol}-lost" and first(named, f.item) == ours]
            lost.setdefault(peer.address, []).extend(spans)
        return lost

    @cached_property
    def customers(self) -> tuple[str, ...]:
        """The codes of the customers whose devices these are."""
        return tuple(sorted({spec.customer for spec in self.specs.values()}))


def _cut(fault: Fault) -> list[tuple[float, float, str]]:
    if fault.kind != "link-flap":
        return [(fault.start, fault.end, "errdisabled" if fault.kind == "err-disable" else "down")]
    every = fault.amount or 40.0
    last = fault.end if fault.end != inf else fault.start + 500 * every
    count = min(int((last - fault.start) / every) + 1, 500)
    return [
        (fault.start + n * every, min(fault.start + n * every + every / 2, last), "down")
        for n in range(count)
        if fault.start + n * every < last
    ]


def _both(a: Sequence[Span], b: Sequence[Span]) -> tuple[Span, ...]:
    return merged([(max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b if max(x[0], y[0]) < min(x[1], y[1])])


def _check(spec: Spec, fault: Fault) -> None:
    """Raise UnknownName when the device has no such item, ConfigError when it has nothing that *fault* could happen to."""
    there: dict[str, list[str]] = {
        "psu": [s.key for s in spec.supplies], "fan": [f.key for f in spec.fans], "module": [m.key for m in spec.modules],
        "temperature": [s.key for s in spec.sensors if s.kind == "celsius" and s.warn], "bgp": [p.address for p in spec.peers if p.protocol == "bgp"],
        "ospf": [p.address for p in spec.peers if p.protocol == "ospf"], "stack": [str(m.number) for m in spec.members if m.number > 1],
    }  # fmt: skip
    ports = [p.short for p in spec.ports if p.kind == 6]
    family = fault.kind.split("-")[0]
    if family in ("link", "err", "crc"):
        if not port_of(spec, fault):
            raise UnknownName(f"port of {spec.name}", fault.item, tuple(ports))
    elif family in there and not there[family]:
        raise ConfigError(f"{spec.name} has nothing that {fault.kind} could happen to")
    elif family in there and fault.item and fault.item not in there[family]:
        raise UnknownName(f"item of {spec.name} for {fault.kind}", fault.item, tuple(there[family]))
