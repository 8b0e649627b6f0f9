"""Supplies, fans, temperatures and voltages as the families of devices print them: every state in SNMP's words, headers and legends in none."""

import pytest

from healthd.collectors import _outputs
from healthd.model.observation import Fact, Part, Reading

ASR = """\
Sensor List:  Environmental Monitoring
 Sensor           Location          State             Reading
 V1: VMA          0                 Normal            1801 mV
 Temp: Left       F0                Normal            36   Celsius
 Temp: FC PWM1    R0                Fan Speed 60%     27   Celsius
 PEM Vin          P1                Critical          0    V AC
"""
STACK = """\
Switch   FAN     Speed   State   Airflow direction
---------------------------------------------------
  1       1     8000      OK     Front to Back
  1       2        0      FAULTY Front to Back
FAN PS-1 is OK
FAN PS-2 is NOT PRESENT
Switch 1: SYSTEM TEMPERATURE is OK
Inlet Temperature Value: 47 Degree Celsius
Temperature State: YELLOW
Yellow Threshold : 46 Degree Celsius
Red Threshold    : 56 Degree Celsius
SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts
--  ------------------  ----------  ---------------  -------  -------  -----
1A  PWR-C1-715WAC       LIT00000001  OK              Good     Good     715
1B  PWR-C1-715WAC       LIT00000002  No Input Power  Bad      Bad      715
2A  Not Present
2B  PWR-C1-715WAC       LIT00000003  OK              Good     Bad      715
"""
OLD_STACK = """\
FAN 1 is OK
FAN 2 is FAULTY
TEMPERATURE is OK
Temperature Value: 38 Degree Celsius
Temperature State: GREEN
Yellow Threshold : 65 Degree Celsius
Red Threshold    : 75 Degree Celsius
POWER is OK
SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts
--  ------------------  ----------  ---------------  -------  -------  -----
 1  Built-in                                         Good

SW  Status          RPS Name          RPS Serial#  RPS Port#
--  -------------   ----------------  -----------  ---------
1   Not Present     <>
"""
C9500 = """\
Switch:2
Power                                                    Fan States
Supply  Model No              Type  Capacity  Status     1     2
------  --------------------  ----  --------  ---------  -----------
PS1     C9K-PWR-650WAC-R      AC    650 W     active     good  bad
PS2     C9K-PWR-650WAC-R      AC    n.a.      bad-input  n.a.  n.a.
PS3     Not Present           N/A   N/A       N/A        N/A   N/A

Fan                 Fan States
Tray    Status      1     2
------  ----------  -----------
FM1     ok          good  good
FM2     marginal    good  bad
"""
C4500 = """\
Power                                             Fan      Inline
Supply  Model No          Type       Status       Sensor   Status
------  ----------------  ---------  -----------  -------  -------
PS1     PWR-C45-1400AC    AC 1400W   good         good     n.a.
PS2     none              --         --           --       --
PS3     PWR-C45-1400AC    AC 1400W   bad          good     n.a.
"""
C6500 = """\
environmental alarms:
  no alarms
fan-tray 1:
  fan-tray 1 type: FAN-MOD-9
  fan-tray 1 fan-fail: failed
power-supply 1:
  power-supply 1 fan-fail: OK
  power-supply 1 power-output-fail: OK
module 1:
  module 1 outlet temperature: 31C
"""
C6500_POWER = """\
                        Power-Capacity PS-Fan Output Oper
PS   Type               Watts   A @42V Status Status State
---- ------------------ ------- ------ ------ ------ -----
1    WS-CAC-3000W       2830.80 67.40  OK     OK     on
2    WS-CAC-3000W       2830.80 67.40  OK     FAIL   on
"""
ISR = """\
SYSTEM POWER SUPPLY STATUS
==========================
 Internal Power Supply Type: AC
 Internal Power Supply 12V Output Status: Normal
 External Redundant Power Supply is absent or powered off

SYSTEM FAN STATUS
=================
 Fan 1 OK, Low speed setting
 Fan 2 Failed, Low speed setting

SYSTEM TEMPERATURE STATUS
=========================
 Intake Left temperature: 24 Celsius, Normal
 CPU temperature: 91 Celsius, Critical
"""
N7K = """\
Power Supply:
Voltage: 50 Volts
Power                              Actual        Total
Supply    Model                    Output     Capacity    Status
                                 (Watts )     (Watts )
-------  -------------------  -----------  -----------  --------------
1        N7K-AC-6.0KW               798 W       6000 W     Ok
2        N7K-AC-6.0KW                 0 W          0 W     Shutdown
3        ------------                 0 W          0 W     Absent

Fan:
------------------------------------------------------
Fan             Model                Hw         Status
------------------------------------------------------
Fan1(sys_fan1)  N7K-C7010-FAN-S      1.1        Ok
Fan2(sys_fan2)  N7K-C7010-FAN-S      1.1        Failure
Fan_in_PS1      --                   --         Ok
Fan Zone Speed: Zone 1: 0x78
Fan Air Filter : Absent

Temperature:
--------------------------------------------------------------------
Module   Sensor        MajorThresh   MinorThres   CurTemp     Status
                       (Celsius)     (Celsius)    (Celsius)
--------------------------------------------------------------------
1        Crossbar(s5)    105             95          54         Ok
2        CPU             90              80          84         Minor
"""
XR = """\
================================================================================
   Power       Supply      --------Input-------   ----Output----    Status
   Module      Type        Volts A/B   Amps A/B   Volts     Amps
================================================================================
   0/PM0       3kW-DC      54.0/54.0   3.3/ 3.5    12.1     27.0    OK
   0/PM1       3kW-DC       0.0/ 0.0   0.0/ 0.0     0.0      0.0    FAILED or NO PWR
================================================================================
   Location     Card Type            Power       Power       Status
   0/0          NC55-36X100G           902         504       ON
"""
XR_HEAT = """\
================================================================================
Location  TEMPERATURE                 Value   Crit Major Minor Minor Major  Crit
          Sensor                    (deg C)   (Lo) (Lo)  (Lo)  (Hi)  (Hi)   (Hi)
--------------------------------------------------------------------------------
0/RP0
          Inlet                          24    -10    -5     0    55     65     70
"""
ASA = """\
Cooling Fans:
-----------------------------------

   Chassis Fans:
   --------------------------------
   Cooling Fan 1: 5888 RPM - OK
   Cooling Fan 2: 0 RPM - Failed

Power Supplies:
-----------------------------------

   Power Supply Unit Redundancy: OK

   Temperature:
   --------------------------------
   Left Slot (PS0): 26 C - OK

Temperature:
-----------------------------------

   Processors:
   --------------------------------
   Processor 1: 55.0 C - OK
"""

