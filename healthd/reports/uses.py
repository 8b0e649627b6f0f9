"""How much of processors, memory and lines was used over a day: peaks, means, the day as a line, and what is usual."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from heapq import merge
from itertools import groupby
from math import inf
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from healthd.analysis.baseline import profile
from healthd.analysis.ports import Port, Ports, ports
from healthd.analysis.rates import WRAP, numbers, octets_per_second, packets_per_second, table, utilisation
from healthd.analysis.rules import cpu, interface_errors, interface_utilisation, memory
from healthd.model.columns import Columns
from healthd.model.device import Device
from healthd.model.history import History
from healthd.model.interval import Interval
from healthd.model.poll import Series
from healthd.reports.facts import Use

Recall = Callable[[Sequence[Device]], History]
"""Gives the weeks before the day, of some devices only: those of all would be a hundred times the day."""
KINDS = ("cpu", "memory", "interface", "errors")
STEPS = 48
TOP = 10
AT_ONCE = 2
"""Devices whose weeks are in memory together: each has some five megabytes."""
Floats = NDArray[np.float64]
HOUR = 3600.0
DAMAGE = ("interface.in.errors", "interface.out.errors", "interface.in.discards", "interface.out.discards")
Breaks = Mapping[str, Sequence[float]]
"""By device the moments (epoch seconds) at which its counters began again."""
Items = Collection[tuple[str, str]]
"""Devices with an item."""


def uses(day: History, recall: Recall, breaks: Breaks, zone: tzinfo = UTC) -> tuple[Use, ...]:
    """Return every processor's, pool's and line's day; the busiest ten of a kind with what is usual for them by *recall*.

    Of lines only those ten have the day as a line too. Hours of the day are those of *zone*.
    """
    known = ports(day, day.window.end, day.window.length)
    found = [*_gauges(day.series("cpu.busy"), "cpu", cpu.Limits().busy.high_warning, day.window)]
    found += _gauges(memory.pools(day), "memory", memory.Limits().used.high_warning, day.window)
    found += _lines(day, known, breaks)
    found += _damage(day, known, breaks)
    ranked = sorted(found, key=lambda u: (-u.peak, u.device, u.item))
    wanted = {m: {(u.device, u.item) for u in [u for u in ranked if u.metric == m and u.peak > 0][:TOP]} for m in KINDS}
    drawn = {place: _line(*told, day.window) for place, told in _busiest(day, known, wanted, breaks).items()}
    found = [replace(u, values=drawn.get((u.metric, u.device, u.item), u.values)) for u in found]
    return tuple(_with_usual(found, recall, known, wanted, day, zone))


def _gauges(series: Iterable[Series], metric: str, limit: float | None, window: Interval) -> Iterator[Use]:
    for each in series:
        times, values = np.asarray(each.times, dtype=np.float64), numbers([each])[0]
        there = ~np.isnan(values)
        if there.any():
            use = _use(each.device, each.item, metric, times[there], values[there])
            yield replace(use, values=_line(times[there], values[there], window), limit=limit)


def _use(device: str, item: str, metric: str, times: Floats, values: Floats) -> Use:
    top = int(np.argmax(values))
    at = datetime.fromtimestamp(float(times[top]), UTC)
    return Use(device=device, item=item, metric=metric, peak=float(values[top]), mean=float(values.mean()), at=at)


def _line(times: Floats, values: Floats, window: Interval) -> tuple[float | None, ...]:
    """Return means at equal distances over the whole day, None where there is no value; no finer than the values came."""
    begin, length = window.start.timestamp(), window.length.total_seconds()
    apart = float(np.median(np.diff(times))) if len(times) > 1 else length
    steps = max(2, min(STEPS, int(length / max(1.25 * apart, 1.0))))
    places = np.clip(((times - begin) / length * steps).astype(int), 0, steps - 1)
    counts, sums = np.bincount(places, minlength=steps), np.bincount(places, weights=values, minlength=steps)
    return tuple(float(s / c) if c else None for s, c in zip(sums, counts, strict=True))


def _lines(day: History, known: Ports, breaks: Breaks) -> Iterator[Use]:
    """Yield the load of each line in its fuller direction."""
    limit = interface_utilisation.Limits().load.high_warning
    best: dict[tuple[str, str], tuple[float, float, float, str]] = {}
    for columns in _columns(day, interface_utilisation.NEEDS, known):
        load, times = _load(columns, known, breaks), columns.times[1:]
        seen = ~np.isnan(load)
        filled = np.where(seen, load, -inf)
        tops, means = np.argmax(filled, axis=1), _means(load, seen)
        peaks, moments = filled[np.arange(len(tops)), tops].tolist(), times[tops].tolist()
        for row in np.flatnonzero(seen.any(axis=1)).tolist():
            reading, peak = columns.readings[row], peaks[row]
            before = best.get(place := (columns.device, reading.item))
            if before is None or peak > before[0]:
                best[place] = peak, means[row], moments[row], known[columns.device, reading.index].row.alias
    for (device, item), (peak, mean, moment, alias) in best.items():
        at = datetime.fromtimestamp(moment, UTC)
        yield Use(device=device, item=item, metric="interface", peak=peak, mean=mean, at=at, limit=limit, alias=alias)


def _means(values: Floats, seen: NDArray[np.bool_]) -> list[float]:
    counts = seen.sum(axis=1)
    means: list[float] = (np.where(seen, values, 0.0).sum(axis=1) / np.maximum(counts, 1)).tolist()
    return means


def _load(columns: Columns, known: Ports, breaks: Breaks) -> Floats:
    """Return the load of each line in percent for each pair of times; NaN where it cannot be told, or the line's speed is not known."""
    speeds = np.array([float(known[columns.device, reading.index].row.speed_bps or np.nan) for reading in columns.readings])
    ceilings = np.array([octets_per_second(speed) for speed in speeds])
    return utilisation(table(columns, ceilings, breaks.get(columns.device, ())), 1.0) / speeds[:, None]


