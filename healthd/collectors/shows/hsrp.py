"""HSRP groups: ``show standby``, ``show standby all``, ``show standby brief`` of IOS; ``show hsrp``, ``show hsrp all``, ``show hsrp detail``.

Sources: Cisco IOS First Hop Redundancy Protocols Command Reference, Cisco Nexus 9000 NX-OS and IOS XR command references.
"""

import re
from collections.abc import Iterator

from healthd.collectors.hsrp import STATE
from healthd.collectors.shows import _addresses, _groups
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show standby brief"), Show("show hsrp brief"))

_STATES = "Active|Standby|Speak|Listen|Learn|Initial|Init|Disabled"
_STANDBY = re.compile(r"Standby router is (\S+)")


def reads(command: str) -> bool:
    """Say whether *command* lists HSRP groups with their states."""
    return typed(
        command,
        "show standby|hsrp [all|brief|detail]",
        "show standby|hsrp <port> [all|brief|detail]",
        "show hsrp interface <port>",
        "show hsrp brief|detail all",
        "show standby vlan <port> [brief]",
    )


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the state of each group, and who stands by where the listing tells."""
    for group in [*_groups.paragraphs(text)] or [*_groups.lines(text, _STATES)]:
        state = "initial" if group.state == "init" else group.state
        yield Reading(metric=STATE.metric, item=group.item, value=state, source=command)
        if standby := _standby(group.text):
            yield Reading(metric="hsrp.standby", item=group.item, value=standby, source=command)


def _standby(text: str) -> str:
    """Return the standby router: an address, ``local`` or ``unknown``; empty where it is not told."""
    found = _STANDBY.search(text)
    said = found[1].rstrip(",") if found else ""
    return said if said in ("local", "unknown") else _addresses.first(said)
