"""Two of everything: what is lost when one is gone, and what was never there."""

from dataclasses import replace
from types import ModuleType

import pytest

from healthd.analysis.rules import (
    bgp,
    clock,
    eigrp,
    errdisabled,
    hsrp,
    isis,
    licence,
    module,
    ospf,
    poe,
    power,
    redundancy,
    stack,
    vpc,
    vrrp,
)
from healthd.catalogue.mibs import fru, stackwise
from healthd.model.finding import Condition, Level
from healthd.model.observation import Interface, Reading
from tests.analysis.rules.scene import FIVE, NOW, ask, part, state, value

C, W, U, N = Level.CRITICAL, Level.WARNING, Level.UNKNOWN, Level.NOTICE
NOBODY = "0.0.0.0"  # noqa: S104 - what HSRP reports where there is no standby router


@pytest.mark.parametrize(
    ("word", "level", "verdict"),
    [
        ("ok", None, None),
        ("boot", None, None),
        ("upgrading", None, None),
        ("dormant", None, None),
        ("unknown", U, None),
        ("failed", C, Condition.FAILED),
        ("diagFailed", C, Condition.SUSPECT),
        ("okButDiagFailed", W, Condition.SUSPECT),
        ("missing", W, Condition.ABSENT),
        ("outOfServiceAdmin", N, Condition.CONFIGURATION),
        ("outOfServiceEnvTemp", C, Condition.ENVIRONMENT),
        ("powerDenied", W, Condition.UNPOWERED),
        ("fwMismatchFound", W, Condition.SOFTWARE),
    ],
)
def test_what_a_modules_word_means(word: str, level: Level | None, verdict: Condition | None) -> None:
    card = [part("3", "module", pid="WS-X6748", serial="SAL1", slot="3")]
    found = ask(module, [state("module.state", word, "Module 3", "3")], parts=card)
    assert [(f.level, f.verdict, f.serial) for f in found] == ([(level, verdict, "SAL1")] if level else [])


def test_every_module_state_is_judged_or_on_its_way() -> None:
    on_the_way = {"ok", "boot", "selfTest", "dormant", "poweredUp", "syncInProgress", "upgrading", "mdr", "fwDownloadSuccess"}
    assert set(fru.MODULE_STATE.values()) == set(module.JUDGEMENTS) | on_the_way


def test_an_empty_slot_without_power_is_no_fault_and_a_card_without_power_is() -> None:
    off = state("power.state", "offEnvOther", "slot 3", "3")
    assert ask(power, [off], parts=[part("3", "container")]) == []
    assert ask(power, [off]) == []
    (found,) = ask(power, [off], parts=[part("3", "module", pid="A9K-24X10GE", serial="FOC3")])
    assert (found.level, found.verdict) == (W, Condition.UNPOWERED)
    assert ask(power, [state("power.state", "on")]) == []


def members(*words: str) -> list[Reading]:
    return [state("stack.member.state", word, f"Switch {i}", f"{i}000") for i, word in enumerate(words, 1)]


def ring(word: str) -> Reading:
    return state("stack.ring", word, "Stack ring", "0")


def ports(*words: str) -> list[Reading]:
    return [state("stack.port.state", word, f"StackPort{i}", str(60 + i)) for i, word in enumerate(words)]


def test_an_open_ring_is_safe_no_longer() -> None:
    (found,) = ask(stack, [*members("ready", "ready"), ring("notRedundant"), *ports("up", "down", "down", "up")])
    assert (found.level, found.index, found.indexes) == (W, "0", ("0", "61", "62"))


@pytest.mark.parametrize(
    "readings",
    [
        [*members("ready", "ready"), ring("redundant"), *ports("up", "up", "down", "down")],
        [*members("ready"), ring("notRedundant"), *ports("down", "down")],
        [*members("ready", "provisioned"), ring("notRedundant"), *ports("down", "down")],
        [*members("ready", "ready"), ring("notRedundant")],
        [],
    ],
    ids=["unused ports", "a single switch", "one switch and a plan", "virtual stack", "no stack"],
)
def test_a_ring_that_cannot_break_is_no_fault(readings: list[Reading]) -> None:
    assert ask(stack, readings) == []


@pytest.mark.parametrize("word", [w for w in stackwise.MEMBER_STATE.values() if w not in ("ready", "provisioned")])
def test_a_switch_that_is_not_ready_is_found(word: str) -> None:
    (found,) = ask(stack, members("ready", word))
    assert (found.index, found.level >= W) == ("2000", True)


def test_a_switch_that_left_is_more_than_a_plan() -> None:
    (found,) = ask(stack, members("ready", "provisioned"), before=[members("ready", "ready")])
    assert (found.level, found.verdict) == (C, Condition.ABSENT)


