"""OSPF for IPv4 and IPv6.

Sources: OSPF-TRAP-MIB (RFC 4750), CISCO-OSPF-TRAP-MIB, OSPFV3-MIB (RFC 5643).
"""

from healthd.catalogue.textual import ADDRESS_TYPE, OSPF_NEIGHBOUR
from healthd.catalogue.trap import CISCO_TRIAL, MIB2, Object, Trap, counted, plain

_OSPF_PACKET_TYPE = counted("hello dbDescript lsReq lsUpdate lsAck nullPacket")
_OSPF_VIRT_IF_STATE = {1: "down", 4: "pointToPoint"}
_OSPF_AREA_NSSA_TRANSLATOR_STATE = counted("enabled elected disabled")
_OSPF_RESTART_STATUS = counted("notRestarting plannedRestart unplannedRestart")
_OSPF_RESTART_EXIT_REASON = counted("none inProgress completed timedOut topologyChanged")
_OSPF_NBR_RESTART_HELPER_STATUS = {1: "notHelping", 2: "helping"}
TRAPS = (
    Trap(name="ospfNbrStateChange", oid=f"{MIB2}.14.16.2.2", severity=4, kind="ospf.lost", item="ospfNbrIpAddr", state="ospfNbrState", good=frozenset({"full", "twoWay"}), eased="ospf.established"),
    Trap(name="ospfIfStateChange", oid=f"{MIB2}.14.16.2.16", severity=4, kind="ospf.interface", item="ospfIfIpAddress"),
    Trap(name="ospfIfConfigError", oid=f"{MIB2}.14.16.2.4", severity=4, kind="ospf.misconfigured", item="ospfIfIpAddress"),
    Trap(name="ospfIfAuthFailure", oid=f"{MIB2}.14.16.2.6", severity=4, kind="ospf.authentication", item="ospfIfIpAddress"),
    Trap(name="ospfTxRetransmit", oid=f"{MIB2}.14.16.2.10", severity=4, kind="ospf.retransmit", item="ospfNbrRtrId"),
    Trap(name="ospfVirtIfStateChange", oid=f"{MIB2}.14.16.2.1", severity=4, kind="ospf.interface", state="ospfVirtIfState", good=frozenset({"pointToPoint"}), eased="ospf.interface-up"),
    Trap(name="ospfVirtNbrStateChange", oid=f"{MIB2}.14.16.2.3", severity=4, kind="ospf.lost", item="ospfVirtNbrRtrId", state="ospfVirtNbrState", good=frozenset({"full"}), eased="ospf.established"),
    Trap(name="ospfVirtIfConfigError", oid=f"{MIB2}.14.16.2.5", severity=4, kind="ospf.misconfigured", item="ospfVirtIfNeighbor"),
    Trap(name="ospfVirtIfAuthFailure", oid=f"{MIB2}.14.16.2.7", severity=4, kind="ospf.authentication", item="ospfVirtIfNeighbor"),
    Trap(name="ospfIfRxBadPacket", oid=f"{MIB2}.14.16.2.8", severity=4, kind="ospf.bad-packet", item="ospfIfIpAddress"),
    Trap(name="ospfVirtIfRxBadPacket", oid=f"{MIB2}.14.16.2.9", severity=4, kind="ospf.bad-packet", item="ospfVirtIfNeighbor"),
    Trap(name="ospfVirtIfTxRetransmit", oid=f"{MIB2}.14.16.2.11", severity=4, kind="ospf.retransmit", item="ospfVirtIfNeighbor"),
    Trap(name="ospfOriginateLsa", oid=f"{MIB2}.14.16.2.12", severity=5, kind="ospf.lsa-originated", item="ospfLsdbLsid"),
    Trap(name="ospfMaxAgeLsa", oid=f"{MIB2}.14.16.2.13", severity=4, kind="ospf.lsa-aged", item="ospfLsdbLsid"),
    Trap(name="ospfLsdbOverflow", oid=f"{MIB2}.14.16.2.14", severity=4, kind="ospf.overflow"),
    Trap(name="ospfLsdbApproachingOverflow", oid=f"{MIB2}.14.16.2.15", severity=4, kind="ospf.overflow-near"),
    Trap(name="ospfNssaTranslatorStatusChange", oid=f"{MIB2}.14.16.2.17", severity=5, kind="ospf.translator-changed"),
    Trap(name="ospfRestartStatusChange", oid=f"{MIB2}.14.16.2.18", severity=5, kind="ospf.restart"),
    Trap(name="ospfNbrRestartHelperStatusChange", oid=f"{MIB2}.14.16.2.19", severity=5, kind="ospf.restart-helper", item="ospfNbrRtrId"),
    Trap(name="ospfVirtNbrRestartHelperStatusChange", oid=f"{MIB2}.14.16.2.20", severity=5, kind="ospf.restart-helper"),
    Trap(name="cospfIfConfigError", oid=f"{CISCO_TRIAL}.101.0.1", severity=4, kind="ospf.misconfigured"),
    Trap(name="cospfVirtIfConfigError", oid=f"{CISCO_TRIAL}.101.0.2", severity=4, kind="ospf.misconfigured"),
    Trap(name="cospfTxRetransmit", oid=f"{CISCO_TRIAL}.101.0.3", severity=4, kind="ospf.retransmit"),
    Trap(name="cospfVirtIfTxRetransmit", oid=f"{CISCO_TRIAL}.101.0.4", severity=4, kind="ospf.retransmit"),
    Trap(name="cospfOriginateLsa", oid=f"{CISCO_TRIAL}.101.0.5", severity=5, kind="ospf.lsa-originated"),
    Trap(name="cospfMaxAgeLsa", oid=f"{CISCO_TRIAL}.101.0.6", severity=4, kind="ospf.lsa-aged"),
    Trap(name="cospfNssaTranslatorStatusChange", oid=f"{CISCO_TRIAL}.101.0.7", severity=5, kind="ospf.translator-changed"),
    Trap(name="cospfShamLinkStateChange", oid=f"{CISCO_TRIAL}.101.0.8", severity=4, kind="ospf.sham-link", state="cospfShamLinkState", good=frozenset({"pointToPoint"}), eased="ospf.sham-link-up"),
    Trap(name="cospfShamLinkNbrStateChange", oid=f"{CISCO_TRIAL}.101.0.9", severity=4, kind="ospf.lost", state="cospfShamLinkNbrState", good=frozenset({"full"}), eased="ospf.established"),
    Trap(name="cospfShamLinkConfigError", oid=f"{CISCO_TRIAL}.101.0.10", severity=4, kind="ospf.misconfigured"),
    Trap(name="cospfShamLinkAuthFailure", oid=f"{CISCO_TRIAL}.101.0.11", severity=4, kind="ospf.authentication"),
    Trap(name="cospfShamLinkRxBadPacket", oid=f"{CISCO_TRIAL}.101.0.12", severity=4, kind="ospf.bad-packet"),
    Trap(name="cospfShamLinkTxRetransmit", oid=f"{CISCO_TRIAL}.101.0.13", severity=4, kind="ospf.retransmit"),
    Trap(name="cospfShamLinksStateChange", oid=f"{CISCO_TRIAL}.101.0.14", severity=4, kind="ospf.sham-link", state="cospfShamLinksState", good=frozenset({"pointToPoint"}), eased="ospf.sham-link-up"),
    Trap(name="ospfv3VirtIfStateChange", oid=f"{MIB2}.191.0.1", severity=4, kind="ospf.interface", state="ospfv3VirtIfState", good=frozenset({"pointToPoint"}), eased="ospf.interface-up"),
    Trap(name="ospfv3NbrStateChange", oid=f"{MIB2}.191.0.2", severity=4, kind="ospf.lost", state="ospfv3NbrState", good=frozenset({"full", "twoWay"}), eased="ospf.established"),
    Trap(name="ospfv3VirtNbrStateChange", oid=f"{MIB2}.191.0.3", severity=4, kind="ospf.lost", state="ospfv3VirtNbrState", good=frozenset({"full"}), eased="ospf.established"),
    Trap(name="ospfv3IfConfigError", oid=f"{MIB2}.191.0.4", severity=4, kind="ospf.misconfigured"),
    Trap(name="ospfv3VirtIfConfigError", oid=f"{MIB2}.191.0.5", severity=4, kind="ospf.misconfigured"),
    Trap(name="ospfv3IfRxBadPacket", oid=f"{MIB2}.191.0.6", severity=4, kind="ospf.bad-packet"),
    Trap(name="ospfv3VirtIfRxBadPacket", oid=f"{MIB2}.191.0.7", severity=4, kind="ospf.bad-packet"),
    Trap(name="ospfv3LsdbOverflow", oid=f"{MIB2}.191.0.8", severity=4, kind="ospf.overflow"),
    Trap(name="ospfv3LsdbApproachingOverflow", oid=f"{MIB2}.191.0.9", severity=4, kind="ospf.overflow-near"),
    Trap(name="ospfv3IfStateChange", oid=f"{MIB2}.191.0.10", severity=4, kind="ospf.interface"),
    Trap(name="ospfv3NssaTranslatorStatusChange", oid=f"{MIB2}.191.0.11", severity=5, kind="ospf.translator-changed"),
    Trap(name="ospfv3RestartStatusChange", oid=f"{MIB2}.191.0.12", severity=5, kind="ospf.restart"),
    Trap(name="ospfv3NbrRestartHelperStatusChange", oid=f"{MIB2}.191.0.13", severity=5, kind="ospf.restart-helper"),
    Trap(name="ospfv3VirtNbrRestartHelperStatusChange", oid=f"{MIB2}.191.0.14", severity=5, kind="ospf.restart-helper"),
)  # fmt: skip

