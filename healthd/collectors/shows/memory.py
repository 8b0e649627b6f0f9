"""Memory pools, in bytes.

``show memory statistics`` and ``show processes memory`` of IOS, ``show processes memory platform`` and
``show platform software status control-processor brief`` of IOS XE, ``show system resources`` of NX-OS,
``show memory summary`` of IOS XR, ``show memory`` of ASA.

Sources: Cisco IOS Configuration Fundamentals Command Reference, Cisco Nexus 9000 NX-OS Command Reference,
Cisco IOS XR System Management Command Reference, Cisco Secure Firewall ASA Command Reference.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from healthd.collectors.memory import FREE, TOTAL, USED
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show processes memory"),)

_KILO = 1024
_UNIT = {"K": _KILO, "M": _KILO**2, "G": _KILO**3}

_STATISTICS = re.compile(
    r"^ *(?P<pool>[A-Za-z][\w/-]*(?: [\w/-]+)*) +(?:0x)?[0-9A-F]+ +(?P<total>\d+) +(?P<used>\d+) +(?P<free>\d+) +\d+ +\d+ *$", re.MULTILINE
)
_POOLS = re.compile(r"^ *(?:(?P<pool>\S.*?) Pool )?Total: +(?P<total>\d+),? +Used: +(?P<used>\d+),? +Free: +(?P<free>\d+)", re.MULTILINE)
_SYSTEM = re.compile(
    r"^ *(?P<pool>System memory|Memory usage)\s*: +(?P<total>\d+)K total, +(?P<used>\d+)K used, +(?P<free>\d+)K free", re.MULTILINE
)
_PROCESSORS = re.compile(
    r"^ *(?P<pool>[\w/-]+) +(?:Healthy|Warning|Critical|Unknown) +(?P<total>\d{4,}) +(?P<used>\d+) +\(\d+%\) +(?P<free>\d+) ", re.MULTILINE
)
_PROCESSOR = re.compile(
    r"^ *(?P<pool>[\w/-]+): online.{0,600}?Memory \(kb\).{0,60}?Total: (?P<total>\d+)\s+Used: (?P<used>\d+).{0,120}?Free: (?P<free>\d+)",
    re.MULTILINE | re.DOTALL,
)
_NODE = re.compile(r"\s*(?:node: +)?(?:-+\s*)?node(\w+)[ -]*")
_AVAILABLE = re.compile(r"\s*(?:Physical Memory: *(\d+)([KMG]) total|Application Memory *: *(\d+)([KMG])) +\((\d+)([KMG]) available\)")
_FIREWALL = re.compile(r"^ *(Free|Used|Total) memory: +(\d+) bytes", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    name: str
    total: int
    used: int
    free: int


def reads(command: str) -> bool:
    """Say whether *command* tells how much memory is in use."""
    return typed(
        command,
        "show memory [statistics|summary|detail]",
        "show memory summary location *",
        "show processes memory [sorted] [holding|allocated]",
        "show processes memory platform [sorted]",
        "show platform software status control-processor [brief]",
        "show system resources",
    )


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield used, free and total of each pool."""
    for pool in _pools(text):
        for metric, value in ((USED, pool.used), (FREE, pool.free), (TOTAL, pool.total)):
            yield Reading(metric=metric.name, item=pool.name, value=value, unit=metric.unit, source=command)


def _pools(text: str) -> list[_Pool]:
    """Return the pools as the first layout that fits has them."""
    layouts = ((_STATISTICS, 1), (_POOLS, 1), (_SYSTEM, _KILO), (_PROCESSORS, _KILO), (_PROCESSOR, _KILO))
    for layout, unit in layouts:
        if found := [_pool(each, unit) for each in layout.finditer(text)]:
            return found
    return [*_nodes(text)] or _firewall(text)


def _pool(found: re.Match[str], unit: int) -> _Pool:
    name = {"System memory": "System", "Memory usage": "System", None: "Processor"}.get(found["pool"], found["pool"])
    return _Pool(name=name or "Processor", total=int(found["total"]) * unit, used=int(found["used"]) * unit, free=int(found["free"]) * unit)


def _nodes(text: str) -> Iterator[_Pool]:
    """Yield the memory of each node of IOS XR, which tells what there is and what is available: the difference is in use."""
    node, told = "", False
    for line in text.splitlines():
        if head := _NODE.fullmatch(line):
            node, told = head[1].replace("_", "/"), False
        elif (found := _AVAILABLE.match(line)) and not told:
            total = int(found[1] or found[3]) * _UNIT[found[2] or found[4]]
            free, told = int(found[5]) * _UNIT[found[6]], True
            yield _Pool(name=f"{node} physical".strip(), total=total, used=total - free, free=free)


def _firewall(text: str) -> list[_Pool]:
    said = {word: int(value) for word, value in _FIREWALL.findall(text)}
    if not {"Free", "Used"} <= set(said):
        return []
    return [_Pool(name="System", used=said["Used"], free=said["Free"], total=said.get("Total", said["Used"] + said["Free"]))]
