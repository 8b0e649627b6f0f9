"""Messages that are new: no device of the customer, or not this one, has logged them in the weeks before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from healthd.analysis.baseline import LEAST_DAYS
from healthd.model.event import Event
from healthd.model.logged import Logged


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """A message that is new on *devices* since *at*; *everywhere* says that no device had logged it before. *sample* is its first line."""

    sample: Event
    at: datetime
    number: int
    devices: tuple[str, ...]
    everywhere: bool


def first_seen(lines: Iterable[Event], logged: Logged) -> tuple[First, ...] | None:
    """Return what is new in *lines* (oldest first): what is new everywhere, and the gravest, first.

    None while too few days are known to call anything new. Of a device that
    never logged before, only what no other device has logged is new.
    """
    if len(logged.known) < LEAST_DAYS:
        return None
    ever = frozenset().union(*logged.seen.values())
    found: dict[str, list[Event]] = {}
    for line in lines:
        before = logged.seen.get(line.device, ever)
        if line.message[:100] not in before:
            found.setdefault(line.message, []).append(line)
    news = [_first(those, everywhere=message[:100] not in ever) for message, those in found.items()]
    return tuple(sorted(news, key=lambda n: (not n.everywhere, n.sample.severity or 0, -n.number, n.sample.message)))


def _first(lines: list[Event], *, everywhere: bool) -> First:
    devices = tuple(sorted({line.device for line in lines}))
    return First(sample=lines[0], at=lines[0].received, number=len(lines), devices=devices, everywhere=everywhere)
