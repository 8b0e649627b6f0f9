"""The device's clock follows no server.

What: a device that says its clock is not synchronised.
Why: its log lines cannot be set beside those of other devices, and certificates may fail.
Remedy: check that the configured servers answer and that the path to them lets NTP through.
Source: CISCO-NTP-MIB::cntpSysSrvStatus.

A device that has no NTP to speak of says nothing, and then nothing is judged. After a start it takes its time.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("ntp.synchronised", "uptime")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a value may be to count as present; *settle* is what a clock may take after a start."""

    max_age: timedelta = MAX_AGE
    settle: timedelta = timedelta(minutes=30)


_FREE = Judgement(
    Level.WARNING,
    say("The clock is not synchronised."),
    Condition.CONFIGURATION,
    say("Check that the configured NTP servers answer and that the path to them lets NTP through."),
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per device whose clock follows nobody."""
    started = defaultdict(float, {s.device: s.times[-1] - float(s.values[-1]) for s in history.series("uptime") if s.times})
    for seen in present(history, "ntp.synchronised", now, limits.max_age):
        if seen.reading.value == 0 and not started[seen.device] + limits.settle.total_seconds() > now.timestamp():
            yield finding("clock", seen, _FREE)
