"""Cisco Catalyst SD-WAN (Viptela) edges and controllers with their own system."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="viptela",
    title="Viptela OS",
    netmiko="cisco_viptela",
    object_ids=("1.3.6.1.4.1.41916",),
    descriptions=("Viptela SNMP agent",),
)
