"""The running configuration is not saved.

What: it was changed after it was last written to the start-up configuration.
Why: the next restart brings the old one back, in the middle of another trouble.
Remedy: save it, or take the change back, after asking who made it.
Source: CISCO-CONFIG-MAN-MIB::ccmHistoryRunningLastChanged and ccmHistoryStartupLastChanged.

Young changes are somebody's work in progress and say nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import present
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("config.unsaved",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How old an unsaved change may be before it is a *notice* and a *warning*; *max_age* is how old the value itself may be."""

    notice: timedelta = timedelta(hours=1)
    warning: timedelta = timedelta(hours=24)
    max_age: timedelta = timedelta(hours=26)


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per device whose configuration has not been saved for too long."""
    for seen in present(history, "config.unsaved", now, limits.max_age):
        if isinstance(seen.reading.value, str) or seen.reading.value <= 0:
            continue
        age = timedelta(seconds=int(seen.reading.value)) + (now - seen.at)
        if age >= limits.notice:
            yield Finding(
                rule="config_unsaved",
                device=seen.device,
                level=Level.WARNING if age >= limits.warning else Level.NOTICE,
                summary=say("The running configuration was changed {age} ago and has not been saved.", age=age),
                since=now - age,
                evidence=(seen.observation,),
                verdict=Condition.CONFIGURATION,
                advice=say("Save the running configuration after confirming the change with whoever made it."),
            )
