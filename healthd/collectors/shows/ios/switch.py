"""``show switch``, ``show switch detail``, and the same table in ``show platform``: members, ports and ring of a stack.

Source: Cisco Catalyst 9300 Series Stack Manager Command Reference, "show switch". The words are CISCO-STACKWISE-MIB's.
"""

import re
from collections.abc import Iterator, Mapping

from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS = (Show("show switch detail"),)

_SOURCE = "show switch"
_MEMBER = re.compile(
    r"\s*\*?\s*(\d+)\s+(Active|Standby|Member|Master|Slave)\s+(?:([0-9a-f.]{14})\s+)?(\d+)\s+(?:(?!Ready|Init|Prov|Remo|V-Mis|Ver|SDM|Fea|Added|Wait|Prog|HA|Sync|Unpro|New|Inv|Loss|Lost)(\S+)\s+)?(\S.*?)\s*$",
    re.IGNORECASE,
)  # fmt: skip
_PORTS = re.compile(r"\s*(\d+)\s+(OK|UP|DOWN|ABSENT|SHUTDOWN|FORCED DOWN|NONE)\s+(OK|UP|DOWN|ABSENT|SHUTDOWN|FORCED DOWN|NONE)\s+(\S+)\s+(\S+)\s*$", re.IGNORECASE)  # fmt: skip
_ROLES = {"active": "master", "master": "master", "standby": "standby", "member": "member", "slave": "member"}
_STATES: tuple[tuple[str, str], ...] = (
    (r"unprovisioned", "unprovisioned"),
    (r"provisioned", "provisioned"),
    (r"ready", "ready"),
    (r"removed", "removed"),
    (r"v(?:er(?:sion)?)?[- ]?mis", "verMismatch"),
    (r"sdm", "sdmMismatch"),
    (r"fea(?:ture)?[- ]?mis|lic\w*[- ]?mis", "featureMismatch"),
    (r"added", "added"),
    (r"wait", "waiting"),
    (r"new master|new active", "newMasterInit"),
    (r"prog|init|sync|ha ?sync|boot|sup", "progressing"),
    (r"invalid|mismatch|fail|lost|loss", "invalid"),
)
_UP = {"ok": "up", "up": "up", "shutdown": "forcedDown", "forced down": "forcedDown"}


def reads(command: str) -> bool:
    """Say whether *command* lists the switches of a stack."""
    return typed(command, "show switch [detail]", "show platform")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield role and state of every switch, the state of every stack port, and whether the ring is whole."""
    del command
    ports: dict[str, str] = {}
    there = 0
    for line in text.splitlines():
        if found := _MEMBER.match(line):
            state = state_of(found[6])
            there += state not in ("provisioned", "removed", "unprovisioned")
            yield from _member(found[1], found[2], state, found[6])
        elif found := _PORTS.match(line):
            for number in (1, 2):
                ports[f"Switch {found[1]} stack port {number}"] = _UP.get(found[number + 1].lower(), "down")
    yield from _stack_ports(ports, there)


def state_of(said: str) -> str:
    """Return CISCO-STACKWISE-MIB's word for a switch's state as the command says it."""
    return next((word for pattern, word in _STATES if re.match(pattern, said, re.IGNORECASE)), f"other({said})")


def _member(number: str, role: str, state: str, said: str) -> Iterator[Fact]:
    item = f"Switch {number}"
    yield Reading(metric="stack.member.state", item=item, index=item, value=state, raw=said, source=_SOURCE)
    yield Reading(metric="stack.member.role", item=item, index=item, value=_ROLES[role.lower()], raw=role, source=_SOURCE)


def _stack_ports(ports: Mapping[str, str], there: int) -> Iterator[Fact]:
    """A switch that stands alone has no ring: its ports are down and that is no fault."""
    for item, state in ports.items():
        yield Reading(metric="stack.port.state", item=item, index=item, value=state, source=_SOURCE)
    if ports and there > 1:
        whole = "redundant" if all(state == "up" for state in ports.values()) else "notRedundant"
        yield Reading(metric="stack.ring", item="Stack ring", index="0", value=whole, source=_SOURCE)
