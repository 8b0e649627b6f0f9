"""How much of processors, memory and lines was used over a day: peaks, means, the day as a line, and what is usual."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from math import inf

import numpy as np
from numpy.typing import NDArray

from healthd.analysis.baseline import profile
from healthd.analysis.ports import Port, ports
from healthd.analysis.rates import all_rates, numbers, octets_per_second, packets_per_second, utilisation
from healthd.analysis.rules import cpu, interface_errors, interface_utilisation, memory
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
Floats = NDArray[np.float64]
HOUR = 3600.0
DAMAGE = ("interface.in.errors", "interface.out.errors", "interface.in.discards", "interface.out.discards")


def uses(day: History, recall: Recall, breaks: Mapping[str, Sequence[float]], zone: tzinfo = UTC) -> tuple[Use, ...]:
    """Return every processor's, pool's and line's day; the busiest ten of a kind with what is usual for them by *recall*.

    *breaks* are the moments (epoch seconds) at which a device's counters began again; hours of the day are those of *zone*.
    """
    known = ports(day, day.window.end, day.window.length)
    found = [*_gauges(day.series("cpu.busy"), "cpu", cpu.Limits().busy.high_warning, day.window)]
    found += _gauges(memory.pools(day), "memory", memory.Limits().used.high_warning, day.window)
    found += _lines(day, known, breaks)
    found += _damage(day, known, breaks)
    return tuple(_with_usual(found, recall, known, day, zone))


def _gauges(series: Iterable[Series], metric: str, limit: float | None, window: Interval) -> Iterator[Use]:
    for each in series:
        times, values = np.asarray(each.times, dtype=np.float64), numbers([each])[0]
        if use := _use(each.device, each.item, metric, times, values, window):
            yield replace(use, limit=limit)


def _use(  # noqa: PLR0913, PLR0917 - what a day was like, of what
    device: str, item: str, metric: str, times: Floats, values: Floats, window: Interval
) -> Use | None:
    inside = ~np.isnan(values) & (times >= window.start.timestamp()) & (times <= window.end.timestamp())
    if not inside.any():
        return None
    moments, seen = times[inside], values[inside]
    top = int(np.argmax(seen))
    at = datetime.fromtimestamp(float(moments[top]), UTC)
    return Use(
        device=device, item=item, metric=metric, peak=float(seen[top]), mean=float(seen.mean()), at=at, values=_line(moments, seen, window)
    )


def _line(times: Floats, values: Floats, window: Interval) -> tuple[float | None, ...]:
    """Return means at equal distances over the whole day, None where there is no value; no finer than the values came."""
    begin, length = window.start.timestamp(), window.length.total_seconds()
    apart = float(np.median(np.diff(times))) if len(times) > 1 else length
    steps = max(2, min(STEPS, int(length / max(1.25 * apart, 1.0))))
    places = np.clip(((times - begin) / length * steps).astype(int), 0, steps - 1)
    counts, sums = np.bincount(places, minlength=steps), np.bincount(places, weights=values, minlength=steps)
    return tuple(float(s / c) if c else None for s, c in zip(sums, counts, strict=True))


def _lines(day: History, known: Mapping[tuple[str, str], Port], breaks: Mapping[str, Sequence[float]]) -> Iterator[Use]:
    limit = interface_utilisation.Limits().load.high_warning
    best: dict[tuple[str, str], Use] = {}
    for metric in interface_utilisation.NEEDS:
        for device, group in groupby(day.series(metric), key=lambda s: s.device):
            members = [s for s in group if (p := known.get((device, s.index))) and p.row.speed_bps and len(s.times) > 1]
            speeds = {s.item: float(known[device, s.index].row.speed_bps or 1) for s in members}
            ceilings = {item: octets_per_second(speed) for item, speed in speeds.items()}
            for rate in all_rates(members, ceilings, breaks.get(device, ())):
                load = utilisation(rate.values, speeds[rate.series.item])
                use = _use(device, rate.series.item, "interface", rate.times, load, day.window)
                before = best.get((device, rate.series.item))
                if use and (before is None or use.peak > before.peak):
                    best[device, rate.series.item] = replace(use, limit=limit, alias=known[device, rate.series.index].row.alias)
    yield from best.values()


def _damage(day: History, known: Mapping[tuple[str, str], Port], breaks: Mapping[str, Sequence[float]]) -> Iterator[Use]:
    """Yield damaged and dropped packets of each hour, both directions together."""
    limit = interface_errors.Limits().warning * HOUR / interface_errors.Limits().look.back.total_seconds()
    for (device, item), (port, times, counts) in _counted(day, known, breaks).items():
        moments, hourly = _hours(times, counts)
        if use := _use(device, item, "errors", moments, hourly, day.window):
            yield replace(use, count=round(float(hourly.sum())), limit=limit, alias=port.row.alias)


def _counted(
    history: History,
    known: Mapping[tuple[str, str], Port],
    breaks: Mapping[str, Sequence[float]],
    wanted: Collection[tuple[str, str]] | None = None,
    end: float = inf,
) -> dict[tuple[str, str], tuple[Port, Floats, Floats]]:
    """Return for each port (of *wanted*, by device and item) the moments and the packets lost up to each."""
    found: dict[tuple[str, str], tuple[Port, Floats, Floats]] = {}
    for metric in DAMAGE:
        for device, group in groupby(history.series(metric), key=lambda s: s.device):
            members = [_before(s, end) for s in group if _counts(s, known, wanted)]
            ceilings = {s.item: packets_per_second(known[device, s.index].row.speed_bps) for s in members}
            for rate in all_rates(members, ceilings, breaks.get(device, ())):
                key, lost = (device, rate.series.item), np.nan_to_num(rate.values * rate.seconds)
                port, times, before = found.get(key, (known[device, rate.series.index], rate.times[:0], lost[:0]))
                found[key] = (port, np.concatenate((times, rate.times)), np.concatenate((before, lost)))
    return found


def _counts(series: Series, known: Mapping[tuple[str, str], Port], wanted: Collection[tuple[str, str]] | None) -> bool:
    port = (series.device, series.index) in known and len(series.times) > 1
    return port and (wanted is None or (series.device, series.item) in wanted)


def _before(series: Series, end: float) -> Series:
    """Return *series* up to *end*: the day itself is finer than the hours before it, beside which each hour would seem a gap."""
    place = bisect_left(series.times, end)
    return series if place == len(series.times) else replace(series, times=series.times[:place], values=series.values[:place])


def _hours(times: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Return the last moment of each hour that was counted in, and the hour's sum; a sample at the full hour ends the hour before."""
    hours, which = np.unique(np.ceil(times / HOUR), return_inverse=True)
    last = np.zeros(len(hours))
    np.maximum.at(last, which, times)
    return last, np.bincount(which, weights=counts, minlength=len(hours)).astype(np.float64)


