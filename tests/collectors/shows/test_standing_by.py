"""What stands by: HSRP and VRRP groups, vPC pairs; and the clock, shut ports and the log buffer."""

from datetime import UTC, datetime

import pytest

from healthd import platforms
from healthd.collectors import _outputs
from healthd.collectors.logs.syslog import Context
from healthd.collectors.shows import log
from tests.collectors.shows.reading import facts, values

STANDBY = """\
Vlan76 - Group 76 (version 2)
  State is Standby
    4 state changes, last state change 27w0d
  Active virtual MAC address is 0000.0c07.ac4c
    Track object 1 state Up decrement 60
  Active router is 192.0.2.1, priority 255 (expires in 9.648 sec)
  Standby router is local
Gi0/1.2 - Group 1
  State is Init (interface down)
  Standby router is unknown
"""
HSRP = """\
Vlan100 - Group 100 (HSRP-V2) (IPv4)
  Local state is Active, priority 250 (Cfged 250), may preempt
  Standby router is 192.0.2.69 , priority 200 expires in 10.174000 sec(s)
Ethernet4/1 - Group 0 (HSRP-V2) (IPv6)
  Local state is Initial(Interface Down), priority 110 (Cfged 110), may preempt
"""
BRIEF = """\
                     P indicates configured to preempt.
                     |
Interface   Grp  Pri P State   Active          Standby         Virtual IP
Vl1         1    120 P Active  local           192.0.2.3       192.0.2.1
Vl51        1    120   Init    unknown         unknown         192.0.2.51
Vl4010
     1    120 P Speak   unknown         unknown         192.0.2.254
"""
BRIEF_XR = """\
IPv4 Groups:
Interface      Grp  Pri P State   Active addr     Standby addr   Group addr
Gi0/0/0/0.123   123  90 P Standby 192.0.2.4       local          192.0.2.1
IPv6 Groups:
Interface      Grp  Pri P State   Active addr     Standby addr   Group addr
Gi0/0/0/0.123   123  90 P Active  local           fe80::5054:ff:fe0d:1111
                                                                 fe80::1
"""


@pytest.mark.parametrize(
    ("platform", "command", "text", "states", "standby"),
    [
        (
            "ios",
            "show standby",
            STANDBY,
            {"Vlan76 group 76": "standby", "Gi0/1.2 group 1": "initial"},
            {"Vlan76 group 76": "local", "Gi0/1.2 group 1": "unknown"},
        ),
        (
            "nxos",
            "show hsrp all",
            HSRP,
            {"Vlan100 group 100": "active", "Ethernet4/1 group 0 IPv6": "initial"},
            {"Vlan100 group 100": "192.0.2.69"},
        ),
        ("iosxe", "show standby brief", BRIEF, {"Vl1 group 1": "active", "Vl51 group 1": "initial", "Vl4010 group 1": "speak"}, {}),
        ("iosxr", "show hsrp", BRIEF_XR, {"Gi0/0/0/0.123 group 123": "standby", "Gi0/0/0/0.123 group 123 IPv6": "active"}, {}),
    ],
)
def test_hsrp_groups(platform: str, command: str, text: str, states: dict[str, str], standby: dict[str, str]) -> None:
    found = facts(platform, command, text)
    assert values(found, "hsrp.state") == states
    assert values(found, "hsrp.standby") == standby


VRRP = (
    "FastEthernet0/1 - Group 1\n  State is Master\n  Master Router is 192.0.2.2 (local)\n\nFastEthernet0/1.2 - Group 2\n  State is Init\n"
)
VRRP_BRIEF = """\
  Interface          Grp  A-F Pri  Time Own Pre State   Master addr/Group addr
  Gi0/0                1 IPv4 110     0  N   Y  MASTER  192.0.2.2(local) 192.0.2.1
  Gi0/0                6 IPv6 110     0  N   Y  BACKUP  FE80::1:A FE80::1:1
"""


def test_vrrp_routers() -> None:
    assert values(facts("ios", "show vrrp all", VRRP), "vrrp.state") == {
        "FastEthernet0/1 group 1": "master",
        "FastEthernet0/1.2 group 2": "initialize",
    }
    assert values(facts("iosxe", "show vrrp brief", VRRP_BRIEF), "vrrp.state") == {
        "Gi0/0 group 1": "master",
        "Gi0/0 group 6 IPv6": "backup",
    }


VPC = """\
vPC domain id                     : 100
Peer status                       : peer link is down
vPC keep-alive status             : Suspended (Destination IP not reachable)
vPC role                          : primary, operational secondary

vPC Peer-link status
---------------------------------------------------------------------
id   Port   Status Active vlans
--   ----   ------ --------------------------------------------------
1    Po12   down   -

vPC status
----------------------------------------------------------------------
id   Port   Status Consistency Reason                     Active vlans
--   ----   ------ ----------- ------                     ------------
20   Po20   up     failed      Global compat check failed 1
21   Po21   down*  success     success                    -
"""