CASES = {
    "asr": ("iosxe", "show environment all", ASR, {("voltage.state", "P1 PEM Vin", "critical"), ("voltage.state", "0 V1: VMA", "normal")}),
    "stack": (
        "iosxe",
        "show environment all",
        STACK,
        {
            ("fan.state", "Switch 1 - Fan 1", "up"),
            ("fan.state", "Switch 1 - Fan 2", "down"),
            ("fan.state", "Switch 1 - Fan PS-1", "up"),
            ("fan.state", "Switch 1 - Fan PS-2", "notPresent"),
            ("temperature.state", "Switch 1 - System Temperature", "normal"),
            ("temperature.state", "Switch 1 - Inlet Temp Sensor", "warning"),
            ("psu.state", "Switch 1 - Power Supply A", "on"),
            ("psu.state", "Switch 1 - Power Supply B", "offEnvPower"),
            ("psu.state", "Switch 2 - Power Supply A", "notPresent"),
            ("psu.state", "Switch 2 - Power Supply B", "onButInlinePowerFail"),
        },
    ),
    "one switch": (
        "ios",
        "show env all",
        OLD_STACK,
        {
            ("fan.state", "Fan 1", "up"),
            ("fan.state", "Fan 2", "down"),
            ("temperature.state", "Temperature", "normal"),
            ("temperature.state", "System Temp Sensor", "normal"),
            ("psu.state", "Power Supply", "on"),
            ("psu.state", "Switch 1 - Power Supply", "on"),
        },
    ),
    "9500": (
        "iosxe",
        "show environment status",
        C9500,
        {
            ("psu.state", "Switch 2 - PS1", "onButFanFail"),
            ("psu.state", "Switch 2 - PS2", "offEnvPower"),
            ("psu.state", "Switch 2 - PS3", "notPresent"),
            ("fan.state", "Switch 2 - FM1", "up"),
            ("fan.state", "Switch 2 - FM2", "warning"),
            ("fan.state", "Switch 2 - FM2 fan 2", "down"),
        },
    ),
    "4500": (
        "ios",
        "show power status",
        C4500,
        {("psu.state", "PS1", "on"), ("psu.state", "PS2", "notPresent"), ("psu.state", "PS3", "failed")},
    ),
    "6500": (
        "ios",
        "show environment status",
        C6500,
        {("fan.state", "fan-tray 1", "down"), ("fan.state", "power-supply 1", "up"), ("psu.state", "power-supply 1", "on")},
    ),
    "6500 power": ("ios", "show power", C6500_POWER, {("psu.state", "PS 1", "on"), ("psu.state", "PS 2", "failed")}),
    "isr": (
        "ios",
        "show environment all",
        ISR,
        {
            ("psu.state", "Internal Power Supply 12V", "on"),
            ("fan.state", "Fan 1", "up"),
            ("fan.state", "Fan 2", "down"),
            ("temperature.state", "Intake Left", "normal"),
            ("temperature.state", "CPU", "critical"),
        },
    ),
    "7k": (
        "nxos",
        "show environment",
        N7K,
        {
            ("psu.state", "PS1", "on"),
            ("psu.state", "PS2", "shutdown"),
            ("psu.state", "PS3", "notPresent"),
            ("fan.state", "Fan1(sys_fan1)", "up"),
            ("fan.state", "Fan2(sys_fan2)", "down"),
            ("fan.state", "Fan_in_PS1", "up"),
            ("temperature.state", "Module 1 Crossbar(s5)", "normal"),
            ("temperature.state", "Module 2 CPU", "warning"),
        },
    ),
    "xr": ("iosxr", "admin show environment power", XR, {("psu.state", "0/PM0", "on"), ("psu.state", "0/PM1", "offEnvPower")}),
    "asa": (
        "asa",
        "show environment",
        ASA,
        {
            ("fan.state", "Cooling Fan 1", "up"),
            ("fan.state", "Cooling Fan 2", "down"),
            ("temperature.state", "Power Supply Left Slot (PS0)", "normal"),
            ("temperature.state", "Processor 1", "normal"),
        },
    ),
}


