"""One cause, one trouble: what follows from a device that is down is told as its consequence.

A dead device takes ports, uplinks and routing neighbours of its neighbours
with it. Those findings stay, with the same keys, but only as notices that
name the cause: the trouble to act on, and the case, are the dead device's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from healthd.analysis.ports import same_port
from healthd.analysis.topology import DISCOVERY, Topology, topology
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say
from healthd.model.poll import Poll

PORTS = frozenset({"interface_down", "link_flapping"})
NEIGHBOURS = frozenset({"ospf", "bgp", "eigrp", "isis"})
TOGETHER = timedelta(minutes=15)
"""A routing protocol notices a loss within its dead timer, and we within two rounds of polls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dead:
    """The devices that are down, and what is known of the lines to them."""

    down: Mapping[str, Finding]
    links: Topology
    addresses: Mapping[str, str]
    parents: Mapping[str, tuple[str, ...]]


def explained(found: Sequence[Finding], history: History) -> tuple[Finding, ...]:
    """Return *found*, with those that a dead device explains as notices that name it."""
    down = {f.device: f for f in found if f.rule == "device_down"}
    if not down:
        return tuple(found)
    # The last word of a dead device, too: it still tells who was at the other end of its lines.
    polls = {d.name: poll for d in history.devices if (poll := history.poll(d.name))}
    links = topology(history.devices, polls)
    dead = _Dead(
        down=down,
        links=links,
        addresses=dict(_addresses(history, polls, links)),
        parents={d.name: d.parents for d in history.devices},
    )
    return tuple(_told(finding, _cause(finding, dead)) for finding in found)


def _told(finding: Finding, cause: Finding | None) -> Finding:
    if cause is None or cause.device == finding.device:
        return finding
    said = say("{what}, because {device} does not answer.", what=finding.summary, device=cause.device)
    return replace(finding, level=min(finding.level, Level.NOTICE), summary=said, cause=cause.key, advice=cause.advice)


def _cause(finding: Finding, dead: _Dead) -> Finding | None:
    if finding.rule == "uplink_lost":
        gone = [p for p in dead.parents.get(finding.device, ()) if p in dead.down]
        # A line that is cut as well is a trouble of its own.
        return dead.down[gone[0]] if gone and finding.indexes == () and _only(finding, gone) else None
    if finding.rule in PORTS:
        return next((dead.down[far] for far in _beyond(finding, dead.links) if far in dead.down), None)
    return _neighbour(finding, dead) if finding.rule in NEIGHBOURS else None


def _only(finding: Finding, gone: Sequence[str]) -> bool:
    """Say whether *gone* are all the ways in that the finding counts as lost."""
    said = dict(finding.summary.values).get("lost", "")
    return set(str(said).split(", ")) <= set(gone)


def _beyond(finding: Finding, links: Topology) -> Iterator[str]:
    """Yield the devices at the other end of the finding's port, as either end told."""
    for link in links.links:
        if link.device == finding.device and link.port and same_port(link.port, finding.item):
            yield link.far
        if link.far == finding.device and link.far_port and same_port(link.far_port, finding.item):
            yield link.device


def _neighbour(finding: Finding, dead: _Dead) -> Finding | None:
    """Return the dead device that the lost neighbour is: by its address, else an adjacent one that was lost at the same time."""
    known = dead.addresses.get(finding.item.partition(" ")[0])
    if known is not None:
        return dead.down.get(known)
    around = dead.links.neighbours.get(finding.device, frozenset()) & dead.down.keys()
    return next((dead.down[name] for name in sorted(around) if _together(finding, dead.down[name])), None)


def _together(one: Finding, other: Finding) -> bool:
    return one.since is not None and other.since is not None and abs(one.since - other.since) <= TOGETHER


def _addresses(history: History, polls: Mapping[str, Poll], links: Topology) -> Iterable[tuple[str, str]]:
    """Yield addresses with the device they belong to: those we ask, and those that CDP and LLDP tell."""
    far: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links.links:
        far[link.device, link.port].add(link.far)
    for name, poll in polls.items():
        for seen in poll.neighbours:
            there = far.get((name, seen.local), set()) if seen.protocol in DISCOVERY and seen.remote_address else set()
            yield from ((seen.remote_address, device) for device in there if len(there) == 1)
    yield from ((device.address, device.name) for device in history.devices)
