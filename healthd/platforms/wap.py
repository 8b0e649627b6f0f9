"""Cisco access points that answer SNMP themselves: Small Business WAP, and Catalyst IW in mesh mode."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="wap",
    title="WAP",
    object_ids=(
        "1.3.6.1.4.1.9.6.1.31",
        "1.3.6.1.4.1.9.6.1.32",
        "1.3.6.1.4.1.9.6.1.34",
    ),
    descriptions=(
        "Cisco Small Business WAP",
        r"Cisco IW\d+\w*-?",
    ),
)
