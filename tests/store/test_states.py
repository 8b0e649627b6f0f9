"""States cover all time, and people's words on the past are applied."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from healthd.model.availability import Probe, Reclassification, State, Transition
from healthd.model.interval import Interval
from healthd.store import agreements, states
from healthd.store._ready import connection
from healthd.store.database import Settings

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(START, START + timedelta(days=1))


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def entered(minutes: float, state: State, reason: str = "") -> Transition:
    return Transition(device="r1", at=at(minutes), state=state, reason=reason)


def word(start: float, end: float, state: State = State.MAINTENANCE, said: float = 0, device: str = "r1") -> Reclassification:
    return Reclassification(
        device=device, interval=Interval(at(start), at(end)), state=state, author="li", reason="agreed", entered=at(said)
    )


def shown(device: str = "r1") -> list[tuple[str, float, float]]:
    spans = states.spans("acme", device, DAY)
    return [
        (s.state.value, (s.interval.start - START) / timedelta(minutes=1), (s.interval.end - START) / timedelta(minutes=1)) for s in spans
    ]


def test_time_before_the_first_word_is_not_measured(store: Settings) -> None:
    states.add("acme", [entered(60, State.UP), entered(90, State.DOWN), entered(100, State.UP)])
    assert shown() == [("unmeasured", 0, 60), ("up", 60, 90), ("down", 90, 100), ("up", 100, 1440)]
    assert shown("unknown") == [("unmeasured", 0, 1440)]


def test_the_same_transition_twice_is_one_and_the_later_word_on_a_moment_counts(store: Settings) -> None:
    for _ in range(2):
        states.add("acme", [entered(-1, State.UP), entered(10, State.DOWN)])
    states.add("acme", [entered(10, State.UNREACHABLE, "core is down")])
    assert shown() == [("up", 0, 10), ("unreachable", 10, 1440)]
    assert states.current("acme")["r1"].reason == "core is down"


def test_what_people_said_is_applied_the_later_over_the_earlier(store: Settings) -> None:
    states.add("acme", [entered(-1, State.DOWN)])
    for _ in range(2):
        agreements.enter("acme", [word(60, 120, said=1, device="*")])
        agreements.enter("acme", [word(90, 100, State.UP, said=2)])
    assert shown() == [("down", 0, 60), ("maintenance", 60, 90), ("up", 90, 100), ("maintenance", 100, 120), ("down", 120, 1440)]
    assert len(agreements.words("acme", DAY)) == 2
    assert [s.author for s in states.spans("acme", "r1", DAY)] == ["", "li", "li", "li", ""]


def test_only_the_newest_probe_counts_and_when_a_device_last_answered(store: Settings) -> None:
    states.add_probes("acme", [Probe(device="r1", at=at(1), answered=True, by="icmp"), Probe(device="r2", at=at(1), answered=False)])
    states.add_probes("acme", [Probe(device="r1", at=at(2), answered=False, reason="no answer")])
    states.add_probes("acme", [Probe(device="r1", at=at(0), answered=True)])
    assert states.probes("acme")["r1"] == Probe(device="r1", at=at(2), answered=False, reason="no answer")
    assert states.answered("acme") == {"r1": at(1)}


def test_what_nobody_measured_stays_unmeasured_whatever_people_say(store: Settings) -> None:
    states.add("acme", [entered(60, State.UP)])
    agreements.enter("acme", [word(0, 120, State.UP)])
    assert shown() == [("unmeasured", 0, 60), ("up", 60, 120), ("up", 120, 1440)]


def test_a_course_begins_when_the_device_was_last_up_before_the_window(store: Settings) -> None:
    states.add("acme", [entered(-90, State.UP), entered(-60, State.DOWN), entered(-50, State.UP), entered(-40, State.DOWN)])
    states.add("acme", [entered(-30, State.UNREACHABLE), entered(40, State.UP), entered(50, State.DOWN), entered(2000, State.UP)])
    states.add("acme", [replace(entered(-20, State.DOWN), device="r2"), replace(entered(0, State.UP), device="r2")])
    first, second = states.courses("acme", ["r2", "r1", "unknown"], DAY)
    found = {own[0].device: [(each.at, each.state) for each in own] for own in (first, second)}
    lost = [(at(-50), State.UP), (at(-40), State.DOWN), (at(-30), State.UNREACHABLE)]
    assert found["r1"] == [*lost, (at(40), State.UP), (at(50), State.DOWN)]
    assert found["r2"] == [(at(-20), State.DOWN), (at(0), State.UP)], "one that was never up before is told from its beginning"


def test_the_courses_of_many_devices_are_as_many_questions_as_those_of_one(sqlite_store: Settings) -> None:
    names = [f"sw{n}" for n in range(100)]
    for minutes, state in ((-9, State.UP), (0, State.DOWN), (5, State.UP)):
        states.add("acme", [replace(entered(minutes, state), device=name) for name in names])
    from django.test.utils import CaptureQueriesContext

    asked = []
    for those in (names[:1], names):
        with CaptureQueriesContext(connection) as seen:
            assert [len(own) for own in states.courses("acme", those, DAY)] == [3] * len(those)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_a_span_tells_when_the_agreed_work_began_also_before_the_window(store: Settings) -> None:
    states.add("acme", [entered(-900, State.UP)])
    agreements.enter("acme", [word(-600, 60)])
    work, up = states.spans("acme", "r1", DAY)
    assert (work.interval.start, work.begun) == (at(0), at(-600))
    assert (up.state, up.begun) == (State.UP, None)
