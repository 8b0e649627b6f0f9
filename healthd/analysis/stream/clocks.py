"""Devices whose logs show a clock that cannot be believed.

IOS puts ``*`` before the time while its clock was never set and ``.`` when it
has lost its source ("service timestamps", Cisco IOS configuration guide). A
clock that claims to be right is held against ours, over lines that were sent
at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from healthd.analysis.stream.heard import PUSHED
from healthd.model.event import Event

FLAGGED = re.compile(rb"(?:^|[\s:>])([*.])(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s|\d{4}[ -])")
OFF = timedelta(minutes=2)
"""A line needs seconds from the device to us, and a clock that follows NTP is right to parts of one."""
LEAST = 3
"""So many lines at least say how far a clock is off: one may have waited in a queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A device's clock: *flag* is what its last line says (``*``, ``.`` or empty), *off* how far it is ahead of ours (None: by little)."""

    device: str
    flag: str = ""
    off: timedelta | None = None


def unreliable(events: Iterable[Event]) -> tuple[Clock, ...]:
    """Return the devices whose clock is not set, has lost its source, or differs from ours by minutes; sorted by device."""
    flags: dict[str, str] = {}
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    for event in events:
        if event.is_line and event.source in PUSHED and event.at:
            flags[event.device] = _flag(event.raw)
            seconds[event.device].append((event.at - event.received).total_seconds())
    clocks = (Clock(device=name, flag=flags[name], off=_off(seconds[name])) for name in sorted(flags))
    return tuple(clock for clock in clocks if clock.flag or clock.off)


def _flag(raw: bytes) -> str:
    found = FLAGGED.search(raw.partition(b"%")[0])
    return found[1].decode() if found else ""


def _off(seconds: list[float]) -> timedelta | None:
    if len(seconds) < LEAST:
        return None
    typical = timedelta(seconds=round(median(seconds)))
    return typical if abs(typical) >= OFF else None
