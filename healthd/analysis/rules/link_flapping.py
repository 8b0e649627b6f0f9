"""A link goes up and down again and again.

What: many changes of its state within an hour, as polls saw them or as the device's log told them.
Why: each change recalculates paths and drops traffic; a flapping line is worse than a dead one.
Remedy: cable, optics and the other end; shut the port until it is mended if there is another path.
Source: IF-MIB::ifOperStatus, and log messages of the classes interface.down and interface.up.

Polls see at most one change each; the log sees all, and tells of each several times. The larger count is told. Access ports are one notice per device.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from healthd.analysis.ports import Port, Ports, current, is_up_by_will, ports
from healthd.analysis.present import MAX_AGE
from healthd.analysis.rules._rolled import Hit, told
from healthd.analysis.stream.links import STATES, changes
from healthd.model.event import Event
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.phrase import Phrase, say

NEEDS = ("interface.oper", "events")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*changes* of state within *over*."""

    changes: int = 6
    over: timedelta = timedelta(hours=1)
    max_age: timedelta = MAX_AGE


_ADVICE = say("Check cable, optics and the other end; shut the port until then if there is another path.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per carrying port that flaps, and one notice per device for its access ports."""
    known = ports(history, now, limits.max_age)
    logged = _logged(history, known, limits, now)
    hits = []
    for series, port in current(history, "interface.oper", known, now, limits.max_age):
        told_of = (_seen(series.times, series.values), logged.get((series.device, series.index), ()))
        longest = max(told_of, key=lambda story: _lately(story, limits, now))
        if _lately(longest, limits, now) >= limits.changes and is_up_by_will(port):
            hits.append(_hit(port, longest, limits, now))
    yield from told("link_flapping", hits, _together, _ADVICE)


def _seen(times: Sequence[float], values: Sequence[float | str]) -> Sequence[datetime]:
    # Looking closely is for the few that ever change.
    if values[-1] == values[0] and values.count(values[0]) == len(values):
        return ()
    return [datetime.fromtimestamp(at, UTC) for (a, b), at in zip(pairwise(values), times[1:], strict=True) if a != b]


def _lately(story: Sequence[datetime], limits: Limits, now: datetime) -> int:
    return len(story) - bisect_left(story, now - limits.over)


def _began(story: Sequence[datetime], limits: Limits) -> datetime:
    """Return the first change of those that followed each other within ``over``."""
    rest = [b for a, b in pairwise(story) if b - a > limits.over]
    return rest[-1] if rest else story[0]


def _logged(history: History, known: Ports, limits: Limits, now: datetime) -> Mapping[tuple[str, str], Sequence[datetime]]:
    """Return the changes that the devices' logs and notifications tell of, by device and ifIndex."""
    heard = {device.name: those for device in history.devices if (those := history.events(device.name, STATES))}
    index = {(p.device, name): p.row.index for p in known.values() if p.device in heard for name in (p.row.name, p.row.description)}
    told: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for device, those in heard.items():
        for event in those:
            place = index.get((device, event.item))
            if place:
                told[device, place].append(event)
    return {link: changes(sorted(those, key=lambda e: e.happened), now - limits.over) for link, those in told.items()}


def _hit(port: Port, story: Sequence[datetime], limits: Limits, now: datetime) -> Hit:
    count = _lately(story, limits, now)
    return Hit(
        port=port,
        level=Level.WARNING,
        summary=say("Port {port} changed its state {count} times in {over}.", port=port.label, count=count, over=limits.over),
        since=_began(story, limits),
        weight=count,
    )


def _together(count: int, names: str) -> Phrase:
    return say("{count} access ports go up and down again and again: {names}.", count=count, names=names)
