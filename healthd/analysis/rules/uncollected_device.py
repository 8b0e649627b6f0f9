"""A device answers, but tells nothing, or was never heard at all.

What: it is reachable, and no full poll has ever succeeded, or none for a long time; or nothing at all is known of it.
Why: nobody watches its parts; that nothing is found on it means nothing.
Remedy: check the credentials, the access list for SNMP on the device and the path between.
Source: probes against polls.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.rules._standing import standing
from healthd.model.availability import State
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say

NEEDS = ("spans", "poll")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*oldest* is how old the newest full poll may be."""

    oldest: timedelta = timedelta(hours=26)


_NEVER = say("Nothing is known of it: it was never asked, or has never answered.")
_ADVICE = say("Check the credentials of its profile, and that the device lets us ask over SNMP.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per reachable device without a recent full poll, and one per device that was never heard."""
    for device in history.devices:
        if device.in_service and standing(history, device.name, State.UP):
            said, since = _untold(history, device.name, limits, now)
            if said:
                yield Finding(rule="uncollected_device", device=device.name, level=Level.UNKNOWN, summary=said, since=since, advice=_ADVICE)
        elif device.in_service and standing(history, device.name, State.UNMEASURED) and history.heard(device.name) is None:
            yield Finding(rule="uncollected_device", device=device.name, level=Level.UNKNOWN, summary=_NEVER, advice=_ADVICE)


def _untold(history: History, device: str, limits: Limits, now: datetime) -> tuple[Phrase | None, datetime | None]:
    poll = history.poll(device)
    if poll is None:
        return say("It can be reached, but has never told anything: no poll has succeeded."), None
    if now - poll.at > limits.oldest:
        return say("It can be reached, but its parts were last read at {at}.", at=poll.at), poll.at
    return None, None
