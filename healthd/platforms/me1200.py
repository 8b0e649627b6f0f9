"""Cisco ME 1200 Ethernet access devices."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="me1200",
    title="ME 1200 OS",
    object_ids=("1.3.6.1.4.1.9.1.1899",),
    descriptions=("ME1200 OS Software",),
)
