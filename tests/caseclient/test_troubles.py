"""One trouble for one cause: by part, by device, by the site's power, by who stands behind whom."""

from dataclasses import replace

import pytest

from healthd.caseclient.troubles import Kind, Picture
from healthd.model.device import Device
from healthd.model.finding import Condition, Finding, Level
from tests.caseclient.stage import Client, at, cut, down, found, psu, seen, verdict


def named(picture: Picture) -> dict[str, tuple[str, ...]]:
    """Return what each trouble covers, by its key, with rules and devices only."""
    return {t.key: tuple(f"{f.rule}:{f.device}:{f.item}".rstrip(":") for f in t.members) for t in picture.troubles}


def plain(*names: str, site: str = "") -> list[Device]:
    return [Device(name=name, customer="acme", address=f"192.0.2.{n}", site=site) for n, name in enumerate(names, 1)]


def test_several_findings_about_one_unit_are_one_trouble() -> None:
    parts = [
        found("module", "core", "Slot 2", serial="SN1", verdict=Condition.FAILED),
        found("diagnostic", "core", "Slot 2 test 5", serial="SN1", verdict=Condition.SUSPECT, level=Level.WARNING),
    ]
    (trouble,) = seen(parts).troubles
    assert (trouble.root.rule, trouble.kind) == ("module", Kind.PART)


def test_two_parts_of_one_device_that_failed_are_two_troubles() -> None:
    assert len(seen([psu("core", "PS1"), psu("core", "PS2")]).troubles) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_what_a_module_took_with_it_follows_from_it(order: int) -> None:
    those = [
        found("module", "core", "Slot 2", serial="SN1", verdict=Condition.FAILED),
        found("interface_down", "core", "Te2/1", since=2, level=Level.WARNING),
        found("bgp", "core", "10.0.0.1", since=4, level=Level.WARNING),
    ]
    (trouble,) = seen(those[::order]).troubles
    assert [f.rule for f in trouble.follow] == ["bgp", "interface_down"]


def test_a_port_that_was_down_for_hours_did_not_go_with_the_module() -> None:
    those = [found("module", "core", "Slot 2", verdict=Condition.FAILED), found("interface_down", "core", "Te2/1", since=-120)]
    assert len(seen(those).troubles) == 2


def test_a_dead_router_with_what_stands_behind_it_is_one_trouble_with_the_others_as_impact() -> None:
    (trouble,) = seen([down("core"), cut("acc1"), cut("acc2"), psu("acc1")]).troubles
    assert (trouble.key, trouble.impact, trouble.kind) == ("1:device_down:core:", ("acc1", "acc2", "core"), Kind.TOPOLOGY)


def test_who_cannot_be_reached_is_nobody_s_trouble_while_the_parent_is_not_judged() -> None:
    assert seen([cut("acc1"), cut("acc2")]).troubles == ()


def test_both_parents_dead_are_one_trouble_when_only_together_they_cut_somebody_off() -> None:
    devices = [*plain("r1", "r2"), Device(name="sw", customer="acme", address="192.0.2.9", parents=("r1", "r2"))]
    (trouble,) = seen([down("r1"), down("r2", since=30), cut("sw")], devices=devices).troubles
    assert trouble.impact == ("r1", "r2", "sw")
    assert len(seen([down("r1"), down("r2", since=30)], devices=devices).troubles) == 2


def test_chains_of_dead_ends_and_loops_of_parents_end_at_the_dead() -> None:
    loop = [
        Device(name=name, customer="acme", address=f"192.0.2.{n}", parents=parents)
        for n, (name, parents) in enumerate({"a": ("b", "r"), "b": ("a",), "c": ("b",), "r": ()}.items(), 1)
    ]
    (trouble,) = seen([down("r"), cut("a"), cut("b"), cut("c")], devices=loop).troubles
    assert trouble.impact == ("a", "b", "c", "r")


def test_devices_of_one_site_lost_within_minutes_are_one_trouble_and_those_of_two_sites_are_two() -> None:
    devices = plain(*(f"sw{n}" for n in range(40)), site="hz") + plain(*(f"bj{n}" for n in range(2)), site="bj")
    found_ = [down(f"sw{n}", since=n / 10) for n in range(40)] + [down("bj0"), down("bj1", since=60)]
    troubles = seen(found_, devices=devices).troubles
    assert sorted(len(t.members) for t in troubles) == [1, 1, 40]
    assert max(troubles, key=lambda t: len(t.members)).kind is Kind.SITE


