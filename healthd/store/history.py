"""The past of one customer, as rules and report sections read it (``model.history.History``).

Rows are fetched once and decoded as columns; a series is cut out of them when
it is asked for. Windows up to two days inside the raw retention are made of
the sweeps themselves, longer or older ones of hourly figures: a gauge is the
hour's mean at its start, a counter the hour's last value at its own moment
(so that rates come out right), a state the hour's last word. Full polls add
the readings that no sweep asks for.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, pairwise
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Max

from healthd.model.availability import Span
from healthd.model.columns import Columns
from healthd.model.device import Customer, Device
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Poll, Series
from healthd.store import _columns, _layouts, _names, _pack, _recall, _tables, _words, events, polls, rollups, states
from healthd.store._columns import Block
from healthd.store._moment import EPOCH, HOUR, micros, moment
from healthd.store._ready import connection, models
from healthd.store._tables import Blocks
from healthd.store._transact import reads
from healthd.store.database import settings_in_use

RAW_WINDOW = timedelta(days=2)
MOST = 2000
"""Events of one device that are looked at where only some kinds matter: a port that flaps shows in them, however many there are."""
TOLD = timedelta(hours=26)
"""How far back a silent device's last sweep is looked for; a full poll is made each day, and says it from then on."""
ROUND = {
    "icmp.rtt": ("rtt_ms", "ms"),
    "icmp.loss": ("loss_pct", "%"),
    "uptime": ("uptime_s", "s"),
    "snmp.engine.boots": ("boots", ""),
    "snmp.engine.time": ("engine_s", "s"),
}
"""Metrics that stand beside the packed values in every sweep."""


