"""``show version`` of ASA, in a context as well.

Source: Cisco Secure Firewall ASA Series Command Reference, "show version".
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._version import facts, first, seconds
from healthd.model.observation import Fact, System
from healthd.model.request import Show

ASKS = (Show("show version"),)

_HEAD = re.compile(
    r"^[ \t]*(?:Cisco )?(?:Adaptive|Industrial|PIX) Security Appliance Software Version[ \t]+([\w.()]+)", re.MULTILINE | re.IGNORECASE
)
_UP = re.compile(r"^[ \t]*(?!failover)([\w.-]+)[ \t]+up[ \t]+(\d[^\n]*)", re.MULTILINE)


def reads(command: str) -> bool:
    """Say whether *command* asks for the version."""
    return typed(command, "show version [detail]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the system."""
    del command
    head, up = _HEAD.search(text), _UP.search(text)
    system = System(
        name=up[1] if up else "",
        description=" ".join(head[0].split()) if head else "",
        uptime_s=seconds(up[2]) if up else None,
        version=head[1] if head else "",
        pid=first(text, r"^[ \t]*Model Id:[ \t]*([\w-]+)", r"^[ \t]*Hardware:[ \t]*([\w-]+)"),
        serial=first(text, r"^[ \t]*(?:Chassis )?Serial Number:[ \t]*([\w-]+)"),
        image=first(text, r'^[ \t]*System image file is[ \t]+"([^"\n]*)'),
    )
    yield from facts(system, first(text, r"^[ \t]*Last reload reason:?[ \t]*([^\n]*)"))
