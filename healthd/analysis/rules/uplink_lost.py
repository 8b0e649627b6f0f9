"""A device with two ways in has only one left.

What: one of its parents is down, or the line toward it is gone while the parent itself is up.
Why: everything still works and is no longer safe: the next loss takes the device, and all behind it, away.
Remedy: mend the lost line or parent while the other still carries.
Source: the parents that the inventory names, probes, CDP and LLDP neighbours.

A device with one parent has nothing to lose. Without any neighbour that the device itself reports, its lines are not known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.ports import recent
from healthd.analysis.present import MAX_AGE
from healthd.analysis.rules._standing import standing
from healthd.analysis.topology import Topology, topology
from healthd.model.availability import State
from healthd.model.device import Device
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("spans", "poll")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old what a device says of its neighbours may be."""

    max_age: timedelta = MAX_AGE


_ADVICE = say("Restore the lost way in while the other one still carries.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per device that has lost some, but not all, of its ways in."""
    pairs = [d for d in history.devices if len(d.parents) > 1 and d.in_service]
    if not pairs:
        return
    polls = {d.name: poll for d in history.devices if (poll := recent(history, d.name, now, limits.max_age))}
    links = topology(history.devices, polls)
    for device in pairs:
        if device.name in polls:
            lost = [p for p in device.parents if standing(history, p, State.DOWN) or _cut(device, p, links)]
            if 0 < len(lost) < len(device.parents):
                yield _finding(history, device, lost)


def _cut(device: Device, parent: str, links: Topology) -> bool:
    """Say whether neither end sees the other any more, though the device sees another parent.

    Configured parents appear as links without ports; only heard neighbours have them.
    """
    seen = {link.far for link in links.links if link.device == device.name and link.port}
    seen |= {link.device for link in links.links if link.far == device.name and link.port}
    return bool(seen & set(device.parents)) and parent in links.neighbours and parent not in seen and _talks(parent, device, links)


def _talks(parent: str, device: Device, links: Topology) -> bool:
    """Say whether the parent takes part in CDP or LLDP at all: one that is mute was never seen."""
    return any(link.port and link.far != device.name for link in links.links if link.device == parent) or any(
        link.port and link.far == parent for link in links.links
    )


def _finding(history: History, device: Device, lost: Sequence[str]) -> Finding:
    left = [p for p in device.parents if p not in lost]
    began = [span.interval.start for p in lost if (span := standing(history, p, State.DOWN))]
    return Finding(
        rule="uplink_lost",
        device=device.name,
        level=Level.WARNING,
        summary=say("Only {left} of {all} ways in is left: {lost} is lost.", left=len(left), all=len(device.parents), lost=", ".join(lost)),
        since=min(began, default=None),
        advice=_ADVICE,
    )
