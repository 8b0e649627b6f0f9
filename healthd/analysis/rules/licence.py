"""A licence has run out, or will soon.

What: licences in use that have expired, and those that end within the time given.
Why: the feature may stop at the next reload, or at once.
Remedy: renew it, or switch the feature off.
Source: CISCO-LICENSE-MGMT-MIB::clmgmtLicenseStatus, clmgmtLicenseValidityPeriodRemaining.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("licence.state", "licence.remaining")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present; *soon* is when an end is worth a word."""

    max_age: timedelta = MAX_AGE
    soon: timedelta = timedelta(days=30)


_RENEW = say("Renew the licence, or switch the feature off that uses it.")
_EXPIRED = Judgement(Level.WARNING, say("The licence {item} is in use and has expired."), Condition.CONFIGURATION, _RENEW)
_ENDS = Judgement(Level.NOTICE, say("The licence {item} ends in {days} days."), Condition.CONFIGURATION, _RENEW)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per licence in use that has expired or will soon."""
    used = set()
    for seen in present(history, "licence.state", now, limits.max_age):
        if seen.word == "inUse":
            used.add((seen.device, seen.reading.item))
        if seen.word == "expiredInUse":
            yield finding("licence", seen, _EXPIRED)
    for seen in present(history, "licence.remaining", now, limits.max_age):
        left = seen.reading.value
        if (seen.device, seen.reading.item) in used and isinstance(left, int | float) and left < limits.soon.total_seconds():
            yield finding("licence", seen, _ENDS, None, days=int(left // 86400))
