"""Cisco NX-OS: Nexus 3000, 5000, 7000, 9000 and MDS."""

from healthd.model.device import Platform

PLATFORM = Platform(name="nxos", title="NX-OS", netmiko="cisco_nxos")
