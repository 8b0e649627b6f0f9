"""Cisco NX-OS: Nexus 3000, 5000, 7000, 9000 and MDS."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="nxos",
    title="NX-OS",
    netmiko="cisco_nxos",
    object_ids=("1.3.6.1.4.1.9.12.3.1.3",),
    descriptions=(
        "Cisco NX-OS",
        r"NX-OS\(tm\)",
        "Cisco Nexus Operating System",
    ),
)
