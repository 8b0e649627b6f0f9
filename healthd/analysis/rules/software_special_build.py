"""A device runs a special build of its software.

What: the release is not one that Cisco publishes: an engineering, interim or limited build.
Why: it is supported for the trouble it was made for only, is listed in no advisory, and gets no fixes.
Remedy: plan the change to the release that contains its fix.
Source: SNMPv2-MIB::sysDescr.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("software.version",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Nothing to set."""


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one notice per device with a special build."""
    del limits, now
    for device in history.devices:
        poll = history.poll(device.name)
        if poll and poll.system and poll.system.special_build:
            yield Finding(
                rule="software_special_build",
                device=device.name,
                level=Level.NOTICE,
                summary=say("Runs a special build: {version}.", version=poll.system.version or poll.system.image),
                verdict=Condition.SOFTWARE,
                advice=say("Ask in which published release its fix is contained, and plan the change."),
            )
