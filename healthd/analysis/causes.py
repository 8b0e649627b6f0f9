"""One cause, one trouble: what follows from a device that is down, or in agreed maintenance, is told as its consequence.

A dead device takes ports, uplinks and routing neighbours of its neighbours
with it. Those findings stay, with the same keys, but only as notices that
name the cause: the trouble to act on, and the case, are the dead device's.
Of a device in agreed maintenance nobody has to act on them at all, as long as
the work lasts; what began before it is not its doing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from healthd.analysis.around import Around, Away, around
from healthd.analysis.ports import same_port
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

PORTS = frozenset({"interface_down", "link_flapping"})
NEIGHBOURS = frozenset({"ospf", "bgp", "eigrp", "isis"})
PAIRS = frozenset({"hsrp", "vrrp", "vpc"})
TOGETHER = timedelta(minutes=15)
"""A routing protocol notices a loss within its dead timer, and we within two rounds of polls."""
LOOK = timedelta(minutes=5)
"""Between two looks at a device: a row that vanished was last seen up to so long before it was lost."""

_WORK = say("Nothing to do while the agreed work lasts; what still stands after it is told anew.")


def explained(found: Sequence[Finding], history: History, first_seen: Mapping[str, datetime]) -> tuple[Finding, ...]:
    """Return *found*, with those that a dead device or agreed maintenance explains as notices that name it.

    *first_seen* is of the findings that were known before, by their keys: a
    window of hours cannot tell whether a loss of days is older than the work.
    """
    known = around(found, history, first_seen)
    return tuple(_told(finding, _cause(finding, known)) for finding in found) if known.away else tuple(found)


def _told(finding: Finding, cause: Away | None) -> Finding:
    if cause is None or cause.device == finding.device:
        return finding
    said = say("{what}, because {device} does not answer.", what=finding.summary, device=cause.device)
    if cause.agreed:
        said = say("{what}, while {device} is in agreed maintenance.", what=finding.summary, device=cause.device)
    advice = _WORK if cause.agreed else cause.advice
    return replace(finding, level=min(finding.level, Level.NOTICE), summary=said, cause=cause.key, advice=advice)


def _cause(finding: Finding, known: Around) -> Away | None:
    if finding.rule == "device_unreachable":
        return known.away.get(finding.device)
    if finding.rule == "uplink_lost":
        return _above(finding, known)
    if finding.rule in PORTS:
        return _first(finding, known, _beyond(finding, known))
    if finding.rule in NEIGHBOURS:
        there = known.addresses.get(finding.item.partition(" ")[0])
        return _first(finding, known, [there]) if there is not None else _adjacent(finding, known)
    return _adjacent(finding, known) if finding.rule in PAIRS else None


def _above(finding: Finding, known: Around) -> Away | None:
    """Return what took the ways in; one that is cut as well is a trouble of its own."""
    said = dict(finding.summary.values).get("lost", "")
    lost = str(said).split(", ")
    return _first(finding, known, lost) if all(name in known.away for name in lost) else None


def _first(finding: Finding, known: Around, names: Sequence[str]) -> Away | None:
    """Return the cause among *names*, a dead device before one that is worked on."""
    causes = sorted((known.away[name] for name in names if name in known.away), key=lambda away: away.agreed)
    return next((away for away in causes if not away.agreed or _during(known.since(finding), away)), None)


def _during(since: datetime | None, away: Away) -> bool:
    """Say whether what began at *since* is not older than the agreed work; work may begin a little early."""
    return since is None or away.since is None or since >= away.since - TOGETHER


def _beyond(finding: Finding, known: Around) -> list[str]:
    """Return the devices at the other end of the finding's port, as either end told; else the one that its description names."""
    return list(_heard(finding, known)) or known.named(finding.device, finding.item)


def _heard(finding: Finding, known: Around) -> Iterator[str]:
    for link in known.links.links:
        if link.device == finding.device and link.port and same_port(link.port, finding.item):
            yield link.far
        if link.far == finding.device and link.far_port and same_port(link.far_port, finding.item):
            yield link.device


def _adjacent(finding: Finding, known: Around) -> Away | None:
    """Return an adjacent device that was lost at the same time: that is all there is where nobody says who the neighbour is."""
    near = known.links.neighbours.get(finding.device, frozenset()) & known.away.keys()
    return next((known.away[name] for name in sorted(near) if _together(finding, known.away[name], known)), None)


def _together(finding: Finding, away: Away, known: Around) -> bool:
    if not away.agreed:
        return finding.since is not None and away.since is not None and abs(finding.since - away.since) <= TOGETHER
    since = known.since(finding)
    # Who is worked on and still answers has taken nothing with it that we could prove.
    if since is None or away.told is None:
        return False
    return away.told - LOOK <= since <= away.told + TOGETHER and _during(since, away)
