"""Supplies, fans, temperatures, modules, stacks, redundancy, alarms.

Sources: CISCO-ENVMON-MIB, CISCO-ENTITY-FRU-CONTROL-MIB, CISCO-ENTITY-SENSOR-MIB,
CISCO-ENTITY-ALARM-MIB, CISCO-STACKWISE-MIB, CISCO-RF-MIB.
"""

from healthd.catalogue.trap import Object, Trap

_ENV, _FRU, _STACK, _SENSOR = "1.3.6.1.4.1.9.9.13.3.0", "1.3.6.1.4.1.9.9.117.2.0", "1.3.6.1.4.1.9.9.500.0.0", "1.3.6.1.4.1.9.9.91.2.0"
_ALARM, _RF = "1.3.6.1.4.1.9.9.138", "1.3.6.1.4.1.9.9.176"
_NORMAL, _ON = frozenset({"normal"}), frozenset({"on"})
_VOLT, _TEMP, _FAN, _SUPPLY = (f"ciscoEnvMon{x}StatusDescr" for x in ("Voltage", "Temperature", "Fan", "Supply"))
_PSU = {"kind": "psu.changed", "state": "ciscoEnvMonSupplyState", "good": _NORMAL, "eased": "psu.ok", "item": _SUPPLY}
_COOL = {"kind": "temperature.high", "state": "ciscoEnvMonTemperatureState", "good": _NORMAL, "eased": "temperature.ok", "item": _TEMP}
_BLOW = {"kind": "fan.changed", "state": "ciscoEnvMonFanState", "good": _NORMAL, "eased": "fan.ok", "item": _FAN}
_POWER = {"kind": "voltage.changed", "state": "ciscoEnvMonVoltageState", "good": _NORMAL, "eased": "voltage.ok", "item": _VOLT}

