"""Routing neighbours and routes: BGP, EIGRP, IS-IS; multicast: PIM.

Sources: BGP4-MIB (RFC 4273), CISCO-BGP4-MIB, CISCO-EIGRP-MIB, ISIS-MIB (RFC 4444), PIM-STD-MIB (RFC 5060),
PIM-BSR-MIB (RFC 5240), CISCO-PIM-MIB, CISCO-IPMROUTE-MIB, RSVP-MIB (RFC 2206).
"""

from healthd.catalogue.textual import ADDRESS_TYPE, ROW_STATUS, TRUTH
from healthd.catalogue.trap import CISCO, CISCO_TRIAL, MIB2, Object, Trap, counted, plain

_CBGP_PEER_PREV_STATE = counted("none idle connect active opensent openconfirm established", 0)
TRAPS = (
    Trap(name="bgpEstablishedNotification", oid=f"{MIB2}.15.0.1", severity=5, kind="bgp.established", item="bgpPeerRemoteAddr"),
    Trap(name="bgpBackwardTransNotification", oid=f"{MIB2}.15.0.2", severity=4, kind="bgp.lost", item="bgpPeerRemoteAddr", state="bgpPeerState", good=frozenset({"established"}), eased="bgp.established"),
    Trap(name="bgpEstablished", oid=f"{MIB2}.15.7.1", severity=5, kind="bgp.established", item="bgpPeerRemoteAddr"),
    Trap(name="bgpBackwardTransition", oid=f"{MIB2}.15.7.2", severity=4, kind="bgp.lost", item="bgpPeerRemoteAddr", state="bgpPeerState", good=frozenset({"established"}), eased="bgp.established"),
    Trap(name="cbgpFsmStateChange", oid=f"{CISCO}.187.0.1", severity=4, kind="bgp.lost", item="bgpPeerRemoteAddr", state="bgpPeerState", good=frozenset({"established"}), eased="bgp.established"),
    Trap(name="cbgpBackwardTransition", oid=f"{CISCO}.187.0.2", severity=4, kind="bgp.lost", item="bgpPeerRemoteAddr", state="bgpPeerState", good=frozenset({"established"}), eased="bgp.established"),
    Trap(name="cbgpPrefixThresholdExceeded", oid=f"{CISCO}.187.0.3", severity=4, kind="bgp.prefixes", item="bgpPeerRemoteAddr"),
    Trap(name="isisAdjacencyChange", oid=f"{MIB2}.138.0.17", severity=4, kind="isis.lost", state="isisAdjState", good=frozenset({"up"}), eased="isis.established"),
    Trap(name="cEigrpNbrDownEvent", oid=f"{CISCO}.449.0.4", severity=4, kind="eigrp.lost"),
    Trap(name="cbgpPrefixThresholdClear", oid=f"{CISCO}.187.0.4", severity=5, kind="bgp.prefixes-ok", item="bgpPeerRemoteAddr"),
    Trap(name="cbgpPeer2EstablishedNotification", oid=f"{CISCO}.187.0.5", severity=5, kind="bgp.established"),
    Trap(name="cbgpPeer2BackwardTransNotification", oid=f"{CISCO}.187.0.6", severity=4, kind="bgp.lost", state="cbgpPeer2State", good=frozenset({"established"}), eased="bgp.established"),
    Trap(name="cbgpPeer2FsmStateChange", oid=f"{CISCO}.187.0.7", severity=4, kind="bgp.lost", state="cbgpPeer2State", good=frozenset({"established"}), eased="bgp.established"),
    Trap(name="cbgpPeer2BackwardTransition", oid=f"{CISCO}.187.0.8", severity=4, kind="bgp.lost", state="cbgpPeer2State", good=frozenset({"established"}), eased="bgp.established"),
    Trap(name="cbgpPeer2PrefixThresholdExceeded", oid=f"{CISCO}.187.0.9", severity=4, kind="bgp.prefixes"),
    Trap(name="cbgpPeer2PrefixThresholdClear", oid=f"{CISCO}.187.0.10", severity=5, kind="bgp.prefixes-ok"),
    Trap(name="cEigrpAuthFailureEvent", oid=f"{CISCO}.449.0.1", severity=4, kind="eigrp.authentication"),
    Trap(name="cEigrpRouteStuckInActive", oid=f"{CISCO}.449.0.2", severity=4, kind="eigrp.stuck"),
    Trap(name="isisDatabaseOverload", oid=f"{MIB2}.138.0.1", severity=4, kind="isis.overload", state="isisSysLevelState", good=frozenset({"on"}), eased="isis.overload-ended"),
    Trap(name="isisManualAddressDrops", oid=f"{MIB2}.138.0.2", severity=4, kind="isis.area-dropped"),
    Trap(name="isisCorruptedLSPDetected", oid=f"{MIB2}.138.0.3", severity=4, kind="isis.corrupt"),
    Trap(name="isisAttemptToExceedMaxSequence", oid=f"{MIB2}.138.0.4", severity=4, kind="isis.sequence"),
    Trap(name="isisIDLenMismatch", oid=f"{MIB2}.138.0.5", severity=4, kind="isis.mismatch"),
    Trap(name="isisMaxAreaAddressesMismatch", oid=f"{MIB2}.138.0.6", severity=4, kind="isis.mismatch"),
    Trap(name="isisOwnLSPPurge", oid=f"{MIB2}.138.0.7", severity=4, kind="isis.purged"),
    Trap(name="isisSequenceNumberSkip", oid=f"{MIB2}.138.0.8", severity=4, kind="isis.sequence"),
    Trap(name="isisAuthenticationTypeFailure", oid=f"{MIB2}.138.0.9", severity=4, kind="isis.authentication"),
    Trap(name="isisAuthenticationFailure", oid=f"{MIB2}.138.0.10", severity=4, kind="isis.authentication"),
    Trap(name="isisVersionSkew", oid=f"{MIB2}.138.0.11", severity=4, kind="isis.mismatch"),
    Trap(name="isisAreaMismatch", oid=f"{MIB2}.138.0.12", severity=4, kind="isis.mismatch"),
    Trap(name="isisRejectedAdjacency", oid=f"{MIB2}.138.0.13", severity=4, kind="isis.rejected"),
    Trap(name="isisLSPTooLargeToPropagate", oid=f"{MIB2}.138.0.14", severity=4, kind="isis.mtu"),
    Trap(name="isisOrigLSPBuffSizeMismatch", oid=f"{MIB2}.138.0.15", severity=4, kind="isis.mismatch"),
    Trap(name="isisProtocolsSupportedMismatch", oid=f"{MIB2}.138.0.16", severity=4, kind="isis.mismatch"),
    Trap(name="isisLSPErrorDetected", oid=f"{MIB2}.138.0.18", severity=4, kind="isis.corrupt"),
    Trap(name="pimNeighborLoss", oid=f"{MIB2}.157.0.1", severity=4, kind="pim.lost"),
    Trap(name="pimInvalidRegister", oid=f"{MIB2}.157.0.2", severity=4, kind="pim.invalid"),
    Trap(name="pimInvalidJoinPrune", oid=f"{MIB2}.157.0.3", severity=4, kind="pim.invalid"),
    Trap(name="pimRPMappingChange", oid=f"{MIB2}.157.0.4", severity=5, kind="pim.rendezvous-changed"),
    Trap(name="pimInterfaceElection", oid=f"{MIB2}.157.0.5", severity=5, kind="pim.elected"),
    Trap(name="pimBsrElectedBSRLostElection", oid=f"{MIB2}.172.0.1", severity=4, kind="pim.bootstrap-changed"),
    Trap(name="pimBsrCandidateBSRWinElection", oid=f"{MIB2}.172.0.2", severity=5, kind="pim.bootstrap-changed"),
    Trap(name="ciscoPimInterfaceUp", oid=f"{CISCO}.184.2.0.1", severity=5, kind="pim.interface-up"),
    Trap(name="ciscoPimInterfaceDown", oid=f"{CISCO}.184.2.0.2", severity=4, kind="pim.interface-down"),
    Trap(name="ciscoPimRPMappingChange", oid=f"{CISCO}.184.2.0.3", severity=5, kind="pim.rendezvous-changed"),
    Trap(name="ciscoPimInvalidRegister", oid=f"{CISCO}.184.2.0.4", severity=4, kind="pim.invalid"),
    Trap(name="ciscoPimInvalidJoinPrune", oid=f"{CISCO}.184.2.0.5", severity=4, kind="pim.invalid"),
    Trap(name="ciscoIpMRouteMissingHeartBeats", oid=f"{CISCO_TRIAL}.2.3.1.0.1", severity=4, kind="multicast.heartbeat-lost"),
    Trap(name="newFlow", oid=f"{MIB2}.51.3.0.1", severity=5, kind="rsvp.flow-added"),
    Trap(name="lostFlow", oid=f"{MIB2}.51.3.0.2", severity=4, kind="rsvp.flow-lost"),
    Trap(name="rpkiRtrCacheServerConnectionStateChange", oid=f"{MIB2}.218.0.1", severity=4, kind="rpki.changed"),
    Trap(name="rpkiRtrCacheServerConnectionToGoStale", oid=f"{MIB2}.218.0.2", severity=4, kind="rpki.stale"),
)  # fmt: skip

