"""A voltage inside the device is wrong.

What: a voltage that the device itself calls wrong, or that is beyond its own outer thresholds.
Why: a converter or supply that drifts makes the device fail in ways that look like something else.
Remedy: check the supplies and their input, then the part that carries the sensor.
Source: CISCO-ENVMON-MIB::ciscoEnvMonVoltageState, CISCO-ENTITY-SENSOR-MIB::entSensorThresholdTable.

Sensors of optics belong to the optics rule; sensors of a supply without input measure nothing and are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present
from healthd.analysis.rules._beyond import beyond
from healthd.analysis.rules._judgement import Judgement, finding, owner
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("voltage", "voltage.state", "psu.state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a value may be to count as present."""

    max_age: timedelta = MAX_AGE


_ADVICE = say("Check the supplies and their input; then suspect the part that carries this sensor.")
JUDGEMENTS = {
    "warning": Judgement(Level.WARNING, say("Voltage {item} is in a warning state."), Condition.SUSPECT, _ADVICE),
    "critical": Judgement(Level.CRITICAL, say("Voltage {item} is in a critical state."), Condition.SUSPECT, _ADVICE),
    "shutdown": Judgement(Level.CRITICAL, say("Voltage {item} made the device shut down."), Condition.SUSPECT, _ADVICE),
    "notFunctioning": Judgement(Level.WARNING, say("Voltage sensor {item} does not function."), Condition.SUSPECT, _ADVICE),
}
_BEYOND = Judgement(
    Level.WARNING, say("Voltage {item} measures {value} {unit}; the device's own limit is {limit} {unit}."), Condition.SUSPECT, _ADVICE
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per voltage that is wrong."""
    for seen in present(history, "voltage.state", now, limits.max_age):
        if judgement := JUDGEMENTS.get(seen.word):
            yield finding("voltage", seen, judgement, owner(seen, ("sensor",)))
    yield from beyond("voltage", history, _BEYOND, now, limits.max_age)
