"""One row a cause: what belongs together, what comes first, and who sees to it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from healthd.model.device import Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.observation import Neighbour
from healthd.model.phrase import say
from healthd.model.poll import Poll
from healthd.reports.causes import Cause, causes
from healthd.reports.duty import due, is_customers, who
from healthd.reports.sections.actions import _what


def found(rule: str, device: str, item: str = "", level: Level = Level.CRITICAL, said: str = "it is so", **more: object) -> Finding:
    return Finding(rule=rule, device=device, item=item, level=level, summary=say("{said}.", said=said), **more)


def device(name: str, role: str = "access", *parents: str) -> Device:
    return Device(name=name, customer="gold", address=f"addr-{name}", role=role, parents=parents)


AT = datetime(2026, 3, 20, tzinfo=UTC)
DEVICES = (device("core", "core"), device("a", "access", "core"), device("b", "access", "a"), device("acc-1"))


def grouped(*findings: Finding, polls: Iterable[Poll] = ()) -> list[Cause]:
    return list(causes(findings, DEVICES, {p.device: p for p in polls}))


def test_the_routing_neighbours_one_device_lost_are_one_cause_whatever_the_protocol() -> None:
    one = grouped(found("ospf", "core", "10.0.0.1"), found("bgp", "core", "10.0.0.9"), found("ospf", "core", "10.0.0.5"))
    assert [c.first.item for c in one] == ["10.0.0.9"]
    assert str(_what(one[0])) == "it is so. The same: OSPF 10.0.0.1, OSPF 10.0.0.5."


def test_the_findings_of_one_rule_on_one_device_are_one_cause_and_name_at_most_three_others() -> None:
    one = grouped(*(found("psu", "a", f"PSU {n}") for n in range(6)))
    assert len(one) == 1
    assert str(_what(one[0])) == "it is so. The same: PSU 1, PSU 2, PSU 3 and 2 more."


def test_one_rule_on_two_devices_and_two_rules_on_one_device_stay_apart() -> None:
    assert len(grouped(found("psu", "a", "1"), found("psu", "b", "1"), found("fan", "a", "1"))) == 3


@pytest.mark.parametrize(
    "other",
    [
        found("device_unreachable", "b", level=Level.UNKNOWN),
        found("interface_down", "core", "Gi1", level=Level.WARNING, said="Port Gi1 (to a Gi0/1) is down"),
        found("bgp", "core", "addr-a"),
        found("interface_down", "core", "GigabitEthernet1/0/7", level=Level.WARNING),
        found("ospf", "core", "10.9.9.9"),
    ],
    ids=["behind it", "named on the port", "by its address", "heard on the port", "heard as neighbour"],
)
def test_what_follows_from_a_silent_device_is_part_of_its_row(other: Finding) -> None:
    heard = (
        Neighbour(protocol="cdp", local="Gi1/0/7", remote="A.example.net"),
        Neighbour(protocol="ospf", remote="a", remote_address="10.9.9.9"),
    )
    poll = Poll(device="core", at=AT, up=True, neighbours=heard)
    one = grouped(other, found("device_down", "a"), polls=[poll])
    assert [(c.first.rule, c.follow) for c in one] == [("device_down", (other,))]
    assert str(_what(one[0])) == "it is so. One finding on another device follows from it."


@pytest.mark.parametrize(
    "other",
    [
        found("interface_down", "core", "Gi1", said="Port Gi1 (to acc-1) is down"),
        found("interface_down", "core", "Gi1", said="Port Gi1 (to a-2) is down"),
        found("psu", "core", "1", said="Power supply 1 beside a has failed"),
        found("ospf", "core", "10.9.9.8"),
        found("config_unsaved", "a"),
    ],
    ids=["another device", "a longer name", "no rule of lines", "another neighbour", "its own trouble"],
)
def test_what_only_happens_at_the_same_time_keeps_its_own_row(other: Finding) -> None:
    assert len(grouped(other, found("device_down", "a"))) == 2


def test_devices_that_call_each_other_parent_end_nobody() -> None:
    ring = (device("x", "access", "y"), device("y", "access", "x"))
    findings = (found("device_down", "x"), found("device_unreachable", "y", level=Level.UNKNOWN))
    assert [len(c.follow) for c in causes(findings, ring, {})] == [1]


def test_notices_and_checks_that_could_not_be_made_are_no_action() -> None:
    assert grouped(found("reboot", "a", level=Level.NOTICE), found("stale_data", "a", level=Level.UNKNOWN)) == []


def test_the_network_comes_before_one_switch_then_silence_then_broken_parts() -> None:
    told = grouped(
        found("bgp", "acc-1"), found("fan", "acc-1", level=Level.WARNING), found("psu", "a", verdict=Condition.FAILED), found("device_down", "core"),
        found("cpu", "core"),
    )  # fmt: skip
    assert [(c.first.device, c.first.rule) for c in told] == [
        ("core", "device_down"),
        ("a", "psu"),
        ("core", "cpu"),
        ("acc-1", "bgp"),
        ("acc-1", "fan"),
    ]


def test_what_is_critical_for_one_switch_is_a_warning_for_the_network_unless_a_part_has_failed() -> None:
    told = grouped(found("bgp", "acc-1"), found("psu", "a", verdict=Condition.FAILED), found("device_down", "core"))
    assert {(c.first.device, c.level) for c in told} == {("acc-1", Level.WARNING), ("a", Level.CRITICAL), ("core", Level.CRITICAL)}
    assert all(c.first.level == Level.CRITICAL for c in told)


def test_rooms_power_and_configuration_are_the_customers_parts_and_software_the_tacs() -> None:
    yours = [found("psu", "a", verdict=v) for v in (Condition.UNPOWERED, Condition.ENVIRONMENT, Condition.ABSENT, Condition.CONFIGURATION)]
    assert all(is_customers(f) for f in (*yours, found("interface_down", "a")))
    assert not any(is_customers(f) for f in (found("psu", "a", verdict=Condition.FAILED), found("bgp", "a"), found("device_down", "a")))
    assert str(who(yours[0], say("check the feed"))) == "You: check the feed"
    assert str(who(found("bgp", "a"), None)) == "TAC: find out the cause"


def test_a_critical_item_is_for_now_and_a_warning_for_within_a_week() -> None:
    assert str(due(found("psu", "a"), date(2026, 3, 1))) == "at once"
    assert due(found("psu", "a", level=Level.WARNING), date(2026, 3, 1)) == date(2026, 3, 8)
