"""``show version`` of IOS and IOS XE.

Source: Cisco IOS Configuration Fundamentals Command Reference, "show version".

A system that is both IOS XE and IOS tells two releases; the one of sysDescr
counts, which is IOS XE's own since 16.1, so that both wires say the same. Where
that one is a build without a release's form, the other does.
"""

import re
from collections.abc import Iterator

from healthd.collectors._versions import software
from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._version import facts, first, seconds
from healthd.model.observation import Fact, System
from healthd.model.request import Show

ASKS = (Show("show version"),)

_SOFTWARE = re.compile(r"[ \t]*(?:Cisco )?(?:IOS|Internetwork Operating System)\b", re.IGNORECASE)
_UPTIME = r"^[ \t]*(?!Uptime for|Kernel|System |Failover)(\S+)[ \t]+uptime[ \t]+is[ \t]"
_PID = (
    r"^[ \t]*cisco (?!ios[- ]xe|nexus|internetwork|systems)(\S+) (?:\([^\n]*\) )?[^\n]*?(?:processor|bytes of)",
    r"^[ \t]*model number[ \t]*:[ \t]*(\S+)",
)
_SERIAL = (
    r"^[ \t]*processor board id[ \t]+([\w-]+)",
    r"^[ \t]*system serial number[ \t]*:[ \t]*([\w-]+)",
    r"^[ \t]*chassis serial number[ \t]*:[ \t]*([\w-]+)",
)


def reads(command: str) -> bool:
    """Say whether *command* asks for the version."""
    return typed(command, "show version [running]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the system and why it last restarted."""
    del command
    said = _software_line(text)
    known = software(said)
    system = System(
        name=first(text, _UPTIME),
        description=said,
        uptime_s=seconds(first(text, r"^[ \t]*\S+[ \t]+uptime[ \t]+is[ \t]+([^\n]*)")),
        version=known.version,
        pid=first(text, *_PID),
        serial=first(text, *_SERIAL),
        image=first(text, r'^[ \t]*(?:System|Running|Software)? ?image file is:?[ \t]+"?([^",\n]*)'),
        special_build=known.special,
    )
    yield from facts(system, _reason(text))


def _software_line(text: str) -> str:
    """Return the line that sysDescr repeats: the one that names the image's release, not IOS XE's line before it."""
    lines = text.splitlines()
    # Old systems, and terminals of 80 columns, break the line before the release.
    starts = [n for n, line in enumerate(lines) if _SOFTWARE.match(line)]
    whole = (" ".join(" ".join(lines[n : n + (1 if "version" in lines[n].lower() else 3)]).split()) for n in starts)
    told = [line for line in whole if software(line).version]
    return next((line for line in told if not line.lower().startswith("cisco ios xe software")), told[0] if told else "")


def _reason(text: str) -> str:
    """Return the reason of the last restart: of the switch that answers, where a stack tells several."""
    found = first(text, r"^[ \t]*last reload reason[ \t]*:[ \t]*([^\n]*)")
    returned = first(text, r"^[ \t]*(?:system returned to rom by|system was restarted by|last reset from)[ \t]+([^\n]*)")
    return found if found and found.lower() != "unknown reason" else re.sub(r" at \d\d:\d\d:\d\d .*", "", returned) or found
