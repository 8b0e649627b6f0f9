"""First-hop gateways and quick loss detection.

Sources: CISCO-HSRP-MIB, VRRP-MIB (RFC 2787), VRRPV3-MIB (RFC 6527), BFD-STD-MIB (RFC 7331), CISCO-IETF-BFD-MIB.
"""

from healthd.catalogue.trap import CISCO, CISCO_TRIAL, MIB2, Object, Trap, counted, plain

TRAPS = (
    Trap(name="cHsrpStateChange", oid=f"{CISCO}.106.2.0.1", severity=4, kind="hsrp.changed", state="cHsrpGrpStandbyState", good=frozenset({"active", "standby"}), eased="hsrp.settled"),
    Trap(name="vrrpTrapNewMaster", oid=f"{MIB2}.68.0.1", severity=5, kind="vrrp.new-master", item="vrrpOperationsMasterIpAddr"),
    Trap(name="vrrpTrapAuthFailure", oid=f"{MIB2}.68.0.2", severity=4, kind="vrrp.authentication"),
    Trap(name="vrrpTrapProtoError", oid=f"{MIB2}.68.0.3", severity=4, kind="vrrp.protocol"),
    Trap(name="vrrpv3NewMaster", oid=f"{MIB2}.207.0.1", severity=5, kind="vrrp.new-master"),
    Trap(name="vrrpv3ProtoError", oid=f"{MIB2}.207.0.2", severity=4, kind="vrrp.protocol"),
    Trap(name="bfdSessUp", oid=f"{MIB2}.222.0.1", severity=5, kind="bfd.up"),
    Trap(name="bfdSessDown", oid=f"{MIB2}.222.0.2", severity=4, kind="bfd.down"),
    Trap(name="ciscoBfdSessUp", oid=f"{CISCO_TRIAL}.137.0.1", severity=5, kind="bfd.up"),
    Trap(name="ciscoBfdSessDown", oid=f"{CISCO_TRIAL}.137.0.2", severity=4, kind="bfd.down"),
)  # fmt: skip

OBJECTS = (
    Object(name="vrrpNewMasterReason", oid=f"{MIB2}.68.1.9", words=counted("notmaster priority preempted masterNoResponse", 0)),
    Object(name="vrrpTrapAuthErrorType", oid=f"{MIB2}.68.1.6", words=counted("invalidAuthType authTypeMismatch authFailure")),
    Object(name="vrrpTrapProtoErrReason", oid=f"{MIB2}.68.1.10", words=counted("hopLimitError versionError checksumError vridError", 0)),
    Object(name="vrrpv3StatisticsNewMasterReason", oid=f"{MIB2}.207.1.2.5.1.2", words=counted(
        "notMaster priority preempted masterNoResponse", 0,
    )),
    Object(name="vrrpv3StatisticsProtoErrReason", oid=f"{MIB2}.207.1.2.5.1.6", words=counted(
        "noError ipTtlError versionError checksumError vrIdError", 0,
    )),
    Object(name="bfdSessDiag", oid=f"{MIB2}.222.1.2.1.13", words=counted(
        "noDiagnostic controlDetectionTimeExpired echoFunctionFailed neighborSignaledSessionDown forwardingPlaneReset pathDown "
        "concatenatedPathDown administrativelyDown reverseConcatenatedPathDown misConnectivityDefect", 0,
    )),
    Object(name="ciscoBfdSessDiag", oid=f"{CISCO_TRIAL}.137.1.2.1.8", words=counted(
        "noDiagnostic controlDetectionTimeExpired echoFunctionFailed neighborSignaledSessionDown forwardingPlaneReset pathDown "
        "concatenatedPathDown administrativelyDown reverseConcatenatedPathDown", 0,
    )),
    *plain(f"{MIB2}.68.1.7.1", "vrrpOperationsMasterIpAddr 7"),
    *plain(f"{MIB2}.68.1", "vrrpTrapPacketSrc 5"),
    *plain(f"{MIB2}.207.1.1.1.1", "vrrpv3OperationsMasterIpAddr 3"),
)  # fmt: skip
