"""Cisco SPA analogue telephone adapters."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="spa",
    title="SPA",
    object_ids=("1.3.6.1.4.1.9.6.1.23.1.1.1",),
    descriptions=(r"\bSPA1\d\d\b",),
)
