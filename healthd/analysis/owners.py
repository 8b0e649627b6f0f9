"""Whose a routing neighbour's address is, where neither the inventory nor CDP and LLDP say so.

Devices are asked at one address and speak to each other from others. Two ends
of a line know each other by the two addresses of its small subnet (/30, or
/31 by RFC 3021): who has a neighbour at the one end is the other end. A router
identity (RFC 2328, C.1) is an address of the router's own, most often the one
that we ask.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_address

from healthd.model.history import History
from healthd.model.poll import Poll

METRICS = ("ospf.neighbor.state", "bgp.peer.state", "eigrp.neighbor.state", "isis.neighbor.state")
PROTOCOLS = ("ospf", "bgp", "eigrp", "isis")

Heard = Mapping[str, frozenset[str]]
"""The addresses at which a device has, or had lately, routing neighbours; by device."""


def heard(history: History) -> Heard:
    """Return who had which routing neighbours inside the window and lately: a loss is missed at both of its ends."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for metric in METRICS:
        for series in (*history.series(metric), *history.missing(metric)):
            found[series.device].add(series.item.partition(" ")[0])
    return {device: frozenset(addresses) for device, addresses in found.items()}


def identified(polls: Iterable[Poll], addresses: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield neighbours' addresses with the device whose identity they gave; *addresses* are known by device."""
    for poll in polls:
        for seen in poll.neighbours:
            owner = addresses.get(seen.remote)
            if seen.protocol in PROTOCOLS and seen.remote_address and owner not in (None, poll.device):
                yield seen.remote_address, str(owner)


def far_end(device: str, address: str, known: Heard) -> str | None:
    """Return whose *address* is, at which *device* has a neighbour; None where nobody, or more than one, can be its other end."""
    pairs = set(_pairs(address, known.get(device, frozenset())))
    ends = {name for name, others in known.items() if name != device and others & pairs and address not in others}
    return next(iter(ends)) if len(ends) == 1 else None


def _pairs(address: str, others: frozenset[str]) -> Iterator[str]:
    """Yield the addresses that the other end of *address* can have: of its /31, and of its /30 unless more than two are in that."""
    try:
        own = ip_address(address)
    except ValueError:  # an IS-IS system identity
        return
    number = int(own)
    yield str(type(own)(number ^ 1))
    block = {str(type(own)(number & ~3 | low)) for low in range(4)}
    if number & 3 in (1, 2) and not block & others - {address}:
        yield str(type(own)(number ^ 3))
