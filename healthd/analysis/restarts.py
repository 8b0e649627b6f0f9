"""Restarts between two looks at a device, as down time with its reason.

sysUpTime starts over every 497.1 days (2³² hundredths of a second, RFC 3418)
and says nothing by doing so. snmpEngineBoots and snmpEngineTime (RFC 3414,
2.2) decide where a device has them; sysUpTime alone is read with the wrap in
mind. A clock of ours that was set is no restart either: a device that started
before we last heard it has not restarted since.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Protocol

import numpy as np

from healthd.model.availability import Outage
from healthd.model.history import History
from healthd.model.interval import Interval
from healthd.model.poll import Series

WRAP_S = 2**32 / 100
SLACK_S = 30.0
DRIFT = 0.01
"""A device's clock and ours, and the time an answer takes, differ by less than this share of the time between."""
RESTARTED = "restarted"
NEEDS = ("uptime", "snmp.engine.boots", "snmp.engine.time", "reload.reason")


class Beat(Protocol):
    """What tells a restart: the device's clocks at one moment; a :class:`healthd.model.poll.Sweep` is one."""

    @property
    def at(self) -> datetime: ...  # noqa: D102
    @property
    def uptime_s(self) -> float | None: ...  # noqa: D102
    @property
    def boots(self) -> int | None: ...  # noqa: D102
    @property
    def engine_s(self) -> float | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """sysUpTime, snmpEngineBoots and snmpEngineTime as they were at *at*; None for what the device did not give."""

    at: datetime
    uptime_s: float | None = None
    boots: int | None = None
    engine_s: float | None = None


def reboots(device: str, beats: Iterable[Beat], reasons: Sequence[tuple[datetime, str]] = ()) -> tuple[Outage, ...]:
    """Return the restarts that *beats*, in any order, show.

    Each lasts from the last answer before it to the device's own start. It
    still had to boot then; by its first answer (``back``) it was there again.
    *reasons* are what the device said at which
    moment about its last restart; the first one after a restart is its own.
    """
    known = sorted((b for b in beats if b.uptime_s is not None or b.boots is not None), key=lambda b: b.at)
    return tuple(_outage(device, before, after, reasons) for before, after in pairwise(known) if restarted(before, after))


def restarted(before: Beat, after: Beat) -> bool:
    """Say whether the device started anew between two answers."""
    passed = (after.at - before.at).total_seconds()
    if passed <= 0 or _goes_on(before.uptime_s, after.uptime_s, passed):
        # sysUpTime that went on outweighs a new boots number: only the SNMP engine was restarted then.
        return False
    if before.boots is not None and after.boots is not None:
        if before.boots != after.boots:
            return True
        if before.engine_s is not None and after.engine_s is not None:
            return _anew(before.engine_s, after.engine_s, passed)
        return False
    if before.uptime_s is None or after.uptime_s is None or _wrapped(before.uptime_s, after.uptime_s, passed):
        return False
    return _anew(before.uptime_s, after.uptime_s, passed)


def all_reboots(history: History) -> Mapping[str, tuple[Outage, ...]]:
    """Return the restarts of each device inside the history's window."""
    series = {name: {s.device: s for s in history.series(name)} for name in NEEDS}
    found = {}
    for device, uptime in series["uptime"].items():
        boots, engine, said = (series[name].get(device) for name in NEEDS[1:])
        suspects = _suspects(uptime, boots)
        if suspects:
            beats = _beats(uptime, boots, engine, suspects)
            found[device] = reboots(device, beats, _reasons(said))
    return {device: outages for device, outages in found.items() if outages}


def _goes_on(before: float | None, after: float | None, passed: float) -> bool:
    """Say whether a clock shows what it must after *passed* seconds, or more."""
    return before is not None and after is not None and after >= before + passed - _slack(passed)


def _wrapped(before: float, after: float, passed: float) -> bool:
    """Say whether a clock stands just where it must after starting over at 497.1 days."""
    return abs(before + passed - WRAP_S - after) <= _slack(passed)


def _anew(before: float, after: float, passed: float) -> bool:
    """Say whether a clock began again inside the last *passed* seconds."""
    return after < before + passed - _slack(passed) and after <= passed + _slack(passed)


def _slack(passed: float) -> float:
    return SLACK_S + DRIFT * passed


def _outage(device: str, before: Beat, after: Beat, reasons: Sequence[tuple[datetime, str]]) -> Outage:
    said = next((text for at, text in reasons if at >= after.at and text), "")
    interval = Interval(before.at, _began(before, after))
    why = f"{RESTARTED}: {said}" if said else RESTARTED
    return Outage(device=device, interval=interval, reason=why, reboot=True, back=after.at)


def _began(before: Beat, after: Beat) -> datetime:
    """Return when the device started: by the clock that started first of those that started since *before*."""
    passed = (after.at - before.at).total_seconds()
    ages = [age for age in (after.uptime_s, after.engine_s) if age is not None and age <= passed + _slack(passed)]
    began = after.at - timedelta(seconds=max(ages, default=0.0))
    return min(max(began, before.at), after.at)


def _suspects(uptime: Series, boots: Series | None) -> tuple[int, ...]:
    """Return the places in *uptime* before which its clock, or boots, did not simply go on."""
    ahead = np.asarray(uptime.times, dtype=np.float64) - np.asarray(uptime.values, dtype=np.float64)
    found = set((np.flatnonzero(~(np.diff(ahead) <= SLACK_S)) + 1).tolist())
    if boots is not None and len(set(boots.values)) > 1:
        moved = {b for (_, a), (b, v) in pairwise(zip(boots.times, boots.values, strict=True)) if v != a}
        found |= {i for i, at in enumerate(uptime.times) if i and any(uptime.times[i - 1] < m <= at for m in moved)}
    return tuple(sorted(found))


def _beats(uptime: Series, boots: Series | None, engine: Series | None, suspects: Iterable[int]) -> Iterator[Clocks]:
    number = dict(zip(boots.times, boots.values, strict=True)) if boots else {}
    clock = dict(zip(engine.times, engine.values, strict=True)) if engine else {}
    for place in sorted({p for s in suspects for p in (s - 1, s)}):
        at = uptime.times[place]
        yield Clocks(
            at=datetime.fromtimestamp(at, UTC),
            uptime_s=_known(uptime.values[place]),
            boots=None if (count := _known(number.get(at))) is None else int(count),
            engine_s=_known(clock.get(at)),
        )


def _known(value: float | str | None) -> float | None:
    return None if value is None or isinstance(value, str) or value != value else float(value)  # noqa: PLR0124 - NaN is not known


def _reasons(said: Series | None) -> list[tuple[datetime, str]]:
    return [(datetime.fromtimestamp(at, UTC), str(text)) for at, text in zip(said.times, said.values, strict=True)] if said else []
