"""Call control, telephones and their gateways.

Sources: CISCO-CCM-MIB, SIP-COMMON-MIB (RFC 4780), CISCO-VOICE-DIAL-CONTROL-MIB, CISCO-VOICE-APPS-MIB,
CISCO-GATEKEEPER-MIB, CISCO-CALL-TRACKER-MIB.
"""

from healthd.catalogue.trap import CISCO, CISCO_TRIAL, MIB2, Object, Trap, counted, plain

TRAPS = (
    Trap(name="ccmCallManagerFailed", oid=f"{CISCO}.156.2.0.1", severity=2, kind="voice.server-failed"),
    Trap(name="ccmPhoneFailed", oid=f"{CISCO}.156.2.0.2", severity=4, kind="voice.phone-failed"),
    Trap(name="ccmPhoneStatusUpdate", oid=f"{CISCO}.156.2.0.3", severity=5, kind="voice.phone-changed"),
    Trap(name="ccmGatewayFailed", oid=f"{CISCO}.156.2.0.4", severity=3, kind="voice.gateway-failed"),
    Trap(name="ccmMediaResourceListExhausted", oid=f"{CISCO}.156.2.0.5", severity=4, kind="voice.exhausted"),
    Trap(name="ccmRouteListExhausted", oid=f"{CISCO}.156.2.0.6", severity=4, kind="voice.exhausted"),
    Trap(name="ccmGatewayLayer2Change", oid=f"{CISCO}.156.2.0.7", severity=4, kind="voice.gateway-layer2"),
    Trap(name="ccmMaliciousCall", oid=f"{CISCO}.156.2.0.8", severity=4, kind="voice.malicious-call"),
    Trap(name="ccmQualityReport", oid=f"{CISCO}.156.2.0.9", severity=4, kind="voice.quality"),
    Trap(name="sipCommonStatusCodeNotif", oid=f"{MIB2}.149.0.1", severity=5, kind="sip.status"),
    Trap(name="sipCommonStatusCodeThreshExceededInNotif", oid=f"{MIB2}.149.0.2", severity=4, kind="sip.threshold"),
    Trap(name="sipCommonStatusCodeThreshExceededOutNotif", oid=f"{MIB2}.149.0.3", severity=4, kind="sip.threshold"),
    Trap(name="sipCommonServiceColdStart", oid=f"{MIB2}.149.0.4", severity=4, kind="sip.restarted"),
    Trap(name="sipCommonServiceWarmStart", oid=f"{MIB2}.149.0.5", severity=4, kind="sip.restarted"),
    Trap(name="sipCommonServiceStatusChanged", oid=f"{MIB2}.149.0.6", severity=4, kind="sip.changed", state="sipCommonCfgServiceOperStatus", good=frozenset({"up"}), eased="sip.up"),
    Trap(name="cvdcPoorQoVNotification", oid=f"{CISCO}.63.2.0.1", severity=4, kind="voice.quality"),
    Trap(name="cvaModuleStop", oid=f"{CISCO}.190.2.0.2", severity=4, kind="voice.module-stopped"),
    Trap(name="cvaModuleRunTimeFailure", oid=f"{CISCO}.190.2.0.3", severity=3, kind="voice.module-failed"),
    Trap(name="cvaProcessStop", oid=f"{CISCO}.190.2.0.5", severity=4, kind="voice.process-stopped"),
    Trap(name="ciscoGatekeeperEvent", oid=f"{CISCO_TRIAL}.40.2.0.1", severity=5, kind="voice.gatekeeper"),
    Trap(name="cctCallTerminateNotification", oid=f"{CISCO}.163.2.0.2", severity=6, kind="voice.call-ended"),
)  # fmt: skip

OBJECTS = (
    Object(name="sipCommonCfgServiceOperStatus", oid=f"{MIB2}.149.1.1.1.1.2", words=counted(
        "unknown up down congested restarting quiescing testing"
    )),
    *plain(f"{MIB2}.149.1.9",
        "sipCommonNotifSequenceNumber 6, sipCommonNotifApplIndex 5, sipCommonStatusCodeNotifTo 1, sipCommonStatusCodeNotifFrom "
        "2, sipCommonStatusCodeNotifCallId 3, sipCommonStatusCodeNotifCSeq 4"
    ),
    *plain(f"{MIB2}.149.1.5.1.1", "sipCommonStatusCodeIns 3, sipCommonStatusCodeOuts 4"),
    *plain(f"{MIB2}.149.1.1.1.1", "sipCommonCfgServiceStartTime 3, sipCommonCfgServiceLastChange 4"),
)  # fmt: skip
