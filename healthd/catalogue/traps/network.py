"""Links, ports, spanning tree, gateways, routing, probes, load.

Sources: IF-MIB (RFC 2863), BRIDGE-MIB (RFC 4188), CISCO-ERR-DISABLE-MIB, CISCO-STP-EXTENSIONS-MIB,
CISCO-UDLDP-MIB, CISCO-HSRP-MIB, VRRP-MIB (RFC 2787), BGP4-MIB (RFC 4273), CISCO-BGP4-MIB,
OSPF-TRAP-MIB (RFC 4750), ISIS-MIB (RFC 4444), CISCO-EIGRP-MIB, CISCO-RTTMON-MIB, CISCO-PROCESS-MIB,
CISCO-MEMORY-POOL-MIB, RMON-MIB (RFC 2819).
"""

from healthd.catalogue.trap import Object, Trap

_SNMP, _BGP, _OSPF, _RTT = "1.3.6.1.6.3.1.1.5", "1.3.6.1.2.1.15", "1.3.6.1.2.1.14", "1.3.6.1.4.1.9.9.42"
_CBGP, _CPU, _STPX, _ERR = "1.3.6.1.4.1.9.9.187", "1.3.6.1.4.1.9.9.109", "1.3.6.1.4.1.9.9.82", "1.3.6.1.4.1.9.9.548"
_FULL, _EST = frozenset({"full", "twoWay"}), frozenset({"established"})
_PEER = {"kind": "bgp.lost", "state": "bgpPeerState", "good": _EST, "eased": "bgp.established", "item": "bgpPeerRemoteAddr"}
_RTT_ITEM = {"item": "rttMonCtrlAdminTag"}

