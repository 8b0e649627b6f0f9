"""When nobody was looking at all."""

from datetime import UTC, datetime, timedelta

from healthd.analysis.availability import measure
from healthd.analysis.unwatched import unwatched
from healthd.model.availability import Availability, Span, State
from healthd.model.interval import Interval

START = datetime(2026, 3, 20, tzinfo=UTC)


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


DAY = Interval(START, at(24))


def spent(device: str, *states: tuple[State, float, float]) -> Availability:
    return measure(device, [Span(state=state, interval=Interval(at(a), at(b)), reason="", author="") for state, a, b in states], DAY)


def test_time_without_any_device_measured_is_ours() -> None:
    one = spent("a", (State.UP, 0, 2), (State.UNMEASURED, 2, 5), (State.UP, 5, 24))
    two = spent("b", (State.UP, 0, 3), (State.UNMEASURED, 3, 6), (State.MAINTENANCE, 6, 24))
    assert unwatched([one, two], DAY) == (Interval(at(3), at(5)),)


def test_a_device_that_is_down_was_looked_at() -> None:
    assert unwatched([spent("a", (State.DOWN, 0, 24))], DAY) == ()


def test_without_devices_nothing_is_missed() -> None:
    assert unwatched([], DAY) == ()
