"""A sensor does not work, or measures a current, power, humidity or fan speed beyond the device's own limits.

What: sensors the device calls non-operational, rolled up by the part that holds them; values beyond outer thresholds.
Why: a part whose sensors have died cannot warn before it fails itself.
Remedy: look at the part on the command line; a reseat often brings the sensor back.
Source: CISCO-ENTITY-SENSOR-MIB::entSensorStatus and entSensorThresholdTable, ENTITY-SENSOR-MIB::entPhySensorOperStatus.

Sensors of optics, which die with the optic, and of supplies without input are no finding of their own.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, Present, present, unit
from healthd.analysis.rules._beyond import beyond
from healthd.analysis.rules._judgement import Judgement
from healthd.analysis.rules._places import holder, inside, optics_of, unpowered
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("sensor.state", "current", "power", "humidity", "fan.speed", "psu.state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a value may be to count as present."""

    max_age: timedelta = MAX_AGE


_LOOK = say("Look at the part on the command line; reseat it where that is possible without an outage.")
_BEYOND = Judgement(
    Level.WARNING, say("Sensor {item} measures {value} {unit}; the device's own limit is {limit} {unit}."), Condition.SUSPECT, _LOOK
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per part with dead sensors, and one per value beyond its limits."""
    dark = unpowered(present(history, "psu.state", now, limits.max_age))
    optics = optics_of(history.poll(device.name) for device in history.devices)
    dead: dict[tuple[str, str], list[Present]] = defaultdict(list)
    for seen in present(history, "sensor.state", now, limits.max_age):
        if seen.word == "nonoperational" and seen.reading.index not in optics.get(seen.device, ()) and not inside(seen, dark):
            dead[seen.device, holder(seen)[0]].append(seen)
    for sensors in dead.values():
        yield _dead(sensors)
    for metric in ("current", "power", "humidity", "fan.speed"):
        yield from beyond(metric, history, _BEYOND, now, limits.max_age)


def _dead(sensors: list[Present]) -> Finding:
    first = sensors[0]
    index, name = holder(first)
    part = unit(first.poll, index)
    return Finding(
        rule="sensor",
        device=first.device,
        item=name,
        index=first.reading.index,
        indexes=tuple(s.reading.index for s in sensors) if len(sensors) > 1 else (),
        level=Level.WARNING,
        summary=say(
            "{count} sensors of {item} do not work; the first is {first}.", count=len(sensors), item=name, first=first.reading.item
        ),
        since=min(s.since for s in sensors),
        evidence=tuple(s.observation for s in sensors[:10]),
        pid=part.pid if part else "",
        serial=part.serial if part else "",
        slot=part.slot if part else "",
        verdict=Condition.SUSPECT,
        advice=_LOOK,
    )
