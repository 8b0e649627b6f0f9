"""Cisco UCS fabric interconnects; their sysDescr speaks of NX-OS, their management does not."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="ucs",
    title="UCS Manager",
    like=("nxos",),
    object_ids=("1.3.6.1.4.1.9.12.3.1.3.1062",),
    descriptions=(r"Cisco NX-OS\(tm\) ucs",),
)
