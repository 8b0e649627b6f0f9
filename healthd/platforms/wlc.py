"""Cisco AireOS wireless LAN controllers and Business Wireless."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="wlc",
    title="AireOS",
    netmiko="cisco_wlc",
    object_ids=(
        "1.3.6.1.4.1.14179",
        "1.3.6.1.4.1.9.6.1.37",
    ),
    descriptions=(
        "Cisco Controller",
        "Cisco Business Wireless",
    ),
)
