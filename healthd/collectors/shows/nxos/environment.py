"""``show environment``, ``show environment power``, ``show environment fan``, ``show environment temperature`` of NX-OS.

Source: Cisco Nexus 9000 Series NX-OS Command Reference, "show environment".
"""

import re
from collections.abc import Iterator

from healthd.collectors._bays import place
from healthd.collectors.shows import _hardware, _words
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS = (Show("show environment"),)

_HEADS = (
    ("supply", r"(?:PS|Supply)\s+Model"),
    ("fan", r"Fan\s+Model"),
    ("heat", r"Module\s+Sensor"),
    ("power", r"Mod(?:ule)?\s+Model"),
    ("", r"Power Usage|Power Supply (?:redundancy|input)|Module\s+\w+|Fan Zone|Fan Air"),
)
_ABSENT = re.compile(r"-{3,}$")
_SUPPLY = re.compile(r"\s*(?:PS-?)?(\d+)\s+(\S+)\s+(.*?)((?:not |fail/|power |no |bad )?[A-Za-z][\w/-]*)\s*(?:\(.*\))?\s*$", re.IGNORECASE)
_POWERED = re.compile(r"\s*((?:Xb)?\d+|fan\d+)\s+(.*?)(powered-\w+|absent|[A-Za-z][\w-]*)\s*$", re.IGNORECASE)
_FAN = re.compile(r"\s*([A-Za-z][\w-]*(?:\([\w-]+\))?(?: ?\d+)?)\s+(\S+)\s+(?:\S+\s+)*?((?:not )?[A-Za-z]+)\s*$", re.IGNORECASE)
_HEAT = re.compile(r"\s*(\w+)\s+(\S.*?)\s+(-?\d+|-|N/?A)\s+(-?\d+|-|N/?A)\s+(-?\d+|-|N/?A)\s+(\S+(?: \S+)?)\s*$", re.IGNORECASE)


def reads(command: str) -> bool:
    """Say whether *command* tells of supplies, fans, temperatures."""
    return typed(command, "show environment [*]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the state of every supply, fan and temperature."""
    table = ""
    for line in text.splitlines():
        head = next((name for name, pattern in _HEADS if re.match(rf"\s*{pattern}", line, re.IGNORECASE)), None)
        if head is not None:
            table = head
        elif table == "supply" and (found := _SUPPLY.match(line)):
            yield from _supply(found, command)
        elif table == "power" and (found := _POWERED.match(line)):
            yield from _powered(found, command)
        elif table == "fan" and (found := _FAN.match(line)):
            yield from _hardware.fan(_fan_name(found[1]), found[3], command)
        elif table == "heat" and (found := _HEAT.match(line)):
            yield from _heat(found, command)


def _supply(found: re.Match[str], source: str) -> Iterator[Fact]:
    model = "" if _ABSENT.match(found[2]) else found[2]
    yield from _hardware.supply(f"PS{found[1]}", _words.supply(found[4]), source, (model, ""), raw=found[4])


def _powered(found: re.Match[str], source: str) -> Iterator[Fact]:
    """A row of the table that says what every card and fan tray draws; an empty slot draws nothing."""
    if found[1].lower().startswith("fan"):
        yield from _hardware.fan(f"Fan {found[1][3:]}", found[3], source)
    elif (state := _words.supply(found[3])) not in ("notPresent", "unknown"):
        item = f"slot {found[1]}"
        yield Reading(metric="power.state", item=item, index=place("module", item), value=state, raw=found[3], source=source)


def _fan_name(said: str) -> str:
    """Name a fan: "Fan1(sys_fan1)" and "Chassis-1" are fans, "Fan_in_PS1" and "PS-1" those of a supply."""
    return said if said.lower().startswith("fan") else f"Fan {said}"


def _heat(found: re.Match[str], source: str) -> Iterator[Fact]:
    major, minor, value = (float(each) if re.fullmatch(r"-?\d+", each) else None for each in found.group(3, 4, 5))
    item = f"Module {found[1]} {found[2]}"
    yield from _hardware.heat(item, found[6], source, value, (None, None, minor, major) if major or minor else None)
