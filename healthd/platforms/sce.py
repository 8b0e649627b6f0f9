"""Cisco Service Control Engine."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="sce",
    title="Service Control",
    descriptions=("Cisco Service Control",),
)
