"""What is said of a device as a whole: down, behind something that is, restarted, silent, exchanged."""

from datetime import timedelta

import pytest

from healthd.analysis.availability import rebooted
from healthd.analysis.restarts import WRAP_S
from healthd.analysis.rules import (
    config_unsaved,
    device_down,
    device_unreachable,
    identity_changed,
    reboot,
    software_special_build,
    stale_data,
    uncollected_device,
    uplink_lost,
)
from healthd.model.availability import State
from healthd.model.finding import Level
from healthd.model.observation import Neighbour, Part, System
from healthd.model.poll import Series
from tests.analysis.rules.story import DAY, EDGE, NOW, STEP, Told, ask, device, history

HOUR = timedelta(hours=1)
UP, DOWN, GONE = (State.UP, HOUR), (State.DOWN, HOUR), (State.UNREACHABLE, HOUR)
BLIND, WORK, OUT = (State.UNMEASURED, HOUR), (State.MAINTENANCE, HOUR), (State.OUT_OF_SERVICE, HOUR)


@pytest.mark.parametrize(
    ("spans", "fires"),
    [([UP, DOWN], True), ([DOWN, UP], False), ([UP, GONE], False), ([UP, WORK], False), ([UP, BLIND], False), ([], False)],
)
def test_a_device_is_down_only_by_its_own_fault_and_now(spans, fires) -> None:
    found = ask(device_down, Told(spans=spans, reason="no answer"))
    assert [(f.level, str(f.summary)) for f in found] == ([(Level.CRITICAL, "Does not answer: no answer.")] if fires else [])
    assert all(f.since == DAY.start + HOUR for f in found)


@pytest.mark.parametrize(("spans", "fires"), [([UP, GONE], True), ([UP, DOWN], False), ([GONE, UP], False), ([], False)])
def test_behind_a_dead_parent_nothing_is_known(spans, fires) -> None:
    found = ask(device_unreachable, Told(of=device("acc", parents=("core",)), spans=spans))
    assert [f.level for f in found] == ([Level.UNKNOWN] if fires else [])
    assert all("core" in str(f.summary) for f in found)


def clocks(*pairs: tuple[float, int | None]) -> dict[tuple[str, str, str], list[object]]:
    up, boots = [p[0] for p in pairs], [p[1] for p in pairs]
    return {("uptime", "", "0"): up, ("snmp.engine.boots", "", "0"): boots, ("snmp.engine.time", "", "0"): [p[0] % WRAP_S for p in pairs]}


@pytest.mark.parametrize(
    ("reason", "level"),
    [
        ("Reload Command", Level.NOTICE),
        ("PowerOn", Level.WARNING),
        ("Critical process rpr fault on rp_0_0", Level.WARNING),
        ("error - a software forced crash, PC 0x1", Level.WARNING),
        ("", Level.WARNING),
    ],
)
def test_a_restart_is_as_bad_as_its_reason(reason, level) -> None:
    rows = clocks((90000, 3), (90300, 3), (120, 4), (420, 4)) | {("reload.reason", "", "0"): [reason] * 4}
    (found,) = ask(reboot, Told(rows=rows))
    assert found.level == level
    assert found.since == NOW - timedelta(seconds=420)
    assert not reason or reason in str(found.summary)
    assert "away for at most 5 min;" in str(found.summary), "from the last answer to the next one, not to the start of its clock"


@pytest.mark.parametrize(
    "rows",
    [
        clocks((90000, 3), (90300, 3)),
        # 497 days
        {("uptime", "", "0"): [WRAP_S - 200, 100, 400]},
        {("uptime", "", "0"): [WRAP_S - 200, 100], ("snmp.engine.boots", "", "0"): [7, 7]},
        # cannot tell: one look, or no clock at all
        clocks((90000, 3)),
        {},
    ],
)
def test_no_restart_is_told_where_there_was_none(rows) -> None:
    assert ask(reboot, Told(rows=rows)) == []


