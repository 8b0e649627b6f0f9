"""Texts by number, and the words of states' numbers."""

from collections.abc import Collection, Iterable

from healthd.model.observation import Reading
from healthd.store import _codec
from healthd.store._layouts import Kept
from healthd.store._ready import models


def clean(text: str) -> str:
    """Return *text* as both databases can keep it: NUL and broken Unicode written as escapes."""
    return text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def numbers(texts: Collection[str]) -> dict[str, int]:
    """Return a number for each of *texts*, making those that are new."""
    marks = {_codec.digest(text): text for text in texts}
    found = _found(marks)
    if missing := sorted(set(marks) - found.keys()):
        rows = [models.Word(text=clean(marks[mark]), digest=mark) for mark in missing]
        models.Word.objects.bulk_create(rows, ignore_conflicts=True)
        found = _found(marks)
    return {marks[mark]: number for mark, number in found.items()}


def _found(marks: Collection[bytes]) -> dict[bytes, int]:
    return {bytes(mark): number for mark, number in models.Word.objects.filter(digest__in=list(marks)).values_list("digest", "pk")}


def texts(wanted: Collection[int]) -> dict[float, str]:
    """Return the texts of the numbers *wanted*."""
    return dict(models.Word.objects.filter(pk__in=list(wanted)).values_list("pk", "text"))


def learn(readings: Iterable[Reading]) -> None:
    """Remember which number means which state, from readings that hold both."""
    pairs = {(r.source, r.metric, r.raw): r.value for r in readings if isinstance(r.value, str) and isinstance(r.raw, int)}
    sources = {source for source, _, _ in pairs}
    rows = models.StateWord.objects.filter(source__in=sources).values_list("source", "metric", "raw", "word")
    known = {(source, metric, raw): word for source, metric, raw, word in rows}
    for key in sorted(key for key, word in pairs.items() if known.get(key) != clean(word)[:255]):
        source, metric, raw = key
        said = {"word": clean(pairs[key])[:255]}
        models.StateWord.objects.update_or_create(source=source, metric=metric, raw=raw, defaults=said)


def learnt(metric: str) -> dict[tuple[str, int], str]:
    """Return the words learnt for *metric*, by source and number."""
    rows = models.StateWord.objects.filter(metric=metric).values_list("source", "raw", "word")
    return {(source, raw): word for source, raw, word in rows}


def said(kept: Kept, reading: Reading, known: dict[tuple[str, int], str], raw: int) -> str:
    """Return the word of number *raw* of *reading*: as the layout says, as polls taught, else the number itself."""
    for key in (reading.source, reading.metric):
        if word := kept.words.get(key, {}).get(raw):
            return word
    return known.get((reading.source, raw), str(raw))
