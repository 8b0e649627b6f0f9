"""Standby units, parts and upgrades.

Sources: CISCO-RF-MIB, CISCO-RF-SUPPLEMENTAL-MIB, CISCO-ENTITY-FRU-CONTROL-MIB, CISCO-ENTITY-SENSOR-EXT-MIB,
ENTITY-STATE-MIB (RFC 4268), CISCO-STACKWISE-MIB, CISCO-IMAGE-UPGRADE-MIB, CISCO-FLASH-MIB, CISCO-FEATURE-CONTROL-MIB,
CISCO-MODULE-VIRTUALIZATION-MIB, CISCO-MODULE-AUTO-SHUTDOWN-MIB, CISCO-CAT6K-CROSSBAR-MIB, CISCO-FABRIC-HFR-MIB,
CISCO-FABRIC-C12K-MIB, CISCO-ENTITY-PFE-MIB, CISCO-HEALTH-MONITOR-MIB, CISCO-UNIFIED-COMPUTING-MIB.
"""

from healthd.catalogue.textual import TRUTH
from healthd.catalogue.trap import CISCO, MIB2, Object, Trap, counted, plain

_CIU_UPGRADE_OP_COMMAND = counted("none done install check")
_CIU_UPGRADE_OP_STATUS = counted(
    "none invalidOperation failure inProgress success abortInProgress abortSuccess abortFailed successReset fsUpgReset"
)
TRAPS = (
    Trap(name="cefcVmModuleStatusChangeNotif", oid=f"{CISCO}.117.2.0.8", severity=3, kind="module.changed", state="cefcVmModuleOperStatus", good=frozenset({"up"}), eased="module.ok"),
    Trap(name="ciscoRFIssuStateNotif", oid=f"{CISCO}.176.2.0.3", severity=5, kind="upgrade.step"),
    Trap(name="ciscoRFIssuStateNotifRev1", oid=f"{CISCO}.176.2.0.4", severity=5, kind="upgrade.step"),
    Trap(name="ciscoRfSupTimeChangeEvent", oid=f"{CISCO}.198.0.1", severity=5, kind="clock.set"),
    Trap(name="ciscoRfSupTimeZoneChangeEvent", oid=f"{CISCO}.198.0.2", severity=5, kind="clock.zone-changed"),
    Trap(name="ciscoRfSupHAFailureEvent", oid=f"{CISCO}.198.0.3", severity=3, kind="redundancy.failed"),
    Trap(name="ciscoRfSupPeerLinkStateChangeEvent", oid=f"{CISCO}.198.0.4", severity=4, kind="redundancy.link-changed", state="ifOperStatus", good=frozenset({"up"}), eased="redundancy.link-up"),
    Trap(name="ceSensorExtThresholdNotification", oid=f"{CISCO}.745.0.1", severity=4, kind="sensor.threshold"),
    Trap(name="entStateOperEnabled", oid=f"{MIB2}.131.0.1", severity=5, kind="part.enabled"),
    Trap(name="entStateOperDisabled", oid=f"{MIB2}.131.0.2", severity=4, kind="part.disabled"),
    Trap(name="cswStackMemberToBeReloadedForUpgrade", oid=f"{CISCO}.500.0.0.23", severity=5, kind="stack.member-upgrade"),
    Trap(name="ciuUpgradeOpCompletionNotify", oid=f"{CISCO}.360.0.1", severity=4, kind="upgrade.finished", state="ciuUpgradeOpStatus", good=frozenset({"success"}), eased="upgrade.succeeded"),
    Trap(name="ciuUpgradeJobStatusNotify", oid=f"{CISCO}.360.0.2", severity=4, kind="upgrade.step", state="ciuUpgradeOpStatusJobStatus", good=frozenset({"inProgress", "planned", "success"}), eased="upgrade.running"),
    Trap(name="ciscoFlashPartitioningCompletionTrap", oid=f"{CISCO}.10.1.3.0.2", severity=4, kind="flash.partition-failed", state="ciscoFlashPartitioningStatus", good=frozenset({"partitioningInProgress", "partitioningOperationSuccess"}), eased="flash.partitioned"),
    Trap(name="ciscoFlashMiscOpCompletionTrap", oid=f"{CISCO}.10.1.3.0.3", severity=4, kind="flash.operation-failed", state="ciscoFlashMiscOpStatus", good=frozenset({"miscOpInProgress", "miscOpOperationSuccess"}), eased="flash.operation-done"),
    Trap(name="ciscoFlashDeviceInsertedNotifRev1", oid=f"{CISCO}.10.1.3.0.7", severity=5, kind="flash.inserted", item="ciscoFlashDeviceNameExtended"),
    Trap(name="ciscoFlashDeviceRemovedNotifRev1", oid=f"{CISCO}.10.1.3.0.8", severity=4, kind="flash.removed", item="ciscoFlashDeviceNameExtended"),
    Trap(name="ciscoFlashDeviceChangeExtTrap", oid=f"{CISCO}.10.1.3.0.11", severity=5, kind="flash.changed"),
    Trap(name="ciscoFlashDeviceInsertedExtNotif", oid=f"{CISCO}.10.1.3.0.12", severity=5, kind="flash.inserted"),
    Trap(name="ciscoFlashDeviceRemovedExtNotif", oid=f"{CISCO}.10.1.3.0.13", severity=4, kind="flash.removed"),
    Trap(name="ciscoFeatureOpStatusChange", oid=f"{CISCO}.377.0.1", severity=5, kind="feature.changed"),
    Trap(name="cmVirtContextAdded", oid=f"{CISCO}.472.0.1", severity=5, kind="context.added"),
    Trap(name="cmVirtContextRemoved", oid=f"{CISCO}.472.0.2", severity=5, kind="context.removed"),
    Trap(name="cmasModuleAutoShutdown", oid=f"{CISCO}.386.0.1", severity=2, kind="module.shut-down"),
    Trap(name="cc6kxbarSwBusStatusChangeNotif", oid=f"{CISCO}.217.0.1", severity=4, kind="fabric.bus-changed"),
    Trap(name="cfhPlaneStateNotification", oid=f"{CISCO}.257.0.1", severity=4, kind="fabric.plane-changed"),
    Trap(name="cfhBundleStateNotification", oid=f"{CISCO}.257.0.2", severity=4, kind="fabric.bundle-changed"),
    Trap(name="ciscoFabricC12kMIBFabMasterSchCh", oid=f"{CISCO}.281.0.1", severity=4, kind="fabric.scheduler-changed"),
    Trap(name="cePfeHistThldEvent", oid=f"{CISCO}.265.0.1", severity=4, kind="forwarding.threshold"),
    Trap(name="ciscoHealthMonitorHealthLevel", oid=f"{CISCO}.243.0.1", severity=4, kind="health.changed"),
    Trap(name="cucsFaultActiveNotif", oid=f"{CISCO}.719.0.1", severity=3, kind="server.fault", item="cucsFaultAffectedObjectDn", state="cucsFaultSeverity", good=frozenset({"cleared"}), eased="server.fault-cleared"),
    Trap(name="cucsFaultClearNotif", oid=f"{CISCO}.719.0.2", severity=5, kind="server.fault-cleared", item="cucsFaultAffectedObjectDn"),
)  # fmt: skip

