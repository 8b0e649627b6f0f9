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

_PORT = re.compile(r"\s*([A-Za-z][\w./-]*\d)\s")
# The name of a port may hold anything; NX-OS cuts the state at its column's end ("linkFlapErr").
_STATE = re.compile(r".*\s(?:err-?disabled|\w{1,30}Err(?:Dis\w{0,10})?)\s+(\S.*)")
_NEXT_COLUMN = re.compile(r"\s{3}")


def reads(command: str) -> bool:
    """Say whether *command* lists disabled ports."""
    return typed(command, "show interfaces status err-disabled", "show interfaces <port> status err-disabled")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the cause for each port that is shut."""
    for line in text.splitlines():
        port, state = _PORT.match(line), _STATE.match(line)
        if port and state:
            reason = _NEXT_COLUMN.split(state[1], maxsplit=1)[0].strip()
            yield Reading(metric="interface.errdisabled", item=port[1], value=_causes.cause(reason), raw=reason, source=command)
