"""The same line again and again, told once with how often and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from healthd.analysis.stream.same import repeats
from healthd.model.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A line of one device that came *number* times, first as *line* and last at *last*."""

    line: Event
    number: int
    last: datetime


def collapsed(events: Iterable[Event], worst: int) -> tuple[Repeated, ...]:
    """Return the log lines of severity 0 to *worst* among *events* (oldest first), each text of a device once, in order of the first.

    "Last message repeated n times" of a device adds to the line before it.
    """
    found: dict[tuple[str, str, int, str], Repeated] = {}
    before: dict[str, tuple[str, str, int, str] | None] = {}
    for event in events:
        if event.is_line:
            key = (event.device, event.message, event.severity or 0, event.text)
            before[event.device] = key if (event.severity or 0) <= worst else None
            if before[event.device]:
                known = found.get(key) or Repeated(line=event, number=0, last=event.received)
                found[key] = replace(known, number=known.number + 1, last=event.received)
        elif (said := repeats(event)) and (again := before.get(event.device)):
            found[again] = replace(found[again], number=found[again].number + said, last=event.received)
    return tuple(found.values())
