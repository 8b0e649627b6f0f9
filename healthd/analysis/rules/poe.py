"""Power over Ethernet is at fault.

What: power sourcing equipment that calls itself faulty.
Why: phones, cameras and access points behind it are dark.
Remedy: look at the supplies and the power budget; a faulty controller means the switch or card.
Source: POWER-ETHERNET-MIB::pethMainPseOperStatus (RFC 3621).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, present
from healthd.analysis.rules._judgement import Judgement, finding
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("poe.state",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_FAULTY = Judgement(
    Level.WARNING,
    say("The power over Ethernet of {item} is faulty."),
    Condition.SUSPECT,
    say("Look at the supplies and the power budget; then suspect the switch or card."),
)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per faulty group."""
    for seen in present(history, "poe.state", now, limits.max_age):
        if seen.word == "faulty":
            yield finding("poe", seen, _FAULTY)
