"""What a device measures and counts itself: load, memory, probes, alarms, time.

Sources: CISCO-PROCESS-MIB, CISCO-MEMORY-POOL-MIB, CISCO-ENHANCED-MEMPOOL-MIB, CISCO-RTTMON-MIB, RMON-MIB (RFC 2819),
HC-ALARM-MIB (RFC 3434), DISMAN-EVENT-MIB (RFC 2981), DISMAN-PING-MIB and DISMAN-TRACEROUTE-MIB (RFC 4560), ALARM-MIB
(RFC 3877), NTPv4-MIB (RFC 5907), SYSLOG-MSG-MIB (RFC 5676), CISCO-CALLHOME-MIB, CISCO-DATA-COLLECTION-MIB,
CISCO-EMBEDDED-EVENT-MGR-MIB, CISCO-PING-MIB, CISCO-SYSTEM-MIB, TCP-ESTATS-MIB (RFC 4898).
"""

from healthd.catalogue.textual import ADDRESS_TYPE, TRUTH
from healthd.catalogue.trap import CISCO, CISCO_TRIAL, MIB2, Object, Trap, counted, plain

_ALARM_SAMPLE_TYPE = {1: "absoluteValue", 2: "deltaValue"}
_HC_ALARM_VALUE_STATUS = counted("valueNotAvailable valuePositive valueNegative")
TRAPS = (
    Trap(name="rttMonConnectionChangeNotification", oid=f"{CISCO}.42.2.0.1", severity=4, kind="ipsla.connection", item="rttMonCtrlAdminTag", state="rttMonCtrlOperConnectionLostOccurred", good=frozenset({"false"}), eased="ipsla.ok"),
    Trap(name="rttMonTimeoutNotification", oid=f"{CISCO}.42.2.0.2", severity=4, kind="ipsla.timeout", item="rttMonCtrlAdminTag", state="rttMonCtrlOperTimeoutOccurred", good=frozenset({"false"}), eased="ipsla.ok"),
    Trap(name="rttMonThresholdNotification", oid=f"{CISCO}.42.2.0.3", severity=4, kind="ipsla.threshold", item="rttMonCtrlAdminTag", state="rttMonCtrlOperOverThresholdOccurred", good=frozenset({"false"}), eased="ipsla.ok"),
    Trap(name="rttMonNotification", oid=f"{CISCO}.42.2.0.5", severity=4, kind="ipsla.reaction", item="rttMonCtrlAdminTag", state="rttMonReactOccurred", good=frozenset({"false"}), eased="ipsla.ok"),
    Trap(name="cpmCPURisingThreshold", oid=f"{CISCO}.109.2.0.1", severity=4, kind="cpu.high"),
    Trap(name="cpmCPUFallingThreshold", oid=f"{CISCO}.109.2.0.2", severity=4, kind="cpu.ok"),
    Trap(name="ciscoMemoryPoolLowMemoryNotif", oid=f"{CISCO}.48.2.0.1", severity=4, kind="memory.low", item="ciscoMemoryPoolName"),
    Trap(name="ciscoMemoryPoolLowMemoryRecoveryNotif", oid=f"{CISCO}.48.2.0.2", severity=5, kind="memory.ok", item="ciscoMemoryPoolName"),
    Trap(name="risingAlarm", oid=f"{MIB2}.16.0.1", severity=4, kind="rmon.rising", item="alarmIndex"),
    Trap(name="fallingAlarm", oid=f"{MIB2}.16.0.2", severity=4, kind="rmon.falling", item="alarmIndex"),
    Trap(name="cpmProcessStateTrap", oid=f"{CISCO}.109.2.0.3", severity=4, kind="process.changed", state="cpmProcessState", good=frozenset({"running", "started"}), eased="process.running"),
    Trap(name="cempMemBufferNotify", oid=f"{CISCO}.221.0.1", severity=4, kind="buffer.peak", item="cempMemBufferName"),
    Trap(name="rttMonVerifyErrorNotification", oid=f"{CISCO}.42.2.0.4", severity=4, kind="ipsla.verify", item="rttMonCtrlAdminTag", state="rttMonCtrlOperVerifyErrorOccurred", good=frozenset({"false"}), eased="ipsla.ok"),
    Trap(name="rttMonLpdDiscoveryNotification", oid=f"{CISCO}.42.2.0.6", severity=4, kind="ipsla.discovery", state="rttMonLpdGrpStatsLPDFailOccurred", good=frozenset({"false"}), eased="ipsla.ok"),
    Trap(name="rttMonLpdGrpStatusNotification", oid=f"{CISCO}.42.2.0.7", severity=4, kind="ipsla.group", state="rttMonLpdGrpStatsGroupStatus", good=frozenset({"up"}), eased="ipsla.ok"),
    Trap(name="rttMonNotificationV2", oid=f"{CISCO}.42.2.0.8", severity=4, kind="ipsla.reaction", item="rttMonCtrlAdminTag", state="rttMonReactOccurred", good=frozenset({"false"}), eased="ipsla.ok"),
    Trap(name="hcRisingAlarm", oid=f"{MIB2}.16.29.2.0.1", severity=4, kind="rmon.rising", item="hcAlarmVariable"),
    Trap(name="hcFallingAlarm", oid=f"{MIB2}.16.29.2.0.2", severity=4, kind="rmon.falling", item="hcAlarmVariable"),
    Trap(name="mteTriggerFired", oid=f"{MIB2}.88.2.0.1", severity=5, kind="event.fired", item="mteHotTrigger"),
    Trap(name="mteTriggerRising", oid=f"{MIB2}.88.2.0.2", severity=4, kind="event.rising", item="mteHotTrigger"),
    Trap(name="mteTriggerFalling", oid=f"{MIB2}.88.2.0.3", severity=4, kind="event.falling", item="mteHotTrigger"),
    Trap(name="mteTriggerFailure", oid=f"{MIB2}.88.2.0.4", severity=4, kind="event.failed", item="mteHotTrigger"),
    Trap(name="mteEventSetFailure", oid=f"{MIB2}.88.2.0.5", severity=4, kind="event.set-failed", item="mteHotTrigger"),
    Trap(name="pingProbeFailed", oid=f"{MIB2}.80.0.1", severity=4, kind="probe.failed"),
    Trap(name="pingTestFailed", oid=f"{MIB2}.80.0.2", severity=4, kind="probe.failed"),
    Trap(name="pingTestCompleted", oid=f"{MIB2}.80.0.3", severity=6, kind="probe.completed"),
    Trap(name="traceRoutePathChange", oid=f"{MIB2}.81.0.1", severity=5, kind="probe.path-changed"),
    Trap(name="traceRouteTestFailed", oid=f"{MIB2}.81.0.2", severity=4, kind="probe.failed"),
    Trap(name="traceRouteTestCompleted", oid=f"{MIB2}.81.0.3", severity=6, kind="probe.completed"),
    Trap(name="ciscoPingCompletion", oid=f"{CISCO}.16.2.0.1", severity=6, kind="probe.completed"),
    Trap(name="alarmActiveState", oid=f"{MIB2}.118.0.2", severity=4, kind="alarm.raised"),
    Trap(name="alarmClearState", oid=f"{MIB2}.118.0.3", severity=5, kind="alarm.cleared"),
    Trap(name="ntpEntNotifModeChange", oid=f"{MIB2}.197.0.1", severity=5, kind="clock.mode-changed"),
    Trap(name="ntpEntNotifStratumChange", oid=f"{MIB2}.197.0.2", severity=5, kind="clock.stratum-changed"),
    Trap(name="ntpEntNotifSyspeerChanged", oid=f"{MIB2}.197.0.3", severity=5, kind="clock.source-changed"),
    Trap(name="ntpEntNotifAddAssociation", oid=f"{MIB2}.197.0.4", severity=5, kind="clock.source-added"),
    Trap(name="ntpEntNotifRemoveAssociation", oid=f"{MIB2}.197.0.5", severity=5, kind="clock.source-removed"),
    Trap(name="ntpEntNotifConfigChanged", oid=f"{MIB2}.197.0.6", severity=5, kind="clock.config-changed"),
    Trap(name="ntpEntNotifLeapSecondAnnounced", oid=f"{MIB2}.197.0.7", severity=5, kind="clock.leap-second"),
    Trap(name="ntpEntNotifHeartbeat", oid=f"{MIB2}.197.0.8", severity=6, kind="clock.heartbeat"),
    Trap(name="ciscoSystemClockChanged", oid=f"{CISCO}.131.2.0.1", severity=5, kind="clock.set"),
    Trap(name="syslogMsgNotification", oid=f"{MIB2}.192.0.1", severity=4, kind="log.forwarded"),
    Trap(name="ccmSmtpServerFailNotif", oid=f"{CISCO}.300.0.1", severity=4, kind="callhome.failed"),
    Trap(name="ccmAlertGroupTypeAddedNotif", oid=f"{CISCO}.300.0.2", severity=5, kind="callhome.changed"),
    Trap(name="ccmAlertGroupTypeDeletedNotif", oid=f"{CISCO}.300.0.3", severity=5, kind="callhome.changed"),
    Trap(name="ccmSmtpMsgSendFailNotif", oid=f"{CISCO}.300.0.4", severity=4, kind="callhome.failed"),
    Trap(name="ccmEventNotif", oid=f"{CISCO}.300.0.5", severity=4, kind="callhome.event"),
    Trap(name="cdcVFileCollectionError", oid=f"{CISCO}.312.0.1", severity=4, kind="collection.failed"),
    Trap(name="cdcFileXferComplete", oid=f"{CISCO}.312.0.2", severity=6, kind="collection.transferred"),
    Trap(name="cEventMgrServerEvent", oid=f"{CISCO_TRIAL}.91.0.1", severity=5, kind="script.event"),
    Trap(name="cEventMgrPolicyEvent", oid=f"{CISCO_TRIAL}.91.0.2", severity=5, kind="script.event"),
    Trap(name="tcpEStatsEstablishNotification", oid=f"{MIB2}.156.0.1", severity=6, kind="tcp.opened"),
    Trap(name="tcpEStatsCloseNotification", oid=f"{MIB2}.156.0.2", severity=6, kind="tcp.closed"),
    Trap(name="tcpConnectionClose", oid="1.3.6.1.4.1.9.0.1", severity=6, kind="tcp.closed"),
    Trap(name="reload", oid="1.3.6.1.4.1.9.0.0", severity=4, kind="device.restarting"),
)  # fmt: skip

