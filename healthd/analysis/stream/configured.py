"""Who changed a configuration, from where, and whether it was saved, as far as the logs say.

Systems word it differently: "Configured from console by admin on vty0
(10.1.1.1)" (IOS), "Configured from vty by admin on 10.1.1.1@pts/0" (NX-OS),
"Configuration committed by user 'admin'" (IOS XR), "User 'admin', running 'CLI'
from IP 10.1.1.1, executed …" (ASA). What the catalogue takes out of a line
goes first, then what the words of these systems say.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from healthd.model.event import Event

CHANGED = frozenset({"config.changed", "config.replaced", "config.rolled-back"})
SAVED = "config.saved"
COMMIT = "commit"
"""The variable of a change that outlasts a restart by itself: a commit of IOS XR writes the configuration."""
SAME = timedelta(minutes=2)
"""A trap and a line of the log tell of one change within this time."""
_WHO = re.compile(r"\bby (?:user )?'?(?P<by>(?!console\b|vty)[\w.@\\-]+)'?|\bUser '(?P<user>[^']+)'")
_WHERE = re.compile(
    r"(?<![\w.])(?P<address>\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w.])|\b(?P<line>console|vty ?\d+)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A device's configuration was changed *number* times from *at* to *last*; empty *who* and *where* are not known.

    *saved* is None while the logs say nothing of it.
    """

    device: str
    at: datetime
    last: datetime
    number: int = 1
    who: str = ""
    where: str = ""
    saved: bool | None = None


def configured(events: Iterable[Event]) -> tuple[Change, ...]:
    """Return the changes in *events* (oldest first), one for each device, person and place, in order of the last."""
    found: dict[tuple[str, str, str], Change] = {}
    for event in events:
        if event.kind == SAVED:
            found |= {key: replace(each, saved=True) for key, each in found.items() if key[0] == event.device}
        elif event.kind in CHANGED:
            _take(found, event)
    return tuple(sorted(_named(found), key=lambda change: (change.last, change.device)))


def _take(found: dict[tuple[str, str, str], Change], event: Event) -> None:
    key = (event.device, _who(event), _where(event))
    new = Change(device=event.device, at=event.received, last=event.received, who=key[1], where=key[2])
    known = found.get(key)
    saved = True if COMMIT in dict(event.variables) else None
    found[key] = replace(known or new, last=event.received, number=known.number + 1 if known else 1, saved=saved)


def _named(found: dict[tuple[str, str, str], Change]) -> Iterator[Change]:
    """Yield the changes, without those of nobody that a named one of the same moments explains."""
    for (device, who, _), change in found.items():
        named = [each for (other, by, _), each in found.items() if other == device and by]
        if who or not any(each.at - SAME <= change.at and change.last <= each.last + SAME for each in named):
            yield change


def _who(event: Event) -> str:
    said = dict(event.variables).get("user", "")
    match = _WHO.search(event.text) if event.is_line else None
    return said or (match["by"] or match["user"] if match else "")


def _where(event: Event) -> str:
    said = dict(event.variables)
    match = _WHERE.search(event.text) if event.is_line else None
    found = match["address"] or match["line"] if match else ""
    return next((word for name in ("address", "source", "line", "from") if (word := said.get(name, ""))), "") or found
