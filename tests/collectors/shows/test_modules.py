"""Modules, slots, members of stacks, processors and parts: states in SNMP's words, models and serial numbers beside them."""

from healthd.collectors import _outputs
from healthd.collectors.shows.inventory import kind_of
from healthd.model.observation import Fact, Part, Reading, System

SUPS = """\
Mod Ports Card Type                              Model              Serial No.
--- ----- -------------------------------------- ------------------ -----------
  1   48  CEF720 48 port 10/100/1000mb Ethernet  WS-X6748-GE-TX     SAL0000000A
  5    5  Supervisor Engine 2T 10GE w/ CTS (Acti VS-SUP2T-10G       SAL0000000B

Mod MAC addresses                       Hw    Fw           Sw           Status
--- ---------------------------------- ------ ------------ ------------ -------
  1  0011.2233.4400 to 0011.2233.442f   2.5   12.2(14r)S5  15.2(1)SY5   Ok
  5  0011.2233.5500 to 0011.2233.5507   1.5   12.2(50r)SYS 15.2(1)SY5   Ok
  6  Unknown                            Unkn  Unknown      Unknown      PwrDown

Mod  Sub-Module                  Model              Serial       Hw     Status
---- --------------------------- ------------------ ----------- ------- -------
  1  Centralized Forwarding Card WS-F6700-CFC       SAD0000000C  3.1    Ok

Mod  Online Diag Status
---- -------------------
  1  Minor Error
  5  Pass
"""
NXOS = """\
Mod Ports             Module-Type                      Model           Status
--- ----- ------------------------------------- --------------------- ---------
1    52   48x10/25G + 4x40/100G Ethernet Module N9K-X97160YC-EX       ok
3    36   36x40G Ethernet Module                                      pwr-denied
4    36   36x40G Ethernet Module                N9K-X9636PQ           failure
27   0    Supervisor Module                     N9K-SUP-A             active *
28   0    Supervisor Module                     N9K-SUP-A             ha-standby

Mod  Sw                       Hw    Slot
---  ----------------------- ------ ----
1    9.3(8)                   2.3    LC1

Mod  MAC-Address(es)                         Serial-Num
---  --------------------------------------  ----------
1    24-16-9d-00-9a-09 to 24-16-9d-00-9a-4c  FOC00000001
28   NA                                      SAL00000028

Mod  Online Diag Status
---  ------------------
1    Pass
28   Fail

* this terminal session
"""
ASA = """\
Mod  Card Type                                    Model              Serial No.
---- -------------------------------------------- ------------------ -----------
   1 ASA 5508-X with SW, 8GE Data, 1GE Mgmt, AC   ASA5508            JAD00000001
 ips Unknown                                      N/A                JAD00000001
 sfr FirePOWER Services Software Module           ASA5508            JAD00000001

Mod  SSM Application Name           Status           SSM Application Version
---- ------------------------------ ---------------- --------------------------
 ips Unknown                        No Image Present Not Applicable
 sfr ASA FirePOWER                  Down             6.2.3

Mod  Status             Data Plane Status     Compatibility
---- ------------------ --------------------- -------------
   1 Up Sys             Not Applicable
 ips Unresponsive       Not Applicable
 sfr Unresponsive       Not Applicable
"""
ROUTER = """\
Chassis type: ASR1006

Slot      Type                State                 Insert time (ago)
--------- ------------------- --------------------- -----------------
0         ASR1000-SIP40       ok                    1d00h
 0/0      SPA-5X1GE-V2        out of service        1d00h
R0        ASR1000-RP2         ok, active            1d00h
R1        ASR1000-RP2         init, standby         00:00:33
F0        ASR1000-ESP20       ok, active            1d00h
P0        ASR1006-PWR-AC      ok                    1d00h
P1        Unknown             empty                 never
P2        ASR1006-PWR-AC      ps, fail              1d00h
P3        ASR1006-FAN         fan, fail             1d00h

Slot      CPLD Version        Firmware Version
--------- ------------------- ---------------------------------------
0         00200800            16.2(1r)
"""
XR = """\
Node              Type                       State             Config state
--------------------------------------------------------------------------------
0/RSP0/CPU0       A9K-RSP440-TR(Active)      IOS XR RUN        PWR,NSHUT,MON
0/1/CPU0          A9K-24X10GE-TR             UNPOWERED         PWR,NSHUT,MON
0/2/CPU0          A9K-24X10GE-TR             ADMIN DOWN        NPWR,SHUT,MON
0/FT0/SP          ASR-9010-FAN-V2            READY
0/PM0             PWR-3KW-AC-V2              FAILED            NSHUT
"""
XR_ADMIN = """\
Location  Card Type               HW State      SW State      Config State
----------------------------------------------------------------------------
0/0       NC55-36X100G            OPERATIONAL   N/A           NSHUT
0/RP0     NC55-RP                 OPERATIONAL   OPERATIONAL   NSHUT
0/RP1     NC55-RP                 POWERED_OFF   N/A           NSHUT
"""
STACK = """\
Switch/Stack Mac Address : 00d6.fe00.0001 - Local Mac Address
Mac persistency wait time: Indefinite
                                             H/W   Current
Switch#   Role    Mac Address     Priority Version  State
-------------------------------------------------------------------------------------
*1       Active   00d6.fe00.0001     15     V02     Ready
 2       Standby  00d6.fe00.0002     14             V-Mismatch
 3       Member   0000.0000.0000     0              Provisioned
 4       Member   00d6.fe00.0004     1      V02     Removed

         Stack Port Status             Neighbors
Switch#  Port 1     Port 2           Port 1   Port 2
--------------------------------------------------------
  1         OK        DOWN              2      None
  2        DOWN        OK             None       1
"""
RF = """\
       my state = 13 -ACTIVE
     peer state = 4  -STANDBY COLD
           Mode = Duplex
Redundancy Mode (Operational) = sso
Redundancy Mode (Configured)  = sso
"""
ALONE = """\
                 Hardware Mode = Simplex
    Configured Redundancy Mode = sso
     Operating Redundancy Mode = sso
                Communications = Down      Reason: Failure

Current Processor Information :
               Active Location = slot 1
        Current Software state = ACTIVE

Peer (slot: unavailable) information is not available because it is in 'DISABLED' state
"""
NXOS_RF = """\
Redundancy mode
---------------
      administrative:   HA
         operational:   HA

This supervisor (sup-1)
-----------------------
    Redundancy state:   Active
    Supervisor state:   Active
      Internal state:   Active with HA standby

Other supervisor (sup-2)
------------------------
    Redundancy state:   Standby
    Supervisor state:   HA standby
      Internal state:   HA standby
"""
XR_RF = """\
Node 0/RSP0/CPU0 is in ACTIVE role
Partner node (0/RSP1/CPU0) is in STANDBY role
Standby node in 0/RSP1/CPU0 is not ready
"""
FAILOVER = """\
Failover On
Failover unit Primary
Version: Ours 9.16(4)14, Mate Unknown
        This host: Primary - Active
                Active time: 30858 (sec)
                slot 0: ASA5516 hw/sw rev (1.0/9.16(4)14) status (Up Sys)
        Other host: Secondary - Failed
                Active time: 0 (sec)
"""
FAILOVER_STATE = """\
               State          Last Failure Reason      Date/Time
This host  -   Secondary
               Standby Ready  None
Other host -   Primary
               Active         None
"""
DIAGNOSTIC = """\
Current bootup diagnostic level: minimal

Module 2: WS-X6748-GE-TX  SerialNo : SAL0000000A

  Overall Diagnostic Result for Module 2 : MINOR ERROR

  Test results: (. = Pass, F = Fail, U = Untested)

    1) TestLoopback:

   Port  1  2  3  4
   ----------------
         .  F  .  .

    2) TestAsicSync --------------------> .
    3) TestErrorMonitor ----------------> U
          Last test failure time ------> Feb 24 2024 08:25:58
"""


