"""Which events are the same one: a line that took two ways, a line that says the last was repeated, a class that goes on and on.

The same line is one whose device, own time and text agree, whatever relay it
came over; without the device's time, text and arrival within a few seconds.
"""

import hashlib
import re
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from healthd.model.event import Event

NEAR = timedelta(seconds=5)
KEPT = 50_000
_REPEATED = re.compile(r"last message repeated (\d+) times?", re.IGNORECASE)


def fingerprint(event: Event) -> str:
    """Return what two copies of one event share: device, own time, place, name and text; never the way it took.

    The version stands first, so that its meaning can change and old ones
    still be told apart.
    """
    said = (
        event.device or event.address,
        event.at.isoformat() if event.at else "",
        event.sequence or "",
        event.facility,
        event.mnemonic,
        event.text or event.raw,
    )
    return "1:" + hashlib.sha256("\x1f".join(map(str, said)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def repeats(event: Event) -> int:
    """Return how often a line says the one before was repeated; 0 for any other line."""
    found = _REPEATED.search(event.text or event.raw.decode("utf-8", "replace"))
    return int(found[1]) if found else 0


@dataclass(slots=True)
class Doubles:
    """Remembers what came lately. Bounded: a flood makes it forget the oldest, never grow."""

    near: timedelta = NEAR
    _seen: OrderedDict[bytes, tuple[float, int]] = field(default_factory=OrderedDict)
    _ways: dict[tuple[str, str], int] = field(default_factory=dict)

    def is_double(self, event: Event) -> bool:
        """Say whether *event* came before by another way; remembers it.

        The same line over the same way is a repetition and counts: devices
        do say things twice. Over another way it is a copy, when the device
        numbered or timed it finely, or when both came within seconds.
        """
        # Fifty thousand of these are kept: in as few octets as can be.
        key, now = bytes.fromhex(fingerprint(event).partition(":")[2]), event.received.timestamp()
        own = self._ways.setdefault((event.source, event.address), len(self._ways))
        before = self._seen.pop(key, None)
        self._seen[key] = (now, own)
        if len(self._seen) > KEPT:
            self._seen.popitem(last=False)
        if before is None:
            return False
        at, way = before
        if way == own:
            return False
        fine = event.at is not None and (event.at.microsecond > 0 or event.sequence is not None)
        return fine or abs(now - at) <= self.near.total_seconds()


def unheard(remembered: Iterable[Event], kept: Iterable[Event], near: timedelta = NEAR) -> tuple[Event, ...]:
    """Return those of *remembered* (asked for) that are not among *kept* (received, or asked for before).

    Two are the same line when device, tag and text agree and their times lie
    within *near*; each kept line stands for one remembered line only, so that
    what a device said twice stays twice. A line whose time is unknown is the
    same as any kept one with its words.
    """
    there: dict[tuple[str, ...], list[datetime]] = {}
    for event in kept:
        there.setdefault(_said(event), []).append(event.at or event.received)
    new: list[Event] = []
    for event in remembered:
        times = there.get(_said(event), [])
        match = next((n for n, at in enumerate(times) if event.at is None or abs(at - event.at) <= near), None)
        if match is None:
            new.append(event)
        else:
            times.pop(match)
    return tuple(new)


def mark(event: Event) -> bytes:
    """Return 8 octets that are the same for one line of a log buffer whenever it is asked for.

    A printed line is told from others by the stamp in it, which may be an
    up-time and need not give a year; one of CISCO-SYSLOG-MIB by its time.
    """
    at = event.at.isoformat() if event.at and event.source == "clog" else ""
    return hashlib.blake2b(at.encode() + event.raw, digest_size=8).digest()


def added(remembered: Iterable[Event], before: Iterable[bytes]) -> tuple[Event, ...]:
    """Return those of *remembered* that were not in the buffer whose marks are *before*; twice there is not thrice."""
    there, new = Counter(before), []
    for event in remembered:
        key = mark(event)
        there[key] -= 1
        if there[key] < 0:
            new.append(event)
    return tuple(new)


def _said(event: Event) -> tuple[str, ...]:
    # A buffer tells a message of several lines line by line, a datagram whole: the first one is what both have.
    first = next(iter(event.text.splitlines()), "")
    return event.device, event.facility, event.mnemonic, " ".join(first.split())
