"""VRRP routers: ``show vrrp``, ``show vrrp all``, ``show vrrp brief``, ``show vrrp detail``.

Sources: Cisco IOS First Hop Redundancy Protocols Command Reference, Cisco Nexus 9000 NX-OS and IOS XR command references.
"""

from collections.abc import Iterator

from healthd.collectors.shows import _groups
from healthd.collectors.shows._commands import typed
from healthd.collectors.vrrp import V2
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()

_WORDS = {"init": "initialize", "initialize": "initialize", "initial": "initialize", "primary": "master"}
_STATES = "Master|Backup|Initialize|Initial|Init"


def reads(command: str) -> bool:
    """Say whether *command* lists VRRP routers with their states."""
    return typed(
        command,
        "show vrrp [all|brief|detail|master|backup]",
        "show vrrp ipv4|ipv6 [brief|detail]",
        "show vrrp [brief] all",
        "show vrrp interface <port>",
    )


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the state of each virtual router."""
    for group in [*_groups.paragraphs(text)] or [*_groups.lines(text, _STATES)]:
        yield Reading(metric=V2.metric, item=group.item, value=_WORDS.get(group.state, group.state), source=command)
