"""CISCO-RF-MIB (1.3.6.1.4.1.9.9.176): the redundancy framework of two supervisors or of the switches of a stack."""

from healthd.model.request import Get

STATUS = Get(
    mib="CISCO-RF-MIB",
    objects=(
        ("cRFStatusUnitState", "1.3.6.1.4.1.9.9.176.1.1.2.0"),
        ("cRFStatusPeerUnitState", "1.3.6.1.4.1.9.9.176.1.1.4.0"),
        ("cRFCfgRedundancyMode", "1.3.6.1.4.1.9.9.176.1.2.14.0"),
        ("cRFCfgRedundancyOperMode", "1.3.6.1.4.1.9.9.176.1.2.16.0"),
    ),
)

STATE = {
    1: "notKnown",
    2: "disabled",
    3: "initialization",
    4: "negotiation",
    5: "standbyCold",
    6: "standbyColdConfig",
    7: "standbyColdFileSys",
    8: "standbyColdBulk",
    9: "standbyHot",
    10: "activeFast",
    11: "activeDrain",
    12: "activePreconfig",
    13: "activePostconfig",
    14: "active",
    15: "activeExtraload",
    16: "activeHandback",
}
"""RFState."""

MODE = {
    1: "nonRedundant",
    2: "staticLoadShareNonRedundant",
    3: "dynamicLoadShareNonRedundant",
    4: "staticLoadShareRedundant",
    5: "dynamicLoadShareRedundant",
    6: "coldStandbyRedundant",
    7: "warmStandbyRedundant",
    8: "hotStandbyRedundant",
}
"""RFMode."""
