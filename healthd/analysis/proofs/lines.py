"""What devices told of one part each: the log alone, without any finding beside it.

Good news of a part ends what was told of it before, unless that was an error
which no state shows. A state that is told after the lines were written and
calls the part well ends them, too: it was seen, they were heard.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from healthd.analysis.present import Present
from healthd.analysis.proofs.current import Current
from healthd.analysis.proofs.places import SAME, Place, agreement, nearest, place
from healthd.analysis.proofs.seen import well
from healthd.analysis.proofs.told import Told, told
from healthd.analysis.proofs.words import METRICS, is_supervisor, means
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.observation import Part
from healthd.model.phrase import Phrase
from healthd.model.poll import Poll
from healthd.model.verdict import Component, Proof

RULE = "hardware"
_KINDS = {
    Component.PSU: "powerSupply",
    Component.FAN: "fan",
    Component.MODULE: "module",
    Component.SUPERVISOR: "module",
    Component.STACK_MEMBER: "chassis",
    Component.OPTIC: "port",
}
_SHOWN = ("psu.", "fan.", "module.", "part.", "stack.", "redundancy.", "voltage.", "temperature.", "alarm.psu")
_HIDDEN = {"module.diagnostic-failed", "module.error", "module.ports-failed", "module.reset-by-error", "stack.port-flapping"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a *device* told of one part, oldest first; *part* is its row of the inventory, where it is known."""

    device: str
    component: Component
    where: Place
    those: Sequence[Told]
    part: Part | None = field(default=None, repr=False)

    @property
    def item(self) -> str:
        """The part's name: the same for every message about it."""
        return " ".join((self.component.value, "/".join(self.where))).strip()

    @property
    def key(self) -> str:
        """The key of the finding about it."""
        return Finding(rule=RULE, device=self.device, item=self.item, level=Level.NOTICE, summary=Phrase("")).key


def lines(history: History, those: Iterable[Told] | None = None) -> Iterator[Line]:
    """Yield what was told of each part, one after the other."""
    found: dict[tuple[str, Component, Place], Line] = {}
    for each in told(history) if those is None else those:
        part = _part(history.poll(each.event.device), each)
        where = each.where or (place(part.name) if part and each.index else ())
        key = (each.event.device, each.component, where)
        known = found.get(key) or Line(device=each.event.device, component=each.component, where=where, those=())
        found[key] = replace(known, those=(*known.those, each), part=known.part or part)
    yield from found.values()


def _part(poll: Poll | None, each: Told) -> Part | None:
    """Return the row of the inventory that *each* is about; what has no row of its own is the chassis' matter."""
    parts = poll.parts if poll else ()
    sure = [p for p in parts if (each.index and p.index == each.index) or (each.serial and p.serial == each.serial)]
    if sure or each.component not in _KINDS:
        return sure[0] if sure else _body(parts, each)
    kind, named = _KINDS[each.component], each.component is Component.SUPERVISOR
    those = [p for p in parts if p.kind == kind and p.pid and (not named or is_supervisor(p, p.name))]
    best = nearest(those, lambda part: agreement(each.where, place(part.name)))
    return best[0] if len(best) == 1 else None


def _body(parts: Sequence[Part], each: Told) -> Part | None:
    """Return the member or card that *each* comes from, where its place is that of one only; else the only chassis there is."""
    bodies = [part for part in parts if part.kind == "chassis" and part.pid]
    there = [*bodies, *(part for part in parts if part.kind == "module" and part.pid)]
    own = [part for part in there if each.where and agreement(each.where, place(part.name)) == SAME]
    return own[0] if len(own) == 1 else bodies[0] if len(bodies) == 1 else None


def standing(those: Sequence[Told]) -> list[Told]:
    """Return the ones of *those* that no later good news ended."""
    ended = max((each.at for each in those if each.says is Condition.HEALTHY), default=None)
    return [each for each in those if each.says is not Condition.HEALTHY and (ended is None or each.at > ended or each.soft)]


def is_shown(each: Told) -> bool:
    """Say whether what *each* tells would be seen in the part's state, too."""
    return each.event.kind.startswith(_SHOWN) and each.event.kind not in _HIDDEN


def states(current: Current, line: Line) -> list[Present]:
    """Return the present states of the part of *line*; where none has its place, those of all its like."""
    every = (seen for metric in METRICS.get(line.component, ()) for seen in current.of(metric, line.device))
    found = [seen for seen in every if means(seen.reading.metric, seen.word) is not None]
    ranked = [(agreement(line.where, place(seen.reading.item)), seen) for seen in found]
    best = max((rank for rank, _ in ranked), default=0)
    return [seen for rank, seen in ranked if rank == best or best < SAME]


def denied(current: Current, line: Line) -> list[Proof]:
    """Return the states that call the part of *line* well, read after everything that would show in them was told."""
    shown = [each.at for each in standing(line.those) if is_shown(each)]
    if not shown or len(shown) < len(standing(line.those)):
        return []
    seen = states(current, line)
    if not seen or any(means(s.reading.metric, s.word) is not Condition.HEALTHY or s.at <= max(shown) for s in seen):
        return []
    return [well(each) for each in seen[:5]]
