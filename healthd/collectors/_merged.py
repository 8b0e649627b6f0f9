"""One picture of a device out of two wires: SNMP first, the command line where SNMP has nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from healthd.model.observation import Fact, Interface, Neighbour, Part, Reading, System

_ABSENT: tuple[object, ...] = ("", None, "unknown")


def merged(snmp: Sequence[Fact], cli: Sequence[Fact]) -> Iterator[Fact]:
    """Yield one System, and the facts of both wires without telling a thing twice.

    The command line's parts and interfaces count where SNMP gave none, its
    neighbours where SNMP gave none of that protocol, its readings where SNMP
    gave none of that metric.
    """
    if systems := [fact for fact in (*snmp, *cli) if isinstance(fact, System)]:
        yield filled(systems)
    yield from (fact for fact in snmp if not isinstance(fact, System))
    told = {_kind(fact) for fact in snmp}
    yield from _once([fact for fact in cli if not isinstance(fact, System) and _kind(fact) not in told])


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


def _once(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Leave out what several commands tell: parts with the same serial number or index, readings of the same item, interfaces."""
    seen: set[tuple[str, ...]] = set()
    for fact in facts:
        keys = set(_keys(fact))
        if not keys & seen:
            yield fact
        seen |= keys


def _keys(fact: Fact) -> Iterator[tuple[str, ...]]:
    match fact:
        case Part():
            yield "part", fact.index
            if fact.serial:
                yield "serial", fact.serial
        case Reading():
            yield "reading", fact.metric, fact.item, fact.index
        case Interface():
            yield "interface", fact.name