OBJECTS = (
    Object(name="rttMonCtrlOperConnectionLostOccurred", oid=f"{CISCO}.42.1.2.9.1.5", words=TRUTH),
    Object(name="rttMonCtrlOperTimeoutOccurred", oid=f"{CISCO}.42.1.2.9.1.6", words=TRUTH),
    Object(name="rttMonCtrlOperOverThresholdOccurred", oid=f"{CISCO}.42.1.2.9.1.7", words=TRUTH),
    Object(name="rttMonReactVar", oid=f"{CISCO}.42.1.2.19.1.2", words=counted(
        "rtt jitterSDAvg jitterDSAvg packetLossSD packetLossDS mos timeout connectionLoss verifyError jitterAvg icpif packetMIA "
        "packetLateArrival packetOutOfSequence maxOfPositiveSD maxOfNegativeSD maxOfPositiveDS maxOfNegativeDS iaJitterDS "
        "frameLossDS mosLQDS mosCQDS rFactorDS successivePacketLoss maxOfLatencyDS maxOfLatencySD latencyDSAvg latencySDAvg "
        "packetLoss iaJitterSD mosCQSD rFactorSD lpdGroup lpdTreeTrace lpdAll unavailSD unavailDS pktLossPctSD pktLossPctDS "
        "rttPct maxOfLatencySDPct maxOfLatencyDSPct latencySDAvgPct latencyDSAvgPct jitterSDAvgPct jitterDSAvgPct jitterAvgPct "
        "overThreshold protocolSpecificError"
    )),
    Object(name="rttMonReactOccurred", oid=f"{CISCO}.42.1.2.19.1.10", words=TRUTH),
    Object(name="alarmSampleType", oid=f"{MIB2}.16.3.1.1.4", words=_ALARM_SAMPLE_TYPE),
    Object(name="cpmProcessState", oid=f"{CISCO}.109.1.2.1.1.3", words=counted(
        "down running started waiting disabled userdisabled locked other", 0,
    )),
    Object(name="rttMonCtrlOperVerifyErrorOccurred", oid=f"{CISCO}.42.1.2.9.1.11", words=TRUTH),
    Object(name="rttMonLpdGrpStatsLPDFailCause", oid=f"{CISCO}.42.1.3.7.1.14", words=counted(
        "unknown noPath allPathsBroken allPathsUnexplorable allPathsBrokenOrUnexplorable timeout error"
    )),
    Object(name="rttMonLpdGrpStatsLPDFailOccurred", oid=f"{CISCO}.42.1.3.7.1.13", words=TRUTH),
    Object(name="rttMonLpdGrpStatsGroupStatus", oid=f"{CISCO}.42.1.3.7.1.16", words=counted("unknown up partial down")),
    Object(name="hcAlarmSampleType", oid=f"{MIB2}.16.29.1.1.1.1.4", words=_ALARM_SAMPLE_TYPE),
    Object(name="hcAlarmValueStatus", oid=f"{MIB2}.16.29.1.1.1.1.6", words=_HC_ALARM_VALUE_STATUS),
    Object(name="hcAlarmRisingThresholdValStatus", oid=f"{MIB2}.16.29.1.1.1.1.10", words=_HC_ALARM_VALUE_STATUS),
    Object(name="hcAlarmFallingThresholdValStatus", oid=f"{MIB2}.16.29.1.1.1.1.13", words=_HC_ALARM_VALUE_STATUS),
    Object(name="mteFailedReason", oid=f"{MIB2}.88.2.1.6", words=counted(
        "sampleOverrun badType noResponse destinationUnreachable badDestination localResourceLack noError tooBig noSuchName "
        "badValue readOnly genErr noAccess wrongType wrongLength wrongEncoding wrongValue noCreation inconsistentValue "
        "resourceUnavailable commitFailed undoFailed authorizationError notWritable inconsistentName"
    , -6)),
    Object(name="pingCtlTargetAddressType", oid=f"{MIB2}.80.1.2.1.3", words=ADDRESS_TYPE),
    Object(name="pingResultsOperStatus", oid=f"{MIB2}.80.1.3.1.1", words=counted("enabled disabled completed")),
    Object(name="pingResultsIpTargetAddressType", oid=f"{MIB2}.80.1.3.1.2", words=ADDRESS_TYPE),
    Object(name="traceRouteCtlTargetAddressType", oid=f"{MIB2}.81.1.2.1.3", words=ADDRESS_TYPE),
    Object(name="traceRouteResultsIpTgtAddrType", oid=f"{MIB2}.81.1.3.1.4", words=ADDRESS_TYPE),
    Object(name="ntpEntStatusCurrentMode", oid=f"{MIB2}.197.1.2.1", words={1: "notRunning", 2: "notSynchronized", 3: "noneConfigured", 4: "syncToLocal", 5: "syncToRefclock", 6: "syncToRemoteServer", 99: "unknown"}),
    Object(name="syslogMsgFacility", oid=f"{MIB2}.192.1.2.1.2", words=counted(
        "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit console cron2 local0 local1 local2 local3 "
        "local4 local5 local6 local7", 0,
    )),
    Object(name="syslogMsgSeverity", oid=f"{MIB2}.192.1.2.1.3", words=counted("emerg alert crit err warning notice info debug", 0)),
    Object(name="ccmEventUrgencyLevel", oid=f"{CISCO}.300.1.8.3", words=counted(
        "debug normal notification warning minor major critical fatal disaster catastrophic"
    )),
    Object(name="cdcVFileErrorCode", oid=f"{CISCO}.312.1.1.3.1.13", words=counted(
        "noError otherError noSpace openError tooSmallMaxSize tooManyMaxSizeHits noResource"
    )),
    Object(name="cdcVFileMgmtLastXferStatus", oid=f"{CISCO}.312.1.1.4.1.7", words=counted(
        "notStarted success aborted fileOpenFailRemote badDomainName unreachableIpAddress networkFailed fileWriteFailed "
        "authFailed"
    )),
    *plain(f"{CISCO}.42.1.2.1.1", "rttMonCtrlAdminTag 3, rttMonCtrlAdminLongTag 12"),
    *plain(f"{CISCO}.42.1.4.1.1", "rttMonHistoryCollectionAddress 5"),
    *plain(f"{CISCO}.42.1.2.19.1", "rttMonReactValue 9, rttMonReactThresholdRising 5, rttMonReactThresholdFalling 6"),
    *plain(f"{CISCO}.42.1.2.2.1", "rttMonEchoAdminLSPSelector 33"),
    *plain(f"{CISCO}.109.1.2.4.1", "cpmCPURisingThresholdValue 2, cpmCPUFallingThresholdValue 4"),
    *plain(f"{CISCO}.109.1.1.1.1", "cpmCPUTotalMonIntervalValue 10, cpmCPUInterruptMonIntervalValue 11"),
    *plain(f"{CISCO}.109.1.2.3.1", "cpmProcExtUtil5SecRev 5"),
    *plain(f"{CISCO}.109.1.2.1.1", "cpmProcessTimeCreated 5, cpmProcessPID 1, cpmProcessName 2"),
    *plain(f"{MIB2}.16.3.1.1", "alarmIndex 1, alarmVariable 3, alarmValue 5, alarmRisingThreshold 7, alarmFallingThreshold 8"),
    *plain(f"{CISCO}.221.1.1.2.1", "cempMemBufferName 3, cempMemBufferPeak 17, cempMemBufferPeakTime 18"),
    *plain(f"{CISCO}.42.1.2.15.1", "rttMplsVpnMonCtrlTag 4"),
    *plain(f"{CISCO}.42.1.3.7.1", "rttMonLpdGrpStatsTargetPE 3"),
    *plain(f"{MIB2}.16.29.1.1.1.1",
        "hcAlarmVariable 3, hcAlarmAbsValue 5, hcAlarmRisingThreshAbsValueLo 8, hcAlarmRisingThreshAbsValueHi 9, "
        "hcAlarmRisingEventIndex 14, hcAlarmFallingThreshAbsValueLo 11, hcAlarmFallingThreshAbsValueHi 12, "
        "hcAlarmFallingEventIndex 15"
    ),
    *plain(f"{MIB2}.88.2.1", "mteHotTrigger 1, mteHotTargetName 2, mteHotContextName 3, mteHotOID 4, mteHotValue 5"),
    *plain(f"{MIB2}.80.1.2.1", "pingCtlTargetAddress 4"),
    *plain(f"{MIB2}.80.1.3.1",
        "pingResultsIpTargetAddress 3, pingResultsMinRtt 4, pingResultsMaxRtt 5, pingResultsAverageRtt 6, "
        "pingResultsProbeResponses 7, pingResultsSentProbes 8, pingResultsRttSumOfSquares 9, pingResultsLastGoodProbe 10"
    ),
    *plain(f"{MIB2}.81.1.2.1", "traceRouteCtlTargetAddress 4"),
    *plain(f"{MIB2}.81.1.3.1", "traceRouteResultsIpTgtAddr 5"),
    *plain(f"{MIB2}.118.1.2.2.1", "alarmActiveModelPointer 13, alarmActiveResourceId 10"),
    *plain(f"{MIB2}.197.1.2", "ntpEntStatusDateTime 9, ntpEntStatusStratum 2, ntpEntStatusActiveRefSourceId 3"),
    *plain(f"{MIB2}.197.1.5", "ntpEntNotifMessage 1"),
    *plain(f"{MIB2}.197.1.3.1.1", "ntpAssocName 2"),
    *plain(f"{MIB2}.197.1.4", "ntpEntHeartbeatInterval 1"),
    *plain(f"{MIB2}.192.1.2.1",
        "syslogMsgVersion 4, syslogMsgTimeStamp 5, syslogMsgHostName 6, syslogMsgAppName 7, syslogMsgProcID 8, syslogMsgMsgID "
        "9, syslogMsgSDParams 10, syslogMsgMsg 11"
    ),
    *plain(f"{CISCO}.300.1.1.22.1", "ccmSmtpServersPort 3"),
    *plain(f"{CISCO}.300.1.1.25.1", "callHomeAlertGroupName 2"),
    *plain(f"{CISCO}.300.1.8", "ccmEventDescription 1, ccmEventTime 2"),
    *plain(f"{CISCO}.312.1.1.3.1", "cdcVFileName 2"),
    *plain(f"{CISCO}.312.1.1.4.1", "cdcVFileMgmtLastXferURL 8"),
    *plain(f"{CISCO_TRIAL}.91.1.2.3.1",
        "ceemHistoryEventType1 2, ceemHistoryEventType2 3, ceemHistoryEventType3 4, ceemHistoryEventType4 5, "
        "ceemHistoryPolicyPath 6, ceemHistoryPolicyName 7, ceemHistoryPolicyExitStatus 8, ceemHistoryPolicyIntData1 9, "
        "ceemHistoryPolicyIntData2 10, ceemHistoryPolicyStrData 11"
    ),
    *plain(f"{MIB2}.156.1.1.2.1", "tcpEStatsConnectIndex 1"),
)  # fmt: skip
