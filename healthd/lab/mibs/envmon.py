"""CISCO-ENVMON-MIB: temperatures, fans and supplies of the switches and of the older routers."""

from collections.abc import Iterator
from dataclasses import dataclass

from healthd.lab.device import Model
from healthd.lab.mibs._table import ENTERPRISE, gauge, number, row, text
from healthd.lab.network import Network
from healthd.lab.parts import Sensor
from healthd.lab.signals import Numbers, Signal, Steps, Sum, Words
from healthd.lab.view import Oid, Var

FAMILIES = ("c9300", "c9500", "c2960x", "isr")
NORMAL, WARNING, CRITICAL, SHUTDOWN, NOT_PRESENT = 1, 2, 3, 4, 5
SUPPLY = {"ok": NORMAL, "failed": CRITICAL, "noinput": SHUTDOWN, "absent": NOT_PRESENT}
SUPPLY_WORD = {"ok": "Normal", "failed": "Faulty", "noinput": "No Input Power", "absent": "NotExist"}
AC = 2


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield the three status tables."""
    del network
    spec = model.spec
    if spec.family not in FAMILIES or (spec.family == "isr" and spec.platform == "iosxe"):
        return
    for sensor in spec.sensors:
        if sensor.kind == "celsius":
            gone = model.gone([f"member:{sensor.member}"]) if spec.members else ()
            value = Sum((model.sensor[sensor.key],))
            yield from row(f"{ENTERPRISE}13.1.3.1", (sensor.index,), {
                2: text(_sensor_name(model, sensor)), 3: gauge(value), 4: number(int(sensor.crit)), 5: number(0), 6: number(_state(sensor, value)),
            }, gone)  # fmt: skip
    for fan in spec.fans:
        gone = model.gone([f"member:{fan.member}"]) if spec.members else ()
        name = (
            Words(f"{fan.name}, Normal", tuple((b, e, f"{fan.name}, Faulty") for b, e in model.fan[fan.key].when("failed")))
            if spec.family == "c9300"
            else fan.name
        )
        yield from row(
            f"{ENTERPRISE}13.1.4.1",
            (fan.index,),
            {2: text(name), 3: number(model.fan[fan.key].codes({"ok": NORMAL, "failed": CRITICAL}))},
            gone,
        )
    for supply in spec.supplies:
        gone = model.gone([f"member:{supply.member}"]) if spec.members else ()
        states = model.supply[supply.key]
        source = Steps(AC, tuple((b, e, 1) for b, e in states.when("absent", "noinput")))
        yield from row(
            f"{ENTERPRISE}13.1.5.1",
            (supply.index,),
            {2: text(_supply_name(model, supply.key, supply.name)), 3: number(states.codes(SUPPLY)), 4: number(source)},
            gone,
        )


def _state(sensor: Sensor, value: Signal) -> Signal:
    return _Level(value, sensor.warn, sensor.crit)


@dataclass(frozen=True, slots=True)
class _Level:
    """normal, warning or critical by the sensor's thresholds."""

    value: Signal
    warn: float
    crit: float

    def at(self, times: Numbers) -> Numbers:
        """Return the state."""
        value = self.value.at(times)
        return NORMAL + (value >= self.warn) * 1.0 + (value >= self.crit) * 1.0


def _sensor_name(model: Model, sensor: Sensor) -> str:
    if model.spec.family == "c2960x":
        return "SW#1, Sensor#1, GREEN"
    return f"{sensor.name}, GREEN" if model.spec.family == "c9300" else sensor.name


def _supply_name(model: Model, key: str, name: str) -> str | Words:
    """Return the name as the family writes it: Catalyst 9300 and 2960-X put the state into it."""
    ends = {"c9300": ", {}", "c2960x": " {}, RPS NotExist"}.get(model.spec.family)
    if ends is None:
        return name
    states = model.supply[key]
    return Words(name + ends.format("Normal"), tuple((b, e, name + ends.format(SUPPLY_WORD[w])) for b, e, w in states.spans))
