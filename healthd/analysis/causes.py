"""One cause, one trouble: what follows from a device that is down, or in agreed maintenance, is told as its consequence.

A dead device takes ports, uplinks and routing neighbours of its neighbours
with it. Those findings stay, with the same keys, but only as notices that
name the cause: the trouble to act on, and the case, are the dead device's.
They stay so for some minutes after its return, until everybody was asked again.
Of a device in agreed maintenance nobody has to act on them at all, as long as
the work lasts; what began before it is not its doing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from healthd.analysis.around import Around, Away, around
from healthd.analysis.owners import PROTOCOLS
from healthd.analysis.ports import same_port
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

PORTS = frozenset({"interface_down", "link_flapping"})
NEIGHBOURS = frozenset(PROTOCOLS)
RETURNING = frozenset({"interface_down"}) | NEIGHBOURS
"""What a return ends, once it was looked at again; a port that flaps or a pair that broke does not mend with it."""
PAIRS = frozenset({"hsrp", "vrrp", "vpc"})
TOGETHER = timedelta(minutes=15)
"""A routing protocol notices a loss within its dead timer, and we within two rounds of polls."""
LOOK = timedelta(minutes=5)
"""Between two looks at a device: a row that vanished was last seen up to so long before it was lost."""

_WAIT = say("Nothing to do for the next minutes; what still stands then is told anew.")
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
    if cause.back is not None:
        said = say("{what}, because {device} did not answer until {at}.", what=finding.summary, device=cause.device, at=cause.back)
    advice = _WORK if cause.agreed else _WAIT if cause.back is not None else cause.advice
    return replace(finding, level=min(finding.level, Level.NOTICE), summary=said, cause=cause.key, advice=advice)


def _cause(finding: Finding, known: Around) -> Away | None:
    if finding.rule == "device_unreachable":
        return known.away.get(finding.device)
    if finding.rule == "uplink_lost":
        return _above(finding, known)
    if finding.rule in PORTS:
        return _first(finding, known, _beyond(finding, known))
    if finding.rule in NEIGHBOURS:
        return _neighbour(finding, known)
    return _partner(finding, known) if finding.rule in PAIRS else None


def _above(finding: Finding, known: Around) -> Away | None:
    """Return what took the ways in; one that is cut as well is a trouble of its own."""
    said = dict(finding.summary.values).get("lost", "")
    lost = str(said).split(", ")
    return _first(finding, known, lost) if all(name in known.away for name in lost) else None


def _first(finding: Finding, known: Around, names: Sequence[str]) -> Away | None:
    """Return the cause among *names*, a dead device before one that is back or is worked on."""
    causes = sorted((known.away[name] for name in names if name in known.away), key=lambda away: (away.agreed, away.back is not None))
    return next((away for away in causes if _fits(finding, away, known)), None)


def _fits(finding: Finding, away: Away, known: Around) -> bool:
    """Say whether *finding* is of the time in which a device was away that is back; a loss that lasts needs no such proof."""
    since = known.since(finding)
    if away.back is not None and away.since is not None:
        return finding.rule in RETURNING and since is not None and away.since - LOOK <= since <= away.back
    return not away.agreed or _during(since, away)


def _during(since: datetime | None, away: Away) -> bool:
    """Say whether what began at *since* is not older than the agreed work; work may begin a little early."""
    return since is None or away.since is None or since >= away.since - TOGETHER


def _beyond(finding: Finding, known: Around) -> list[str]:
    """Return the devices at the other end of the finding's port, as either end told; else the one that its description names."""
    return list(_heard(finding.device, finding.item, known)) or known.named(finding.device, finding.item)


def _heard(device: str, port: str, known: Around) -> Iterator[str]:
    for link in known.links.links:
        if link.device == device and link.port and same_port(link.port, port):
            yield link.far
        if link.far == device and link.far_port and same_port(link.far_port, port):
            yield link.device


def _neighbour(finding: Finding, known: Around) -> Away | None:
    """Return the neighbour itself; where nobody says who it is, the only device that it can be.

    A neighbour that is known to be somebody else was not taken by a device that happens to be near.
    """
    owner = known.owner(finding.device, finding.item)
    if owner is not None:
        return _first(finding, known, [owner])
    there = frozenset(_heard(finding.device, finding.item.partition(" ")[2], known))
    return _only(finding, known, there or known.links.neighbours.get(finding.device, frozenset()))


def _partner(finding: Finding, known: Around) -> Away | None:
    """Return the other one of a pair: of the adjacent devices the one with the same role."""
    near = known.links.neighbours.get(finding.device, frozenset())
    roles = {device.name: device.role for device in known.devices}
    alike = frozenset(name for name in near if roles[name] == roles[finding.device])
    return _only(finding, known, alike or near)


def _only(finding: Finding, known: Around, near: frozenset[str]) -> Away | None:
    """Return the one device that is *near*, if it was lost at the same time; of several, nobody knows which one it was."""
    away = known.away.get(next(iter(near))) if len(near) == 1 else None
    return away if away is not None and _together(finding, away, known) else None


def _together(finding: Finding, away: Away, known: Around) -> bool:
    if not away.agreed:
        near = finding.since is not None and away.since is not None and abs(finding.since - away.since) <= TOGETHER
        return near and _fits(finding, away, known)
    since = known.since(finding)
    # Who is worked on and still answers has taken nothing with it that we could prove.
    if since is None or away.told is None:
        return False
    return away.told - LOOK <= since <= away.told + TOGETHER and _during(since, away)
