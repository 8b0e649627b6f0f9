"""IF-MIB (RFC 2863) and EtherLike-MIB (RFC 3635): interfaces and their counters. Row index: ifIndex."""

from healthd.model.request import Walk

INTERFACES = Walk(
    mib="IF-MIB",
    table="ifTable",
    entry="1.3.6.1.2.1.2.2.1",
    columns=(
        ("ifDescr", 2),
        ("ifType", 3),
        ("ifMtu", 4),
        ("ifSpeed", 5),
        ("ifPhysAddress", 6),
        ("ifAdminStatus", 7),
        ("ifOperStatus", 8),
        ("ifLastChange", 9),
        ("ifInOctets", 10),
        ("ifInDiscards", 13),
        ("ifInErrors", 14),
        ("ifOutOctets", 16),
        ("ifOutDiscards", 19),
        ("ifOutErrors", 20),
    ),
)

EXTENDED = Walk(
    mib="IF-MIB",
    table="ifXTable",
    entry="1.3.6.1.2.1.31.1.1.1",
    columns=(("ifName", 1), ("ifHCInOctets", 6), ("ifHCOutOctets", 10), ("ifHighSpeed", 15), ("ifAlias", 18)),
)
"""ifHighSpeed counts Mbit/s."""

ETHERLIKE = Walk(mib="EtherLike-MIB", table="dot3StatsTable", entry="1.3.6.1.2.1.10.7.2.1", columns=(("dot3StatsDuplexStatus", 19),))

STATUS = {1: "up", 2: "down", 3: "testing", 4: "unknown", 5: "dormant", 6: "notPresent", 7: "lowerLayerDown"}
"""ifAdminStatus (1 to 3) and ifOperStatus."""

DUPLEX = {2: "half", 3: "full"}
"""dot3StatsDuplexStatus; 1 is "could not tell" and therefore no reading."""

SPEED_BEYOND = 0xFFFFFFFF
"""ifSpeed of interfaces faster than a Gauge32 can say."""
