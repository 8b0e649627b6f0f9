"""Cisco Application Policy Infrastructure Controller (ACI)."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="apic",
    title="APIC",
    object_ids=("1.3.6.1.4.1.9.1.2238",),
    descriptions=(r"\bAPIC\b.*(?:VERSION|Version)",),
)
