"""Neighbours heard through LLDP: ``show lldp neighbors detail``, ``show lldp entry *`` and ``show lldp neighbors``.

Sources: Cisco IOS, NX-OS and IOS XR command references; IEEE 802.1AB. Old IOS does not print the local interface.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _addresses
from healthd.collectors.shows._addresses import told
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Neighbour
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show lldp neighbors detail"),)

_LOCAL = re.compile(r"[ \t]*Local Int(?:f|erface)[ \t]*:", re.IGNORECASE)
_CHASSIS = re.compile(r"[ \t]*Chassis id[ \t]*:", re.IGNORECASE)
_REMOTE = re.compile(r"[ \t]*(?:Chassis|Port) id[ \t]*:", re.IGNORECASE)
_FIELD = re.compile(
    r"[ \t]*(Local Intf|Local Interface|Local Port id|Chassis id|Port id|Port Description|System Name)[ \t]*:(.*)", re.IGNORECASE
)
_SYSTEM = re.compile(r"^[ \t]*System Description[ \t]*:[ \t]*\n?[ \t]*(?!Time remaining)(\S.*)$", re.MULTILINE | re.IGNORECASE)
_ADDRESS = re.compile(r"^[ \t]*(?:IP(?:v[46])?(?: address)?|Management Address(?: IPV6)?)[ \t]*:[ \t]*(\S+)", re.MULTILINE | re.IGNORECASE)
_LINE = re.compile(
    r"(?P<remote>\S.*?)\s*(?P<local>(?:Gi|Te|Tw|TF|Fa|Et|Fo|FH|Hu|Fi|Mg|Ma|mg|BE|Bu|Ap|Po)[A-Za-z-]* ?\d[\w./:]*)\s+(?P<hold>\d+)\s+"
    r"(?:(?P<can>[A-Z](?:,? ?[A-Z])*)\s+)?(?P<port>\S.*?)\s*"
)
_TRAILER = re.compile(r"\s*(?:Total entries|-{10})")


def reads(command: str) -> bool:
    """Say whether *command* lists LLDP neighbours."""
    return typed(
        command, "show lldp neighbors [detail]", "show lldp neighbors <port> [detail]", "show lldp neighbors interface <port> [detail]"
    ) or bool(re.fullmatch(r"show lldp ent\w*(?: \S+)*", command))


def read(text: str, command: str) -> Iterator[Fact]:  # noqa: ARG001 - every reader has these two
    """Yield one neighbour per entry."""
    entries = [entry for entry in _entries(text) if any(_REMOTE.match(line) for line in entry)]
    yield from (_neighbour(entry) for entry in entries) if entries else _brief(text)


def _entries(text: str) -> Iterator[list[str]]:
    """Yield the lines of each entry: it begins with the local port on IOS and IOS XR, with the chassis on NX-OS and old IOS."""
    entry: list[str] = []
    for line in text.splitlines():
        if _LOCAL.match(line) or (_CHASSIS.match(line) and any(_REMOTE.match(each) for each in entry)):
            yield entry
            entry = []
        entry.append(line)
    yield entry


def _neighbour(entry: list[str]) -> Neighbour:
    said: dict[str, str] = {}
    for line in entry:
        if found := _FIELD.match(line):
            said.setdefault(found[1].lower(), told(found[2]))
    text = "\n".join(entry)
    system, address = _SYSTEM.search(text), _ADDRESS.search(text)
    return Neighbour(
        protocol="lldp",
        local=next((said[key] for key in ("local intf", "local interface", "local port id") if said.get(key)), ""),
        remote=said.get("system name") or said.get("chassis id", ""),
        remote_port=said.get("port id") or said.get("port description", ""),
        remote_platform=told(system[1]) if system else "",
        remote_address=_addresses.first(address[1]) if address else "",
    )


def _brief(text: str) -> Iterator[Neighbour]:
    """Yield the lines of the short listing; a name may run into the next column, or stand on a line before its own."""
    heading = re.search(r"^.*Device ID\s+Local Intf.*$", text, re.MULTILINE)
    name = ""
    for line in text[heading.end() :].splitlines() if heading else ():
        found = _LINE.fullmatch(f"{name} {line.strip()}" if name else line.strip())
        if found and not _TRAILER.match(line):
            yield Neighbour(protocol="lldp", local=found["local"].replace(" ", ""), remote=found["remote"], remote_port=found["port"])
        name = line.strip() if line.strip() and not found else ""
