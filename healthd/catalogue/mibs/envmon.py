"""CISCO-ENVMON-MIB (1.3.6.1.4.1.9.9.13): voltages, temperatures, fans and supplies of IOS, and of much of IOS XE."""

from healthd.model.request import Walk

VOLTAGE = Walk(
    mib="CISCO-ENVMON-MIB",
    table="ciscoEnvMonVoltageStatusTable",
    entry="1.3.6.1.4.1.9.9.13.1.2.1",
    columns=(
        ("ciscoEnvMonVoltageStatusDescr", 2),
        ("ciscoEnvMonVoltageStatusValue", 3),
        ("ciscoEnvMonVoltageThresholdLow", 4),
        ("ciscoEnvMonVoltageThresholdHigh", 5),
        ("ciscoEnvMonVoltageState", 7),
    ),
)
"""Values and thresholds in millivolts."""

TEMPERATURE = Walk(
    mib="CISCO-ENVMON-MIB",
    table="ciscoEnvMonTemperatureStatusTable",
    entry="1.3.6.1.4.1.9.9.13.1.3.1",
    columns=(
        ("ciscoEnvMonTemperatureStatusDescr", 2),
        ("ciscoEnvMonTemperatureStatusValue", 3),
        ("ciscoEnvMonTemperatureThreshold", 4),
        ("ciscoEnvMonTemperatureState", 6),
    ),
)
"""Values in °C. The threshold is the critical one; there is none for a warning."""

FAN = Walk(
    mib="CISCO-ENVMON-MIB",
    table="ciscoEnvMonFanStatusTable",
    entry="1.3.6.1.4.1.9.9.13.1.4.1",
    columns=(("ciscoEnvMonFanStatusDescr", 2), ("ciscoEnvMonFanState", 3)),
)

SUPPLY = Walk(
    mib="CISCO-ENVMON-MIB",
    table="ciscoEnvMonSupplyStatusTable",
    entry="1.3.6.1.4.1.9.9.13.1.5.1",
    columns=(("ciscoEnvMonSupplyStatusDescr", 2), ("ciscoEnvMonSupplyState", 3), ("ciscoEnvMonSupplySource", 4)),
)

STATE = {1: "normal", 2: "warning", 3: "critical", 4: "shutdown", 5: "notPresent", 6: "notFunctioning"}
"""CiscoEnvMonState, of all four tables."""
