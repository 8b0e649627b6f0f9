"""Cisco TelePresence and Expressway systems."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="expressway",
    title="Expressway",
    object_ids=("1.3.6.1.4.1.5596.130",),
    descriptions=(
        "Cisco TelePresence",
        "TANDBERG",
    ),
)