def test_supplies_without_input_at_many_devices_of_a_site_are_one_trouble() -> None:
    devices = plain(*(f"sw{n}" for n in range(40)), site="hz")
    supplies = [psu(f"sw{n}", state=Condition.UNPOWERED, since=n / 20) for n in range(40)]
    (trouble,) = seen(supplies, devices=devices).troubles
    assert trouble.kind is Kind.SITE
    assert len(Client(devices=devices).do(seen(supplies, devices=devices), 30)) == 1


def test_supplies_that_failed_themselves_are_not_the_site_s_power() -> None:
    devices = plain("sw0", "sw1", site="hz")
    assert len(seen([psu("sw0"), psu("sw1")], devices=devices).troubles) == 2


LINKS = {"alive": {"hub"}, "hub": {"alive", "a", "b"}, "a": {"hub", "c"}, "b": {"hub"}, "c": {"a"}}


def test_without_configured_parents_the_neighbours_tell_who_stands_behind_the_dead() -> None:
    devices = plain(*LINKS)
    (trouble,) = seen([down(name, since=n) for n, name in enumerate("abc")] + [down("hub")], devices=devices, links=LINKS).troubles
    assert (trouble.key, trouble.impact) == ("1:device_down:hub:", ("a", "b", "c", "hub"))


def test_a_neighbour_that_was_dead_for_hours_is_a_trouble_of_its_own() -> None:
    troubles = seen([down("hub"), down("a"), down("c"), down("b", since=-300)], devices=plain(*LINKS), links=LINKS).troubles
    assert {t.key: t.impact for t in troubles} == {"1:device_down:hub:": ("a", "c", "hub"), "1:device_down:b:": ("b",)}


def test_with_another_way_that_lives_a_dead_neighbour_is_dead_itself() -> None:
    links = {**LINKS, "b": {"hub", "other"}, "other": {"b"}}
    troubles = seen([down("hub"), down("b")], devices=plain(*links), links=links).troubles
    assert {t.key for t in troubles} == {"1:device_down:hub:", "1:device_down:b:"}


def test_where_no_neighbour_is_left_the_one_in_the_middle_stands_for_all() -> None:
    star = {"hub": {f"n{k}" for k in range(20)}, **{f"n{k}": {"hub"} for k in range(20)}, "far": set[str]()}
    troubles = seen([down(name) for name in star if name != "far"], devices=plain(*star), links=star).troubles
    assert [t.key for t in troubles] == ["1:device_down:hub:"]


def test_a_leaf_that_was_cut_off_gets_time_to_come_back_after_its_hub() -> None:
    acme = Client(devices=plain(*LINKS))
    acme.do(seen([down("hub"), down("b")], devices=acme.devices, links=LINKS), 5)
    alone = seen([down("b")], devices=acme.devices, links=LINKS)
    assert acme.do(alone, 60, heard=["hub", "alive", "a", "c"]) == ()
    assert [a.opening.key for a in acme.do(alone, 70, heard=["hub"]) if hasattr(a, "opening")] == ["1:device_down:b:"]


def test_what_stands_on_a_dead_device_is_told_with_it() -> None:
    (trouble,) = seen([down("edge"), psu("edge"), found("link_flapping", "edge", "Gi1")]).troubles
    assert {f.rule for f in trouble.follow} == {"psu", "link_flapping"}


def test_a_single_proof_makes_a_suspicion_only() -> None:
    (trouble,) = seen([psu("core")]).troubles
    assert trouble.state is Condition.SUSPECT


def test_findings_that_a_dead_device_explains_are_its_consequences_whatever_they_are_about() -> None:
    lost: Finding = replace(found("bgp", "edge", "10.0.0.1"), cause="1:device_down:core:", level=Level.NOTICE)
    (trouble,) = seen([down("core"), lost]).troubles
    assert trouble.follow == (lost,)
    assert trouble.since == at(0)
    assert named(seen([down("core"), lost])) == {"1:device_down:core:": ("device_down:core",)}


def test_what_one_verdict_is_about_is_one_trouble_though_only_one_of_its_findings_has_a_serial_number() -> None:
    one, other = psu("core", "Switch 1 - Power Supply A"), replace(psu("core", "1A"), serial="")
    (trouble,) = seen([one, other], [replace(verdict(one), also=(other.key,))]).troubles
    assert {each.key for each in trouble.members} == {one.key, other.key}
