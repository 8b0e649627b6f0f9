"""Cisco (formerly Scientific Atlanta) satellite receivers."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="satellite",
    title="satellite receiver",
    object_ids=("1.3.6.1.4.1.1429",),
)
