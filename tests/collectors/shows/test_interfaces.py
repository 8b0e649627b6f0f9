"""``show interfaces`` in the four layouts: names, states, sizes, speeds, and counters where they are printed."""

import pytest

from tests.collectors.shows.reading import facts, interfaces, values

IOS = """\
Vlan10 is up, line protocol is down , Autostate Enabled
  Hardware is Ethernet SVI, address is 0a00.2700.0001 (bia 0a00.2700.0001)
  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec,
GigabitEthernet1/0/1 is administratively down, line protocol is down (disabled)
  Hardware is Gigabit Ethernet, address is 0a00.2700.0002 (bia 0a00.2700.0003)
  Description: 10Gb/s uplink, MTU 42, is up
  MTU 9198 bytes, BW 2048 Kbit/sec, DLY 10 usec,
     reliability 255/255, txload 1/255, rxload 1/255
  Full-duplex, 1000Mb/s, media type is 10/100/1000BaseTX
  Input queue: 0/375/3/0 (size/max/drops/flushes); Total output drops: 12
  5 minute input rate 1000 bits/sec, 1 packets/sec
     77 packets input, 5000 bytes, 0 no buffer
     5 input errors, 2 CRC, 0 frame, 0 overrun, 0 ignored
     88 packets output, 6000 bytes, 0 underruns
     7 output errors, 0 collisions, 2 interface resets
GigabitEthernet1/0/2 is down, line protocol is down (err-disabled)
  Auto-duplex, Auto-speed, media type is 10/100/1000BaseTX
GigabitEthernet0/0/0.2 is deleted, line protocol is down
  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec,
Tunnel4 is up, line protocol is up
  MTU 9976 bytes, BW 100 Kbit/sec, DLY 50000 usec,
"""
NXOS = """\
mgmt0 is up
admin state is up,
  Hardware: GigabitEthernet, address: 0a00.2700.0101 (bia 0a00.2700.0101)
  full-duplex, 1000 Mb/s
  1 minute input rate 744 bits/sec, 0 packets/sec
  Rx
    30 input packets 20 unicast packets 9 multicast packets
    1 broadcast packets 4000 bytes
  Tx
    31 output packets 30 unicast packets 1 multicast packets
    0 broadcast packets 4100 bytes
Ethernet1/1 is down (Link not connected)
admin state is down, Dedicated Interface
  Description: to leaf
  MTU 9216 bytes, BW 10000000 Kbit, DLY 10 usec
  auto-duplex, 10 Gb/s
  30 seconds input rate 6872 bits/sec, 9 packets/sec
  RX
    4 unicast packets  0 multicast packets  0 broadcast packets
    4 input packets  2452 bytes
    0 jumbo packets  9 storm suppression bytes
    6 input error  0 short frame  0 overrun   0 underrun  0 ignored
    0 input with dribble  8 input discard
  TX
    4 output packets  2453 bytes
    1 output error  0 collision  0 deferred  0 late collision
    0 lost carrier  0 no carrier  0 babble  3 output discard
Ethernet1/2 is down (linkFlapErrDisabled, port: error)
Vlan20 is down (Administratively down), line protocol is down, autostate enabled
port-channel 3 is trunking (Not all VSANs UP on the trunk)
nve1 is up
admin state is up,  Hardware: NVE
  RX
    ucast: 10 pkts, 300 bytes - mcast: 2 pkts, 50 bytes
  TX
    ucast: 1 pkts, 7 bytes - mcast: 0 pkts, 0 bytes
"""
XR = """\
MgmtEth0/RSP0/CPU0/1 is administratively down, line protocol is administratively down
  Interface state transitions: 0
  MTU 1514 bytes, BW 0 Kbit
  Duplex unknown, 0Kb/s, THD, link type is autonegotiation
tunnel-te300 is up, line protocol is up
  Encapsulation TUNNEL,  loopback not set,
     0 packets input, 10 bytes, 4 total input drops
     9 packets output, 20 bytes, 6 total output drops
     Output 0 broadcast packets, 0 multicast packets
"""
ASA = """\
Interface GigabitEthernet0/0 "outside", is up, line protocol is up
  Hardware is i82540EM rev03, BW 1000 Mbps, DLY 10 usec
        Full-Duplex(Full-duplex), Auto-Speed(100 Mbps)
        MAC address 0a00.2700.0201, MTU 1500
        2 packets input, 0 bytes, 0 no buffer
        3 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort
        1 packets output, 90 bytes, 0 underruns
        4 output errors, 0 collisions, 2 interface resets
  Traffic Statistics for "outside":
        2 packets input, 381 bytes
        1 packets output, 28 bytes
        2 packets dropped
Interface Ethernet1/2 "", is admin down, line protocol is down
        Available but not configured via nameif
        MAC address 0a00.2700.0202, MTU not set
Interface inside "inside", is up, line protocol is up
  Traffic Statistics for "inside":
        7 packets input, 70 bytes
        8 packets output, 80 bytes
"""


