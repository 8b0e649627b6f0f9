"""A dead device is one trouble: what it took with it says so and is no trouble of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from healthd.analysis import around
from healthd.analysis.judge import judge
from healthd.analysis.ports import mentions
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


def line(name: str, state: str, item: str, *near: str, dead: bool = False, role: str = "edge") -> Told:
    """A router with a routing neighbour *item* and the devices *near* to it."""
    return Told(
        of=device(name, role),
        neighbours=[Neighbour(protocol="cdp", local=f"Gi9/0/{n}", remote=far) for n, far in enumerate(near)],
        rows={("ospf.neighbor.state", item, "1"): ["full", "full", state]} if item else {},
        spans=[DAYLONG, (State.DOWN, HOUR)] if dead else [DAYLONG],
        age=timedelta(minutes=12) if dead else timedelta(0),
    )


@pytest.mark.parametrize("gone", ["down", None], ids=["a row that says so", "a row that vanished"])
def test_an_adjacency_of_two_that_answer_is_not_lost_with_whoever_dies_beside_them(gone: str | None) -> None:
    """Both ends have only the addresses of their line; each of them has another neighbour, and that one is dead."""
    left, right = line("left", gone, "10.0.0.2", "right", "p"), line("right", gone, "10.0.0.1", "left", "q")
    left, right = (replace(each, rows={**each.rows, ("uptime", "", ""): [1, 300, 600]}) for each in (left, right))
    past = history(left, right, line("p", "full", "", dead=True), line("q", "full", "", dead=True))
    assert levels(found(past, "ospf")) == {("left", "ospf"): (Level.CRITICAL, ""), ("right", "ospf"): (Level.CRITICAL, "")}


def test_the_other_end_of_a_line_is_known_by_its_address_there() -> None:
    past = history(line("left", "down", "10.0.0.2", "right", "p"), line("right", "full", "10.0.0.1", dead=True), line("p", "full", ""))
    assert levels(found(past, "ospf")) == {("left", "ospf"): (Level.NOTICE, "1:device_down:right:")}


def test_of_several_devices_nobody_knows_which_a_stranger_was() -> None:
    """A provider's router is lost when a branch dies: near it is, and yet somebody else."""
    lost = line("left", "down", "198.51.100.1", "p", "q")
    assert levels(found(history(lost, line("p", "full", "", dead=True), line("q", "full", "")), "ospf")) == {
        ("left", "ospf"): (Level.CRITICAL, "")
    }


@pytest.mark.parametrize(("port", "cause"), [("Gi9/0/0", "1:device_down:p:"), ("GigabitEthernet9/0/1", ""), ("Gi9/0/7", "")])
def test_a_neighbour_behind_a_port_is_lost_with_the_device_behind_it(port: str, cause: str) -> None:
    lost = line("left", "down", f"0.0.0.9 {port}", "p", "q")
    told = found(history(lost, line("p", "full", "", dead=True), line("q", "full", "")), "ospf")
    assert told["left", "ospf"].cause == cause


@pytest.mark.parametrize(("dead", "cause"), [("twin", "1:device_down:twin:"), ("acc", "")])
def test_a_pair_loses_its_other_one_and_not_what_stands_below_it(dead: str, cause: str) -> None:
    vpc = {("vpc.keepalive.state", "vPC 1", "1"): ["alive", "alive", "peerUnreachable"]}
    one = replace(line("one", "", "", "twin", "acc", role="core"), rows=vpc)
    others = (line(name, "", "", dead=name == dead, role=role) for name, role in (("twin", "core"), ("acc", "access")))
    assert found(history(one, *others), "vpc")["one", "vpc"].cause == cause


@pytest.mark.parametrize(
    ("away", "back", "ports", "cause"),
    [
        # looked at before its return, and a little longer
        (10, 1, ["up", "down", "down"], "1:device_down:core:"),
        (10, 4.9, ["up", "down", "down"], "1:device_down:core:"),
        (10, 5.1, ["up", "down", "down"], ""),
        # long before it was lost
        (10, 1, ["up", *["down"] * 9], ""),
    ],
)
def test_what_a_device_took_with_it_is_not_told_anew_the_moment_it_is_back(away: float, back: float, ports: list[str], cause: str) -> None:
    minute = timedelta(minutes=1)
    spans = [(State.UP, timedelta(days=1) - (away + back) * minute), (State.DOWN, away * minute), (State.UP, back * minute)]
    past = router("a", "down")
    past = replace(past, rows={key: [values[0], *[values[-1]] * (len(ports) - 1)] for key, values in past.rows.items()})
    told = found(history(replace(core(dead=False), spans=spans), past), "ospf", "interface_down")
    assert {f.cause for f in told.values()} == {cause}
    assert {f.level for f in told.values()} == ({Level.NOTICE} if cause else {Level.CRITICAL, Level.WARNING})
    assert not cause or "because core did not answer until" in str(told["a", "ospf"].summary)


