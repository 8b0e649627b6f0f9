"""Cisco IOS XR: ASR 9000, NCS, 8000."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="iosxr",
    title="IOS XR",
    netmiko="cisco_xr",
    descriptions=(r"IOS[- ]XR\b",),
)
