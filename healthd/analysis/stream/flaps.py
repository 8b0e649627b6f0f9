"""Ports that go up and down again and again: told when it begins and when it ends, with the final state.

Every line stays an event of its own; what is told here are two more, so that
whoever acts on events hears of a flapping port twice and not a thousand times.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from healthd.analysis.stream.links import STATES, teller
from healthd.analysis.stream.pairs import Flap, Swing, swing
from healthd.model.event import Event

FLAPPING, SETTLED = "interface.flapping", "interface.settled"
KEPT = 20_000


@dataclass(slots=True)
class _Port:
    """What each teller (LINK, LINEPROTO, a notification) says of one port; what they say is not added up.

    *state* is the newest word, *count* the changes that the longest story of the present or last flapping tells.
    """

    swings: dict[str, Swing] = field(default_factory=dict)
    state: str = ""
    told: str = ""
    count: int = 0

    @property
    def flapping(self) -> frozenset[str]:
        """The tellers by whose word it flaps; what another one told of an earlier time does not count."""
        return frozenset(who for who, each in self.swings.items() if each.flapping)

    def counted(self, was: frozenset[str]) -> None:
        """Bring *count* up to date; *was* is ``flapping`` before the newest change."""
        counts = [self.swings[who].count for who in was | self.flapping]
        self.count = max([*counts, self.count if was else 0])


@dataclass(slots=True)
class Damper:
    """Remembers the ports that changed lately. Bounded: the longest unheard are forgotten first."""

    flap: Flap = field(default_factory=Flap)
    _ports: OrderedDict[tuple[str, str], _Port] = field(default_factory=OrderedDict)

    def heard(self, events: Iterable[Event]) -> Iterator[Event]:
        """Yield what is to be told about *events*."""
        for event in events:
            if (state := STATES.get(event.kind)) and event.item:
                key = (event.device, event.item)
                port = self._ports.setdefault(key, _Port())
                was, port.state = port.flapping, state
                who = teller(event)
                port.swings[who], _ = swing(port.swings.get(who, Swing()), event.received, state, self.flap)
                yield from _told(key, port, event.received, event.source, was=was)
                self._ports.move_to_end(key)
                if len(self._ports) > KEPT:
                    self._ports.popitem(last=False)

    def passed(self, now: datetime) -> Iterator[Event]:
        """Yield what the passing of time settles."""
        for key, port in self._ports.items():
            if was := port.flapping:
                port.swings = {who: swing(each, now, None, self.flap)[0] for who, each in port.swings.items()}
                yield from _told(key, port, now, "poll", was=was)


def _told(key: tuple[str, str], port: _Port, at: datetime, source: str, *, was: frozenset[str]) -> Iterator[Event]:
    port.counted(was)
    if bool(port.flapping) != bool(was):
        kind, severity = (SETTLED, 5) if was else (FLAPPING, 4)
        text = f"{key[1]} changed its state {port.count} times, now {port.state}"
        yield Event(
            device=key[0], received=at, kind=kind, source=source, item=key[1], severity=severity, before=port.told, after=port.state,
            text=text, variables=(("changes", str(port.count)),),
        )  # fmt: skip
    if not port.flapping:
        port.told = port.state
