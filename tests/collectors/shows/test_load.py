"""Processor, memory and files: the figures of every system in one unit, and nothing where nothing is told."""

import pytest

from healthd.collectors import _outputs
from tests.collectors.shows.reading import facts, values

ONE = "CPU utilization for five seconds: 4%/0%; one minute: 6%; five minutes: 5%\n PID Runtime(ms) 5Sec   1Min   5Min\n   1  0  9.00%  9.00%  9.00%\n"
CORES = """\
Core 0: CPU utilization for five seconds: 6%; one minute: 8%;  five minutes: 7%
Core 1: CPU utilization for five seconds: 11%; one minute: 16%;  five minutes: 15%
"""
PLATFORM = "CPU utilization for five seconds:  2%, one minute:  5%, five minutes: 22%\n" + CORES.replace(";", ",")
NODES = """\
---- node0_RP0_CPU0 ----
CPU utilization for one minute: 1%; five minutes: 2%; fifteen minutes: 3%
---- node0_1_CPU0 ----
CPU utilization for one minute: 4%; five minutes: 0%; fifteen minutes: 6%
"""
FIREWALL = """\
Core         5 sec               1 min               5 min
Core 0       35.0 (22.4 + 12.6)  35.8 (23.6 + 12.2)  35.2 (23.8 + 11.4)
Current control point elapsed versus the maximum control point elapsed for:
      5 seconds = 50.0%; 1 minute: 46.5%; 5 minutes: 42.2%
Total CPU utilization for:
      5 seconds = 34.2%; 1 minute: 36.2%; 5 minutes: 36.4%
"""
RESOURCES = """\
Load average:   1 minute: 0.34   5 minutes: 0.40   15 minutes: 0.66
CPU states  :   2.10% user,   11.60% kernel,   86.30% idle
        CPU0 states  :   3.33% user,   12.22% kernel,   84.44% idle
Memory usage:   4000K total,   3000K used,   1000K free
"""


@pytest.mark.parametrize(
    ("platform", "command", "text", "busy", "cores"),
    [
        ("ios", "show processes cpu sorted 5min | include CPU", ONE, {"CPU": 5}, {}),
        ("iosxe", "sh proc cpu", CORES, {"CPU core 0": 7, "CPU core 1": 15}, {}),
        ("iosxe", "show processes cpu platform", PLATFORM, {"CPU": 22}, {"CPU core 0": 7, "CPU core 1": 15}),
        ("iosxr", "show processes cpu", NODES, {"0/RP0/CPU0": 2, "0/1/CPU0": 0}, {}),
        ("asa", "show cpu usage", "CPU utilization for 5 seconds = 1%; 1 minute: 2%; 5 minutes: 3%\n", {"CPU": 3}, {}),
        ("asa", "show cpu detailed", FIREWALL, {"CPU": 36.4}, {"CPU core 0": 35.2}),
        ("nxos", "show system resources", RESOURCES, {"CPU": 13.7}, {}),
        ("ios", "show processes cpu | include BGP", "  17   84   120    700  0.00%  0.00%  0.00%   0 BGP Router\n", {}, {}),
    ],
)
def test_the_load_of_five_minutes_is_told_per_processor(
    platform: str, command: str, text: str, busy: dict[str, float], cores: dict[str, float]
) -> None:
    found = facts(platform, command, text)
    assert values(found, "cpu.busy") == busy
    assert values(found, "cpu.core.busy") == cores


STATISTICS = """\
                Head    Total(b)     Used(b)     Free(b)   Lowest(b)  Largest(b)
Processor    6B4D2C0   100           40          60            1           2
      I/O    D000000   50            20          30            1           2
"""
POOLS = (
    "Processor Pool Total:        100 Used:         40 Free:         60\nreserve P Pool Total: 5 Used: 2 Free: 3\n\n PID TTY  Allocated\n"
)
SYSTEM = "System memory   : 100K total, 40K used, 60K free, 5K kernel reserved\nLowest(b)       : 1\n"
BRIEF = """\
Load Average
 Slot  Status  1-Min  5-Min 15-Min
1-RP0 Healthy   0.26   0.35   0.33
Memory (kB)
 Slot  Status    Total     Used (Pct)     Free (Pct) Committed (Pct)
1-RP0 Healthy  4000  3000 (75%)  1000 (25%)   3536 (88%)
"""
LONG = """\
RP0: online, statistics updated 2 seconds ago
Load Average: healthy
  1-Min: 0.81, status: healthy, under 32.00
Memory (kb): healthy
  Total: 4000
  Used: 3000 (75%), status: healthy
  Free: 1000 (25%)
"""
SUMMARY = """\
node:      node0_RP0_CPU0
------------------------------------------------------------------
Physical Memory: 4M total (1M available)
 Application Memory : 3M (1M available)
node:      node0_1_CPU0
 Physical Memory: 4M total
 Application Memory : 2M (1M available)
"""
ASA = "Free memory:        60 bytes (60%)\nUsed memory:        40 bytes (40%)\n-------------     ------------------\nTotal memory:      100 bytes (100%)\n"
KILO, MEGA = 1024, 1024**2


