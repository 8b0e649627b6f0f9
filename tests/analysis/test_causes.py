"""A dead device is one trouble: what it took with it says so and is no trouble of its own."""

from datetime import timedelta

import pytest

from healthd.analysis.judge import judge
from healthd.analysis.recorded import Recorded
from healthd.model.availability import State
from healthd.model.finding import Finding, Level
from healthd.model.observation import Neighbour
from tests.analysis.rules.story import NOW, Told, device, ethernet, history

HOUR = timedelta(hours=1)
DAYLONG = (State.UP, timedelta(hours=23, minutes=50))
NAMES = ("a", "b", "c", "d", "e", "f")


def core(*, dead: bool) -> Told:
    """A core router with one line to each of six others; it was last polled before it died."""
    lines = [Neighbour(protocol="cdp", local=f"Gi0/{n}", remote=name, remote_port="GigabitEthernet1/0/1") for n, name in enumerate(NAMES)]
    return Told(
        of=device("core", "core"),
        neighbours=lines,
        spans=[DAYLONG, (State.DOWN, HOUR)] if dead else [DAYLONG],
        age=timedelta(minutes=12) if dead else timedelta(0),
        reason="no answer",
    )


def router(name: str, state: str, item: str = "10.1.1.1", heard: str = "10.1.1.1") -> Told:
    """A router that has lost its only neighbour and, when the core is dead, the port to it."""
    seen = [Neighbour(protocol="cdp", local="Gi1/0/9", remote="core", remote_address=heard)] if heard else []
    return Told(
        of=device(name, "edge"),
        neighbours=seen,
        interfaces=[ethernet("1", "Gi1/0/1", oper="down"), ethernet("2", "Gi1/0/2", oper="down")],
        rows={
            ("ospf.neighbor.state", item, "1"): ["full", "full", state],
            ("interface.oper", "Gi1/0/1", "1"): ["up", "up", "down"],
            ("interface.oper", "Gi1/0/2", "2"): ["up", "up", "up"],
        },
        spans=[DAYLONG],
    )


def found(past: Recorded, *rules: str) -> dict[tuple[str, str], Finding]:
    return {(f.device, f.rule): f for f in judge(past, NOW) if f.rule in rules}


@pytest.mark.parametrize("heard", ["10.1.1.1", ""], ids=["by its address", "by the time and the line"])
def test_six_neighbours_lost_with_one_router_are_one_trouble(heard: str) -> None:
    told = found(history(core(dead=True), *(router(n, "down", heard=heard) for n in NAMES)), "ospf", "interface_down", "device_down")
    assert len(told) == 13
    assert [key for key, f in told.items() if f.level >= Level.WARNING] == [("core", "device_down")]
    lost = told["a", "ospf"]
    assert (lost.cause, lost.key) == ("1:device_down:core:", "1:ospf:a:10.1.1.1")
    assert "because core does not answer" in str(lost.summary)


def test_what_another_device_took_with_it_stays_what_it_is() -> None:
    told = found(history(core(dead=False), *(router(n, "down") for n in NAMES)), "ospf", "interface_down")
    assert {f.level for f in told.values()} == {Level.CRITICAL, Level.WARNING}
    assert {f.cause for f in told.values()} == {""}


def test_a_neighbour_that_is_known_to_be_somebody_else_is_a_trouble_of_its_own() -> None:
    other = device("z", "edge", parents=())
    other = Told(of=type(other)(name="z", customer="c", address="10.9.9.9", role="edge"), spans=[DAYLONG])
    told = found(history(core(dead=True), router("a", "down", item="10.9.9.9"), other), "ospf")
    assert (told["a", "ospf"].level, told["a", "ospf"].cause) == (Level.CRITICAL, "")


def test_a_lost_uplink_is_explained_by_the_parent_that_is_dead() -> None:
    acc = Told(
        of=device("acc", parents=("core", "q")),
        neighbours=[Neighbour(protocol="cdp", local="Gi1/0/2", remote="q")],
        spans=[DAYLONG],
    )
    q = Told(of=device("q", "core"), spans=[DAYLONG])
    told = found(history(core(dead=True), acc, q), "uplink_lost")
    assert (told["acc", "uplink_lost"].level, told["acc", "uplink_lost"].cause) == (Level.NOTICE, "1:device_down:core:")
