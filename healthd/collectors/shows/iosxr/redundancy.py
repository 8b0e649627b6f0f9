"""``show redundancy``, ``show redundancy summary`` of IOS XR: one state for each processor.

Source: Cisco IOS XR System Management Command Reference, "show redundancy".
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS = (Show("show redundancy summary"),)

_SOURCE = "show redundancy"
_ROLE = re.compile(r"^\s*(?:Redundancy information for )?(?:Partner )?node \(?(\d+/\S+?)\)? is in (\w+) role", re.MULTILINE | re.IGNORECASE)
_READY = re.compile(r"^\s*Standby node in (\S+) is (not )?ready", re.MULTILINE | re.IGNORECASE)
_PAIR = re.compile(
    r"^[ \t]*(\d+/[\w/]+)(?:\(([AP])\))?[ \t]+(?:(\d+/[\w/]+)(?:\([SB]\))?|N/A)[ \t]*(?:\(([^)\n]*)\))?[ \t]*$", re.MULTILINE
)


def reads(command: str) -> bool:
    """Say whether *command* tells of the processors."""
    return typed(command, "show redundancy [summary]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield one state for each node: active, standbyHot, or standbyCold where it is not ready to take over."""
    del command
    states: dict[str, tuple[str, str]] = {}
    for node, role in _ROLE.findall(text):
        states[node] = ("active" if role.upper() == "ACTIVE" else "standbyHot", role)
    for node, missing in _READY.findall(text):
        states[node] = ("standbyCold" if missing else "standbyHot", "STANDBY")
    for active, kind, standby, said in _PAIR.findall(text):
        # A node (A, S) and the group of processes that is placed on it (P, B) can switch over apart.
        group = " process group" if kind == "P" else ""
        states[active + group] = ("active", "ACTIVE")
        if standby:
            states[standby + group] = ("standbyCold" if "not ready" in said.lower() else "standbyHot", "STANDBY")
    for node, (state, said) in states.items():
        yield Reading(metric="redundancy.state", item=node, index=node, value=state, raw=said, source=_SOURCE)
