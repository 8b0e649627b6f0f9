"""Processor load over five minutes.

``show processes cpu`` and ``show processes cpu platform`` of IOS and IOS XE, ``show processes cpu`` of IOS XR, which heads each node;
``show cpu usage`` and ``show cpu detailed`` of ASA; ``show system resources`` of NX-OS, which prints the load of the moment only.

Sources: Cisco IOS Configuration Fundamentals Command Reference, Cisco IOS XR System Management Command Reference,
Cisco Secure Firewall ASA Command Reference, Cisco Nexus 9000 NX-OS Command Reference.
"""

import re
from collections.abc import Iterator

from healthd.collectors.cpu import BUSY, CORE
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Metric, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show processes cpu"),)

_FIVE = re.compile(
    r"(?:(?P<core>Core \d+): )?CPU utilization for .{0,120}?\b(?:5|five) minutes[:=]?\s*(?P<busy>\d+(?:\.\d+)?)%", re.IGNORECASE
)
_NODE = re.compile(r"\s*-{2,}\s*node(\w+)\s*-{2,}")
_TOTAL = re.compile(r"Total CPU utilization for:\s*.{0,80}?5 minutes:\s*(\d+(?:\.\d+)?)%", re.IGNORECASE)
_ASA_CORE = re.compile(r"^(Core \d+)\s+[\d.]+ \([^)]*\)\s+[\d.]+ \([^)]*\)\s+(\d+(?:\.\d+)?) \(", re.MULTILINE)
_IDLE = re.compile(r"CPU (?:states|util)\s*:.{0,80}?(\d+(?:\.\d+)?)% idle", re.IGNORECASE)


def reads(command: str) -> bool:
    """Say whether *command* tells the processor's load."""
    return typed(
        command,
        "show processes cpu [sorted] [1min|5min|5sec]",
        "show processes cpu platform [sorted] [1min|5min|5sec]",
        "show processes cpu location *",
        "show cpu [usage|detailed]",
        "show cpu usage [detailed]",
        "show system resources",
    )


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield one reading per processor, and one per core where there is a total besides."""
    found = [*_lines(text)] or [*_asa(text)] or [*_moment(text)]
    whole = any(core == "" for _, core, _ in found)
    for node, core, busy in found:
        metric = CORE if core and whole else BUSY
        yield _reading(metric, " ".join(each for each in (node, "CPU" if core or not node else "", core.lower()) if each), busy, command)


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield node, core and load of each line "CPU utilization for …"."""
    node = ""
    for line in text.splitlines():
        if head := _NODE.fullmatch(line):
            node = head[1].replace("_", "/")
        if found := _FIVE.search(line):
            yield node, found["core"] or "", found["busy"]


def _asa(text: str) -> Iterator[tuple[str, str, str]]:
    if total := _TOTAL.search(text):
        yield "", "", total[1]
    for core, busy in _ASA_CORE.findall(text):
        yield "", core, busy


def _moment(text: str) -> Iterator[tuple[str, str, str]]:
    if found := _IDLE.search(text):
        yield "", "", f"{100 - float(found[1]):.2f}"


def _reading(metric: Metric, item: str, busy: str, command: str) -> Reading:
    value = float(busy)
    return Reading(metric=metric.name, item=item, value=int(value) if value.is_integer() else value, unit=metric.unit, source=command)
