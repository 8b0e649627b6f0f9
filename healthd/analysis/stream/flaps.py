"""Ports that go up and down again and again: told when it begins and when it ends, with the final state.

Every line stays an event of its own; what is told here are two more, so that
whoever acts on events hears of a flapping port twice and not a thousand times.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from healthd.analysis.stream.pairs import Flap, Swing, swing
from healthd.model.event import Event

STATES = {"interface.down": "down", "interface.up": "up"}
FLAPPING, SETTLED = "interface.flapping", "interface.settled"
KEPT = 20_000


@dataclass(slots=True)
class Damper:
    """Remembers the ports that changed lately. Bounded: the longest unheard are forgotten first."""

    flap: Flap = field(default_factory=Flap)
    _swings: OrderedDict[tuple[str, str], Swing] = field(default_factory=OrderedDict)

    def heard(self, events: Iterable[Event]) -> Iterator[Event]:
        """Yield what is to be told about *events*."""
        for event in events:
            if (state := STATES.get(event.kind)) and event.item:
                key = (event.device, event.item)
                yield from self._told(key, event.received, state, event.source)
                self._swings.move_to_end(key)
                if len(self._swings) > KEPT:
                    self._swings.popitem(last=False)

    def passed(self, now: datetime) -> Iterator[Event]:
        """Yield what the passing of time settles."""
        for key in [key for key, value in self._swings.items() if value.flapping]:
            yield from self._told(key, now, None, "poll")

    def _told(self, key: tuple[str, str], at: datetime, state: str | None, source: str) -> Iterator[Event]:
        before = self._swings.get(key, Swing())
        now, word = swing(before, at, state, self.flap)
        self._swings[key] = now
        if word in ("flapping", "settled"):
            kind, severity = (FLAPPING, 4) if word == "flapping" else (SETTLED, 5)
            yield Event(
                device=key[0], received=at, kind=kind, source=source, item=key[1], severity=severity, before=before.told, after=now.state,
                text=f"{key[1]} changed {now.count} times, now {now.state}", variables=(("changes", str(now.count)),),
            )  # fmt: skip
