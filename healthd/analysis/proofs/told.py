"""What devices told of their parts by themselves: log lines and notifications, each with its part and what it says of it.

What healthd noticed itself while polling is in the stream of events, too; it
names no message, and is no proof of its own beside the poll that it comes from.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from healthd import modules
from healthd.analysis.proofs.places import Place, place
from healthd.analysis.proofs.words import means
from healthd.catalogue import conditions, traps
from healthd.model.event import Event
from healthd.model.finding import Condition
from healthd.model.history import History
from healthd.model.phrase import Quote, say
from healthd.model.verdict import Component, Proof, Way

_METRICS = {
    "cefcFRUPowerOperStatus": "psu.state",
    "ciscoEnvMonSupplyState": "psu.state",
    "ciscoEnvMonFanState": "fan.state",
    "cefcFanTrayOperStatus": "fan.state",
    "cefcModuleOperStatus": "module.state",
    "ciscoEnvMonVoltageState": "voltage.state",
}
_ORIGIN = re.compile(r"[ :]*(?:Switch|Chassis) (\d+)\b", re.IGNORECASE)
_COPY = timedelta(seconds=5)
"""The same words within this are one event that came twice, over two relays or as a line and a notification of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event about a part: what it *says*, and where it says the part is (*index* and *serial* where it knows them)."""

    component: Component
    says: Condition
    where: Place
    event: Event = field(repr=False)
    item: str = ""
    index: str = ""
    serial: str = ""

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.event.happened

    @property
    def soft(self) -> bool:
        """Is it an error that a part may have once without being at fault?"""
        return conditions.is_soft(self.event.kind)


def told(history: History) -> Iterator[Told]:
    """Yield what the devices told of their parts inside the window, oldest first for each device."""
    for device in history.devices:
        yield from of_events(history.events(device.name, conditions.kinds()))


def of_events(events: Iterable[Event]) -> Iterator[Told]:
    """Yield what *events* tell of parts; a copy of an event is left out."""
    last: dict[tuple[str, ...], datetime] = {}
    for event in events:
        if (made := _trap(event) if event.source == "trap" else _line(event)) is None:
            continue
        key = (event.device, event.kind, event.message, event.text)
        if key not in last or made.at - last[key] > _COPY:
            yield made
        last[key] = made.at


def _line(event: Event) -> Told | None:
    message = conditions.message_of(event)
    part, says = (conditions.component(message), conditions.condition(message)) if message else (None, None)
    if part is None or says is None:
        return None
    serial = dict(event.variables).get("serial", "")
    return Told(component=part, says=says, where=_where(event), event=event, item=event.item, serial=serial)


def _where(event: Event) -> Place:
    """Return the place out of the variables that name it; what names none is where the line comes from, a member or a card."""
    known = dict(event.variables)
    if "member" in known and (number := known.get("psu") or known.get("fan") or known.get("port")):
        return place(f"{known['member']} {number}")
    origin = _ORIGIN.match(event.text)
    return place(event.item) or place(event.location) or ((origin[1],) if origin else ())


def _trap(event: Event) -> Told | None:
    found = conditions.of_trap(event.kind)
    if found is None:
        return None
    part, says = found
    known, name = dict(event.variables), _states().get(event.mnemonic, "")
    if word := known.get(name):
        says = means(_METRICS[name], word) or says
    index = event.item if event.item.replace(".", "").isdigit() else ""
    return Told(
        component=part, says=says, where=() if index else place(event.item), event=event, item="" if index else event.item, index=index
    )


@cache
def _states() -> dict[str, str]:
    """Return by the name of a notification the object in it that tells a state we know the words of."""
    return {trap.name: trap.state for member in modules.every(traps) for trap in member.TRAPS if trap.state in _METRICS}


def proofs(those: Iterable[Told]) -> Iterator[Proof]:
    """Yield one proof for each message among *those*, from its first to its last time."""
    kinds: dict[tuple[str, Condition], list[Told]] = {}
    for each in those:
        kinds.setdefault((source(each.event), each.says), []).append(each)
    for (name, says), same in kinds.items():
        first, last = same[0], same[-1]
        line = Quote(last.event.text or name)
        text = say("{count} times: {line}", count=len(same), line=line) if len(same) > 1 else say("{line}", line=line)
        raw = "\n".join(dict.fromkeys(each.event.text for each in same))
        yield Proof(way=Way.EVENT, at=first.at, last=last.at, says=says, text=text, source=name, raw=raw)


def source(event: Event) -> str:
    """Return the name of the message or notification."""
    return event.mnemonic if event.source == "trap" else f"%{event.facility}-{event.severity}-{event.mnemonic}"
