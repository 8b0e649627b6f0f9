"""``show redundancy status``, ``show system redundancy status`` of NX-OS.

Source: Cisco Nexus 7000 Series NX-OS High Availability Command Reference, "show redundancy status". The words are CISCO-RF-MIB's.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS = (Show("show system redundancy status"),)

_SOURCE = "show system redundancy status"
_MODE = re.compile(r"^\s*(administrative|operational):\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_UNIT = re.compile(r"^\s*(This|Other) supervisor \(([^)]*)\)\s*\n[ \t]*-+[ \t]*\n((?:[ \t]*\S[^\n]*\n?)+)", re.MULTILINE | re.IGNORECASE)
_FIELD = re.compile(r"^\s*(Redundancy|Supervisor|Internal) state:\s*(\S.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_MODES = {"ha": "hotStandbyRedundant", "none": "nonRedundant", "standalone": "nonRedundant", "combined": "hotStandbyRedundant"}
_STATES = {"active": "active", "standby": "standbyHot", "offline": "disabled", "notpresent": "notKnown", "failed": "disabled"}


def reads(command: str) -> bool:
    """Say whether *command* tells of the supervisors."""
    return typed(command, "show redundancy status", "show system redundancy status", "show redundancy")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield one state for this supervisor and one for the other, and the modes."""
    del command
    for found in _MODE.finditer(text):
        metric, item = (("redundancy.configured", "Configured mode"), ("redundancy.mode", "Operating mode"))[
            found[1].lower() == "operational"
        ]
        value = _MODES.get(found[2].lower(), f"other({found[2]})")
        yield Reading(metric=metric, item=item, index="0", value=value, raw=found[2], source=_SOURCE)
    for found in _UNIT.finditer(text):
        said = {name.lower(): value for name, value in _FIELD.findall(found[3])}
        item = "This unit" if found[1].lower() == "this" else "Peer unit"
        if word := said.get("redundancy", ""):
            value = _state(word, said.get("internal", ""))
            yield Reading(metric="redundancy.state", item=item, index=item, value=value, raw=word, source=_SOURCE)


def _state(redundancy: str, internal: str) -> str:
    """A standby that is not "HA standby" inside cannot take over yet."""
    plain = re.sub(r"[^a-z]", "", redundancy.lower())
    state = _STATES.get(plain, f"other({redundancy})")
    ready = "ha standby" in internal.lower() or not internal
    return "standbyCold" if state == "standbyHot" and not ready else state