def facts(platform: str, command: str, text: str) -> list[Fact]:
    errors: list[str] = []
    folders = (platform, "ios") if platform == "iosxe" else (platform,)
    found = list(_outputs.facts(_outputs.readers(folders), text, command, errors))
    assert not errors
    return found


def states(found: list[Fact], *metrics: str) -> dict[str, object]:
    return {f.item: f.value for f in found if isinstance(f, Reading) and f.metric in metrics}


def parts(found: list[Fact]) -> dict[str, tuple[str, str]]:
    return {f.name: (f.pid, f.serial) for f in found if isinstance(f, Part)}


def test_the_tables_of_a_catalyst_add_up_to_one_state_for_each_module() -> None:
    found = facts("ios", "show module", SUPS)
    assert states(found, "module.state") == {
        "slot 1": "ok",
        "slot 5": "ok",
        "slot 6": "poweredDown",
        "slot 1 Centralized Forwarding Card": "ok",
    }
    assert states(found, "diagnostic.state") == {"slot 1 online diagnostics": "failed", "slot 5 online diagnostics": "passed"}
    assert parts(found)["slot 5"] == ("VS-SUP2T-10G", "SAL0000000B"), "a description that runs into the model is no trouble"
    assert parts(found)["slot 1 Centralized Forwarding Card"] == ("WS-F6700-CFC", "SAD0000000C")


