"""A port is full.

What: one direction of it stayed above a limit for several samples, up to now.
Why: a full line delays and drops; what grows on it hits the wall.
Remedy: find out what fills it; move the traffic, or plan a faster line.
Source: IF-MIB::ifHCInOctets, ifHCOutOctets, ifHighSpeed.

Without the line's speed nothing can be said. A full-duplex line is as full as its fuller direction. Access ports are one notice per device.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from healthd.analysis.levels import Thresholds, kept, words
from healthd.analysis.ports import Port, Ports, is_current, ports
from healthd.analysis.present import MAX_AGE
from healthd.analysis.rates import Rates, all_rates, octets_per_second, utilisation
from healthd.analysis.restarts import all_reboots
from healthd.analysis.rules._rolled import Hit, told
from healthd.model.columns import Columns
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.observation import Observation
from healthd.model.phrase import Phrase, say
from healthd.model.poll import Series

NEEDS = ("interface.in.octets", "interface.out.octets")
SAMPLES = 24
"""Two hours of five minutes: further back nothing decides about now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*load* in percent of the line's speed, for *samples* in a row."""

    load: Thresholds = field(default_factory=lambda: Thresholds(high_warning=80, high_critical=95))
    samples: int = 3
    max_age: timedelta = MAX_AGE


_ADVICE = say("Find out what fills the line; move traffic away or plan a faster one.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per carrying port that is full, and one notice per device for its access ports."""
    known = ports(history, now, limits.max_age)
    breaks = {device: [o.interval.end.timestamp() for o in outages] for device, outages in all_reboots(history).items()}
    hits: dict[tuple[str, str], Hit] = {}
    for columns in (columns for metric in NEEDS for columns in history.columns(metric)):
        recent = list(_candidates(columns, known, limits, now))
        for hit in _full(recent, breaks.get(columns.device, ()), limits) if recent else ():
            place = (columns.device, hit.port.row.index)
            hits[place] = max(hits.get(place, hit), hit, key=lambda h: h.weight)
    yield from told("interface_utilisation", hits.values(), _together, _ADVICE)


def _candidates(columns: Columns, known: Ports, limits: Limits, now: datetime) -> Iterator[tuple[Series, Port]]:
    """Yield the newest part of those counters whose last step may be a full line's, or fell: most are far from it."""
    if len(columns.times) <= limits.samples:
        return
    start, seconds = max(0, len(columns.times) - SAMPLES), columns.times[-1] - columns.times[-2]
    grown = (columns.values[:, -1] - columns.values[:, -2]).tolist()
    for row, reading in enumerate(columns.readings):
        port = known.get((columns.device, reading.index))
        if port and port.row.speed_bps and is_current(columns, port, now, limits.max_age):
            least = port.row.speed_bps / 8 * seconds * (limits.load.high_warning or 0) / 200
            if not 0 <= grown[row] <= least:
                yield columns.series(row, start), port


def _full(group: Sequence[tuple[Series, Port]], breaks: Sequence[float], limits: Limits) -> Iterator[Hit]:
    by_index: Mapping[str, Port] = {series.index: port for series, port in group}
    ceilings = {series.item: octets_per_second(port.row.speed_bps) for series, port in group}
    for found in all_rates([series for series, _ in group], ceilings, breaks):
        hit = _hit(found, by_index[found.series.index], limits)
        if hit:
            yield hit


def _hit(found: Rates, port: Port, limits: Limits) -> Hit | None:
    load = utilisation(found.values, float(port.row.speed_bps or 1))
    # The newest sample decides whether it is worth folding them all; NaN is not above anything.
    if not len(load) or not load[-1] > (limits.load.high_warning or 0) / 2:
        return None
    crossing = kept(found.times.tolist(), load.tolist(), limits.load, samples=limits.samples)
    if crossing is None:
        return None
    what = (
        say("Load of port {port}, receiving", port=port.label)
        if found.series.metric == NEEDS[0]
        else say("Load of port {port}, sending", port=port.label)
    )
    return Hit(
        port=port,
        level=Level.WARNING,
        summary=words(what, crossing, "%"),
        since=crossing.since,
        weight=crossing.value,
        evidence=_evidence(found.series),
    )


def _evidence(series: Series) -> tuple[Observation, ...]:
    if series.reading is None:
        return ()
    at = datetime.fromtimestamp(series.times[-1], UTC)
    return (Observation(series.device, at, replace(series.reading, value=series.values[-1])),)


def _together(count: int, names: str) -> Phrase:
    return say("{count} access ports are full: {names}.", count=count, names=names)
