"""Events that a person wants to hear of, however few and of whatever severity: failed logins, restarts, crashes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from healthd.model.event import Event


class Kind(StrEnum):
    """What was noted, the gravest first."""

    CRASH = "crash"
    RELOAD = "reload"
    LOGIN = "login"


KINDS = {
    Kind.CRASH: frozenset(
        {
            "crash.process", "crash.watchdog", "software.traceback", "software.internal-error", "memory.allocation-failed", "memory.corrupt",
            "memory.freed-twice",
        }
    ),
    Kind.RELOAD: frozenset({"device.reload", "device.restarted", "device.reload-scheduled", "module.reload-requested"}),
    Kind.LOGIN: frozenset({"login.failed", "login.quiet-mode", "privilege.denied"}),
}  # fmt: skip
"""The event classes that each stands for; other parts of the device than itself crash and restart under classes of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Something of *kind* that a device told *number* times, first as *event* and last at *last*."""

    kind: Kind
    event: Event
    number: int
    last: datetime


def noted(events: Iterable[Event]) -> tuple[Noted, ...]:
    """Return what is to be noted in *events* (oldest first), the gravest kind first; one class of one item of a device is told once."""
    found: dict[tuple[str, str, str], Noted] = {}
    for event in events:
        if event.source != "poll" and (kind := kind_of(event.kind)):
            key = (event.device, event.kind, event.item)
            known = found.get(key) or Noted(kind=kind, event=event, number=0, last=event.happened)
            found[key] = replace(known, number=known.number + 1, last=event.happened)
    order = list(Kind)
    return tuple(sorted(found.values(), key=lambda each: (order.index(each.kind), each.event.received)))


def kind_of(kind: str) -> Kind | None:
    """Return what an event class is noted as, None for all others."""
    return next((name for name, kinds in KINDS.items() if kind in kinds), None)