@dataclass(slots=True)
class StoredHistory:
    """A window of one customer's past; what was fetched once is kept for as long as this lives."""

    customer: Customer
    devices: Sequence[Device]
    window: Interval
    raw: bool
    _ids: dict[str, int] = field(default_factory=dict)
    _blocks: Blocks | None = None
    _polled: Blocks | None = None
    _polls: dict[str, Poll] | None = None
    _spans: dict[str, tuple[Span, ...]] | None = None
    _events: dict[str, list[Event]] | None = None
    _newest: dict[frozenset[str], dict[str, tuple[Event, ...]]] = field(default_factory=dict)
    _listed: dict[str, list[Series]] = field(default_factory=dict)
    _beside: dict[str, list[Series]] | None = None
    _heard: dict[int, int] | None = None
    _told: dict[int, int] | None = None
    _words: dict[str, dict[tuple[str, str], frozenset[str]]] = field(default_factory=dict)
    _learnt: dict[str, dict[tuple[str, int], str]] = field(default_factory=dict)
    _recalled: dict[tuple[str, int], dict[str, frozenset[str]]] = field(default_factory=dict)

    def poll(self, device: str) -> Poll | None:
        """Return the newest full poll that *device* answered at or before the window's end."""
        if self._polls is None:
            self._polls = polls.newest_of(self.customer.code, list(self._ids), before=self.window.end)
        return self._polls.get(device)

    def heard(self, device: str) -> datetime | None:
        """Return when *device* last answered anything at or before the window's end."""
        if self._heard is None:
            self._heard = _heard(self.customer.code, list(self._ids.values()), micros(self.window.end))
        at = self._heard.get(self._ids.get(device, -1))
        return None if at is None else moment(at)

    def told(self, device: str) -> datetime | None:
        """Return when *device* last answered a sweep or a full poll at or before the window's end; sweeps of the last TOLD count."""
        if self._told is None:
            asked = [self._ids[each.name] for each in self.devices if each.name in self._ids and (each.snmp or not each.ssh)]
            self._told = _told(self.customer.code, asked, micros(self.window.end))
        at, poll = self._told.get(self._ids.get(device, -1)), self.poll(device)
        return max((each for each in (at and moment(at), poll and poll.at) if each), default=None)

    def series(self, metric: str) -> Iterator[Series]:
        """Yield each item's values of *metric* inside the window, sorted by device and item; states are words."""
        if metric in self._listed:
            return iter(self._listed[metric])
        made = self._made(metric, self._swept(), self._full())
        if self.raw:  # of hourly figures there are too many to be kept, and they are asked for once
            self._listed[metric] = made
        return iter(made)

    def columns(self, metric: str) -> Iterator[Columns]:
        """Yield the numbers of *metric* by device, uncopied where all lies in one block without a gap."""
        names = {number: name for name, number in self._ids.items()}
        swept, polled = _tables.by_device(self._swept()), _tables.by_device(self._full())
        for number in sorted(names, key=names.__getitem__):
            own, full = swept.get(number, ()), polled.get(number, ())
            yield from _tables.columns(names[number], metric, own, full)

    def _made(self, metric: str, swept: Blocks, full: Blocks) -> list[Series]:
        found: dict[tuple[str, str, int], list[_Run]] = {}
        names = {number: name for name, number in self._ids.items()}
        for rank, source in enumerate((swept, full)):
            for block, number, turn, reading in _places(source, metric):
                found.setdefault((names[block.device], reading.item, turn), []).append(_Run(rank, reading, number, block))
        told = {key: _used(runs) for key, runs in sorted(found.items(), key=itemgetter(0))}
        words = _Words(self._taught(metric) if found else {}, _texts(_numbers(told.values())) if found else {})
        listed = [_series(device, metric, told[device, item, turn], words) for device, item, turn in told]
        if metric in ROUND:
            listed = _both(listed, self._rounds(metric))
        return [series for series in listed if series.times]

    def _taught(self, metric: str) -> dict[tuple[str, int], str]:
        if metric not in self._learnt:
            self._learnt[metric] = _learnt(metric)
        return self._learnt[metric]

    def _rounds(self, metric: str) -> list[Series]:
        if self._beside is None:
            _, self._beside = _raw(self.customer.code, self._ids, self.window)
        return self._beside[metric]

    def words(self, metric: str, device: str, item: str) -> frozenset[str]:
        """Return the words that a state has had, inside the window and in the full polls of MEMORY before its end."""
        if metric not in self._words:
            self._words[metric] = {}
            for series in self.series(metric):
                place = (series.device, series.item)
                self._words[metric][place] = self._words[metric].get(place, frozenset()) | {str(v) for v in series.values}
        number = self._ids.get(device)
        if number is not None and (metric, number) not in self._recalled:
            self._recalled[metric, number] = _recall.words(number, metric, self.window)
        before = self._recalled[metric, number] if number is not None else {}
        return self._words[metric].get((device, item), frozenset()) | before.get(item, frozenset())

    def missing(self, metric: str) -> Sequence[Series]:
        """Yield the items of a state that full polls of MEMORY had and the newest has not, each with its last word."""
        return _recall.missing({number: name for name, number in self._ids.items()}, metric, self.window)

    def spans(self, device: str) -> Sequence[Span]:
        """Return the states of *device* over the whole window: sorted, without gaps, reclassification applied."""
        if self._spans is None:
            self._spans = states.spans_of(self.customer.code, [each.name for each in self.devices], self.window)
        return self._spans[device] if device in self._spans else states.spans(self.customer.code, device, self.window)

    def events(self, device: str, kinds: Collection[str] = ()) -> Sequence[Event]:
        """Return what happened at *device* inside the window, oldest first: everything, or of *kinds* the newest MOST."""
        if kinds:
            if (wanted := frozenset(kinds)) not in self._newest:
                self._newest[wanted] = events.newest(self.customer.code, self.window, wanted, MOST)
            return self._newest[wanted].get(device, ())
        if self._events is None:
            self._events = {}
            for event in events.between(self.customer.code, self.window):
                self._events.setdefault(event.device, []).append(event)
        return tuple(self._events.get(device, ()))

    def _swept(self) -> Blocks:
        if self._blocks is None:
            if self.raw:
                self._blocks, self._beside = _raw(self.customer.code, self._ids, self.window)
            else:
                self._blocks = _hourly(self.customer.code, self._ids, self.window)
        return self._blocks

    def _full(self) -> Blocks:
        if self._polled is None:
            self._polled = _from_polls(self.customer.code, self._ids, self.window)
        return self._polled


