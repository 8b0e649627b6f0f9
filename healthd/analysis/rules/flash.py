"""A flash file system is nearly full.

What: the free share of a partition is below a limit.
Why: crash files cannot be written when they are needed, and no new image fits.
Remedy: delete old images and old crash files after copying what is wanted.
Source: CISCO-FLASH-MIB::ciscoFlashPartitionTable.

Partitions that hold no free space by design (read-only, or smaller than an image) are not judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from healthd.analysis.levels import Thresholds, crossed, words
from healthd.analysis.present import Present, present
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import say

NEEDS = ("flash.free", "flash.total")
FIXED = ("rommon", "nvram", "crashinfo", "cdrom", "lcfpga", "stby-", "usb", "webui", "ofs", "guest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*free* in percent of a partition of at least *least* bytes."""

    free: Thresholds = field(default_factory=lambda: Thresholds(low_warning=5.0))
    least: float = 32e6
    max_age: timedelta = timedelta(hours=26)


_ADVICE = say("Delete images and crash files that are not needed any more, after copying what is wanted.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one notice per partition that is nearly full."""
    total = {(s.device, s.reading.item, s.reading.index): s.reading.value for s in present(history, "flash.total", now, limits.max_age)}
    for seen in present(history, "flash.free", now, limits.max_age):
        whole = total.get((seen.device, seen.reading.item, seen.reading.index), 0)
        if isinstance(whole, int | float) and whole >= limits.least and not seen.reading.item.lower().startswith(FIXED):
            yield from _judged(seen, float(whole), limits)


def _judged(seen: Present, whole: float, limits: Limits) -> Iterator[Finding]:
    free = seen.reading.value
    if isinstance(free, str):
        return
    crossing = crossed(100 * free / whole, limits.free)
    if crossing:
        yield Finding(
            rule="flash",
            device=seen.device,
            item=seen.reading.item,
            index=seen.reading.index,
            level=min(crossing.level, Level.NOTICE),
            summary=words(say("File system {item}, free", item=seen.reading.item), replace(crossing, since=None), "%"),
            since=seen.since,
            evidence=(seen.observation,),
            advice=_ADVICE,
        )
