"""``show module`` of Catalyst switches with IOS and IOS XE.

Source: Cisco Catalyst 6500 and 9400 Series Command References, "show module".

The tables follow each other; the head of each says what its rows mean.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _hardware, _words
from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._modules import Modules
from healthd.model.observation import Fact
from healthd.model.request import Show

ASKS = (Show("show module"),)

_SOURCE = "show module"
_HEADS = (
    ("cards", r"Mod\s+Ports\s+Card Type"),
    ("status", r"M(?:od)?\s+MAC address"),
    ("sub", r"Mod\s+Sub-?Module"),
    ("diagnostics", r"Mod\s+Online Diag"),
    ("other", r"Mod\s+\w+"),
)
_SWITCH = re.compile(r"\s*Switch(?: Number)?:?\s+(\d+)\b", re.IGNORECASE)
_CARD = re.compile(r"\s*(\d+)\s+(?:(\d+)\s+)?(\S.*?)\s+(\S+)\s+(?=\w*\d)(\w{8,})\s*$")
_CARD_UNKNOWN = re.compile(r"\s*(\d+)\s+(?:(\d+)\s+)?(\S.*?)(?:\s{2,}(\S+))?\s*$")
_STATUS = re.compile(r"\s*(\d+)\s+(?:[0-9a-f][0-9a-f.:-]{11,16} to [0-9a-f][0-9a-f.:-]{11,16}|unknown)?\s*(?:(\S+)\s+(?:(\S.*?)\s{2,})?)?(?:(\S+)\s+)?([A-Za-z][A-Za-z/-]*)\s*$", re.IGNORECASE)  # fmt: skip
_SUB = re.compile(r"\s*(\d+)\s+(\S.*?)\s+(\S+)\s+(?=\w*\d)(\w{8,})\s+(\S+)\s+(\S+(?: \S+)?)\s*$")
_DIAGNOSED = re.compile(r"\s*(\d+)(?:/\w+)?\s+(\S.*?)\s*$")
_SUPPLY = re.compile(r"\s*Power Supply:\s+(\S+)", re.IGNORECASE)


def reads(command: str) -> bool:
    """Say whether *command* lists the modules."""
    return typed(command, "show module [all] [<port>]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield every module, every card on a module, and their states."""
    del command
    modules, table, before = Modules(), "", ""
    for line in text.splitlines():
        if found := _SWITCH.match(line):
            before = f"Switch {found[1]} - "
        elif head := next((name for name, pattern in _HEADS if re.match(rf"\s*{pattern}", line, re.IGNORECASE)), ""):
            table = head
        elif found := _SUPPLY.match(line):
            yield from _hardware.supply("chassis", _words.supply(found[1]), _SOURCE, raw=found[1])
        elif re.match(r"\s*\d", line):
            _row(table, line, before, modules)
    yield from modules.facts(_SOURCE)


def _row(table: str, line: str, before: str, modules: Modules) -> None:
    if table == "cards" and (found := _CARD.match(line) or _CARD_UNKNOWN.match(line)):
        card = modules.named(f"{before}slot {found[1]}")
        card.description, card.pid = found[3], found[4] or ""
        card.serial = found[5] if found.re is _CARD else ""
    elif table == "status" and (found := _STATUS.match(line)):
        card = modules.named(f"{before}slot {found[1]}")
        card.hardware, card.firmware, card.software, card.status = found[2] or "", found[3] or "", found[4] or "", found[5]
    elif table == "sub" and (found := _SUB.match(line)):
        card = modules.named(f"{before}slot {found[1]} {found[2]}")
        card.description, card.pid, card.serial, card.hardware, card.status = found[2], found[3], found[4], found[5], found[6]
    elif table == "diagnostics" and (found := _DIAGNOSED.match(line)):
        modules.named(f"{before}slot {found[1]}").diagnostics = found[2]
