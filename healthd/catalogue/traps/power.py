"""Power for and from devices: sockets, batteries, shared supplies of stacks.

Sources: POWER-ETHERNET-MIB (RFC 3621), CISCO-POWER-ETHERNET-EXT-MIB, CISCO-STACKWISE-MIB (StackPower), UPS-MIB (RFC
1628), BATTERY-MIB (RFC 7577), ENERGY-OBJECT-MIB (RFC 7460).
"""

from healthd.catalogue.trap import CISCO, MIB2, Object, Trap, counted, plain

_EO_POWER_ADMIN_STATE = {
    0: "other",
    255: "unknown",
    256: "ieee1621",
    257: "ieee1621Off",
    258: "ieee1621Sleep",
    259: "ieee1621On",
    512: "dmtf",
    513: "dmtfOn",
    514: "dmtfSleepLight",
    515: "dmtfSleepDeep",
    516: "dmtfOffHard",
    517: "dmtfOffSoft",
    518: "dmtfHibernate",
    519: "dmtfPowerOffSoft",
    520: "dmtfPowerOffHard",
    521: "dmtfMasterBusReset",
    522: "dmtfDiagnosticInterrapt",
    523: "dmtfOffSoftGraceful",
    524: "dmtfOffHardGraceful",
    525: "dmtfMasterBusResetGraceful",
    526: "dmtfPowerCycleOffSoftGraceful",
    527: "dmtfPowerCycleHardGraceful",
    1024: "eman",
    1025: "emanMechOff",
    1026: "emanSoftOff",
    1027: "emanHibernate",
    1028: "emanSleep",
    1029: "emanStandby",
    1030: "emanReady",
    1031: "emanLowMinus",
    1032: "emanLow",
    1033: "emanMediumMinus",
    1034: "emanMedium",
    1035: "emanHighMinus",
    1036: "emanHigh",
}
TRAPS = (
    Trap(name="pethPsePortOnOffNotification", oid=f"{MIB2}.105.0.1", severity=5, kind="poe.changed", state="pethPsePortDetectionStatus", good=frozenset({"deliveringPower"}), eased="poe.on"),
    Trap(name="pethMainPowerUsageOnNotification", oid=f"{MIB2}.105.0.2", severity=4, kind="poe.budget"),
    Trap(name="pethMainPowerUsageOffNotification", oid=f"{MIB2}.105.0.3", severity=5, kind="poe.budget-ok"),
    Trap(name="cpeExtPolicingNotif", oid=f"{CISCO}.402.0.1", severity=4, kind="poe.policed"),
    Trap(name="cswStackPowerPortLinkStatusChanged", oid=f"{CISCO}.500.0.0.7", severity=4, kind="stackpower.link-changed", state="cswStackPowerPortLinkStatus", good=frozenset({"up"}), eased="stackpower.link-up"),
    Trap(name="cswStackPowerPortOperStatusChanged", oid=f"{CISCO}.500.0.0.8", severity=4, kind="stackpower.port-changed", state="cswStackPowerPortOperStatus", good=frozenset({"enabled"}), eased="stackpower.port-enabled"),
    Trap(name="cswStackPowerVersionMismatch", oid=f"{CISCO}.500.0.0.9", severity=4, kind="stackpower.mismatch"),
    Trap(name="cswStackPowerInvalidTopology", oid=f"{CISCO}.500.0.0.10", severity=4, kind="stackpower.topology"),
    Trap(name="cscwStackPowerBudgetWarrning", oid=f"{CISCO}.500.0.0.11", severity=4, kind="stackpower.budget"),
    Trap(name="cswStackPowerInvalidInputCurrent", oid=f"{CISCO}.500.0.0.12", severity=4, kind="stackpower.current"),
    Trap(name="cswStackPowerInvalidOutputCurrent", oid=f"{CISCO}.500.0.0.13", severity=3, kind="stackpower.current"),
    Trap(name="cswStackPowerUnderBudget", oid=f"{CISCO}.500.0.0.14", severity=4, kind="stackpower.budget"),
    Trap(name="cswStackPowerUnbalancedPowerSupplies", oid=f"{CISCO}.500.0.0.15", severity=4, kind="stackpower.unbalanced"),
    Trap(name="cswStackPowerInsufficientPower", oid=f"{CISCO}.500.0.0.16", severity=2, kind="stackpower.insufficient"),
    Trap(name="cswStackPowerPriorityConflict", oid=f"{CISCO}.500.0.0.17", severity=4, kind="stackpower.conflict"),
    Trap(name="cswStackPowerUnderVoltage", oid=f"{CISCO}.500.0.0.18", severity=2, kind="stackpower.voltage"),
    Trap(name="cswStackPowerGLS", oid=f"{CISCO}.500.0.0.19", severity=2, kind="stackpower.load-shed"),
    Trap(name="cswStackPowerILS", oid=f"{CISCO}.500.0.0.20", severity=2, kind="stackpower.load-shed"),
    Trap(name="cswStackPowerSRLS", oid=f"{CISCO}.500.0.0.21", severity=2, kind="stackpower.load-shed"),
    Trap(name="cswStackPowerSSLS", oid=f"{CISCO}.500.0.0.22", severity=2, kind="stackpower.load-shed"),
    Trap(name="upsTrapOnBattery", oid=f"{MIB2}.33.2.1", severity=3, kind="ups.on-battery"),
    Trap(name="upsTrapTestCompleted", oid=f"{MIB2}.33.2.2", severity=4, kind="ups.tested", state="upsTestResultsSummary", good=frozenset({"donePass"}), eased="ups.test-passed"),
    Trap(name="upsTrapAlarmEntryAdded", oid=f"{MIB2}.33.2.3", severity=4, kind="ups.alarm-raised"),
    Trap(name="upsTrapAlarmEntryRemoved", oid=f"{MIB2}.33.2.4", severity=5, kind="ups.alarm-cleared"),
    Trap(name="batteryChargingStateNotification", oid=f"{MIB2}.233.0.1", severity=5, kind="battery.changed"),
    Trap(name="batteryLowNotification", oid=f"{MIB2}.233.0.2", severity=3, kind="battery.low"),
    Trap(name="batteryCriticalNotification", oid=f"{MIB2}.233.0.3", severity=1, kind="battery.critical"),
    Trap(name="batteryTemperatureNotification", oid=f"{MIB2}.233.0.4", severity=4, kind="battery.temperature"),
    Trap(name="batteryAgingNotification", oid=f"{MIB2}.233.0.5", severity=4, kind="battery.aged"),
    Trap(name="batteryConnectedNotification", oid=f"{MIB2}.233.0.6", severity=5, kind="battery.connected"),
    Trap(name="batteryDisconnectedNotification", oid=f"{MIB2}.233.0.7", severity=3, kind="battery.disconnected"),
    Trap(name="eoPowerStateChange", oid=f"{MIB2}.229.0.2", severity=5, kind="power.state-changed"),
)  # fmt: skip

