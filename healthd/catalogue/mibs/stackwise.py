"""CISCO-STACKWISE-MIB (1.3.6.1.4.1.9.9.500): switches that are one, with cables between them (StackWise) or as a virtual pair."""

from healthd.model.request import Get, Walk

GLOBALS = Get(mib="CISCO-STACKWISE-MIB", objects=(("cswRingRedundant", "1.3.6.1.4.1.9.9.500.1.1.3.0"),))

MEMBER = Walk(
    mib="CISCO-STACKWISE-MIB",
    table="cswSwitchInfoTable",
    entry="1.3.6.1.4.1.9.9.500.1.2.1.1",
    columns=(("cswSwitchNumCurrent", 1), ("cswSwitchRole", 3), ("cswSwitchState", 6)),
)
"""Row index: entPhysicalIndex of the switch."""

PORT = Walk(
    mib="CISCO-STACKWISE-MIB",
    table="cswStackPortInfoTable",
    entry="1.3.6.1.4.1.9.9.500.1.2.2.1",
    columns=(("cswStackPortOperStatus", 1), ("cswStackPortNeighbor", 2)),
)
"""Row index: ifIndex of the stack port."""

RING = {1: "redundant", 2: "notRedundant"}
"""TruthValue, said in words."""

ROLE = {1: "master", 2: "member", 3: "notMember", 4: "standby"}

MEMBER_STATE = {
    1: "waiting",
    2: "progressing",
    3: "added",
    4: "ready",
    5: "sdmMismatch",
    6: "verMismatch",
    7: "featureMismatch",
    8: "newMasterInit",
    9: "provisioned",
    10: "invalid",
    11: "removed",
}

PORT_STATE = {1: "up", 2: "down", 3: "forcedDown"}