def test_modules_of_nx_os() -> None:
    found = facts("nxos", "show module", NXOS)
    assert states(found, "module.state") == {"slot 1": "ok", "slot 4": "failed", "slot 27": "ok", "slot 28": "ok"}
    assert states(found, "power.state") == {"slot 3": "offDenied"}
    assert states(found, "diagnostic.state")["slot 28 online diagnostics"] == "failed"
    assert parts(found)["slot 1"] == ("N9K-X97160YC-EX", "FOC00000001")


def test_a_module_of_asa_that_was_never_installed_is_no_trouble() -> None:
    assert states(facts("asa", "show module", ASA), "module.state") == {
        "module 1": "ok",
        "module ips": "dormant",
        "module sfr": "failed",
    }


def test_slots_supplies_and_fan_trays_of_a_router() -> None:
    found = facts("iosxe", "show platform", ROUTER)
    assert states(found, "module.state") == {
        "slot 0": "ok",
        "slot 0/0": "outOfServiceAdmin",
        "slot R0": "ok",
        "slot R1": "boot",
        "slot F0": "ok",
    }
    assert states(found, "psu.state") == {"P0": "on", "P1": "notPresent", "P2": "failed"}
    assert states(found, "fan.state") == {"P3": "down"}


def test_nodes_of_ios_xr() -> None:
    found = facts("iosxr", "show platform", XR)
    assert states(found, "module.state") == {"0/RSP0/CPU0": "ok", "0/1/CPU0": "poweredDown", "0/2/CPU0": "outOfServiceAdmin"}
    assert (states(found, "fan.state"), states(found, "psu.state")) == ({"0/FT0/SP": "up"}, {"0/PM0": "failed"})
    assert states(facts("iosxr", "admin show platform", XR_ADMIN), "module.state") == {
        "0/0": "ok",
        "0/RP0": "ok",
        "0/RP1": "poweredDown",
    }


def test_members_ports_and_ring_of_a_stack() -> None:
    found = facts("iosxe", "show switch detail", STACK)
    assert states(found, "stack.member.state") == {
        "Switch 1": "ready",
        "Switch 2": "verMismatch",
        "Switch 3": "provisioned",
        "Switch 4": "removed",
    }
    assert states(found, "stack.ring") == {"Stack ring": "notRedundant"}
    assert states(found, "stack.port.state")["Switch 1 stack port 2"] == "down"


def test_a_switch_alone_has_no_ring() -> None:
    alone = "Switch#  Port 1     Port 2           Port 1   Port 2\n  1       DOWN       DOWN             None     None\n"
    assert (
        states(
            facts("iosxe", "show switch detail", STACK.split("*1", maxsplit=1)[0] + "*1  Active 00d6.fe00.0001 1 V02 Ready\n" + alone),
            "stack.ring",
        )
        == {}
    )


def test_both_units_and_their_mode() -> None:
    found = facts("iosxe", "show redundancy states", RF)
    assert states(found, "redundancy.state") == {"This unit": "active", "Peer unit": "standbyCold"}
    assert states(found, "redundancy.mode") == {"Operating mode": "hotStandbyRedundant"}


def test_one_supervisor_is_not_half_a_pair() -> None:
    found = facts("ios", "show redundancy", ALONE)
    assert states(found, "redundancy.state") == {"This unit": "active", "Peer unit": "disabled"}
    assert states(found, "redundancy.mode") == {"Operating mode": "nonRedundant"}


def test_supervisors_of_nx_os_and_processors_of_ios_xr() -> None:
    found = facts("nxos", "show system redundancy status", NXOS_RF)
    assert states(found, "redundancy.state") == {"This unit": "active", "Peer unit": "standbyHot"}
    synchronising = NXOS_RF.replace("Internal state:   HA standby", "Internal state:   HA synchronization in progress")
    assert states(facts("nxos", "show redundancy status", synchronising), "redundancy.state")["Peer unit"] == "standbyCold"
    assert states(facts("iosxr", "show redundancy", XR_RF), "redundancy.state") == {"0/RSP0/CPU0": "active", "0/RSP1/CPU0": "standbyCold"}


