"""How often a link really changed, however many messages told of each change.

One loss of a link is told by LINK, by LINEPROTO and by a linkDown notification, each in its own time, so that they may come mixed: down, up,
down, up of two tellers is one loss. What each teller says is a story of its own; stories are never added up, the longest one counts.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from healthd.model.event import Event

STATES = {"interface.down": "down", "interface.up": "up"}


def teller(event: Event) -> str:
    """Return who tells: the part of the system that wrote a line (LINK, LINEPROTO, ETHPORT …), or the way of anything else."""
    return event.facility or event.source


def changes(told: Iterable[Event], since: datetime) -> int:
    """Return how often one link changed its state from *since* on, by what is *told* of it in the order in which it happened."""
    state: dict[str, str] = {}
    counts: defaultdict[str, int] = defaultdict(int)
    for event in told:
        who, word = teller(event), STATES.get(event.kind, "")
        if word and state.get(who) != word:
            state[who] = word
            counts[who] += event.happened >= since
    return max(counts.values(), default=0)
