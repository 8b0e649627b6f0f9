"""What a customer's logs say of a day, counted once for all who tell of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from healthd.analysis.stream.clocks import Clock, unreliable
from healthd.analysis.stream.first import First, first_seen
from healthd.analysis.stream.heard import ALL, Silent, lost, silent, suppressed, talkers
from healthd.analysis.stream.noted import Noted, noted
from healthd.analysis.stream.repeated import Repeated, collapsed
from healthd.analysis.stream.sequence import Gap
from healthd.analysis.stream.tallied import Tally, tallies
from healthd.analysis.stream.usual import Band, of_severities
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.logged import Logged

GRAVE, SEVERE, WORTH = 2, 3, 4
"""Critical and worse is printed in full, error and worse is counted on page 1, warning and worse is worth a page."""
TALKERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A day's log lines.

    *severities* are the numbers of severity 0 to 7 with what is usual,
    *severe* of those up to error together; *first* is None while too few days
    are known. *unread* counts what came without a name of its message.
    *days* is of how many days before lines are kept.
    """

    severities: tuple[tuple[int, Band | None], ...]
    severe: Band | None
    messages: tuple[Tally, ...]
    grave: tuple[Repeated, ...]
    first: tuple[First, ...] | None
    noted: tuple[Noted, ...]
    talkers: tuple[tuple[str, int], ...]
    silent: Silent
    lost: tuple[Gap, ...]
    suppressed: tuple[tuple[str, int], ...]
    clocks: tuple[Clock, ...]
    unread: int
    days: int

    @property
    def number(self) -> int:
        """The lines of the day."""
        return sum(n for n, _ in self.severities)

    def up_to(self, severity: int) -> int:
        """Return the lines of severity 0 to *severity*."""
        return sum(n for n, _ in self.severities[: severity + 1])

    @property
    def calm(self) -> bool:
        """Is there nothing in it worth a page, and nothing missing from it?"""
        return not (self.up_to(WORTH) or self.noted or self.lost or self.suppressed or self.silent.stopped)


def logday(devices: Iterable[Device], events: Sequence[Event], logged: Logged, *, whole: bool = True) -> Log | None:
    """Return what *events* (oldest first) of the day tell, beside the days before; None when no log has reached us on any of them.

    A day that is not *whole* is not held against whole ones.
    """
    if not logged.known and not any(event.source in ALL for event in events):
        return None
    lines = [event for event in events if event.is_line]
    days = logged.known if whole else ()
    counts = Counter(line.severity for line in lines)
    return Log(
        severities=tuple((counts[n], of_severities(days, (n,))) for n in range(8)),
        severe=of_severities(days, range(SEVERE + 1)),
        messages=tallies(lines, days),
        grave=collapsed(events, GRAVE),
        first=first_seen(lines, logged),
        noted=noted(events),
        talkers=talkers(lines, TALKERS),
        silent=silent(devices, events, logged),
        lost=lost(events),
        suppressed=suppressed(events),
        clocks=unreliable(events),
        unread=sum(not event.mnemonic and event.source in ALL and not event.kind for event in events),
        days=len(logged.known),
    )