def facts(platform: str, command: str, text: str) -> list[Fact]:
    errors: list[str] = []
    folders = (platform, "ios") if platform == "iosxe" else (platform,)
    found = list(_outputs.facts(_outputs.readers(folders), text, command, errors))
    assert not errors
    return found


@pytest.mark.parametrize("case", CASES)
def test_every_state_is_told_once_and_in_words_the_rules_know(case: str) -> None:
    platform, command, text, wanted = CASES[case]
    states = [(f.metric, f.item, f.value) for f in facts(platform, command, text) if isinstance(f, Reading) and f.metric.endswith(".state")]
    told = {state for state in states if case != "asr" or state in wanted}
    assert told == wanted
    assert len(states) == len(set(states))


def test_numbers_are_in_the_metrics_unit_and_a_device_s_thresholds_come_along() -> None:
    readings = {(f.metric, f.item): f for f in facts("iosxe", "show environment all", ASR) if isinstance(f, Reading)}
    assert (readings["voltage", "0 V1: VMA"].value, readings["voltage", "0 V1: VMA"].unit) == (pytest.approx(1.801), "V")
    assert readings["temperature", "F0 Temp: Left"].value == 36
    assert (readings["fan.speed", "R0 Temp: FC PWM1"].value, readings["fan.speed", "R0 Temp: FC PWM1"].unit) == (60, "%")
    (inlet,) = (f for f in facts("iosxe", "show env all", STACK) if isinstance(f, Reading) and f.metric == "temperature")
    assert (inlet.value, inlet.limits) == (47, (None, None, 46, 56))
    (cool,) = (f for f in facts("iosxr", "show environment temperatures", XR_HEAT) if isinstance(f, Reading))
    assert (cool.item, cool.value, cool.limits) == ("0/RP0 Inlet", 24, (-10, 0, 55, 70))


def test_a_supply_s_state_finds_its_model_and_serial_number() -> None:
    found = facts("iosxe", "show environment all", STACK)
    parts = {f.index: f for f in found if isinstance(f, Part)}
    dark = next(f for f in found if isinstance(f, Reading) and f.value == "offEnvPower")
    assert (parts[dark.index].pid, parts[dark.index].serial) == ("PWR-C1-715WAC", "LIT00000002")


@pytest.mark.parametrize("platform", ["ios", "iosxe", "nxos", "iosxr", "asa"])
def test_heads_legends_and_empty_outputs_are_no_fault(platform: str) -> None:
    legend = (
        "Number of Critical alarms:  0\nSlot Sensor Current State Reading Threshold(Minor,Major,Critical,Shutdown)\nFan States\nno alarms\n"
    )
    told = [f for text in ("", legend) for f in facts(platform, "show environment", text) if isinstance(f, Reading)]
    assert {f.value for f in told} <= {0}
