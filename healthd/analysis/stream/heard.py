"""From whom log lines came on a day, from whom none, and what was lost between a device and us."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from healthd.analysis.stream.sequence import Gap, gaps
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.logged import Logged

PUSHED = frozenset({"udp", "tcp", "tls"})
"""Ways on which a device sends a line when it is written; what is asked for later has older numbers and times."""
SUPPRESSED = "log.suppressed"
"""The class of the event that says how many lines of a device came above its rate and were not kept."""
ALL = frozenset({*PUSHED, "cli", "clog", "trap"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Devices that sent nothing: those that have logged in the weeks before and stopped, and those of which no line is known."""

    stopped: tuple[str, ...]
    never: tuple[str, ...]


def talkers(lines: Iterable[Event], most: int) -> tuple[tuple[str, int], ...]:
    """Return the devices with the most *lines*, and how many each."""
    counts = Counter(line.device for line in lines)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most])


def silent(devices: Iterable[Device], events: Iterable[Event], logged: Logged) -> Silent:
    """Return who of *devices* sent nothing of its own accord among *events*, nor had anything to tell when asked."""
    heard = {event.device for event in events if event.source in ALL}
    quiet = [device.name for device in devices if device.name not in heard]
    return Silent(
        stopped=tuple(name for name in quiet if logged.seen.get(name)), never=tuple(name for name in quiet if not logged.seen.get(name))
    )


def lost(events: Iterable[Event]) -> tuple[Gap, ...]:
    """Return where lines are missing by the devices' own numbers, the largest gaps first."""
    numbered: defaultdict[str, list[tuple[int, datetime]]] = defaultdict(list)
    for event in events:
        if event.sequence is not None and event.source in PUSHED:
            numbered[event.device].append((event.sequence, event.received))
    found = [gap for device in sorted(numbered) for gap in gaps(device, numbered[device])]
    return tuple(sorted(found, key=lambda gap: -gap.lost))


def suppressed(events: Iterable[Event]) -> tuple[tuple[str, int], ...]:
    """Return the devices that were held to their rate, and how many lines of each were not kept, the most first."""
    counts: Counter[str] = Counter()
    for event in events:
        if event.kind == SUPPRESSED:
            counts[event.device] += _number(event.variables)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _number(variables: Sequence[tuple[str, str]]) -> int:
    said = dict(variables).get("number", "")
    return int(said) if said.isdecimal() else 0
