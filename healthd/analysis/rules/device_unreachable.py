"""A device cannot be reached because what stands in front of it is down.

What: it does not answer, and neither does any device through which we reach it.
Why: nothing can be said about it. Its own state is unknown, not bad: the trouble and the case belong to the parent.
Remedy: see to the parent; look at this device again when the parent is back.
Source: probes, and the parents that the inventory names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from healthd.analysis.rules._standing import standing
from healthd.model.availability import State
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("spans",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Nothing to set."""


_ADVICE = say("Restore the device in front of it first.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per device that is unreachable at the window's end."""
    del limits, now
    for device in history.devices:
        span = standing(history, device.name, State.UNREACHABLE)
        if span:
            yield Finding(
                rule="device_unreachable",
                device=device.name,
                level=Level.UNKNOWN,
                summary=say("Cannot be reached: the device in front of it does not answer ({parents}).", parents=", ".join(device.parents)),
                since=span.interval.start,
                advice=_ADVICE,
            )
