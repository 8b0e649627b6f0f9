"""``show module`` of ASA: the appliance itself and the service modules in it.

Source: Cisco Secure Firewall ASA Series Command Reference, "show module".

Names of modules that were never installed ("ips", "cxsc") stand there without an image: they are no trouble.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._modules import Modules
from healthd.model.observation import Fact
from healthd.model.request import Show

ASKS = (Show("show module"),)

_SOURCE = "show module"
_HEADS = (
    ("cards", r"Mod\s+Card Type"),
    ("versions", r"Mod\s+MAC Address"),
    ("application", r"Mod\s+SSM Application"),
    ("status", r"Mod\s+Status"),
    ("other", r"Mod\s+\w+"),
)
_CARD = re.compile(r"\s*(\w+)\s+(\S.*?)\s+(\S+)\s+(\w{8,})\s*$")
_VERSIONS = re.compile(r"\s*(\w+)\s+\S+ to \S+\s+(\S+)\s+(\S+)(?:\s+(\S+))?\s*$")
_APPLICATION = re.compile(r"\s*(\w+)\s+\S.*?\s{2,}(\S.*?)(?:\s{2,}.*)?$")
_STATUS = re.compile(r"\s*(\w+)\s+(\S.*?)(?:\s{2,}.*)?$")


def reads(command: str) -> bool:
    """Say whether *command* lists the modules."""
    return typed(command, "show module")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield every module and its state."""
    del command
    modules, table, unused = Modules(), "", set[str]()
    for line in text.splitlines():
        if head := next((name for name, pattern in _HEADS if re.match(rf"\s*{pattern}", line, re.IGNORECASE)), ""):
            table = head
        elif table == "cards" and (found := _CARD.match(line)):
            card = modules.named(f"module {found[1]}")
            card.description, card.pid, card.serial = found[2], found[3], found[4]
        elif table == "versions" and (found := _VERSIONS.match(line)):
            card = modules.named(f"module {found[1]}")
            card.hardware, card.firmware, card.software = found[2], found[3], found[4] or ""
        elif table == "application" and (found := _APPLICATION.match(line)) and "no image" in found[2].lower():
            unused.add(f"module {found[1]}")
        elif table == "status" and (found := _STATUS.match(line)) and not line.startswith("---"):
            item = f"module {found[1]}"
            modules.named(item).status = "dormant" if item in unused else found[2]
    yield from modules.facts(_SOURCE)
