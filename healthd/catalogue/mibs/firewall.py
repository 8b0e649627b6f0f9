"""CISCO-FIREWALL-MIB (1.3.6.1.4.1.9.9.147): failover of ASA and PIX."""

from healthd.model.request import Walk

HARDWARE = Walk(
    mib="CISCO-FIREWALL-MIB",
    table="cfwHardwareStatusTable",
    entry="1.3.6.1.4.1.9.9.147.1.2.1.1.1",
    columns=(("cfwHardwareInformation", 2), ("cfwHardwareStatusValue", 3), ("cfwHardwareStatusDetail", 4)),
)
"""Row index: the hardware's type (4 failover interface, 6 primary unit, 7 secondary unit)."""

STATE = {
    1: "other",
    2: "up",
    3: "down",
    4: "error",
    5: "overTemp",
    6: "busy",
    7: "noMedia",
    8: "backup",
    9: "active",
    10: "standby",
}

NAME = {"4": "Failover interface", "6": "Primary unit", "7": "Secondary unit"}