def test_a_restart_in_agreed_work_is_a_notice_and_often_is_worse() -> None:
    rows = clocks((90000, 3), (120, 4))
    (found,) = ask(reboot, Told(rows=rows, spans=[UP, (State.MAINTENANCE, timedelta(days=1))]))
    assert found.level == Level.NOTICE
    (found,) = ask(reboot, Told(rows=clocks((90000, 3), (120, 4), (60, 5), (30, 6))))
    assert (found.level, "3 times" in str(found.summary)) == (Level.WARNING, True)


@pytest.mark.parametrize(
    ("told", "fires"),
    [
        (Told(heard=False, spans=[UP]), True),
        (Told(age=timedelta(hours=30), spans=[UP]), True),
        (Told(spans=[UP]), False),
        (Told(heard=False, spans=[UP, DOWN]), False),
        (Told(heard=False), False),
        (Told(heard=False, spans=[BLIND]), True),
        (Told(spans=[UP, BLIND]), False),
        (Told(of=device("edge", in_service=False), heard=False, spans=[UP]), False),
        (Told(of=device("edge", in_service=False), heard=False, spans=[BLIND]), False),
    ],
)
def test_a_device_that_answers_and_tells_nothing_is_unknown(told, fires) -> None:
    assert [f.level for f in ask(uncollected_device, told)] == ([Level.UNKNOWN] if fires else [])


PINGS = [1.0, 1.0, 1.0]
SNMP, SSH = device("edge", snmp="ro"), device("edge", ssh="login")


def quiet(of, pings: list[float] = PINGS, spans=(UP,), age: timedelta = timedelta(0)):
    """Return the past of a device whose newest sweeps only a ping answered."""
    told = history(Told(of=of, age=age + STEP * len(pings), spans=spans))
    rtt = Series(device="edge", metric="icmp.rtt", item="", times=[(NOW - STEP * n).timestamp() for n in range(len(pings))], values=pings)
    told.series = lambda metric: iter([rtt] if metric == "icmp.rtt" and pings else [])  # type: ignore[method-assign]
    return told


@pytest.mark.parametrize(
    ("past", "level"),
    [
        (quiet(SNMP), Level.WARNING),
        # one or two lost sweeps are no silence
        (quiet(SNMP, PINGS[:2]), None),
        # who answers no ping either is down, and another finding's
        (quiet(SNMP, spans=(UP, DOWN)), None),
        (quiet(SNMP, spans=(UP, WORK)), None),
        # without SNMP only full polls tell
        (quiet(SSH), None),
        # longer than a day and a bit
        (quiet(SNMP, age=timedelta(hours=30)), Level.WARNING),
    ],
)
def test_a_device_that_answers_pings_alone_is_told_as_such_and_not_called_well(past, level) -> None:
    found = list(uncollected_device.check(past, uncollected_device.Limits(), NOW))
    assert [f.level for f in found] == ([level] if level else [])
    assert all(f.since == past.told("edge") for f in found)


@pytest.mark.parametrize(
    ("told", "items"),
    [
        (Told(age=HOUR, spans=[UP]), [""]),
        (Told(age=HOUR, spans=[UP, BLIND]), [""]),
        (Told(age=HOUR), [""]),
        (Told(age=HOUR, spans=[UP, DOWN]), []),
        (Told(age=HOUR, spans=[UP, WORK]), []),
        (Told(age=timedelta(minutes=6), spans=[UP]), []),
        (Told(errors=("entPhysicalTable: broke off",), spans=[UP]), ["answers"]),
        (Told(heard=False), []),
    ],
)
def test_silence_is_not_health(told, items) -> None:
    found = ask(stale_data, told)
    assert [f.item for f in found] == items
    assert all(f.level == Level.UNKNOWN for f in found)


@pytest.mark.parametrize(
    ("system", "fires"), [(System(version="15.2(2)E8.102", special_build=True), True), (System(version="15.2(2)E8"), False), (None, False)]
)
def test_a_special_build_is_a_notice(system, fires) -> None:
    assert [f.level for f in ask(software_special_build, Told(system=system))] == ([Level.NOTICE] if fires else [])


