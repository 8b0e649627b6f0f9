"""Cisco IE 1000 switches: managed by web page only, with a system of their own."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="ie1000",
    title="IE 1000",
    object_ids=(
        "1.3.6.1.4.1.9.1.2330",
        "1.3.6.1.4.1.9.1.2331",
        "1.3.6.1.4.1.9.1.2332",
        "1.3.6.1.4.1.9.1.2333",
    ),
    descriptions=("IE1000 Industrial Ethernet Switch",),
)
