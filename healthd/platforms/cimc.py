"""Cisco Integrated Management Controller of UCS C-series servers."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="cimc",
    title="CIMC",
    descriptions=("Cisco Integrated Management Controller",),
)