class _Run(NamedTuple):
    """Where a part of one item's values lies: column *number* of *block*; *rank* 0 is from sweeps, 1 from full polls."""

    rank: int
    reading: Reading
    number: int
    block: Block | rollups.RolledBlock


class _Part(NamedTuple):
    """Values of a run; none where full polls add nothing to the sweeps."""

    run: _Run
    times: Sequence[float]
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of states' numbers as polls taught them, by source and number, and texts by number."""

    learnt: dict[tuple[str, int], str]
    texts: dict[float, str]


def history(customer: Customer, devices: Sequence[Device], window: Interval) -> StoredHistory:
    """Return the past of *customer*'s *devices* during *window*."""
    own = tuple(sorted((each for each in devices if each.customer == customer.code), key=lambda each: each.name))
    kept = timedelta(days=settings_in_use().raw_days)
    raw = window.length <= RAW_WINDOW and not _older(customer.code, window, kept)
    made = StoredHistory(customer, own, window, raw)
    made._ids = _ids(customer.code, [each.name for each in own])  # noqa: SLF001 - its own making
    return made


def forget() -> None:
    """Let go of what is remembered for the next history: who reads none any more needs it no more."""
    _layouts.forget()


@reads
def _ids(customer: str, names: Sequence[str]) -> dict[str, int]:
    return _names.known_ids(customer, names)


@reads
def _older(customer: str, window: Interval, kept: timedelta) -> bool:
    """Say whether *window* begins where sweeps are gone already, as seen from the newest one."""
    newest = models.Sweep.objects.filter(customer=_names.known_customer(customer)).order_by("-at").values_list("at", flat=True).first()
    return newest is not None and window.start < moment(newest) - kept


def _places(blocks: Blocks, metric: str) -> Iterator[tuple[Block | rollups.RolledBlock, int, int, Reading]]:
    for block in blocks:
        for number, turn, reading in block.kept.places(metric):
            yield block, number, turn, reading


