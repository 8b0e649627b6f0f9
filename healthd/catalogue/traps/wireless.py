"""Access points, their controllers, their clients.

Sources: CAPWAP-BASE-MIB (RFC 5833), AIRESPACE-WIRELESS-MIB, CISCO-DDP-IAPP-MIB, CISCO-DOT11-CONTEXT-SERVICES-MIB.
"""

from healthd.catalogue.trap import CISCO, CISCO_TRIAL, MIB2, Object, Trap, counted, plain

_YES = {0: "no", 1: "yes"}
TRAPS = (
    Trap(name="capwapBaseChannelUp", oid=f"{MIB2}.196.0.1", severity=5, kind="ap.channel-up"),
    Trap(name="capwapBaseChannelDown", oid=f"{MIB2}.196.0.2", severity=4, kind="ap.channel-down"),
    Trap(name="capwapBaseDecryptErrorReport", oid=f"{MIB2}.196.0.3", severity=4, kind="ap.decrypt-error"),
    Trap(name="capwapBaseJoinFailure", oid=f"{MIB2}.196.0.4", severity=4, kind="ap.join-failed"),
    Trap(name="capwapBaseImageUpgradeFailure", oid=f"{MIB2}.196.0.5", severity=4, kind="ap.upgrade-failed"),
    Trap(name="capwapBaseConfigMsgError", oid=f"{MIB2}.196.0.6", severity=4, kind="ap.config-error"),
    Trap(name="capwapBaseRadioOperableStatus", oid=f"{MIB2}.196.0.7", severity=4, kind="ap.radio-changed", state="capwapBaseNtfRadioOperStatusFlag", good=frozenset({"operable"}), eased="ap.radio-up"),
    Trap(name="capwapBaseAuthenFailure", oid=f"{MIB2}.196.0.8", severity=4, kind="ap.authentication"),
    Trap(name="bsnAPDisassociated", oid="1.3.6.1.4.1.14179.2.6.3.8", severity=4, kind="ap.down"),
    Trap(name="bsnAPIfUp", oid="1.3.6.1.4.1.14179.2.6.3.9", severity=5, kind="ap.radio-up"),
    Trap(name="bsnAPIfDown", oid="1.3.6.1.4.1.14179.2.6.3.10", severity=4, kind="ap.radio-down"),
    Trap(name="bsnRogueAPDetected", oid="1.3.6.1.4.1.14179.2.6.3.36", severity=4, kind="rogue.detected"),
    Trap(name="bsnRogueAPRemoved", oid="1.3.6.1.4.1.14179.2.6.3.41", severity=5, kind="rogue.gone"),
    Trap(name="bsnRadiosExceedLicenseCount", oid="1.3.6.1.4.1.14179.2.6.3.42", severity=4, kind="licence.exceeded"),
    Trap(name="bsnSensedTemperatureTooHigh", oid="1.3.6.1.4.1.14179.2.6.3.43", severity=3, kind="temperature.high"),
    Trap(name="bsnSensedTemperatureTooLow", oid="1.3.6.1.4.1.14179.2.6.3.44", severity=4, kind="temperature.low"),
    Trap(name="bsnTemperatureSensorFailure", oid="1.3.6.1.4.1.14179.2.6.3.45", severity=4, kind="sensor.failed"),
    Trap(name="bsnTemperatureSensorClear", oid="1.3.6.1.4.1.14179.2.6.3.46", severity=5, kind="temperature.ok"),
    Trap(name="bsnPOEControllerFailure", oid="1.3.6.1.4.1.14179.2.6.3.47", severity=3, kind="poe.failed"),
    Trap(name="bsnMaxRogueCountExceeded", oid="1.3.6.1.4.1.14179.2.6.3.48", severity=4, kind="rogue.too-many"),
    Trap(name="bsnMaxRogueCountClear", oid="1.3.6.1.4.1.14179.2.6.3.49", severity=5, kind="rogue.fewer"),
    Trap(name="bsnApMaxRogueCountExceeded", oid="1.3.6.1.4.1.14179.2.6.3.50", severity=4, kind="rogue.too-many"),
    Trap(name="bsnApMaxRogueCountClear", oid="1.3.6.1.4.1.14179.2.6.3.51", severity=5, kind="rogue.fewer"),
    Trap(name="bsnAPAssociated", oid="1.3.6.1.4.1.14179.2.6.3.53", severity=5, kind="ap.up"),
    Trap(name="bsnApBigNavDosAttack", oid="1.3.6.1.4.1.14179.2.6.3.55", severity=4, kind="wireless.attack"),
    Trap(name="bsnTooManyUnsuccessLoginAttempts", oid="1.3.6.1.4.1.14179.2.6.3.56", severity=4, kind="login.failed"),
    Trap(name="bsnWepKeyDecryptError", oid="1.3.6.1.4.1.14179.2.6.3.57", severity=4, kind="ap.decrypt-error"),
    Trap(name="bsnWpaMicErrorCounterActivated", oid="1.3.6.1.4.1.14179.2.6.3.58", severity=4, kind="wireless.attack"),
    Trap(name="bsnTrustedApHasInvalidSsid", oid="1.3.6.1.4.1.14179.2.6.3.63", severity=4, kind="rogue.trusted-invalid"),
    Trap(name="bsnTrustedApIsMissing", oid="1.3.6.1.4.1.14179.2.6.3.64", severity=4, kind="rogue.trusted-missing"),
    Trap(name="bsnAdhocRogueAutoContained", oid="1.3.6.1.4.1.14179.2.6.3.65", severity=4, kind="rogue.contained"),
    Trap(name="bsnRogueApAutoContained", oid="1.3.6.1.4.1.14179.2.6.3.66", severity=4, kind="rogue.contained"),
    Trap(name="bsnTrustedApHasInvalidEncryption", oid="1.3.6.1.4.1.14179.2.6.3.67", severity=4, kind="rogue.trusted-invalid"),
    Trap(name="bsnTrustedApHasInvalidRadioPolicy", oid="1.3.6.1.4.1.14179.2.6.3.68", severity=4, kind="rogue.trusted-invalid"),
    Trap(name="bsnRxMulticastQueueFull", oid="1.3.6.1.4.1.14179.2.6.3.80", severity=4, kind="queue.full"),
    Trap(name="bsnRadarChannelDetected", oid="1.3.6.1.4.1.14179.2.6.3.81", severity=4, kind="radar.detected"),
    Trap(name="bsnRadarChannelCleared", oid="1.3.6.1.4.1.14179.2.6.3.82", severity=5, kind="radar.cleared"),
    Trap(name="bsnAPAuthorizationFailure", oid="1.3.6.1.4.1.14179.2.6.3.83", severity=4, kind="ap.authentication"),
    Trap(name="radioCoreDumpTrap", oid="1.3.6.1.4.1.14179.2.6.3.84", severity=4, kind="ap.radio-crashed"),
    Trap(name="invalidRadioTrap", oid="1.3.6.1.4.1.14179.2.6.3.85", severity=4, kind="ap.radio-unsupported"),
    Trap(name="unsupportedAPTrap", oid="1.3.6.1.4.1.14179.2.6.3.87", severity=4, kind="ap.unsupported"),
    Trap(name="heartbeatLossTrap", oid="1.3.6.1.4.1.14179.2.6.3.88", severity=3, kind="controller.heartbeat-lost"),
    Trap(name="cDot11csElectedAsWds", oid=f"{CISCO_TRIAL}.110.0.1", severity=5, kind="ap.elected"),
    Trap(name="cDot11csInDeRegisteredWithWs", oid=f"{CISCO_TRIAL}.110.0.3", severity=4, kind="ap.deregistered"),
    Trap(name="cDdpIappLastRogueApNotif", oid=f"{CISCO}.277.0.1", severity=4, kind="rogue.detected"),
)  # fmt: skip

