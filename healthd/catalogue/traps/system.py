"""Starts, authentication, inventory, configuration and files.

Sources: SNMPv2-MIB (RFC 3418), ENTITY-MIB (RFC 6933), CISCO-CONFIG-MAN-MIB,
CISCO-CONFIG-COPY-MIB, CISCO-FLASH-MIB, CISCO-SYSLOG-MIB, CISCO-NTP-MIB.
"""

from healthd.catalogue.trap import Object, Trap

_SNMP, _CONFIG, _FLASH, _NTP = "1.3.6.1.6.3.1.1.5", "1.3.6.1.4.1.9.9.43.2.0", "1.3.6.1.4.1.9.9.10.1.3.0", "1.3.6.1.4.1.9.9.168.0"
_HISTORY = "1.3.6.1.4.1.9.9.43.1.1.6.1"
_COPY = "1.3.6.1.4.1.9.9.96.1.1.1.1"
_DONE = frozenset({"copyOperationSuccess", "copyInProgress", "copyOperationPending"})

TRAPS = (
    Trap(name="coldStart", oid=f"{_SNMP}.1", severity=4, kind="device.restarted"),
    Trap(name="warmStart", oid=f"{_SNMP}.2", severity=4, kind="device.restarted"),
    Trap(name="authenticationFailure", oid=f"{_SNMP}.5", severity=4, kind="login.failed"),
    Trap(name="entConfigChange", oid="1.3.6.1.2.1.47.2.0.1", severity=5, kind="inventory.changed"),
    Trap(name="ciscoConfigManEvent", oid=f"{_CONFIG}.1", severity=5, kind="config.changed", item="ccmHistoryEventConfigDestination"),
    Trap(name="ccmCLIRunningConfigChanged", oid=f"{_CONFIG}.2", severity=5, kind="config.changed"),
    Trap(name="ccmCTIDRolledOver", oid=f"{_CONFIG}.3", severity=5, kind="config.changed"),
    Trap(name="ccCopyCompletion", oid="1.3.6.1.4.1.9.9.96.2.1.1", severity=4, kind="file.copy-failed", state="ccCopyState", good=frozenset({"successful", "running", "waiting"}), eased="file.copied"),
    Trap(name="ciscoFlashCopyCompletionTrap", oid=f"{_FLASH}.1", severity=4, kind="file.copy-failed", state="ciscoFlashCopyStatus", good=_DONE, eased="file.copied"),
    Trap(name="ciscoFlashDeviceChangeTrap", oid=f"{_FLASH}.4", severity=5, kind="flash.changed", item="ciscoFlashDeviceName"),
    Trap(name="ciscoFlashDeviceInsertedNotif", oid=f"{_FLASH}.5", severity=5, kind="flash.inserted", item="ciscoFlashDeviceName"),
    Trap(name="ciscoFlashDeviceRemovedNotif", oid=f"{_FLASH}.6", severity=4, kind="flash.removed", item="ciscoFlashDeviceName"),
    Trap(name="ciscoFlashPartitionLowSpaceNotif", oid=f"{_FLASH}.9", severity=4, kind="flash.full", item="ciscoFlashPartitionName"),
    Trap(name="ciscoFlashPartitionLowSpaceRecoveryNotif", oid=f"{_FLASH}.10", severity=5, kind="flash.free", item="ciscoFlashPartitionName"),
    Trap(name="clogMessageGenerated", oid="1.3.6.1.4.1.9.9.41.2.0.1", severity=4, kind="log.line"),
    Trap(name="ciscoNtpSrvStatusChange", oid=f"{_NTP}.1", severity=4, kind="clock.changed", item="cntpSysSrvStatus"),
    Trap(name="ciscoNtpHighPriorityConnFailure", oid=f"{_NTP}.2", severity=4, kind="clock.lost"),
    Trap(name="ciscoNtpHighPriorityConnRestore", oid=f"{_NTP}.3", severity=5, kind="clock.restored"),
    Trap(name="ciscoNtpGeneralConnFailure", oid=f"{_NTP}.4", severity=2, kind="clock.lost"),
    Trap(name="ciscoNtpGeneralConnRestore", oid=f"{_NTP}.5", severity=5, kind="clock.restored"),
)  # fmt: skip

