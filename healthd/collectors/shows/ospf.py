"""OSPF neighbours: ``show ip ospf neighbor``, ``show ipv6 ospf neighbor``, ``show ospf neighbor``, each also with ``detail``.

Sources: Cisco IOS IP Routing: OSPF Command Reference, Cisco Nexus 9000 NX-OS, IOS XR and ASA command references.
"""

import re
from collections.abc import Iterator

from healthd.collectors.ospf import NEIGHBOUR
from healthd.collectors.shows import _addresses
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Neighbour, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()
ALONE = (Show("show ip ospf neighbor"), Show("show ospf neighbor"))

_STATE = {"2way": "twoWay", "exstart": "exchangeStart"}
_LINE = re.compile(
    rf"[ \t]*(?P<router>{_addresses.IPV4})\s+(?:\d+|N/A)\s+(?P<state>[A-Z0-9]+)\s*/\s*(?:[A-Z]+|-)\s+(?P<time>\S+)\s+"
    rf"(?P<address>{_addresses.IPV4}|\d+)\s+(?P<local>\S+)"
)
_DETAIL = re.compile(
    rf"^[ \t]*Neighbor (?P<router>{_addresses.IPV4})(?:,? *interface address (?P<address>{_addresses.IPV4}))?[^\n]*\n"
    r".{0,200}?(?:via |through |)interface (?P<local>[^\s,]+).{0,200}?State is (?P<state>\w+)",
    re.MULTILINE | re.DOTALL,
)
_VRF = re.compile(r"\bVRF[: ]+(\S+)", re.IGNORECASE)


def reads(command: str) -> bool:
    """Say whether *command* lists OSPF neighbours."""
    return typed(
        command,
        "show ip ospf neighbors *",
        "show ip ospf vrf * neighbors *",
        "show ipv6 ospf neighbors *",
        "show ospf neighbors *",
        "show ospf vrf * neighbors *",
        "show ospfv3 neighbors *",
        "show ospfv3 vrf * neighbors *",
        "show ospfv3 ipv4|ipv6 neighbors *",
    ) or bool(re.fullmatch(r"show (?:ip |ipv6 )?ospf(?:v3)? \d+ nei\w*(?: \S+)*", command))


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the neighbours, and the state of each adjacency."""
    vrf = ""
    found = [*_DETAIL.finditer(text)]
    for line in text.splitlines() if not found else ():
        if said := _VRF.search(line):
            vrf = said[1].rstrip(",:")
        if match := _LINE.match(line):
            yield from _facts(match, vrf, command)
    for match in found:
        yield from _facts(match, "", command)


def _facts(found: re.Match[str], vrf: str, command: str) -> Iterator[Fact]:
    state, local = found["state"].lower(), found["local"].rstrip("*#")
    # OSPFv3 prints the neighbour's interface number where OSPFv2 has its address.
    address = found["address"] if found["address"] and "." in found["address"] else ""
    item = address or f"{found['router']} {local}"
    yield Neighbour(protocol="ospf", local=local, remote=found["router"], remote_address=address, state=state)
    yield Reading(
        metric=NEIGHBOUR.name,
        item=item if vrf in ("", "default") else f"{item} vrf {vrf}",
        value=_STATE.get(state, state),
        raw=found["state"],
        source=command,
    )