OBJECTS = (
    Object(name="cefcVmModuleOperStatus", oid=f"{CISCO}.117.1.2.1.1.9", words=counted("down up unknown goingDown")),
    Object(name="cRFStatusIssuState", oid=f"{CISCO}.176.1.1.12", words=counted("unset init loadVersion runVersion commitVersion", 0)),
    Object(name="cRFStatusIssuStateRev1", oid=f"{CISCO}.176.1.1.13", words={0: "init", 1: "systemReset", 3: "loadVersion", 4: "loadVersionSwitchover", 6: "runVersion", 7: "runVersionSwitchover", 9: "commitVersion"}),
    Object(name="cRfSupActionManualSync", oid=f"{CISCO}.198.1.3.1", words=counted("noAction runningConfig startupConfig bootImage")),
    Object(name="cRfSupActionLastSyncResult", oid=f"{CISCO}.198.1.3.2", words=counted("waiting running successful failed")),
    Object(name="cRfSupSysSeverity", oid=f"{CISCO}.198.1.1.17", words=counted("critical major minor informational clear")),
    Object(name="cRfSupSysErrorType", oid=f"{CISCO}.198.1.1.18", words=counted(
        "download-config download-code download-icon download-image download-signature download-webadmincert "
        "download-webauthcert download-webauthbundle download-eapdevcert download-eapcacert download-login-banner upload-config "
        "upload-debug-file upload-crashfile upload-watchdog-crash-file upload-panic-crash-file upload-coredump upload-errorlog "
        "upload-invalid-config upload-pac upload-radio-core-dump upload-ap-crash-data upload-signature upload-systemtrace "
        "upload-packet-capture upload-traplog route-add route-del interface-service-port reset other config-sync-fail "
        "peer-maintenance peer-loss rfTrapClearTemplist"
    )),
    Object(name="entPhySensorType", oid=f"{MIB2}.99.1.1.1.1", words=counted(
        "other unknown voltsAC voltsDC amperes watts hertz celsius percentRH rpm cmm truthvalue"
    )),
    Object(name="entStateAdmin", oid=f"{MIB2}.131.1.1.1.2", words=counted("unknown locked shuttingDown unlocked")),
    Object(name="ciuUpgradeOpCommand", oid=f"{CISCO}.360.1.1.4.1", words=_CIU_UPGRADE_OP_COMMAND),
    Object(name="ciuUpgradeOpStatus", oid=f"{CISCO}.360.1.1.4.2", words=_CIU_UPGRADE_OP_STATUS),
    Object(name="ciuUpgradeOpLastCommand", oid=f"{CISCO}.360.1.1.4.8", words=_CIU_UPGRADE_OP_COMMAND),
    Object(name="ciuUpgradeOpLastStatus", oid=f"{CISCO}.360.1.1.4.9", words=_CIU_UPGRADE_OP_STATUS),
    Object(name="ciuUpgradeOpStatusOperation", oid=f"{CISCO}.360.1.1.9.1.2", words=counted(
        "unknown other copy verify versionExtraction imageSync configSync preUpgrade forceDownload moduleOnline "
        "hitlessLCUpgrade hitfulLCUpgrade unusedBootvar convertStartUp looseIncompatibility haSeqNumMismatch "
        "unknownModuleOnline recommendedAction recoveryAction remainingAction additionalInfo settingBootvars informLcmFsUpg "
        "sysmgrSaveRuntimeStateAndSuccessReset kexecLoadUpgImages fsUpgCleanup saveMtsState fsUpgBegin lcWarmBootStatus "
        "waitStateVerificationStatus informLcmFsUpgExternalLc externalLcWarmBootStatus total compactFlashTcamSanity "
        "systemPreupgradeBegin"
    )),
    Object(name="ciuUpgradeOpStatusJobStatus", oid=f"{CISCO}.360.1.1.9.1.6", words=counted(
        "unknown other failed inProgress success planned"
    )),
    Object(name="ciscoFlashPartitioningStatus", oid=f"{CISCO}.10.1.2.2.1.6", words=counted(
        "partitioningInProgress partitioningOperationSuccess partitioningInvalidOperation partitioningInvalidDestName "
        "partitioningInvalidPartitionCount partitioningInvalidPartitionSizes partitioningDeviceBusy partitioningDeviceOpenError "
        "partitioningDeviceError partitioningNoMemory partitioningUnknownFailure"
    )),
    Object(name="ciscoFlashMiscOpStatus", oid=f"{CISCO}.10.1.2.3.1.4", words={1: "miscOpInProgress", 2: "miscOpOperationSuccess", 3: "miscOpInvalidOperation", 4: "miscOpInvalidDestName", 5: "miscOpDeviceBusy", 6: "miscOpDeviceOpenError", 7: "miscOpDeviceError", 8: "miscOpDeviceNotProgrammable", 9: "miscOpFileOpenError", 10: "miscOpFileDeleteFailure", 11: "miscOpFileUndeleteFailure", 12: "miscOpFileChecksumError", 13: "miscOpNoMemory", 14: "miscOpUnknownFailure", 18: "miscOpSqueezeFailure", 19: "miscOpNoSuchFile", 20: "miscOpFormatFailure"}),
    Object(name="cucsFaultSeverity", oid=f"{CISCO}.719.1.1.1.1.20", words=counted(
        "cleared info condition warning minor major critical", 0,
    )),
    Object(name="cefcFRUPowerAdminStatus", oid=f"{CISCO}.117.1.1.2.1.1", words=counted("on off inlineAuto inlineOn powerCycle")),
    Object(name="entPhysicalClass", oid=f"{MIB2}.47.1.1.1.1.5", words=counted(
        "other unknown chassis backplane container powerSupply fan sensor module port stack cpu energyObject battery "
        "storageDrive"
    )),
    Object(name="cefcPhysicalStatus", oid=f"{CISCO}.117.1.5.1.1.1", words=counted("other supported unsupported incompatible")),
    Object(name="cswRingRedundant", oid=f"{CISCO}.500.1.1.3", words=TRUTH),
    *plain(f"{CISCO}.117.1.2.1.1", "cefcVmModuleStatusLastChangeTime 10"),
    *plain(f"{CISCO}.176.1.1", "cRFStatusUnitId 1, cRFStatusIssuFromVersion 14, cRFStatusIssuToVersion 15, cRFStatusPeerUnitId 3"),
    *plain(f"{CISCO}.198.1.1",
        "cRfSupSysAvailableStartTime 1, cRfSupSysSwitchoverTime 2, cRfSupSysStartupConfigSyncTime 7, "
        "cRfSupSysRunningConfigSyncTime 4, cRfSupSysFailureReason 16"
    ),
    *plain(f"{CISCO}.745.1.1.1", "ceSensorExtThresholdValue 4"),
    *plain(f"{MIB2}.131.1.1.1", "entStateAlarm 5"),
    *plain(f"{CISCO}.360.1.1.4", "ciuUpgradeOpTimeCompleted 5, ciuUpgradeOpStatusReason 7"),
    *plain(f"{CISCO}.360.1.1.9.1",
        "ciuUpgradeOpStatusModule 3, ciuUpgradeOpStatusSrcImageLoc 4, ciuUpgradeOpStatusDestImageLoc 5, "
        "ciuUpgradeOpStatusPercentCompl 7, ciuUpgradeOpStatusJobStatusReas 8"
    ),
    *plain(f"{CISCO}.10.1.1.2.1", "ciscoFlashDeviceNameExtended 15, ciscoFlashDeviceMinPartitionSizeExtended 17"),
    *plain(f"{CISCO}.719.1.1.1.1",
        "cucsFaultIndex 1, cucsFaultAffectedObjectId 4, cucsFaultAffectedObjectDn 5, cucsFaultProbableCause 7, cucsFaultCode 9, "
        "cucsFaultCreationTime 10, cucsFaultDescription 11, cucsFaultId 13, cucsFaultLastModificationTime 14, cucsFaultOccur "
        "16, cucsFaultType 22"
    ),
    *plain(f"{CISCO}.96.1.1.1.1", "ccCopyTimeStarted 11, ccCopyTimeCompleted 12"),
    *plain(f"{CISCO}.10.1.1.4.1.1", "ciscoFlashPartitionLowSpaceNotifThreshold 15"),
)  # fmt: skip
