"""Storage networks: Fibre Channel fabrics, zones, name server, iSCSI.

Sources: CISCO-NS-MIB, CISCO-ZS-MIB, CISCO-FC-FE-MIB, CISCO-VSAN-MIB, CISCO-FSPF-MIB, CISCO-DM-MIB, CISCO-RSCN-MIB,
CISCO-FCS-MIB, CISCO-FDMI-MIB, CISCO-PSM-MIB, CISCO-WWNMGR-MIB, CISCO-VIRTUAL-NW-IF-MIB, CISCO-FCC-MIB, CISCO-SME-MIB,
T11-FC-NAME-SERVER-MIB (RFC 4438), T11-FC-FABRIC-ADDR-MGR-MIB (RFC 4439), T11-FC-FSPF-MIB (RFC 4626),
T11-FC-ZONE-SERVER-MIB (RFC 4936), T11-FC-RSCN-MIB (RFC 4983), ISCSI-MIB (RFC 7147), SCSI-MIB (RFC 4455).
"""

from healthd.catalogue.textual import ADDRESS_TYPE
from healthd.catalogue.trap import CISCO, CISCO_TRIAL, MIB2, Object, Trap, counted, plain

_T11_NS_REJECT_REASON_CODE = counted(
    "none invalidCmdCode invalidVerLevel logicalError invalidIUSize logicalBusy protocolError unableToPerformCmdReq "
    "cmdNotSupported serverNotAvailable couldNotEstabSession vendorError"
)
_T11_FSPF_IF_NBR_STATE = counted("down init dbExchange dbAckwait dbWait full")
TRAPS = (
    Trap(name="fcNameServerRejectRegNotify", oid=f"{CISCO}.293.1.4.0.1", severity=4, kind="fibre.registration-rejected"),
    Trap(name="fcNameServerDatabaseFull", oid=f"{CISCO}.293.1.4.0.2", severity=3, kind="fibre.database-full"),
    Trap(name="fcNameServerEntryAdd", oid=f"{CISCO}.293.1.4.0.3", severity=5, kind="fibre.port-registered"),
    Trap(name="fcNameServerEntryDelete", oid=f"{CISCO}.293.1.4.0.4", severity=4, kind="fibre.port-removed"),
    Trap(name="zoneServiceReqRejNotify", oid=f"{CISCO}.294.1.4.0.1", severity=4, kind="zone.request-rejected"),
    Trap(name="zoneMergeFailureNotify", oid=f"{CISCO}.294.1.4.0.2", severity=3, kind="zone.merge-failed"),
    Trap(name="zoneMergeSuccessNotify", oid=f"{CISCO}.294.1.4.0.3", severity=5, kind="zone.merged"),
    Trap(name="zoneDefZoneBehaviourChngNotify", oid=f"{CISCO}.294.1.4.0.4", severity=5, kind="zone.default-changed"),
    Trap(name="zoneActivateNotify", oid=f"{CISCO}.294.1.4.0.5", severity=5, kind="zone.activated"),
    Trap(name="fcTrunkIfDownNotify", oid=f"{CISCO}.289.1.3.0.1", severity=4, kind="interface.down"),
    Trap(name="fcTrunkIfUpNotify", oid=f"{CISCO}.289.1.3.0.2", severity=5, kind="interface.up"),
    Trap(name="fcIfElpReject", oid=f"{CISCO}.289.1.3.0.3", severity=4, kind="fibre.elp-rejected"),
    Trap(name="vsanStatusChange", oid=f"{CISCO}.282.1.3.0.1", severity=4, kind="vsan.changed"),
    Trap(name="vsanPortMembershipChange", oid=f"{CISCO}.282.1.3.0.2", severity=5, kind="vsan.membership"),
    Trap(name="dmDomainIdNotAssignedNotify", oid=f"{CISCO}.302.1.3.0.1", severity=3, kind="fibre.domain-missing"),
    Trap(name="dmNewPrincipalSwitchNotify", oid=f"{CISCO}.302.1.3.0.2", severity=4, kind="fibre.new-principal"),
    Trap(name="dmFabricChangeNotify", oid=f"{CISCO}.302.1.3.0.3", severity=4, kind="fibre.fabric-changed"),
    Trap(name="rscnElsRejectReqNotify", oid=f"{CISCO}.292.1.4.0.1", severity=4, kind="fibre.rscn-rejected"),
    Trap(name="rscnIlsRejectReqNotify", oid=f"{CISCO}.292.1.4.0.2", severity=4, kind="fibre.rscn-rejected"),
    Trap(name="fcsDiscoveryCompleteNotify", oid=f"{CISCO}.297.1.4.0.2", severity=5, kind="fibre.discovered"),
    Trap(name="cfdmiRejectRegNotify", oid=f"{CISCO}.373.0.1", severity=4, kind="fibre.registration-rejected"),
    Trap(name="ciscoPsmPortBindFPortDenyNotify", oid=f"{CISCO}.364.0.1", severity=4, kind="fibre.port-denied"),
    Trap(name="ciscoPsmPortBindEPortDenyNotify", oid=f"{CISCO}.364.0.2", severity=4, kind="fibre.port-denied"),
    Trap(name="wwnmType1WwnShortageNotify", oid=f"{CISCO}.286.1.2.1.0.1", severity=4, kind="fibre.wwn-shortage"),
    Trap(name="wwnmTypeOtherWwnShortageNotify", oid=f"{CISCO}.286.1.2.1.0.3", severity=4, kind="fibre.wwn-shortage"),
    Trap(name="wwnmTypeOtherWwnAvailableNotify", oid=f"{CISCO}.286.1.2.1.0.4", severity=5, kind="fibre.wwn-available"),
    Trap(name="virtualNwIfDeleteEntryNotify", oid=f"{CISCO}.290.1.3.0.2", severity=5, kind="fibre.interface-removed"),
    Trap(name="ciscoFCCCongestionStateChange", oid=f"{CISCO}.365.0.1", severity=4, kind="fibre.congestion"),
    Trap(name="ciscoFCCCongestionRateLimitEnd", oid=f"{CISCO}.365.0.3", severity=5, kind="fibre.congestion-ended"),
    Trap(name="ciscoSmeInterfaceCreate", oid=f"{CISCO}.632.0.1", severity=5, kind="fibre.interface-added"),
    Trap(name="ciscoSmeClusterNewMaster", oid=f"{CISCO}.632.0.3", severity=4, kind="fibre.new-master"),
    Trap(name="t11NsRejectRegNotify", oid=f"{MIB2}.135.0.1", severity=4, kind="fibre.registration-rejected"),
    Trap(name="t11FamDomainIdNotAssignedNotify", oid=f"{MIB2}.137.0.1", severity=3, kind="fibre.domain-missing"),
    Trap(name="t11FamNewPrincipalSwitchNotify", oid=f"{MIB2}.137.0.2", severity=4, kind="fibre.new-principal"),
    Trap(name="t11FamFabricChangeNotify", oid=f"{MIB2}.137.0.3", severity=4, kind="fibre.fabric-changed"),
    Trap(name="t11FspfNbrStateChangNotify", oid=f"{MIB2}.143.0.1", severity=4, kind="fibre.neighbour-lost", state="t11FspfIfNbrState", good=frozenset({"full"}), eased="fibre.neighbour-full"),
    Trap(name="t11FcRscnElsRejectReqNotify", oid=f"{MIB2}.161.0.1", severity=4, kind="fibre.rscn-rejected"),
    Trap(name="t11FcRscnIlsRejectReqNotify", oid=f"{MIB2}.161.0.2", severity=4, kind="fibre.rscn-rejected"),
    Trap(name="t11ZsRequestRejectNotify", oid=f"{MIB2}.160.0.1", severity=4, kind="zone.request-rejected"),
    Trap(name="t11ZsMergeFailureNotify", oid=f"{MIB2}.160.0.2", severity=3, kind="zone.merge-failed"),
    Trap(name="t11ZsMergeSuccessNotify", oid=f"{MIB2}.160.0.3", severity=5, kind="zone.merged"),
    Trap(name="t11ZsDefZoneChangeNotify", oid=f"{MIB2}.160.0.4", severity=5, kind="zone.default-changed"),
    Trap(name="t11ZsActivateNotify", oid=f"{MIB2}.160.0.5", severity=5, kind="zone.activated"),
    Trap(name="iscsiTgtLoginFailure", oid=f"{MIB2}.142.0.1", severity=4, kind="iscsi.login-failed"),
    Trap(name="iscsiIntrLoginFailure", oid=f"{MIB2}.142.0.2", severity=4, kind="iscsi.login-failed"),
    Trap(name="iscsiInstSessionFailure", oid=f"{MIB2}.142.0.3", severity=4, kind="iscsi.session-failed"),
    Trap(name="cIscsiIntrLoginFailure", oid=f"{CISCO_TRIAL}.94.2.0.2", severity=4, kind="iscsi.login-failed"),
    Trap(name="cIscsiInstSessionFailure", oid=f"{CISCO_TRIAL}.94.2.0.3", severity=4, kind="iscsi.session-failed"),
    Trap(name="scsiTgtDeviceStatusChanged", oid=f"{MIB2}.139.0.0.1", severity=4, kind="scsi.changed", state="scsiTgtDeviceStatus", good=frozenset({"available"}), eased="scsi.available"),
    Trap(name="scsiLuStatusChanged", oid=f"{MIB2}.139.0.0.2", severity=4, kind="scsi.changed", state="scsiLuStatus", good=frozenset({"available"}), eased="scsi.available"),
    Trap(name="ciscoScsiLuStatusChanged", oid=f"{CISCO_TRIAL}.95.2.0.2", severity=4, kind="scsi.changed"),
)  # fmt: skip

