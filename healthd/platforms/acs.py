"""Cisco Secure Access Control System."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="acs",
    title="Secure ACS",
    descriptions=("Cisco Secure (?:Access Control|ACS)",),
)
