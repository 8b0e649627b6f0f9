"""Memory that is never given back.

What: the used share of a pool rises surely and steadily, and would reach its end before long.
Why: a leak ends in a restart, at a time of its own choosing.
Remedy: find the process that grows; look for a known bug of the release; plan a restart or an upgrade before the day.
Source: CISCO-ENHANCED-MEMPOOL-MIB, CISCO-MEMORY-POOL-MIB; slope by Theil and Sen.

A day that only rises in the morning is no leak: every quarter of the window must lie above the one before.
A restart inside the window begins anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np

from healthd.analysis.restarts import all_reboots
from healthd.analysis.rules.memory import pools
from healthd.analysis.trend import Trend, trend
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.observation import Observation
from healthd.model.phrase import say
from healthd.model.poll import Series

NEEDS = ("memory.used", "memory.free")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A leak has *least* of history, took *gained* percent of the pool in it, and fills *full* percent within *notice* or *warning*."""

    least: timedelta = timedelta(hours=12)
    gained: float = 1.0
    full: float = 97.0
    warning: timedelta = timedelta(days=14)
    notice: timedelta = timedelta(days=60)


_ADVICE = say("Find the process that grows (show processes memory sorted), compare with known bugs of the release, plan a restart.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per pool that would be full before long."""
    del now
    restarts = {device: outages[-1].interval.end.timestamp() for device, outages in all_reboots(history).items()}
    for series in pools(history):
        tail = _since(series, restarts.get(series.device, 0.0))
        if _steady(tail, limits) and (found := trend(tail.times, tail.values)):
            yield from _finding(tail, found, limits)


def _since(series: Series, restart: float) -> Series:
    first = next((i for i, at in enumerate(series.times) if at > restart), len(series.times)) if restart else 0
    return replace(series, times=series.times[first:], values=series.values[first:])


def _steady(series: Series, limits: Limits) -> bool:
    """Say whether the pool was taken little by little over a window long enough, and not in one step."""
    if len(series.times) < 12 or series.times[-1] - series.times[0] < limits.least.total_seconds():
        return False
    quarters = [float(np.median(part)) for part in np.array_split(np.array(series.values, dtype=np.float64), 4)]
    rise = quarters[3] - quarters[0]
    return rise >= limits.gained * 0.75 and all(0 < later - early < 0.7 * rise for early, later in pairwise(quarters))


def _finding(series: Series, found: Trend, limits: Limits) -> Iterator[Finding]:
    ends = found.until(limits.full)
    if ends is None or ends[0] > limits.notice:
        return
    at = datetime.fromtimestamp(series.times[-1], UTC)
    day = found.per(timedelta(days=1))
    yield Finding(
        rule="memory_leak",
        device=series.device,
        item=series.item,
        index=series.index,
        level=Level.WARNING if ends[0] <= limits.warning else Level.NOTICE,
        summary=say(
            "Memory {item} fills steadily: {used} % used, {day} % more each day; full in {soonest} to {latest} if it goes on.",
            item=series.item,
            used=round(found.last, 1),
            day=round(day, 2),
            soonest=ends[0],
            latest=ends[1],
        ),
        since=datetime.fromtimestamp(series.times[0], UTC),
        evidence=(Observation(series.device, at, series.reading),) if series.reading else (),
        verdict=Condition.SOFTWARE,
        advice=_ADVICE,
    )
