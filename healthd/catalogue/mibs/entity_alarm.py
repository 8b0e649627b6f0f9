"""CISCO-ENTITY-ALARM-MIB (1.3.6.1.4.1.9.9.138): how many alarms the device itself asserts."""

from healthd.model.request import Get

COUNTS = Get(
    mib="CISCO-ENTITY-ALARM-MIB",
    objects=(
        ("ceAlarmCriticalCount", "1.3.6.1.4.1.9.9.138.1.2.1.0"),
        ("ceAlarmMajorCount", "1.3.6.1.4.1.9.9.138.1.2.2.0"),
        ("ceAlarmMinorCount", "1.3.6.1.4.1.9.9.138.1.2.3.0"),
    ),
)
