"""Network availability: what could be reached at the places the customer named."""

from datetime import UTC, datetime, timedelta

import pytest

from healthd.analysis.network import network, point
from healthd.model.availability import Span, State
from healthd.model.device import Device
from healthd.model.interval import Interval

T0 = datetime(2026, 5, 4, tzinfo=UTC)
HOUR = Interval(T0, T0 + timedelta(minutes=60))


def states(*parts: tuple[State, int]) -> list[Span]:
    found, start = [], T0
    for state, minutes in parts:
        end = start + timedelta(minutes=minutes)
        found.append(Span(state=state, interval=Interval(start, end)))
        start = end
    return found


def device(name: str, service: str = "") -> Device:
    return Device(name=name, customer="c", address="192.0.2.1", service_point=service)


UP, DOWN, GONE, WORK, BLIND, OUT = (
    State.UP,
    State.DOWN,
    State.UNREACHABLE,
    State.MAINTENANCE,
    State.UNMEASURED,
    State.OUT_OF_SERVICE,
)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (UP, DOWN, UP),
        (UP, BLIND, UP),
        (DOWN, DOWN, DOWN),
        (GONE, GONE, DOWN),
        (DOWN, BLIND, BLIND),
        (DOWN, WORK, DOWN),
        (WORK, WORK, WORK),
        (WORK, OUT, WORK),
        (OUT, OUT, OUT),
    ],
)
def test_one_device_up_carries_the_point(one: State, other: State, together: State) -> None:
    found = point("core", {"a": states((one, 60)), "b": states((other, 60))}, HOUR)
    assert [s.state for s in found.measured.spans] == [together]


def test_a_point_is_lost_only_while_both_are_down() -> None:
    found = point("core", {"a": states((UP, 10), (DOWN, 30), (UP, 20)), "b": states((UP, 30), (DOWN, 30))}, HOUR)
    assert found.measured.down == timedelta(minutes=10)
    assert found.measured.fraction == 50 / 60


def test_the_network_is_the_share_of_all_points_minutes() -> None:
    devices = [device("a", "core"), device("b", "branch"), device("c")]
    found = network(devices, {"a": states((UP, 60)), "b": states((GONE, 30), (UP, 30)), "c": states((DOWN, 60))}, HOUR)
    assert [p.name for p in found.points] == ["branch", "core"]
    assert found.fraction == 90 / 120
    assert found.lost == timedelta(minutes=30)


def test_a_point_of_which_nothing_is_known_widens_the_bounds_only() -> None:
    found = network([device("a", "core"), device("b", "branch")], {"a": states((UP, 60))}, HOUR)
    assert (found.fraction, found.low, found.high, found.coverage) == (1.0, 0.5, 1.0, 0.5)


def test_without_service_points_there_is_no_figure() -> None:
    found = network([device("a")], {"a": states((UP, 60))}, HOUR, 99.9)
    assert (found.fraction, found.coverage, found.points) == (None, None, ())


def test_maintenance_stands_beside_the_figure_and_outside_the_budget() -> None:
    found = network([device("a", "core")], {"a": states((WORK, 30), (DOWN, 3), (UP, 27))}, HOUR, 90)
    assert found.fraction == 27 / 30
    assert found.budget == timedelta(minutes=3)
    assert found.left == timedelta(0)


def test_47_minutes_miss_three_nines_of_a_month_by_3_8() -> None:
    month = Interval(T0, T0 + timedelta(days=30))
    found = network([device("a", "core")], {"a": states((DOWN, 47), (UP, 43200 - 47))}, month, 99.9)
    assert found.left is not None
    assert found.left / timedelta(minutes=1) == pytest.approx(-3.8)