TRAPS = (
    Trap(name="ciscoEnvMonShutdownNotification", oid=f"{_ENV}.1", severity=0, kind="device.shutdown"),
    Trap(name="ciscoEnvMonVoltageNotification", oid=f"{_ENV}.2", severity=3, **_POWER),  # type: ignore[arg-type]
    Trap(name="ciscoEnvMonTemperatureNotification", oid=f"{_ENV}.3", severity=3, **_COOL),  # type: ignore[arg-type]
    Trap(name="ciscoEnvMonFanNotification", oid=f"{_ENV}.4", severity=1, **_BLOW),  # type: ignore[arg-type]
    Trap(name="ciscoEnvMonRedundantSupplyNotification", oid=f"{_ENV}.5", severity=2, **_PSU),  # type: ignore[arg-type]
    Trap(name="ciscoEnvMonVoltStatusChangeNotif", oid=f"{_ENV}.6", severity=3, **_POWER),  # type: ignore[arg-type]
    Trap(name="ciscoEnvMonTempStatusChangeNotif", oid=f"{_ENV}.7", severity=3, **_COOL),  # type: ignore[arg-type]
    Trap(name="ciscoEnvMonFanStatusChangeNotif", oid=f"{_ENV}.8", severity=3, **_BLOW),  # type: ignore[arg-type]
    Trap(name="ciscoEnvMonSuppStatusChangeNotif", oid=f"{_ENV}.9", severity=3, **_PSU),  # type: ignore[arg-type]
    Trap(name="cefcModuleStatusChange", oid=f"{_FRU}.1", severity=3, kind="module.changed", state="cefcModuleOperStatus", good=frozenset({"ok", "boot", "selfTest", "poweredUp"}), eased="module.ok"),
    Trap(name="cefcPowerStatusChange", oid=f"{_FRU}.2", severity=3, kind="psu.changed", state="cefcFRUPowerOperStatus", good=_ON, eased="psu.ok"),
    Trap(name="cefcFRUInserted", oid=f"{_FRU}.3", severity=5, kind="part.inserted"),
    Trap(name="cefcFRURemoved", oid=f"{_FRU}.4", severity=4, kind="part.removed"),
    Trap(name="cefcUnrecognizedFRU", oid=f"{_FRU}.5", severity=4, kind="part.unknown", item="entPhysicalName"),
    Trap(name="cefcFanTrayStatusChange", oid=f"{_FRU}.6", severity=3, kind="fan.changed", state="cefcFanTrayOperStatus", good=frozenset({"up"}), eased="fan.ok"),
    Trap(name="cefcPowerSupplyOutputChange", oid=f"{_FRU}.7", severity=5, kind="psu.output-changed", item="entPhysicalName"),
    Trap(name="entSensorThresholdNotification", oid=f"{_SENSOR}.1", severity=4, kind="sensor.threshold"),
    Trap(name="entSensorThresholdRecoveryNotification", oid=f"{_SENSOR}.2", severity=5, kind="sensor.ok"),
    Trap(name="ceAlarmAsserted", oid=f"{_ALARM}.2.0.1", severity=4, kind="alarm.raised", item="ceAlarmHistEntPhysicalIndex"),
    Trap(name="ceAlarmCleared", oid=f"{_ALARM}.2.0.2", severity=5, kind="alarm.cleared", item="ceAlarmHistEntPhysicalIndex"),
    Trap(name="cswStackPortChange", oid=f"{_STACK}.1", severity=4, kind="stack.port-changed", state="cswStackPortOperStatus", good=frozenset({"up"}), eased="stack.port-up"),
    Trap(name="cswStackNewMaster", oid=f"{_STACK}.2", severity=4, kind="stack.new-active"),
    Trap(name="cswStackMismatch", oid=f"{_STACK}.3", severity=4, kind="stack.mismatch"),
    Trap(name="cswStackRingRedundant", oid=f"{_STACK}.4", severity=4, kind="stack.ring-open", state="cswRingRedundant", good=frozenset({"true"}), eased="stack.ring-closed"),
    Trap(name="cswStackNewMember", oid=f"{_STACK}.5", severity=5, kind="stack.member-added"),
    Trap(name="cswStackMemberRemoved", oid=f"{_STACK}.6", severity=3, kind="stack.member-removed"),
    Trap(name="ciscoRFSwactNotif", oid=f"{_RF}.2.0.1", severity=3, kind="redundancy.switchover", item="cRFStatusLastSwactReasonCode"),
    Trap(name="ciscoRFProgressionNotif", oid=f"{_RF}.2.0.2", severity=5, kind="redundancy.changed", item="cRFStatusUnitState"),
)  # fmt: skip

OBJECTS = (
    Object(name="entPhysicalContainedIn", oid="1.3.6.1.2.1.47.1.1.1.1.4"),
    Object(name="cefcModuleStatusLastChangeTime", oid="1.3.6.1.4.1.9.9.117.1.2.1.1.4"),
    Object(name="cefcPSOutputModeCurrent", oid="1.3.6.1.4.1.9.9.117.1.6.2.1.2"),
    Object(name="entSensorThresholdValue", oid="1.3.6.1.4.1.9.9.91.1.2.1.1.4"),
    Object(name="entSensorValue", oid="1.3.6.1.4.1.9.9.91.1.1.1.1.4"),
    Object(name="ceAlarmHistEntPhysicalIndex", oid=f"{_ALARM}.1.3.3.1.3"),
    Object(name="ceAlarmHistAlarmType", oid=f"{_ALARM}.1.3.3.1.4"),
    Object(name="ceAlarmHistSeverity", oid=f"{_ALARM}.1.3.3.1.5", words={1: "critical", 2: "major", 3: "minor", 4: "info"}),
    Object(name="ceAlarmHistTimeStamp", oid=f"{_ALARM}.1.3.3.1.6"),
    Object(
        name="cRFStatusLastSwactReasonCode",
        oid=f"{_RF}.1.1.8",
        words={
            1: "unsupported", 2: "none", 3: "notKnown", 4: "userInitiated", 5: "userForced", 6: "activeUnitFailed", 7: "activeUnitRemoved",
        },
    ),
)  # fmt: skip