def test_a_lost_uplink_is_explained_by_the_parent_that_is_dead() -> None:
    acc = Told(
        of=device("acc", parents=("core", "q")),
        neighbours=[Neighbour(protocol="cdp", local="Gi1/0/2", remote="q")],
        spans=[DAYLONG],
    )
    q = Told(of=device("q", "core"), spans=[DAYLONG])
    told = found(history(core(dead=True), acc, q), "uplink_lost")
    assert (told["acc", "uplink_lost"].level, told["acc", "uplink_lost"].cause) == (Level.NOTICE, "1:device_down:core:")


WORK = "maintenance:core"


def worked_on(since: timedelta = timedelta(hours=2), *, silent: bool = True) -> Told:
    """The core router in agreed maintenance; *silent* since it was last polled, twelve minutes ago."""
    age = timedelta(minutes=12) if silent else timedelta(0)
    return replace(core(dead=False), spans=[(State.UP, timedelta(days=1) - since), (State.MAINTENANCE, since)], age=age)


RULES = ("ospf", "interface_down", "uplink_lost", "device_unreachable", "hsrp")


def levels(told: dict[tuple[str, str], Finding]) -> dict[tuple[str, str], tuple[Level, str]]:
    return {key: (f.level, f.cause) for key, f in told.items()}


@pytest.mark.parametrize("heard", ["10.1.1.1", ""], ids=["by its address", "by the time and the line"])
def test_agreed_work_on_a_device_excuses_what_its_neighbours_miss(heard: str) -> None:
    told = found(history(worked_on(), *(router(n, "down", heard=heard) for n in NAMES)), *RULES)
    assert len(told) == 12
    assert {(f.level, f.cause) for f in told.values()} == {(Level.NOTICE, WORK)}
    assert str(told["a", "ospf"].summary).endswith("its state is down, while core is in agreed maintenance.")


def test_agreed_work_excuses_a_port_whose_description_names_the_device() -> None:
    acc = Told(
        of=device("acc", "core"),
        interfaces=[ethernet("1", "Gi1/0/1", oper="down", alias="uplink CORE Gi0/7"), ethernet("2", "Gi1/0/2", oper="down", alias="to q")],
        rows={("interface.oper", "Gi1/0/1", "1"): ["up", "down"], ("interface.oper", "Gi1/0/2", "2"): ["up", "down"]},
        spans=[DAYLONG],
    )
    told = {f.item: (f.level, f.cause) for f in judge(history(worked_on(), acc), NOW) if f.rule == "interface_down"}
    assert told == {"Gi1/0/1": (Level.NOTICE, WORK), "Gi1/0/2": (Level.WARNING, "")}


def test_the_names_of_all_devices_are_put_together_once_for_all_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(around, "mentions", lambda devices: made.append(len(devices)) or mentions(devices))
    ports = [ethernet(str(n), oper="down", alias="" if n < 4 else "uplink core") for n in range(1, 9)]
    rows = {("interface.oper", f"Gi1/0/{n}", str(n)): ["up", "down"] for n in range(1, 9)}
    acc = Told(of=device("acc", "core"), interfaces=ports, rows=rows, spans=[DAYLONG])
    told = {f.item: f.cause for f in judge(history(worked_on(), acc), NOW) if f.rule == "interface_down"}
    assert (told["Gi1/0/1"], told["Gi1/0/8"], len(told)) == ("", WORK, 8)
    assert made == [2]


def test_a_finding_that_was_known_before_the_work_is_not_its_doing_however_little_the_window_shows() -> None:
    past = history(worked_on(), router("a", "down"))
    keys = {f.key: f.since for f in judge(past, NOW) if f.cause == WORK}
    assert len(keys) == 2
    for hours, cause in ((0, WORK), (1, WORK), (2.2, WORK), (2.3, ""), (50, "")):
        known = dict.fromkeys(keys, NOW - timedelta(hours=hours))
        told = {f.key: f.cause for f in judge(past, NOW, first_seen=known) if f.key in keys}
        assert set(told.values()) == {cause}, hours


