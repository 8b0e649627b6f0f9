"""Cisco Global Site Selector."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="gss",
    title="Global Site Selector",
    descriptions=("Global Site Selector",),
)
