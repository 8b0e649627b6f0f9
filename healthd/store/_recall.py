"""What full polls said before the window: a state that was once good is not forgotten when the window has moved on.

Only polls that are kept whole are looked at: all of the last two days, before that the last of each day.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Max, QuerySet

from healthd.model.history import MEMORY
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Series
from healthd.store import _columns, _layouts, _words
from healthd.store._moment import micros
from healthd.store._ready import models
from healthd.store._transact import reads

Said = tuple[int, Reading, float]
"""When (epoch microseconds) a poll said what, as the packed row has it."""


@reads
def words(device: int, metric: str, window: Interval) -> dict[str, frozenset[str]]:
    """Return the words that each item of *metric* has had in the polls remembered at the end of *window*."""
    rows = list(_polls([device], window).order_by("at").values_list("at", "device", "layout", "coding", "data"))
    found: dict[str, set[float]] = {}
    for block in _columns.blocks(_columns.piles(rows), _layouts.fetch({row[2] for row in rows})):
        for number, _, reading in block.kept.places(metric):
            found.setdefault(reading.item, set()).update(block.column(number)[1])
    texts = _words.texts({int(number) for each in found.values() for number in each})
    return {item: frozenset(texts[number] for number in each) for item, each in found.items()}


@reads
def missing(names: dict[int, str], metric: str, window: Interval) -> list[Series]:
    """Return the items of *metric* that a remembered poll had and the newest one has not, each with its last state."""
    last: dict[int, dict[int, int]] = {}
    rows = _polls(list(names), window).values_list("device", "layout").annotate(at_=Max("at"))
    for device, layout, at in rows:
        last.setdefault(device, {})[layout] = at
    changed = {device: layouts for device, layouts in last.items() if len(layouts) > 1}
    kept = _layouts.fetch({layout for layouts in changed.values() for layout in layouts})
    found = [(names[device], each) for device, layouts in changed.items() for each in _gone(device, layouts, kept, metric)]
    texts = _words.texts({int(value) for _, (_, _, value) in found})
    return [_series(name, said, texts[said[2]]) for name, said in sorted(found, key=lambda pair: (pair[0], pair[1][1].item))]


def _polls(devices: Collection[int], window: Interval) -> QuerySet[Any]:
    since, until = micros(window.end - MEMORY), micros(window.end)
    there = models.Poll.objects.filter(device__in=list(devices), at__gte=since, at__lt=until, facts__isnull=False, up=True)
    return there.filter(layout__isnull=False)


def _gone(device: int, layouts: dict[int, int], kept: dict[int, _layouts.Kept], metric: str) -> Iterator[Said]:
    newest, *older = sorted(layouts, key=lambda layout: -layouts[layout])
    there = told = {reading.item for _, _, reading in kept[newest].places(metric)}
    for layout in older:
        places = [(n, r) for n, _, r in kept[layout].places(metric) if isinstance(r.value, str)]
        # Where not one name is left, the device calls its items otherwise now: nothing is known to be gone.
        if not there or any(reading.item in there for _, reading in places):
            fresh = [(number, reading) for number, reading in places if reading.item not in told]
            told = told | {reading.item for _, reading in fresh}
            yield from _last(device, layouts[layout], kept[layout], fresh) if fresh else ()


def _last(device: int, at: int, kept: _layouts.Kept, places: list[tuple[int, Reading]]) -> Iterator[Said]:
    rows = models.Poll.objects.filter(device=device, at=at).values_list("at", "device", "layout", "coding", "data")
    (block,) = _columns.blocks(_columns.piles(rows), {kept.number: kept})
    for number, reading in places:
        if values := block.column(number)[1]:
            yield at, reading, values[-1]


def _series(device: str, said: Said, word: str) -> Series:
    at, reading, _ = said
    times, values = (at / 1e6,), (word,)
    return Series(device=device, metric=reading.metric, item=reading.item, index=reading.index, times=times, values=values, reading=reading)
