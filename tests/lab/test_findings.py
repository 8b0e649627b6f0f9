"""A healthy network gives no finding, and each fault gives just the findings it should, on whichever kind of device it happens."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from healthd import cycle
from healthd.analysis import reachability
from healthd.analysis.judge import judge
from healthd.analysis.reachability import Confirm, Seen
from healthd.analysis.recorded import Recorded
from healthd.analysis.topology import lineage
from healthd.lab import examples
from healthd.lab.faults import KINDS, Fault
from healthd.lab.network import Network
from healthd.lab.wire import LabWire
from healthd.model.availability import Probe, Span, State
from healthd.model.device import Device
from healthd.model.finding import Finding, Level
from healthd.model.interval import Interval
from healthd.model.poll import Poll

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
USUAL = (-40, -30, -15, 0)
DAY = tuple(range(-24 * 60, 1, 60))
SHORT = tuple(range(-60, 1, 5))
C, W, N = Level.CRITICAL, Level.WARNING, Level.NOTICE
Told = tuple[Level, str, str, str]


def ago(minutes: float) -> float:
    return (NOW - timedelta(minutes=minutes)).timestamp()


@cache
def healthy() -> Network:
    return examples.network(NOW)


def devices(network: Network, customer: str) -> list[Device]:
    return [
        Device(
            name=s.name,
            customer=s.customer,
            address=s.address,
            platform=s.platform,
            snmp="lab",
            site=s.site,
            role=s.role,
            parents=s.parents,
        )
        for s in network.specs.values()
        if s.customer == customer
    ]


@cache
def before(name: str, customer: str, minute: int) -> Poll:
    at = NOW + timedelta(minutes=minute)
    one = next(d for d in devices(healthy(), customer) if d.name == name)
    return asyncio.run(cycle.poll(one, LabWire(healthy(), at), at))


def polled(network: Network, customer: str, minutes: Sequence[int], whole: float) -> list[Poll]:
    """Return the polls of *minutes* before NOW; what a healthy network says is asked once.

    Until minute *whole* nothing is wrong, and a device whose every object is the same function of time says the same.
    """
    found, same = [], {d.name: _alike(network, d.name) for d in devices(network, customer)}
    for minute in minutes:
        at = NOW + timedelta(minutes=minute)
        wire = LabWire(network, at)
        found += [
            before(one.name, customer, minute) if minute < whole or same[one.name] else asyncio.run(cycle.poll(one, wire, at))
            for one in devices(network, customer)
        ]
    return found


def _alike(network: Network, name: str) -> bool:
    return network.silent(name) == healthy().silent(name) and network.view(name).objects == healthy().view(name).objects


def spans(watched: Sequence[Device], polls: Sequence[Poll], window: Interval) -> dict[str, list[Span]]:
    """Return the states of the devices as the rounds find them out of the polls."""
    line, memory, entered = lineage(watched), dict[str, Seen](), dict[str, list[tuple[datetime, State, str]]]()
    for at in sorted({p.at for p in polls}):
        probes = [Probe(device=p.device, at=at, answered=p.up, by="snmp", reason=p.reason) for p in polls if p.at == at]
        memory, changes = reachability.step(memory, line, probes, Confirm(misses=2, gap=timedelta(hours=3)))
        for change in changes:
            entered.setdefault(change.device, []).append((change.at, change.state, change.reason))
    made = {}
    for name, marks in entered.items():
        ends = [at for at, _, _ in marks[1:]] + [window.end]
        made[name] = [
            Span(state=state, interval=Interval(at, end), reason=reason)
            for (at, state, reason), end in zip(marks, ends, strict=True)
            if at < end
        ]
    return made


def found(faults: Sequence[Fault], customer: str, minutes: Sequence[int] = USUAL) -> tuple[Finding, ...]:
    network = examples.network(NOW, faults)
    whole = min((f.start - NOW.timestamp() for f in faults), default=-1e9) / 60
    watched, polls = devices(network, customer), polled(network, customer, minutes, whole)
    assert not {error for poll in polls for error in poll.errors}
    window = Interval(NOW + timedelta(minutes=min(minutes) - 60), NOW)
    return judge(Recorded(watched, polls, window, spans=spans(watched, polls, window)), NOW)


def told(findings: Sequence[Finding]) -> set[Told]:
    return {(f.level, f.rule, f.device, f.item) for f in findings}


@pytest.mark.parametrize("customer", ["ACME", "HDZZ"])
def test_a_healthy_network_gives_no_finding(customer: str) -> None:
    assert not found((), customer)


LOST = {(C, "ospf", "ldn-core-01", "10.10.0.5"), (C, "ospf", "ldn-edge-01", "10.10.0.6")}
"""What both ends say when the second line between edge and core is gone."""

CASES: list[tuple[str, str, str, set[Told]]] = [
    ("psu-failed", "ldn-acc-01", "2B", {(C, "psu", "ldn-acc-01", "Switch 2 - Power Supply B")}),
    ("psu-failed", "ldn-core-01", "", {(C, "psu", "ldn-core-01", "Switch 1 Power Supply Module 1")}),
    ("psu-failed", "ldn-edge-01", "P1", {(C, "psu", "ldn-edge-01", "Power Supply Module 1")}),
    ("psu-failed", "ldn-dc-01", "", {(C, "psu", "ldn-dc-01", "PowerSupply-1")}),
    ("psu-failed", "hz-pe-01", "", {(C, "psu", "hz-pe-01", "power-module 0/PS0/M0/SP")}),
    ("psu-failed", "hz-acc-02", "", {(C, "psu", "hz-acc-02", "Sw1, PS1")}),
    ("psu-noinput", "ldn-acc-01", "1A", {(W, "psu", "ldn-acc-01", "Switch 1 - Power Supply A")}),
    ("psu-noinput", "ldn-dc-02", "2", {(W, "psu", "ldn-dc-02", "PowerSupply-2")}),
    ("psu-noinput", "hz-pe-01", "", {(W, "psu", "hz-pe-01", "power-module 0/PS0/M0/SP")}),
    ("psu-replaced", "ldn-acc-01", "2B", set()),  # a spare that works is no trouble
    ("psu-absent", "ldn-acc-01", "2B", {(W, "psu", "ldn-acc-01", "Switch 2 - Power Supply B")}),
    ("psu-absent", "ldn-dc-01", "", {(W, "psu", "ldn-dc-01", "PowerSupply-1")}),
    ("psu-absent", "hz-pe-01", "", {(W, "psu", "hz-pe-01", "power-module 0/PS0/M0/SP")}),
    ("psu-absent", "ldn-edge-01", "", {(W, "psu", "ldn-edge-01", "Power Supply Module 0")}),
    ("fan-failed", "ldn-acc-01", "", {(C, "fan", "ldn-acc-01", "Switch 1 - FAN - T1 1 (ENVMON)")}),
    ("fan-failed", "ldn-core-01", "", {(C, "fan", "ldn-core-01", "Switch 1 Fan Tray 1")}),
    ("fan-failed", "ldn-dc-01", "", {(C, "fan", "ldn-dc-01", "Fan Module-1")}),
    ("fan-failed", "hz-pe-01", "", {(C, "fan", "hz-pe-01", "fantray 0/FT0/SP")}),
    ("fan-failed", "man-rtr-01", "", {(C, "fan", "man-rtr-01", "Fan 2/0")}),
    ("fan-failed", "hz-acc-02", "", {(C, "fan", "hz-acc-02", "Switch#1, Fan#1")}),
    ("temperature", "ldn-acc-01", "", {(C, "temperature", "ldn-acc-01", "Switch 1")}),
    ("temperature", "ldn-edge-01", "", {(C, "temperature", "ldn-edge-01", "Chassis")}),
    ("temperature", "ldn-dc-01", "", {(C, "temperature", "ldn-dc-01", "N9K-C93180YC-FX")}),
    ("temperature", "hz-pe-01", "", {(C, "temperature", "hz-pe-01", "chassis ASR-9001-AC")}),
    ("temperature", "sz-rtr-01", "", {(C, "temperature", "sz-rtr-01", "2911 chassis")}),
    ("module-failed", "ldn-dc-01", "", {(C, "module", "ldn-dc-01", "Module-27 Supervisor Module")}),
    ("module-failed", "hz-pe-01", "", {(C, "module", "hz-pe-01", "module 0/0/0")}),
    ("module-failed", "ldn-edge-01", "", {(C, "module", "ldn-edge-01", "module F0")}),
    ("link-down", "ldn-core-01", "Twe1/0/5", {(W, "interface_down", "ldn-core-01", "Twe1/0/5"), (W, "interface_down", "ldn-acc-01", "Te1/1/1")}),
    ("link-down", "ldn-core-01", "Twe2/0/1", {(W, "interface_down", "ldn-core-01", "Twe2/0/1"), (W, "interface_down", "ldn-edge-01", "Te0/0/1"), *LOST}),
    ("err-disable", "ldn-acc-02", "Gi1/0/9", {(W, "errdisabled", "ldn-acc-02", "Gi1/0/9")}),
    ("crc", "ldn-acc-01", "Te1/1/1", {(W, "interface_errors", "ldn-acc-01", "Te1/1/1")}),
    ("crc", "man-rtr-01", "Gi0/0/1", {(W, "interface_errors", "man-rtr-01", "Gi0/0/1")}),
    ("reload", "ldn-acc-02", "", {(N, "reboot", "ldn-acc-02", "")}),
    ("serial-changed", "ldn-acc-02", "", {(N, "identity_changed", "ldn-acc-02", "")}),
    ("serial-changed", "hz-acc-02", "", {(W, "identity_changed", "hz-acc-02", "")}),
    ("ntp-lost", "hz-acc-02", "", {(W, "clock", "hz-acc-02", "NTP")}),
    ("bgp-lost", "ldn-edge-01", "198.51.100.1", {(C, "bgp", "ldn-edge-01", "198.51.100.1")}),
    ("bgp-lost", "man-rtr-01", "10.10.0.17", {(C, "bgp", "man-rtr-01", "10.10.0.17"), (C, "bgp", "ldn-edge-01", "10.10.0.18")}),
    ("ospf-lost", "ldn-core-01", "10.10.0.5", LOST),
    ("stack-member-gone", "ldn-acc-01", "", {(C, "stack", "ldn-acc-01", "Switch 3"), (W, "stack", "ldn-acc-01", "Stack ring")}),
    ("outage", "man-acc-01", "", {(C, "device_down", "man-acc-01", ""), (N, "interface_down", "man-rtr-01", "Gi0/0/1")}),
    ("unreachable", "ldn-acc-02", "", {(C, "device_down", "ldn-acc-02", "")}),
    (
        "outage", "ldn-fw-01", "",
        {(C, "device_down", "ldn-fw-01", ""), (C, "redundancy", "ldn-fw-02", "Primary unit"), (N, "interface_down", "ldn-core-01", "Twe1/0/8"),
         (N, "interface_down", "ldn-fw-02", "folink")},
    ),
    (
        "outage", "man-rtr-01", "",
        {(C, "device_down", "man-rtr-01", ""), (N, "bgp", "ldn-edge-01", "10.10.0.18"), (N, "interface_down", "ldn-edge-01", "Gi0/0/1"),
         (Level.UNKNOWN, "device_unreachable", "man-acc-01", "")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "device", "item", "expected"), CASES, ids=[f"{k}-{d}-{i}".rstrip("-") for k, d, i, _ in CASES])
def test_each_fault_gives_the_findings_it_should_and_no_other(kind: str, device: str, item: str, expected: set[Told]) -> None:
    customer = healthy().specs[device].customer
    fault = Fault(device=device, kind=kind, item=item, start=ago(31))
    assert told(found([fault], customer)) == expected


SLOW: list[tuple[Fault, Sequence[int], set[Told]]] = [
    (
        Fault(device="ldn-acc-02", kind="link-flap", item="Te1/1/1", start=ago(57), amount=600),
        SHORT,
        {(W, "link_flapping", "ldn-acc-02", "Te1/1/1"), (W, "link_flapping", "ldn-core-01", "Twe1/0/6")},
    ),
    (
        Fault(device="sz-rtr-01", kind="cpu", start=ago(54), amount=85),
        SHORT,
        {(C, "cpu", "sz-rtr-01", "c2911 Mother board 3GE, integrated VPN")},
    ),
    (Fault(device="man-acc-01", kind="config-unsaved", start=ago(120)), USUAL, {(N, "config_unsaved", "man-acc-01", "")}),
    (Fault(device="man-acc-01", kind="config-unsaved", start=ago(1800)), USUAL, {(W, "config_unsaved", "man-acc-01", "")}),
    (Fault(device="ldn-edge-01", kind="memory-leak", start=ago(1560)), DAY, {(W, "memory_leak", "ldn-edge-01", "module R0 Processor")}),
]


@pytest.mark.parametrize(("fault", "minutes", "expected"), SLOW, ids=lambda value: value.kind if isinstance(value, Fault) else "")
def test_what_shows_over_time_is_found_too(fault: Fault, minutes: Sequence[int], expected: set[Told]) -> None:
    assert told(found([fault], healthy().specs[fault.device].customer, minutes)) == expected


def test_an_adjacency_that_was_seen_down_before_its_row_went_is_still_lost() -> None:
    """A dead neighbour's row says so for forty seconds; a poll may come just then."""
    lost = Fault(device="ldn-core-01", kind="ospf-lost", item="10.10.0.5", start=ago(30.5))
    assert told(found([lost], "ACME", (-60, -45, -30, -15, 0))) == LOST