@pytest.mark.parametrize("word", ["ready", "removed", "progressing"])
def test_a_switch_whose_row_went_is_gone_since_it_was_last_there_or_well(word: str) -> None:
    long = [members("ready", "ready")] * 4
    (found,) = ask(stack, members("ready"), before=[*long, members("ready", word)])
    assert (found.item, found.level, found.verdict) == ("Switch 2", C, Condition.ABSENT)
    assert found.since == NOW - FIVE
    assert ask(stack, members("ready"), before=[*long, members("ready", "provisioned")]) == [], "its plan was taken back"
    assert ask(stack, members("ready"), before=[members("ready", "removed")]) == []


def pair(peer: str, mode: str = "", switches: int = 0) -> list[Reading]:
    source = "CISCO-RF-MIB::cRFStatusPeerUnitState"
    said = [state("redundancy.state", "active", "This unit", "0", source), state("redundancy.state", peer, "Peer unit", "0", source)]
    said += [state("redundancy.mode", mode, "Operating mode", "0")] if mode else []
    return said + [state("stack.member.role", "member", f"Switch {i}", f"{i}000") for i in range(switches)]


@pytest.mark.parametrize(
    ("readings", "count"),
    [
        (pair("standbyHot", "hotStandbyRedundant"), 0),
        (pair("disabled", "hotStandbyRedundant"), 1),
        (pair("notKnown", "hotStandbyRedundant"), 1),
        (pair("standbyColdBulk", "hotStandbyRedundant"), 1),
        (pair("standbyCold", "coldStandbyRedundant"), 0),
        (pair("disabled", "nonRedundant"), 0),
        (pair("notKnown"), 0),
        (pair("disabled", "hotStandbyRedundant", switches=1), 0),
        (pair("disabled", "hotStandbyRedundant", switches=2), 1),
    ],
    ids=[
        "hot",
        "gone",
        "unknown",
        "not ready",
        "cold by design",
        "built with one",
        "no word on the mode",
        "one switch",
        "one of two switches",
    ],
)
def test_a_peer_is_missed_only_where_there_should_be_one(readings: list[Reading], count: int) -> None:
    assert len(ask(redundancy, readings)) == count


def test_a_peer_that_was_there_is_missed_whatever_the_mode_says_now() -> None:
    before = [pair("standbyHot", "hotStandbyRedundant")]
    (found,) = ask(redundancy, pair("disabled", "nonRedundant"), before=before)
    assert "no longer safe" in str(found.summary)


def unit(word: str, detail: str) -> list[Reading]:
    source = "CISCO-FIREWALL-MIB::cfwHardwareStatusValue"
    return [state("redundancy.state", word, "Secondary unit", "7", source), state("redundancy.detail", detail, "Secondary unit", "7")]


@pytest.mark.parametrize(
    ("word", "detail", "level"),
    [
        ("standby", "Standby unit", None),
        ("down", "Failover Off", None),
        ("down", "not Configured", None),
        ("down", "Failed unit", C),
        ("error", "Failed unit", C),
        ("overTemp", "", C),
    ],
)
def test_a_firewall_without_failover_has_lost_nobody(word: str, detail: str, level: Level | None) -> None:
    assert [f.level for f in ask(redundancy, unit(word, detail))] == ([level] if level else [])


@pytest.mark.parametrize(("word", "count"), [("active", 0), ("standby", 0), ("listen", 0), ("speak", 0), ("initial", 1), ("learn", 1)])
def test_a_gateway_group_runs_or_not(word: str, count: int) -> None:
    assert len(ask(hsrp, [state("hsrp.state", word, "Vl10 group 1", "126.1")])) == count


def test_a_group_on_a_shut_interface_is_meant_so() -> None:
    shut = [Interface(index="126", name="Vl10", admin="down", oper="down")]
    assert ask(hsrp, [state("hsrp.state", "initial", "Vl10 group 1", "126.1")], interfaces=shut) == []
    assert ask(vrrp, [state("vrrp.state", "initialize", "Vl10 group 1", "126.1")], interfaces=shut) == []
    assert len(ask(vrrp, [state("vrrp.state", "initialize", "Vl10 group 1", "126.1")])) == 1


def test_a_gateway_without_its_standby_is_safe_no_longer() -> None:
    def group(standby: str) -> list[Reading]:
        return [
            state("hsrp.state", "active", "Vl10 group 1", "126.1"),
            Reading(metric="hsrp.standby", item="Vl10 group 1", index="126.1", value=standby),
        ]

    assert ask(hsrp, group("192.0.2.3")) == []
    assert [f.level for f in ask(hsrp, group(NOBODY))] == [N]
    assert [f.level for f in ask(hsrp, group(NOBODY), before=[group("192.0.2.3")])] == [W]


@pytest.mark.parametrize(
    ("rule", "metric", "good", "bad"),
    [
        (bgp, "bgp.peer.state", "established", "idle"),
        (ospf, "ospf.neighbor.state", "full", "init"),
        (isis, "isis.neighbor.state", "up", "down"),
    ],
)
def test_a_neighbour_is_up_or_not_up_or_lost(rule: object, metric: str, good: str, bad: str) -> None:
    up, down = [state(metric, good, "192.0.2.9")], [state(metric, bad, "192.0.2.9")]
    assert ask(rule, up) == []
    assert [f.level for f in ask(rule, down)] == [W]
    assert [f.level for f in ask(rule, down, before=[up])] == [C]


