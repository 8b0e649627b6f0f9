"""EIGRP neighbours.

Source: CISCO-EIGRP-MIB::cEigrpPeerTable. It lists only neighbours that are up; a lost one disappears.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.eigrp import PEERS
from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.collectors import _names
from healthd.collectors._lines import Line, lines
from healthd.collectors._octets import address
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Neighbour, Reading

NEIGHBOUR = Metric(name="eigrp.neighbor.state", unit="", kind=Kind.STATE, source="CISCO-EIGRP-MIB::cEigrpPeerAddr")
METRICS = (NEIGHBOUR,)
ASKS = (PEERS, INTERFACES, EXTENDED)


def read(answers: Answers) -> Iterator[Fact]:
    """Yield each neighbour, and that it is up."""
    names = _names.ports(answers)
    for line in lines(answers, PEERS):
        port = str(line.number("cEigrpPeerIfIndex"))
        local, found = names.get(port, ""), _address(line)
        asn = (*line.index.split("."), "", "")[1]
        yield Neighbour(
            protocol="eigrp",
            local=local,
            remote=found,
            remote_address=found,
            state="up",
            asn=int(asn) if asn.isdigit() else None,
            index=line.index,
        )
        yield Reading(metric=NEIGHBOUR.name, item=f"{found} {local}".strip(), value="up", index=line.index, source=NEIGHBOUR.source)


def _address(line: Line) -> str:
    """Return the neighbour's address; old images give it as text, newer ones as octets."""
    value = line.row.get("cEigrpPeerAddr")
    return address(value) or line.text("cEigrpPeerAddr")
