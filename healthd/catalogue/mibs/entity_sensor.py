"""CISCO-ENTITY-SENSOR-MIB (1.3.6.1.4.1.9.9.91) and ENTITY-SENSOR-MIB (RFC 3433): sensors by entPhysicalIndex."""

from healthd.model.request import Walk

CISCO = Walk(
    mib="CISCO-ENTITY-SENSOR-MIB",
    table="entSensorValueTable",
    entry="1.3.6.1.4.1.9.9.91.1.1.1.1",
    columns=(
        ("entSensorType", 1),
        ("entSensorScale", 2),
        ("entSensorPrecision", 3),
        ("entSensorValue", 4),
        ("entSensorStatus", 5),
    ),
)

STANDARD = Walk(
    mib="ENTITY-SENSOR-MIB",
    table="entPhySensorTable",
    entry="1.3.6.1.2.1.99.1.1.1",
    columns=(
        ("entPhySensorType", 1),
        ("entPhySensorScale", 2),
        ("entPhySensorPrecision", 3),
        ("entPhySensorValue", 4),
        ("entPhySensorOperStatus", 5),
    ),
)

THRESHOLD = Walk(
    mib="CISCO-ENTITY-SENSOR-MIB",
    table="entSensorThresholdTable",
    entry="1.3.6.1.4.1.9.9.91.1.2.1.1",
    columns=(("entSensorThresholdSeverity", 2), ("entSensorThresholdRelation", 3), ("entSensorThresholdValue", 4)),
)
"""Row index: entPhysicalIndex.entSensorThresholdIndex; values in the sensor's own scale and precision."""

STATUS = {1: "ok", 2: "unavailable", 3: "nonoperational"}

MINOR, MAJOR, CRITICAL = 10, 20, 30
"""CiscoThresholdSeverity; other(1) says nothing about how bad it is."""

BELOW, ABOVE = frozenset({1, 2}), frozenset({3, 4})
"""SensorThresholdRelation: lessThan and lessOrEqual; greaterThan and greaterOrEqual."""

EXPONENT = {n: 3 * (n - 9) for n in range(1, 14)} | {14: 18, 15: 15, 16: 21, 17: 24}
"""SensorDataScale as a power of ten: units(9) is 0. The MIB has exa(14) before peta(15)."""

METRIC = {
    3: ("voltage", "V"),
    4: ("voltage", "V"),
    5: ("current", "A"),
    6: ("power", "W"),
    7: ("frequency", "Hz"),
    8: ("temperature", "°C"),
    9: ("humidity", "%"),
    10: ("fan.speed", "rpm"),
    11: ("airflow", "m³/min"),
    14: ("optic.power", "dBm"),
}
"""SensorDataType: the types that are physical quantities. Others (truth values, enumerations, unknown) have no unit."""

NO_VALUE = -32768
"""What optics report where there is nothing to measure."""
