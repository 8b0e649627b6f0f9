"""``show platform`` of IOS XE: the slots of routers and modular switches, the members of a stack.

Source: Cisco ASR 1000 and Catalyst 9000 Command References, "show platform". The roles of a stack's members: ``show switch``.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _hardware, _words
from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._modules import Module
from healthd.model.observation import Fact, Part
from healthd.model.request import Show

ASKS = (Show("show platform"),)

_SOURCE = "show platform"
_HEAD = re.compile(r"\s*(?:Slot\s+Type\s+State|(Slot\s+CPLD|Switch\s))", re.IGNORECASE)
_SLOT = re.compile(r"\s*(?P<slot>[RFP]?\d+(?:/\d+)?|FT?\d+|SC\d+)\s+(?P<type>(?!ok\b|unknown\s+\S+$|N/A\s+\S+$)\S+)?\s+(?P<state>\S.*?)\s+(?P<age>never|[\dywdh:]+)\s*$", re.IGNORECASE)  # fmt: skip
_SWITCH = re.compile(r"\s*(\d+)\s+(\d+)\s+(\S+)\s+(\w+)\s+([0-9a-f]{4}(?:\.[0-9a-f]{4}){2})\s+(\S+)\s+(\S+)", re.IGNORECASE)
_CHASSIS = re.compile(r"\s*Switch\s*:?\s*(\d+)\s*$", re.IGNORECASE)


def reads(command: str) -> bool:
    """Say whether *command* lists what the platform is made of."""
    return typed(command, "show platform")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the state of every slot, supply and fan tray, and every switch of a stack as a part."""
    del command
    slots, before = False, ""
    for line in text.splitlines():
        if found := _CHASSIS.match(line):
            before = f"Switch {found[1]} - "
        elif found := _HEAD.match(line):
            slots = not found[1]
        elif slots and (found := _SLOT.match(line)):
            yield from _slot(before, found["slot"].upper(), found["type"] or "", found["state"])
        elif found := _SWITCH.match(line):
            item = f"Switch {found[1]}"
            yield Part(
                index=item, kind="chassis", name=item, pid=found[3], serial=found[4], hardware=found[6], software=found[7], slot=found[1]
            )


def _slot(before: str, slot: str, kind: str, state: str) -> Iterator[Fact]:
    empty = state.lower() in ("empty", "n/a")
    if slot.startswith("FT") or (slot[0] == "P" and re.search(r"fan", kind, re.IGNORECASE)):
        yield from _hardware.fan(f"{before}{slot}", "not present" if empty else state, _SOURCE)
    elif slot[0] == "P":
        word = "notPresent" if empty else _words.supply(state)
        yield from _hardware.supply(f"{before}{slot}", word, _SOURCE, (kind, ""), raw=state)
    elif not empty:
        yield from Module(item=f"{before}slot {slot}", pid=kind, status=state).facts(_SOURCE)