OBJECTS = (
    Object(name="fcNameServerRejectReasonCode", oid=f"{CISCO}.293.1.3.1", words=counted(
        "none invalidCmdCode invalidVerLevel logicalError invalidIUSize logicalBusy protocolError unableToPerformCmdReq "
        "cmdNotSupported vendorError"
    )),
    Object(name="fcNameServerRejReasonCodeExp", oid=f"{CISCO}.293.1.3.2", words=counted(
        "noAdditionalExplanation portIdentifierNotRegistered portNameNotRegistered nodeNameNotRegistered "
        "classOfServiceNotRegistered nodeIpAddressNotRegistered ipaNotRegistered fc4TypeNotRegistered "
        "symbolicPortNameNotRegistered symbolicNodeNameNotRegistered portTypeNotRegistered portIpAddressNotRegistered "
        "fabricPortNameNotRegistered hardAddressNotRegistered fc4DescriptorNotRegistered fc4FeaturesNotRegistered accessDenied "
        "unacceptablePortIdentifier databaseEmpty noObjectRegInSpecifiedScope"
    )),
    Object(name="fcNameServerPortType", oid=f"{CISCO}.293.1.1.4.1.8", words=counted("unknown nPort nlPort")),
    Object(name="t11NsRejectReasonCode", oid=f"{MIB2}.135.1.1.4.1.2", words=_T11_NS_REJECT_REASON_CODE),
    Object(name="t11NsRejReasonCodeExp", oid=f"{MIB2}.135.1.1.4.1.3", words=counted(
        "noAdditionalExplanation portIdentifierNotRegistered portNameNotRegistered nodeNameNotRegistered "
        "classOfServiceNotRegistered nodeIpAddressNotRegistered ipaNotRegistered fc4TypeNotRegistered "
        "symbolicPortNameNotRegistered symbolicNodeNameNotRegistered portTypeNotRegistered portIpAddressNotRegistered "
        "fabricPortNameNotRegistered hardAddressNotRegistered fc4DescriptorNotRegistered fc4FeaturesNotRegistered accessDenied "
        "unacceptablePortIdentifier databaseEmpty noObjectRegInSpecifiedScope domainIdNotPresent portIdNotPresent "
        "noDeviceAttached authorizationException authenticationException databaseFull"
    )),
    Object(name="t11FspfIfNbrState", oid=f"{MIB2}.143.1.1.2.1.13", words=_T11_FSPF_IF_NBR_STATE),
    Object(name="t11FspfIfPrevNbrState", oid=f"{MIB2}.143.1.1.3", words=_T11_FSPF_IF_NBR_STATE),
    Object(name="t11FcRscnRejectReasonCode", oid=f"{MIB2}.161.1.3.1.1.5", words=_T11_NS_REJECT_REASON_CODE),
    Object(name="iscsiTgtLastIntrFailureAddrType", oid=f"{MIB2}.142.1.6.1.1.5", words=ADDRESS_TYPE),
    Object(name="iscsiIntrLastTgtFailureAddrType", oid=f"{MIB2}.142.1.8.1.1.5", words=ADDRESS_TYPE),
    Object(name="scsiTgtDeviceStatus", oid=f"{MIB2}.139.2.3.1.1.2", words=counted(
        "unknown available broken readying abnormal nonAddrFailure nonAddrFailReadying nonAddrFailAbnormal"
    )),
    Object(name="scsiLuStatus", oid=f"{MIB2}.139.2.4.1.1.8", words=counted("unknown available notAvailable broken readying abnormal")),
    *plain(f"{CISCO}.293.1.1.4.1", "fcNameServerPortName 2"),
    *plain(f"{MIB2}.137.1.1.1.1", "t11FamLocalSwitchWwn 8, t11FamConfigDomainId 2"),
    *plain(f"{MIB2}.135.1.1.2.1", "t11NsRegPortName 3"),
    *plain(f"{MIB2}.135.1.1.4.1", "t11NsRejectCtCommandString 1, t11NsRejReasonVendorCode 4"),
    *plain(f"{MIB2}.137.1.3", "t11FamNotifyFabricIndex 1"),
    *plain(f"{MIB2}.143.1.1.2.1", "t11FspfIfNbrDomainId 14"),
    *plain(f"{MIB2}.161.1.3.1.1",
        "t11FcRscnRejectedRequestString 3, t11FcRscnRejectedRequestSource 4, t11FcRscnRejectReasonCodeExp 6, "
        "t11FcRscnRejectReasonVendorCode 7"
    ),
    *plain(f"{MIB2}.160.1.1.14.1", "t11ZsRejectReasonVendorCode 10"),
    *plain(f"{MIB2}.142.1.6.1.1",
        "iscsiTgtLoginFailures 1, iscsiTgtLastFailureType 3, iscsiTgtLastIntrFailureName 4, iscsiTgtLastIntrFailureAddr 6, "
        "iscsiTgtLastIntrFailurePort 7"
    ),
    *plain(f"{MIB2}.142.1.8.1.1",
        "iscsiIntrLoginFailures 1, iscsiIntrLastFailureType 3, iscsiIntrLastTgtFailureName 4, iscsiIntrLastTgtFailureAddr 6, "
        "iscsiIntrLastTgtFailurePort 7"
    ),
    *plain(f"{MIB2}.142.1.1.1.1", "iscsiInstSsnFailures 10, iscsiInstLastSsnFailureType 11, iscsiInstLastSsnRmtNodeName 12"),
)  # fmt: skip
