"""How much of processors, memory and lines was used over a day: peaks, means, the day as a line, and what is usual."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from healthd.analysis.baseline import profile
from healthd.analysis.ports import Port, ports
from healthd.analysis.rates import all_rates, numbers, octets_per_second, packets_per_second, utilisation
from healthd.analysis.rules import cpu, interface_utilisation, memory
from healthd.model.history import History
from healthd.model.interval import Interval
from healthd.model.poll import Series
from healthd.reports.facts import Use

STEPS = 48
TOP = 10
Floats = NDArray[np.float64]
HOUR = 3600.0
DAMAGE = ("interface.in.errors", "interface.out.errors", "interface.in.discards", "interface.out.discards")


def uses(day: History, month: History | None, breaks: Mapping[str, Sequence[float]]) -> tuple[Use, ...]:
    """Return every processor's, pool's and line's day; the busiest ten of a kind with what is usual for them.

    *breaks* are the moments (epoch seconds) at which a device's counters began again.
    """
    known = ports(day, day.window.end, day.window.length)
    found = [*_gauges(day.series("cpu.busy"), "cpu", cpu.Limits().busy.high_warning, day.window)]
    found += _gauges(memory.pools(day), "memory", memory.Limits().used.high_warning, day.window)
    found += _lines(day, known, breaks)
    found += _damage(day, known, breaks)
    return tuple(_with_usual(found, month, day.window) if month else found)


def _gauges(series: Iterator[Series] | Sequence[Series], metric: str, limit: float | None, window: Interval) -> Iterator[Use]:
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
    """Return means at equal distances over the whole day, None where there is no value."""
    begin, length = window.start.timestamp(), window.length.total_seconds()
    places = np.clip(((times - begin) / length * STEPS).astype(int), 0, STEPS - 1)
    counts, sums = np.bincount(places, minlength=STEPS), np.bincount(places, weights=values, minlength=STEPS)
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
    """Yield damaged and dropped packets per hour, both directions together."""
    counts: dict[tuple[str, str], tuple[str, Floats, Floats, Floats]] = {}
    for metric in DAMAGE:
        for device, group in groupby(day.series(metric), key=lambda s: s.device):
            members = [s for s in group if (device, s.index) in known and len(s.times) > 1]
            ceilings = {s.item: packets_per_second(known[device, s.index].row.speed_bps) for s in members}
            for rate in all_rates(members, ceilings, breaks.get(device, ())):
                key, lost = (device, rate.series.index), np.nan_to_num(rate.values)
                before = counts.get(key)
                if before is None or len(before[2]) != len(lost):
                    counts[key] = (rate.series.item, rate.times, lost, rate.seconds)
                else:
                    counts[key] = (before[0], before[1], before[2] + lost, before[3])
    for (device, index), (item, times, lost, seconds) in counts.items():
        if use := _use(device, item, "errors", times, lost * HOUR, day.window):
            yield replace(use, count=round(float((lost * seconds).sum())), alias=known[device, index].row.alias)


def _with_usual(found: Sequence[Use], month: History, window: Interval) -> Iterator[Use]:
    """Give the busiest of each kind its usual band: the lowest and the highest usual of the day's hours."""
    ranked = sorted(found, key=lambda u: -u.peak)
    wanted = {(u.device, u.item) for metric in ("cpu", "memory") for u in [u for u in ranked if u.metric == metric][:TOP]}
    bands: dict[tuple[str, str, str], tuple[float, float]] = {}
    sources = (("cpu", month.series("cpu.busy")), ("memory", memory.pools(month)))
    for metric, series in sources:
        for each in series:
            if (each.device, each.item) in wanted:
                hours = [h for h in profile(each.times, each.values, window.end) if h]
                if hours:
                    bands[metric, each.device, each.item] = (max(0.0, min(h.low for h in hours)), min(100.0, max(h.high for h in hours)))
    yield from (replace(u, usual=bands.get((u.metric, u.device, u.item))) for u in found)
