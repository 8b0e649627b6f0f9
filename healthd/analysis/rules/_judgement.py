"""What a state's word means, and the finding that says so."""

from dataclasses import dataclass

from healthd.analysis.present import Present, unit
from healthd.model.finding import Condition, Finding, Level
from healthd.model.observation import Part
from healthd.model.phrase import Phrase, Value


@dataclass(frozen=True, slots=True)
class Judgement:
    """How bad a state is, what is the matter with the part, and both in words; ``{item}`` is filled in later."""

    level: Level
    summary: Phrase
    verdict: Condition | None = None
    advice: Phrase | None = None


def finding(rule: str, seen: Present, judgement: Judgement, part: Part | None = None, **values: Value) -> Finding:
    """Return the finding about the item of *seen*; *part* is the unit concerned, where one is known."""
    return Finding(
        rule=rule,
        device=seen.device,
        item=seen.reading.item,
        index=seen.reading.index,
        level=judgement.level,
        summary=filled(judgement.summary, item=_once(judgement.summary, seen.reading.item), **values),
        since=seen.since,
        evidence=(seen.observation,),
        pid=part.pid if part else "",
        serial=part.serial if part else "",
        slot=part.slot if part else "",
        verdict=judgement.verdict,
        advice=judgement.advice,
    )


def filled(phrase: Phrase, **values: Value) -> Phrase:
    """Return *phrase* with *values* in addition to its own."""
    return Phrase(phrase.template, (*phrase.values, *values.items()))


def _once(summary: Phrase, item: str) -> str:
    """Return *item* without the words that stand before its place anyway: Fan {item} and Fan 1 make Fan 1."""
    before, words = summary.template.partition("{item}")[0].casefold().split(), item.split()
    most = min(len(before), len(words) - 1)
    same = next((n for n in range(most, 0, -1) if before[-n:] == [word.casefold() for word in words[:n]]), 0)
    return " ".join(words[same:]) if same else item


def owner(seen: Present, kinds: tuple[str, ...]) -> Part | None:
    """Return the unit behind the row of *seen*, when the row is of one of *kinds*.

    Indexes of CISCO-ENVMON-MIB are entPhysicalIndex on some platforms and a
    count of their own on others: only the class tells which.
    """
    row = next((p for p in seen.poll.parts if p.index == seen.reading.index), None)
    return unit(seen.poll, row.index) if row is not None and row.kind in kinds else None
