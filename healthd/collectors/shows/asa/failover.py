"""``show failover``, ``show failover state`` of ASA: both units of a pair.

Source: Cisco Secure Firewall ASA Series Command Reference, "show failover". The words and names are CISCO-FIREWALL-MIB's.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show failover"),)

_SOURCE = "show failover"
_OFF = re.compile(r"^\s*Failover Off", re.MULTILINE | re.IGNORECASE)
_UNIT = re.compile(
    r"^\s*(?:This|Other) host\s*[:-]+\s*(Primary|Secondary)\s*-?\s*\n?\s*(?:State:\s*)?(\S[^\n(]*)", re.MULTILINE | re.IGNORECASE
)
_WORDS = (
    (r"active", "active"),
    (r"standby ready|standby|bulk sync|cold standby|sync config", "standby"),
    (r"failed|fault", "error"),
    (r"disabled|not detected|unknown|negotiation", "down"),
)


def reads(command: str) -> bool:
    """Say whether *command* tells of the pair."""
    return typed(command, "show failover [state]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield one state for each unit; a firewall that works alone has none."""
    del command
    if _OFF.search(text):
        return
    for name, said in _UNIT.findall(text):
        word = next((word for pattern, word in _WORDS if re.match(pattern, said.strip(), re.IGNORECASE)), f"other({said.strip()})")
        item = f"{name.title()} unit"
        yield Reading(metric="redundancy.state", item=item, index=item, value=word, raw=said.strip(), source=_SOURCE)
        yield Reading(metric="redundancy.detail", item=item, index=item, value=said.strip(), source=_SOURCE)
