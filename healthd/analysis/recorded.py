"""History out of polls that are at hand: for one poll without a database, for recordings and for tests."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import numpy as np

from healthd.model.availability import Span
from healthd.model.columns import Columns
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.history import MEMORY
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Poll, Series


class Recorded:
    """A :class:`healthd.model.history.History` in memory, made of *polls* in any order.

    A poll made at ``window.end`` is the present and counts. *spans* and
    *events* are given by device name.
    """

    def __init__(
        self,
        devices: Sequence[Device],
        polls: Sequence[Poll],
        window: Interval,
        *,
        spans: Mapping[str, Sequence[Span]] | None = None,
        events: Mapping[str, Sequence[Event]] | None = None,
    ) -> None:
        self.devices = tuple(sorted(devices, key=lambda d: d.name))
        self.window = window
        self._polls = tuple(sorted(polls, key=lambda p: p.at))
        self._spans = spans or {}
        self._events = events or {}

    def poll(self, device: str) -> Poll | None:
        """Return the newest poll that *device* answered at or before the window's end."""
        answered = [p for p in self._polls if p.device == device and p.up and p.at <= self.window.end]
        return max(answered, key=lambda p: p.at, default=None)

    def heard(self, device: str) -> datetime | None:
        """Return when *device* last answered."""
        newest = self.poll(device)
        return newest.at if newest else None

    def told(self, device: str) -> datetime | None:
        """Return when *device* last told its values: polls are all there is."""
        return self.heard(device)

    def series(self, metric: str) -> Iterator[Series]:
        """Yield each item's values of *metric* in time order, sorted by device and item.

        A device may call two rows the same; their order in the answer then tells them apart.
        """
        found: dict[tuple[str, str, int], list[tuple[float, Reading]]] = defaultdict(list)
        for poll in self._inside():
            seen: dict[str, int] = defaultdict(int)
            for reading in poll.readings:
                if reading.metric == metric:
                    found[poll.device, reading.item, seen[reading.item]].append((poll.at.timestamp(), reading))
                    seen[reading.item] += 1
        for (device, _, _), values in sorted(found.items(), key=lambda each: each[0]):
            yield _series(device, values)

    def columns(self, metric: str) -> Iterator[Columns]:
        """Yield the series of *metric*, those of a device with the same times together."""
        return _stacked(self.series(metric))

    def words(self, metric: str, device: str, item: str) -> frozenset[str]:
        """Return the words that a state has had, in the window and for MEMORY before its end."""
        said = (r for p in self._remembered() if p.device == device for r in p.readings)
        return frozenset(str(r.value) for r in said if (r.metric, r.item) == (metric, item))

    def missing(self, metric: str) -> Iterator[Series]:
        """Yield the items that earlier polls had and the newest has not, each with its last word."""
        last: dict[tuple[str, str], tuple[float, Reading]] = {}
        newest = {poll.device: poll for poll in self._remembered()}
        there = {name: {r.item for r in poll.readings if r.metric == metric} for name, poll in newest.items()}
        for poll in self._remembered():
            said, now = [r for r in poll.readings if r.metric == metric], there[poll.device]
            # Where not one name is left, the device calls its items otherwise now: nothing is known to be gone.
            if not now or any(r.item in now for r in said):
                last |= {(poll.device, r.item): (poll.at.timestamp(), r) for r in said if r.item not in now}
        for (device, _), value in sorted(last.items(), key=lambda each: each[0]):
            yield _series(device, [value])

    def _remembered(self) -> Iterable[Poll]:
        known = {device.name for device in self.devices}
        since = min(self.window.end - MEMORY, self.window.start)
        return (p for p in self._polls if p.device in known and p.up and since <= p.at <= self.window.end)

    def spans(self, device: str) -> Sequence[Span]:
        """Return the states of *device* over the window, as given."""
        return self._spans.get(device, ())

    def events(self, device: str, kinds: Collection[str] = ()) -> Sequence[Event]:
        """Return the events of *device* (of *kinds*, when there are any) inside the window, oldest first."""
        own = (e for e in self._events.get(device, ()) if not kinds or e.kind in kinds)
        inside = (e for e in own if self.window.start <= e.received <= self.window.end)
        return sorted(inside, key=lambda e: e.received)

    def _inside(self) -> Iterable[Poll]:
        known = {device.name for device in self.devices}
        return (p for p in self._polls if p.device in known and p.up and self.window.start <= p.at <= self.window.end)


def _series(device: str, values: Sequence[tuple[float, Reading]]) -> Series:
    newest = values[-1][1]
    return Series(
        device=device,
        metric=newest.metric,
        item=newest.item,
        index=newest.index,
        unit=newest.unit,
        times=tuple(at for at, _ in values),
        values=tuple(reading.value for _, reading in values),
        reading=newest,
    )


def _stacked(series: Iterable[Series]) -> Iterator[Columns]:
    """Yield *series* of numbers, those of a device with the same times together; what has no values or no reading is left out."""
    piles: dict[tuple[str, str, Sequence[float]], list[Series]] = {}
    for each in series:
        if len(each.times) and each.reading is not None:
            piles.setdefault((each.device, each.metric, tuple(each.times)), []).append(each)
    for (device, metric, times), members in piles.items():
        yield Columns(
            device=device,
            metric=metric,
            readings=tuple(each.reading for each in members if each.reading),
            times=np.array(times),
            values=np.array([np.asarray(each.values) for each in members]),
        )
