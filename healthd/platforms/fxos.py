"""Cisco FXOS: the chassis system of Firepower 4100 and 9300."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="fxos",
    title="FXOS",
    netmiko="cisco_fxos",
    descriptions=(
        "Cisco FX-?OS",
        r"Firepower (?:4\d\d\d|9\d\d\d).*FX",
    ),
)