def test_ios_tells_states_sizes_and_the_speed_of_the_link_before_the_bandwidth_that_is_set() -> None:
    found = interfaces(facts("iosxe", "show interfaces", IOS))
    port = found["GigabitEthernet1/0/1"]
    assert (port.admin, port.oper, port.mtu, port.speed_bps, port.duplex) == ("down", "down", 9198, 1_000_000_000, "full")
    assert (port.mac, port.alias) == ("0a:00:27:00:00:02", "10Gb/s uplink, MTU 42, is up")
    assert (found["Vlan10"].admin, found["Vlan10"].oper, found["Vlan10"].speed_bps) == ("up", "down", 1_000_000_000)
    assert (found["GigabitEthernet1/0/2"].speed_bps, found["GigabitEthernet1/0/2"].duplex) == (None, "")
    assert (found["GigabitEthernet0/0/0.2"].admin, found["GigabitEthernet0/0/0.2"].oper) == ("", "notPresent")
    assert found["Tunnel4"].oper == "up"


def test_ios_counts_octets_errors_and_drops_and_names_the_port_it_has_shut() -> None:
    found = facts("ios", "sh int", IOS)
    told = {
        "interface.in.octets": 5000,
        "interface.out.octets": 6000,
        "interface.in.errors": 5,
        "interface.out.errors": 7,
        "interface.in.discards": 3,
        "interface.out.discards": 12,
    }
    for metric, value in told.items():
        assert values(found, metric) == {"GigabitEthernet1/0/1": value}
    assert values(found, "interface.errdisabled") == {"GigabitEthernet1/0/2": "unknown"}


def test_nxos_tells_the_administrative_state_apart() -> None:
    found = interfaces(facts("nxos", "show interface", NXOS))
    assert {name: (port.admin, port.oper) for name, port in found.items()} == {
        "mgmt0": ("up", "up"),
        "Ethernet1/1": ("down", "down"),
        "Ethernet1/2": ("up", "down"),
        "Vlan20": ("down", "down"),
        "port-channel3": ("up", "up"),
        "nve1": ("up", "up"),
    }
    assert (found["Ethernet1/1"].speed_bps, found["Ethernet1/1"].duplex, found["mgmt0"].speed_bps) == (10**10, "", 10**9)


def test_nxos_counts_in_two_sections() -> None:
    found = facts("nxos", "show interface", NXOS)
    assert values(found, "interface.in.octets") == {"mgmt0": 4000, "Ethernet1/1": 2452, "nve1": 350}
    assert values(found, "interface.out.octets") == {"mgmt0": 4100, "Ethernet1/1": 2453, "nve1": 7}
    assert values(found, "interface.in.errors") == {"Ethernet1/1": 6}
    assert values(found, "interface.out.errors") == {"Ethernet1/1": 1}
    assert values(found, "interface.in.discards") == {"Ethernet1/1": 8}
    assert values(found, "interface.out.discards") == {"Ethernet1/1": 3}
    assert values(found, "interface.errdisabled") == {"Ethernet1/2": "linkFlap"}


def test_iosxr_tells_no_speed_where_it_is_0() -> None:
    found = facts("iosxr", "show interfaces", XR)
    port = interfaces(found)["MgmtEth0/RSP0/CPU0/1"]
    assert (port.admin, port.oper, port.speed_bps, port.duplex) == ("down", "down", None, "")
    assert values(found, "interface.in.discards") == {"tunnel-te300": 4}
    assert values(found, "interface.out.discards") == {"tunnel-te300": 6}


def test_asa_takes_the_zone_s_octets_where_the_port_counts_none() -> None:
    found = facts("asa", "show interface", ASA)
    ports = interfaces(found)
    assert (ports["GigabitEthernet0/0"].speed_bps, ports["GigabitEthernet0/0"].duplex) == (100_000_000, "full")
    assert (ports["Ethernet1/2"].admin, ports["Ethernet1/2"].oper, ports["Ethernet1/2"].mtu) == ("down", "down", None)
    assert values(found, "interface.in.octets") == {"GigabitEthernet0/0": 381, "inside": 70}
    assert values(found, "interface.out.octets") == {"GigabitEthernet0/0": 90, "inside": 80}
    assert values(found, "interface.in.errors") == {"GigabitEthernet0/0": 3}


@pytest.mark.parametrize(
    "command", ["show interfaces status", "show interfaces description", "show interfaces trunk", "show interfaces counters"]
)
def test_listings_of_another_kind_are_not_claimed(command: str) -> None:
    with pytest.raises(AssertionError, match="does not read"):
        facts("ios", command, IOS)
