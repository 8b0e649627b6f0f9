"""LLDP-MIB (IEEE 802.1AB-2005): neighbours heard through LLDP."""

from healthd.model.request import Walk

REMOTE = Walk(
    mib="LLDP-MIB",
    table="lldpRemTable",
    entry="1.0.8802.1.1.2.1.4.1.1",
    columns=(
        ("lldpRemChassisIdSubtype", 4),
        ("lldpRemChassisId", 5),
        ("lldpRemPortIdSubtype", 6),
        ("lldpRemPortId", 7),
        ("lldpRemPortDesc", 8),
        ("lldpRemSysName", 9),
        ("lldpRemSysDesc", 10),
    ),
)
"""Row index: lldpRemTimeMark.lldpRemLocalPortNum.lldpRemIndex."""

LOCAL_PORTS = Walk(
    mib="LLDP-MIB",
    table="lldpLocPortTable",
    entry="1.0.8802.1.1.2.1.3.7.1",
    columns=(("lldpLocPortIdSubtype", 2), ("lldpLocPortId", 3), ("lldpLocPortDesc", 4)),
)
"""Row index: lldpLocPortNum, which is ifIndex on some systems and a number of its own on others."""

MANAGEMENT = Walk(mib="LLDP-MIB", table="lldpRemManAddrTable", entry="1.0.8802.1.1.2.1.4.2.1", columns=(("lldpRemManAddrIfSubtype", 3),))
"""Row index: TimeMark.LocalPortNum.Index.AddrSubtype.length.octets…; the address stands in the index only."""

CHASSIS_MAC, CHASSIS_ADDRESS, PORT_MAC, PORT_ADDRESS, PORT_NAME = 4, 5, 3, 4, 5
"""Subtypes of chassis and port identifiers whose octets are no text; PORT_NAME is the interface's name."""

IPV4, IPV6 = 1, 2
"""IANA address family numbers."""
