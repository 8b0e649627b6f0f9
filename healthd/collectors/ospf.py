"""OSPF neighbours and their states.

Sources: OSPF-MIB::ospfNbrTable (RFC 4750), OSPFV3-MIB::ospfv3NbrTable (RFC 5643).
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.catalogue.mibs.ospf import NEIGHBOURS, NEIGHBOURS_V3, STATE
from healthd.collectors import _names
from healthd.collectors._lines import Line, lines
from healthd.collectors._octets import address
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Neighbour

NEIGHBOUR = Metric(name="ospf.neighbor.state", unit="", kind=Kind.STATE, source="OSPF-MIB::ospfNbrState")
METRICS = (NEIGHBOUR,)
ASKS = (NEIGHBOURS, NEIGHBOURS_V3, INTERFACES, EXTENDED)
WORDS = {"OSPF-MIB::ospfNbrState": STATE, "OSPFV3-MIB::ospfv3NbrState": STATE}


def read(answers: Answers) -> Iterator[Fact]:
    """Yield the neighbours of both versions of the protocol."""
    for line in lines(answers, NEIGHBOURS):
        reached, _, unnumbered = line.index.rpartition(".")
        found = address(line.row.get("ospfNbrIpAddr")) or reached
        item = found if unnumbered == "0" else f"{found} interface {unnumbered}"
        yield _neighbour(line, "ospfNbrState", remote=address(line.row.get("ospfNbrRtrId")) or found, remote_address=found)
        yield from line.state(NEIGHBOUR, item, "ospfNbrState", STATE)
    yield from _version3(answers)


def _version3(answers: Answers) -> Iterator[Fact]:
    names = _names.ports(answers)
    for line in lines(answers, NEIGHBOURS_V3):
        interface, _, router = (*line.index.split("."), "", "")[:3]
        identity = str(address(int(router).to_bytes(4, "big"))) if router.isdigit() else router
        local = names.get(interface, interface)
        found = address(line.row.get("ospfv3NbrAddress"))
        yield _neighbour(line, "ospfv3NbrState", local=local, remote=identity, remote_address=found)
        yield from line.state(NEIGHBOUR, f"{identity} {local}", "ospfv3NbrState", STATE)


def _neighbour(line: Line, column: str, *, remote: str, remote_address: str, local: str = "") -> Neighbour:
    state = STATE.get(line.number(column) or 0, "")
    return Neighbour(protocol="ospf", local=local, remote=remote, remote_address=remote_address, state=state, index=line.index)