_MEDIUM = {
    1: "erase",
    2: "commandSource",
    3: "running",
    4: "startup",
    5: "local",
    6: "networkTftp",
    7: "networkRcp",
    8: "networkFtp",
    9: "networkScp",
}
_COPY_STATE = {1: "waiting", 2: "running", 3: "successful", 4: "failed"}
_FLASH_COPY = dict(
    enumerate(
        (
            "copyOperationPending", "copyInProgress", "copyOperationSuccess", "copyInvalidOperation", "copyInvalidProtocol", "copyInvalidSourceName",
            "copyInvalidDestName", "copyInvalidServerAddress", "copyDeviceBusy", "copyDeviceOpenError", "copyDeviceError", "copyDeviceNotProgrammable",
            "copyDeviceFull", "copyFileOpenError", "copyFileTransferError", "copyFileChecksumError", "copyNoMemory", "copyUnknownFailure",
            "copyInvalidSignature", "copyProhibited",
        )
    )
)  # fmt: skip

OBJECTS = (
    Object(name="snmpTrapEnterprise", oid="1.3.6.1.6.3.1.1.4.3"),
    Object(name="snmpTrapAddress", oid="1.3.6.1.6.3.18.1.3"),
    Object(name="authAddr", oid="1.3.6.1.4.1.9.2.1.5"),
    Object(name="ccmHistoryRunningLastChanged", oid="1.3.6.1.4.1.9.9.43.1.1.1"),
    Object(name="ccmHistoryEventCommandSource", oid=f"{_HISTORY}.3", words={1: "commandLine", 2: "snmp"}),
    Object(name="ccmHistoryEventConfigSource", oid=f"{_HISTORY}.4", words=_MEDIUM),
    Object(name="ccmHistoryEventConfigDestination", oid=f"{_HISTORY}.5", words=_MEDIUM),
    Object(
        name="ccmHistoryEventTerminalType",
        oid=f"{_HISTORY}.6",
        words={1: "notApplicable", 2: "unknown", 3: "console", 4: "terminal", 5: "virtual", 6: "auxiliary"},
    ),
    Object(name="ccmHistoryEventTerminalUser", oid=f"{_HISTORY}.8"),
    Object(name="ccCopyServerAddress", oid=f"{_COPY}.5"),
    Object(name="ccCopyFileName", oid=f"{_COPY}.6"),
    Object(name="ccCopyState", oid=f"{_COPY}.10", words=_COPY_STATE),
    Object(
        name="ccCopyFailCause",
        oid=f"{_COPY}.13",
        words={
            1: "unknown",
            2: "badFileName",
            3: "timeout",
            4: "noMem",
            5: "noConfig",
            6: "unsupportedProtocol",
            7: "someConfigApplyFailed",
            8: "systemNotReady",
            9: "requestAborted",
        },
    ),
    Object(name="ciscoFlashDeviceMinPartitionSize", oid="1.3.6.1.4.1.9.9.10.1.1.2.1.3"),
    Object(name="ciscoFlashDeviceName", oid="1.3.6.1.4.1.9.9.10.1.1.2.1.7"),
    Object(name="ciscoFlashCopyStatus", oid="1.3.6.1.4.1.9.9.10.1.2.1.1.8", words=_FLASH_COPY),
    Object(name="ciscoFlashPartitionName", oid="1.3.6.1.4.1.9.9.10.1.1.4.1.1.10"),
    Object(name="ciscoFlashPartitionFreeSpaceExtended", oid="1.3.6.1.4.1.9.9.10.1.1.4.1.1.14"),
    Object(name="clogHistFacility", oid="1.3.6.1.4.1.9.9.41.1.2.3.1.2"),
    Object(
        name="clogHistSeverity",
        oid="1.3.6.1.4.1.9.9.41.1.2.3.1.3",
        words={1: "emergency", 2: "alert", 3: "critical", 4: "error", 5: "warning", 6: "notice", 7: "info", 8: "debug"},
    ),
    Object(name="clogHistMsgName", oid="1.3.6.1.4.1.9.9.41.1.2.3.1.4"),
    Object(name="clogHistMsgText", oid="1.3.6.1.4.1.9.9.41.1.2.3.1.5"),
    Object(name="clogHistTimestamp", oid="1.3.6.1.4.1.9.9.41.1.2.3.1.6"),
    Object(
        name="cntpSysSrvStatus",
        oid="1.3.6.1.4.1.9.9.168.1.1.11",
        words={1: "unknown", 2: "notRunning", 3: "notSynchronized", 4: "syncToLocal", 5: "syncToRefclock", 6: "syncToRemoteServer"},
    ),
    Object(name="cntpPeersPeerAddress", oid="1.3.6.1.4.1.9.9.168.1.2.1.1.3"),
)
