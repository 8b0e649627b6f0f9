"""CISCO-ENTITY-FRU-CONTROL-MIB (1.3.6.1.4.1.9.9.117): field-replaceable units, by entPhysicalIndex."""

from healthd.model.request import Walk

POWER = Walk(
    mib="CISCO-ENTITY-FRU-CONTROL-MIB",
    table="cefcFRUPowerStatusTable",
    entry="1.3.6.1.4.1.9.9.117.1.1.2.1",
    columns=(("cefcFRUPowerAdminStatus", 1), ("cefcFRUPowerOperStatus", 2)),
)
"""Rows of supplies, and on many platforms of the cards and trays that draw power too."""

GROUP = Walk(
    mib="CISCO-ENTITY-FRU-CONTROL-MIB",
    table="cefcFRUPowerSupplyGroupTable",
    entry="1.3.6.1.4.1.9.9.117.1.1.1.1",
    columns=(("cefcPowerRedundancyMode", 1), ("cefcPowerRedundancyOperMode", 5)),
)

MODULE = Walk(
    mib="CISCO-ENTITY-FRU-CONTROL-MIB",
    table="cefcModuleTable",
    entry="1.3.6.1.4.1.9.9.117.1.2.1.1",
    columns=(
        ("cefcModuleAdminStatus", 1),
        ("cefcModuleOperStatus", 2),
        ("cefcModuleResetReason", 3),
        ("cefcModuleResetReasonDescription", 6),
        ("cefcModuleStateChangeReasonDescr", 7),
    ),
)

FAN_TRAY = Walk(
    mib="CISCO-ENTITY-FRU-CONTROL-MIB",
    table="cefcFanTrayStatusTable",
    entry="1.3.6.1.4.1.9.9.117.1.4.1.1",
    columns=(("cefcFanTrayOperStatus", 1),),
)

POWER_STATE = {
    1: "offEnvOther",
    2: "on",
    3: "offAdmin",
    4: "offDenied",
    5: "offEnvPower",
    6: "offEnvTemp",
    7: "offEnvFan",
    8: "failed",
    9: "onButFanFail",
    10: "offCooling",
    11: "offConnectorRating",
    12: "onButInlinePowerFail",
}
"""PowerOperType."""

MODULE_STATE = dict(
    enumerate(
        (
            "unknown",
            "ok",
            "disabled",
            "okButDiagFailed",
            "boot",
            "selfTest",
            "failed",
            "missing",
            "mismatchWithParent",
            "mismatchConfig",
            "diagFailed",
            "dormant",
            "outOfServiceAdmin",
            "outOfServiceEnvTemp",
            "poweredDown",
            "poweredUp",
            "powerDenied",
            "powerCycled",
            "okButPowerOverWarning",
            "okButPowerOverCritical",
            "syncInProgress",
            "upgrading",
            "okButAuthFailed",
            "mdr",
            "fwMismatchFound",
            "fwDownloadSuccess",
            "fwDownloadFailure",
        ),
        start=1,
    )
)
"""ModuleOperType."""

FAN_STATE = {1: "unknown", 2: "up", 3: "down", 4: "warning"}

REDUNDANCY_MODE = {
    1: "notSupported",
    2: "redundant",
    3: "combined",
    4: "nonRedundant",
    5: "psRedundant",
    6: "inPwrSrcRedundant",
    7: "psRedundantSingleInput",
}
"""PowerRedundancyType."""
