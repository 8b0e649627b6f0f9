"""Log lines that never came: Cisco devices number what they send ("service sequence-numbers").

The numbers of one device grow by one; a jump is a gap, with the number of
lines and the times between which they went missing. Lines come over several
relays and out of order, so a number that is a little behind is late, not
new; one that is far behind is a restart, at which numbering begins again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from healthd.model.interval import utc

LATE = 1000
"""How far behind a number may be and still be one that was overtaken on its way."""
WRAP = 2**32
REMEMBERED = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """*lost* lines of *device* between the times at which its neighbours came."""

    device: str
    lost: int
    after: datetime
    before: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "after", utc(self.after))
        object.__setattr__(self, "before", utc(self.before))


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """Where one device's numbers are: the newest, when it came, and the gaps that a late line may still close."""

    device: str
    newest: int | None = None
    at: datetime | None = None
    missing: frozenset[int] = frozenset()
    restarts: int = 0


def step(before: Numbering, number: int, at: datetime) -> tuple[Numbering, Gap | None]:
    """Take in line *number*, which came at *at*; return the new state, and the gap it opens."""
    if before.newest is None or before.at is None:
        return replace(before, newest=number, at=at), None
    ahead = (number - before.newest) % WRAP
    if ahead == 0 or WRAP - ahead <= LATE:
        return replace(before, missing=before.missing - {number}), None
    if number < before.newest and ahead > WRAP // 2:
        return replace(before, newest=number, at=at, missing=frozenset(), restarts=before.restarts + 1), None
    after = replace(before, newest=number, at=at)
    if ahead == 1:
        return after, None
    numbers = frozenset((before.newest + n) % WRAP for n in range(1, min(ahead, REMEMBERED + 1)))
    gap = Gap(device=before.device, lost=ahead - 1, after=before.at, before=at)
    return replace(after, missing=frozenset(list(before.missing)[-REMEMBERED:]) | numbers), gap


def gaps(device: str, lines: Iterable[tuple[int, datetime]]) -> tuple[Gap, ...]:
    """Return the gaps in *lines* (number, when it came), less those lines that came late after all."""
    state, found = Numbering(device=device), []
    late = 0
    for number, at in lines:
        was_missing = number in state.missing
        state, gap = step(state, number, at)
        late += was_missing
        if gap:
            found.append(gap)
    return _closed(found, late)


def _closed(found: list[Gap], late: int) -> tuple[Gap, ...]:
    """Take *late* lines off the gaps, the newest first, as a late line closes what was just opened."""
    left: list[Gap] = []
    for gap in reversed(found):
        taken = min(late, gap.lost)
        late -= taken
        if gap.lost > taken:
            left.append(replace(gap, lost=gap.lost - taken))
    return tuple(reversed(left))
