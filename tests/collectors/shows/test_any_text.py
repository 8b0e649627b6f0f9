"""Whatever a device prints, a reader ends soon, and it does not raise."""

import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthd import platforms
from healthd.collectors import _outputs

COMMANDS = (
    "show interfaces",
    "show interfaces status err-disabled",
    "show processes cpu",
    "show processes memory",
    "show system resources",
    "dir",
    "show file systems",
    "show ntp status",
    "show cdp neighbors detail",
    "show lldp neighbors detail",
    "show bgp all summary",
    "show ospf neighbor",
    "show isis neighbors",
    "show ip eigrp neighbors",
    "show standby",
    "show vrrp",
    "show vpc",
    "show logging",
)
PIECES = (
    "GigabitEthernet0/1 is up", ", line protocol is ", "admin state is", "RX\n", "12 bytes", "Description: ", " packets input, ", "MTU ", "BW 1 Kbit",
    "Device ID: ", "Device ID  Local Intf\n", "Interface: ", "Port ID (outgoing port): ", "Chassis id: ", "Port id: ", "Local Intf: ", "Neighbor V AS MsgRcvd\n",
    "192.0.2.1", "2001:db8::1", " 4 65000 1 1 1 0 0 ", "3w0d ", "Idle (Admin)", "VRF: A\n", " FULL/DR ", "System Id State\n", " UP ", "Vlan1 - Group 1\n",
    "  State is ", "Active", "vPC status\n", "vPC domain id : ", "Clock is ", "synchronized", "*~", "Log Buffer (", "%SYS-5-RESTART: ", "Jan  2 12:00:05: ",
    "CPU utilization for ", "five minutes: 5%", "node0_0_CPU0", "Pool Total: ", "Physical Memory: 4M total (1M available)", "err-disabled ", "Usage for bootflash://\n",
    " bytes total (1 bytes free)", "0", "9", "-", "\n", " ", "\t", "\x00", "中",
)  # fmt: skip


def read(text: str, commands: Iterable[str] = COMMANDS) -> None:
    for system in platforms.known():
        if system.name in ("ios", "nxos", "iosxr", "asa"):
            readers = _outputs.readers((system.name, *system.like))
            for command in commands:
                errors: list[str] = []
                list(_outputs.facts(readers, text, command, errors))
                assert not errors


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=60, deadline=None)
def test_no_reader_fails_on_pieces_of_outputs_in_any_order(text: str) -> None:
    read(text)


@pytest.mark.parametrize("piece", [*PIECES, "a ", "1 ", "GigabitEthernet0/1 \n"])
def test_no_reader_takes_long_for_the_same_thing_over_and_over(piece: str) -> None:
    start = time.perf_counter()
    read(f"x{piece * 2000}x")
    # 72 readings of some 20 KB: 0.4 s at most where time grows with the text, 20 s and more where it grows with its square.
    assert time.perf_counter() - start < 10
