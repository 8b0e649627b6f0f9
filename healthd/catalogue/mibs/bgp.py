"""BGP4-MIB (RFC 4273) and CISCO-BGP4-MIB: BGP peers."""

from healthd.model.request import Walk

PEERS = Walk(
    mib="BGP4-MIB",
    table="bgpPeerTable",
    entry="1.3.6.1.2.1.15.3.1",
    columns=(("bgpPeerState", 2), ("bgpPeerAdminStatus", 3), ("bgpPeerRemoteAs", 9), ("bgpPeerFsmEstablishedTime", 16)),
)
"""Row index: the peer's IPv4 address."""

PEERS2 = Walk(
    mib="CISCO-BGP4-MIB",
    table="cbgpPeer2Table",
    entry="1.3.6.1.4.1.9.9.187.1.2.5.1",
    columns=(("cbgpPeer2State", 3), ("cbgpPeer2AdminStatus", 4), ("cbgpPeer2RemoteAs", 11), ("cbgpPeer2FsmEstablishedTime", 19)),
)
"""Row index: InetAddressType.length.octets of the peer; knows IPv6 peers too."""

STATE = {1: "idle", 2: "connect", 3: "active", 4: "opensent", 5: "openconfirm", 6: "established"}
"""bgpPeerState and cbgpPeer2State."""

STOPPED = 1
"""AdminStatus stop: the peer is shut by the configuration."""
