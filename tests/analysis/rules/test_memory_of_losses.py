"""What was lost before the window is still lost: the days after a loss say so too, for a week."""

from datetime import timedelta

import pytest

from healthd.analysis.recorded import Recorded
from healthd.analysis.rules import bgp, eigrp, fan, hsrp, interface_down, ospf, psu, redundancy, stack
from healthd.model.interval import Interval
from healthd.model.observation import Interface, Part, Reading
from healthd.model.poll import Poll
from tests.analysis.rules.scene import EDGE, NOW, state

PARTS = (Part(index="1", kind="powerSupply", pid="P", serial="S1"), Part(index="2", kind="powerSupply", name="PSU B"))
FRU = "CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus"
RF = "CISCO-RF-MIB::cRFStatusPeerUnitState"


def psus(second: str) -> list[Reading]:
    return [state("psu.state", "on", "PSU A", "1", FRU), state("psu.state", second, "PSU B", "2", FRU)]


def neighbours(metric: str, *words: str) -> list[Reading]:
    return [state(metric, word, f"192.0.2.{n}", str(n)) for n, word in enumerate(words, 1)]


def groups(standby: str) -> list[Reading]:
    return [state("hsrp.state", "active", "Vl10 group 1", "126.1"), Reading(metric="hsrp.standby", item="Vl10 group 1", value=standby)]


LOSSES = [
    pytest.param(psu, psus("on"), psus("offEnvOther"), id="a supply that was pulled"),
    pytest.param(psu, psus("on"), psus("on")[:1], id="a supply whose row went with it"),
    pytest.param(fan, [state("fan.state", "up")], [state("fan.state", "notPresent")], id="a fan tray"),
    pytest.param(stack, [state("stack.member.state", "ready")], [state("stack.member.state", "provisioned")], id="a stack member"),
    pytest.param(
        redundancy,
        [state("redundancy.state", "standbyHot", "Peer unit", "0", RF)],
        [state("redundancy.state", "disabled", "Peer unit", "0", RF)],
        id="a standby supervisor",
    ),
    pytest.param(hsrp, groups("192.0.2.9"), groups("0.0.0.0"), id="a standby gateway"),  # noqa: S104 - what HSRP reports
    pytest.param(bgp, neighbours("bgp.peer.state", "established"), neighbours("bgp.peer.state", "idle"), id="a BGP peer"),
    pytest.param(
        ospf, neighbours("ospf.neighbor.state", "full", "full"), neighbours("ospf.neighbor.state", "full"), id="one of two neighbours"
    ),
    pytest.param(eigrp, neighbours("eigrp.neighbor.state", "up"), [], id="the only neighbour"),
    pytest.param(interface_down, [state("interface.oper", "up")], [state("interface.oper", "down")], id="a port that carries"),
]


def asked(rule: object, before: list[Reading], now: list[Reading], days: float, window: timedelta) -> list[str]:
    """Return what *rule* says when the last good poll was *days* ago and the *window* begins later."""
    port = Interface(index="1", name="it", type=161, admin="up", oper="down")
    told = [(NOW - timedelta(days=days), before), (NOW - timedelta(minutes=5), now), (NOW, now)]
    polls = [Poll(device="edge", at=at, up=True, readings=tuple(said), parts=PARTS, interfaces=(port,)) for at, said in told]
    history = Recorded((EDGE,), polls, Interval(NOW - window, NOW))
    found = rule.check(history, rule.Limits(), NOW)  # type: ignore[attr-defined]
    return [f"{f.level.word}: {f.summary}" for f in found]


@pytest.mark.parametrize(("rule", "before", "now"), LOSSES)
def test_a_loss_before_the_window_is_told_as_one_inside_it_for_a_week(rule, before, now) -> None:
    inside = asked(rule, before, now, 0.05, timedelta(days=1))
    assert len(inside) == 1
    assert asked(rule, before, now, 3, timedelta(days=1)) == inside
    assert asked(rule, before, now, 3, timedelta(hours=3)) == inside
    # After a week the new state is what is usual.
    assert asked(rule, before, now, 8, timedelta(days=1)) != inside


@pytest.mark.parametrize(("rule", "before", "now"), LOSSES)
def test_what_was_never_there_is_not_lost(rule, before, now) -> None:
    del before
    assert not [said for said in asked(rule, now, now, 3, timedelta(days=1)) if "was there before" in said or "is gone" in said]


def test_items_that_are_all_called_otherwise_now_are_not_lost() -> None:
    old, new = neighbours("ospf.neighbor.state", "full"), [state("ospf.neighbor.state", "full", "192.0.2.77", "77")]
    assert asked(ospf, old, new, 3, timedelta(days=1)) == []
