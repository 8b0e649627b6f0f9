"""Cisco Identity Services Engine."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="ise",
    title="Identity Services Engine",
    descriptions=("Cisco Identity Services Engine",),
)
