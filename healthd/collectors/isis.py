"""IS-IS adjacencies.

Sources: ISIS-MIB (RFC 4444) on IOS XR and NX-OS, CISCO-IETF-ISIS-MIB on IOS and IOS XE.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.catalogue.mibs.isis import (
    ADDRESSES,
    ADJACENCIES,
    CIRCUITS,
    CISCO_ADDRESSES,
    CISCO_ADJACENCIES,
    CISCO_CIRCUITS,
    STATE,
)
from healthd.collectors import _names
from healthd.collectors._lines import lines
from healthd.collectors._octets import address
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Neighbour
from healthd.model.request import Walk

ADJACENCY = Metric(name="isis.neighbor.state", unit="", kind=Kind.STATE, source="ISIS-MIB::isisISAdjState")
METRICS = (ADJACENCY,)
ASKS = (ADJACENCIES, ADDRESSES, CIRCUITS, CISCO_ADJACENCIES, CISCO_ADDRESSES, CISCO_CIRCUITS, INTERFACES, EXTENDED)
WORDS = {"ISIS-MIB::isisISAdjState": STATE, "CISCO-IETF-ISIS-MIB::isisISAdjState": STATE}


def read(answers: Answers) -> Iterator[Fact]:
    """Yield the adjacencies of whichever MIB the device fills."""
    yield from _adjacencies(answers, (ADJACENCIES, ADDRESSES, CIRCUITS))
    yield from _adjacencies(answers, (CISCO_ADJACENCIES, CISCO_ADDRESSES, CISCO_CIRCUITS))


def _adjacencies(answers: Answers, tables: tuple[Walk, Walk, Walk]) -> Iterator[Fact]:
    adjacencies, addresses, circuits = tables
    names = _names.ports(answers)
    ports = {line.index: str(line.number("isisCircIfIndex")) for line in lines(answers, circuits)}
    reached = {line.index.rpartition(".")[0]: address(line.row.get("isisISAdjIPAddrAddress")) for line in lines(answers, addresses)}
    for line in lines(answers, adjacencies):
        port, state = ports.get(line.index.partition(".")[0], ""), line.number("isisISAdjState")
        remote, local = system_id(line.row.get("isisISAdjNeighSysID")), names.get(port, port)
        yield Neighbour(
            protocol="isis",
            local=local,
            remote=remote,
            remote_address=reached.get(line.index, ""),
            state=STATE.get(state, "") if state is not None else "",
            index=line.index,
        )
        yield from line.state(ADJACENCY, f"{remote or line.index} {local}".strip(), "isisISAdjState", STATE)


def system_id(value: object) -> str:
    """Return six octets as IS-IS writes them, ``0102.4600.0005``; empty for anything else."""
    if not isinstance(value, bytes) or len(value) != 6:
        return ""
    digits = value.hex()
    return f"{digits[:4]}.{digits[4:8]}.{digits[8:]}"
