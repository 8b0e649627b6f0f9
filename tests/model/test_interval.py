"""Spans of time: what several cover together, what lies between them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthd.model.interval import Interval, gaps, total

START = datetime(2026, 3, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@st.composite
def spans(draw: st.DrawFn) -> Interval:
    start = draw(st.integers(0, 60))
    return Interval(START + start * MINUTE, START + (start + draw(st.integers(0, 20))) * MINUTE)


@given(covered=st.lists(spans(), max_size=5), window=spans())
def test_every_minute_of_a_window_is_covered_or_in_a_gap_and_not_both(covered: list[Interval], window: Interval) -> None:
    free = gaps(covered, window)
    at = window.start
    while at < window.end:
        assert any(at in span for span in covered) is not any(at in span for span in free)
        at += MINUTE
    assert total(free) + total([cut for span in covered if (cut := span.cut(window))]) == window.length


def test_what_begins_after_a_window_takes_nothing_from_it() -> None:
    window, later = Interval(START, START + MINUTE), Interval(START + MINUTE, START + 2 * MINUTE)
    assert gaps([later], window) == (window,)
