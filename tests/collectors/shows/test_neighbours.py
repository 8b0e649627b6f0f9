"""Neighbours by every protocol: who, where, and whether the two speak, also where lines are wrapped."""

import pytest

from healthd.model.observation import Neighbour
from tests.collectors.shows.reading import facts, neighbours, values

CDP = """\
-------------------------
Device ID: core-1.example.net(FOX0000)
Entry address(es):
  IP address: 192.0.2.1
Platform: cisco WS-C3560X-24P,  Capabilities: Switch IGMP
Interface: GigabitEthernet0/3,  Port ID (outgoing port): GigabitEthernet0/8
Holdtime : 154 sec

Version :
Cisco IOS Software, Interface: none

-------------------------
Device ID:edge
SysName :
Interface address(es):
    IPv4 Address: 192.0.2.2
Platform: N9K-C9372TX, Capabilities: Router Switch
Interface: MgmtEth0/RSP0/CPU0/0
Port ID (outgoing port): Ethernet1/1
"""
CDP_BRIEF = """\
Capability Codes: R - Router, T - Trans Bridge, B - Source Route Bridge
Device ID        Local Intrfce     Holdtme    Capability  Platform  Port ID
SEP0001          Gig 1/0/2         125          H P       IP Phone  Port 1
a-long-name.example.net
                 Ten 3/7           175               R    AS5610-52 0/47
server(FDO1)
                    Eth1/1/1       109    R S I s   Linux              eth9

Total cdp entries displayed : 3
"""
LLDP = """\
------------------------------------------------
Local Intf: Gi1/0/2
Chassis id: 0a00.2700.0001
Port id: 502
Port Description: ge-0/0/0.0
System Name - not advertised

System Description:
Juniper Networks, Inc. ex2200

Management Addresses:
    IP: 192.0.2.9
------------------------------------------------
Chassis id: 0a00.2700.0002
Port id: Gi2/0
System Name: old-ios
Management Addresses - not advertised

Total entries displayed: 2
"""
LLDP_NX = """\
Chassis id: 0a00.2700.0003
Port id: Ethernet1/1
Local Port id: Eth1/1
Port Description: null
System Name: leaf.example.net
System Description: Cisco Nexus Operating System (NX-OS) Software 7.0(3)I4(1)
Management Address: 192.0.2.3
Chassis id: 0a00.2700.0004
Port id: Eth2/2
Local Port id: Eth1/2
System Name: null
"""
LLDP_BRIEF = """\
Device ID           Local Intf     Hold-time  Capability      Port ID
long_name_swt.josh-vGi0/2          120        R               Gi0/0
phone               Gi2/0/16       110                        Port 6
dcx3.example.net
                     mgmt0           120        B            Gi1/0/37
"""


def told(found: list[Neighbour]) -> list[tuple[str, str, str, str]]:
    return [(each.local, each.remote, each.remote_port, each.remote_address) for each in found]


def test_cdp_is_read_in_both_layouts_of_the_ports() -> None:
    found = neighbours(facts("nxos", "show cdp neighbors detail", CDP))
    assert told(found) == [
        ("GigabitEthernet0/3", "core-1.example.net(FOX0000)", "GigabitEthernet0/8", "192.0.2.1"),
        ("MgmtEth0/RSP0/CPU0/0", "edge", "Ethernet1/1", "192.0.2.2"),
    ]
    assert [each.remote_platform for each in found] == ["cisco WS-C3560X-24P", "N9K-C9372TX"]


def test_the_short_listing_of_cdp_wraps_long_names() -> None:
    found = neighbours(facts("ios", "show cdp nei", CDP_BRIEF))
    assert told(found) == [
        ("Gig1/0/2", "SEP0001", "Port1", ""),
        ("Ten3/7", "a-long-name.example.net", "0/47", ""),
        ("Eth1/1/1", "server(FDO1)", "eth9", ""),
    ]
    assert found[0].remote_platform == "IP Phone"


def test_lldp_goes_by_the_chassis_where_no_name_is_told() -> None:
    assert told(neighbours(facts("ios", "show lldp neighbors detail", LLDP))) == [
        ("Gi1/0/2", "0a00.2700.0001", "502", "192.0.2.9"),
        ("", "old-ios", "Gi2/0", ""),
    ]
    assert told(neighbours(facts("nxos", "show lldp neighbors detail", LLDP_NX))) == [
        ("Eth1/1", "leaf.example.net", "Ethernet1/1", "192.0.2.3"),
        ("Eth1/2", "0a00.2700.0004", "Eth2/2", ""),
    ]


def test_the_short_listing_of_lldp_may_run_columns_together() -> None:
    assert told(neighbours(facts("ios", "show lldp neighbors", LLDP_BRIEF))) == [
        ("Gi0/2", "long_name_swt.josh-v", "Gi0/0", ""),
        ("Gi2/0/16", "phone", "Port 6", ""),
        ("mgmt0", "dcx3.example.net", "Gi1/0/37", ""),
    ]


