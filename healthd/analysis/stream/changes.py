"""What polling noticed, as events: findings that began or ended, and devices that came or went."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from healthd.analysis.reachability import OUT
from healthd.model.availability import EVERY, Reclassification, State, Transition
from healthd.model.event import Event
from healthd.model.finding import Finding, Level
from healthd.model.interval import Interval
from healthd.model.phrase import Phrase, say

SEVERITY = {Level.CRITICAL: 2, Level.WARNING: 4, Level.UNKNOWN: 5, Level.NOTICE: 5}
Told = tuple[str, str, datetime]
"""Device, class and moment of an event that is kept."""
STATES = {State.DOWN: ("device.down", 2), State.UP: ("device.up", 5), State.UNREACHABLE: ("device.unreachable", 4)}


def found_events(before: Iterable[Finding], after: Iterable[Finding], now: datetime) -> Iterator[Event]:
    """Yield an event for each finding that stands *after* and did not *before*, that ended, or whose level changed."""
    old, new = {f.key: f for f in before}, {f.key: f for f in after}
    for key in sorted(old.keys() | new.keys()):
        was, is_ = old.get(key), new.get(key)
        if was is None or is_ is None or was.level != is_.level:
            yield _event(was, is_, now)


def _event(was: Finding | None, is_: Finding | None, now: datetime) -> Event:
    about = is_ or was
    assert about is not None  # noqa: S101 - the caller has one of the two
    return Event(
        device=about.device,
        received=now,
        kind=f"{about.rule}.found" if is_ else f"{about.rule}.cleared",
        source="poll",
        item=about.item,
        severity=SEVERITY[is_.level] if is_ else 6,
        before=was.level.word if was else "",
        after=is_.level.word if is_ else "cleared",
        text=str(is_.summary if is_ else _over(about, now)),
        variables=tuple((k, v) for k, v in (("pid", about.pid), ("serial", about.serial), ("slot", about.slot)) if v),
    )


def _over(was: Finding, now: datetime) -> Phrase:
    if was.since is None:
        return say("Over: {what}.", what=was.summary)
    return say("Over after {time}: {what}.", what=was.summary, time=max(now - was.since, timedelta()))


def state_events(
    courses: Iterable[Sequence[Transition]], window: Interval, told: Collection[Told], said: Sequence[Reclassification] = ()
) -> Iterator[Event]:
    """Yield an event for each state that a device entered inside *window*, unless it is *told* already.

    *courses* are what each device entered, oldest first, from when it was
    last up before the window on: they tell of a return how long the device
    was lost. What people had *said* before of that time (oldest first)
    counts: a loss in agreed maintenance is worth a notice.
    """
    for change, lost in (pair for course in courses for pair in _news(course, window, told)):
        kind, severity = STATES[change.state]
        work, text = _work(change, said), change.reason or _back(change, lost)
        yield Event(
            device=change.device, received=change.at, at=change.at, kind=kind, source="poll", severity=5 if work else severity,
            before=str(lost.state) if lost else "", after=str(change.state),
            text=str(say("{what}; in agreed maintenance: {work}", what=text, work=work.reason) if work else text),
        )  # fmt: skip


def is_told(change: Transition, told: Collection[Told]) -> bool:
    """Say whether nothing is to be told of this very change: its event is among *told*, or its state makes none."""
    return change.state not in STATES or (change.device, STATES[change.state][0], change.at) in told


def _news(course: Iterable[Transition], window: Interval, told: Collection[Told]) -> Iterator[tuple[Transition, Transition | None]]:
    """Yield each state that is newly entered, a return with the loss before it.

    What is learnt later may move a loss or a return that is told already: a
    restart shows when the device stopped and started, pings only when it was
    missed. Changes to one state without another between them are one.
    """
    lost: Transition | None = None
    for state, group in groupby(course, key=lambda change: change.state):
        same = list(group)
        if same[0].at in window and not any(is_told(change, told) for change in same):
            yield same[0], lost if state is State.UP else None
        lost = None if state is State.UP else lost or (same[0] if state in OUT else None)


def _work(change: Transition, said: Sequence[Reclassification]) -> Reclassification | None:
    """Return the agreed maintenance that was known when the device was lost; what is said later makes no second event of it."""
    own = [word for word in said if word.device in (change.device, EVERY) and change.at in word.interval and word.entered <= change.at]
    return own[-1] if own and own[-1].state is State.MAINTENANCE and change.state is not State.UP else None


def _back(change: Transition, lost: Transition | None) -> Phrase:
    if change.state is not State.UP:
        return say("no answer")
    if lost is None:
        return say("It answers.")
    if lost.state is State.UNREACHABLE:
        return say("It can be reached again, {time} after the path to it was lost.", time=change.at - lost.at)
    return say("It answers again, {time} after it was lost.", time=change.at - lost.at)
