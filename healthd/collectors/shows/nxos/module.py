"""``show module`` of NX-OS, with fabric cards (Xbar) and expansion modules (Lem).

Source: Cisco Nexus 9000 Series NX-OS Command Reference, "show module".
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._modules import Modules
from healthd.model.observation import Fact
from healthd.model.request import Show

ASKS = (Show("show module"),)

_SOURCE = "show module"
_HEAD = re.compile(r"\s*(\w{2,5})\s+(Ports|Sw|MAC-Address|Online Diag|Power-Status)\b", re.IGNORECASE)
_TITLES = {"mod": "slot", "xbar": "Xbar", "lem": "Lem", "lfm": "fabric slot"}
# A narrow terminal puts the state on a line of its own.
_WRAPPED = re.compile(r"^(\s*\d+ .*)\n (?=[a-z][a-z-]*(?: \*)?$)", re.MULTILINE)
_CARD = re.compile(r"\s*(\d+)\s+(\d+)\s+(\S.*?)(?:\s+(--|[A-Z][A-Z0-9]*-[\w+./-]+))?\s+([A-Za-z][\w-]*)\s*\*?\s*$")
_SOFTWARE = re.compile(r"\s*(\d+)\s+(\S+)\s+(\d[\d.]*)(?:\s+\S+)*\s*$")
_SERIAL = re.compile(r"\s*(\d+)\s+(?:\S+ to \S+|NA|--|\S+)\s+([A-Z0-9]{8,})\s*$", re.IGNORECASE)
_DIAGNOSED = re.compile(r"\s*(\d+)\s+(\S.*?)\s*$")


def reads(command: str) -> bool:
    """Say whether *command* lists the modules."""
    return typed(command, "show module [<port>]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield every module and its state."""
    del command
    modules, title, table = Modules(), "slot", ""
    for line in _WRAPPED.sub(r"\1  ", text).splitlines():
        if found := _HEAD.match(line):
            table = found[2].lower()
            # The tables below the first of a kind are headed "Mod" again, whatever they go on about.
            title = _TITLES.get(found[1].lower(), found[1]) if table == "ports" else title
        elif table and re.match(r"\s*\d", line):
            _row(title, table, line, modules)
    yield from modules.facts(_SOURCE)


def _row(title: str, table: str, line: str, modules: Modules) -> None:
    if table == "ports" and (found := _CARD.match(line)):
        card = modules.named(f"{title} {found[1]}")
        card.description, card.pid, card.status = found[3], found[4] or "", found[5]
    elif table == "sw" and (found := _SOFTWARE.match(line)):
        card = modules.named(f"{title} {found[1]}")
        card.software, card.hardware = found[2], found[3]
    elif table == "mac-address" and (found := _SERIAL.match(line)):
        modules.named(f"{title} {found[1]}").serial = found[2]
    elif table == "online diag" and (found := _DIAGNOSED.match(line)):
        modules.named(f"{title} {found[1]}").diagnostics = found[2]