BGP = """\
For address family: IPv4 Unicast
BGP router identifier 192.0.2.254, local AS number 65000

Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
192.0.2.1       4   65000.1000 2746767 2396274      458    0    0 3w0d       558720
192.0.2.2       4          300       0       0        1    0    0 never    Idle (Admin)
*192.0.2.3      4          300       0       0        1    0    0 01:07:38 Active
* Dynamically created based on a listen range command

For address family: IPv6 Unicast

Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
2001:DB8:0:54:2000::1
                4 4130103024
                              0       0        0    0    0     2w1d OpenSent
192.0.2.1       4   65000.1000 2746767 2396274      458    0    0 3w0d            0

Neighbor        T    AS PfxRcd     Type-2     Type-3     Type-4     Type-5
192.0.2.77      I 65000 1          1          0          0          0
"""
BGP_VRF = """\
VRF: RED
BGP VRF RED, state: Active
VRF ID: 0x60000002
Process       RcvTblVer   bRIB/RIB   LabelVer  ImportVer  SendTblVer  StandbyVer
Speaker              43         43         43         43          43           0

Neighbor        Spk    AS MsgRcvd MsgSent   TblVer  InQ OutQ  Up/Down  St/PfxRcd
192.0.2.1         0 65533 3687720 44027503 2308648193    0    0     6w0d          4!

VRF: BLUE
Neighbor        Spk    AS MsgRcvd MsgSent   TblVer  InQ OutQ  Up/Down  St/PfxRcd
192.0.2.1         0 65533       0       0        0    0    0 00:00:00 Idle!
"""


def test_bgp_peers_are_told_once_whatever_the_families_and_wrapped_lines() -> None:
    found = facts("ios", "show bgp all summary", BGP)
    assert [(each.remote_address, each.asn, each.state) for each in neighbours(found)] == [
        ("192.0.2.1", 65000 * 65536 + 1000, "established"),
        ("192.0.2.2", 300, "idle"),
        ("192.0.2.3", 300, "active"),
        ("2001:DB8:0:54:2000::1", 4130103024, "opensent"),
    ]
    assert values(found, "bgp.peer.state")["192.0.2.1"] == "established"
    assert values(found, "bgp.peer.admin") == {"192.0.2.2": "stop"}


def test_bgp_peers_of_two_vrfs_with_one_address_are_two() -> None:
    found = facts("iosxr", "show bgp vrf all ipv4 unicast summary", BGP_VRF)
    assert values(found, "bgp.peer.state") == {"192.0.2.1 vrf RED": "established", "192.0.2.1 vrf BLUE": "idle"}


@pytest.mark.parametrize("text", ["% BGP not active\n", "", "BGP summary information for VRF default, address family IPv4 Unicast\n"])
def test_a_router_without_peers_has_none(text: str) -> None:
    assert facts("nxos", "show ip bgp summary", text) == []


OSPF = """\
 OSPF Process ID 1 VRF default
 Neighbor ID     Pri State            Up Time  Address         Interface
 192.0.2.8         1 FULL/ -          2y0w     192.0.2.2       Vlan2
 OSPF Process ID 1 VRF RED
 192.0.2.9         1 2WAY/DROTHER     00:00:33 192.0.2.3       Eth1/1
"""
OSPF_V3 = "Neighbor ID     Pri   State           Dead Time   Interface ID    Interface\n192.0.2.8         1   EXSTART/DR      00:00:39    3               Gi0/1\n"
OSPF_DETAIL = """\
 Neighbor 192.0.2.8, interface address 192.0.2.2
    In the area 0 via interface GigabitEthernet1/0/0
    Neighbor priority is 1, State is INIT, 6 state changes
"""


@pytest.mark.parametrize(
    ("platform", "command", "text", "states"),
    [
        ("nxos", "show ip ospf neighbors vrf all", OSPF, {"192.0.2.2": "full", "192.0.2.3 vrf RED": "twoWay"}),
        ("ios", "show ipv6 ospf neighbor", OSPF_V3, {"192.0.2.8 Gi0/1": "exchangeStart"}),
        ("ios", "show ip ospf 10 neighbor detail", OSPF_DETAIL, {"192.0.2.2": "init"}),
        ("iosxr", "show ospf neighbor", "* Indicates MADJ interface\n\nTotal neighbor count: 0\n", {}),
    ],
)
def test_ospf_neighbours_have_the_states_of_the_mib(platform: str, command: str, text: str, states: dict[str, str]) -> None:
    found = facts(platform, command, text)
    assert values(found, "ospf.neighbor.state") == states
    assert len(neighbours(found)) == len(states)


ISIS = """\
System Id       Type Interface     IP Address      State Holdtime Circuit Id
r1              L1   Gi2           192.0.2.1       INIT  19       r3.03
r1              L2   Gi2           192.0.2.1       UP    24       r3.03
"""
ISIS_NX = "IS-IS process: 1 VRF: default\nSystem ID       SNPA            Level  State  Hold Time  Interface\nr1              0a00.2700.0001  1      DOWN   00:00:09   Ethernet1/1.115\n"
EIGRP = """\
EIGRP-IPv6 Neighbors for AS(10)
H   Address                 Interface              Hold Uptime   SRTT   RTO  Q  Seq
                                                   (sec)         (ms)       Cnt Num
0   Link-local address:     Gi0/0.90                 12 01:36:15   11   100  0  28
    FE80::5C00:80FF:FE02:7
1   192.0.2.4               Vl250                    10 1w0d        3   450  0  17091
"""


def test_isis_adjacencies_of_two_levels_are_one() -> None:
    assert values(facts("ios", "show isis neighbors", ISIS), "isis.neighbor.state") == {"r1 Gi2": "up"}
    assert values(facts("nxos", "show isis adjacency", ISIS_NX), "isis.neighbor.state") == {"r1 Ethernet1/1.115": "down"}


def test_eigrp_neighbours_are_up_and_in_their_system() -> None:
    found = facts("ios", "show ipv6 eigrp neighbors", EIGRP)
    assert [(each.remote, each.local, each.asn) for each in neighbours(found)] == [
        ("FE80::5C00:80FF:FE02:7", "Gi0/0.90", 10),
        ("192.0.2.4", "Vl250", 10),
    ]
    assert set(values(found, "eigrp.neighbor.state").values()) == {"up"}
