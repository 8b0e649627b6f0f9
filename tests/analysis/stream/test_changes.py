"""What polling noticed becomes events: once when it begins, once when it ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from healthd.analysis.stream.changes import found_events, state_events
from healthd.model.availability import Reclassification, State, Transition
from healthd.model.finding import Finding, Level
from healthd.model.interval import Interval
from healthd.model.phrase import say

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATELY = Interval(NOW - timedelta(hours=3), NOW + timedelta(microseconds=1))
PSU = Finding(rule="psu", device="sw1", item="PSU A", level=Level.CRITICAL, summary=say("PSU A has failed."), serial="ABC1", slot="1")


def test_a_finding_that_begins_and_one_that_ends_are_told() -> None:
    (began,) = found_events([], [PSU], NOW)
    assert (began.kind, began.before, began.after, began.severity) == ("psu.found", "", "critical", 2)
    assert dict(began.variables) == {"serial": "ABC1", "slot": "1"}
    (ended,) = found_events([PSU], [], NOW)
    assert (ended.kind, ended.before, ended.after, ended.severity) == ("psu.cleared", "critical", "cleared", 6)


def test_an_end_says_that_it_is_one_and_how_long_it_lasted() -> None:
    (ended,) = found_events([replace(PSU, since=NOW - timedelta(hours=2, minutes=5))], [], NOW)
    assert ended.text == "Over after 2 h 5 min: PSU A has failed."
    (ended,) = found_events([PSU], [], NOW)
    assert ended.text == "Over: PSU A has failed."


def test_what_stands_unchanged_is_no_news_and_another_level_is() -> None:
    assert list(found_events([PSU], [replace(PSU, summary=say("other words"))], NOW)) == []
    (changed,) = found_events([PSU], [replace(PSU, level=Level.WARNING)], NOW)
    assert (changed.before, changed.after) == ("critical", "warning")


def test_states_are_told_at_their_own_time_and_the_same_on_every_run() -> None:
    down = Transition(device="sw1", at=NOW - timedelta(minutes=5), state=State.DOWN, reason="no answer")
    planned = Transition(device="sw1", at=NOW + timedelta(minutes=5), state=State.UP)
    later = Interval(LATELY.start + timedelta(minutes=1), LATELY.end + timedelta(minutes=1))
    first, again = (list(state_events([[down, planned]], window, ())) for window in (LATELY, later))
    assert [(e.kind, e.received, e.text) for e in first] == [("device.down", down.at, "no answer")]
    assert first == again


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State.DOWN, "It answers again, 12 min after it was lost."),
        (State.UNREACHABLE, "It can be reached again, 12 min after the path to it was lost."),
        (None, "It answers."),
    ],
)
def test_a_device_that_is_up_again_says_so_and_how_long_it_was_away(state: State | None, text: str) -> None:
    up = Transition(device="sw1", at=NOW, state=State.UP)
    lost = [Transition(device="sw1", at=NOW - timedelta(minutes=12), state=state, reason="x")] if state else []
    *_, event = state_events([[*lost, up]], LATELY, ())
    assert (event.kind, event.text, event.before) == ("device.up", text, str(state or ""))


def course(*entered: tuple[float, State]) -> list[Transition]:
    """Return what sw1 entered, by minutes before now."""
    return [Transition(device="sw1", at=NOW - timedelta(minutes=minutes), state=state) for minutes, state in entered]


def events_of(*entered: tuple[float, State], told: tuple[tuple[str, float], ...] = ()) -> list[tuple[str, float, str]]:
    """Return class, minutes before now and text of what is told of sw1, when *told* is told already."""
    known = {("sw1", kind, NOW - timedelta(minutes=minutes)) for kind, minutes in told}
    found = state_events([course(*entered)], LATELY, known)
    return [(e.kind, (NOW - e.received) / timedelta(minutes=1), e.text) for e in found]


UP, DOWN, AWAY, BLIND = State.UP, State.DOWN, State.UNREACHABLE, State.UNMEASURED
REBOOT = ((300, UP), (13, DOWN), (10, DOWN), (5.5, UP), (5, UP))
"""Pings missed the device at 10 and had it back at 5; its clock says later that it stopped after 13 and started at 5.5."""


def test_one_loss_and_its_return_are_told_once_when_a_restart_shows_them_more_exactly() -> None:
    lost, back = ("device.down", 13, "no answer"), ("device.up", 5.5, "It answers again, 7 min 30 s after it was lost.")
    assert events_of(*REBOOT) == [lost, back]
    assert events_of(*REBOOT, told=(("device.down", 10), ("device.up", 5))) == []
    assert events_of(*REBOOT, told=(("device.down", 10),)) == [back]


def test_what_is_told_stays_told_when_the_window_has_left_its_first_moment_behind() -> None:
    assert events_of((300, UP), (181, DOWN), (179, DOWN)) == []
    assert events_of((300, UP), (181, DOWN), (178, UP)) == [("device.up", 178, "It answers again, 3 min after it was lost.")]


def test_the_same_state_after_another_is_told_again() -> None:
    found = events_of(
        (300, UP), (60, DOWN), (50, BLIND), (40, DOWN), (30, AWAY), (20, UP), (10, BLIND), (5, UP), told=(("device.down", 60),)
    )
    assert [each[:2] for each in found] == [("device.down", 40), ("device.unreachable", 30), ("device.up", 20), ("device.up", 5)]
    assert [each[2] for each in found[2:]] == ["It answers again, 40 min after it was lost.", "It answers."]


@pytest.mark.parametrize(
    ("device", "entered", "state", "severity"),
    [
        ("sw1", -60, State.MAINTENANCE, 5),
        ("*", -60, State.MAINTENANCE, 5),
        ("sw2", -60, State.MAINTENANCE, 2),
        # said after it was lost: the event is told already
        ("sw1", -2, State.MAINTENANCE, 2),
        ("sw1", -60, State.UNREACHABLE, 2),
    ],
)
def test_a_loss_in_maintenance_that_was_agreed_before_is_no_critical_event(device: str, entered: int, state: State, severity: int) -> None:
    down = Transition(device="sw1", at=NOW - timedelta(minutes=5), state=State.DOWN, reason="no answer")
    hours = Interval(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    said = Reclassification(
        device=device, interval=hours, state=state, author="Li", reason="CHG-7", entered=NOW + timedelta(minutes=entered)
    )
    (event,) = state_events([[down]], LATELY, (), [said])
    text = "no answer; in agreed maintenance: CHG-7" if severity == 5 else "no answer"
    assert (event.kind, event.severity, event.text) == ("device.down", severity, text)
