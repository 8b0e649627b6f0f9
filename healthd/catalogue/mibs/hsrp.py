"""CISCO-HSRP-MIB (1.3.6.1.4.1.9.9.106): gateways that stand in for each other."""

from healthd.model.request import Walk

GROUP = Walk(
    mib="CISCO-HSRP-MIB",
    table="cHsrpGrpTable",
    entry="1.3.6.1.4.1.9.9.106.1.2.1.1",
    columns=(
        ("cHsrpGrpPriority", 3),
        ("cHsrpGrpVirtualIpAddr", 11),
        ("cHsrpGrpActiveRouter", 13),
        ("cHsrpGrpStandbyRouter", 14),
        ("cHsrpGrpStandbyState", 15),
    ),
)
"""Row index: ifIndex.group."""

STATE = {1: "initial", 2: "learn", 3: "listen", 4: "speak", 5: "standby", 6: "active"}
