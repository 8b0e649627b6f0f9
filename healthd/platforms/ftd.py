"""Cisco Secure Firewall Threat Defense (FTD); its data plane is that of the ASA."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="ftd",
    title="Firepower Threat Defense",
    netmiko="cisco_ftd",
    like=("asa",),
    descriptions=(
        "Firepower Threat Defense",
        "Secure Firewall Threat Defense",
    ),
)
