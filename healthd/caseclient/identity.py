"""Who is who after a serial number changed: a unit that was replaced, or another device at the same address.

A new serial number that belongs to another of the customer's devices means
that an address was moved: what is found there must open no case in the wrong
name. A number that nobody had before is a replacement: the old unit's
troubles are over.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from healthd.model.finding import Finding

RULE = "identity_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """*doubted* are the devices that may be others; *replaced* says by which serial number an old one was followed."""

    doubted: frozenset[str] = frozenset()
    replaced: Mapping[str, str] = field(default_factory=dict)


def identities(found: Sequence[Finding], units: Mapping[str, Collection[str]]) -> Identities:
    """Return what changed by *found*; *units* are the serial numbers of the chassis that each device has now."""
    changed = {f.device: (_said(f, "old"), _said(f, "new")) for f in found if f.rule == RULE}
    doubted = frozenset(name for name, (_, new) in changed.items() if any(serial in new for serial in _elsewhere(name, changed, units)))
    pairs = (pair for name, (old, new) in changed.items() if name not in doubted for pair in _pairs(old, new))
    return Identities(doubted=doubted, replaced=dict(pairs))


def _said(finding: Finding, which: str) -> tuple[str, ...]:
    return tuple(str(dict(finding.summary.values).get(which, "")).split(", "))


def _elsewhere(name: str, changed: Mapping[str, tuple[tuple[str, ...], ...]], units: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield the serial numbers that other devices have, or had until just now."""
    for other, serials in units.items():
        if other != name:
            yield from serials
    for other, (old, _) in changed.items():
        if other != name:
            yield from old


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the old numbers, each with its successor where there is exactly one, else with all of them."""
    yield from ((each, new[0] if len(new) == 1 else ", ".join(new)) for each in old if each)
