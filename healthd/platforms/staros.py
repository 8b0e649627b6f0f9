"""Cisco StarOS: ASR 5000 packet gateways."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="staros",
    title="StarOS",
    object_ids=("1.3.6.1.4.1.8164",),
    descriptions=(
        r"Cisco Systems ASR5\d00",
        "staros",
    ),
)