def test_work_that_was_agreed_in_two_pieces_began_with_the_first() -> None:
    two = replace(worked_on(), spans=[(State.UP, timedelta(hours=22)), (State.MAINTENANCE, HOUR), (State.MAINTENANCE, HOUR)])
    past = history(two, router("a", "down"))
    known = {f.key: NOW - 1.9 * HOUR for f in judge(past, NOW)}
    assert {f.cause for f in judge(past, NOW, first_seen=known) if f.device == "a" and f.rule in RULES} == {WORK}


def test_agreed_work_excuses_nothing_that_began_before_it_or_that_another_device_took() -> None:
    just_now = worked_on(timedelta(seconds=1), silent=False)
    before = router("a", "down")
    before = replace(before, rows={key: [*values[:1], *values[-1:] * 12] for key, values in before.rows.items()})
    other = Told(of=replace(device("z", "edge"), address="10.9.9.9"), spans=[DAYLONG])
    told = found(history(just_now, before, router("b", "down", item="10.9.9.9"), other), "ospf", "interface_down")
    assert levels(told) == {
        ("a", "ospf"): (Level.CRITICAL, ""),
        ("a", "interface_down"): (Level.WARNING, ""),
        ("b", "ospf"): (Level.CRITICAL, ""),
        ("b", "interface_down"): (Level.NOTICE, WORK),
    }


def test_a_neighbour_that_nobody_names_is_not_excused_by_a_device_that_answers() -> None:
    past = router("a", "down", item="10.7.7.7", heard="")
    past = replace(past, rows={key: [*values[:1], *values[-1:] * 4] for key, values in past.rows.items()})
    told = found(history(worked_on(silent=False), past), "ospf")
    assert levels(told) == {("a", "ospf"): (Level.CRITICAL, "")}


def test_a_neighbour_that_nobody_names_stays_excused_when_the_window_begins_after_its_loss() -> None:
    past = history(replace(worked_on(), age=HOUR), router("a", "down", item="10.7.7.7", heard=""))
    (lost,) = (f for f in judge(past, NOW) if f.rule == "ospf")
    assert (lost.since, lost.level) == (NOW, Level.CRITICAL)
    (known,) = (f for f in judge(past, NOW, first_seen={lost.key: NOW - 0.9 * HOUR}) if f.rule == "ospf")
    assert (known.level, known.cause) == (Level.NOTICE, WORK)


def test_the_last_way_in_that_is_worked_on_is_no_item() -> None:
    acc = Told(
        of=device("acc", parents=("core", "q")), neighbours=[Neighbour(protocol="cdp", local="Gi1/0/2", remote="q")], spans=[DAYLONG]
    )
    q = Told(of=device("q", "core"), neighbours=[Neighbour(protocol="cdp", local="Gi0/2", remote="core")], spans=[DAYLONG])
    both = replace(q, spans=[DAYLONG, (State.DOWN, HOUR)], age=timedelta(0))
    third = Told(of=device("acc", parents=("core", "q", "r")), neighbours=[Neighbour(protocol="cdp", local="Gi1/0/3", remote="r")])
    r = Told(of=device("r", "core"), spans=[DAYLONG])
    assert levels(found(history(worked_on(), acc, q), "uplink_lost")) == {("acc", "uplink_lost"): (Level.NOTICE, WORK)}
    told = found(history(worked_on(), replace(third, spans=[DAYLONG]), both, r), "uplink_lost")
    assert told["acc", "uplink_lost"].cause == "1:device_down:q:"


@pytest.mark.parametrize(("q", "level"), [((State.MAINTENANCE, HOUR), Level.NOTICE), ((State.DOWN, HOUR), Level.UNKNOWN)])
def test_what_is_only_behind_agreed_work_is_said_so_and_behind_a_fault_it_is_not(q: tuple[State, timedelta], level: Level) -> None:
    middle = Told(of=device("q", "core"), spans=[DAYLONG, q], age=timedelta(minutes=12))
    acc = Told(of=device("acc", parents=("core", "q")), spans=[DAYLONG, (State.UNREACHABLE, HOUR)], age=timedelta(minutes=12))
    last = Told(of=device("last", parents=("acc",)), spans=[DAYLONG, (State.UNREACHABLE, HOUR)], age=timedelta(minutes=12))
    told = found(history(worked_on(), middle, acc, last), "device_unreachable")
    assert {f.level for f in told.values()} == {level}
    assert len(told) == 2
