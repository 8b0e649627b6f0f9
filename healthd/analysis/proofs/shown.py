"""What the command line says of a part: which of the states that a command printed are the part's own, and what they prove."""

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
"""Parts without a place of their own in a list of tests: any test that fails may be theirs."""


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
    """Return the readings of the part: by its serial number, by its place; where it has none, by all of its kind."""
    if sure := [r for r in said if r.index in serials]:
        return sure
    where = place(verdict.item)
    if verdict.component in _TESTED:
        return [r for r in said if r.metric == "diagnostic.state" and r.value == "failed"]
    ranked = {reading.index: agreement(where, place(_spot(reading))) for reading in said}
    best = nearest(ranked, lambda index: ranked[index])
    if best:
        return [r for r in said if r.index in best]
    # What has no place at all is one of them: only if all are well, it is.
    alike = {means(r.metric, str(r.value)) for r in said}
    return said if not where and alike == {Condition.HEALTHY} else ()


def _spot(reading: Reading) -> str:
    """Return where *reading* is of; the result of a test also has the test's name."""
    return reading.item.rpartition(" ")[0] if reading.metric == "diagnostic.state" else reading.item


def rows(verdict: Verdict, facts: Iterable[Fact]) -> frozenset[str]:
    """Return the indexes of the rows that have the serial number of *verdict*'s part."""
    parts = (each for each in facts if isinstance(each, Part))
    return frozenset(part.index for part in parts if verdict.serial and part.serial == verdict.serial)
