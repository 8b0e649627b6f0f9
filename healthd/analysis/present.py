"""What is true now: the newest values, unless they are too old to say anything about the present.

Silence is not health, and an old state is not a present one: a value counts
only when the newest poll, or a sweep after it, gave it and the device was
heard lately.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from healthd.model.history import History
from healthd.model.observation import Observation, Part, Reading
from healthd.model.poll import Poll, Series

MAX_AGE = timedelta(minutes=15)
"""Three polls of five minutes; one lost datagram is no reason to forget a state."""
POLLED = timedelta(hours=26)
"""What only full polls read is read once a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The newest reading of one item, with the poll whose inventory it belongs to; *since* is when its state began."""

    device: str
    at: datetime
    reading: Reading
    poll: Poll
    since: datetime

    @property
    def word(self) -> str:
        """The state's word."""
        return str(self.reading.value)

    @property
    def observation(self) -> Observation:
        """The reading as evidence."""
        return Observation(self.device, self.at, self.reading)


def present(history: History, metric: str, now: datetime, max_age: timedelta = MAX_AGE) -> Iterator[Present]:
    """Yield the present value of each item of *metric*; items that are not heard any more are left out."""
    polls = {device.name: _recent(history, device.name, now, max_age) for device in history.devices}
    for series in history.series(metric):
        poll = polls.get(series.device)
        if poll and series.times and series.reading and _counts(series, poll, now, max_age):
            yield _newest(series, series.reading, poll)


def _recent(history: History, device: str, now: datetime, max_age: timedelta) -> Poll | None:
    """Return the newest poll of a device that was heard within *max_age*, else None."""
    heard = history.heard(device)
    return history.poll(device) if heard is not None and now - heard <= max_age else None


def _counts(series: Series, poll: Poll, now: datetime, max_age: timedelta) -> bool:
    """A value is current when nothing newer could have contradicted it.

    It must be of the newest poll or of a sweep since, unless that poll broke
    off: what is missing in such a one may be in the part that was not heard.
    What sweeps ask for (it has an OID) must also be young itself: a sweep
    without it says that it is gone.
    """
    age = timedelta(seconds=now.timestamp() - series.times[-1])
    swept = series.reading is not None and bool(series.reading.oid)
    if series.times[-1] < poll.at.timestamp():
        return poll.broke(series.reading) and age <= (max_age if swept else POLLED)
    return not swept or age <= max_age


def _newest(series: Series, reading: Reading, poll: Poll) -> Present:
    last = series.values[-1]
    same = len(series.values)
    if series.values.count(last) != same:  # most never change
        same = next(n for n, value in enumerate(reversed(series.values)) if value != last)
    began = series.times[-same]
    # A sweep may be newer than the reading kept from the full poll: the value is the series'.
    said = reading if reading.value == last else _with(reading, last)
    return Present(
        device=series.device,
        at=datetime.fromtimestamp(series.times[-1], UTC),
        reading=said,
        poll=poll,
        since=datetime.fromtimestamp(began, UTC),
    )


def _with(reading: Reading, value: float | str) -> Reading:
    return replace(reading, value=value, raw=None)


@dataclass(frozen=True, slots=True)
class Words:
    """The words a state has had lately; they are looked up when somebody asks, which only troubles do."""

    history: History
    metric: str
    device: str
    item: str

    def __and__(self, others: AbstractSet[str]) -> frozenset[str]:
        return self._all() & others

    def __sub__(self, others: AbstractSet[str]) -> frozenset[str]:
        return self._all() - others

    def __contains__(self, word: str) -> bool:
        return word in self._all()

    def _all(self) -> frozenset[str]:
        return self.history.words(self.metric, self.device, self.item)


def earlier(history: History, seen: Present) -> Words:
    """Return the words that the state of *seen* has had, also before the window: a loss is not forgotten at midnight."""
    return Words(history, seen.reading.metric, seen.device, seen.reading.item)


def lost(
    history: History, metric: str, now: datetime, max_age: timedelta = MAX_AGE, *, well: AbstractSet[str] = frozenset()
) -> Iterator[Present]:
    """Yield items that were there lately and are missing in the newest poll of a device that still answers.

    Neighbours of routing protocols are rows that vanish when the neighbour is
    lost. A poll that broke off proves nothing: the row may be in the part that
    was not heard. *since* is when the item was last there; of one that was not
    *well* any more by then, when that began.
    """
    polls = {device.name: _recent(history, device.name, now, max_age) for device in history.devices}
    inside = list(history.series(metric))
    told = {(series.device, series.item) for series in inside}
    for series in (*inside, *(s for s in history.missing(metric) if (s.device, s.item) not in told)):
        poll = polls.get(series.device)
        if poll and series.times and series.reading and series.times[-1] < poll.at.timestamp() and not poll.broke(series.reading):
            yield replace(_newest(series, series.reading, poll), since=_missed(series, well))


def _missed(series: Series, well: AbstractSet[str]) -> datetime:
    """Return since when what is gone is missed; how long its last state had lasted does not matter."""
    ill = next((n for n, word in enumerate(reversed(series.values)) if not well or word in well), len(series.values))
    return datetime.fromtimestamp(series.times[-max(ill, 1)], UTC)


def parents(poll: Poll, index: str) -> Iterator[Part]:
    """Yield the inventory row *index* and those that hold it, from the inside out."""
    rows = {part.index: part for part in poll.parts}
    seen: set[str] = set()
    part = rows.get(index)
    while part is not None and part.index not in seen:
        seen.add(part.index)
        yield part
        part = rows.get(part.parent)


def unit(poll: Poll, index: str) -> Part | None:
    """Return the replaceable unit of row *index*: the row itself or the nearest one around it that has a PID.

    Sensors, ports and built-in fans have no PID of their own (IOS XR writes
    "N/A"): what is replaced is what holds them.
    """
    return next((part for part in parents(poll, index) if part.pid not in ("", "N/A")), None)
