"""Cisco Wide Area Application Services."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="waas",
    title="WAAS",
    object_ids=("1.3.6.1.4.1.9.1.1352",),
    descriptions=("Cisco Wide Area Application Services",),
)
