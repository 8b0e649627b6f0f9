"""The device itself asserts alarms.

What: critical or major alarms counted by the device.
Why: they are a reason to look, and they support other findings.
Remedy: read the device's own alarm list; it names the parts.
Source: CISCO-ENTITY-ALARM-MIB::ceAlarmCriticalCount, ceAlarmMajorCount.

A notice only: IOS XE counts every port without a cable as a critical alarm.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, Present, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("alarm.critical", "alarm.major")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a count may be to count as present."""

    max_age: timedelta = MAX_AGE


_RAISED = Judgement(
    Level.NOTICE,
    say("The device asserts {critical} critical and {major} major alarms itself."),
    None,
    say("Read the device's own alarm list; ports without a cable are counted too."),
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one notice per device with critical or major alarms."""
    counts: dict[str, dict[str, Present]] = defaultdict(dict)
    for metric in NEEDS:
        for seen in present(history, metric, now, limits.max_age):
            if isinstance(seen.reading.value, int | float) and seen.reading.value > 0:
                counts[seen.device][seen.reading.item] = seen
    for raised in counts.values():
        first = next(iter(raised.values()))
        values = {name: int(raised[name].reading.value) if name in raised else 0 for name in ("critical", "major")}
        yield replace(finding("alarm", first, _RAISED, None, **values), item="alarms")
