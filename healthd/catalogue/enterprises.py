"""Who makes a device, by the enterprise number in its sysObjectID (IANA private enterprise numbers)."""

VENDORS = {
    2: "IBM",
    9: "Cisco",
    11: "Hewlett-Packard",
    42: "Sun",
    43: "3Com",
    45: "Avaya",
    94: "Nokia",
    171: "D-Link",
    193: "Ericsson",
    207: "Allied Telesis",
    311: "Microsoft",
    318: "APC",
    664: "Adtran",
    674: "Dell",
    1429: "Cisco",  # Scientific Atlanta
    1588: "Brocade",
    1916: "Extreme Networks",
    1991: "Brocade",
    2011: "Huawei",
    2636: "Juniper",
    3224: "Juniper",
    3375: "F5",
    3902: "ZTE",
    3955: "Cisco",  # Linksys
    4526: "Netgear",
    4881: "Ruijie",
    5596: "Cisco",  # Tandberg
    6027: "Dell",
    6486: "Alcatel-Lucent",
    6527: "Nokia",
    6876: "VMware",
    8072: "Net-SNMP",
    8164: "Cisco",  # Starent
    10002: "Ubiquiti",
    11863: "TP-Link",
    12356: "Fortinet",
    14179: "Cisco",  # Airespace
    14823: "Aruba",
    14988: "MikroTik",
    25053: "Ruckus",
    25461: "Palo Alto Networks",
    25506: "H3C",
    29671: "Cisco",  # Meraki
    30065: "Arista",
    33049: "Mellanox",
    41916: "Cisco",  # Viptela
    47196: "Aruba",
}


def vendor(object_id: str) -> str:
    """Return the maker that sysObjectID *object_id* names; "enterprise N" when the number is not known here, empty without one."""
    arcs = object_id.strip(".").split(".")
    if len(arcs) < 7 or arcs[:6] != ["1", "3", "6", "1", "4", "1"]:
        return ""
    return VENDORS.get(int(arcs[6]), f"enterprise {arcs[6]}")
