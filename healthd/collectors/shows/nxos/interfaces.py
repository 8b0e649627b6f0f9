"""``show interface`` of NX-OS: the administrative state stands on a line of its own, counters in two sections.

Source: Cisco Nexus 9000 Series NX-OS Command Reference (Show Commands), "show interface".
"""

import re
from collections.abc import Iterator

from healthd.collectors.interfaces import IN_DISCARDS, IN_ERRORS, IN_OCTETS, OUT_DISCARDS, OUT_ERRORS, OUT_OCTETS
from healthd.collectors.shows import _ports
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Metric
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show interface"),)

_ADMIN = re.compile(r"admin state is (up|down)", re.IGNORECASE)
_SECTION = re.compile(r"^[ \t]*(RX|TX)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_IN = {IN_ERRORS: r"(\d+) input error", IN_DISCARDS: r"(\d+) input discard"}
_OUT = {OUT_ERRORS: r"(\d+) output error", OUT_DISCARDS: r"(\d+) output discard"}
_BYTES = r"(?:packets|pkts),? +(\d+) bytes"
_FIBRE_CHANNEL = {
    IN_OCTETS: r"\d+ frames input, *(\d+) bytes",
    OUT_OCTETS: r"\d+ frames output, *(\d+) bytes",
    IN_DISCARDS: r"frames input.*\s+(\d+) discards",
    IN_ERRORS: r"frames input.*\s+\d+ discards, *(\d+) errors",
    OUT_DISCARDS: r"frames output.*\s+(\d+) discards",
    OUT_ERRORS: r"frames output.*\s+\d+ discards, *(\d+) errors",
}


def reads(command: str) -> bool:
    """Say whether *command* lists interfaces at length."""
    return typed(command, "show interfaces", "show interfaces <port>")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield every interface with its counters."""
    for port in _ports.ports(text):
        body = port.text
        found = _ADMIN.search(body)
        said = _ports.interface(port, found[1].lower() if found else _ports.admin(port), _ports.oper(port))
        yield from _ports.facts(port, said, command, _counters(body))


def _counters(body: str) -> dict[Metric, int]:
    sections = dict(zip(*[iter(part.strip() for part in _SECTION.split(body)[1:])] * 2, strict=False))
    told = {name.upper(): section for name, section in sections.items()}
    received, sent = told.get("RX", ""), told.get("TX", "")
    found = _ports.counted(received, _IN) | _ports.counted(sent, _OUT)
    for metric, section in ((IN_OCTETS, received), (OUT_OCTETS, sent)):
        # An NVE counts unicast and multicast apart.
        if octets := re.findall(_BYTES, section):
            found[metric] = sum(int(each) for each in octets)
    return found or _ports.counted(body, _FIBRE_CHANNEL)