OBJECTS = (
    Object(name="cpeExtPsePortPolicingAction", oid=f"{CISCO}.402.1.2.1.14", words={1: "deny", 2: "logOnly"}),
    Object(name="cswStackPowerPortLinkStatus", oid=f"{CISCO}.500.1.3.2.1.5", words={1: "up", 2: "down"}),
    Object(name="cswStackPowerPortOperStatus", oid=f"{CISCO}.500.1.3.2.1.2", words={1: "enabled", 2: "disabled"}),
    Object(name="upsTestResultsSummary", oid=f"{MIB2}.33.1.7.3", words=counted(
        "donePass doneWarning doneError aborted inProgress noTestsInitiated"
    )),
    Object(name="batteryChargingOperState", oid=f"{MIB2}.233.1.1.1.13", words=counted(
        "unknown charging maintainingCharge noCharging discharging"
    )),
    Object(name="eoPowerAdminState", oid=f"{MIB2}.229.1.2.1.8", words=_EO_POWER_ADMIN_STATE),
    Object(name="eoPowerOperState", oid=f"{MIB2}.229.1.2.1.9", words=_EO_POWER_ADMIN_STATE),
    *plain(f"{CISCO}.402.1.2.1", "cpeExtPsePortAdditionalStatus 5, cpeExtPsePortPwrAllocated 7, cpeExtPsePortMaxPwrDrawn 10"),
    *plain(f"{CISCO}.500.1.3.2.1", "cswStackPowerPortName 7, cswStackPowerPortOverCurrentThreshold 6"),
    *plain(f"{CISCO}.500.1.3.1.1", "cswStackPowerName 7"),
    *plain(f"{MIB2}.33.1.2", "upsEstimatedMinutesRemaining 3, upsSecondsOnBattery 2"),
    *plain(f"{MIB2}.33.1.9", "upsConfigLowBattTime 7"),
    *plain(f"{MIB2}.33.1.7", "upsTestId 1, upsTestSpinLock 2, upsTestResultsDetail 4, upsTestStartTime 5, upsTestElapsedTime 6"),
    *plain(f"{MIB2}.33.1.6.2.1", "upsAlarmId 1, upsAlarmDescr 2"),
    *plain(f"{MIB2}.233.1.1.1",
        "batteryActualCharge 15, batteryActualVoltage 16, batteryCellIdentifier 25, batteryTemperature 18, "
        "batteryActualCapacity 10, batteryChargingCycleCount 11, batteryIdentifier 1"
    ),
    *plain(f"{MIB2}.229.1.2.1", "eoPowerStateEnterReason 10"),
)  # fmt: skip
