"""``show version`` of every system: release, image, model, serial number, uptime, and why it last restarted."""

import pytest

from healthd import platforms
from healthd.collectors import _outputs
from healthd.model.observation import Reading, System

IOS = """\
Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E3, RELEASE SOFTWARE (fc2)
Technical Support: http://www.cisco.com/techsupport

ROM: Bootstrap program is C2960X boot loader
BOOTLDR: C2960X Boot Loader (C2960X-HBOOT-M) Version 15.2(7r)E2, RELEASE SOFTWARE (fc1)

acc-7 uptime is 1 year, 2 weeks, 3 days, 4 hours, 5 minutes
System returned to ROM by power-on
System restarted at 10:00:00 CET Mon Mar 1 2021
System image file is "flash:/c2960x-universalk9-mz.152-7.E3.bin"
Last reload reason: Unknown reason

cisco WS-C2960X-48FPD-L (APM86XXX) processor (revision B0) with 524288K bytes of memory.
Processor board ID FOC0000X001
Model number                    : WS-C2960X-48FPD-L
System serial number            : FOC0000X001
"""
OLD_IOS = """\
Cisco Internetwork Operating System Software
IOS (tm) C2600 Software (C2600-IK9O3S3-M), Version 12.3(26), RELEASE SOFTWARE (fc2)

ROM: System Bootstrap, Version 12.2(7r) [cmong 7r], RELEASE SOFTWARE (fc1)

branch uptime is 5 minutes
System returned to ROM by reload at 09:12:13 UTC Fri Jan 1 2021
System image file is "flash:c2600-ik9o3s3-mz.123-26.bin"

cisco 2651XM (MPC860P) processor (revision 3.1) with 253952K/8192K bytes of memory.
Processor board ID JAE00000002 (4215556734)
"""
XE = """\
Cisco IOS XE Software, Version 17.09.04a
Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4a, RELEASE SOFTWARE (fc3)
Technical Support: http://www.cisco.com/techsupport

core-1 uptime is 40 weeks, 2 hours, 1 minute
Uptime for this control processor is 40 weeks, 2 hours, 3 minutes
System returned to ROM by Reload Command at 02:00:00 UTC Sat Feb 4 2023
System image file is "flash:packages.conf"
Last reload reason: Reload Command

cisco C9300-48P (X86) processor with 1331521K/6147K bytes of memory.
Processor board ID FCW0000A0AA
Model Number                       : C9300-48P
System Serial Number               : FCW0000A0AA

Switch 02
---------
Last reload reason                 : power-on
Model Number                       : C9300-24P
System Serial Number               : FCW0000B0BB
"""
NXOS = """\
Cisco Nexus Operating System (NX-OS) Software
Software
  BIOS: version 07.69
  NXOS: version 9.3(8)
  NXOS image file is: bootflash:///nxos.9.3.8.bin

Hardware
  cisco Nexus9000 C93180YC-EX chassis
  Processor Board ID FDO00000ABC
  Device name: leaf-1

Kernel uptime is 3 day(s), 4 hour(s), 5 minute(s), 6 second(s)

Last reset at 1 usecs after Mon Jan  4 2021
  Reason: Reset Requested by CLI command reload
  System version: 9.3(5)
"""
N5K = """\
Cisco Nexus Operating System (NX-OS) Software
Software
  kickstart: version 7.3(8)N1(1)
  system:    version 7.3(8)N1(1)
  kickstart image file is: bootflash:///n5000-uk9-kickstart.7.3.8.N1.1.bin
  system image file is:    bootflash:///n5000-uk9.7.3.8.N1.1.bin
Hardware
  cisco Nexus5548 Chassis ("O2 32X10GE/Modular Universal Platform Supervisor")
  Processor Board ID FOC00000N5K
  Device name: agg-2
"""
XR = """\
Cisco IOS XR Software, Version 7.3.2
Copyright (c) 2013-2021 by Cisco Systems, Inc.

Build Information:
 Version      : 7.3.2

cisco N540-28Z4C-SYS-A (C3708 @ 1.70GHz) processor with 8GB of memory
pe-3 uptime is 2 weeks, 1 day
"""
ASA = """\
Cisco Adaptive Security Appliance Software Version 9.16(4)14
SSP Operating System Version 2.10(1.207)
Device Manager Version 7.18(1)152

System image file is "disk0:/asa9-16-4-14-lfbff-k8.SPA"
Config file at boot was "startup-config"

fw-1 up 41 days 19 hours
failover cluster up 100 days 1 hour

Hardware:   ASA5516, 8192 MB RAM, CPU Atom C2000 series 2416 MHz, 1 CPU (8 cores)
Serial Number: JAD000000FW
"""

WEEK, DAY, HOUR = 604_800, 86_400, 3600
CASES = {
    "ios": (IOS, "15.2(7)E3", "WS-C2960X-48FPD-L", "FOC0000X001", "acc-7", 31_536_000 + 2 * WEEK + 3 * DAY + 4 * HOUR + 300, "power-on"),
    "old": (OLD_IOS, "12.3(26)", "2651XM", "JAE00000002", "branch", 300, "reload"),
    "iosxe": (XE, "17.9.4a", "C9300-48P", "FCW0000A0AA", "core-1", 40 * WEEK + 2 * HOUR + 60, "Reload Command"),
    "nxos": (
        NXOS,
        "9.3(8)",
        "N9K-C93180YC-EX",
        "FDO00000ABC",
        "leaf-1",
        3 * DAY + 4 * HOUR + 306,
        "Reset Requested by CLI command reload",
    ),
    "n5k": (N5K, "7.3(8)N1(1)", "", "FOC00000N5K", "agg-2", None, None),
    "iosxr": (XR, "7.3.2", "N540-28Z4C-SYS-A", "", "pe-3", 2 * WEEK + DAY, None),
    "asa": (ASA, "9.16(4)14", "ASA5516", "JAD000000FW", "fw-1", 41 * DAY + 19 * HOUR, None),
}
PLATFORM = {"old": "ios", "n5k": "nxos"}


@pytest.mark.parametrize("case", CASES)
def test_the_system_is_told_as_it_says_it_is(case: str) -> None:
    text, version, pid, serial, name, uptime, reason = CASES[case]
    platform = platforms.recognise("", text)
    assert platform.name == PLATFORM.get(case, case), "an unknown device is recognised by this page alone"
    errors: list[str] = []
    found = list(_outputs.facts(_outputs.readers((platform.name, *platform.like)), text, "sh ver", errors))
    (system,) = (f for f in found if isinstance(f, System))
    assert not errors
    assert (system.version, system.pid, system.serial, system.name, system.uptime_s) == (version, pid, serial, name, uptime)
    assert {f.metric: f.value for f in found if isinstance(f, Reading)}.get("reload.reason") == reason


@pytest.mark.parametrize(("text", "image"), [(XE, "flash:packages.conf"), (N5K, "bootflash:///n5000-uk9.7.3.8.N1.1.bin")])
def test_the_image_is_the_system_s_own(text: str, image: str) -> None:
    platform = platforms.recognise("", text)
    found = _outputs.facts(_outputs.readers((platform.name, *platform.like)), text, "show version", [])
    assert next(f for f in found if isinstance(f, System)).image == image


def test_a_page_that_says_nothing_gives_no_value_instead_of_an_empty_one() -> None:
    found = list(_outputs.facts(_outputs.readers(("ios",)), "nothing of the kind\n", "show version", []))
    assert [f for f in found if isinstance(f, Reading)] == []
