"""A port that flaps is told of twice: when it begins, and when it ends with its final state."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.stream.flaps import FLAPPING, SETTLED, Damper
from healthd.model.event import Event

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def change(number: float, state: str, item: str = "Gi1/0/1", facility: str = "LINK", source: str = "udp") -> Event:
    at = NOW + timedelta(seconds=number)
    return Event(device="sw1", received=at, kind=f"interface.{state}", source=source, item=item, facility=facility)


def told_thrice(number: float, state: str) -> list[Event]:
    """One change as devices tell of it: a notification that waited a little, and two lines."""
    trap = change(number + 0.5, state, facility="", source="trap")
    return [change(number, state), change(number + 0.1, state, facility="LINEPROTO"), trap]


def test_a_thousand_changes_are_told_twice_and_the_end_says_the_state() -> None:
    damper = Damper()
    told = list(damper.heard(change(n, "down" if n % 2 else "up") for n in range(1000)))
    told += damper.passed(NOW + timedelta(hours=1))
    assert [(e.kind, e.after) for e in told] == [(FLAPPING, "down"), (SETTLED, "down")]


def test_two_changes_are_no_flapping() -> None:
    damper = Damper()
    assert list(damper.heard([change(0, "down"), change(5, "up")])) == []
    assert list(damper.passed(NOW + timedelta(hours=1))) == []


def test_a_change_that_is_told_of_in_three_ways_is_one_change() -> None:
    damper = Damper()
    mixed = sorted((e for n in range(4) for e in told_thrice(n / 5, "up" if n % 2 else "down")), key=lambda e: e.received)
    assert [e.kind for e in mixed[3:6]] != ["interface.down"] * 3
    assert list(damper.heard(mixed)) == []


def test_the_end_says_how_often_it_changed_since_it_began() -> None:
    damper = Damper()
    list(damper.heard(change(n * 900, "down" if n % 2 else "up") for n in range(20)))
    told = list(damper.heard(e for n in range(9) for e in told_thrice(90_000 + n * 10, "up" if n % 2 else "down")))
    told += damper.passed(NOW + timedelta(days=2))
    assert [(e.kind, dict(e.variables)["changes"], e.after) for e in told] == [(FLAPPING, "6", "up"), (SETTLED, "9", "down")]
    assert told[-1].text == "Gi1/0/1 changed its state 9 times, now down"


def test_a_story_that_ended_hours_ago_is_not_part_of_this_one() -> None:
    damper = Damper()
    both = [
        change(n * 5 + late, "up" if n % 2 else "down", facility=who) for n in range(50) for late, who in ((0, "LINK"), (0.1, "LINEPROTO"))
    ]
    first = [*damper.heard(both), *damper.passed(NOW + timedelta(hours=1))]
    second = [*damper.heard(change(10_800 + n * 5, "up" if n % 2 else "down") for n in range(12)), *damper.passed(NOW + timedelta(hours=5))]
    assert [dict(e.variables)["changes"] for e in first] == ["6", "50"]
    assert [(e.kind, dict(e.variables)["changes"]) for e in second] == [(FLAPPING, "6"), (SETTLED, "12")]


def test_the_longest_story_counts_also_when_a_shorter_one_ends_later() -> None:
    damper = Damper()
    long = [change(n * 5, "up" if n % 2 else "down") for n in range(40)]
    short = [change(180 + n * 60, "up" if n % 2 else "down", facility="LINEPROTO") for n in range(20)]
    told = []
    for event in sorted(long + short, key=lambda e: e.received):
        told += [*damper.heard([event]), *damper.passed(event.received)]
    told += damper.passed(NOW + timedelta(hours=1))
    assert [(e.kind, dict(e.variables)["changes"]) for e in told] == [(FLAPPING, "6"), (SETTLED, "40")]


def test_ports_are_told_apart() -> None:
    damper = Damper()
    mixed = [change(n, "down" if n % 4 < 2 else "up", f"Gi1/0/{n % 2}") for n in range(12)]
    assert {e.item for e in damper.heard(mixed)} <= {"Gi1/0/0", "Gi1/0/1"}
    assert all(e.text.startswith(e.item) for e in damper.heard(mixed))


@given(states=st.lists(st.tuples(st.integers(0, 3600), st.sampled_from(["up", "down"])), max_size=60, unique_by=lambda pair: pair[0]))
def test_whatever_happens_an_end_follows_each_beginning_and_says_the_state_then(states: list[tuple[int, str]]) -> None:
    damper, ordered = Damper(), sorted(states)
    told = [*damper.heard(change(at, state) for at, state in ordered), *damper.passed(NOW + timedelta(days=1))]
    kinds = [event.kind for event in told]
    assert kinds == [FLAPPING, SETTLED] * (len(kinds) // 2)
    for end in told[1::2]:
        assert end.after == [state for at, state in ordered if NOW + timedelta(seconds=at) <= end.received][-1]
