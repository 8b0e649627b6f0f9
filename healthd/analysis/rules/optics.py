"""An optic sends or receives too much or too little light, or is too hot.

What: optics beyond their own alarm thresholds: light, bias current, voltage, temperature.
Why: the link loses packets before it goes down.
Remedy: clean and swap fibre and optic, one at a time; too much light needs an attenuator.
Source: CISCO-ENTITY-SENSOR-MIB::entSensorThresholdTable of the optic's sensors.

No light at all is no fault of the optic: the port is unused, shut, or the other side is dark. Exactly 0 is what
optics without measurement report; as a measurement it practically does not occur.
Thresholds called minor give a notice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, Present, present, unit
from healthd.analysis.rules._beyond import limit_crossed, short
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.analysis.rules._places import optics_of
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("optic.power", "temperature", "voltage", "current")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a value may be to count as present; *dark* is the power in dBm that is no light."""

    max_age: timedelta = MAX_AGE
    dark: float = -30.0


_CLEAN = say("Clean and check the fibre, look at the sender on the other side, and only then swap the optic.")
_SWAP = say("Swap the optic with one that works; if the trouble moves with it, replace it.")
_WEAK = Judgement(
    Level.WARNING, say("Optic {item} receives too little light: {value} dBm, its limit is {limit} dBm."), Condition.SUSPECT, _CLEAN
)
_BRIGHT = Judgement(
    Level.WARNING,
    say("Optic {item} receives too much light: {value} dBm, its limit is {limit} dBm."),
    Condition.ENVIRONMENT,
    say("Put an attenuator into the path, or use an optic of shorter range."),
)
_SENDS = Judgement(Level.WARNING, say("Optic {item} sends {value} dBm; its limit is {limit} dBm."), Condition.SUSPECT, _SWAP)
_OTHER = Judgement(
    Level.WARNING, say("Optic sensor {item} measures {value} {unit}; its limit is {limit} {unit}."), Condition.SUSPECT, _SWAP
)
_SENDER = re.compile(r"\b(?:tx|transmit|transmitter|output)\b", re.IGNORECASE)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per sensor of an optic that is beyond its limits."""
    for seen in present(history, "optic.power", now, limits.max_age):
        value, crossed = seen.reading.value, limit_crossed(seen.reading)
        if crossed and isinstance(value, int | float) and value > limits.dark and value != 0:
            low = value < crossed[0]
            sends = bool(_SENDER.search(seen.reading.item))
            yield _told(seen, crossed, _SENDS if sends else _WEAK if low else _BRIGHT)
    optics = optics_of(history.poll(device.name) for device in history.devices)
    for metric in ("temperature", "voltage", "current"):
        for seen in present(history, metric, now, limits.max_age):
            crossed = limit_crossed(seen.reading) if seen.reading.index in optics.get(seen.device, ()) else None
            # A port that is shut has no bias current, and 0 is what it then reports.
            if crossed and seen.reading.value != 0:
                yield _told(seen, crossed, _OTHER)


def _told(seen: Present, crossed: tuple[float, bool], judgement: Judgement) -> Finding:
    limit, outer = crossed
    told = judgement if outer else replace(judgement, level=Level.NOTICE)
    values = {"value": short(seen.reading.value), "limit": short(limit), "unit": seen.reading.unit}
    return finding("optics", seen, told, unit(seen.poll, seen.reading.index), **values)