TRAPS = (
    Trap(name="linkDown", oid=f"{_SNMP}.3", severity=4, kind="interface.down", item="ifDescr"),
    Trap(name="linkUp", oid=f"{_SNMP}.4", severity=5, kind="interface.up", item="ifDescr"),
    Trap(name="newRoot", oid="1.3.6.1.2.1.17.0.1", severity=5, kind="stp.new-root"),
    Trap(name="topologyChange", oid="1.3.6.1.2.1.17.0.2", severity=5, kind="stp.topology-change"),
    Trap(name="cErrDisableInterfaceEvent", oid=f"{_ERR}.0.1", severity=4, kind="interface.err-disabled"),
    Trap(name="cErrDisableInterfaceEventRev1", oid=f"{_ERR}.0.2", severity=4, kind="interface.err-disabled", item="ifName"),
    Trap(name="stpxInconsistencyUpdate", oid=f"{_STPX}.2.0.1", severity=4, kind="stp.inconsistent"),
    Trap(name="stpxRootInconsistencyUpdate", oid=f"{_STPX}.2.0.2", severity=4, kind="stp.root-inconsistent"),
    Trap(name="stpxLoopInconsistencyUpdate", oid=f"{_STPX}.2.0.3", severity=4, kind="stp.loop-inconsistent"),
    Trap(name="cudldpFastHelloLinkFailRptNotification", oid="1.3.6.1.4.1.9.9.118.0.1", severity=4, kind="interface.one-way", item="ifName"),
    Trap(name="cHsrpStateChange", oid="1.3.6.1.4.1.9.9.106.2.0.1", severity=4, kind="hsrp.changed", state="cHsrpGrpStandbyState", good=frozenset({"active", "standby"}), eased="hsrp.settled"),
    Trap(name="vrrpTrapNewMaster", oid="1.3.6.1.2.1.68.0.1", severity=5, kind="vrrp.new-master", item="vrrpOperationsMasterIpAddr"),
    Trap(name="vrrpTrapAuthFailure", oid="1.3.6.1.2.1.68.0.2", severity=4, kind="vrrp.authentication"),
    Trap(name="bgpEstablishedNotification", oid=f"{_BGP}.0.1", severity=5, kind="bgp.established", item="bgpPeerRemoteAddr"),
    Trap(name="bgpBackwardTransNotification", oid=f"{_BGP}.0.2", severity=4, **_PEER),  # type: ignore[arg-type]
    Trap(name="bgpEstablished", oid=f"{_BGP}.7.1", severity=5, kind="bgp.established", item="bgpPeerRemoteAddr"),
    Trap(name="bgpBackwardTransition", oid=f"{_BGP}.7.2", severity=4, **_PEER),  # type: ignore[arg-type]
    Trap(name="cbgpFsmStateChange", oid=f"{_CBGP}.0.1", severity=4, **_PEER),  # type: ignore[arg-type]
    Trap(name="cbgpBackwardTransition", oid=f"{_CBGP}.0.2", severity=4, **_PEER),  # type: ignore[arg-type]
    Trap(name="cbgpPrefixThresholdExceeded", oid=f"{_CBGP}.0.3", severity=4, kind="bgp.prefixes", item="bgpPeerRemoteAddr"),
    Trap(name="ospfNbrStateChange", oid=f"{_OSPF}.16.2.2", severity=4, kind="ospf.lost", state="ospfNbrState", good=_FULL, eased="ospf.established", item="ospfNbrIpAddr"),
    Trap(name="ospfIfStateChange", oid=f"{_OSPF}.16.2.16", severity=4, kind="ospf.interface", item="ospfIfIpAddress"),
    Trap(name="ospfIfConfigError", oid=f"{_OSPF}.16.2.4", severity=4, kind="ospf.misconfigured", item="ospfIfIpAddress"),
    Trap(name="ospfIfAuthFailure", oid=f"{_OSPF}.16.2.6", severity=4, kind="ospf.authentication", item="ospfIfIpAddress"),
    Trap(name="ospfTxRetransmit", oid=f"{_OSPF}.16.2.10", severity=4, kind="ospf.retransmit", item="ospfNbrRtrId"),
    Trap(name="isisAdjacencyChange", oid="1.3.6.1.2.1.138.0.17", severity=4, kind="isis.lost", state="isisAdjState", good=frozenset({"up"}), eased="isis.established"),
    Trap(name="cEigrpNbrDownEvent", oid="1.3.6.1.4.1.9.9.449.0.4", severity=4, kind="eigrp.lost"),
    Trap(name="rttMonConnectionChangeNotification", oid=f"{_RTT}.2.0.1", severity=4, kind="ipsla.connection", state="rttMonCtrlOperConnectionLostOccurred", good=frozenset({"false"}), eased="ipsla.ok", **_RTT_ITEM),
    Trap(name="rttMonTimeoutNotification", oid=f"{_RTT}.2.0.2", severity=4, kind="ipsla.timeout", state="rttMonCtrlOperTimeoutOccurred", good=frozenset({"false"}), eased="ipsla.ok", **_RTT_ITEM),
    Trap(name="rttMonThresholdNotification", oid=f"{_RTT}.2.0.3", severity=4, kind="ipsla.threshold", state="rttMonCtrlOperOverThresholdOccurred", good=frozenset({"false"}), eased="ipsla.ok", **_RTT_ITEM),
    Trap(name="rttMonNotification", oid=f"{_RTT}.2.0.5", severity=4, kind="ipsla.reaction", state="rttMonReactOccurred", good=frozenset({"false"}), eased="ipsla.ok", **_RTT_ITEM),
    Trap(name="cpmCPURisingThreshold", oid=f"{_CPU}.2.0.1", severity=4, kind="cpu.high"),
    Trap(name="cpmCPUFallingThreshold", oid=f"{_CPU}.2.0.2", severity=4, kind="cpu.ok"),
    Trap(name="ciscoMemoryPoolLowMemoryNotif", oid="1.3.6.1.4.1.9.9.48.2.0.1", severity=4, kind="memory.low", item="ciscoMemoryPoolName"),
    Trap(name="ciscoMemoryPoolLowMemoryRecoveryNotif", oid="1.3.6.1.4.1.9.9.48.2.0.2", severity=5, kind="memory.ok", item="ciscoMemoryPoolName"),
    Trap(name="risingAlarm", oid="1.3.6.1.2.1.16.0.1", severity=4, kind="rmon.rising", item="alarmIndex"),
    Trap(name="fallingAlarm", oid="1.3.6.1.2.1.16.0.2", severity=4, kind="rmon.falling", item="alarmIndex"),
)  # fmt: skip

_TRUTH = {1: "true", 2: "false"}
_OSPF_STATE = {1: "down", 2: "attempt", 3: "init", 4: "twoWay", 5: "exchangeStart", 6: "exchange", 7: "loading", 8: "full"}
_BGP_STATE = {1: "idle", 2: "connect", 3: "active", 4: "opensent", 5: "openconfirm", 6: "established"}
_STATUS = {1: "up", 2: "down", 3: "testing", 4: "unknown", 5: "dormant", 6: "notPresent", 7: "lowerLayerDown"}

