"""A device does not answer.

What: the loss was confirmed, the devices in front of it answer, and no work was agreed for it.
Why: what it carries is interrupted; whoever sits behind it is cut off.
Remedy: prove its power and the links toward it from the neighbour's side, then its console.
Source: probes over ICMP, SNMP or TCP, as :mod:`healthd.analysis.reachability` folds them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from healthd.analysis.reasons import reason
from healthd.analysis.rules._standing import standing
from healthd.model.availability import State
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("spans",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Nothing to set: how a loss is confirmed belongs to the probing."""


_ADVICE = say("Check its power and the state of the links toward it on its neighbours; if both are good, use its console.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per device that is down at the window's end."""
    del limits, now
    for device in history.devices:
        span = standing(history, device.name, State.DOWN)
        if span:
            yield Finding(
                rule="device_down",
                device=device.name,
                level=Level.CRITICAL,
                summary=say("Does not answer: {reason}.", reason=reason(span.reason)) if span.reason else say("Does not answer."),
                since=span.interval.start,
                advice=_ADVICE,
            )
