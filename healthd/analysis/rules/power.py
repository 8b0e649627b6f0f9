"""A card or tray gets no power, or its power is at fault.

What: replaceable units other than supplies whose power is off against the configuration.
Why: the unit is out of service, whatever its own state says.
Remedy: power budget and supplies for denied power, the unit itself where it failed.
Source: CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus of rows that are no supplies.

An empty slot may stand in this table as offEnvOther, and what was switched off by configuration is meant so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present, unit
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("power.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_BUDGET = say("Compare the power budget with what the modules draw, and check the supplies.")
_UNIT = say("Reseat the unit; replace it if its power stays at fault.")
_COOL = say("Check fans, air flow and room temperature first.")

JUDGEMENTS = {
    "offEnvOther": Judgement(
        Level.WARNING, say("{item} has no power, for a reason the device does not name."), Condition.UNPOWERED, _BUDGET
    ),
    "offAdmin": Judgement(Level.WARNING, say("{item} is switched off by configuration."), Condition.UNPOWERED),
    "offDenied": Judgement(Level.WARNING, say("{item} gets no power: there is not enough of it."), Condition.UNPOWERED, _BUDGET),
    "offEnvPower": Judgement(Level.WARNING, say("{item} has no input power."), Condition.UNPOWERED, _BUDGET),
    "offEnvTemp": Judgement(Level.CRITICAL, say("{item} was switched off because it was too hot."), Condition.ENVIRONMENT, _COOL),
    "offEnvFan": Judgement(Level.CRITICAL, say("{item} was switched off because a fan failed."), Condition.ENVIRONMENT, _COOL),
    "failed": Judgement(Level.CRITICAL, say("The power of {item} has failed."), Condition.FAILED, _UNIT),
    "onButFanFail": Judgement(Level.WARNING, say("{item} works but its fan has failed."), Condition.SUSPECT, _UNIT),
    "offCooling": Judgement(Level.WARNING, say("{item} is kept off because there is not enough cooling."), Condition.ENVIRONMENT, _COOL),
    "offConnectorRating": Judgement(
        Level.WARNING, say("{item} is kept off because it exceeds the rating of its connector."), Condition.UNPOWERED, _BUDGET
    ),
    "onButInlinePowerFail": Judgement(Level.WARNING, say("{item} works but gives no power to powered devices."), Condition.SUSPECT, _UNIT),
}


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per unit without the power it should have."""
    for seen in present(history, "power.state", now, limits.max_age):
        row = next((p for p in seen.poll.parts if p.index == seen.reading.index), None)
        empty = seen.word == "offEnvOther" and (row is None or row.kind == "container" or not (row.pid or row.serial))
        if not empty and (judgement := JUDGEMENTS.get(seen.word)):
            yield finding("power", seen, judgement, unit(seen.poll, seen.reading.index))