@pytest.mark.parametrize(
    ("seconds", "level"), [(0, None), (600, None), (7200, Level.NOTICE), (90000, Level.WARNING), (None, None), ("never", None)]
)
def test_a_configuration_left_unsaved(seconds, level) -> None:
    rows = {("config.unsaved", "Configuration", "0"): [seconds]} if seconds is not None else {}
    found = ask(config_unsaved, Told(rows=rows))
    assert [f.level for f in found] == ([level] if level else [])
    assert all(f.since == NOW - timedelta(seconds=seconds) for f in found)


CHASSIS = (Part(index="1", kind="chassis", name="Switch 1"), Part(index="2", kind="chassis", name="Switch 2"), Part(index="9", kind="fan"))


def serials(one: list[str], two: list[str] | None = None) -> dict[tuple[str, str, str], list[object]]:
    rows: dict[tuple[str, str, str], list[object]] = {("hardware.serial", "Switch 1", "1"): one}
    return rows | ({("hardware.serial", "Switch 2", "2"): two} if two else {})


@pytest.mark.parametrize(
    ("rows", "level"),
    [
        (serials(["A", "A"]), None),
        (serials(["A", "B"]), Level.WARNING),
        # members of a stack in another order
        (serials(["A", "B"], ["B", "A"]), None),
        # one member exchanged
        (serials(["A", "C"], ["B", "B"]), Level.NOTICE),
        (serials(["A", "C"], ["B", "D"]), Level.WARNING),
        # a member that came, or went, is another matter
        (serials(["A", "A"], ["B"]), None),
        # a fan is no chassis; one look shows no change; nothing is known
        ({("hardware.serial", "Fan", "9"): ["X", "Y"]}, None),
        (serials(["A"]), None),
        ({}, None),
    ],
)
def test_another_serial_number_is_told_and_another_order_is_not(rows, level) -> None:
    found = ask(identity_changed, Told(rows=rows, parts=CHASSIS))
    assert [f.level for f in found] == ([level] if level else [])


ACC = device("acc", parents=("p", "q"))


def link(far: str, port: str = "Gi1/0/1") -> Neighbour:
    return Neighbour(protocol="cdp", local=port, remote=f"{far}.example.net", remote_port="Gi1/0/7")


@pytest.mark.parametrize(
    ("acc", "p", "q", "lost"),
    [
        # all is well
        (Told(of=ACC, neighbours=[link("p"), link("q", "Gi1/0/2")]), [UP], [UP], ""),
        # a parent is down
        (Told(of=ACC, neighbours=[link("p")]), [UP], [UP, DOWN], "q"),
        # the line is gone, the parent is not
        (Told(of=ACC, neighbours=[link("p")]), [UP], [UP], "q"),
        # nothing left is another finding's
        (Told(of=ACC), [UP, DOWN], [UP, DOWN], ""),
        # cannot tell: it reports no neighbour at all, or was not heard
        (Told(of=ACC), [UP], [UP], ""),
        (Told(of=ACC, neighbours=[link("p")], age=HOUR), [UP], [UP, DOWN], ""),
        # only one parent: nothing to lose
        (Told(of=device("acc", parents=("p",)), neighbours=[link("p")]), [UP], [UP, DOWN], ""),
    ],
)
def test_one_way_in_of_two(acc, p, q, lost) -> None:
    other = [Neighbour(protocol="cdp", local="Gi1/0/9", remote="p"), link("acc")]
    parents = (Told(of=device("p", "core"), spans=p), Told(of=device("q", "core"), spans=q, neighbours=other[:1]))
    found = ask(uplink_lost, acc, *parents)
    assert [(f.device, f.level, lost in str(f.summary)) for f in found] == ([("acc", Level.WARNING, True)] if lost else [])


def test_a_restart_that_no_probe_saw_is_down_time() -> None:
    from healthd.analysis.restarts import all_reboots

    past = history(Told(rows=clocks((90000, 3), (120, 4)), spans=[UP]))
    outages = all_reboots(past)[EDGE.name]
    states = rebooted(past.spans("edge"), outages)
    assert [s.state for s in states] == [State.UP, State.DOWN, State.UP]
