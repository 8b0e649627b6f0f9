"""A change of a link's state is one change, whoever tells of it and however often."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.stream.links import changes
from healthd.model.event import Event

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TELLERS = ("LINK", "LINEPROTO", "")


def told(seconds: float, state: str, facility: str = "LINK", source: str = "udp", at: float | None = None) -> Event:
    return Event(
        device="sw1",
        received=NOW + timedelta(seconds=seconds),
        kind=f"interface.{state}",
        source=source if facility else "trap",
        at=None if at is None else NOW + timedelta(seconds=at),
        item="Gi1/0/1",
        facility=facility,
    )


def test_one_loss_and_one_return_are_two_changes() -> None:
    story = [told(n, state, who) for n, state in enumerate(("down", "up")) for who in TELLERS]
    assert changes(story, NOW) == [NOW, NOW + timedelta(seconds=1)]


@given(real=st.integers(0, 12), late=st.floats(0, 5), again=st.integers(1, 3))
def test_the_number_is_of_real_changes_however_late_and_often_they_are_told(real: int, late: float, again: int) -> None:
    states = [(n, "up" if n % 2 else "down") for n in range(real)]
    mixed = [told(n + late * delay, s, who) for n, s in states for delay, who in enumerate(TELLERS) for _ in range(again)]
    assert len(changes(sorted(mixed, key=lambda e: e.received), NOW)) == real


def test_what_was_before_is_known_and_comes_first() -> None:
    before = [told(-9, "up"), told(-5, "down"), told(1, "down"), told(2, "up")]
    assert [(at - NOW).total_seconds() for at in changes(before, NOW)] == [-9, -5, 2]


def test_who_told_more_of_late_is_believed_not_who_told_more_long_ago() -> None:
    long_ago = [told(n - 99, state, "LINEPROTO") for n, state in enumerate(("down", "up") * 4)]
    assert [(at - NOW).total_seconds() for at in changes([*long_ago, told(3, "down"), told(4, "up")], NOW)] == [3, 4]


def test_a_line_that_was_asked_for_is_as_old_as_it_says() -> None:
    asked = [told(5, "down", source="cli", at=-86_400), told(5, "up", source="cli", at=-86_000)]
    assert [(at - NOW).total_seconds() for at in changes(asked, NOW)] == [-86_400, -86_000]


def test_other_classes_are_no_changes() -> None:
    assert not changes([told(0, "shut-down"), told(1, "shut-down")], NOW)