OBJECTS = (
    Object(name="ospfIfState", oid=f"{MIB2}.14.7.1.12", words=counted(
        "down loopback waiting pointToPoint designatedRouter backupDesignatedRouter otherDesignatedRouter"
    )),
    Object(name="ospfConfigErrorType", oid=f"{MIB2}.14.16.1.2", words=counted(
        "badVersion areaMismatch unknownNbmaNbr unknownVirtualNbr authTypeMismatch authFailure netMaskMismatch "
        "helloIntervalMismatch deadIntervalMismatch optionMismatch mtuMismatch duplicateRouterId noError"
    )),
    Object(name="ospfPacketType", oid=f"{MIB2}.14.16.1.3", words=_OSPF_PACKET_TYPE),
    Object(name="ospfLsdbType", oid=f"{MIB2}.14.4.1.2", words={1: "routerLink", 2: "networkLink", 3: "summaryLink", 4: "asSummaryLink", 5: "asExternalLink", 6: "multicastLink", 7: "nssaExternalLink", 10: "areaOpaqueLink"}),
    Object(name="ospfVirtIfState", oid=f"{MIB2}.14.9.1.7", words=_OSPF_VIRT_IF_STATE),
    Object(name="ospfVirtNbrState", oid=f"{MIB2}.14.11.1.5", words=OSPF_NEIGHBOUR),
    Object(name="ospfAreaNssaTranslatorState", oid=f"{MIB2}.14.2.1.12", words=_OSPF_AREA_NSSA_TRANSLATOR_STATE),
    Object(name="ospfRestartStatus", oid=f"{MIB2}.14.1.21", words=_OSPF_RESTART_STATUS),
    Object(name="ospfRestartExitReason", oid=f"{MIB2}.14.1.23", words=_OSPF_RESTART_EXIT_REASON),
    Object(name="ospfNbrRestartHelperStatus", oid=f"{MIB2}.14.10.1.12", words=_OSPF_NBR_RESTART_HELPER_STATUS),
    Object(name="ospfNbrRestartHelperExitReason", oid=f"{MIB2}.14.10.1.14", words=_OSPF_RESTART_EXIT_REASON),
    Object(name="ospfVirtNbrRestartHelperStatus", oid=f"{MIB2}.14.11.1.9", words=_OSPF_NBR_RESTART_HELPER_STATUS),
    Object(name="ospfVirtNbrRestartHelperExitReason", oid=f"{MIB2}.14.11.1.11", words=_OSPF_RESTART_EXIT_REASON),
    Object(name="cospfConfigErrorType", oid=f"{CISCO_TRIAL}.101.1.1.2", words=counted(
        "badVersion areaMismatch unknownNbmaNbr unknownVirtualNbr authTypeMismatch authFailure netMaskMismatch "
        "helloIntervalMismatch deadIntervalMismatch optionMismatch mtuMismatch noError unknownShamLinkNbr"
    )),
    Object(name="cospfPacketType", oid=f"{CISCO_TRIAL}.101.1.1.3", words=_OSPF_PACKET_TYPE),
    Object(name="cospfLsdbType", oid=f"{CISCO_TRIAL}.99.3.1.1", words={10: "areaOpaqueLink", 11: "asOpaqueLink"}),
    Object(name="cospfAreaNssaTranslatorState", oid=f"{CISCO_TRIAL}.99.2.1.4", words=_OSPF_AREA_NSSA_TRANSLATOR_STATE),
    Object(name="cospfShamLinkState", oid=f"{CISCO_TRIAL}.99.6.1.7", words=_OSPF_VIRT_IF_STATE),
    Object(name="cospfShamLinksLocalIpAddrType", oid=f"{CISCO_TRIAL}.99.11.1.2", words=ADDRESS_TYPE),
    Object(name="cospfShamLinkNbrIpAddrType", oid=f"{CISCO_TRIAL}.99.10.1.2", words=ADDRESS_TYPE),
    Object(name="cospfShamLinkNbrState", oid=f"{CISCO_TRIAL}.99.10.1.6", words=OSPF_NEIGHBOUR),
    Object(name="cospfShamLinksRemoteIpAddrType", oid=f"{CISCO_TRIAL}.99.11.1.4", words=ADDRESS_TYPE),
    Object(name="cospfShamLinksState", oid=f"{CISCO_TRIAL}.99.11.1.9", words=_OSPF_VIRT_IF_STATE),
    Object(name="ospfv3VirtIfState", oid=f"{MIB2}.191.1.8.1.9", words=_OSPF_VIRT_IF_STATE),
    Object(name="ospfv3VirtNbrState", oid=f"{MIB2}.191.1.11.1.8", words=OSPF_NEIGHBOUR),
    Object(name="ospfv3IfState", oid=f"{MIB2}.191.1.7.1.12", words=counted(
        "down loopback waiting pointToPoint designatedRouter backupDesignatedRouter otherDesignatedRouter standby"
    )),
    Object(name="ospfv3ConfigErrorType", oid=f"{MIB2}.191.1.14.1", words=counted(
        "badVersion areaMismatch unknownNbmaNbr unknownVirtualNbr helloIntervalMismatch deadIntervalMismatch optionMismatch "
        "mtuMismatch duplicateRouterId noError"
    )),
    Object(name="ospfv3PacketType", oid=f"{MIB2}.191.1.14.2", words=_OSPF_PACKET_TYPE),
    Object(name="ospfv3AreaNssaTranslatorState", oid=f"{MIB2}.191.1.2.1.12", words=_OSPF_AREA_NSSA_TRANSLATOR_STATE),
    Object(name="ospfv3RestartStatus", oid=f"{MIB2}.191.1.1.18", words=_OSPF_RESTART_STATUS),
    Object(name="ospfv3RestartExitReason", oid=f"{MIB2}.191.1.1.20", words=_OSPF_RESTART_EXIT_REASON),
    Object(name="ospfv3NbrRestartHelperStatus", oid=f"{MIB2}.191.1.9.1.13", words=_OSPF_NBR_RESTART_HELPER_STATUS),
    Object(name="ospfv3NbrRestartHelperExitReason", oid=f"{MIB2}.191.1.9.1.15", words=_OSPF_RESTART_EXIT_REASON),
    Object(name="ospfv3VirtNbrRestartHelperStatus", oid=f"{MIB2}.191.1.11.1.13", words=_OSPF_NBR_RESTART_HELPER_STATUS),
    Object(name="ospfv3VirtNbrRestartHelperExitReason", oid=f"{MIB2}.191.1.11.1.15", words=_OSPF_RESTART_EXIT_REASON),
    *plain(f"{MIB2}.14.1", "ospfRouterId 1, ospfExtLsdbLimit 11, ospfRestartInterval 19"),
    *plain(f"{MIB2}.14.10.1", "ospfNbrAddressLessIndex 2, ospfNbrRestartHelperAge 13"),
    *plain(f"{MIB2}.14.7.1", "ospfIfIpAddress 1, ospfAddressLessIf 2"),
    *plain(f"{MIB2}.14.16.1", "ospfPacketSrc 4"),
    *plain(f"{MIB2}.14.4.1", "ospfLsdbLsid 3, ospfLsdbRouterId 4, ospfLsdbAreaId 1"),
    *plain(f"{MIB2}.14.9.1", "ospfVirtIfAreaId 1, ospfVirtIfNeighbor 2"),
    *plain(f"{MIB2}.14.11.1", "ospfVirtNbrArea 1, ospfVirtNbrRtrId 2, ospfVirtNbrRestartHelperAge 10"),
    *plain(f"{MIB2}.14.2.1", "ospfAreaId 1"),
    *plain(f"{CISCO_TRIAL}.101.1.1", "cospfPacketSrc 4"),
    *plain(f"{CISCO_TRIAL}.99.6.1", "cospfShamLinkAreaId 1, cospfShamLinkLocalIpAddress 2, cospfShamLinkNeighborId 3"),
    *plain(f"{CISCO_TRIAL}.99.10.1", "cospfShamLinkNbrArea 1, cospfShamLinkNbrIpAddr 3, cospfShamLinkNbrRtrId 4"),
    *plain(f"{CISCO_TRIAL}.99.11.1", "cospfShamLinksLocalIpAddr 3, cospfShamLinksAreaId 1, cospfShamLinksRemoteIpAddr 5"),
    *plain(f"{MIB2}.191.1.1", "ospfv3RouterId 1, ospfv3ExtAreaLsdbLimit 11, ospfv3RestartInterval 16"),
    *plain(f"{MIB2}.191.1.14", "ospfv3PacketSrc 3"),
    *plain(f"{MIB2}.191.1.9.1", "ospfv3NbrRestartHelperAge 14"),
    *plain(f"{MIB2}.191.1.11.1", "ospfv3VirtNbrRestartHelperAge 14"),
)  # fmt: skip
