"""Counters of trouble that keep growing: how much in the last hour, and not just once.

What did not grow any more for half of the time looked at has stopped.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np

from healthd.analysis.ports import Port, Ports, is_current, ports
from healthd.analysis.present import MAX_AGE
from healthd.analysis.rates import WRAP, Rates, all_rates, packets_per_second
from healthd.analysis.restarts import all_reboots
from healthd.model.columns import Columns
from healthd.model.history import History
from healthd.model.observation import Observation
from healthd.model.poll import Series

MOST = 61
"""An hour looked at every minute: no more samples than this count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What a port's counter gained in *steps* of its samples: within *over*, from about *since* *until* it last grew."""

    port: Port
    metric: str
    gained: float
    steps: int
    over: timedelta
    since: datetime
    until: datetime
    evidence: tuple[Observation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How far to look back, and how old the newest value may be."""

    back: timedelta = timedelta(hours=1)
    samples: int = 4
    max_age: timedelta = MAX_AGE


def growths(history: History, metrics: Iterable[str], now: datetime, look: Look = Look()) -> Iterator[Growth]:
    """Yield the growth of each of *metrics* on each known port, where there is any that goes on."""
    known = ports(history, now, look.max_age)
    breaks = {device: [o.interval.end.timestamp() for o in outages] for device, outages in all_reboots(history).items()}
    for columns in (columns for metric in metrics for columns in history.columns(metric)):
        moved = list(_moved(columns, known, now, look))
        if moved:
            yield from _grown(moved, breaks.get(columns.device, ()))


def _grown(group: Sequence[tuple[Series, Port]], breaks: Sequence[float]) -> Iterator[Growth]:
    by_index: Mapping[str, Port] = {series.index: port for series, port in group}
    ceilings = {series.item: _ceiling(series, port.row.speed_bps) for series, port in group}
    for found in all_rates([series for series, _ in group], ceilings, breaks):
        grew = np.flatnonzero(np.nan_to_num(found.values) > 0)
        if len(grew) and not _stopped(found, int(grew[-1])):
            series, first, last = found.series, int(grew[0]), int(grew[-1])
            began, ended = float(found.times[first]), float(found.times[last])
            yield Growth(
                port=by_index[series.index],
                metric=series.metric,
                gained=found.total,
                steps=len(grew),
                over=timedelta(seconds=ended - began + float(found.seconds[first])),
                since=datetime.fromtimestamp(began, UTC),
                until=datetime.fromtimestamp(ended, UTC),
                evidence=_evidence(series),
            )


def _stopped(found: Rates, last: int) -> bool:
    """Say whether nothing was gained after sample *last* for half of the time looked at; what is not known is no standstill."""
    known = ~np.isnan(found.values)
    quiet = float(found.seconds[last + 1 :][known[last + 1 :]].sum())
    return quiet * 2 >= float(found.seconds[known].sum())


def _ceiling(series: Series, speed_bps: float | None) -> float | None:
    """Return the most frames a second that a counter of trouble may gain.

    It has 32 bits, and a 10 Gb/s port could wrap it within five minutes, if every frame were damaged; then it would not
    be up. So it is taken not to wrap between two samples.
    """
    most = packets_per_second(speed_bps)
    longest = max((b - a for a, b in pairwise(series.times)), default=0.0)
    return min(most, 0.99 * WRAP / longest) if most and longest else most


def _moved(columns: Columns, known: Ports, now: datetime, look: Look) -> Iterator[tuple[Series, Port]]:
    """Yield the newest part of each counter that moved in it: most never do."""
    length = len(columns.times)
    count = min(max(look.samples, min(MOST, length - bisect_left(columns.times, (now - look.back).timestamp() - 1))), length)
    if count < look.samples:
        return
    for row in np.flatnonzero(columns.values[:, -count] != columns.values[:, -1]).tolist():
        port = known.get((columns.device, columns.readings[row].index))
        if port and is_current(columns, port, now, look.max_age):
            yield columns.series(row, length - count), port


def _evidence(series: Series) -> tuple[Observation, ...]:
    if series.reading is None:
        return ()
    ends = ((series.times[0], series.values[0]), (series.times[-1], series.values[-1]))
    return tuple(Observation(series.device, datetime.fromtimestamp(at, UTC), replace(series.reading, value=value)) for at, value in ends)
