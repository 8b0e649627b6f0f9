"""A memory pool is nearly full.

What: used ÷ (used + free) of a pool stayed above a limit for several samples, up to now.
Why: without memory processes fail, neighbours are lost and the device may restart.
Remedy: see who holds it; a leak needs other software, a full table needs a filter or a larger device.
Source: CISCO-ENHANCED-MEMPOOL-MIB::cempMemPoolTable, CISCO-MEMORY-POOL-MIB::ciscoMemoryPoolTable.

Pools that are full by design (packet buffers shared with the kernel, reserves) are not judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from healthd.analysis.levels import Crossing, Thresholds, kept, words
from healthd.analysis.ports import recent
from healthd.analysis.present import MAX_AGE
from healthd.analysis.rates import numbers
from healthd.model.finding import Finding
from healthd.model.history import History
from healthd.model.observation import Observation
from healthd.model.phrase import say
from healthd.model.poll import Series

NEEDS = ("memory.used", "memory.free")
BY_DESIGN = re.compile(r"lsmpi|reserve|image|exempt|driver text|system memory cached", re.IGNORECASE)
"""lsmpi_io is the buffer between IOS and the Linux kernel of IOS XE and is always full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*used* in percent of the pool, for *samples* in a row."""

    used: Thresholds = field(default_factory=lambda: Thresholds(high_warning=90, high_critical=97))
    samples: int = 3
    max_age: timedelta = MAX_AGE


_ADVICE = say("See which process holds it (show processes memory sorted) and whether it still grows.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per pool that stays nearly full."""
    heard = {d.name for d in history.devices if recent(history, d.name, now, limits.max_age)}
    for series in pools(history):
        if series.device in heard and len(series.times) and series.times[-1] >= (now - limits.max_age).timestamp():
            crossing = kept(series.times, series.values, limits.used, samples=limits.samples)
            if crossing:
                yield _finding(series, crossing)


def pools(history: History) -> Iterator[Series]:
    """Yield the used share of each judged pool in percent, over time; *reading* is that of the used bytes."""
    free = {(s.device, s.item, s.index): s for s in history.series("memory.free")}
    for used in history.series("memory.used"):
        left = free.get((used.device, used.item, used.index))
        if left is not None and not BY_DESIGN.search(used.item):
            yield _share(used, left)


def _share(used: Series, left: Series) -> Series:
    times, taken_at, left_at = np.intersect1d(used.times, left.times, assume_unique=True, return_indices=True)
    taken, rest = numbers([used])[0][taken_at], numbers([left])[0][left_at]
    whole = taken + rest
    there = whole > 0
    shares = 100 * taken[there] / whole[there]
    return replace(used, metric="memory.share", unit="%", times=tuple(times[there].tolist()), values=tuple(shares.tolist()))


def _finding(series: Series, crossing: Crossing) -> Finding:
    at = datetime.fromtimestamp(series.times[-1], UTC)
    return Finding(
        rule="memory",
        device=series.device,
        item=series.item,
        index=series.index,
        level=crossing.level,
        summary=words(say("Memory {item}, used", item=series.item), crossing, "%"),
        since=crossing.since,
        evidence=(Observation(series.device, at, series.reading),) if series.reading else (),
        advice=_ADVICE,
    )
