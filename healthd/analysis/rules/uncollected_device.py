"""A device answers, but tells nothing, or was never heard at all.

What: it answers pings and has fallen silent over SNMP; or no full poll has ever succeeded, or none for a long time; or nothing is known of it.
Why: nobody watches its parts; that nothing is found on it means nothing.
Remedy: check the credentials, the access list for SNMP on the device and the path between.
Source: probes against sweeps and polls.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.rules._standing import standing
from healthd.model.availability import State
from healthd.model.device import Device
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say

NEEDS = ("spans", "poll", "icmp.rtt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*misses* is how many sweeps in a row only a ping answers; *oldest* how old the newest full poll may be."""

    misses: int = 3
    oldest: timedelta = timedelta(hours=26)


_NEVER = say("Nothing is known of it: it was never asked, or has never answered.")
_ADVICE = say("Check the credentials of its profile, and that the device lets us ask over SNMP.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per reachable device that tells nothing (any more), and one per device that was never heard."""
    # Who is silent in a sweep is pinged at once: a round trip that stands beside a sweep is all that came of it.
    pinged = {series.device: series.times for series in history.series("icmp.rtt")}
    for device in history.devices:
        if device.in_service and standing(history, device.name, State.UP):
            since = _silent(history, device, pinged.get(device.name, ()), limits)
            if since and now - since <= limits.oldest:
                yield _found(device, Level.WARNING, _quiet(since), since)
            elif said := _untold(history, device.name, limits, now):
                yield _found(device, Level.WARNING if since else Level.UNKNOWN, *said)
        elif device.in_service and standing(history, device.name, State.UNMEASURED) and history.heard(device.name) is None:
            yield _found(device, Level.UNKNOWN, _NEVER, None)


def _quiet(since: datetime) -> Phrase:
    return say("Answers pings, but has told nothing over SNMP since {at}; its health is not known.", at=since)


def _found(device: Device, level: Level, said: Phrase, since: datetime | None) -> Finding:
    return Finding(rule="uncollected_device", device=device.name, level=level, summary=said, since=since, advice=_ADVICE)


def _silent(history: History, device: Device, pinged: Sequence[float], limits: Limits) -> datetime | None:
    """Return since when *device* answers nothing but pings; None when it tells, never told, or has no SNMP to be silent on."""
    told = history.told(device.name)
    if told is None or (device.ssh and not device.snmp):
        return None
    return told if sum(at > told.timestamp() for at in pinged) >= limits.misses else None


def _untold(history: History, device: str, limits: Limits, now: datetime) -> tuple[Phrase, datetime | None] | None:
    poll = history.poll(device)
    if poll is None:
        return say("It can be reached, but has never told anything: no poll has succeeded."), None
    if now - poll.at > limits.oldest:
        return say("It can be reached, but its parts were last read at {at}.", at=poll.at), poll.at
    return None
