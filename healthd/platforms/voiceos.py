"""Cisco Voice Operating System: Unified CM, Unity Connection, UCCX and other appliances of Unified Communications."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="voiceos",
    title="VOS",
    object_ids=(
        "1.3.6.1.4.1.9.1.1348",
        "1.3.6.1.4.1.99.1.1.3.28",
    ),
    descriptions=(
        "Software:UCOS",
        "Cisco Unified Communications",
    ),
)
