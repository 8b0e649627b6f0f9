"""Cisco SAN-OS: MDS switches before NX-OS."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="sanos",
    title="SAN-OS",
    netmiko="cisco_nxos",
    like=("nxos",),
    descriptions=("Cisco SAN-OS",),
)