OBJECTS = (
    Object(name="ifIndex", oid="1.3.6.1.2.1.2.2.1.1"),
    Object(name="ifDescr", oid="1.3.6.1.2.1.2.2.1.2"),
    Object(name="ifType", oid="1.3.6.1.2.1.2.2.1.3"),
    Object(name="ifAdminStatus", oid="1.3.6.1.2.1.2.2.1.7", words=_STATUS),
    Object(name="ifOperStatus", oid="1.3.6.1.2.1.2.2.1.8", words=_STATUS),
    Object(name="ifName", oid="1.3.6.1.2.1.31.1.1.1.1"),
    Object(name="ifAlias", oid="1.3.6.1.2.1.31.1.1.1.18"),
    Object(name="locIfReason", oid="1.3.6.1.4.1.9.2.2.1.1.20"),
    Object(name="bgpPeerState", oid=f"{_BGP}.3.1.2", words=_BGP_STATE),
    Object(name="bgpPeerRemoteAddr", oid=f"{_BGP}.3.1.7"),
    Object(name="bgpPeerLastError", oid=f"{_BGP}.3.1.14"),
    Object(name="cbgpPeerLastErrorTxt", oid=f"{_CBGP}.1.2.1.1.7"),
    Object(name="cbgpPeerPrevState", oid=f"{_CBGP}.1.2.1.1.8", words={0: "none", **_BGP_STATE}),
    Object(name="ospfRouterId", oid=f"{_OSPF}.1.1"),
    Object(name="ospfIfIpAddress", oid=f"{_OSPF}.7.1.1"),
    Object(name="ospfAddressLessIf", oid=f"{_OSPF}.7.1.2"),
    Object(name="ospfIfState", oid=f"{_OSPF}.7.1.12", words={1: "down", 2: "loopback", 3: "waiting", 4: "pointToPoint", 5: "designatedRouter", 6: "backupDesignatedRouter", 7: "otherDesignatedRouter"}),
    Object(name="ospfNbrIpAddr", oid=f"{_OSPF}.10.1.1"),
    Object(name="ospfNbrAddressLessIndex", oid=f"{_OSPF}.10.1.2"),
    Object(name="ospfNbrRtrId", oid=f"{_OSPF}.10.1.3"),
    Object(name="ospfNbrState", oid=f"{_OSPF}.10.1.6", words=_OSPF_STATE),
    Object(name="ospfPacketSrc", oid=f"{_OSPF}.16.1.4"),
    Object(name="ospfPacketType", oid=f"{_OSPF}.16.1.3", words={1: "hello", 2: "dbDescript", 3: "lsReq", 4: "lsUpdate", 5: "lsAck", 6: "nullPacket"}),
    Object(
        name="ospfConfigErrorType",
        oid=f"{_OSPF}.16.1.2",
        words={1: "badVersion", 2: "areaMismatch", 3: "unknownNbmaNbr", 4: "unknownVirtualNbr", 5: "authTypeMismatch", 6: "authFailure", 7: "netMaskMismatch", 8: "helloIntervalMismatch", 9: "deadIntervalMismatch", 10: "optionMismatch", 11: "mtuMismatch", 12: "duplicateRouterId", 13: "noError"},
    ),
    Object(name="isisAdjState", oid="1.3.6.1.2.1.138.1.10.1.12", words={1: "down", 2: "initializing", 3: "up", 4: "failed"}),
    Object(name="isisPduLspId", oid="1.3.6.1.2.1.138.1.10.1.3"),
    Object(name="vrrpOperationsMasterIpAddr", oid="1.3.6.1.2.1.68.1.7.1.7"),
    Object(name="vrrpNewMasterReason", oid="1.3.6.1.2.1.68.1.9", words={0: "notMaster", 1: "priority", 2: "preempted", 3: "masterNoResponse"}),
    Object(name="stpxInconsistentState", oid=f"{_STPX}.1.3.1.1.3", words=_TRUTH),
    Object(name="stpxRootInconsistencyState", oid=f"{_STPX}.1.5.2.1.3", words=_TRUTH),
    Object(name="stpxLoopInconsistencyState", oid=f"{_STPX}.1.8.2.1.3", words=_TRUTH),
    Object(name="rttMonCtrlAdminTag", oid=f"{_RTT}.1.2.1.1.3"),
    Object(name="rttMonHistoryCollectionAddress", oid=f"{_RTT}.1.4.1.1.5"),
    Object(name="rttMonCtrlOperConnectionLostOccurred", oid=f"{_RTT}.1.2.9.1.5", words=_TRUTH),
    Object(name="rttMonCtrlOperTimeoutOccurred", oid=f"{_RTT}.1.2.9.1.6", words=_TRUTH),
    Object(name="rttMonCtrlOperOverThresholdOccurred", oid=f"{_RTT}.1.2.9.1.7", words=_TRUTH),
    Object(name="rttMonReactOccurred", oid=f"{_RTT}.1.2.19.1.10", words=_TRUTH),
    Object(name="cpmCPURisingThresholdValue", oid=f"{_CPU}.1.2.4.1.2"),
    Object(name="cpmCPUFallingThresholdValue", oid=f"{_CPU}.1.2.4.1.4"),
    Object(name="cpmCPUTotalMonIntervalValue", oid=f"{_CPU}.1.1.1.1.10"),
    Object(name="ciscoMemoryPoolName", oid="1.3.6.1.4.1.9.9.48.1.1.1.2"),
    Object(name="ciscoMemoryPoolUsed", oid="1.3.6.1.4.1.9.9.48.1.1.1.5"),
    Object(name="alarmIndex", oid="1.3.6.1.2.1.16.3.1.1.1"),
    Object(name="alarmVariable", oid="1.3.6.1.2.1.16.3.1.1.3"),
    Object(name="alarmValue", oid="1.3.6.1.2.1.16.3.1.1.5"),
)  # fmt: skip
