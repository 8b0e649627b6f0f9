"""One picture of a device out of two wires: SNMP first, the command line where SNMP has nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from healthd.model.observation import Fact, Interface, Neighbour, Part, Reading, System

_ABSENT: tuple[object, ...] = ("", None, "unknown")


def merged(snmp: Sequence[Fact], cli: Sequence[Sequence[Fact]]) -> Iterator[Fact]:
    """Yield one System, and the facts of both wires without telling a thing twice; *cli* has one group for each command.

    The command line's parts and interfaces count where SNMP gave none, its
    neighbours where SNMP gave none of that protocol, its readings where SNMP
    gave none of that metric. Of what several commands tell, the first counts.
    """
    if systems := [fact for group in (snmp, *cli) for fact in group if isinstance(fact, System)]:
        yield filled(systems)
    yield from (fact for fact in snmp if not isinstance(fact, System))
    told = {_kind(fact) for fact in snmp}
    seen: set[tuple[str, ...]] = set()
    for group in cli:
        fresh = [f for f in group if not isinstance(f, System) and _kind(f) not in told and seen.isdisjoint(_keys(f))]
        yield from fresh
        seen.update(key for fact in fresh for key in _keys(fact))


def filled(said: Sequence[System]) -> System:
    """Return the first of *said*, its empty fields filled from the others in their order."""
    whole = said[0]
    for other in said[1:]:
        missing = {f.name: getattr(other, f.name) for f in fields(System) if getattr(whole, f.name) in _ABSENT}
        whole = replace(whole, **missing)
    return whole


def _kind(fact: Fact) -> str:
    """What counts as the same matter on both wires."""
    if isinstance(fact, Reading):
        return f"reading {fact.metric}"
    return f"neighbour {fact.protocol}" if isinstance(fact, Neighbour) else type(fact).__name__


def _keys(fact: Fact) -> Iterator[tuple[str, ...]]:
    """By what a fact is known again in another command's output; one command may well tell of a serial number twice."""
    match fact:
        case Part():
            yield "part", fact.index
            if fact.serial:
                yield "serial", fact.serial
        case Reading():
            yield "reading", fact.metric, fact.item, fact.index
        case Interface():
            yield "interface", fact.name
