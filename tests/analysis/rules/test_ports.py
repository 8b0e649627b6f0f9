"""Ports: who carries, what grows, what is full, what flaps; someone going home is no trouble."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from types import ModuleType

import pytest

from healthd.analysis.rules import duplex_mismatch, errdisabled, interface_discards, interface_down, interface_errors, interface_utilisation
from healthd.analysis.rules import link_flapping as flapping
from healthd.model.event import Event
from healthd.model.finding import Level
from healthd.model.observation import Interface, Neighbour
from healthd.reports.language import language
from tests.analysis.rules.story import NOW, Told, ask, device, ethernet

W, N = Level.WARNING, Level.NOTICE
CORE = device("core", "core")
UPLINK = ethernet("1", "Gi1/0/1", oper="down", alias="to core Gi0/7")
USER = ethernet("1", "Gi1/0/1", oper="down")


def port(words: Sequence[object], row: Interface = UPLINK, admin: Sequence[object] = ("up",)) -> Told:
    return Told(interfaces=[row], rows={("interface.oper", row.name, "1"): words, ("interface.admin", row.name, "1"): admin})


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (port(["up", "down"]), W),
        (port(["up", "lowerLayerDown"]), W),
        (port(["up", "down"], USER), N),
        # quiet: up again, never up, shut by configuration at the last poll or since
        (port(["up", "down", "up"]), None),
        (port(["down", "down"]), None),
        (port(["up", "down"], replace(UPLINK, admin="down")), None),
        (port(["up", "down"], admin=["up", "down"]), None),
        (port(["up", "dormant"]), None),
        # cannot tell: not heard lately, or not said
        (replace(port(["up", "down"]), age=timedelta(hours=1)), None),
        (port(["up", "unknown"]), None),
        (port([]), None),
    ],
)
def test_a_port_that_was_up_is_down(told: Told, level: Level | None) -> None:
    found = ask(interface_down, told, Told(of=CORE))
    assert [f.level for f in found] == ([level] if level else [])


def said(word: str, seconds: float, item: str = "Gi1/0/1", **more: object) -> Event:
    """What was told of a port, so many *seconds* after it was read a minute ago."""
    at = NOW + timedelta(seconds=seconds - 60)
    return Event(device="edge", received=at, kind=f"interface.{word}", item=item, source="trap", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("events", "count"),
    [
        ([said("up", 8)], 0),
        ([said("up", 8, item="GigabitEthernet1/0/1")], 0),
        ([said("down", 3), said("up", 8), said("up", 9, facility="LINEPROTO")], 0),
        # older than what was read, of another port, or down again
        ([said("up", -8)], 1),
        ([said("up", 8, item="Gi1/0/2")], 1),
        ([said("up", 8), said("down", 9)], 1),
        ([said("down", 8)], 1),
        ([], 1),
    ],
)
def test_a_port_that_its_device_called_up_since_it_was_read_is_not_told_as_down(events: Sequence[Event], count: int) -> None:
    for row in (UPLINK, USER):
        told = replace(port(["up", "down"], replace(row, description="GigabitEthernet1/0/1")), events=events, age=timedelta(minutes=1))
        assert len(ask(interface_down, told, Told(of=CORE))) == count


def test_a_logical_interface_is_no_line() -> None:
    vlan = ethernet("1", "Vlan10", oper="down", type=53)
    assert ask(interface_down, port(["up", "down"], vlan), Told(of=CORE)) == []


def test_many_access_ports_are_one_notice_and_its_key_does_not_depend_on_them() -> None:
    rows = [ethernet(str(n), oper="down") for n in range(1, 21)]
    told = Told(interfaces=rows, rows={("interface.oper", r.name, r.index): ["up", "down"] for r in rows})
    (found,) = ask(interface_down, told)
    assert (found.key, len(found.indexes), found.level) == ("1:interface_down:edge:access ports", 20, N)


def test_one_access_port_is_no_ports() -> None:
    (found,) = ask(interface_down, port(["up", "down"], USER))
    assert str(found.summary) == "Port Gi1/0/1 is down; it was up before."


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "Port Gi1/0/1 (to core Gi0/7) is down; it was up before."), ("zh-CN", "端口 Gi1/0/1（to core Gi0/7）已断开，此前正常。")],
)
def test_what_the_customer_wrote_on_a_port_stands_in_the_brackets_of_the_language(code: str, said: str) -> None:
    (found,) = ask(interface_down, port(["up", "down"]), Told(of=CORE))
    assert language(code).say(found.summary) == said


def test_a_port_keeps_its_key_when_the_device_numbers_it_anew() -> None:
    before = Told(interfaces=[UPLINK], rows={("interface.oper", "Gi1/0/1", "1"): ["up", "down"]})
    after = Told(interfaces=[replace(UPLINK, index="77")], rows={("interface.oper", "Gi1/0/1", "77"): ["up", "down"]})
    assert [f.key for f in ask(interface_down, before, Told(of=CORE))] == [f.key for f in ask(interface_down, after, Told(of=CORE))]


def test_a_port_that_the_switch_shut_is_told_once() -> None:
    told = port(["up", "down"])
    told = replace(told, rows=dict(told.rows) | {("interface.errdisabled", "Gi1/0/1", "1.0"): ["udld"]})
    assert ask(interface_down, told, Told(of=CORE)) == []
    assert len(ask(errdisabled, told, Told(of=CORE))) == 1


def growing(metric: str, values: Sequence[object], row: Interface = UPLINK) -> Told:
    return Told(interfaces=[row], rows={(metric, row.name, "1"): values})


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ([0, 10, 20, 30, 40], N),
        ([0, 100, 200, 300, 400], W),
        # a burst, a standing counter, a counter that was cleared, too few to matter
        ([0, 0, 500, 500, 500], None),
        ([500] * 5, None),
        ([500, 0, 0, 0, 0], None),
        ([0, 1, 2, 3, 4], None),
        # cannot tell: a new device
        ([0, 100], None),
        ([400], None),
        ([], None),
    ],
)
def test_errors_grow_when_they_go_on(values: Sequence[object], level: Level | None) -> None:
    found = ask(interface_errors, growing("interface.in.errors", values), Told(of=CORE))
    assert [f.level for f in found] == ([level] if level else [])


@pytest.mark.parametrize("rule", [interface_errors, interface_discards])
@pytest.mark.parametrize("metric", ["in", "out"])
def test_what_has_stopped_growing_keeps_its_own_time_and_ends(rule: ModuleType, metric: str) -> None:
    named = f"interface.{metric}.{rule.__name__.rpartition('_')[2]}"
    grown = [20_000 * n for n in range(4)]
    for quiet in range(3):
        (found,) = ask(rule, growing(named, [0, 0, *grown, *[60_000] * quiet]), Told(of=CORE))
        ended = NOW - quiet * timedelta(minutes=5)
        assert dict(found.summary.values)["over"] == timedelta(minutes=15)
        assert dict(found.summary.values)["at"] == ended
        assert dict(found.summary.values)["count"] == 60_000
        assert found.since == ended - timedelta(minutes=10)
    assert ask(rule, growing(named, [0, 0, *grown, *[60_000] * 5]), Told(of=CORE)) == []
    # Not even when the whole hour was looked at.
    assert ask(rule, growing(named, [*grown, *[60_000] * 6]), Told(of=CORE)) == []


def test_what_is_not_known_is_no_standstill() -> None:
    """The device started anew with every sample: nobody knows what its ports received."""
    told = growing("interface.in.errors", [0, 100, 200, 300, 400, 7, 7, 7, 7, 7])
    again = {("uptime", "", "0"): [9e5, *(9e5 + 300 * n for n in range(1, 5)), *[10] * 5]}
    (found,) = ask(interface_errors, replace(told, rows=dict(told.rows) | again), Told(of=CORE))
    assert dict(found.summary.values)["at"] == NOW - timedelta(minutes=25)


def test_errors_of_access_ports_are_a_notice() -> None:
    (found,) = ask(interface_errors, growing("interface.in.errors", [0, 100, 200, 300, 400], USER))
    assert (found.item, found.level) == ("access ports", N)


@pytest.mark.parametrize(("step", "level"), [(100, None), (500, N), (5000, W)])
def test_a_few_discards_belong_to_every_full_queue(step: int, level: Level | None) -> None:
    found = ask(interface_discards, growing("interface.out.discards", [step * n for n in range(5)]), Told(of=CORE))
    assert [f.level for f in found] == ([level] if level else [])


def carried(share: Sequence[float], speed: float | None = 1e9) -> Told:
    """A gigabit port that carried *share* of its line in each step."""
    total, values = 0.0, [0.0]
    for each in share:
        total += each * 1e9 / 8 * 300
        values.append(total)
    told = growing("interface.in.octets", values, replace(UPLINK, oper="up", speed_bps=speed))
    return replace(told, sources={"interface.in.octets": "IF-MIB::ifHCInOctets"})


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (carried([0.9, 0.9, 0.9]), W),
        (carried([0.1, 0.9, 0.9, 0.9]), W),
        (carried([0.5, 0.5, 0.5]), None),
        (carried([0.1, 0.1, 0.9]), None),
        (carried([0.9, 0.9, 0.9, 0.1]), None),
        # more than a line carries is no load; without the speed nothing is said
        (carried([9, 9, 9]), None),
        (carried([0.9, 0.9, 0.9], None), None),
        (carried([]), None),
    ],
)
def test_a_port_is_full_when_it_stays_so(told: Told, level: Level | None) -> None:
    assert [f.level for f in ask(interface_utilisation, told, Told(of=CORE))] == ([level] if level else [])


@pytest.mark.parametrize(
    ("words", "level"),
    [
        (["up", "down"] * 4, W),
        (["up", "down", "up"], None),
        (["up"] * 8, None),
        (["up"], None),
    ],
)
def test_a_link_flaps_when_it_changes_again_and_again(words: Sequence[object], level: Level | None) -> None:
    found = ask(flapping, port(words), Told(of=CORE))
    assert [f.level for f in found] == ([level] if level else [])


@pytest.mark.parametrize("quiet", [11, 14])
def test_a_link_flaps_since_the_first_change_of_those_that_follow_each_other(quiet: int) -> None:
    """A change an hour and more before the others is another story; one of this hour alone is not where it began."""
    (found,) = ask(flapping, port(["down", *["up"] * quiet, *["down", "up"] * 8]), Told(of=CORE))
    first = NOW - timedelta(minutes=5 * 15)
    assert found.since == (first if quiet > 12 else first - quiet * timedelta(minutes=5))
    (users,) = ask(flapping, port(["down", *["up"] * quiet, *["down", "up"] * 8], USER), Told(of=CORE))
    assert users.since == found.since


def test_the_log_sees_changes_that_polls_do_not() -> None:
    said = [
        Event(device="edge", received=NOW - timedelta(minutes=n), kind=f"interface.{w}", item="Gi1/0/1", source="syslog")
        for n, w in enumerate(("down", "up") * 4)
    ]
    (found,) = ask(flapping, replace(port(["up", "up"]), events=said), Told(of=CORE))
    assert str(found.summary).endswith("changed its state 8 times in 1 h.")
    assert found.since == NOW - timedelta(minutes=7)


def test_a_loss_and_a_return_told_by_lines_and_traps_are_no_flapping() -> None:
    said = [
        Event(device="edge", received=NOW - timedelta(seconds=90 - n), kind=f"interface.{w}", item="Gi1/0/1", source=by, facility=of)
        for n, (w, (by, of)) in enumerate((w, f) for w in ("down", "up") for f in (("udp", "LINK"), ("udp", "LINEPROTO"), ("trap", "")))
    ]
    assert ask(flapping, replace(port(["up", "up"]), events=said), Told(of=CORE)) == []


def half(name: str, other: str, duplex: str) -> Told:
    row = ethernet("1", "Gi1/0/1", duplex=duplex)
    return Told(
        of=device(name), interfaces=[row], neighbours=[Neighbour(protocol="cdp", local="Gi1/0/1", remote=other, remote_port="Gi1/0/1")]
    )


@pytest.mark.parametrize(
    ("here", "there", "levels"),
    [("half", "full", [W]), ("half", "half", [N, N]), ("full", "full", []), ("half", "", [N]), ("", "", [])],
)
def test_both_ends_of_a_line_agree_on_duplex(here: str, there: str, levels: list[Level]) -> None:
    assert [f.level for f in ask(duplex_mismatch, half("a", "b", here), half("b", "a", there))] == levels


def test_half_duplex_at_a_users_port_may_be_meant() -> None:
    assert ask(duplex_mismatch, replace(half("a", "b", "half"), neighbours=[])) == []