def _columns(history: History, metrics: Iterable[str], known: Ports, wanted: Items | None = None, end: float = inf) -> Iterator[Columns]:
    """Yield what was read of known ports (of *wanted*) up to *end*, at least twice."""
    for columns in (columns for metric in metrics for columns in history.columns(metric)):
        device, until = columns.device, int(np.searchsorted(columns.times, end))
        rows = [n for n, r in enumerate(columns.readings) if (device, r.index) in known and (wanted is None or (device, r.item) in wanted)]
        if rows and until > 1:
            readings = tuple(columns.readings[row] for row in rows)
            values = columns.values if len(rows) == len(columns.readings) else columns.values[rows]
            yield replace(columns, readings=readings, times=columns.times[:until], values=values[:, :until])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Hours:
    """Packets lost at *device* by port and hour: the *last* moment that was counted in (0: none was), and the hour's *sum*."""

    device: str
    ports: Mapping[str, Port]
    last: Floats
    sums: Floats

    def told(self, row: int) -> tuple[Floats, Floats]:
        """Return moments and sums of the hours that were counted in."""
        there = self.last[row] > 0
        return self.last[row, there], self.sums[row, there]


def _damage(day: History, known: Ports, breaks: Breaks) -> Iterator[Use]:
    """Yield damaged and dropped packets of each hour, both directions together."""
    limit = interface_errors.Limits().warning * HOUR / interface_errors.Limits().look.back.total_seconds()
    for hours in _hourly(day, known, breaks):
        there = hours.last > 0
        tops = np.argmax(np.where(there, hours.sums, -inf), axis=1)
        rows = np.arange(len(tops))
        moments, peaks = hours.last[rows, tops].tolist(), hours.sums[rows, tops].tolist()
        counts = np.where(there, hours.sums, 0.0).sum(axis=1)
        means = (counts / there.sum(axis=1)).tolist()
        for (item, port), moment, peak, mean, count in zip(hours.ports.items(), moments, peaks, means, counts.tolist(), strict=True):
            at = datetime.fromtimestamp(moment, UTC)
            yield Use(
                device=hours.device, item=item, metric="errors", peak=peak, mean=mean, at=at,
                limit=limit, alias=port.row.alias, count=round(count),
            )  # fmt: skip


def _hourly(history: History, known: Ports, breaks: Breaks, wanted: Items | None = None, end: float = inf) -> Iterator[_Hours]:
    # Device by device, as each metric comes: the counters of all ports together are a hundred megabytes.
    told = merge(*(_columns(history, (metric,), known, wanted, end) for metric in DAMAGE), key=attrgetter("device"))
    for device, group in groupby(told, key=attrgetter("device")):
        those = list(group)
        own = {reading.item: known[device, reading.index] for columns in those for reading in columns.readings}
        yield _added(device, those, own, breaks.get(device, ()))


