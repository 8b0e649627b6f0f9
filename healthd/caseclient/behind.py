"""Who is behind whom: of the devices that are lost, those that took others with them, and those that were taken.

Configured parents decide where there are any: reachability has judged every
device after its parents, so that one that is down behind them is dead by
itself. Where nobody configured parents, the neighbours that CDP and LLDP told
say who had no way but through the dead.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.model.device import Device

TOGETHER = timedelta(minutes=15)
"""A loss is noticed within two rounds of polls; one that is older by more is of another cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The customer's losses: *down* with the moment of each, *cut* are those that cannot be reached, *links* who is connected to whom."""

    devices: Mapping[str, Device]
    down: Mapping[str, datetime]
    cut: Collection[str] = ()
    links: Mapping[str, Collection[str]]


def behind(lost: Lost) -> Mapping[str, frozenset[str]]:
    """Return for each device that lost service behind others the dead ones that cut it off; who is not named stands for himself."""
    found = {name: ends for name in lost.cut if (ends := frozenset(_ends(name, lost, set())))}
    taken = dict(_taken(lost))
    # Who took others may have been taken himself.
    return {name: frozenset(e for end in ends for e in taken.get(end, (end,))) for name, ends in {**found, **taken}.items()}


def _ends(name: str, lost: Lost, seen: set[str]) -> Iterator[str]:
    """Yield the dead devices at which the ways from *name* towards us end."""
    seen.add(name)
    for parent in lost.devices[name].parents if name in lost.devices else ():
        if parent in lost.down:
            yield parent
        elif parent in lost.cut and parent not in seen:
            yield from _ends(parent, lost, seen)


def _taken(lost: Lost) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the devices without configured parents whose every line leads to the dead, each with those that cut it off."""
    near = {name: {far for far in lost.links.get(name, ()) if far in lost.down and _at_once(lost, name, far)} for name in lost.down}
    for island in _islands(near):
        edge = {name for name in island if lost.devices[name].parents or _lives(lost, name)} or {_hub(island, near)}
        inner = island - edge
        for group in _islands({name: near[name] & inner for name in inner}):
            around = frozenset(far for name in group for far in near[name]) & edge
            yield from ((name, around) for name in group)


def _at_once(lost: Lost, one: str, other: str) -> bool:
    return abs(lost.down[one] - lost.down[other]) <= TOGETHER


def _lives(lost: Lost, name: str) -> bool:
    """Say whether a neighbour of *name* still answers: then the way to it was not what was lost."""
    return any(far not in lost.down and far not in lost.cut for far in lost.links.get(name, ()) if far in lost.devices)


def _hub(island: Collection[str], near: Mapping[str, Collection[str]]) -> str:
    """Return the one through which most others go, where no neighbour is left to tell."""
    return min(island, key=lambda name: (-len(near[name]), name))


def _islands(near: Mapping[str, Collection[str]]) -> Iterator[frozenset[str]]:
    """Yield the groups that are connected among themselves, by name."""
    around: defaultdict[str, set[str]] = defaultdict(set)
    for name, others in near.items():
        for far in others:
            around[name].add(far)
            around[far].add(name)
    seen: set[str] = set()
    for start in sorted(near):
        if start not in seen:
            group, ahead = {start}, [start]
            for name in ahead:  # grows while it is read
                new = around[name] - group
                group |= new
                ahead += sorted(new)
            seen |= group
            yield frozenset(group)
