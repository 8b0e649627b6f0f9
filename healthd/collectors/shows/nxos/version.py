"""``show version`` of NX-OS.

Source: Cisco Nexus 9000 Series NX-OS Command Reference, "show version".
"""

import re
from collections.abc import Iterator

from healthd.collectors._versions import software
from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._version import facts, first, seconds
from healthd.model.observation import Fact, System
from healthd.model.request import Show

ASKS = (Show("show version"),)

_RELEASE = (r"^[ \t]*(?:NXOS|system):[ \t]+version[ \t]+(\S+)", r"^[ \t]*kickstart:[ \t]+version[ \t]+(\S+)")
_IMAGE = (r"^[ \t]*(?:NXOS|system) image file is:[ \t]*(\S+)", r"^[ \t]*kickstart image file is:[ \t]*(\S+)")
# "cisco Nexus9000 C9396PX Chassis" is an N9K-C9396PX, "cisco Nexus7000 C7010 (10 Slot) Chassis" an N7K-C7010.
_CHASSIS = re.compile(r"^[ \t]*cisco[ \t]+Nexus[ \t]?(\d)\d00v?[ \t]+(C\d\S*)[ \t]", re.MULTILINE | re.IGNORECASE)
_OTHER = r"^[ \t]*cisco[ \t]+(\S+-\S+)[ \t].*chassis"


def reads(command: str) -> bool:
    """Say whether *command* asks for the version."""
    return typed(command, "show version")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the system and why it last restarted."""
    del command
    chassis = _CHASSIS.search(text)
    release = first(text, *_RELEASE)
    system = System(
        name=first(text, r"^[ \t]*Device name:[ \t]*(\S+)"),
        description=f"Cisco NX-OS, Version {release}" if release else "",
        uptime_s=seconds(first(text, r"^[ \t]*(?:Kernel|System) uptime is[ \t]+([^\n]*)")),
        version=release,
        pid=f"N{chassis[1]}K-{chassis[2]}" if chassis else first(text, _OTHER),
        serial=first(text, r"^[ \t]*Processor Board ID[ \t]+([\w-]+)"),
        image=first(text, *_IMAGE),
        special_build=software(f"Version {release}").special,
    )
    yield from facts(system, first(text, r"^[ \t]*Reason:[ \t]*([^\n]*)"))
