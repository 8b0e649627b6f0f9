"""A processor is busy and stays so.

What: the device's own five-minute average stayed above a limit for several samples, up to now.
Why: routing and management share the processor: neighbours time out, and commands come too late.
Remedy: see which process it is; look at the log, at scans, at loops, at a routing table that does not settle.
Source: CISCO-PROCESS-MIB::cpmCPUTotal5minRev, OLD-CISCO-CPU-MIB::avgBusy5.

One high sample is a burst, not a load. Single cores of a processor may be full by design and are not judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from healthd.analysis.baseline import say_usual, usual
from healthd.analysis.levels import Crossing, Thresholds, kept, thresholds, words
from healthd.analysis.ports import recent
from healthd.analysis.present import MAX_AGE
from healthd.model.finding import Finding
from healthd.model.history import History
from healthd.model.observation import Observation
from healthd.model.phrase import say
from healthd.model.poll import Series

NEEDS = ("cpu.busy",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*busy* in percent, for *samples* in a row."""

    busy: Thresholds = field(default_factory=lambda: Thresholds(high_warning=85, high_critical=95))
    samples: int = 3
    max_age: timedelta = MAX_AGE


_ADVICE = say("See which process keeps it busy (show processes cpu sorted), and since when.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per processor that stays busy."""
    heard = {d.name for d in history.devices if recent(history, d.name, now, limits.max_age)}
    for series in history.series("cpu.busy"):
        if series.device in heard and len(series.times) and series.times[-1] >= (now - limits.max_age).timestamp():
            own = series.reading.limits if series.reading else None
            crossing = kept(series.times, series.values, thresholds(own, limits.busy), samples=limits.samples)
            if crossing:
                yield _finding(series, crossing, now)


def _finding(series: Series, crossing: Crossing, now: datetime) -> Finding:
    said = words(say("Load of {item}", item=series.item or "CPU"), crossing, "%")
    known = usual(series.times, series.values, now)
    at = datetime.fromtimestamp(series.times[-1], UTC)
    return Finding(
        rule="cpu",
        device=series.device,
        item=series.item,
        index=series.index,
        level=crossing.level,
        summary=say("{said}. {usual}.", said=said, usual=say_usual(known, "%")) if known else said,
        since=crossing.since,
        evidence=(Observation(series.device, at, series.reading),) if series.reading else (),
        advice=_ADVICE,
    )
