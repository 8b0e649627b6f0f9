"""EIGRP neighbours: ``show ip eigrp neighbors``, ``show ipv6 eigrp neighbors``, ``show eigrp address-family ipv4 neighbors``.

Source: Cisco IOS IP Routing: EIGRP Command Reference. Only neighbours that are up are listed; a lost one disappears.
"""

import re
from collections.abc import Iterator

from healthd.collectors.eigrp import NEIGHBOUR
from healthd.collectors.shows import _addresses
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Neighbour, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()

_PROCESS = re.compile(r"EIGRP.*neighbors for (?:process|AS)[ (]*(\d+)", re.IGNORECASE)
_SHORT = re.compile(
    r"\s*\d+\s+(?P<address>\S+|Link[ -]local address:)\s+(?P<local>[A-Za-z][^\s]*\d\S*)\s+\d+\s+(?:\d+:\d\d:\d\d|(?:\d+[ywdh])+)\s"
)


def reads(command: str) -> bool:
    """Say whether *command* lists EIGRP neighbours."""
    return typed(
        command,
        "show ip|ipv6 eigrp neighbors *",
        "show ip|ipv6 eigrp vrf * neighbors *",
        "show eigrp neighbors *",
        "show eigrp * neighbors *",
    )


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield each neighbour, and that it is up."""
    asn: int | None = None
    local = ""
    for line in text.splitlines():
        if process := _PROCESS.search(line):
            asn = int(process[1])
        elif found := _SHORT.match(line):
            local = found["local"]
            if address := _addresses.first(found["address"]):
                yield from _facts(address, local, asn, command)
                local = ""
        elif local and (address := _addresses.first(line)):
            # A link-local address of IPv6 stands on the line below.
            yield from _facts(address, local, asn, command)
            local = ""


def _facts(address: str, local: str, asn: int | None, command: str) -> Iterator[Fact]:
    yield Neighbour(protocol="eigrp", local=local, remote=address, remote_address=address, state="up", asn=asn)
    yield Reading(metric=NEIGHBOUR.name, item=f"{address} {local}", value="up", source=command)
