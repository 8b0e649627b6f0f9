"""Lines of carriers: leased lines, optical rings, frame relay, ISDN, ATM, dial-in.

Sources: DS1-MIB (RFC 4805), DS3-MIB (RFC 3896), FRAME-RELAY-DTE-MIB (RFC 2115), ISDN-MIB (RFC 2127), DIAL-CONTROL-MIB
(RFC 2128), CISCO-ISDN-MIB, CISCO-ISDNU-IF-MIB, CISCO-SONET-MIB, APS-MIB (RFC 3498), CISCO-APS-MIB, L2TP-MIB (RFC
3371), ATM2-MIB (RFC 3606), CISCO-IETF-ATM2-PVCTRAP-MIB, CISCO-ATM-PVCTRAP-EXTN-MIB, CISCO-ICSUDSU-MIB, CISCO-SRP-MIB,
CISCO-PPPOE-MIB, CISCO-POP-MGMT-MIB, DLSW-MIB (RFC 2024), CISCO-DLSW-MIB, CISCO-ACCESS-ENVMON-MIB.
"""

from healthd.catalogue.trap import CISCO, CISCO_TRIAL, MIB2, Object, Trap, counted, plain

_CALL_HISTORY_INFO_TYPE = counted(
    "other speech unrestrictedDigital unrestrictedDigital56 restrictedDigital audio31 audio7 video packetSwitched fax"
)
_CALL_HISTORY_CALL_ORIGIN = counted("originate answer callback")
TRAPS = (
    Trap(name="dsx1LineStatusChange", oid=f"{MIB2}.10.18.15.0.1", severity=4, kind="line.changed"),
    Trap(name="dsx3LineStatusChange", oid=f"{MIB2}.10.30.15.0.1", severity=4, kind="line.changed"),
    Trap(name="frDLCIStatusChange", oid=f"{MIB2}.10.32.0.1", severity=4, kind="frame-relay.changed", state="frCircuitState", good=frozenset({"active"}), eased="frame-relay.active"),
    Trap(name="isdnMibCallInformation", oid=f"{MIB2}.10.20.2.0.1", severity=5, kind="isdn.call"),
    Trap(name="dialCtlPeerCallInformation", oid=f"{MIB2}.10.21.2.0.1", severity=5, kind="dial.call"),
    Trap(name="dialCtlPeerCallSetup", oid=f"{MIB2}.10.21.2.0.2", severity=5, kind="dial.call"),
    Trap(name="demandNbrCallInformation", oid=f"{CISCO}.26.2.0.1", severity=5, kind="isdn.call"),
    Trap(name="demandNbrCallDetails", oid=f"{CISCO}.26.2.0.2", severity=5, kind="isdn.call"),
    Trap(name="demandNbrLayer2Change", oid=f"{CISCO}.26.2.0.3", severity=4, kind="isdn.layer2-changed"),
    Trap(name="ciuIfLoopStatusNotification", oid=f"{CISCO}.18.2.0.1", severity=4, kind="isdn.loop"),
    Trap(name="ciscoSonetSectionStatusChange", oid=f"{CISCO}.126.0.1", severity=4, kind="sonet.changed"),
    Trap(name="ciscoSonetLineStatusChange", oid=f"{CISCO}.126.0.2", severity=4, kind="sonet.changed"),
    Trap(name="ciscoSonetPathStatusChange", oid=f"{CISCO}.126.0.3", severity=4, kind="sonet.changed"),
    Trap(name="ciscoSonetVTStatusChange", oid=f"{CISCO}.126.0.4", severity=4, kind="sonet.changed"),
    Trap(name="apsEventSwitchover", oid=f"{MIB2}.10.49.2.0.1", severity=4, kind="aps.switched"),
    Trap(name="apsEventModeMismatch", oid=f"{MIB2}.10.49.2.0.2", severity=4, kind="aps.mismatch"),
    Trap(name="apsEventChannelMismatch", oid=f"{MIB2}.10.49.2.0.3", severity=4, kind="aps.mismatch"),
    Trap(name="apsEventPSBF", oid=f"{MIB2}.10.49.2.0.4", severity=4, kind="aps.byte-failure"),
    Trap(name="apsEventFEPLF", oid=f"{MIB2}.10.49.2.0.5", severity=4, kind="aps.far-end-failure"),
    Trap(name="cApsEventSwitchover", oid=f"{CISCO_TRIAL}.71.2.0.1", severity=4, kind="aps.switched"),
    Trap(name="cApsEventModeMismatch", oid=f"{CISCO_TRIAL}.71.2.0.2", severity=4, kind="aps.mismatch"),
    Trap(name="cApsEventChannelMismatch", oid=f"{CISCO_TRIAL}.71.2.0.3", severity=4, kind="aps.mismatch"),
    Trap(name="cApsEventPSBF", oid=f"{CISCO_TRIAL}.71.2.0.4", severity=4, kind="aps.byte-failure"),
    Trap(name="cApsEventFEPLF", oid=f"{CISCO_TRIAL}.71.2.0.5", severity=4, kind="aps.far-end-failure"),
    Trap(name="srpTrapRingWrapped", oid=f"{CISCO_TRIAL}.60.5.0.1", severity=4, kind="ring.wrapped"),
    Trap(name="l2tpTunnelAuthFailure", oid=f"{MIB2}.10.95.0.1", severity=4, kind="l2tp.authentication"),
    Trap(name="cPppoeSystemSessionThresholdTrap", oid=f"{CISCO}.194.2.0.1", severity=4, kind="pppoe.sessions"),
    Trap(name="atmIntfPvcFailuresTrap", oid=f"{MIB2}.37.1.14.2.1.0.1", severity=4, kind="atm.circuit-failed"),
    Trap(name="ciscoAtmIfEvent", oid=f"{CISCO_TRIAL}.14.0.1", severity=4, kind="atm.event"),
    Trap(name="catmIntfPvcDownTrap", oid=f"{CISCO_TRIAL}.97.2.0.13", severity=4, kind="atm.circuit-down"),
    Trap(name="catmIntfPvcSegCCOAMFailureTrap", oid=f"{CISCO_TRIAL}.97.2.0.3", severity=4, kind="atm.circuit-failed"),
    Trap(name="catmIntfPvcEndCCOAMFailureTrap", oid=f"{CISCO_TRIAL}.97.2.0.4", severity=4, kind="atm.circuit-failed"),
    Trap(name="catmIntfPvcAnyOAMFailureTrap", oid=f"{CISCO_TRIAL}.97.2.0.6", severity=4, kind="atm.circuit-failed"),
    Trap(name="catmIntfPvcAISRDIOAMRecoverTrap", oid=f"{CISCO_TRIAL}.97.2.0.10", severity=5, kind="atm.circuit-ok"),
    Trap(name="catmIntfPvcAnyOAMRecoverTrap", oid=f"{CISCO_TRIAL}.97.2.0.11", severity=5, kind="atm.circuit-ok"),
    Trap(name="catmIntfPvcSegCCOAMRecoverTrap", oid=f"{CISCO_TRIAL}.97.2.0.8", severity=5, kind="atm.circuit-ok"),
    Trap(name="catmIntfPvcEndCCOAMRecoverTrap", oid=f"{CISCO_TRIAL}.97.2.0.9", severity=5, kind="atm.circuit-ok"),
    Trap(name="ciscoICsuDsuT1LoopStatusNotification", oid=f"{CISCO}.44.3.0.1", severity=4, kind="line.loop"),
    Trap(name="cpmDS1LoopbackNotification", oid=f"{CISCO_TRIAL}.19.2.0.2", severity=4, kind="line.loop"),
    Trap(name="dlswTrapTConnPartnerReject", oid=f"{MIB2}.46.1.0.1", severity=4, kind="dlsw.rejected"),
    Trap(name="dlswTrapTConnProtViolation", oid=f"{MIB2}.46.1.0.2", severity=4, kind="dlsw.protocol"),
    Trap(name="dlswTrapTConnUp", oid=f"{MIB2}.46.1.0.3", severity=5, kind="dlsw.up"),
    Trap(name="dlswTrapTConnDown", oid=f"{MIB2}.46.1.0.4", severity=4, kind="dlsw.down"),
    Trap(name="dlswTrapCircuitUp", oid=f"{MIB2}.46.1.0.5", severity=5, kind="dlsw.circuit-up"),
    Trap(name="dlswTrapCircuitDown", oid=f"{MIB2}.46.1.0.6", severity=4, kind="dlsw.circuit-down"),
    Trap(name="ciscoDlswTrapTConnPartnerReject", oid=f"{CISCO_TRIAL}.9.1.7.0.1", severity=4, kind="dlsw.rejected"),
    Trap(name="ciscoDlswTrapTConnProtViolation", oid=f"{CISCO_TRIAL}.9.1.7.0.2", severity=4, kind="dlsw.protocol"),
    Trap(name="ciscoDlswTrapTConnDown", oid=f"{CISCO_TRIAL}.9.1.7.0.4", severity=4, kind="dlsw.down"),
    Trap(name="ciscoDlswTrapCircuitDown", oid=f"{CISCO_TRIAL}.9.1.7.0.6", severity=4, kind="dlsw.circuit-down"),
    Trap(name="caemVoltageNotification", oid=f"{CISCO}.61.2.0.2", severity=3, kind="voltage.changed"),
)  # fmt: skip