@pytest.mark.parametrize(
    ("platform", "command", "text", "pools"),
    [
        ("ios", "show memory statistics", STATISTICS, {"Processor": (100, 40, 60), "I/O": (50, 20, 30)}),
        ("iosxe", "show processes memory sorted", POOLS, {"Processor": (100, 40, 60), "reserve P": (5, 2, 3)}),
        ("iosxe", "show memory", SYSTEM, {"System": (100 * KILO, 40 * KILO, 60 * KILO)}),
        ("iosxe", "show platform software status control-processor brief", BRIEF, {"1-RP0": (4000 * KILO, 3000 * KILO, 1000 * KILO)}),
        ("iosxe", "show platform software status control-processor", LONG, {"RP0": (4000 * KILO, 3000 * KILO, 1000 * KILO)}),
        ("nxos", "show system resources", RESOURCES, {"System": (4000 * KILO, 3000 * KILO, 1000 * KILO)}),
        (
            "iosxr",
            "show memory summary",
            SUMMARY,
            {"0/RP0/CPU0 physical": (4 * MEGA, 3 * MEGA, MEGA), "0/1/CPU0 physical": (2 * MEGA, MEGA, MEGA)},
        ),
        ("asa", "show memory", ASA, {"System": (100, 40, 60)}),
    ],
)
def test_memory_is_told_per_pool_in_bytes(platform: str, command: str, text: str, pools: dict[str, tuple[int, int, int]]) -> None:
    found = facts(platform, command, text)
    told = zip(*(values(found, f"memory.{word}").values() for word in ("total", "used", "free")), strict=True)
    assert dict(zip(values(found, "memory.total"), told, strict=True)) == pools


SYSTEMS = """\
File Systems:

       Size(b)       Free(b)      Type  Flags  Prefixes
             -             -    opaque     rw   system:
*         1000           400      disk     rw   bootflash: flash:#
             -             -     flash     rw   usb0:
          2000          1500     nvram     rw   nvram:
"""


@pytest.mark.parametrize(
    ("platform", "command", "text", "told"),
    [
        ("ios", "dir", "Directory of flash0:/\n\n    1  drw-  0  boot\n\n100 bytes total (40 bytes free)\n", {"flash0:": (100, 40)}),
        (
            "nxos",
            "dir bootflash:",
            "       4096    a\n\nUsage for bootflash://\n 60 bytes used\n 40 bytes free\n 100 bytes total\n",
            {"bootflash:": (100, 40)},
        ),
        ("iosxr", "dir", "Directory of /misc/scratch\n\n100 kbytes total (40 kbytes free)", {"/misc/scratch": (102400, 40960)}),
        (
            "asa",
            "dir",
            "Directory of disk0:/\n\n6 file(s) total size: 9 bytes\n100 bytes total (40 bytes free/40% free)",
            {"disk0:": (100, 40)},
        ),
        ("ios", "show flash:", "-#- --length--\n1  9 a\n\n40 bytes available (60 bytes used)\n", {"flash:": (100, 40)}),
        ("iosxe", "show file systems", SYSTEMS, {"bootflash:": (1000, 400)}),
        ("iosxe", "dir drec0:", "Attributes        Size         Name\n-rwxrwxrwx   490586943   image.bin\n", {}),
    ],
)
def test_files_are_told_in_bytes(platform: str, command: str, text: str, told: dict[str, tuple[int, int]]) -> None:
    found = facts(platform, command, text)
    total, free = values(found, "flash.total"), values(found, "flash.free")
    assert {name: (total[name], free[name]) for name in total} == told


@pytest.mark.parametrize(
    ("platform", "asked"),
    [
        ("ios", {"show processes cpu", "show processes memory"}),
        ("asa", {"show cpu usage", "show memory"}),
        ("nxos", {"show system resources"}),
        ("iosxr", {"show processes cpu", "show memory summary"}),
    ],
)
def test_a_device_without_snmp_is_asked_in_its_own_words(platform: str, asked: set[str]) -> None:
    readers = _outputs.readers((platform,))
    load = [reader for reader in readers if reader.__name__.rpartition(".")[2] in ("cpu", "memory")]
    assert {show.command for reader in load for show in reader.ALONE} == asked
    assert all(_outputs.reading(load, command) for command in asked)
