"""``show interfaces status err-disabled``: ports that the switch itself has shut, on IOS, IOS XE and NX-OS.

Source: Cisco Catalyst "Interface and Hardware Commands", Cisco Nexus 9000 NX-OS Command Reference.
CISCO-ERR-DISABLE-MIB tells the same.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _causes
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()

# The name of a port may hold anything; NX-OS cuts the state at its column's end ("linkFlapErr").
_LINE = re.compile(
    r"\s*(?P<port>[A-Za-z][\w./-]*\d)\s+(?:.*?\s+)?(?P<state>err-?disabled|\w+Err(?:Dis\w*)?)\s+(?P<reason>\S.*?)(?:\s{3,}\d.*)?"
)


def reads(command: str) -> bool:
    """Say whether *command* lists disabled ports."""
    return typed(command, "show interfaces status err-disabled", "show interfaces <port> status err-disabled")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the cause for each port that is shut."""
    for line in text.splitlines():
        if found := _LINE.fullmatch(line.rstrip()):
            cause = _causes.cause(found["reason"])
            yield Reading(metric="interface.errdisabled", item=found["port"], value=cause, raw=found["reason"], source=command)