@reads
def _raw(customer: str, ids: dict[str, int], window: Interval) -> tuple[list[Block], dict[str, list[Series]]]:
    """Return the sweeps' values, and by metric what stands beside them: both in one question, as each reads every row there is."""
    beside: list[tuple[Any, ...]] = []

    def packed(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            beside.append((*row[:2], *row[5:]))
            if row[3] != _pack.EMPTY:
                yield row[:5]

    columns = ", ".join(column for column, _ in ROUND.values())
    blocks = _fetched("store_sweep", customer, ids, window, packed, columns)
    return blocks, _beside(beside, {number: name for name, number in ids.items()})


def _hourly(customer: str, ids: dict[str, int], window: Interval) -> Blocks:
    """Return the hourly figures, and the sweeps themselves from where figures are not made yet."""
    made = rollups.until(customer)
    rolled, fresh = window.cut(Interval(EPOCH, made)), window.cut(Interval(made, max(made, window.end)))
    hours = rollups.blocks(customer, ids, rolled, HOUR, figures=False) if rolled else []
    return [*hours, *(_raw(customer, ids, fresh)[0] if fresh else [])]


@reads
def _from_polls(customer: str, ids: dict[str, int], window: Interval) -> list[Block]:
    """Return the full polls' readings; of a long window the last poll of each hour."""

    def packed(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
        rows = (row for row in rows if row[3] != _pack.EMPTY)
        return _sparse(rows) if window.length > RAW_WINDOW else rows

    return _fetched("store_poll", customer, ids, window, packed)


def _fetched(  # noqa: PLR0913, PLR0917 - what of which rows, and what to do with them
    table: str,
    customer: str,
    ids: dict[str, int],
    window: Interval,
    packed: Callable[[Iterable[tuple[Any, ...]]], Iterable[tuple[Any, ...]]],
    more: str = "",
) -> list[Block]:
    columns = ", ".join(("at", "device", "layout", "coding", "data", *([more] if more else [])))
    text = f"SELECT {columns} FROM {table} WHERE customer = %s AND at >= %s AND at < %s ORDER BY at"  # noqa: S608 - our own names
    wanted = set(ids.values())
    with connection.cursor() as cursor:
        cursor.execute(text, [_names.known_customer(customer), micros(window.start), micros(window.end)])
        piles = _columns.piles(packed(row for row in cursor if row[1] in wanted))
    return list(_columns.blocks(piles, _layouts.fetch({layout for _, layout in piles})))


def _sparse(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    """Return the last row of each hour, device and layout."""
    return {(row[0] // (HOUR * 1_000_000), *row[1:3]): row for row in rows}.values()


def _numbers(items: Iterable[Sequence[_Part]]) -> tuple[int, ...]:
    """Return the numbers of all texts that full polls gave: one question for all of them."""
    told = (part for parts in items for part in parts if part.run.rank == 1 and isinstance(part.run.reading.value, str))
    return tuple({int(number) for part in told for number in part.values})


def _used(runs: Sequence[_Run]) -> list[_Part]:
    """Return what sweeps gave, and what full polls after the last of it: the present may be known by a poll alone."""
    swept = [part for run in runs if run.rank == 0 and (part := _Part(run, *run.block.column(run.number))).times]
    newest = max((part.times[-1] for part in swept), default=-inf)
    polled = [_after(run, newest) for run in runs if run.rank == 1 and _tables.last(run.block) > newest]
    return [*swept, *(part for part in polled if part.times)] or [_Part(runs[-1], (), ())]


def _after(run: _Run, moment: float) -> _Part:
    times, values = run.block.column(run.number)
    place = bisect_right(times, moment)
    return _Part(run, times[place:], values[place:])


def _series(device: str, metric: str, parts: Sequence[_Part], words: _Words) -> Series:
    """Join the parts of one item."""
    times, values = _merged([(part.times, _said(part, words)) for part in parts])
    reading = parts[-1].run.reading
    return Series(
        device=device, metric=metric, item=reading.item, index=reading.index, unit=reading.unit, times=times, values=values, reading=reading
    )


def _both(polled: Sequence[Series], swept: Sequence[Series]) -> list[Series]:
    """Join what full polls and sweeps say of one clock: every look at it counts, as a restart lies between the last two."""
    found = {series.device: series for series in polled}
    for series in swept:
        known = found.get(series.device)
        times, values = _merged([(each.times, each.values) for each in (known, series) if each])
        found[series.device] = replace(known or series, times=times, values=values)
    return [found[name] for name in sorted(found)]


def _merged(pairs: list[tuple[Sequence[float], Sequence[float | str]]]) -> tuple[Sequence[float], Sequence[float | str]]:
    if len(pairs) == 1:
        return pairs[0]
    pairs = sorted((pair for pair in pairs if pair[0]), key=lambda pair: pair[0][0])
    if all(a[0][-1] < b[0][0] for a, b in pairwise(pairs)):
        # Mostly one follows the other: hours, then the newest sweeps.
        return tuple(chain.from_iterable(t for t, _ in pairs)), tuple(chain.from_iterable(v for _, v in pairs))
    at = {time: value for times, values in pairs for time, value in zip(times, values, strict=True)}
    ordered = tuple(sorted(at))
    return ordered, tuple(at[time] for time in ordered)


def _said(part: _Part, words: _Words) -> Sequence[float | str]:
    """Return the part's values, states and texts as words."""
    run = part.run
    if not isinstance(run.reading.value, str):
        return part.values
    numbers = tuple(part.values)
    different = set(numbers)
    if run.rank == 1:
        told = words.texts
    else:
        told = {number: _words.said(run.block.kept, run.reading, words.learnt, int(number)) for number in different}
    if len(different) == 1:  # most states never change
        return _constant(told[numbers[0]], len(numbers))
    return tuple([told[value] for value in numbers])  # a list first: twice as quick as from a generator


@lru_cache(maxsize=1000)
def _constant(word: str, count: int) -> tuple[str, ...]:
    """Return *word* so often; one for all, as ten thousand ports are up all day."""
    return (word,) * count


@reads
def _texts(numbers: tuple[int, ...]) -> dict[float, str]:
    return _words.texts(numbers) if numbers else {}


@reads
def _learnt(metric: str) -> dict[tuple[str, int], str]:
    return _words.learnt(metric)


def _beside(rows: Iterable[tuple[Any, ...]], names: dict[int, str]) -> dict[str, list[Series]]:
    """Return by metric what stands beside the packed values of each sweep (round trip, loss, the device's clocks).

    *rows* are at, device, and a value for each of ROUND.
    """
    given: dict[int, list[tuple[Any, ...]]] = {}
    for at, device, *told in rows:
        given.setdefault(device, []).append((at, *told))
    made: dict[str, list[Series]] = {metric: [] for metric in ROUND}
    for name, told in sorted((names[device], told) for device, told in given.items() if device in names):
        moments, *columns = zip(*told, strict=True)
        times = tuple([at / 1e6 for at in moments])
        for metric, values in zip(ROUND, columns, strict=True):
            made[metric].append(_round(name, metric, times, values))
    return made


def _round(device: str, metric: str, times: Sequence[float], told: Sequence[float | None]) -> Series:
    values = [value for value in told if value is not None]
    if len(values) < len(times):
        times = tuple([at for at, value in zip(times, told, strict=True) if value is not None])
    return Series(device=device, metric=metric, item="", unit=ROUND[metric][1], times=times, values=tuple(values))


@reads
def _heard(customer: str, ids: Sequence[int], end: int) -> dict[int, int]:
    """Return when each device last answered anything at or before *end*.

    The newest probe says it. Only who has answered since, or was never probed,
    is looked for among sweeps and polls: a device that has been dead for weeks
    must not have all weeks read at each judgement.
    """
    known = dict(models.Probe.objects.filter(device__in=ids).values_list("device", "answered"))
    found = {device: at for device, at in known.items() if at is not None and at <= end}
    left = [device for device in ids if device not in found and known.get(device, 0) is not None]
    number, later = _names.known_customer(customer), end + 1
    for hours in (1, 24, 24 * 400):
        since = end - hours * HOUR * 1_000_000
        for table in (models.Sweep, models.Poll) if left else ():
            answered = table.objects.filter(customer=number, at__gte=since, at__lt=later, device__in=left, up=True)
            for device, at in answered.values_list("device").annotate(at_=Max("at")):
                found[device] = max(at, found.get(device, at))
        left, later = [device for device in left if device not in found], since
    return found


@reads
def _told(customer: str, ids: Sequence[int], end: int) -> dict[int, int]:
    """Return when each device last answered a sweep; looks further back only for those not yet found."""
    found: dict[int, int] = {}
    number, later = _names.known_customer(customer), end + 1
    for back in (timedelta(hours=1), TOLD):
        left = [device for device in ids if device not in found]
        since = end - int(back.total_seconds()) * 1_000_000
        answered = models.Sweep.objects.filter(customer=number, at__gte=since, at__lt=later, device__in=left, up=True)
        found |= dict(answered.values_list("device").annotate(at_=Max("at")))
        if len(found) == len(ids):
            break
        later = since
    return found
