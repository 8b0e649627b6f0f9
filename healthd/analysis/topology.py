"""Who is reached through whom, and who is connected to whom.

Parents are configured; neighbours are what devices say over CDP and LLDP
(CISCO-CDP-MIB::cdpCacheTable, LLDP-MIB::lldpRemTable). A neighbour counts
only when its name or address means exactly one of the customer's devices.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from healthd.model.device import Device
from healthd.model.poll import Poll

DISCOVERY = ("cdp", "lldp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Configured parents without loops.

    *parents* are those through which a device can be reached, *order* has
    parents before children. *loops* are groups of devices that name each
    other in a circle: such a group is reached through the parents around it.
    """

    parents: Mapping[str, tuple[str, ...]]
    order: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...] = ()

    @property
    def roots(self) -> frozenset[str]:
        """The devices that we reach directly."""
        return frozenset(name for name, above in self.parents.items() if not above)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Link:
    """A connection as *device* sees it on *port*; *far_port* is empty when it does not say."""

    device: str
    port: str
    far: str
    far_port: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """The customer's network: *links* in both directions, *neighbours* by device."""

    links: tuple[Link, ...]
    neighbours: Mapping[str, frozenset[str]]

    def ports(self, device: str) -> frozenset[str]:
        """Return the ports of *device* behind which another of the customer's devices was seen."""
        return frozenset(link.port for link in self.links if link.device == device and link.port)

    def toward(self, device: str, others: Iterable[str]) -> tuple[Link, ...]:
        """Return the links from *device* to *others*: its uplinks, when *others* are its parents."""
        far = set(others)
        return tuple(link for link in self.links if link.device == device and link.far in far)

    def cut_points(self) -> frozenset[str]:
        """Return the devices whose loss would split the network (articulation points)."""
        return frozenset(_cut_points(self.neighbours))


def lineage(devices: Iterable[Device]) -> Lineage:
    """Return the parents of *devices*; parents that are not among them cannot be judged and are left out."""
    known = {d.name: d for d in devices}
    given = {name: tuple(p for p in dict.fromkeys(d.parents) if p in known) for name, d in known.items()}
    order, left = _ordered(given)
    loops = tuple(_loops(left, given))
    for loop in loops:
        around = tuple(sorted({p for member in loop for p in given[member]} - set(loop)))
        given.update(dict.fromkeys(loop, around))
    return Lineage(parents=given, order=_ordered(given)[0] if loops else order, loops=loops)


def topology(devices: Iterable[Device], polls: Mapping[str, Poll]) -> Topology:
    """Return who is connected to whom, out of CDP, LLDP and configured parents; *polls* are the newest by device."""
    known = list(devices)
    names, addresses = _names(known, polls), _unique((d.address, d.name) for d in known)
    links: set[Link] = set()
    for device in known:
        for seen in polls[device.name].neighbours if device.name in polls else ():
            far = names.get(_bare(seen.remote)) or addresses.get(seen.remote_address)
            if seen.protocol in DISCOVERY and far and far != device.name:
                links.add(Link(device=device.name, port=seen.local, far=far, far_port=seen.remote_port))
    seen_pairs = {(link.device, link.far) for link in links}
    links |= {Link(device=d.name, port="", far=p) for d in known for p in d.parents if (d.name, p) not in seen_pairs}
    around: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        around[link.device].add(link.far)
        around[link.far].add(link.device)
    return Topology(links=tuple(sorted(links)), neighbours={d.name: frozenset(around[d.name]) for d in known})


def _ordered(parents: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return parents before children, and what is left in or behind a loop."""
    waiting = {name: len(above) for name, above in parents.items()}
    below: defaultdict[str, list[str]] = defaultdict(list)
    for name, above in parents.items():
        for parent in above:
            below[parent].append(name)
    order = [name for name, count in waiting.items() if not count]
    for name in order:  # grows while it is read
        for child in below[name]:
            waiting[child] -= 1
            if not waiting[child]:
                order.append(child)
    return tuple(order), frozenset(parents) - set(order)


def _loops(left: Iterable[str], parents: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    above = {name: _above(name, parents) for name in left}
    told: set[str] = set()
    for name in sorted(above):
        if name in above[name] and name not in told:
            loop = tuple(sorted(m for m in above[name] if name in above.get(m, ())))
            told.update(loop)
            yield loop


def _above(name: str, parents: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    ahead = list(parents[name])
    while ahead:
        if (parent := ahead.pop()) not in found:
            found.add(parent)
            ahead += parents[parent]
    return found


def _names(devices: Iterable[Device], polls: Mapping[str, Poll]) -> Mapping[str, str]:
    """Return what neighbours may call each device: the inventory's name and the device's own; a name of two devices means neither."""
    said = []
    for device in devices:
        poll = polls.get(device.name)
        own = {_bare(device.name), _bare(poll.system.name) if poll and poll.system else ""}
        said += [(name, device.name) for name in own if name]
    return _unique(said)


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, name in pairs:
        found[key].add(name)
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}


def _bare(name: str) -> str:
    """Return a system's name without domain and case; NX-OS adds its serial number in brackets for CDP."""
    return name.partition("(")[0].strip().partition(".")[0].lower()


def _cut_points(around: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield articulation points (Tarjan 1973), without recursion: a chain of devices may be long."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    for root in sorted(around):
        if root in number:
            continue
        number[root] = low[root] = len(number)
        trail, children = [(root, "", iter(sorted(around[root])))], 0
        while trail:
            name, parent, ahead = trail[-1]
            far = next(ahead, None)
            if far is None:
                trail.pop()
                if parent:
                    low[parent] = min(low[parent], low[name])
                    if parent != root and low[name] >= number[parent]:
                        yield parent
            elif far not in number:
                number[far] = low[far] = len(number)
                children += name == root
                trail.append((far, name, iter(sorted(around[far]))))
            elif far != parent:
                low[name] = min(low[name], number[far])
        if children > 1:
            yield root
