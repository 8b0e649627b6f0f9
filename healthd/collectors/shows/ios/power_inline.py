"""``show power inline`` and ``show power inline module`` of IOS and IOS XE: power over Ethernet by group and by port.

Source: Cisco IOS Interface and Hardware Component Command Reference, "show power inline". The words are POWER-ETHERNET-MIB's.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()

_SOURCE = "show power inline"
_WHOLE = re.compile(r"\s*Available:\s*([\d.]+)\(w\)\s+Used:\s*([\d.]+)\(w\)", re.IGNORECASE)
_MODULE = re.compile(r"\s*(\d+)\s+([\d.]+)\s+([\d.]+)\s+-?[\d.]+\s*$")
_PORT = re.compile(r"\s*([A-Z][a-zA-Z]+\d+(?:/\d+)+)\s+(auto|static|off|never|consumption|\S+)\s+([a-z]+(?:-[a-z]+)*)\s+[\d.]+(?:\s|$)")
_WORDS = {"on": "deliveringPower", "off": "searching", "disabled": "disabled"}
_FAULTY = re.compile(r"fault|err|bad|deny|denied|short|overload|shutdown")


def reads(command: str) -> bool:
    """Say whether *command* lists power over Ethernet."""
    return typed(command, "show power inline [*]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield what there is and what is used, and the state of every port."""
    if not re.fullmatch(r"show power inline(?: module(?: \d+)?| [a-z]+ ?\d\S*| upoe-plus.*| upoe plus.*)?", command):
        return
    for line in text.splitlines():
        if found := _WHOLE.match(line):
            yield from _group("PoE", found[1], found[2])
        elif found := _MODULE.match(line):
            yield from _group(f"PoE group {found[1]}", found[2], found[3])
        elif found := _PORT.match(line):
            word = found[3].lower()
            state = _WORDS.get(word) or ("fault" if _FAULTY.search(word) else word)
            yield Reading(metric="poe.port.state", item=found[1], index=found[1], value=state, raw=word, source=_SOURCE)


def _group(item: str, total: str, used: str) -> Iterator[Fact]:
    yield Reading(metric="poe.total", item=item, index=item, value=float(total), unit="W", source=_SOURCE)
    yield Reading(metric="poe.used", item=item, index=item, value=float(used), unit="W", source=_SOURCE)
