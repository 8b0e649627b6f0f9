"""Cisco PIX firewalls and the Firewall Services Module of the Catalyst 6500."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="pixos",
    title="PIX OS",
    like=("asa",),
    descriptions=(
        "Cisco Firewall Services Module",
        "Cisco PIX",
    ),
)
