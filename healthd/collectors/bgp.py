"""BGP peers and their sessions.

Sources: CISCO-BGP4-MIB::cbgpPeer2Table (IPv4 and IPv6), else BGP4-MIB::bgpPeerTable (RFC 4273).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from healthd.catalogue.mibs.bgp import PEERS, PEERS2, STATE, STOPPED
from healthd.collectors._lines import Line, lines
from healthd.collectors._octets import inside
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Neighbour

PEER = Metric(name="bgp.peer.state", unit="", kind=Kind.STATE, source="CISCO-BGP4-MIB::cbgpPeer2State")
ADMIN = Metric(name="bgp.peer.admin", unit="", kind=Kind.STATE, source="CISCO-BGP4-MIB::cbgpPeer2AdminStatus")
METRICS = (PEER, ADMIN)
ASKS = (PEERS2, PEERS)
WORDS = {"CISCO-BGP4-MIB::cbgpPeer2State": STATE, "BGP4-MIB::bgpPeerState": STATE}

_ADMIN = {STOPPED: "stop", 2: "start"}


@dataclass(frozen=True, slots=True)
class _Peer:
    line: Line
    address: str
    prefix: str

    def facts(self) -> Iterator[Fact]:
        state = self.line.number(f"{self.prefix}State")
        yield Neighbour(
            protocol="bgp",
            remote=self.address,
            remote_address=self.address,
            state=STATE.get(state, "") if state is not None else "",
            asn=self.line.number(f"{self.prefix}RemoteAs"),
            index=self.line.index,
        )
        yield from self.line.state(PEER, self.address, f"{self.prefix}State", STATE)
        yield from self.line.state(ADMIN, self.address, f"{self.prefix}AdminStatus", _ADMIN)


def read(answers: Answers) -> Iterator[Fact]:
    """Yield each peer once, with the state of its session."""
    newer = [_Peer(line, inside(line.index.split(".")[1:]), "cbgpPeer2") for line in lines(answers, PEERS2)]
    told = {peer.address for peer in newer}
    older = [_Peer(line, line.index, "bgpPeer") for line in lines(answers, PEERS)]
    for peer in (*newer, *(peer for peer in older if peer.address not in told)):
        yield from peer.facts()
