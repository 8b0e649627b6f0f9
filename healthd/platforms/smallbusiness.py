"""Cisco Small Business and Business series switches and routers (SG, SX, CBS, Catalyst 1200 and 1300, RV), and Linksys Business before them."""

from healthd.model.device import Platform

PLATFORM = Platform(
    name="smallbusiness",
    title="Small Business",
    netmiko="cisco_s300",
    object_ids=(
        "1.3.6.1.4.1.9.6.1",
        "1.3.6.1.4.1.3955.6",
        "1.3.6.1.4.1.9.1.1058",
        "1.3.6.1.4.1.9.1.1059",
        "1.3.6.1.4.1.9.1.1060",
        "1.3.6.1.4.1.9.1.1061",
        "1.3.6.1.4.1.9.1.1062",
        "1.3.6.1.4.1.9.1.1063",
        "1.3.6.1.4.1.9.1.1064",
        "1.3.6.1.4.1.9.1.1176",
        "1.3.6.1.4.1.9.1.1177",
    ),
    descriptions=(
        "Catalyst 1[23]00 Series",
        r"\bLinksys SLM",
        r"Cisco RV\d+",
    ),
)