OBJECTS = (
    Object(name="frCircuitState", oid=f"{MIB2}.10.32.2.1.3", words=counted("invalid active inactive")),
    Object(name="isdnBearerOperStatus", oid=f"{MIB2}.10.20.1.2.1.1.2", words=counted("idle connecting connected active")),
    Object(name="isdnBearerInfoType", oid=f"{MIB2}.10.20.1.2.1.1.7", words=counted(
        "unknown speech unrestrictedDigital unrestrictedDigital56 restrictedDigital audio31 audio7 video packetSwitched"
    )),
    Object(name="isdnBearerCallOrigin", oid=f"{MIB2}.10.20.1.2.1.1.6", words=counted("unknown originate answer callback")),
    Object(name="callHistoryInfoType", oid=f"{MIB2}.10.21.1.4.3.1.12", words=_CALL_HISTORY_INFO_TYPE),
    Object(name="callHistoryCallOrigin", oid=f"{MIB2}.10.21.1.4.3.1.10", words=_CALL_HISTORY_CALL_ORIGIN),
    Object(name="callActiveInfoType", oid=f"{MIB2}.10.21.1.3.1.1.12", words=_CALL_HISTORY_INFO_TYPE),
    Object(name="callActiveCallOrigin", oid=f"{MIB2}.10.21.1.3.1.1.10", words=_CALL_HISTORY_CALL_ORIGIN),
    Object(name="l2tpTunnelStatsInitiated", oid=f"{MIB2}.10.95.1.5.1.4", words={1: "locally", 2: "remotely"}),
    *plain(f"{MIB2}.10.18.6.1", "dsx1LineStatus 10, dsx1LineStatusLastChange 16"),
    *plain(f"{MIB2}.10.30.5.1", "dsx3LineStatus 10, dsx3LineStatusLastChange 14"),
    *plain(f"{MIB2}.10.20.1.2.1.1", "isdnBearerPeerAddress 4, isdnBearerPeerSubAddress 5, isdnBearerCallSetupTime 9"),
    *plain(f"{MIB2}.10.21.1.4.3.1",
        "callHistoryPeerId 3, callHistoryPeerIfIndex 4, callHistoryLogicalIfIndex 5, callHistoryPeerAddress 1, "
        "callHistoryPeerSubAddress 2, callHistoryDisconnectCause 6, callHistoryConnectTime 8, callHistoryDisconnectTime 9"
    ),
    *plain(f"{MIB2}.10.21.1.3.1.1",
        "callActivePeerId 5, callActivePeerIfIndex 6, callActiveLogicalIfIndex 7, callActivePeerAddress 3, "
        "callActivePeerSubAddress 4"
    ),
    *plain(f"{MIB2}.10.49.1.6.1", "apsChanStatusSwitchovers 4, apsChanStatusCurrent 1"),
    *plain(f"{MIB2}.10.49.1.2.1",
        "apsStatusModeMismatches 4, apsStatusCurrent 3, apsStatusChannelMismatches 5, apsStatusPSBFs 6, apsStatusFEPLFs 7"
    ),
    *plain(f"{MIB2}.10.95.1.5.1", "l2tpTunnelStatsRemoteHostName 5"),
    *plain(f"{MIB2}.37.1.14.1.14.1", "atmIntfPvcFailures 20, atmIntfCurrentlyFailingPVpls 21, atmIntfCurrentlyFailingPVcls 22"),
    *plain(f"{MIB2}.46.1.2.3.1", "dlswTConnOperTDomain 1, dlswTConnOperRemoteTAddr 3"),
    *plain(f"{MIB2}.46.1.5.2.1", "dlswCircuitS1Mac 1, dlswCircuitS1Sap 2, dlswCircuitS2Mac 8, dlswCircuitS2Sap 9"),
)  # fmt: skip
