"""POWER-ETHERNET-MIB (RFC 3621): power over Ethernet."""

from healthd.model.request import Walk

MAIN = Walk(
    mib="POWER-ETHERNET-MIB",
    table="pethMainPseTable",
    entry="1.3.6.1.2.1.105.1.3.1.1",
    columns=(("pethMainPsePower", 2), ("pethMainPseOperStatus", 3), ("pethMainPseConsumptionPower", 4)),
)
"""Row index: the group, which on stacks is the switch; watts."""

PORT = Walk(
    mib="POWER-ETHERNET-MIB",
    table="pethPsePortTable",
    entry="1.3.6.1.2.1.105.1.1.1",
    columns=(("pethPsePortAdminEnable", 3), ("pethPsePortDetectionStatus", 6)),
)
"""Row index: group.port."""

MAIN_STATE = {1: "on", 2: "off", 3: "faulty"}
PORT_STATE = {1: "disabled", 2: "searching", 3: "deliveringPower", 4: "fault", 5: "test", 6: "otherFault"}