OBJECTS = (
    Object(name="cbgpPeerPrevState", oid=f"{CISCO}.187.1.2.1.1.8", words=_CBGP_PEER_PREV_STATE),
    Object(name="isisNotificationSysLevelIndex", oid=f"{MIB2}.138.1.10.1.1", words=counted("level1 level2 level1and2")),
    Object(name="isisAdjState", oid=f"{MIB2}.138.1.10.1.12", words=counted("down initializing up failed")),
    Object(name="cbgpPeer2PrevState", oid=f"{CISCO}.187.1.2.5.1.29", words=_CBGP_PEER_PREV_STATE),
    Object(name="cEigrpPeerAddrType", oid=f"{CISCO}.449.1.4.1.1.2", words=ADDRESS_TYPE),
    Object(name="cEigrpStuckInActive", oid=f"{CISCO}.449.1.3.1.1.6", words=TRUTH),
    Object(name="isisSysLevelState", oid=f"{MIB2}.138.1.2.1.1.4", words=counted("off on waiting overloaded")),
    Object(name="pimGroupMappingPimMode", oid=f"{MIB2}.157.1.13.1.7", words=counted("none ssm asm bidir dm other")),
    Object(name="pimInvalidRegisterAddressType", oid=f"{MIB2}.157.1.33", words=ADDRESS_TYPE),
    Object(name="pimInvalidJoinPruneAddressType", oid=f"{MIB2}.157.1.39", words=ADDRESS_TYPE),
    Object(name="pimInterfaceAddressType", oid=f"{MIB2}.157.1.1.1.3", words=ADDRESS_TYPE),
    Object(name="pimBsrElectedBSRAddressType", oid=f"{MIB2}.172.1.4.1.2", words=ADDRESS_TYPE),
    Object(name="pimBsrCandidateBSRElectedBSR", oid=f"{MIB2}.172.1.3.1.6", words=TRUTH),
    Object(name="intSrvFlowStatus", oid=f"{MIB2}.52.1.2.1.25", words=ROW_STATUS),
    Object(name="rsvpResvFwdStatus", oid=f"{MIB2}.51.1.5.1.28", words=ROW_STATUS),
    Object(name="rsvpResvStatus", oid=f"{MIB2}.51.1.4.1.28", words=ROW_STATUS),
    Object(name="rsvpSenderStatus", oid=f"{MIB2}.51.1.2.1.44", words=ROW_STATUS),
    Object(name="rpkiRtrCacheServerConnectionStatus", oid=f"{MIB2}.218.1.2.1.9", words={1: "up", 2: "down"}),
    *plain(f"{MIB2}.15.3.1", "bgpPeerRemoteAddr 7, bgpPeerLastError 14"),
    *plain(f"{CISCO}.187.1.2.1.1", "cbgpPeerLastErrorTxt 7"),
    *plain(f"{CISCO}.187.1.2.4.1", "cbgpPeerPrefixAdminLimit 3, cbgpPeerPrefixThreshold 4, cbgpPeerPrefixClearThreshold 5"),
    *plain(f"{MIB2}.138.1.10.1",
        "isisNotificationCircIfIndex 2, isisPduLspId 3, isisNotificationAreaAddress 15, isisPduFieldLen 5, isisPduFragment 4, "
        "isisPduMaxAreaAddress 6, isisPduProtocolVersion 7, isisPduLspSize 8, isisPduOriginatingBufferSize 9, isisPduBufferSize "
        "10, isisPduProtocolsSupported 11, isisErrorOffset 13, isisErrorTLVType 14"
    ),
    *plain(f"{CISCO}.187.1.2.5.1", "cbgpPeer2LastError 17, cbgpPeer2LastErrorTxt 28"),
    *plain(f"{CISCO}.187.1.2.8.1", "cbgpPeer2PrefixAdminLimit 3, cbgpPeer2PrefixThreshold 4, cbgpPeer2PrefixClearThreshold 5"),
    *plain(f"{MIB2}.157.1.2.1", "pimNeighborUpTime 6"),
    *plain(f"{MIB2}.157.1",
        "pimInvalidRegisterOrigin 34, pimInvalidRegisterGroup 35, pimInvalidRegisterRp 36, pimInvalidJoinPruneOrigin 40, "
        "pimInvalidJoinPruneGroup 41, pimInvalidJoinPruneRp 42"
    ),
    *plain(f"{MIB2}.157.1.13.1", "pimGroupMappingPrecedence 8"),
    *plain(f"{MIB2}.157.1.1.1", "pimInterfaceAddress 4"),
    *plain(f"{MIB2}.172.1.4.1", "pimBsrElectedBSRAddress 3, pimBsrElectedBSRPriority 4"),
    *plain(f"{MIB2}.51.1.1.1", "rsvpSessionDestAddr 3"),
    *plain(f"{MIB2}.218.1.2.1",
        "rpkiRtrCacheServerLatestSerial 19, rpkiRtrCacheServerSessionID 20, rpkiRtrCacheServerV4ActiveRecords 13, "
        "rpkiRtrCacheServerV6ActiveRecords 16, rpkiRtrCacheServerRefreshTimer 21, rpkiRtrCacheServerTimeToRefresh 22"
    ),
)  # fmt: skip
