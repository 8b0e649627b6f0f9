"""Thresholds: when a value is too high or too low, and the one place that words it.

The device's own thresholds win over ours: it knows its hardware. A level that
was reached is kept until the value has come back by *hold*, so that a value
on the limit does not come and go.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isnan

from healthd.model.finding import Level
from healthd.model.phrase import Phrase, say

Four = tuple[float | None, float | None, float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Limits in the value's unit, None where there is none; *own_low* and *own_high* say which side the device gave itself."""

    low_critical: float | None = None
    low_warning: float | None = None
    high_warning: float | None = None
    high_critical: float | None = None
    own_low: bool = False
    own_high: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A level that *value* reached by being beyond *limit*; *own* when the limit is the device's; *since* when it began."""

    level: Level
    value: float
    limit: float
    high: bool
    own: bool = False
    since: datetime | None = None


def thresholds(given: Four | None, ours: Thresholds) -> Thresholds:
    """Return the device's own limits, else ours.

    A side (low, high) of which the device says anything is its alone: a
    device that gives only a critical limit has no warning there.
    """
    low_critical, low_warning, high_warning, high_critical = given or (None, None, None, None)
    own_low, own_high = (low_critical, low_warning) != (None, None), (high_warning, high_critical) != (None, None)
    return Thresholds(
        low_critical=low_critical if own_low else ours.low_critical,
        low_warning=low_warning if own_low else ours.low_warning,
        high_warning=high_warning if own_high else ours.high_warning,
        high_critical=high_critical if own_high else ours.high_critical,
        own_low=own_low,
        own_high=own_high,
    )


def crossed(value: float, limits: Thresholds, *, held: Level | None = None, hold: float = 0.05) -> Crossing | None:
    """Return the worst level that *value* reaches, None when it is within all limits.

    *held* is the level reached before; its limit is nearer by *hold*, a share of the limit.
    """
    rungs = (
        (Level.CRITICAL, limits.high_critical, True, limits.own_high),
        (Level.CRITICAL, limits.low_critical, False, limits.own_low),
        (Level.WARNING, limits.high_warning, True, limits.own_high),
        (Level.WARNING, limits.low_warning, False, limits.own_low),
    )
    for level, limit, high, own in rungs:
        if limit is None:
            continue
        slack = abs(limit) * hold if held is not None and held >= level else 0.0
        if (value >= limit - slack) if high else (value <= limit + slack):
            return Crossing(level=level, value=value, limit=limit, high=high, own=own)
    return None


def kept(
    times: Sequence[float], values: Sequence[float | str], limits: Thresholds, *, samples: int = 1, hold: float = 0.05
) -> Crossing | None:
    """Return the level in which a series stands at its end, with the time since when.

    A level is entered when *samples* values in a row reach it, and left as
    soon as one is back by *hold*. Times are epoch seconds; what is no number
    is not known and ends nothing.
    """
    known = [(at, float(v)) for at, v in zip(times, values, strict=True) if not isinstance(v, str) and not isnan(v)]
    # A day is folded only when its newest value could stand in a level at all.
    if not known or crossed(known[-1][1], limits, held=Level.CRITICAL, hold=hold) is None:
        return None
    began: dict[Level, list[float]] = {Level.WARNING: [], Level.CRITICAL: []}
    held: Level | None = None
    for at, value in known:
        now = crossed(value, limits, held=held, hold=hold)
        for level, run in began.items():
            run[:] = [*run[:samples], at] if now and now.level >= level else []
        held = max((level for level, run in began.items() if len(run) >= samples), default=None)
    return _standing(known[-1][1], limits, held, hold, began)


def _standing(value: float, limits: Thresholds, held: Level | None, hold: float, began: dict[Level, list[float]]) -> Crossing | None:
    found = crossed(value, limits, held=held, hold=hold) if held else None
    if found is None or held is None:
        return None
    if found.level > held:
        # The newest value reaches the next level, but not yet often enough.
        limit = limits.high_warning if found.high else limits.low_warning
        found = replace(found, level=held, limit=found.limit if limit is None else limit)
    return replace(found, since=datetime.fromtimestamp(began[held][0], UTC))


def words(what: Phrase, crossing: Crossing, unit: str) -> Phrase:
    """Return the sentence about a threshold: of what, the value, the limit and whose limit it is."""
    value, limit = round(crossing.value, 2), round(crossing.limit, 2)
    if crossing.own and crossing.high:
        return say(
            "{what}: {value} {unit}, at or above the device's own limit of {limit} {unit}.", what=what, value=value, limit=limit, unit=unit
        )
    if crossing.own:
        return say(
            "{what}: {value} {unit}, at or below the device's own limit of {limit} {unit}.", what=what, value=value, limit=limit, unit=unit
        )
    if crossing.high:
        return say("{what}: {value} {unit}, at or above the limit of {limit} {unit}.", what=what, value=value, limit=limit, unit=unit)
    return say("{what}: {value} {unit}, at or below the limit of {limit} {unit}.", what=what, value=value, limit=limit, unit=unit)
