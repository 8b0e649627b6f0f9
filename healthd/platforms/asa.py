"""Cisco ASA: Adaptive Security Appliance, also as ASAv and on Firepower."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="asa",
    title="ASA",
    netmiko="cisco_asa",
    descriptions=("Cisco (?:Adaptive|Industrial) Security Appliance",),
)
