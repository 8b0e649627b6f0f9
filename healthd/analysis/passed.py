"""Troubles that came and went inside the window: a supply that failed at noon and was replaced by evening.

What stands at the window's end is for :mod:`healthd.analysis.judge`. Here
each moment just before a state went well again is judged once more, by the
same rules, with what was known then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from types import ModuleType

from healthd import modules
from healthd.analysis import rules
from healthd.model.availability import Span
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.interval import Interval
from healthd.model.phrase import say
from healthd.model.poll import Poll, Series

STATES = ("psu", "fan", "module", "power", "temperature", "voltage", "stack", "redundancy", "bgp", "ospf", "isis", "eigrp", "vpc", "poe")
"""Rules whose findings follow from states alone."""
MOST = 200
"""Moments that are looked at: a part that flaps all day says no more for it."""

Told = Mapping[str, Mapping[str, Sequence[Series]]]
"""Series by metric and device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Then:
    """One device's past as it was known at *window*'s end; only the inventory is the newest."""

    of: History
    devices: Sequence[Device]
    window: Interval
    told: Told

    def poll(self, device: str) -> Poll | None:
        found = self.of.poll(device)
        return None if found is None else replace(found, at=min(found.at, self.window.end), errors=())

    def heard(self, device: str) -> datetime | None:
        return self.window.end if any(each.name == device for each in self.devices) else None

    def series(self, metric: str) -> Iterator[Series]:
        end = self.window.end.timestamp()
        for series in self.told.get(metric, {}).get(self.devices[0].name, ()):
            count = sum(1 for at in series.times if at <= end)
            if count:
                yield replace(series, times=series.times[:count], values=series.values[:count])

    def words(self, metric: str, device: str, item: str) -> frozenset[str]:
        return self.of.words(metric, device, item)

    def missing(self, metric: str) -> Sequence[Series]:
        del metric
        return ()

    def spans(self, device: str) -> Sequence[Span]:
        return tuple(replace(s, interval=part) for s in self.of.spans(device) if (part := s.interval.cut(self.window)))

    def events(self, device: str, kinds: Collection[str] = ()) -> Sequence[Event]:
        return tuple(e for e in self.of.events(device, kinds) if e.received <= self.window.end)


def passed(history: History, standing: Collection[Finding]) -> tuple[Finding, ...]:
    """Return what was found inside the window and is over, as notices with the time at which it was; *standing* is not over."""
    now = {finding.key for finding in standing}
    found: dict[str, Finding] = {}
    for rule in (r for r in modules.every(rules) if r.__name__.rpartition(".")[2] in STATES):
        told = {metric: _by_device(history, metric) for metric in rule.NEEDS}
        for device, at, after in _moments(told)[:MOST]:
            for finding in _judged(history, rule, told, device, at):
                if finding.key not in now and finding.level > Level.UNKNOWN:
                    found[finding.key] = _joined(found.get(finding.key), finding, after)
    return tuple(_said(f) for f in sorted(found.values(), key=lambda f: (-f.level, f.device, f.rule, f.item)))


def _by_device(history: History, metric: str) -> Mapping[str, Sequence[Series]]:
    found: defaultdict[str, list[Series]] = defaultdict(list)
    for series in history.series(metric):
        found[series.device].append(series)
    return found


def _moments(told: Told) -> list[tuple[str, datetime, datetime]]:
    """Return device, last moment of a state and first of the next one, newest first."""
    found = set()
    for series in (s for devices in told.values() for each in devices.values() for s in each):
        if len(set(series.values)) > 1 and isinstance(series.values[-1], str):
            steps = zip(pairwise(series.values), pairwise(series.times), strict=True)
            found |= {(series.device, before, after) for (old, new), (before, after) in steps if old != new}
    moments = [(device, datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for device, a, b in found]
    return sorted(moments, key=lambda each: each[1], reverse=True)


def _judged(history: History, rule: ModuleType, told: Told, device: str, at: datetime) -> Iterator[Finding]:
    own = tuple(each for each in history.devices if each.name == device)
    then = _Then(of=history, devices=own, window=Interval(history.window.start, max(at, history.window.start)), told=told)
    yield from rule.check(then, rule.Limits(), at)


def _joined(known: Finding | None, finding: Finding, after: datetime) -> Finding:
    """Return the worst of one trouble that came more than once, from its first beginning to its last end."""
    if known is None:
        return replace(finding, until=after)
    worse = max(known, finding, key=lambda f: f.level)
    since = min((f.since for f in (known, finding) if f.since), default=None)
    return replace(worse, since=since, until=max(known.until or after, after))


def _said(finding: Finding) -> Finding:
    said = say("{what}; it was over at {end}.", what=finding.summary, end=finding.until or finding.since or "")
    return replace(finding, level=Level.NOTICE, summary=said, advice=None)
