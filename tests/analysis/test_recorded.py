"""Polls at hand answer like a history."""

from datetime import UTC, datetime, timedelta

import pytest

from healthd.analysis.recorded import Recorded
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Poll

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
DAY = Interval(NOW - timedelta(days=1), NOW)
EDGE = Device(name="edge", customer="c", address="192.0.2.1")


def poll(minutes: int, *readings: Reading, up: bool = True, device: str = "edge") -> Poll:
    return Poll(device=device, at=NOW - timedelta(minutes=minutes), up=up, readings=readings)


def fan(word: str, item: str = "Fan 1", index: str = "7") -> Reading:
    return Reading(metric="fan.state", item=item, index=index, value=word)


def recorded(*polls: Poll) -> Recorded:
    return Recorded(devices=(EDGE,), polls=polls, window=DAY)


def test_a_series_is_in_time_order_whatever_the_order_of_polls() -> None:
    history = recorded(poll(0, fan("down")), poll(10, fan("up")), poll(5, fan("up")))
    (series,) = history.series("fan.state")
    assert series.values == ("up", "up", "down")
    assert list(series.times) == sorted(series.times)
    assert series.reading == fan("down")


def test_history_follows_the_name_through_a_new_index() -> None:
    history = recorded(poll(5, fan("up", index="7")), poll(0, fan("up", index="9")))
    (series,) = history.series("fan.state")
    assert (series.index, len(series.values)) == ("9", 2)


def test_two_rows_of_one_name_stay_two_series() -> None:
    history = recorded(poll(0, fan("up", index="7"), fan("down", index="8")))
    assert [s.values for s in history.series("fan.state")] == [("up",), ("down",)]


def test_series_are_sorted_by_device_and_item() -> None:
    history = recorded(poll(0, fan("up", "Fan 2", "2"), fan("up", "Fan 1", "1")))
    assert [s.item for s in history.series("fan.state")] == ["Fan 1", "Fan 2"]


def test_a_poll_without_an_answer_gives_nothing_and_is_not_hearing() -> None:
    history = recorded(poll(10, fan("up")), poll(0, fan("down"), up=False))
    assert history.heard("edge") == NOW - timedelta(minutes=10)
    assert [s.values for s in history.series("fan.state")] == [("up",)]


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1])
def test_what_is_outside_the_window_is_not_seen(minutes: int) -> None:
    assert not list(recorded(poll(minutes, fan("up"))).series("fan.state"))


def test_another_customers_device_is_not_seen() -> None:
    assert not list(recorded(poll(0, fan("up"), device="other")).series("fan.state"))


def test_a_device_never_heard_has_no_poll() -> None:
    assert recorded().poll("edge") is None
    assert recorded().heard("edge") is None


def test_events_come_oldest_first() -> None:
    late, early = (Event(device="edge", received=NOW - timedelta(minutes=m), kind="k", source="udp") for m in (1, 2))
    history = Recorded(devices=(EDGE,), polls=(), window=DAY, events={"edge": (late, early)})
    assert history.events("edge") == [early, late]
    assert history.spans("edge") == ()
