"""A module or line card is not in service.

What: modules whose state is neither working nor on the way to it.
Why: its ports, or the protection it gives, are gone.
Remedy: by state: diagnostics and a reseat for failures, power budget for denied power, software for mismatches.
Source: CISCO-ENTITY-FRU-CONTROL-MIB::cefcModuleOperStatus (27 states).

A module that is booting, synchronising or being upgraded is on its way, and one shut by configuration is meant so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present, unit
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("module.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_DIAGNOSE = say("Run its diagnostics again, reseat it, and try it in another slot before it is replaced.")
_POWER = say("Compare the power budget with what the modules draw, and check the supplies.")
_COOL = say("Check fans, air flow and room temperature first.")
_SOFTWARE = say("Bring the module's firmware and the software of the chassis together.")
_MATCH = say("Compare the module with what the configuration and the chassis expect in that slot.")
_LOG = say("Collect the log and any crash file before the module is touched.")

JUDGEMENTS = {
    "unknown": Judgement(Level.UNKNOWN, say("The device does not say how module {item} is."), None, say("Look at it on the command line.")),
    "disabled": Judgement(Level.NOTICE, say("Module {item} is disabled by configuration."), Condition.CONFIGURATION),
    "okButDiagFailed": Judgement(Level.WARNING, say("Module {item} works but failed a diagnostic test."), Condition.SUSPECT, _DIAGNOSE),
    "failed": Judgement(Level.CRITICAL, say("Module {item} has failed."), Condition.FAILED, _DIAGNOSE),
    "missing": Judgement(Level.WARNING, say("Module {item} is configured but not there."), Condition.ABSENT, _MATCH),
    "mismatchWithParent": Judgement(Level.WARNING, say("Module {item} does not fit what holds it."), Condition.CONFIGURATION, _MATCH),
    "mismatchConfig": Judgement(Level.WARNING, say("Module {item} is not of the configured kind."), Condition.CONFIGURATION, _MATCH),
    "diagFailed": Judgement(
        Level.CRITICAL, say("Module {item} failed its diagnostics and is out of service."), Condition.SUSPECT, _DIAGNOSE
    ),
    "outOfServiceAdmin": Judgement(Level.NOTICE, say("Module {item} was taken out of service by configuration."), Condition.CONFIGURATION),
    "outOfServiceEnvTemp": Judgement(
        Level.CRITICAL, say("Module {item} is out of service because it was too hot."), Condition.ENVIRONMENT, _COOL
    ),
    "poweredDown": Judgement(Level.WARNING, say("Module {item} is powered down."), Condition.UNPOWERED, _LOG),
    "powerDenied": Judgement(Level.WARNING, say("Module {item} gets no power: there is not enough of it."), Condition.UNPOWERED, _POWER),
    "powerCycled": Judgement(Level.WARNING, say("Module {item} has just been power-cycled."), Condition.SUSPECT, _LOG),
    "okButPowerOverWarning": Judgement(Level.WARNING, say("Module {item} works but draws more than it should."), Condition.SUSPECT, _POWER),
    "okButPowerOverCritical": Judgement(
        Level.CRITICAL, say("Module {item} works but draws far more than it should."), Condition.SUSPECT, _POWER
    ),
    "okButAuthFailed": Judgement(
        Level.WARNING,
        say("Module {item} works but could not prove that it is genuine."),
        Condition.SUSPECT,
        say("Compare its serial number with the purchase records before a case is opened."),
    ),
    "fwMismatchFound": Judgement(Level.WARNING, say("Module {item} runs firmware that does not match."), Condition.SOFTWARE, _SOFTWARE),
    "fwDownloadFailure": Judgement(Level.WARNING, say("Module {item} could not load its firmware."), Condition.SOFTWARE, _SOFTWARE),
}


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per module that is not in service."""
    for seen in present(history, "module.state", now, limits.max_age):
        if judgement := JUDGEMENTS.get(seen.word):
            yield finding("module", seen, judgement, unit(seen.poll, seen.reading.index))
