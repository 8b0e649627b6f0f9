"""``show version`` of IOS XR.

Source: Cisco IOS XR System Management Command Reference, "show version".

It tells neither serial number nor, on chassis with cards, the model; both are in ``show inventory``.
"""

import re
from collections.abc import Iterator

from healthd.collectors._versions import software
from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._version import facts, first, seconds
from healthd.model.observation import Fact, System
from healthd.model.request import Show

ASKS = (Show("show version"),)

_HEAD = re.compile(r"Cisco IOS[- ]XR Software.*?Version[ \t]+(\d[\w.]*)", re.IGNORECASE)
# "NCS-5500" and "ASR9K Series" are families.
_PID = r"^[ \t]*cisco (?!ncs-\d+ |ios)([a-z0-9]+(?:-[a-z0-9/]+)+) \(.*processor"


def reads(command: str) -> bool:
    """Say whether *command* asks for the version."""
    return typed(command, "show version [brief]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the system and why it last restarted."""
    del command
    head = _HEAD.search(text)
    up = re.search(r"^[ \t]*(\S+) uptime is[ \t]+([^\n]*)", text, re.MULTILINE | re.IGNORECASE)
    system = System(
        name=up[1] if up and up[1].lower() != "system" else "",
        description=" ".join(head[0].split()) if head else "",
        uptime_s=seconds(up[2]) if up else None,
        version=head[1] if head else first(text, r"^[ \t]*Version[ \t]*:[ \t]*(\d[\w.]*)"),
        pid=first(text, _PID),
        image=first(text, r'^[ \t]*System image file is[ \t]+"([^"\n]*)'),
        special_build=software(f"Version {head[1]}").special if head else False,
    )
    yield from facts(system, first(text, r"^[ \t]*(?:last reload reason|reload reason)[ \t]*:[ \t]*([^\n]*)"))
