"""What has one cause: findings about one part, consequences on one device, power lost at one site.

Pure, and the same whatever the order: groups are joined by their members'
keys, and the one that others follow from is found by rank, time and name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from healthd.model.finding import Condition, Finding
from healthd.model.verdict import Verdict

LOSS = "device_down"
CHAIN = timedelta(minutes=5)
"""Losses of one site follow each other within so long: supplies hold a moment, batteries some minutes, probes a round."""
AFTER, BEFORE = timedelta(minutes=15), timedelta(minutes=10)
"""How long after a part's failure, and before it was read, its consequences begin."""

_LINES = {"interface_down", "link_flapping", "errdisabled", "uplink_lost", "poe", "alarm"}
_NEIGHBOURS = {"bgp", "ospf", "isis", "eigrp", "hsrp", "vrrp", "vpc"}
FOLLOW: Mapping[str, frozenset[str]] = {
    "stack": frozenset(_LINES | _NEIGHBOURS | {"redundancy", "module", "power", "sensor", "fan", "psu", "stack"}),
    "module": frozenset(_LINES | _NEIGHBOURS | {"redundancy", "power", "sensor", "diagnostic", "optics"}),
    "redundancy": frozenset(_NEIGHBOURS | {"alarm"}),
    "psu": frozenset({"power", "voltage", "sensor", "poe", "alarm", "fan"}),
    "fan": frozenset({"temperature", "sensor", "alarm"}),
    "temperature": frozenset({"sensor", "voltage", "alarm", "optics"}),
    "errdisabled": frozenset({"interface_down", "link_flapping"} | _NEIGHBOURS),
    "link_flapping": frozenset(_NEIGHBOURS | {"interface_down"}),
    "interface_down": frozenset(_NEIGHBOURS),
}
"""By rule, the rules whose findings on the same device follow from it when they begin with it; what stands before is never a consequence of what stands after."""
RANK = (LOSS, *FOLLOW)

State = Callable[[Finding], Condition | None]


class Groups:
    """Keys that belong together (union by the smaller name)."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Begin with each of *keys* by itself."""
        self._of = {key: key for key in keys}

    def top(self, key: str) -> str:
        """Return the name of the group of *key*."""
        while self._of[key] != key:
            key = self._of[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Put two groups together."""
        low, high = sorted((self.top(one), self.top(other)))
        self._of[high] = low

    def all(self) -> Mapping[str, tuple[str, ...]]:
        """Return the members of each group, sorted."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(self._of):
            found[self.top(key)].append(key)
        return {top: tuple(keys) for top, keys in found.items()}


def rank(finding: Finding, began: datetime) -> tuple[int, int, datetime, str]:
    """Return what sorts the finding that others follow from before them."""
    place = RANK.index(finding.rule) if finding.rule in RANK else len(RANK)
    return place, -finding.level, began, finding.key


def follows(finding: Finding, root: Finding, began: Mapping[str, datetime]) -> bool:
    """Say whether *finding* is a consequence of *root* on the same device; a part that has failed itself is none."""
    if finding.key == root.key or finding.device != root.device or finding.rule not in FOLLOW.get(root.rule, ()):
        return False
    if finding.verdict is Condition.FAILED or (root.rule == "psu" and finding.rule == "fan" and finding.verdict is not Condition.UNPOWERED):
        return False
    near = -BEFORE <= began[finding.key] - began[root.key] <= AFTER
    return near and rank(root, began[root.key]) < rank(finding, began[finding.key])


def join_parts(groups: Groups, found: Sequence[Finding], verdicts: Mapping[str, Verdict]) -> None:
    """Join what is about one part: what one verdict is about, and the same unit of one device by its serial number.

    *verdicts* are by the keys of all their findings. Indexes of different tables mean different things.
    """
    first: dict[tuple[str, str], str] = {}
    for each in found:
        if each.verdict and each.serial:
            groups.join(first.setdefault((each.device, each.serial), each.key), each.key)
        if (verdict := verdicts.get(each.key)) is not None:
            groups.join(first.setdefault(("", verdict.finding), each.key), each.key)


def join_sites(groups: Groups, found: Sequence[Finding], began: Mapping[str, datetime], sites: Mapping[str, str], state: State) -> None:
    """Join what one loss of power explains: devices lost and supplies without input at one site, one soon after the other."""
    places: defaultdict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for each in found:
        if each.rule == LOSS or (each.rule == "psu" and state(each) is Condition.UNPOWERED):
            site = sites.get(each.device, "")
            places[("site", site) if site else ("device", each.device)].append(each)
    _join_chains(groups, places.values(), began)


def join_lines(groups: Groups, found: Sequence[Finding], began: Mapping[str, datetime]) -> None:
    """Join the ports of one device that were lost one soon after the other, and its routing neighbours."""
    lines: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in found:
        if each.rule in _LINES or each.rule in _NEIGHBOURS:
            lines[each.device, each.rule].append(each)
    _join_chains(groups, lines.values(), began)


def _join_chains(groups: Groups, places: Iterable[Sequence[Finding]], began: Mapping[str, datetime]) -> None:
    for those in places:
        for one, other in _chain(those, began):
            groups.join(one.key, other.key)


def _chain(found: Sequence[Finding], began: Mapping[str, datetime]) -> Iterator[tuple[Finding, Finding]]:
    ordered = sorted(found, key=lambda f: (began[f.key], f.key))
    for one, other in pairwise(ordered):
        if began[other.key] - began[one.key] <= CHAIN:
            yield one, other
