"""``show platform``, ``admin show platform`` of IOS XR: every node with its state.

Source: Cisco IOS XR System Management Command Reference, "show platform".
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _hardware, _words
from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._modules import Module
from healthd.model.observation import Fact
from healthd.model.request import Show

ASKS = (Show("show platform"),)

_SOURCE = "show platform"
_NODE = re.compile(r"\s*(\d+/\S+)\s+(?:(\S+?)(?:\((Active|Standby)\))?\s{2,}|(\S+)\s+)(\S.*)$", re.IGNORECASE)
_CONFIG = re.compile(r"\s+(?:PWR|NPWR|NSHUT|SHUT|MON|NMON|N/A)(?:,(?:PWR|NPWR|NSHUT|SHUT|MON|NMON))*\s*$")


def reads(command: str) -> bool:
    """Say whether *command* lists the nodes."""
    return typed(command, "show platform [<port>]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the state of every card, supply and fan tray."""
    del command
    for line in text.splitlines():
        if found := _NODE.match(line):
            yield from _node(found[1], found[2] or found[4], _CONFIG.sub("", found[5]), shut=bool(re.search(r"\bSHUT\b", found[5])))


def _node(node: str, kind: str, said: str, *, shut: bool) -> Iterator[Fact]:
    """A node may have two states, of hardware and of software: the one that is not well counts."""
    states = [each for each in re.split(r"\s{2,}", said.strip()) if each.upper() != "N/A"]
    state = next((each for each in states if _words.module(each) != "ok"), states[0] if states else "")
    if re.search(r"/FT\d", node):
        yield from _hardware.fan(node, state, _SOURCE)
    elif re.search(r"/P[MTS]\d", node):
        yield from _hardware.supply(node, _words.supply(state), _SOURCE, (kind, ""), raw=state)
    else:
        status = "admin down" if shut and _words.module(state) != "ok" else state
        yield from Module(item=node, pid=kind, status=status).facts(_SOURCE)
