"""``show redundancy``, ``show redundancy states`` of IOS and IOS XE: both units and the mode they work in.

Source: Cisco IOS High Availability Command Reference, "show redundancy". The words are CISCO-RF-MIB's.
"""

import re
from collections.abc import Iterator

from healthd.catalogue.mibs.rf import STATE
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS = (Show("show redundancy states"),)

_SOURCE = "show redundancy"
_MY_STATE = re.compile(r"^\s*my state\s*=\s*(\d+)\s*-\s*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_PEER_STATE = re.compile(r"^\s*peer state\s*=\s*(\d+)\s*-\s*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_SOFTWARE = re.compile(r"^\s*current software state\s*=\s*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_NO_PEER = re.compile(
    r"^\s*Peer \(slot: *\w+\) information is not available because it is in '([^']+)' state", re.MULTILINE | re.IGNORECASE
)
_OPERATING = re.compile(r"^\s*(?:operating redundancy mode|redundancy mode \(operational\))\s*=\s*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_CONFIGURED = re.compile(r"^\s*(?:configured redundancy mode|redundancy mode \(configured\))\s*=\s*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_HARDWARE = re.compile(r"^\s*(?:hardware )?mode\s*=\s*(simplex|duplex)", re.MULTILINE | re.IGNORECASE)
_MODES = (
    (r"non|none|simplex", "nonRedundant"),
    (r"sso|stateful|hot|nsf", "hotStandbyRedundant"),
    (r"rpr[- ]?plus|warm", "warmStandbyRedundant"),
    (r"rpr|cold|eha?sa|hsa|processor", "coldStandbyRedundant"),
)
_BY_WORDS = {re.sub(r"[^a-z]", "", word.lower()): word for word in STATE.values()} | {"simplexmode": "disabled", "unknown": "notKnown"}


def reads(command: str) -> bool:
    """Say whether *command* tells of the two units."""
    return typed(command, "show redundancy [states]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield one state for this unit and one for its peer, and the modes."""
    del command
    yield from _modes(text)
    if mine := _MY_STATE.search(text):
        peer = _PEER_STATE.search(text)
        yield from _unit("This unit", mine[2])
        yield from _unit("Peer unit", peer[2] if peer else "")
        return
    states = _SOFTWARE.findall(text)
    missing = _NO_PEER.search(text)
    for item, said in zip(("This unit", "Peer unit"), [*states, missing[1] if missing else ""], strict=False):
        yield from _unit(item, said)


def state_of(said: str) -> str:
    """Return CISCO-RF-MIB's word for a state as the command says it ("STANDBY HOT")."""
    plain = re.sub(r"[^a-z]", "", said.lower())
    return _BY_WORDS.get(plain, f"other({said})")


def _unit(item: str, said: str) -> Iterator[Fact]:
    if said:
        yield Reading(metric="redundancy.state", item=item, index=item, value=state_of(said), raw=said, source=_SOURCE)


def _modes(text: str) -> Iterator[Fact]:
    hardware = _HARDWARE.search(text)
    for metric, item, pattern in (
        ("redundancy.configured", "Configured mode", _CONFIGURED),
        ("redundancy.mode", "Operating mode", _OPERATING),
    ):
        if found := pattern.search(text):
            mode = next((word for expression, word in _MODES if re.match(expression, found[1], re.IGNORECASE)), f"other({found[1]})")
            # One supervisor is one supervisor, whatever mode waits for a second one.
            mode = "nonRedundant" if item == "Operating mode" and hardware and hardware[1].lower() == "simplex" else mode
            yield Reading(metric=metric, item=item, index="0", value=mode, raw=found[1], source=_SOURCE)
