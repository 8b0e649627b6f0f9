"""How often a link really changed, however many messages told of each change.

One loss of a link is told by LINK, by LINEPROTO and by a linkDown notification, each in its own time, so that they may come mixed: down, up,
down, up of two tellers is one loss. What each teller says is a story of its own; stories are never added up, the longest one counts.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from healthd.model.event import Event

STATES = {"interface.down": "down", "interface.up": "up"}


def teller(event: Event) -> str:
    """Return who tells: the part of the system that wrote a line (LINK, LINEPROTO, ETHPORT …), or the way of anything else."""
    return event.facility or event.source


def newest(told: Iterable[Event], since: datetime) -> str:
    """Return the last word on one link, "down" or "up", that was *told* later than *since*; empty without any."""
    words = [(event.happened, STATES[event.kind]) for event in told if event.kind in STATES and event.happened > since]
    return max(words, key=lambda each: each[0], default=(since, ""))[1]


def changes(told: Iterable[Event], since: datetime) -> Sequence[datetime]:
    """Return when one link changed its state, by what is *told* of it in the order in which it happened.

    All changes of the teller who knows most of them from *since* on; earlier ones come first.
    """
    stories = _stories(told).values()
    return max(stories, key=lambda story: len(story) - bisect_left(story, since), default=())


def _stories(told: Iterable[Event]) -> Mapping[str, Sequence[datetime]]:
    """Return the moments of change by teller."""
    state: dict[str, str] = {}
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for event in told:
        who, word = teller(event), STATES.get(event.kind, "")
        if word and state.get(who) != word:
            state[who] = word
            found[who].append(event.happened)
    return found