def _added(device: str, those: Sequence[Columns], own: Mapping[str, Port], breaks: Sequence[float]) -> _Hours:
    """Return the hours of all counters of a device together; a sample at the full hour ends the hour before."""
    places = {item: place for place, item in enumerate(own)}
    all_hours = np.unique(np.concatenate([np.ceil(columns.times[1:] / HOUR) for columns in those]))
    last, sums = np.zeros((len(own), len(all_hours))), np.zeros((len(own), len(all_hours)))
    for columns in those:
        hours, starts = np.unique(np.ceil(columns.times[1:] / HOUR), return_index=True)
        ends = np.append(starts[1:], len(columns.times) - 1)
        rows, there = np.array([places[r.item] for r in columns.readings])[:, None], np.searchsorted(all_hours, hours)[None, :]
        np.maximum.at(last, (rows, there), columns.times[ends][None, :])
        moved = np.flatnonzero((columns.values[:, 1:] != columns.values[:, :-1]).any(axis=1))
        if len(moved):
            np.add.at(sums, (rows[moved], there), np.add.reduceat(_lost(columns, moved, own, breaks), starts, axis=1))
    return _Hours(device=device, ports=own, last=last, sums=sums)


def _lost(columns: Columns, moved: NDArray[np.intp], own: Mapping[str, Port], breaks: Sequence[float]) -> Floats:
    """Return the packets lost between two looks by the counters that *moved*: most never do."""
    some = replace(columns, readings=tuple(columns.readings[row] for row in moved.tolist()), values=columns.values[moved])
    most = np.array([packets_per_second(own[r.item].row.speed_bps) or np.nan for r in some.readings])
    # A fast line could carry a whole range of the counter between two looks; of damage that is beyond belief, and no wrap is looked for.
    most[most * np.diff(columns.times).max() >= WRAP] = np.nan
    lost: Floats = np.nan_to_num(table(some, most, breaks) * np.diff(columns.times))
    return lost


Told = Mapping[tuple[str, str, str], tuple[Floats, Floats]]
"""Times and values by kind, device and item."""


def _busiest(history: History, known: Ports, wanted: Mapping[str, Items], breaks: Breaks, end: float = inf) -> Told:
    """Return load and hourly loss of the *wanted* lines alone, up to *end*; the load in its fuller direction."""
    found: dict[tuple[str, str, str], tuple[Floats, Floats]] = {}
    for columns in _columns(history, interface_utilisation.NEEDS, known, wanted["interface"], end):
        for reading, load in zip(columns.readings, _load(columns, known, breaks), strict=True):
            place, there = ("interface", columns.device, reading.item), ~np.isnan(load)
            if there.any() and (place not in found or load[there].max() > found[place][1].max()):
                found[place] = (columns.times[1:][there], load[there])
    for hours in _hourly(history, known, breaks, wanted["errors"], end):
        found |= {("errors", hours.device, item): hours.told(row) for row, item in enumerate(hours.ports)}
    return found


def _with_usual(  # noqa: PLR0913, PLR0917 - what is usual, of what and when
    found: Sequence[Use], recall: Recall, known: Ports, wanted: Mapping[str, Items], day: History, zone: tzinfo
) -> Iterator[Use]:
    """Give the busiest of each kind its usual band: the lowest and the highest usual of the day's hours."""
    bands: dict[tuple[str, str, str], tuple[float, float]] = {}
    names = {device for each in wanted.values() for device, _ in each}
    concerned = [d for d in day.devices if d.name in names]
    for some in (concerned[n : n + AT_ONCE] for n in range(0, len(concerned), AT_ONCE)):
        for (metric, device, item), (times, values) in _past(recall(some), known, wanted, day.window.start.timestamp()):
            hours = [h for h in profile(times, values, day.window.end, zone=zone) if h]
            if hours:
                # A percentage ends at 100, a count does not.
                high, low = max(h.high for h in hours), min(h.low for h in hours)
                bands[metric, device, item] = (max(0.0, low), high if metric == "errors" else min(100.0, high))
    yield from (replace(u, usual=band) if (band := bands.get((u.metric, u.device, u.item))) else u for u in found)


def _past(
    month: History, known: Ports, wanted: Mapping[str, Items], end: float
) -> Iterator[tuple[tuple[str, str, str], tuple[Sequence[float], Sequence[float | str]]]]:
    """Yield the past of the *wanted* alone, times and values; that of lines up to *end*.

    The day itself is finer than the hours before it: beside its steps each hour would seem a gap.
    """
    for metric, series in (("cpu", month.series("cpu.busy")), ("memory", memory.pools(month))):
        yield from (((metric, s.device, s.item), (s.times, s.values)) for s in series if (s.device, s.item) in wanted[metric])
    for place, (times, values) in _busiest(month, known, wanted, {}, end).items():
        yield place, (times.tolist(), values.tolist())
