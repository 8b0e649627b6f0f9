"""Cisco Intrusion Prevention System sensors."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="ips",
    title="IPS",
    descriptions=("Cisco Intrusion (?:Prevention|Detection) System",),
)
