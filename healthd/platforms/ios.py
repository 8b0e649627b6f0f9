"""Cisco IOS: the classic image on Catalyst 2960 to 6500 and on ISR routers."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="ios",
    title="IOS",
    netmiko="cisco_ios",
    descriptions=(
        "Cisco IOS Software",
        "Cisco Internetwork Operating System Software",
        r"IOS \(tm\)",
    ),
)
