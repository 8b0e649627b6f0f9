"""``show environment`` of ASA.

Source: Cisco Secure Firewall ASA Series Command Reference, "show environment".
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _hardware, _words
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact
from healthd.model.request import Show

ASKS = (Show("show environment"),)

_SECTION = re.compile(r"^(\S[^:]*):\s*$")
_INNER = re.compile(r"^\s+([A-Z][^:]*):\s*$")
_VALUE = re.compile(r"\s+(\S[^:]*):\s*(-?\d+(?:\.\d+)?)\s*(RPM|C|V|W)\b\s*-?\s*(?:([A-Za-z][\w ]*?)\s*)?(?:\((.*)\))?$", re.IGNORECASE)
_STATE = re.compile(r"\s+(\S[^:]*):\s*([A-Za-z][\w ]*?)\s*$")


def reads(command: str) -> bool:
    """Say whether *command* tells of supplies, fans, temperatures."""
    return typed(command, "show environment [*]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the state of every supply, fan, temperature and voltage."""
    section = inner = ""
    for line in text.splitlines():
        if found := _SECTION.match(line):
            section, inner = found[1].strip(), ""
        elif found := _INNER.match(line):
            inner = found[1].strip()
        elif found := _VALUE.match(line):
            item = f"{found[1].strip()} ({found[5]})" if found[5] else found[1].strip()
            before = "Power Supply " if "power suppl" in f"{section} {inner}".lower() else ""
            yield from _hardware.sensor(f"{before}{item}", found[4] or "", command, (float(found[2]), found[3]))
        elif (found := _STATE.match(line)) and re.search(r"slot|power supply \d|\bps\d", found[1], re.IGNORECASE):
            yield from _hardware.supply(f"Power Supply {found[1].strip()}", _words.supply(found[2]), command, raw=found[2])
