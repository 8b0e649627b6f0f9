"""Layouts as rows: what each value of a packed row means, kept for as long as a row refers to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from healthd.model.observation import Reading
from healthd.model.poll import Layout
from healthd.store import _codec, _pack
from healthd.store._ready import models


@dataclass(frozen=True, slots=True)
class Lie:
    """How the values of one metric lie in a block: in the columns *where* (those of *letter*), one for each of *readings*, by item and turn."""

    letter: str
    places: tuple[int, ...]
    where: slice | list[int]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored layout: its number, the meanings, and one letter a column for how values are packed."""

    number: int
    readings: tuple[Reading, ...]
    codes: str
    words: dict[str, dict[int, str]]
    _places: dict[str, list[tuple[int, int, Reading]]] = field(default_factory=dict)
    _lies: dict[str, Lie | None] = field(default_factory=dict)

    def places(self, metric: str) -> Sequence[tuple[int, int, Reading]]:
        """Return column, turn and reading of each value of *metric*.

        The turn counts readings of the same item, which differ by index only.
        """
        if not self._places:
            # Threads may do this at once: each puts down the same whole lists.
            self._places.update(self._found())
        return self._places.get(metric, ())

    def _found(self) -> dict[str, list[tuple[int, int, Reading]]]:
        found: dict[str, list[tuple[int, int, Reading]]] = {}
        turns: dict[tuple[str, str], int] = {}
        for number, reading in enumerate(self.readings):
            place = reading.metric, reading.item
            turns[place] = turn = turns.get(place, -1) + 1
            found.setdefault(reading.metric, []).append((number, turn, reading))
        return found

    def lie(self, metric: str) -> Lie | None:
        """Return how the numbers of *metric* lie; None where there are none, or they are packed differently."""
        if metric not in self._lies:
            self._lies[metric] = self._lie(metric)
        return self._lies[metric]

    def _lie(self, metric: str) -> Lie | None:
        ordered = sorted(self.places(metric), key=lambda place: (place[2].item, place[1]))
        lying = [_pack.shape(self.codes).where[number] for number, _, _ in ordered]
        letters, places = {letter for letter, _ in lying}, tuple(place for _, place in lying)
        if len(letters) != 1:
            return None
        # Neighbours are a view of what is there, others a copy.
        near = places == tuple(range(places[0], places[-1] + 1))
        where = slice(places[0], places[-1] + 1) if near else list(places)
        return Lie(letters.pop(), places, where, tuple(reading for _, _, reading in ordered))


_seen: dict[tuple[int, bytes], Kept] = {}
"""Layouts read before; a number alone is not enough, as a transaction undone gives it away again."""


def keep(device: int, layout: Layout, *, exact: bool = True) -> int:
    """Store *layout* unless it is there; return its number. *exact* as for ``_pack.codes``."""
    words = {key: dict(each) for key, each in layout.words.items()}
    content: dict[str, Any] = {"readings": layout.readings, "codes": _pack.codes(layout.readings, exact=exact), "words": words}
    identity = (
        *(_identity(r) for r in layout.readings),
        content["codes"],
        tuple(sorted((k, tuple(sorted(w.items()))) for k, w in words.items())),
    )
    mark = _codec.digest(identity)
    row, _ = models.Layout.objects.get_or_create(device_id=device, digest=mark, defaults={"content": _codec.pack(content)})
    return int(row.pk)


def _identity(reading: Reading) -> tuple[Any, ...]:
    """Return what makes a reading the same one; its value changes all the time."""
    r = reading
    return (r.metric, r.item, r.index, r.unit, r.source, r.oid, r.scale, r.limits)


def fetch(numbers: set[int]) -> dict[int, Kept]:
    """Return the layouts *numbers*."""
    marks = dict(models.Layout.objects.filter(pk__in=numbers).values_list("pk", "digest"))
    missing = {number for number, mark in marks.items() if (number, bytes(mark)) not in _seen}
    for number, mark, content in models.Layout.objects.filter(pk__in=missing).values_list("pk", "digest", "content"):
        said = _codec.unpack(content)
        _seen[number, bytes(mark)] = Kept(number, said["readings"], said["codes"], said["words"])
    return {number: _seen[number, bytes(mark)] for number, mark in marks.items()}


def forget() -> None:
    """Let go of the layouts read: a process that only waits for another one has no use for them."""
    _seen.clear()
