"""Which findings and which log lines are about the same part."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from healthd.analysis.proofs.lines import RULE
from healthd.analysis.proofs.places import INSIDE, OTHER, SAME, agreement, nearest, place
from healthd.analysis.proofs.seen import Suspicion
from healthd.analysis.proofs.told import Told
from healthd.model.verdict import Component, Verdict

_RULES = ("psu", "fan", "module", "stack", "redundancy", "power", "diagnostic", "optics", "temperature", "voltage", "sensor", RULE)
"""What says most about a part comes first."""
_UNITS = ("powerSupply", "module", "fan", "port")
_LIKE = {Component.MODULE: Component.SUPERVISOR, Component.SUPERVISOR: Component.MODULE}


@dataclass(kw_only=True)
class Matters:
    """What there is about one part: the suspicions that findings raise, the one that says most first, and what was told of it."""

    suspicions: list[Suspicion]
    told: list[Told] = field(default_factory=list)

    @property
    def main(self) -> Suspicion:
        """What says most about the part."""
        return self.suspicions[0]

    @property
    def device(self) -> str:
        """The part's device."""
        return self.main.finding.device

    @property
    def keys(self) -> list[str]:
        """The keys of the findings."""
        return [each.finding.key for each in self.suspicions]

    def begun(self, now: datetime) -> datetime:
        """Return since when anything is the matter."""
        return min((each.finding.since for each in self.suspicions if each.finding.since), default=now)


def together(suspicions: Sequence[Suspicion]) -> list[Matters]:
    """Return *suspicions*, those about the same part together."""
    found: dict[tuple[str, ...], Matters] = {}
    for each in sorted(suspicions, key=_rank):
        key = _unit(each)
        if key in found:
            found[key].suspicions.append(each)
        elif each.finding.rule == RULE and (near := _near(each, list(found.values()))):
            near.suspicions.append(each)
        else:
            found[key] = Matters(suspicions=[each])
    return list(found.values())


def _rank(each: Suspicion) -> tuple[int, str, str]:
    rule = each.finding.rule
    return _RULES.index(rule) if rule in _RULES else len(_RULES), each.finding.device, each.finding.item


def _unit(each: Suspicion) -> tuple[str, ...]:
    """Return by what the replaceable unit is known; findings without one of their own are each about a part of their own."""
    found, part = each.finding, each.part
    if part is not None and part.kind in _UNITS and found.rule != RULE:
        return found.device, part.index
    return found.device, found.rule, found.item


def _near(each: Suspicion, cases: Sequence[Matters]) -> Matters | None:
    near = (c for c in cases if _same_kind(each.component, c.main.component) and c.device == each.finding.device)
    return next((c for c in near if each.where and agreement(each.where, c.main.where) == SAME), None)


def _same_kind(one: Component, other: Component) -> bool:
    return one is other or _LIKE.get(one) is other


def taken(each: Told, cases: Sequence[Matters]) -> bool:
    """Give *each* to the one of *cases* that it is about; say whether there is one."""
    mine = [c for c in cases if c.device == each.event.device and _fits(each, c)]
    found = nearest(mine, lambda case: _nearness(each, case))
    for case in found:
        case.told.append(each)
    return bool(found)


def _fits(each: Told, case: Matters) -> bool:
    if not _same_kind(each.component, case.main.component):
        return False
    rules = {s.finding.rule for s in case.suspicions}
    # Much can be the matter with a chassis: heat is told beside heat, voltages beside voltages.
    return each.component is not Component.CHASSIS or each.event.kind.partition(".")[0] in rules or RULE in rules


def _nearness(each: Told, case: Matters) -> int:
    """Return how well *each* agrees with *case*; a row of the inventory and a serial number say it for sure."""
    mine = {s.finding.serial for s in case.suspicions} - {""}
    if (each.index and any(each.index in _indexes(s) for s in case.suspicions)) or (each.serial and each.serial in mine):
        return SAME + 1
    if (each.serial and mine) or (each.index and not each.where):
        return OTHER
    return max(agreement(each.where, s.where) for s in case.suspicions)


def _indexes(each: Suspicion) -> set[str]:
    return {each.finding.index, *each.finding.indexes, each.part.index if each.part else ""} - {""}


def concerns(each: Told, verdict: Verdict) -> bool:
    """Say whether *each*, a line of the log of the same device, is about the part of *verdict*."""
    if not _same_kind(each.component, verdict.component):
        return False
    if each.serial and verdict.serial:
        return each.serial == verdict.serial
    return agreement(each.where, place(verdict.item)) >= INSIDE or not each.where