@pytest.mark.parametrize(
    ("rule", "metric", "good"),
    [(ospf, "ospf.neighbor.state", "full"), (isis, "isis.neighbor.state", "up"), (eigrp, "eigrp.neighbor.state", "up")],
)
def test_a_neighbour_whose_row_vanished_is_lost_unless_the_poll_broke_off(rule: object, metric: str, good: str) -> None:
    up = [state(metric, good, "192.0.2.9")]
    assert [f.level for f in ask(rule, [], before=[up])] == [C]
    assert ask(rule, [], before=[up], errors=("the answer broke off",)) == []
    both = ("snmp", "ssh")
    typed = [replace(up[0], source="show neighbours")]
    assert ask(rule, [], before=[typed], errors=("ssh: show neighbours: no answer",), by=both) == []
    told = [replace(up[0], source="X-MIB::xNeighbour")]
    assert [f.level for f in ask(rule, [], before=[told], errors=("ssh: its SSH host key is not known",), by=("snmp",))] == [C]
    assert ask(rule, [], before=[told], errors=("xTable: no answer",), by=both) == []


@pytest.mark.parametrize(
    ("rule", "metric", "good", "bad"),
    [
        (ospf, "ospf.neighbor.state", "full", "down"),
        (isis, "isis.neighbor.state", "up", "down"),
        (bgp, "bgp.peer.state", "established", "idle"),
    ],
)
def test_a_row_that_said_down_before_it_vanished_is_no_recovery(rule: ModuleType, metric: str, good: str, bad: str) -> None:
    up, down = [state(metric, good, "192.0.2.9")], [state(metric, bad, "192.0.2.9")]
    (still,) = ask(rule, down, before=[up, down], age=FIVE)
    (gone,) = ask(rule, [], before=[up, down, down])
    assert (gone.level, gone.key, gone.since) == (C, still.key, still.since)
    assert ask(rule, [], before=[down, down]) == [], "it was never there"
    assert ask(rule, up, before=[up, down, []]) == [], "it is back"


def test_a_peer_shut_by_configuration_is_meant_so() -> None:
    shut = [state("bgp.peer.state", "idle", "192.0.2.9"), state("bgp.peer.admin", "stop", "192.0.2.9")]
    assert ask(bgp, shut) == []
    well = [state("bgp.peer.state", "established", "192.0.2.9"), state("bgp.peer.admin", "start", "192.0.2.9")]
    assert ask(bgp, [], before=[well, shut]) == [], "and taken out of the configuration afterwards"
    assert len(ask(bgp, [], before=[well, well])) == 1


def test_an_adjacency_on_its_way_is_trouble_when_it_stays_there() -> None:
    loading = [state("ospf.neighbor.state", "exchange", "192.0.2.9")]
    assert [f.level for f in ask(ospf, loading)] == [N]
    assert [f.level for f in ask(ospf, loading, before=[loading])] == [W]
    assert ask(ospf, [state("ospf.neighbor.state", "twoWay", "192.0.2.9")]) == []


@pytest.mark.parametrize(("word", "verdict"), [("bpduGuard", Condition.CONFIGURATION), ("linkFlap", Condition.SUSPECT)])
def test_a_port_the_switch_shut_says_why(word: str, verdict: Condition) -> None:
    (found,) = ask(errdisabled, [state("interface.errdisabled", word, "Gi1/0/3", "10.0")])
    assert (found.verdict, word in str(found.summary)) == (verdict, True)
    assert ask(errdisabled, []) == []


@pytest.mark.parametrize(("uptime", "count"), [(60, 0), (1799, 0), (1801, 1), (90_000, 1)])
def test_a_clock_may_take_its_time_after_a_start(uptime: float, count: int) -> None:
    assert len(ask(clock, [value("ntp.synchronised", 0), value("uptime", uptime, "")])) == count


def test_clock_licence_power_over_ethernet_and_vpc() -> None:
    assert [f.level for f in ask(clock, [value("ntp.synchronised", 0)])] == [W]
    assert ask(clock, [value("ntp.synchronised", 1)]) == ask(clock, []) == []
    assert [f.level for f in ask(licence, [state("licence.state", "expiredInUse")])] == [W]
    assert [f.level for f in ask(licence, [state("licence.state", "inUse"), value("licence.remaining", 86400)])] == [N]
    assert ask(licence, [state("licence.state", "notInUse"), value("licence.remaining", 86400)]) == []
    assert len(ask(poe, [state("poe.state", "faulty")])) == 1
    assert ask(poe, [state("poe.state", "on")]) == []
    assert len(ask(vpc, [state("vpc.keepalive.state", "peerUnreachable")])) == 1
    assert ask(vpc, [state("vpc.keepalive.state", "alive"), state("vpc.link.consistency", "success")]) == []
