"""What goes together: the event that raises a trouble and the one that ends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.model.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A class of event that stands at a place: since when, how often it came, and when it ended (None: still)."""

    device: str
    kind: str
    item: str
    since: datetime
    last: datetime
    count: int = 1
    until: datetime | None = None


def troubles(events: Iterable[Event], clears: Mapping[str, str]) -> tuple[Trouble, ...]:
    """Return the troubles in *events* (oldest first), those that stand last.

    *clears* maps an event class to the class that ends it. An end without a
    beginning says nothing; a beginning again while it stands counts up. Items
    are the same in any case: "Initialization of module 3 failed" ends with "Module 3 is online".
    """
    ended_by: dict[str, list[str]] = {}
    for kind, end in clears.items():
        ended_by.setdefault(end, []).append(kind)
    standing: dict[tuple[str, str, str], Trouble] = {}
    done: list[Trouble] = []
    for event in events:
        at = event.received
        ended = (standing.pop((event.device, kind, event.item.casefold()), None) for kind in ended_by.get(event.kind, ()))
        done += [_with(trouble, until=at) for trouble in ended if trouble]
        if event.kind in clears:
            key = (event.device, event.kind, event.item.casefold())
            before = standing.get(key)
            standing[key] = (
                Trouble(device=event.device, kind=event.kind, item=event.item, since=at, last=at)
                if before is None
                else Trouble(device=before.device, kind=before.kind, item=before.item, since=before.since, last=at, count=before.count + 1)
            )
    return (*done, *sorted(standing.values(), key=lambda t: t.since))


def _with(trouble: Trouble, until: datetime) -> Trouble:
    return Trouble(
        device=trouble.device,
        kind=trouble.kind,
        item=trouble.item,
        since=trouble.since,
        last=trouble.last,
        count=trouble.count,
        until=until,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flap:
    """How often something changes before it is called flapping, and how calm it must be before that ends.

    *start* changes inside *window* begin it; no more than *stop* inside the
    window end it: between the two nothing changes, so that it does not flap
    itself.
    """

    window: timedelta = timedelta(minutes=10)
    start: int = 6
    stop: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """One thing's recent changes. *flapping* holds between the thresholds; *state* is its newest word.

    *count* is of the changes since it was calm last.
    """

    changes: tuple[datetime, ...] = ()
    flapping: bool = False
    state: str = ""
    told: str = ""
    count: int = 0


def swing(before: Swing, at: datetime, state: str | None, flap: Flap = Flap()) -> tuple[Swing, str]:
    """Take in a change to *state* at *at* (None: only time has passed); return the new value and what to tell.

    What to tell is ``changed``, ``flapping``, ``settled`` or nothing. While it
    flaps, only its beginning and its end are told, and the end says the final
    state, whatever it is.
    """
    kept = tuple(t for t in before.changes if at - t < flap.window)
    changed = state is not None and state != before.state
    changes = (*kept, at)[-flap.start - 1 :] if changed else kept
    now = Swing(
        changes=changes,
        flapping=before.flapping,
        state=state if changed and state is not None else before.state,
        told=before.told,
        count=(before.count if before.flapping else len(kept)) + 1 if changed else before.count,
    )
    if not now.flapping and len(changes) >= flap.start:
        return _told(now, flapping=True), "flapping"
    if now.flapping and len(changes) <= flap.stop:
        return _told(now, flapping=False, told=now.state), "settled"
    if changed and not now.flapping:
        return _told(now, told=now.state), "changed"
    return now, ""


def _told(value: Swing, *, flapping: bool | None = None, told: str | None = None) -> Swing:
    return Swing(
        changes=value.changes,
        flapping=value.flapping if flapping is None else flapping,
        state=value.state,
        told=value.told if told is None else told,
        count=value.count,
    )