OBJECTS = (
    Object(name="capwapBaseNtfChannelType", oid=f"{MIB2}.196.1.5.3", words={1: "data", 2: "control"}),
    Object(name="capwapBaseNtfAuthenMethod", oid=f"{MIB2}.196.1.5.4", words=counted("other clear x509 psk")),
    Object(name="capwapBaseNtfChannelDownReason", oid=f"{MIB2}.196.1.5.5", words=counted(
        "timeout rekeyFailure acRebootWtp dtlsError maxRetransmit"
    )),
    Object(name="capwapBaseNtfJoinFailureReason", oid=f"{MIB2}.196.1.5.10", words=counted(
        "unspecified resDepletion unknownSource incorrectData sessionIdInUse unsupportedHw unsupportedBinding"
    )),
    Object(name="capwapBaseNtfImageFailureReason", oid=f"{MIB2}.196.1.5.11", words=counted(
        "invalidChecksum invalidLength other inStorage"
    )),
    Object(name="capwapBaseNtfConfigMsgErrorType", oid=f"{MIB2}.196.1.5.12", words=counted(
        "unknownElement unsupportedElement unknownValue unsupportedValue"
    )),
    Object(name="capwapBaseNtfRadioOperStatusFlag", oid=f"{MIB2}.196.1.5.8", words={0: "operable", 1: "inoperable"}),
    Object(name="capwapBaseNtfRadioStatusCause", oid=f"{MIB2}.196.1.5.9", words=counted("normal hwError swError adminSet", 0)),
    Object(name="capwapBaseNtfAuthenFailureReason", oid=f"{MIB2}.196.1.5.7", words={1: "keyMismatch", 2: "invalidCert", 3: "reassemblyFailure", 4: "decapFailure", 5: "encapFailure", 6: "timeout", 8: "unknown"}),
    Object(name="bsnRogueAPOnWiredNetwork", oid="1.3.6.1.4.1.14179.2.6.2.40", words=_YES),
    Object(name="bsnRogueAdhocMode", oid="1.3.6.1.4.1.14179.2.6.2.44", words=_YES),
    Object(name="bsnClearTrapVariable", oid="1.3.6.1.4.1.14179.2.6.2.45", words={0: "false", 1: "true"}),
    Object(name="bsnAPAuthorizationFailureCause", oid="1.3.6.1.4.1.14179.2.6.2.69", words=counted(
        "unknown keymismatch entrydoesnotexist invalidCertifcate entryIsMIC aaaEntryDoesNotExist", 0,
    )),
    Object(name="bsnAPIfUpDownCause", oid="1.3.6.1.4.1.14179.2.6.2.70", words=counted(
        "unknown radioFailure radioLowPower maxRetransmission echoTimeout configAP configRadio configNetwork adminConfigured "
        "missedRekey detectingInLinePower newDiscovery", 0,
    )),
    *plain(f"{MIB2}.196.1.5",
        "capwapBaseNtfWtpId 1, capwapBaseNtfRadioId 2, capwapBaseNtfStationIdList 6, capwapBaseNtfMsgErrorElements 13"
    ),
    *plain("1.3.6.1.4.1.14179.2.6.2", "bsnUserIpAddress 43, bsnStationUserName 39"),
)  # fmt: skip
