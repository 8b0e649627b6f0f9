"""Who is away, and how the others know them: what it takes to tell a loss from its consequences."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile

from healthd.analysis.owners import PROTOCOLS, Heard, far_end, heard, identified
from healthd.analysis.ports import mentions
from healthd.analysis.topology import DISCOVERY, Topology, topology
from healthd.model.availability import Span, State
from healthd.model.device import Device
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say
from healthd.model.poll import Poll

SETTLING = timedelta(minutes=5)
"""So long after a device's return its neighbours may still miss it: ports are asked at the next sweep, adjacencies form anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Why nobody can count on a device: *device* is down (*key* is its finding's), or it is worked on as *agreed*.

    *since* is when that began: of a loss as far as the window shows; *told* when the one who is away last told its values.
    *back* is when a device answered again that was down until just now; None while it is away.
    """

    device: str
    key: str
    since: datetime | None
    agreed: bool = False
    told: datetime | None = None
    back: datetime | None = None
    advice: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The devices that are *away*, and what is known of the lines to them.

    *names* finds devices in a text, *heard* says who had which routing neighbours; *first_seen* is when findings that were
    known before were first seen, by their keys.
    """

    away: Mapping[str, Away]
    devices: Sequence[Device] = ()
    polls: Mapping[str, Poll] = field(default_factory=dict)
    links: Topology = field(default_factory=lambda: Topology(links=(), neighbours={}))
    addresses: Mapping[str, str] = field(default_factory=dict)
    names: re.Pattern[str] | None = None
    heard: Heard = field(default_factory=dict)
    first_seen: Mapping[str, datetime] = field(default_factory=dict)

    def since(self, finding: Finding) -> datetime | None:
        """Return when *finding* began, as far as anybody knows: the window shows its own time alone."""
        known = (finding.since, self.first_seen.get(finding.key))
        return min((at for at in known if at is not None), default=None)

    def owner(self, device: str, neighbour: str) -> str | None:
        """Return which device a routing *neighbour* of *device* is: by its address, its name, or the other end of its line."""
        word = neighbour.partition(" ")[0]
        name = next((each.name for each in self.devices if each.name.lower() == word.lower()), None)
        return self.addresses.get(word) or name or far_end(device, word, self.heard)

    def named(self, device: str, port: str) -> list[str]:
        """Return the device that the description of *device*'s *port* names; none where it names several."""
        poll = self.polls.get(device)
        said = next((row.alias for row in poll.interfaces if row.name == port), "") if poll else ""
        if not said or self.names is None:
            return []
        there = {found[0].lower() for found in self.names.finditer(said)} - {device.lower()}
        return [each.name for each in self.devices if there == {each.name.lower()}]


def around(found: Sequence[Finding], history: History, first_seen: Mapping[str, datetime]) -> Around:
    """Return who is away by *found* and by what was agreed; without anybody, nothing else is looked up."""
    away = {**dict(_returned(history)), **_agreed(history), **{f.device: _dead(f) for f in found if f.rule == "device_down"}}
    if not away:
        return Around(away={})
    # The last word of a silent device, too: it still tells who was at the other end of its lines.
    polls = {d.name: poll for d in history.devices if (poll := history.poll(d.name))}
    links = topology(history.devices, polls)
    return Around(
        away=away,
        devices=history.devices,
        polls=polls,
        links=links,
        addresses=dict(_addresses(history, polls, links)),
        names=mentions(history.devices),
        heard=heard(history) if any(each.rule in PROTOCOLS for each in found) else {},
        first_seen=first_seen,
    )


def _dead(finding: Finding) -> Away:
    return Away(device=finding.device, key=finding.key, since=finding.since, advice=finding.advice)


def _returned(history: History) -> Iterator[tuple[str, Away]]:
    """Yield the devices that were down until just now: their neighbours miss them a little longer."""
    for device in history.devices:
        was, now = ([None, None, *history.spans(device.name)])[-2:]
        if was and now and (was.state, now.state) == (State.DOWN, State.UP) and history.window.end - now.interval.start <= SETTLING:
            lost = Finding(rule="device_down", device=device.name, level=Level.CRITICAL, summary=say("Does not answer."))
            yield device.name, Away(device=device.name, key=lost.key, since=was.interval.start, back=now.interval.start)


def _agreed(history: History) -> dict[str, Away]:
    """Return the devices that are worked on, and those that cannot be reached for that reason alone."""
    now = {d.name: spans[-1] for d in history.devices if d.in_service and (spans := history.spans(d.name))}
    found = {}
    for name, span in now.items():
        if span.state in (State.MAINTENANCE, State.UNREACHABLE):
            ways = _ways(name, now, {d.name: d.parents for d in history.devices}, set())
            if ways and all(now[way].state is State.MAINTENANCE for way in ways):
                work = min(ways)
                since = _since(history.spans(work))
                found[name] = Away(device=work, key=f"maintenance:{work}", since=since, agreed=True, told=history.told(name))
    return found


def _since(spans: Sequence[Span]) -> datetime:
    """Return when the maintenance began that lasts to the end of *spans*, by its own words: several may follow each other."""
    work = takewhile(lambda span: span.state is State.MAINTENANCE, reversed(spans))
    return min(span.begun or span.interval.start for span in work)


def _ways(name: str, now: Mapping[str, Span], parents: Mapping[str, Sequence[str]], seen: set[str]) -> set[str]:
    """Return the devices at which the ways to *name* end: itself, unless it is only behind others."""
    seen.add(name)
    if name not in now or now[name].state is not State.UNREACHABLE:
        return {name} if name in now else set()
    return {way for parent in parents[name] if parent not in seen for way in _ways(parent, now, parents, seen)}


def _addresses(history: History, polls: Mapping[str, Poll], links: Topology) -> Iterable[tuple[str, str]]:
    """Yield addresses with the device they belong to: those we ask, and those that CDP, LLDP and routers' identities tell."""
    asked = {device.address: device.name for device in history.devices}
    yield from identified(polls.values(), asked)
    far: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links.links:
        far[link.device, link.port].add(link.far)
    for name, poll in polls.items():
        yield from _told(poll, name, far)
    yield from asked.items()


def _told(poll: Poll, name: str, far: Mapping[tuple[str, str], set[str]]) -> Iterator[tuple[str, str]]:
    for seen in poll.neighbours:
        there = far.get((name, seen.local), set()) if seen.protocol in DISCOVERY and seen.remote_address else set()
        yield from ((seen.remote_address, device) for device in there if len(there) == 1)
