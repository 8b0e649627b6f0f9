"""A device is too hot.

What: sensors that the device itself calls too hot, or that are beyond its own outer threshold. All sensors of
one chassis make one finding: heat is one trouble, however many sensors feel it.
Why: heat shortens every part's life, and the device switches itself off before it melts.
Remedy: room, air flow and filters first, then fans. A sensor that does not work is another matter.
Source: CISCO-ENVMON-MIB::ciscoEnvMonTemperatureState, CISCO-ENTITY-SENSOR-MIB::entSensorThresholdTable.

Without thresholds of the device nothing is judged: what is hot for an inlet is cold for a processor. Sensors
of optics belong to the optics rule. A threshold called minor gives a notice only; many are set too low.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.analysis.present import MAX_AGE, Present, present
from healthd.analysis.rules._judgement import Judgement, finding, owner
from healthd.analysis.rules._places import chassis, optics_of
from healthd.analysis.states import state
from healthd.model.finding import Condition, Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say

NEEDS = ("temperature", "temperature.state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a value may be to count as present."""

    max_age: timedelta = MAX_AGE


_LEVELS = {"warning": Level.WARNING, "critical": Level.CRITICAL, "shutdown": Level.CRITICAL}
_ADVICE = say("Check room temperature, air filters, blanking plates and fans before anything is replaced.")
_BROKEN = Judgement(
    Level.WARNING,
    say("Temperature sensor {item} does not function."),
    Condition.SUSPECT,
    say("Compare with the sensors beside it on the command line; the part that carries it may be at fault."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hot:
    seen: Present
    level: Level
    said: Phrase


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per chassis that is too hot, and one per sensor that does not function."""
    hot: dict[tuple[str, str], list[_Hot]] = defaultdict(list)
    for each in (*_by_state(history, limits, now), *_by_value(history, limits, now)):
        hot[each.seen.device, chassis(each.seen)[1]].append(each)
    for (_, place), sensors in hot.items():
        yield _finding(place, sensors)
    for seen in present(history, "temperature.state", now, limits.max_age):
        if seen.word == "notFunctioning":
            yield finding("temperature", seen, _BROKEN, owner(seen, ("sensor",)))


def _by_state(history: History, limits: Limits, now: datetime) -> Iterator[_Hot]:
    for seen in present(history, "temperature.state", now, limits.max_age):
        if level := _LEVELS.get(seen.word):
            yield _Hot(seen=seen, level=level, said=say("{item} is in state {state}", item=seen.reading.item, state=state(seen.word)))


def _by_value(history: History, limits: Limits, now: datetime) -> Iterator[_Hot]:
    skip = optics_of(history.poll(device.name) for device in history.devices)
    for seen in present(history, "temperature", now, limits.max_age):
        value, own = seen.reading.value, seen.reading.limits
        if not isinstance(value, int | float) or own is None or seen.reading.index in skip.get(seen.device, ()):
            continue
        _, _, high, highest = own
        if highest is not None and value > highest:
            yield _Hot(seen=seen, level=Level.CRITICAL, said=_said(seen, value, highest))
        elif high is not None and value > high:
            yield _Hot(seen=seen, level=Level.NOTICE, said=_said(seen, value, high))


def _said(seen: Present, value: float, limit: float) -> Phrase:
    return say("{item} measures {value} °C, its limit is {limit} °C", item=seen.reading.item, value=round(value, 1), limit=round(limit, 1))


def _finding(place: str, sensors: Sequence[_Hot]) -> Finding:
    sensors = sorted(sensors, key=lambda hot: -hot.level)
    worst = sensors[0]
    more = len({hot.seen.reading.index for hot in sensors}) - 1
    summary = say("Too hot: {worst}.", worst=worst.said)
    if more:
        summary = (
            say("Too hot: {worst}, and one more sensor.", worst=worst.said)
            if more == 1
            else say("Too hot: {worst}, and {more} more sensors.", worst=worst.said, more=more)
        )
    return Finding(
        rule="temperature",
        device=worst.seen.device,
        item=place or "temperature",
        index=worst.seen.reading.index,
        indexes=tuple(dict.fromkeys(hot.seen.reading.index for hot in sensors)) if more else (),
        level=worst.level,
        summary=summary,
        since=min(hot.seen.since for hot in sensors),
        evidence=tuple(hot.seen.observation for hot in sensors[:10]),
        verdict=Condition.ENVIRONMENT,
        advice=_ADVICE,
    )