def test_a_vpc_pair_that_has_lost_its_peer() -> None:
    found = facts("nxos", "show vpc", VPC)
    assert values(found, "vpc.peer.state") == {"vPC domain 100": "down"}
    assert values(found, "vpc.keepalive.state") == {"vPC domain 100": "suspendedAsDestIPUnreachable"}
    assert values(found, "vpc.role.state") == {"vPC domain 100": "primarySecondary"}
    assert values(found, "vpc.peerlink.state") == {"vPC peer-link Po12": "down"}
    assert values(found, "vpc.link.state") == {"vPC 20 Po20": "up", "vPC 21 Po21": "downStar"}
    assert values(found, "vpc.link.consistency") == {"vPC 20 Po20": "failed", "vPC 21 Po21": "success"}


SYNCHRONISED = "Clock is synchronized, stratum 4, reference is 192.0.2.2\nnominal freq is 1000.0003 Hz\n"
PEERS = "  address         ref clock       st   when   poll reach  delay  offset   disp\n{}192.0.2.1       192.0.2.2        2    676   1024   377  0.117\n * sys.peer, # selected\n"
PEERS_NX = "* - selected for sync, + -  peer mode(active),\n    remote      local     st   poll   reach delay   vrf\n-------\n{}192.0.2.1    0.0.0.0    8   16     377   0.01311 default\n"


@pytest.mark.parametrize(
    ("platform", "command", "text", "told"),
    [
        ("ios", "show ntp status", SYNCHRONISED, {"NTP": 1}),
        ("iosxr", "show ntp status", "Clock is unsynchronized, stratum 16, no reference clock\n", {"NTP": 0}),
        ("ios", "show ntp status", "%NTP is not enabled.\n", {"NTP": 0}),
        ("nxos", "show ntp status", "Distribution : Disabled\nLast operational state: No session\n", {}),
        ("ios", "show ntp associations", PEERS.format("*~"), {"NTP": 1}),
        ("ios", "show ntp associations", PEERS.format(" ~"), {"NTP": 0}),
        ("nxos", "show ntp peer-status", PEERS_NX.format("*"), {"NTP": 1}),
        ("nxos", "show ntp peer-status", PEERS_NX.format("="), {"NTP": 0}),
    ],
)
def test_the_clock_is_synchronised_or_not_or_not_told(platform: str, command: str, text: str, told: dict[str, int]) -> None:
    assert values(facts(platform, command, text), "ntp.synchronised") == told


SHUT = """\
Port      Name               Status       Reason
Gi1/0/1   to err-disabled lab err-disabled  psecure-violation
Gi1/0/2                      err-disabled  bpduguard
Eth1/3    --                 linkFlapErr        linkFlapErrDisabled
Eth1/4    --                 err-disabled       Error disabled
"""


def test_ports_that_are_shut_have_the_causes_of_the_mib() -> None:
    assert values(facts("ios", "show interfaces status err-disabled", SHUT), "interface.errdisabled") == {
        "Gi1/0/1": "portSecurityViolation",
        "Gi1/0/2": "bpduGuard",
        "Eth1/3": "linkFlap",
        "Eth1/4": "unknown",
    }


BUFFER = """\
Syslog logging: enabled (0 messages dropped, 2 messages rate-limited)
    Jan  1 00:00:00: not in the buffer
Log Buffer (8192 bytes):

Jan  2 12:00:05.047: %SYS-5-RESTART: System restarted --
Cisco IOS Software, C2900 Software
000048: Jan  2 12:09:21.207: CEF-HWIDB: EDSP0 LES switching vector set to Null
000049: Jan  2 12:09:23.643: %LINEPROTO-5-UPDOWN: Line protocol on Interface Gi0/0, changed state to down
"""


def test_the_log_buffer_is_events_without_its_heading() -> None:
    events = list(log.events(BUFFER, Context(received=datetime(2026, 1, 3, tzinfo=UTC), source="cli")))
    assert [(event.mnemonic, event.severity) for event in events] == [("RESTART", 5), ("", None), ("UPDOWN", 5)]
    assert facts("ios", "show logging", BUFFER) == []


@pytest.mark.parametrize(
    "command",
    [
        "show bgp neighbors",
        "show standby neighbors",
        "show ip ospf database",
        "show vpc peer-keepalive",
        "show logging onboard",
        "show lldp traffic",
    ],
)
def test_what_is_not_read_is_not_claimed(command: str) -> None:
    for platform in ("ios", "nxos", "iosxr", "asa"):
        system = next(each for each in platforms.known() if each.name == platform)
        assert _outputs.reading(_outputs.readers((system.name, *system.like)), command) == []
