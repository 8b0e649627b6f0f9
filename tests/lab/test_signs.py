"""A fault is told in every way that a device has: its MIB, its command line, its log lines and its notifications, and they agree."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from pyasn1.codec.ber import decoder
from pysnmp.proto import api

from healthd.lab import examples
from healthd.lab.faults import Fault
from healthd.lab.log import Log, datagram
from healthd.lab.moment import Moment
from healthd.lab.network import Network
from healthd.lab.shows import printed
from healthd.lab.traps import traps

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
CISCO = "1.3.6.1.4.1.9.9."
FRU_PSU, ENV_PSU, FRU_FAN, ENV_FAN = f"{CISCO}117.2.0.2", f"{CISCO}13.3.0.9", f"{CISCO}117.2.0.6", f"{CISCO}13.3.0.8"
MODULE, ENV_HEAT, SENSOR, CONFIG = f"{CISCO}117.2.0.1", f"{CISCO}13.3.0.7", f"{CISCO}91.2.0.1", f"{CISCO}43.2.0.1"
DOWN, COLD = "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.6.3.1.1.5.1"
BGP_DOWN, OSPF, ERRDISABLED, MEMBER = "1.3.6.1.2.1.15.7.2", "1.3.6.1.2.1.14.16.2.2", f"{CISCO}548.0.1.1", f"{CISCO}500.0.0.6"

Case = tuple[str, str, str, str, str, str, set[str]]
CASES: list[Case] = [
    ("psu-failed", "ldn-acc-01", "2B", "show environment all", "Bad", "FRU_PS_SIGNAL_FAULTY", {FRU_PSU, ENV_PSU}),
    ("psu-failed", "ldn-dc-01", "1", "show environment", "Fail/Shut", "PS_FAIL", {FRU_PSU}),
    ("psu-failed", "ldn-edge-01", "P0", "show platform", "fail", "PEMFAIL", {FRU_PSU}),
    ("psu-failed", "hz-pe-01", "", "show environment", "FAILED", "MODULE_FAILURE", {FRU_PSU}),
    ("psu-failed", "ldn-fw-01", "", "show environment", "Power Supply 0: Failure Detected", "735004", set()),
    ("psu-noinput", "ldn-acc-01", "2B", "show environment all", "No Input Power", "FRU_PS_ACCESS", {FRU_PSU, ENV_PSU}),
    ("psu-absent", "ldn-acc-01", "2B", "show environment all", "Not Present", "FRU_PS_OIR", {FRU_PSU, ENV_PSU}),
    ("psu-absent", "ldn-dc-01", "1", "show environment", "Absent", "PS_ABSENT", set()),
    ("psu-replaced", "ldn-dc-01", "2", "show inventory", "SP4R", "", set()),
    ("fan-failed", "ldn-core-01", "", "show environment all", "failed", "FRU_FAN_FAILURE", {FRU_FAN, ENV_FAN}),
    ("fan-failed", "ldn-dc-01", "", "show environment", "Failure", "FAN_FAIL", {FRU_FAN}),
    ("fan-failed", "ldn-fw-01", "", "show environment", "0 RPM - Failure Detected", "735002", set()),
    ("temperature", "ldn-acc-01", "", "show environment all", "RED", "TEMP", {ENV_HEAT, SENSOR}),
    ("temperature", "ldn-dc-01", "", "show environment", "Major", "MOD_TEMPMAJALRM", {SENSOR}),
    ("temperature", "ldn-fw-01", "", "show environment", "C - Critical", "735007", set()),
    ("module-failed", "ldn-dc-01", "1", "show module", "failure", "MOD_FAIL", {MODULE}),
    ("module-failed", "hz-pe-01", "", "show platform", "FAILED", "NODE_STATE_CHANGE", {MODULE}),
    ("link-down", "ldn-core-01", "Twe1/0/5", "show interfaces", "TwentyFiveGigE1/0/5 is down, line protocol is down", "UPDOWN", {DOWN}),
    ("link-flap", "ldn-dc-02", "Eth1/7", "show interface", "Ethernet1/7 is down", "IF_DOWN_LINK_FAILURE", {DOWN}),
    ("err-disable", "ldn-acc-02", "Gi1/0/9", "show interfaces status", "err-disabled", "ERR_DISABLE", {DOWN, ERRDISABLED}),
    ("crc", "man-rtr-01", "Gi0/0/1", "show interfaces", "", "", set()),
    ("memory-leak", "ldn-edge-01", "", "show processes memory", "", "", set()),
    ("cpu", "sz-rtr-01", "", "show processes cpu", "", "", set()),
    ("reload", "ldn-acc-02", "", "show version", "uptime is", "RELOAD", {COLD}),
    ("outage", "ldn-acc-02", "", "show version", "Last reload reason: PowerOn", "RESTART", {COLD}),
    ("unreachable", "ldn-acc-02", "", "", "", "", set()),
    ("serial-changed", "ldn-acc-02", "", "show version", "ZQ9X", "", set()),
    ("config-unsaved", "man-acc-01", "", "show running-config", "", "CONFIG_I", {CONFIG}),
    ("ntp-lost", "hz-acc-02", "", "show ntp status", "unsynchronized", "UNSYNC", set()),
    ("bgp-lost", "ldn-edge-01", "198.51.100.1", "show ip bgp summary", "Idle", "ADJCHANGE", {BGP_DOWN}),
    ("ospf-lost", "hz-core-01", "10.30.0.1", "show ip ospf neighbor", "", "ADJCHG", {OSPF}),
    ("stack-member-gone", "ldn-acc-01", "3", "show switch", "", "SWITCH_REMOVED", {MEMBER}),
]


def networks(kind: str, device: str, item: str) -> tuple[Network, Network]:
    start = (NOW - timedelta(minutes=20)).timestamp()
    end = start + 300 if kind in ("outage", "reload") else start + 9e6
    amount = 3600.0 if kind == "link-flap" else None
    return examples.network(NOW), examples.network(NOW, [Fault(device=device, kind=kind, item=item, start=start, end=end, amount=amount)])


@pytest.mark.parametrize(("kind", "device", "item", "command", "words", "mnemonic", "sent"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_a_fault_is_told_in_every_way(  # noqa: PLR0917 - a row of the table
    kind: str, device: str, item: str, command: str, words: str, mnemonic: str, sent: set[str]
) -> None:
    healthy, broken = networks(kind, device, item)
    if kind == "unreachable":
        assert healthy.answers(device, NOW.timestamp())
        assert not broken.answers(device, NOW.timestamp())
        return
    # An ASA 5516-X has no object for the state of its supply.
    if (kind, healthy.specs[device].platform) != ("psu-failed", "asa"):
        assert list(healthy.view(device).after((0,), NOW.timestamp())) != list(broken.view(device).after((0,), NOW.timestamp()))
    before, after = (_lasting(printed(network, device, command, NOW)) for network in (healthy, broken))
    if kind != "config-unsaved":
        assert before != after, command
    if words:
        assert words in "\n".join(sorted(set(after) - set(before))), command
    lines = Log(broken).between(device, (NOW - timedelta(minutes=21)).timestamp(), NOW.timestamp())
    assert mnemonic in {line.mnemonic for line in lines} | {""}
    assert bool(lines) == bool(mnemonic)
    told = {oid for line in lines for data in traps(line.about, broken.view(device), "c") for oid in [_name(data)]}
    assert told >= sent
    assert bool(told) == bool(sent)


def test_every_kind_of_fault_is_among_them() -> None:
    from healthd.lab.faults import KINDS

    assert {case[0] for case in CASES} == set(KINDS)


def _lasting(text: str | None) -> Sequence[str]:
    assert text, "the device has no such command"
    return text.split("\n")


def _name(data: bytes) -> str:
    """Return the OID of the notification in *data*, as pysnmp reads it."""
    v2c = api.PROTOCOL_MODULES[api.SNMP_VERSION_2C]
    message, rest = decoder.decode(data, asn1Spec=v2c.Message())
    assert not rest
    bindings = v2c.apiPDU.get_varbinds(v2c.apiMessage.get_pdu(message))
    assert str(bindings[0][0]) == "1.3.6.1.2.1.1.3.0"
    assert str(bindings[1][0]) == "1.3.6.1.6.3.1.1.4.1.0"
    return str(bindings[1][1])


def test_a_log_line_on_the_wire_is_the_line_in_the_buffer() -> None:
    _, broken = networks("psu-failed", "ldn-acc-01", "2B")
    (line,) = Log(broken).between("ldn-acc-01", (NOW - timedelta(minutes=21)).timestamp(), NOW.timestamp())
    shown = printed(broken, "ldn-acc-01", "show logging", NOW) or ""
    sent = datagram(Moment.of(broken, "ldn-acc-01", NOW), line).decode()
    assert sent.partition(": ")[2] in shown
    assert "%PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 2: signal on power supply B is faulty" in sent
