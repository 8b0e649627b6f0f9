"""ENTITY-SENSOR-MIB (RFC 3433) and CISCO-ENTITY-SENSOR-MIB with the device's own thresholds."""

from collections.abc import Iterator

from healthd.lab.device import Model
from healthd.lab.mibs._table import ENTERPRISE, number, row, text, ticks
from healthd.lab.network import Network
from healthd.lab.parts import Sensor
from healthd.lab.signals import Above, Choice, Const, Signal, Span, Sum
from healthd.lab.view import Oid, Var

TYPE = {"volts": 4, "amperes": 5, "watts": 6, "celsius": 8, "rpm": 10}
UNITS, MILLI = 9, 8
GREATER_OR_EQUAL = 4
SEVERITY = {"nxos": (10, 20), "iosxr": (10, 30)}
"""minor(10), major(20), critical(30); the others use major and critical."""


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield every sensor; IOS on the old switches has none of these tables."""
    del network
    if model.spec.platform == "ios":
        return
    for sensor in model.spec.sensors:
        part = next(p for p in model.spec.parts if p.index == sensor.index)
        gone = model.gone(part.follows)
        scale, precision, value = _scaled(model, sensor)
        kind = 3 if sensor.kind == "volts" and sensor.usual > 100 else TYPE[sensor.kind]
        status: int | Signal = 1
        if sensor.supply:
            status = Choice(model.supply[sensor.supply].codes({"ok": 1}), 1, Const(1), 2)
        cells = {1: number(kind), 2: number(scale), 3: number(precision), 4: number(value), 5: number(status)}
        yield from row("1.3.6.1.2.1.99.1.1.1", (sensor.index,), {**cells, 6: text(sensor.kind), 7: ticks(0), 8: (0x42, 30_000)}, gone)
        if model.spec.platform != "asa":
            yield from row(f"{ENTERPRISE}91.1.1.1.1", (sensor.index,), {**cells, 6: ticks(0), 7: number(30), 8: number(0)}, gone)
            yield from _thresholds(model, sensor, value, gone)


def _scaled(model: Model, sensor: Sensor) -> tuple[int, int, Signal]:
    """Return scale, precision and the integer that together make the value."""
    signal = model.sensor[sensor.key]
    if sensor.kind in ("celsius", "rpm"):
        return UNITS, 0, Sum((signal,))
    if model.spec.platform == "nxos":
        return UNITS, 2, Sum((signal,), scale=100)
    return (MILLI, 0, Sum((signal,), scale=1000)) if sensor.kind != "watts" else (UNITS, 0, Sum((signal,)))


def _thresholds(model: Model, sensor: Sensor, value: Signal, gone: tuple[Span, ...]) -> Iterator[tuple[Oid, Var]]:
    if not sensor.warn:
        return
    for place, (severity, limit) in enumerate(zip(SEVERITY.get(model.spec.platform, (20, 30)), (sensor.warn, sensor.crit), strict=True), 1):
        yield from row(f"{ENTERPRISE}91.1.2.1.1", (sensor.index, place), {
            2: number(severity), 3: number(GREATER_OR_EQUAL), 4: number(int(limit)), 5: number(Above(value, limit)), 6: number(1),
        }, gone)  # fmt: skip
