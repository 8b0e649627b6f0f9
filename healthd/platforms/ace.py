"""Cisco Application Control Engine: load balancers."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="ace",
    title="ACE",
    object_ids=("1.3.6.1.4.1.9.1.1291",),
    descriptions=(
        "Cisco Application Control Software",
        r"Cisco ACE\b",
    ),
)
