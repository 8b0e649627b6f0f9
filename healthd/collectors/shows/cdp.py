"""Neighbours heard through CDP: ``show cdp neighbors detail``, ``show cdp entry *`` and ``show cdp neighbors``.

Sources: Cisco IOS Network Management Command Reference, Cisco Nexus 9000 NX-OS and IOS XR command references.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from healthd.collectors.shows import _addresses
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Neighbour
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show cdp neighbors detail"),)

_ENTRY = re.compile(r"^[ \t]*Device ID *:", re.MULTILINE | re.IGNORECASE)
_LOCAL = re.compile(r"^\s*Interface *: *([^,\s][^,\n]*?)\s*(?:,|$)", re.MULTILINE)
_PORT = re.compile(r"Port ID *\(outgoing port\) *: *(.*)")
_PLATFORM = re.compile(r"^\s*Platform *: *(.*?)\s*(?:, *Capabilities|$)", re.MULTILINE)
_ADDRESS = re.compile(r"(?:IP(?:v[46])?|Management) address *: *(\S+)", re.IGNORECASE)
# Capabilities are single letters; a platform may have blanks ("IP Phone"), a port has its number at the end.
_LINE = re.compile(
    r"(?:(?P<remote>\S.*?)\s+)??(?P<local>[A-Za-z][A-Za-z-]* ?\d[\w./:]*)\s+(?P<hold>\d{1,3})\s+(?:(?P<can>[A-Za-z](?: +[A-Za-z])*)\s+)?"
    r"(?P<platform>\S\S.*?)\s+(?P<port>(?:[A-Za-z][\w-]* )?[\w./:()-]+)"
)


def reads(command: str) -> bool:
    """Say whether *command* lists CDP neighbours."""
    return typed(
        command, "show cdp neighbors [detail]", "show cdp neighbors <port> [detail]", "show cdp neighbors interface <port> [detail]"
    ) or bool(re.fullmatch(r"show cdp ent\w*(?: \S+)*", command))


def read(text: str, command: str) -> Iterator[Fact]:  # noqa: ARG001 - every reader has these two
    """Yield one neighbour per entry."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    entries = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    found = [_neighbour(entry) for entry in entries if _PORT.search(entry) or _LOCAL.search(entry)]
    yield from found or _brief(text)


def _neighbour(entry: str) -> Neighbour:
    head, _, rest = entry.partition(":")[2].partition("\n")
    local, port, platform, address = (pattern.search(rest) for pattern in (_LOCAL, _PORT, _PLATFORM, _ADDRESS))
    return Neighbour(
        protocol="cdp",
        local=local[1].strip() if local else "",
        remote=head.strip(),
        remote_port=port[1].strip() if port else "",
        remote_platform=platform[1].strip() if platform else "",
        remote_address=_addresses.first(address[1]) if address else "",
    )


def _brief(text: str) -> Iterator[Neighbour]:
    """Yield the lines of the short listing; a long name stands on a line before its own."""
    name = ""
    for line in _table(text):
        if found := _LINE.fullmatch(line):
            yield Neighbour(
                protocol="cdp",
                local=found["local"].replace(" ", ""),
                remote=found["remote"] or name,
                remote_port=found["port"].replace(" ", ""),
                remote_platform=found["platform"],
            )
        name = "" if found else line


def _table(text: str) -> Iterator[str]:
    heading = re.search(r"^.*Device[ -]ID\s+Local .*$", text, re.MULTILINE)
    yield from (line.strip() for line in text[heading.end() :].splitlines() if line.strip()) if heading else ()
