"""What is known of a device is old, or incomplete.

What: no value came for longer than a few rounds though the device is not known to be down; or its last answer broke off.
Why: an old state is not a present one. What went wrong since then would not be seen.
Remedy: look for a poller that is late, a changed credential or an overloaded device.
Source: the time of the newest value, and the errors of the newest poll.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.reasons import reason
from healthd.model.availability import State
from healthd.model.device import Device
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say

NEEDS = ("spans", "poll")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*oldest* is how long a device may be silent."""

    oldest: timedelta = timedelta(minutes=30)


KNOWN = (State.DOWN, State.UNREACHABLE, State.MAINTENANCE, State.OUT_OF_SERVICE)
"""States that say why nothing comes."""


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield a finding per device that has gone quiet, and one per device whose last answer is incomplete."""
    for device in history.devices:
        spans = history.spans(device.name)
        if device.in_service and not (spans and spans[-1].state in KNOWN):
            yield from _silent(history, device, limits, now)
            yield from _broken(history, device)


def _silent(history: History, device: Device, limits: Limits, now: datetime) -> Iterator[Finding]:
    heard = history.heard(device.name)
    if heard is not None and now - heard > limits.oldest:
        yield Finding(
            rule="stale_data",
            device=device.name,
            level=Level.UNKNOWN,
            summary=say("Nothing was heard from it since {at}; its present state is not known.", at=heard),
            since=heard,
            advice=say("Check that the poller runs and that the device still lets us ask."),
        )


def _broken(history: History, device: Device) -> Iterator[Finding]:
    poll = history.poll(device.name)
    if poll is not None and poll.errors:
        yield Finding(
            rule="stale_data",
            device=device.name,
            item="answers",
            level=Level.UNKNOWN,
            summary=say("Part of its answer is missing ({count}): {error}", count=len(poll.errors), error=reason(poll.errors[0])),
            since=poll.at,
            advice=_advice(device, poll.errors),
        )


def _advice(device: Device, errors: Sequence[str]) -> Phrase:
    """Return what to do; a host key that nobody has accepted is no matter of load."""
    if any("healthd device trust" in error for error in errors):
        command = f"healthd device trust {device.name}"
        return say("Compare its SSH host key with the device's own and accept it: {command}", command=command)
    return say("What is missing was not checked; see whether the device is overloaded.")
