"""What polling noticed, as events: findings that began or ended, and devices that came or went."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from healthd.model.availability import Reclassification, State, Transition
from healthd.model.event import Event
from healthd.model.finding import Finding, Level
from healthd.model.phrase import Phrase, say

SEVERITY = {Level.CRITICAL: 2, Level.WARNING: 4, Level.UNKNOWN: 5, Level.NOTICE: 5}
EVERY = "*"
"""What a word about all of a customer's devices calls them (``Reclassification.device``)."""
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
    entered: Iterable[Transition], losses: Mapping[Transition, Transition], now: datetime, said: Sequence[Reclassification] = ()
) -> Iterator[Event]:
    """Yield an event for each state that a device entered; the same transition gives the same event on every run.

    *losses* tells of a return to UP by which transition the device had been
    lost. What people had *said* before of that time (oldest first) counts: a
    loss in agreed maintenance is worth a notice.
    """
    for change in entered:
        if change.state in STATES and change.at <= now:
            kind, severity = STATES[change.state]
            lost, work = losses.get(change), _work(change, said)
            text: str | Phrase = change.reason or _back(change, lost)
            yield Event(
                device=change.device, received=change.at, at=change.at, kind=kind, source="poll", severity=5 if work else severity,
                before=str(lost.state) if lost else "", after=str(change.state),
                text=str(say("{what}; in agreed maintenance: {work}", what=text, work=work.reason) if work else text),
            )  # fmt: skip


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
