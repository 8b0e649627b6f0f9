"""Cisco Catalyst Operating System (CatOS), and the Catalyst 1900 before it."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="catos",
    title="CatOS",
    object_ids=("1.3.6.1.4.1.9.5",),
    descriptions=(
        "Cisco Catalyst Operating System Software",
        "Cisco Systems Catalyst 1900",
    ),
)