def _with_usual(found: Sequence[Use], recall: Recall, known: Mapping[tuple[str, str], Port], day: History, zone: tzinfo) -> Iterator[Use]:
    """Give the busiest of each kind its usual band: the lowest and the highest usual of the day's hours."""
    ranked = sorted(found, key=lambda u: (-u.peak, u.device, u.item))
    wanted = {m: {(u.device, u.item) for u in [u for u in ranked if u.metric == m and u.peak > 0][:TOP]} for m in KINDS}
    bands: dict[tuple[str, str, str], tuple[float, float]] = {}
    names = {device for each in wanted.values() for device, _ in each}
    month = recall([d for d in day.devices if d.name in names])
    for metric, device, item, times, values in _past(month, known, wanted, day.window.start.timestamp()):
        hours = [h for h in profile(times, values, day.window.end, zone=zone) if h]
        if hours:
            # A percentage ends at 100, a count does not.
            high, low = max(h.high for h in hours), min(h.low for h in hours)
            bands[metric, device, item] = (max(0.0, low), high if metric == "errors" else min(100.0, high))
    yield from (replace(u, usual=bands.get((u.metric, u.device, u.item))) for u in found)


def _past(
    month: History, known: Mapping[tuple[str, str], Port], wanted: Mapping[str, Collection[tuple[str, str]]], end: float
) -> Iterator[tuple[str, str, str, Sequence[float], Sequence[float | str]]]:
    """Yield the past up to *end* of the *wanted* alone: metric, device, item, times and values."""
    for metric, series in (("cpu", month.series("cpu.busy")), ("memory", memory.pools(month))):
        yield from ((metric, s.device, s.item, s.times, s.values) for s in series if (s.device, s.item) in wanted[metric])
    for (device, item), (times, load) in _fuller(month, known, wanted["interface"], end).items():
        yield "interface", device, item, times.tolist(), load.tolist()
    for (device, item), (_, times, counts) in _counted(month, known, {}, wanted["errors"], end).items():
        moments, hourly = _hours(times, counts)
        yield "errors", device, item, moments.tolist(), hourly.tolist()


def _fuller(
    month: History, known: Mapping[tuple[str, str], Port], wanted: Collection[tuple[str, str]], end: float
) -> dict[tuple[str, str], tuple[Floats, Floats]]:
    """Return the load of each wanted line in its fuller direction."""
    best: dict[tuple[str, str], tuple[Floats, Floats]] = {}
    for metric in interface_utilisation.NEEDS:
        members = [s for s in month.series(metric) if _counts(s, known, wanted) and known[s.device, s.index].row.speed_bps]
        for one in (_before(s, end) for s in members):
            speed = float(known[one.device, one.index].row.speed_bps or 1)
            rate = next(iter(all_rates([one], {one.item: octets_per_second(speed)})))
            load, before = utilisation(rate.values, speed), best.get((one.device, one.item))
            if before is None or np.nansum(load) > np.nansum(before[1]):
                best[one.device, one.item] = (rate.times, load)
    return best
