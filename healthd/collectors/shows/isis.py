"""IS-IS adjacencies: ``show isis neighbors`` of IOS, IOS XE and IOS XR, ``show isis adjacency`` of NX-OS and IOS XR.

Sources: Cisco IOS IP Routing: IS-IS Command Reference, IOS XR Routing and NX-OS command references.
"""

import re
from collections.abc import Iterator

from healthd.collectors.isis import ADJACENCY
from healthd.collectors.shows import _addresses
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Neighbour, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()

_STATES = {"up": "up", "down": "down", "init": "initializing", "initializing": "initializing", "failed": "failed"}
_HEAD = re.compile(r"\s*System I[dD]\s.*\bState\b", re.IGNORECASE)
_PORT = re.compile(_addresses.PORT)


def reads(command: str) -> bool:
    """Say whether *command* lists IS-IS adjacencies."""
    return typed(command, "show isis neighbors *", "show isis * neighbors *", "show isis adjacency *", "show isis * adjacency *")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield each adjacency once, though levels 1 and 2 stand on lines of their own; up when one of them is."""
    found: dict[tuple[str, str], Neighbour] = {}
    inside = False
    for line in text.splitlines():
        inside = bool(_HEAD.match(line)) or (inside and bool(line.strip()) and not line.startswith("Total"))
        neighbour = _neighbour(line.split()) if inside and not _HEAD.match(line) else None
        if neighbour:
            key = (neighbour.remote, neighbour.local)
            if key not in found or neighbour.state == "up":
                found[key] = neighbour
    for each in found.values():
        yield each
        yield Reading(metric=ADJACENCY.name, item=f"{each.remote} {each.local}".strip(), value=each.state, source=command)


def _neighbour(words: list[str]) -> Neighbour | None:
    """Return what one line tells, whatever the order of its columns; None for a line of another kind."""
    state = next((_STATES[word.lower()] for word in words[1:] if word.lower() in _STATES), "")
    before = [word for word in words[1:] if not re.fullmatch(r"L\d+(?:L\d)?|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}", word)]
    local = next((word for word in before if _PORT.fullmatch(word)), "")
    if not state or not local:
        return None
    return Neighbour(protocol="isis", local=local, remote=words[0], remote_address=_addresses.first(" ".join(words[1:])), state=state)
