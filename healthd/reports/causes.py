"""Findings with one cause as one: whoever reads a report acts once, however many checks one trouble trips.

Three things belong together: what a device that does not answer causes on its
neighbours and behind it; the routing neighbours that one device lost; and
findings of one rule on one device.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from healthd.analysis.health import limit
from healthd.analysis.ports import same_port
from healthd.model.device import Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.poll import Poll

ROUTING = frozenset({"bgp", "ospf", "eigrp", "isis"})
LINKED = ROUTING | {"hsrp", "vrrp", "vpc", "interface_down", "link_flapping", "uplink_lost", "redundancy"}
"""Rules that see the other end of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One trouble: its worst finding *first*, *more* of the same kind on the same device, and those that *follow* from it on others.

    *level* is what it means for the network, as the device's role limits it.
    """

    first: Finding
    level: Level
    more: tuple[Finding, ...] = ()
    follow: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the cause."""
        return self.first, *self.more, *self.follow


def causes(findings: Sequence[Finding], devices: Iterable[Device], polls: Mapping[str, Poll]) -> tuple[Cause, ...]:
    """Return what has to be acted on, worst first: what concerns the network before what concerns one device.

    A cause begins with a warning or worse; a lesser finding can only follow from one.
    """
    known = {device.name: device for device in devices}
    silent = {f.device: f for f in findings if f.rule == "device_down"}
    follow: dict[str, list[Finding]] = {name: [] for name in silent}
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (-f.level, f.device, f.rule, f.item)):
        root = next((n for n in silent if n != finding.device and _follows(finding, n, known, polls)), None)
        if root:
            follow[root].append(finding)
        elif finding.level >= Level.WARNING:
            groups.setdefault((finding.device, "routing" if finding.rule in ROUTING else finding.rule), []).append(finding)
    found = [_cause(group, follow, known.get(group[0].device)) for group in groups.values()]
    return tuple(sorted(found, key=_rank))


def _cause(group: Sequence[Finding], follow: Mapping[str, Sequence[Finding]], device: Device | None) -> Cause:
    first = group[0]
    level = limit(first.level, device, first) if device else first.level
    after = tuple(follow.get(first.device, ())) if first.rule == "device_down" else ()
    return Cause(first=first, level=level, more=tuple(group[1:]), follow=after)


def _rank(cause: Cause) -> tuple[int, int, int, str, str]:
    first = cause.first
    kind = 0 if first.rule == "device_down" else 1 if first.verdict is Condition.FAILED else 2
    return -cause.level, -first.level, kind, first.device, first.rule


def _follows(finding: Finding, silent: str, known: Mapping[str, Device], polls: Mapping[str, Poll]) -> bool:
    """Does *finding* only say that the device *silent* does not answer?"""
    if finding.rule == "device_unreachable":
        return silent in _before(finding.device, known)
    if finding.rule not in LINKED or silent not in known:
        return False
    named = re.search(rf"(?<![\w-]){re.escape(silent)}(?![\w-])", str(finding.summary), re.IGNORECASE)
    return bool(named) or finding.item == known[silent].address or _beside(finding, silent, polls.get(finding.device))


def _before(device: str, known: Mapping[str, Device]) -> set[str]:
    """Return every device in front of *device*."""
    seen: set[str] = set()
    waiting = [device]
    while waiting:
        parents = known[name].parents if (name := waiting.pop()) in known else ()
        waiting += [p for p in parents if p not in seen]
        seen.update(parents)
    return seen


def _beside(finding: Finding, silent: str, poll: Poll | None) -> bool:
    """Was *silent* heard at the port of *finding*, or is it the neighbour by its address?"""
    there = [n for n in poll.neighbours if n.remote.split(".")[0].lower() == silent.lower()] if poll else []
    return any(same_port(n.local, finding.item) or finding.item in (n.remote, n.remote_address) for n in there)