@pytest.mark.parametrize("dead", ["ldn-acc-02", "man-rtr-01"])
def test_an_adjacency_of_two_that_answer_is_not_lost_with_the_device_that_dies_beside_them(dead: str) -> None:
    lost = Fault(device="ldn-core-01", kind="ospf-lost", item="10.10.0.5", start=ago(31))
    assert told(found([lost, Fault(device=dead, kind="outage", start=ago(31))], "ACME")) >= LOST


def test_every_kind_of_fault_is_among_them() -> None:
    assert {kind for kind, *_ in CASES} | {fault.kind for fault, *_ in SLOW} == set(KINDS)


def test_a_failed_supply_is_named_by_part_serial_number_and_slot() -> None:
    fault = Fault(device="ldn-acc-01", kind="psu-failed", item="2B", start=ago(5))
    (finding,) = found([fault], "ACME", (-10, 0))
    supply = next(s for s in healthy().specs["ldn-acc-01"].supplies if s.key == "2B")
    assert (finding.pid, finding.serial, finding.verdict) == (supply.pid, supply.serial, "failed")
    assert finding.slot


@pytest.mark.parametrize("kind", ["outage", "unreachable", "link-down"])
def test_what_was_put_right_leaves_no_trace_but_a_restart(kind: str) -> None:
    item = "Gi0/0/1" if kind == "link-down" else ""
    gone = Fault(
        device="man-rtr-01",
        kind=kind,
        item=item,
        start=ago(39),
        end=ago(17),
    )
    expected = {(W, "reboot", "man-rtr-01", "")} if kind == "outage" else set()
    assert told(found([gone], "ACME")) == expected
