"""Who is down, who is only behind it, and when it was us."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from healthd.analysis.availability import measure
from healthd.analysis.reachability import ISOLATED, NOT_PROBED, Confirm, fold, rounds, stale, step
from healthd.analysis.topology import lineage
from healthd.model.availability import Probe, State, Transition
from healthd.model.device import Device
from healthd.model.interval import Interval
from healthd.model.timeline import spans

T0 = datetime(2026, 5, 4, tzinfo=UTC)
EVERY = timedelta(minutes=5)
UP, DOWN, GONE, BLIND = State.UP, State.DOWN, State.UNREACHABLE, State.UNMEASURED


def device(name: str, *parents: str) -> Device:
    return Device(name=name, customer="c", address="192.0.2.1", parents=parents)


def round_of(number: int, answers: dict[str, bool], seconds: Sequence[int] | None = None) -> list[Probe]:
    """Probe devices one second apart, in the order of *answers*."""
    began = T0 + number * EVERY
    return [
        Probe(device=name, at=began + timedelta(seconds=i if seconds is None else seconds[i]), answered=up)
        for i, (name, up) in enumerate(answers.items())
    ]


def told(found: Sequence[Transition], name: str = "") -> list[tuple[str, State, int]]:
    """Return who became what in which round."""
    return [(t.device, t.state, int((t.at - T0) / EVERY)) for t in found if not name or t.device == name]


def history(devices: Sequence[Device], *pattern: str) -> list[tuple[str, State, int]]:
    """Fold rounds written as text: one character per device, + answered, - lost, . not probed."""
    names = [d.name for d in devices]
    rows = [{n: c == "+" for n, c in zip(names, row, strict=True) if c != "."} for row in pattern]
    return told(fold(devices, (round_of(i, row) for i, row in enumerate(rows))))


PAIR = [device("a"), device("b")]
TREE = [device("core"), device("acc", "core"), device("far", "acc"), device("other")]


def test_down_from_the_first_lost_probe_once_confirmed() -> None:
    assert history(PAIR, "++", "-+", "-+", "-+", "++") == [("a", UP, 0), ("b", UP, 0), ("a", DOWN, 1), ("a", UP, 4)]


def test_a_loss_that_is_not_confirmed_never_was() -> None:
    assert history(PAIR, "++", "-+", "-+", "++", "-+", "++") == [("a", UP, 0), ("b", UP, 0)]


def test_a_device_that_never_answered_is_down_not_unmeasured() -> None:
    assert history(PAIR, "-+", "-+", "-+") == [("b", UP, 0), ("a", DOWN, 0)]


def test_children_of_a_dead_parent_are_unreachable() -> None:
    found = history(TREE, "++++", "---+", "---+", "---+")
    assert found[4:] == [("core", DOWN, 1), ("acc", GONE, 1), ("far", GONE, 1)]


def test_a_child_that_dies_alone_is_down() -> None:
    assert history(TREE, "++++", "+-++", "+-++", "+-++")[4:] == [("acc", DOWN, 1)]


def test_one_of_two_parents_is_enough() -> None:
    devices = [device("p"), device("q"), device("child", "p", "q"), device("else")]
    assert history(devices, "++++", "-+-+", "-+-+", "-+-+")[4:] == [("p", DOWN, 1), ("child", DOWN, 1)]
    assert history(devices, "++++", "---+", "---+", "---+")[4:] == [("p", DOWN, 1), ("q", DOWN, 1), ("child", GONE, 1)]


def test_a_child_waits_while_its_parent_may_be_dead() -> None:
    """The child was probed after the parent died, the parent before: its loss is one probe ahead."""
    devices = [device("p"), device("child", "p"), device("else")]
    assert history(devices, "+++", "+-+", "--+", "--+")[3:] == []
    assert history(devices, "+++", "+-+", "--+", "--+", "--+")[3:] == [("p", DOWN, 2), ("child", GONE, 1)]


def test_quick_second_looks_at_the_child_alone_do_not_accuse_it() -> None:
    devices = [device("p"), device("child", "p"), device("else")]
    assert history(devices, "+++", "+-+", ".-.", ".-.")[3:] == []


@pytest.mark.parametrize("seed", range(50))
def test_a_router_with_200_devices_behind_it_is_one_outage_in_any_order(seed: int) -> None:
    rng = random.Random(seed)
    behind = [device(f"acc{i}", "core") for i in range(200)]
    devices = [device("core"), *behind, device("isp")]
    names = [d.name for d in devices]
    dies = rng.uniform(1.0, 1.99)
    returns = rng.uniform(6.0, 6.99)
    made = []
    for number in range(12):
        rng.shuffle(names)
        ats = [number + i / 202 * 0.9 for i in range(len(names))]
        made.append(
            [Probe(device=n, at=T0 + at * EVERY, answered=n == "isp" or not dies <= at < returns) for n, at in zip(names, ats, strict=True)]
        )
    found = Counter(t.state for t in fold(devices, made))
    assert found[DOWN] == 1
    assert found[GONE] <= 200
    assert found[UP] == 202 + 1 + found[GONE]


def test_a_child_that_stays_dead_is_found_two_polls_after_its_parent_is_back() -> None:
    found = history(TREE, "++++", "---+", "---+", "---+", "+--+", "+--+", "+--+")
    assert found[7:] == [("core", UP, 4), ("acc", DOWN, 4)]


def test_children_that_return_with_their_parent_are_never_down() -> None:
    found = history(TREE, "++++", "---+", "---+", "---+", "+--+", "++++")
    assert found[7:] == [("core", UP, 4), ("acc", UP, 5), ("far", UP, 5)]


def test_silence_of_everything_at_once_is_our_own() -> None:
    devices = [device("p"), device("q"), device("child", "p")]
    found = fold(devices, [round_of(i, dict.fromkeys("pq", i in (0, 5)) | {"child": i in (0, 5)}) for i in range(6)])
    assert {t.state for t in found} == {UP, BLIND}
    assert {t.reason for t in found if t.state is BLIND} == {ISOLATED}
    down = spans([t for t in found if t.device == "child"], [], Interval(T0, T0 + 6 * EVERY))
    assert [s.state for s in down] == [BLIND, UP, BLIND, UP]


def test_a_device_that_was_dead_before_we_were_cut_off_is_not_measured_meanwhile_and_found_dead_again() -> None:
    devices = [device("p"), device("q"), device("dead")]
    found = history(devices, "++-", "++-", "++-", "---", "---", "++-", "++-", "++-")
    assert [row for row in found if row[0] == "dead"] == [("dead", DOWN, 0), ("dead", BLIND, 3), ("dead", DOWN, 5)]


def test_the_last_device_alive_that_dies_is_down() -> None:
    """All are silent then, but not all at once."""
    quiet = ["++", *["-+"] * 5, *["--"] * 3]
    assert history(PAIR, *quiet)[2:] == [("a", DOWN, 1), ("b", DOWN, 6)]


def test_the_only_way_in_that_dies_is_down_when_somebody_else_answers() -> None:
    devices = [device("edge"), device("acc", "edge")]
    line, memory, found = lineage(devices), {}, []
    for number in range(4):
        memory, changes = step(memory, line, round_of(number, {"edge": not number, "acc": not number}), uplink=True)
        found += changes
    assert told(found)[2:] == [("edge", DOWN, 1), ("acc", GONE, 1)]


def test_our_own_uplink_known_to_be_gone_accuses_nobody() -> None:
    line, memory, found = lineage([device("edge")]), {}, []
    for number in range(6):
        memory, changes = step(memory, line, round_of(number, {"edge": False}), uplink=False)
        found += changes
    assert told(found) == [("edge", BLIND, 0)]


def test_a_pause_in_probing_was_not_measured() -> None:
    assert history(PAIR, "++", "..", "..", "..", "++")[2:] == [("a", BLIND, 0), ("a", UP, 4), ("b", BLIND, 0), ("b", UP, 4)]


def test_what_nobody_probes_any_more_is_not_measured() -> None:
    memory, _ = step({}, lineage(PAIR), round_of(0, {"a": True, "b": True}))
    assert stale(memory, T0 + timedelta(minutes=11)) == ()
    late = stale(memory, T0 + timedelta(hours=1))
    assert [(t.device, t.state, t.reason) for t in late] == [("a", BLIND, NOT_PROBED), ("b", BLIND, NOT_PROBED)]


def test_a_clock_set_forward_is_not_measured_and_nobody_is_down() -> None:
    ahead = [*round_of(0, {"a": True, "b": True}), *round_of(12, {"a": True, "b": True})]
    assert {t.state for t in fold(PAIR, rounds(ahead, EVERY))} == {UP, BLIND}


def test_a_clock_set_back_does_not_stop_the_watch() -> None:
    line, memory, found = lineage(PAIR), {}, []
    for number, up in ((24, True), (0, False), (1, False), (2, False)):
        memory, changes = step(memory, line, round_of(number, {"a": up, "b": True}))
        found += changes
    assert [t.state for t in found if t.device == "a"] == [UP, DOWN]
    assert all(t.at >= T0 + 24 * EVERY for t in found)


def test_a_device_that_is_not_in_service_is_not_judged() -> None:
    spare = Device(name="spare", customer="c", address="192.0.2.9", in_service=False)
    assert fold([*PAIR, spare], [round_of(i, {"spare": False}) for i in range(5)]) == ()


def test_devices_that_are_each_others_parents_do_not_excuse_each_other() -> None:
    devices = [device("a", "b"), device("b", "a"), device("else")]
    assert lineage(devices).loops == (("a", "b"),)
    assert history(devices, "+++", "--+", "--+", "--+")[3:] == [("a", DOWN, 1), ("b", DOWN, 1)]


def test_a_ring_behind_a_router_is_unreachable_with_it() -> None:
    devices = [device("p"), device("a", "p", "b"), device("b", "a"), device("else")]
    assert history(devices, "++++", "---+", "---+", "---+")[4:] == [("p", DOWN, 1), ("a", GONE, 1), ("b", GONE, 1)]


def test_lost_packets_alone_make_no_flapping() -> None:
    """Of probes that each try three times, one in 37 is lost at 30 % loss; three in a row are rare."""
    rng = random.Random(1)
    devices = [device(f"d{i}") for i in range(20)]
    made = (round_of(i, {d.name: rng.random() > 0.3**3 for d in devices}) for i in range(1000))
    found = fold(devices, made, Confirm())
    assert sum(t.state is DOWN for t in found) <= 2


def test_the_figures_follow() -> None:
    found = fold(TREE, [round_of(i, {n: not (n != "other" and 3 <= i < 9) for n in ("core", "acc", "far", "other")}) for i in range(12)])
    window = Interval(T0, T0 + 12 * EVERY)
    core, acc = (measure(n, spans([t for t in found if t.device == n], [], window), window) for n in ("core", "acc"))
    assert core.down == 6 * EVERY
    assert (acc.down, acc.unreachable) == (timedelta(0), 6 * EVERY)
