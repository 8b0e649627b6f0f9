"""From findings to troubles: one for each cause, with all that follows from it.

Correlated by component, by device, by the site's power and by topology. What
a dead device or agreed work explains is no trouble; a device that cannot be
reached is its dead parent's impact, and nobody's while the parent is not
judged. A customer cut off from us as a whole gives no finding at all:
``analysis.reachability`` has called it our own loss.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from healthd.caseclient.behind import Lost, behind
from healthd.caseclient.identity import RULE as IDENTITY
from healthd.caseclient.identity import Identities, identities
from healthd.caseclient.together import LOSS, Groups, follows, join_lines, join_parts, join_sites, rank
from healthd.model.device import Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.verdict import Verdict

CUT = "device_unreachable"


class Kind(StrEnum):
    """What holds a trouble together."""

    ALONE = "alone"
    PART = "part"
    DEVICE = "device"
    SITE = "site"
    TOPOLOGY = "topology"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A finding that stands; *seen* is when it was first seen. *acked* and *muted* are a person's word on it."""

    finding: Finding
    seen: datetime
    acked: bool = False
    muted: bool = False

    @property
    def began(self) -> datetime:
        """The earliest moment at which it is known to have stood."""
        return min(self.seen, self.finding.since or self.seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One cause. *root* is what the others follow from, *members* what a case about it covers, *follow* what is explained by it.

    *impact* are the devices that lost service with it, *seen* is when its root was first seen, *since* when it began.
    *quiet* says that a person has spoken about all of it: nobody is to be told. *doubted* says that it may be another device's.
    """

    kind: Kind
    root: Finding
    members: tuple[Finding, ...]
    seen: datetime
    since: datetime
    follow: tuple[Finding, ...] = ()
    impact: tuple[str, ...] = ()
    site: str = ""
    verdict: Verdict | None = None
    quiet: bool = False
    doubted: bool = False

    @property
    def key(self) -> str:
        """The key of its cause, under which a case is opened."""
        return self.root.key

    @property
    def state(self) -> Condition | None:
        """What is the matter with the part: by the verdict; without one a single proof makes nothing but a suspicion."""
        return _state(self.root, self.verdict)

    @property
    def devices(self) -> tuple[str, ...]:
        """The devices that its members are about."""
        return tuple(sorted({each.device for each in self.members}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that stands at one moment: *troubles* by their keys, the *keys* of all findings, and who is who."""

    troubles: tuple[Trouble, ...] = ()
    keys: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()
    identities: Identities = field(default_factory=Identities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What is known besides findings: the *devices*, who is connected to whom (*links*), and the chassis that each has now (*units*)."""

    devices: Sequence[Device]
    links: Mapping[str, Collection[str]] = field(default_factory=dict)
    units: Mapping[str, Collection[str]] = field(default_factory=dict)


def picture(standing: Iterable[Standing], network: Network, verdicts: Iterable[Verdict] = ()) -> Picture:
    """Return the troubles behind what is *standing*; the order of neither matters."""
    there = {each.finding.key: each for each in standing}
    said = {key: each for each in verdicts for key in (*each.also, each.finding)}
    made = _Assembly(there=there, network=network, verdicts=said)
    return Picture(
        troubles=tuple(sorted(made.troubles(), key=lambda t: t.key)),
        keys=frozenset(there),
        muted=frozenset(key for key, each in there.items() if each.muted),
        identities=made.who,
    )


def _state(finding: Finding, verdict: Verdict | None) -> Condition | None:
    if verdict is not None:
        return verdict.state
    return Condition.SUSPECT if finding.verdict is Condition.FAILED else finding.verdict


class _Assembly:
    """One picture in the making."""

    def __init__(self, *, there: Mapping[str, Standing], network: Network, verdicts: Mapping[str, Verdict]) -> None:
        self.there, self.network, self.verdicts = there, network, verdicts
        self.began = {key: each.began for key, each in there.items()}
        self.found = [there[key].finding for key in sorted(there)]
        self.who = identities(self.found, network.units)
        self.sites = {device.name: device.site for device in network.devices}
        self.behind = behind(self._lost())

    def _lost(self) -> Lost:
        known = {device.name: device for device in self.network.devices}
        down = {f.device: self.began[f.key] for f in self.found if f.rule == LOSS and not f.cause and f.device in known}
        cut = {f.device for f in self.found if f.rule == CUT and not f.cause}
        return Lost(devices=known, down=down, cut=cut, links=self.network.links)

    def troubles(self) -> Iterator[Trouble]:
        """Yield each cause once."""
        roots = list(self._roots())
        groups = Groups(f.key for f in roots)
        join_parts(groups, roots, self.verdicts)
        join_lines(groups, roots, self.began)
        join_sites(groups, roots, self.began, self.sites, lambda f: _state(f, self.verdicts.get(f.key)))
        self._join_ways(groups)
        explained = self._explained(roots)
        for keys in groups.all().values():
            yield self._trouble([self.there[key].finding for key in keys], explained)

    def _roots(self) -> Iterator[Finding]:
        """Yield what is nobody's consequence: neither explained, nor behind the dead, nor of a device that is away."""
        away = {f.device for f in self.found if f.rule in (LOSS, CUT) and not f.cause}
        candidates = [f for f in self.found if self._counts(f) and (f.rule == LOSS or f.device not in away)]
        beside = _by_device(candidates)
        for each in candidates:
            if not any(follows(each, root, self.began) for root in beside[each.device]):
                yield each

    def _counts(self, finding: Finding) -> bool:
        return not finding.cause and finding.rule != CUT and finding.level > Level.UNKNOWN and not self._is_taken(finding)

    def _is_taken(self, finding: Finding) -> bool:
        return finding.rule == LOSS and finding.device in self.behind

    def _join_ways(self, groups: Groups) -> None:
        """Join the dead that only together cut somebody off."""
        for ends in self.behind.values():
            first, *others = sorted(f"1:{LOSS}:{end}:" for end in ends)
            for other in others:
                groups.join(first, other)

    def _explained(self, roots: Sequence[Finding]) -> Mapping[str, list[Finding]]:
        """Return what follows from each root, by its key."""
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        own, beside = {f.key for f in roots}, _by_device(roots)
        dead = {f.device: f.key for f in roots if f.rule == LOSS}
        for each in self.found:
            if each.key not in own:
                key = (
                    each.cause or next((dead[e] for e in self._ends(each.device) if e in dead), "") or self._same(each, beside[each.device])
                )
                found[key].append(each)
        return found

    def _ends(self, device: str) -> Sequence[str]:
        return sorted(self.behind.get(device, (device,)))

    def _same(self, finding: Finding, roots: Sequence[Finding]) -> str:
        return next((root.key for root in roots if follows(finding, root, self.began)), "")

    def _trouble(self, members: list[Finding], explained: Mapping[str, list[Finding]]) -> Trouble:
        root = min(members, key=lambda f: rank(f, self.began[f.key]))
        dead = {f.device for f in members if f.rule == LOSS}
        impact = tuple(sorted({*dead, *(name for name, ends in self.behind.items() if ends & dead)}))
        return Trouble(
            kind=_kind(members, impact),
            root=root,
            members=tuple(sorted(members, key=lambda f: f.key)),
            follow=tuple(f for each in members for f in explained.get(each.key, ())),
            impact=impact,
            site=self.sites.get(root.device, ""),
            seen=self.there[root.key].seen,
            since=min(self.began[f.key] for f in members),
            verdict=self.verdicts.get(root.key),
            quiet=all(self.there[f.key].acked or self.there[f.key].muted for f in members),
            doubted=root.device in self.who.doubted and root.rule not in (IDENTITY, LOSS),
        )


def _by_device(found: Iterable[Finding]) -> defaultdict[str, list[Finding]]:
    made: defaultdict[str, list[Finding]] = defaultdict(list)
    for each in found:
        made[each.device].append(each)
    return made


def _kind(members: Sequence[Finding], impact: Sequence[str]) -> Kind:
    devices, dead = {f.device for f in members}, {f.device for f in members if f.rule == LOSS}
    if len(devices) > 1:
        return Kind.SITE
    if len(impact) > len(dead):
        return Kind.TOPOLOGY
    if dead:
        return Kind.DEVICE
    return Kind.PART if members[0].serial or members[0].verdict else Kind.ALONE
