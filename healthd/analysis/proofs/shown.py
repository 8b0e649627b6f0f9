"""What the command line says of a part: which of the states that a command printed are the part's own, and what they prove."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from healthd.analysis.proofs.feeds import without_input
from healthd.analysis.proofs.places import agreement, nearest, place
from healthd.analysis.proofs.seen import way
from healthd.analysis.proofs.words import METRICS, means
from healthd.analysis.states import state
from healthd.model.finding import Condition
from healthd.model.observation import Fact, Part, Reading
from healthd.model.phrase import say
from healthd.model.verdict import Component, Proof, Verdict

_WORST = (
    Condition.FAILED, Condition.SUSPECT, Condition.ABSENT, Condition.UNPOWERED, Condition.ENVIRONMENT, Condition.CONFIGURATION,
    Condition.SOFTWARE, Condition.HEALTHY,
)  # fmt: skip
_TESTED = frozenset({Component.CHASSIS, Component.ASIC, Component.MEMORY, Component.SUPERVISOR})
"""Parts whose kind a list of tests does not tell: a test that failed may be theirs only where it ran, and one that passed clears none of them."""
_PORTS = re.compile(r"Port|[Ll]oopback")
_MEMBER = re.compile(r"\b(?:switch|chassis)\s*#?(\d+)", re.IGNORECASE)
_CARD = re.compile(r"\b(?:module|slot|linecard)\s*#?(\d+)", re.IGNORECASE)


def proofs(verdict: Verdict, command: str, facts: Sequence[Fact], serials: frozenset[str], now: datetime) -> Iterator[Proof]:
    """Yield what *command*, which printed *facts*, proves about the part of *verdict*.

    *serials* are the indexes of rows that any command of the same look gave the part's serial number.
    """
    said = [r for r in facts if isinstance(r, Reading) and r.metric in METRICS.get(verdict.component, ())]
    mine = [(says, r) for r in own(verdict, said, serials) if (says := means(r.metric, str(r.value)))]
    worst = min(mine, key=lambda each: _WORST.index(each[0]), default=None)
    if worst is not None:
        says, reading = worst
        text = say("{source}: {item} is {state}", source=command, item=reading.item, state=state(str(reading.value)))
        raw = f"{reading.item}: {reading.value if reading.raw is None else reading.raw}"
        yield Proof(way=way(reading.source), at=now, says=says, text=text, source=command, raw=raw)
    if verdict.component is Component.PSU:
        yield from without_input(verdict.item, (r for r in facts if isinstance(r, Reading)), now)


def own(verdict: Verdict, said: Sequence[Reading], serials: frozenset[str]) -> Sequence[Reading]:
    """Return the readings of the part: by its serial number, by its place; where it has none, if all of its kind are well."""
    if sure := [r for r in said if r.index in serials]:
        return sure
    where = place(verdict.item)
    if verdict.component in _TESTED:
        return _failed(verdict, [r for r in said if r.metric == "diagnostic.state"])
    ranked = {reading.index: agreement(where, place(_spot(reading))) for reading in said}
    best = nearest(ranked, lambda index: ranked[index])
    if best:
        return [r for r in said if r.index in best]
    # What has no place at all is one of them: only if all are well, it is.
    alike = {means(r.metric, str(r.value)) for r in said}
    return said if not where and alike == {Condition.HEALTHY} else ()


def _failed(verdict: Verdict, tests: Sequence[Reading]) -> Sequence[Reading]:
    """Return the *tests* that failed where the part is; where that is not sure, none: what a card fails is the card's."""
    alone = len({member for r in tests if (member := _number(_MEMBER, _spot(r)))}) < 2
    return [r for r in tests if r.value == "failed" and _is_there(verdict, _spot(r), alone=alone) and not _is_of_ports(verdict, r)]


def _is_there(verdict: Verdict, spot: str, *, alone: bool) -> bool:
    member, card = _number(_MEMBER, spot), _number(_CARD, spot)
    mine, slot = _number(_MEMBER, verdict.item), _number(_CARD, verdict.item)
    if not mine and not slot and verdict.component is not Component.CHASSIS:
        slot = verdict.slot
    if member and (member != mine if mine else not alone):
        return False
    if verdict.component is Component.SUPERVISOR or card:
        return bool(card) and card == slot and verdict.component is not Component.CHASSIS
    return True


def _is_of_ports(verdict: Verdict, test: Reading) -> bool:
    """Say whether *test* fails for a single port, and therefore shows nothing of what is inside the chassis."""
    return verdict.component is not Component.SUPERVISOR and _PORTS.search(test.item.rpartition(" ")[2]) is not None


def _number(pattern: re.Pattern[str], name: str) -> str:
    found = pattern.search(name)
    return found[1] if found else ""


def _spot(reading: Reading) -> str:
    """Return where *reading* is of; the result of a test also has the test's name."""
    return reading.item.rpartition(" ")[0] if reading.metric == "diagnostic.state" else reading.item


def rows(verdict: Verdict, facts: Iterable[Fact]) -> frozenset[str]:
    """Return the indexes of the rows that have the serial number of *verdict*'s part."""
    parts = (each for each in facts if isinstance(each, Part))
    return frozenset(part.index for part in parts if verdict.serial and part.serial == verdict.serial)
