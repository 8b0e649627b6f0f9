"""What polling noticed, as events: findings that began or ended, and devices that came or went."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from healthd.model.availability import State, Transition
from healthd.model.event import Event
from healthd.model.finding import Finding, Level

SEVERITY = {Level.CRITICAL: 2, Level.WARNING: 4, Level.UNKNOWN: 5, Level.NOTICE: 5}
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
        text=str(about.summary),
        variables=tuple((k, v) for k, v in (("pid", about.pid), ("serial", about.serial), ("slot", about.slot)) if v),
    )


def state_events(entered: Iterable[Transition], now: datetime) -> Iterator[Event]:
    """Yield an event for each state that a device entered; the same transition gives the same event on every run."""
    for change in entered:
        if change.state in STATES and change.at <= now:
            kind, severity = STATES[change.state]
            yield Event(
                device=change.device, received=change.at, at=change.at, kind=kind, source="poll", severity=severity,
                after=str(change.state), text=change.reason,
            )  # fmt: skip