def test_both_firewalls_of_a_pair_and_none_where_there_is_no_pair() -> None:
    assert states(facts("asa", "show failover", FAILOVER), "redundancy.state") == {"Primary unit": "active", "Secondary unit": "error"}
    told = states(facts("asa", "show failover state", FAILOVER_STATE), "redundancy.state")
    assert told == {"Secondary unit": "standby", "Primary unit": "active"}
    assert facts("asa", "show failover", "Failover Off\n        This host: Primary - Disabled\n") == []


def test_a_test_that_failed_on_one_port_failed_and_one_that_never_ran_is_untested() -> None:
    assert states(facts("ios", "show diagnostic result module 2 detail", DIAGNOSTIC), "diagnostic.state") == {
        "Module 2 TestLoopback": "failed",
        "Module 2 TestAsicSync": "passed",
        "Module 2 TestErrorMonitor": "untested",
    }


INVENTORY = """\
NAME: "Switch 1", DESCR: "C9300-48P"
PID: C9300-48P         , VID: V02  , SN: FCW0000A0AA

NAME: "Switch 1 - Power Supply A", DESCR: "Switch 1 - Power Supply A"
PID: PWR-C1-715WAC     , VID: V01  , SN: LIT00000001

NAME: "Switch 1 FRU Uplink Module 1", DESCR: "8x10G Uplink Module"
PID: C9300-NM-8X       , VID: V01  , SN: ********

NAME: "Te1/1/1", DESCR: "SFP-10GBase-SR"
PID: SFP-10G-SR        , VID: V03  , SN: AVD00000001

NAME: "Switch 1 - Power Supply B Container", DESCR: "Power Supply Container"
PID:                   , VID:      , SN:
"""
XR_INVENTORY = """\
 Name: Rack 0                Descr: ASR-9010 Chassis
 PID: ASR-9010               VID: V02                   SN: FOX0000000A

 Name: 0/RSP0                Descr: ASR9K Fabric, Controller
 PID: A9K-RSP440-TR          VID: V03                   SN: FOC0000000B
"""


def test_parts_and_what_the_system_is() -> None:
    found = facts("iosxe", "show inventory", INVENTORY)
    assert {f.name: f.kind for f in found if isinstance(f, Part)} == {
        "Switch 1": "chassis",
        "Switch 1 - Power Supply A": "powerSupply",
        "Switch 1 FRU Uplink Module 1": "module",
        "Te1/1/1": "port",
        "Switch 1 - Power Supply B Container": "container",
    }
    assert parts(found)["Switch 1 FRU Uplink Module 1"] == ("C9300-NM-8X", ""), "a masked serial number is none"
    (system,) = (f for f in found if isinstance(f, System))
    assert (system.pid, system.serial) == ("C9300-48P", "FCW0000A0AA")
    assert len({f.index for f in found if isinstance(f, Part)}) == 5


def test_the_inventory_of_ios_xr_s_admin_plane_has_no_quotes() -> None:
    assert parts(facts("iosxr", "admin show inventory", XR_INVENTORY)) == {
        "Rack 0": ("ASR-9010", "FOX0000000A"),
        "0/RSP0": ("A9K-RSP440-TR", "FOC0000000B"),
    }


def test_what_is_built_into_a_part_is_told_from_the_part() -> None:
    assert kind_of("Switch 1 Slot 1 Temp: Inlet", "Temp: Inlet") == "sensor"
    assert kind_of("0/PM0-Input_Vol", "Voltage Sensor - Input Voltage") == "sensor"
    assert kind_of("PS 1 PWR-2700-AC/4", "2700W AC power supply for CISCO7604 1") == "powerSupply"
    assert kind_of("2", "WS-X6816-10GE CEF720 16 port 10GE Rev. 2.0") == "module"
    assert kind_of("1", "WS-C3750X-48P") == "chassis"
    assert kind_of("Rack 0-Line Card Slot 7", "8812 Line Card Slot 7", known=False) == "container"


def test_a_state_of_environment_and_a_part_of_the_inventory_meet_at_the_same_place() -> None:
    row = "SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts\n1A  PWR-C1-715WAC  LIT00000001  OK  Good  Good  715\n"
    state = next(f for f in facts("iosxe", "show environment all", row) if isinstance(f, Reading))
    part = next(f for f in facts("iosxe", "show inventory", INVENTORY) if isinstance(f, Part) and f.kind == "powerSupply")
    assert state.index == part.index
