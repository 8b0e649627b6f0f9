"""Flash: size and free space of each file system, in bytes.

``dir`` and ``show flash:`` close with it; ``show file systems`` lists all (``show file system`` on ASA, ``show filesystem`` on IOS XR).

Sources: Cisco IOS Configuration Fundamentals Command Reference, Cisco Nexus 9000 NX-OS Command Reference ("Usage for bootflash://"),
Cisco IOS XR System Management Command Reference (kbytes), Cisco Secure Firewall ASA Command Reference.
"""

import re
from collections.abc import Iterator

from healthd.collectors.flash import FREE, TOTAL
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("dir"),)

_KILO = 1024
_DIRECTORY = re.compile(r"^ *Directory of (\S+)|^ *Usage for (\S+?):?/*\s*$", re.MULTILINE)
_ENDS = re.compile(r"(?P<total>\d{1,20}) (?P<k>k?)bytes total \((?P<free>\d{1,20}) k?bytes free")
_USAGE = re.compile(r"\d{1,20} bytes used\s+(?P<free>\d{1,20}) bytes free\s+(?P<total>\d{1,20}) bytes total")
_AVAILABLE = re.compile(r"(?P<free>\d{1,20}) bytes available \((?P<used>\d{1,20}) bytes used\)")
_OLD = re.compile(r"\[\d{1,20} bytes used, (?P<free>\d{1,20}) available, (?P<total>\d{1,20}) total\]")
_SYSTEMS = re.compile(
    r"^[* ]*(?P<total>\d{1,20}) +(?P<free>\d{1,20}) +(?P<type>\S*(?:flash|disk)\S*) +\S+ +(?P<name>[\w-]+:)", re.MULTILINE | re.IGNORECASE
)


def reads(command: str) -> bool:
    """Say whether *command* tells the free space of a file system."""
    return typed(command, "dir *", "show file systems", "show file system", "show filesystem *") or bool(
        re.fullmatch(r"show (?:[\w-]*flash[\w-]*|disk\d|slot\d|harddisk):?(?: all)?", command)
    )


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield total and free of each file system that holds a medium."""
    for name, total, free in [*_systems(text)] or [*_directories(text, command)]:
        if total:
            yield Reading(metric=TOTAL.name, item=name, value=total, unit=TOTAL.unit, source=command)
            yield Reading(metric=FREE.name, item=name, value=free, unit=FREE.unit, source=command)


def _systems(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _SYSTEMS.finditer(text):
        yield found["name"], int(found["total"]), int(found["free"])


def _directories(text: str, command: str) -> Iterator[tuple[str, int, int]]:
    """Yield the closing line of each directory; one that has no heading is called as the command calls it."""
    heads = [(found.start(), found[1] or f"{found[2]}:") for found in _DIRECTORY.finditer(text)]
    asked = next((word for word in reversed(command.split()) if word not in ("dir", "show", "all")), "flash")
    for start, total, free in _closing(text):
        name = next((head for at, head in reversed(heads) if at < start), asked)
        yield re.sub(r"(?<=:)/+$", "", name), total, free


def _closing(text: str) -> Iterator[tuple[int, int, int]]:
    for found in _ENDS.finditer(text):
        unit = _KILO if found["k"] else 1
        yield found.start(), int(found["total"]) * unit, int(found["free"]) * unit
    for found in (*_USAGE.finditer(text), *_OLD.finditer(text)):
        yield found.start(), int(found["total"]), int(found["free"])
    for found in _AVAILABLE.finditer(text):
        yield found.start(), int(found["free"]) + int(found["used"]), int(found["free"])
