"""One lab device: its description and its faults, made into states and signals over all time.

Everything that SNMP, the CLI, syslog and traps say about the device is read
from here, so that they cannot disagree. A model never changes; another fault
makes another model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from healthd.lab.faults import Fault
from healthd.lab.parts import Cpu, Pool, Port, Sensor, Spec, Supply, first, seed
from healthd.lab.signals import Choice, Const, Count, Drip, Flow, Ramp, Signal, Since, Span, Steps, Sum, Wave, Words, inside, merged

DAY = 86_400.0
BOOTING = 240.0


@dataclass(frozen=True, slots=True)
class Counters:
    """The counters of one port: name to signal; octets, packets, errors."""

    octets: tuple[Signal, Signal]
    packets: tuple[Signal, Signal]
    crc: Signal
    errors: tuple[Signal, Signal]
    discards: tuple[Signal, Signal]


class Model:
    """A device over all time.

    *serials* are the serial numbers that may change, by the one at the beginning.
    *anchor* is the epoch second from which its age counts; *ports* are the
    states that neighbours and faults force upon ports, *silent* the spans in
    which nobody can reach it.
    """

    def __init__(
        self,
        spec: Spec,
        faults: Sequence[Fault],
        anchor: float,
        ports: Mapping[str, list[tuple[float, float, str]]],
        lost: Mapping[str, list[Span]],
    ) -> None:
        """Work out every state and signal."""
        self.spec, self.faults, self.anchor = spec, tuple(faults), anchor
        self.powerless = powerless(faults)
        self.boots, self.reasons = self._boots()
        self.silent = merged([*self.powerless, *((f.start, f.end) for f in faults if f.kind == "unreachable")])
        self.supply = {
            s.key: self._words(
                "ok", [s.key for s in spec.supplies], s.key, {"psu-failed": "failed", "psu-noinput": "noinput", "psu-absent": "absent"}
            )
            for s in spec.supplies
        }
        self.fan = {f.key: self._words("ok", [x.key for x in spec.fans], f.key, {"fan-failed": "failed"}) for f in spec.fans}
        self.module = {m.key: self._words("ok", self._cards(), m.key, {"module-failed": "failed"}) for m in spec.modules}
        self.member = {
            m.number: self._words("ready", [str(x.number) for x in reversed(spec.members)], str(m.number), {"stack-member-gone": "removed"})
            for m in spec.members
        }
        self.serial = Words(spec.serial, tuple((f.start, f.end, f.item or spec.serial[:7] + "ZQ9X") for f in self._of("serial-changed")))
        self.serials = {spec.serial: self.serial} | {s.serial: self._spare(s) for s in spec.supplies if s.serial}
        self.oper = {
            p.name: Words("up" if p.wired and p.admin else "down", tuple(ports.get(p.name, ())) if p.admin else ()) for p in spec.ports
        }
        self.counters = {p.name: self._counters(p) for p in spec.ports}
        self.busy = {c.index: self._busy(c) for c in spec.cpus}
        self.used = {(p.entity, p.index): self._used(p) for p in spec.pools}
        self.sensor = {s.key: self._sensor(s) for s in spec.sensors}
        self.peer = {p.address: self._peer(p.address, p.protocol, lost.get(p.address, [])) for p in spec.peers}
        self.ntp = Words("synchronised", tuple((f.start, f.end, "unsynchronised") for f in self._of("ntp-lost")))
        changed = [(f.start, f.end) for f in self._of("config-unsaved")]
        # Somebody changes and saves the configuration every few weeks; a fault is a change that waits to be saved.
        usual = anchor - (3 + seed(spec.name, "config") % 40) * DAY - 7 * 3600
        self.edited = tuple(sorted((usual, *(start for start, _ in changed))))
        self.saved = tuple(sorted((usual + 95, *(end for _, end in changed if end != inf))))

    def _of(self, *kinds: str) -> list[Fault]:
        return [f for f in self.faults if f.kind in kinds]

    def _boots(self) -> tuple[tuple[float, ...], tuple[str, ...]]:
        marks = [(self.anchor - self.spec.days_up * DAY, self.spec.reason)]
        for fault in self._of("reload", "outage"):
            end = fault.end if fault.kind == "outage" else fault.start + (fault.amount or BOOTING)
            # The system counts from when its kernel starts, some time before it answers.
            if end != inf:
                word = fault.reason or ("PowerOn" if fault.kind == "outage" else "Reload Command")
                marks.append((max(end - 60, fault.start + 1), word))
        marks.sort()
        return tuple(at for at, _ in marks), tuple(word for _, word in marks)

    def _spare(self, supply: Supply) -> Words:
        keys = [s.key for s in self.spec.supplies]
        swapped = [f for f in self._of("psu-replaced") if first(keys, f.item) == supply.key]
        return Words(supply.serial, tuple((f.start, f.end, supply.serial[:7] + "SP4R") for f in swapped))

    def _cards(self) -> list[str]:
        # The last module first: a lone supervisor that fails would be an outage.
        return [m.key for m in reversed(self.spec.modules)]

    def _words(self, base: str, keys: list[str], key: str, kinds: Mapping[str, str]) -> Words:
        found = [(f.start, f.end, kinds[f.kind]) for f in self._of(*kinds) if first(keys, f.item) == key]
        return Words(base, tuple(found))

    def _counters(self, port: Port) -> Counters:
        down, resets, me = self.oper[port.name].when("down", "errdisabled"), self.boots, self.spec
        number, offset = seed(me.name, port.name), me.offset
        if not (port.wired and port.admin):
            zero = Const(0)
            return Counters((zero, zero), (zero, zero), zero, (zero, zero), (zero, zero))
        speed = port.speed or 1_000_000_000
        rates = (port.load * speed / 8, port.load * speed / 8 * (0.35 + number % 100 / 90))
        bytes_each = (620 + number % 300, 500 + number % 350)
        flows = tuple(Flow(port.profile, (number + n) % 7, offset, min(rate, speed / 9), resets, down) for n, rate in enumerate(rates))
        packets = tuple(Flow(f.kind, f.seed, offset, f.peak / size, resets, down) for f, size in zip(flows, bytes_each, strict=True))
        bad = [(f.start, f.end, f.amount or 2.5) for f in self._of("crc") if self._port_of(f) == port.name]
        crc = Drip(resets, tuple(bad))
        # Even a healthy port counts a stray error in a week or two.
        stray = Drip(resets, ((self.anchor - 400 * DAY, inf, (number % 5) * 1.1e-6),))
        drops = Drip(resets, ((self.anchor - 400 * DAY, inf, (number % 7) * 4e-6),))
        return Counters((flows[0], flows[1]), (packets[0], packets[1]), crc, (Sum((crc, stray)), Const(0)), (Const(0), drops))

    def _port_of(self, fault: Fault) -> str:
        return port_of(self.spec, fault)

    def _busy(self, cpu: Cpu) -> Signal:
        more = Steps(0, tuple((f.start, f.end, f.amount or 55) for f in self._of("cpu")))
        kind = "server" if self.spec.role == "datacenter" else "office"
        return Sum((Wave(kind, seed(self.spec.name, cpu.name) % 5, self.spec.offset, cpu.low, cpu.high), more), low=0, high=99)

    def _used(self, pool: Pool) -> Signal:
        wave = Wave("office", seed(self.spec.name, pool.name) % 5, self.spec.offset, pool.used, pool.used * 1.035)
        if pool is not self.spec.pools[0]:
            return Sum((Const(pool.used),))
        free = pool.total - pool.used * 1.04
        leaks = []
        for fault in self._of("memory-leak"):
            stop = min([fault.end, *(b for b in self.boots if b > fault.start)])
            leaks.append(Ramp(fault.start, stop, fault.amount or free / (14 * DAY), free * 0.985))
        return Sum((wave, *leaks), high=pool.total)

    def _sensor(self, sensor: Sensor) -> Signal:
        number = seed(self.spec.name, sensor.key)
        wave = Wave(
            "office" if sensor.kind in ("celsius", "rpm") else "flat",
            number % 5,
            self.spec.offset,
            sensor.usual,
            sensor.usual + sensor.swing,
        )
        heat = Steps(
            0,
            tuple((f.start, f.end, heating(sensor, f)) for f in self._of("temperature") if self._hot(f) == sensor.key),
        )
        value: Signal = Sum((wave, heat), whole=False) if sensor.kind == "celsius" else wave
        if sensor.supply:
            return Choice(self.supply[sensor.supply].codes({"ok": 1}), 1, value)
        if sensor.fan:
            return Choice(self.fan[sensor.fan].codes({"ok": 1}), 1, value)
        return value

    def _hot(self, fault: Fault) -> str:
        return first([s.key for s in self.spec.sensors if s.kind == "celsius" and s.warn], fault.item)

    def _peer(self, address: str, protocol: str, lost: Sequence[Span]) -> Words:
        down, good = ("idle", "established") if protocol == "bgp" else ("down", "full")
        mine = [p.address for p in self.spec.peers if p.protocol == protocol]
        cut = [(f.start, f.end) for f in self._of(f"{protocol}-lost") if first(mine, f.item) == address]
        return Words(good, tuple((b, e, down) for b, e in merged([*cut, *lost])))

    def uptime(self) -> Signal:
        """Return sysUpTime in hundredths of a second, before it wraps."""
        return Since(self.boots, 100)

    def engine_boots(self) -> Signal:
        """Return snmpEngineBoots."""
        return Count(1 + seed(self.spec.name, "boots") % 20, self.boots)

    def booted(self, time: float) -> tuple[float, str]:
        """Return when the device started last before *time*, and why."""
        return next(
            ((b, r) for b, r in zip(reversed(self.boots), reversed(self.reasons), strict=True) if b <= time),
            (self.boots[0], self.reasons[0]),
        )

    def has(self, follows: Sequence[str], time: float) -> bool:
        """Say whether a part that vanishes with *follows* is there at *time*."""
        return not inside(self.gone(follows), time)

    def gone(self, follows: Sequence[str]) -> tuple[Span, ...]:
        """Return when a part that vanishes with *follows* is away."""
        spans: list[Span] = []
        for what, _, key in (each.partition(":") for each in follows):
            spans += self.supply[key].when("absent") if what == "psu" else self.member[int(key)].when("removed")
        return merged(spans)


def heating(sensor: Sensor, fault: Fault) -> float:
    """Return by how many °C *fault* heats *sensor*: by default past the device's outer threshold."""
    return fault.amount or sensor.crit + 2 - sensor.usual


def powerless(faults: Sequence[Fault]) -> tuple[Span, ...]:
    """Return the spans in which *faults* leave a device without life: outages and reloads."""
    return merged(
        [(f.start, f.end if f.kind == "outage" else f.start + (f.amount or BOOTING)) for f in faults if f.kind in ("outage", "reload")]
    )


def port_of(spec: Spec, fault: Fault) -> str:
    """Return the name of the port that *fault* means: long or short form, the first in use when it names none."""
    if not fault.item:
        return next((p.name for p in spec.ports if p.wired and p.admin and p.kind == 6), "")
    return next((p.name for p in spec.ports if fault.item.lower() in (p.name.lower(), p.short.lower())), "")
