"""Six states that always add up, and figures that are never nicer than the truth."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.availability import lost, measure, outages, percent, rebooted
from healthd.model.availability import Outage, Reclassification, Span, State, Transition
from healthd.model.interval import Interval
from healthd.model.timeline import spans

T0 = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
DAY = Interval(T0, T0 + timedelta(days=1))


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def between(start: float, end: float) -> Interval:
    return Interval(at(start), at(end))


def change(minutes: float, state: State, reason: str = "") -> Transition:
    return Transition(device="edge", at=at(minutes), state=state, reason=reason)


def word(start: float, end: float, state: State, entered: float = 0) -> Reclassification:
    return Reclassification(device="edge", interval=between(start, end), state=state, author="li", reason="agreed", entered=at(entered))


def told(found: Sequence[Span]) -> list[tuple[str, float, float]]:
    return [(s.state.value, *((m - T0) / timedelta(minutes=1) for m in (s.interval.start, s.interval.end))) for s in found]


UP = change(-60, State.UP)


def test_before_the_first_transition_nothing_was_measured() -> None:
    assert told(spans([change(60, State.UP)], [], DAY)) == [("unmeasured", 0, 60), ("up", 60, 1440)]


def test_the_state_before_the_window_still_holds() -> None:
    assert told(spans([UP, change(10, State.DOWN), change(30, State.UP)], [], DAY)) == [("up", 0, 10), ("down", 10, 30), ("up", 30, 1440)]


def test_of_two_changes_at_one_moment_the_later_one_counts() -> None:
    assert told(spans([UP, change(10, State.DOWN), change(10, State.UNMEASURED)], [], DAY)) == [("up", 0, 10), ("unmeasured", 10, 1440)]


def test_a_device_not_in_service_is_so_all_the_time() -> None:
    assert told(spans([UP], [], DAY, in_service=False)) == [("out_of_service", 0, 1440)]


def test_a_later_word_lies_over_an_outage_with_author_and_reason() -> None:
    found = spans([UP, change(10, State.DOWN), change(30, State.UP)], [word(5, 40, State.MAINTENANCE)], DAY)
    assert told(found) == [("up", 0, 5), ("maintenance", 5, 40), ("up", 40, 1440)]
    assert (found[1].author, found[1].reason) == ("li", "agreed")


def test_of_two_words_the_one_entered_last_counts() -> None:
    early, late = word(0, 60, State.UNREACHABLE, entered=100), word(30, 90, State.MAINTENANCE, entered=200)
    assert told(spans([UP], [late, early], DAY))[:2] == [("unreachable", 0, 30), ("maintenance", 30, 90)]


def test_nobody_measures_afterwards() -> None:
    found = spans([change(60, State.UP)], [word(0, 120, State.UP)], DAY)
    assert told(found)[0] == ("unmeasured", 0, 60)


def test_an_open_outage_counts_up_to_now() -> None:
    found = spans([UP, change(1380, State.DOWN, "no answer")], [], DAY)
    assert outages("edge", found, DAY) == (Outage(device="edge", interval=between(1380, 1440), ongoing=True, reason="no answer"),)
    assert measure("edge", found, DAY).down == timedelta(hours=1)


def test_an_outage_from_before_the_window_is_cut_to_it() -> None:
    found = spans([change(-10, State.DOWN), change(5, State.UP)], [], DAY)
    (outage,) = outages("edge", found, DAY)
    assert (outage.interval, outage.ongoing) == (between(0, 5), False)


def test_being_behind_a_dead_parent_is_no_outage_of_ones_own() -> None:
    found = spans([UP, change(10, State.UNREACHABLE), change(30, State.UP)], [], DAY)
    assert outages("edge", found, DAY) == ()
    figures = measure("edge", found, DAY)
    assert (figures.fraction, figures.unreachable) == (1.0, timedelta(minutes=20))


def test_a_restart_between_polls_becomes_down_time_with_its_reason() -> None:
    restart = Outage(device="edge", interval=between(100, 104), reason="restarted: power-on", reboot=True)
    up = spans([UP], [], DAY)
    (outage,) = outages("edge", up, DAY, [restart])
    assert (outage.interval, outage.reboot, outage.reason) == (between(100, 104), True, "restarted: power-on")
    assert lost(rebooted(up, [restart]), DAY) == timedelta(minutes=4)


def test_a_restart_inside_a_known_outage_is_the_same_outage() -> None:
    restart = Outage(device="edge", interval=between(98, 103), reason="restarted", reboot=True)
    found = spans([UP, change(100, State.DOWN, "no answer"), change(106, State.UP)], [], DAY)
    (outage,) = outages("edge", found, DAY, [restart])
    assert (outage.interval, outage.reboot, outage.reason) == (between(98, 106), True, "restarted; no answer")


def test_what_a_device_says_of_its_restart_afterwards_is_the_reason_of_the_outage_that_was_written_before() -> None:
    restart = Outage(device="edge", interval=between(98, 103), reason="restarted: PowerOn", reboot=True)
    found = spans([UP, change(100, State.DOWN, "restarted"), change(102, State.DOWN, "no answer"), change(106, State.UP)], [], DAY)
    (outage,) = outages("edge", found, DAY, [restart])
    assert (outage.interval, outage.reason) == (between(98, 106), "restarted: PowerOn; no answer")
    assert outages("edge", found, DAY)[0].reason == "restarted; no answer"


@pytest.mark.parametrize(("after", "cut"), [(State.UNMEASURED, True), (State.UP, False), (State.UNREACHABLE, False)])
def test_an_outage_after_which_nobody_looked_has_no_known_end(after: State, cut: bool) -> None:
    found = spans([UP, change(10, State.DOWN), change(30, after), change(60, State.UP)], [], DAY)
    (outage,) = outages("edge", found, DAY)
    assert (outage.interval, outage.unmeasured, outage.ongoing) == (between(10, 30), cut, False)


def test_an_outage_that_lasts_to_the_end_of_the_window_is_ongoing_though_nobody_looks_later() -> None:
    found = spans([UP, change(1380, State.DOWN), change(1440, State.UNMEASURED)], [], DAY)
    assert [(o.ongoing, o.unmeasured) for o in outages("edge", found, DAY)] == [(True, False)]


def test_a_restart_in_maintenance_stays_maintenance() -> None:
    restart = Outage(device="edge", interval=between(100, 104), reboot=True)
    found = spans([UP], [word(90, 110, State.MAINTENANCE)], DAY)
    assert rebooted(found, [restart]) == found


@pytest.mark.parametrize(
    ("fraction", "said"),
    [(1.0, "100%"), (0.999999, "99.99%"), (0.99995, "99.99%"), (0.29, "29.00%"), (0.0, "0.00%"), (None, "–")],
)
def test_a_percentage_is_cut_and_only_all_of_it_is_100(fraction: float | None, said: str) -> None:
    assert percent(fraction) == said


def test_a_microsecond_down_in_a_year_is_not_100_percent() -> None:
    year = Interval(T0, T0 + timedelta(days=365))
    blink = Interval(T0, T0 + timedelta(microseconds=1))
    states = [Span(state=State.DOWN, interval=blink), Span(state=State.UP, interval=Interval(blink.end, year.end))]
    assert percent(measure("edge", states, year).fraction) == "99.99%"


changes = st.lists(
    st.tuples(st.integers(-600, 2000), st.sampled_from([State.UP, State.DOWN, State.UNREACHABLE, State.UNMEASURED])), max_size=12
).map(lambda pairs: [change(m, s) for m, s in pairs])
words_said = st.lists(
    st.tuples(st.integers(-100, 1500), st.integers(1, 600), st.sampled_from(list(State)), st.integers(0, 9)), max_size=5
).map(lambda rows: [word(m, m + n, s, e) for m, n, s, e in rows])
windows = st.tuples(st.integers(0, 1000), st.integers(1, 800)).map(lambda w: between(w[0], w[0] + w[1]))


@given(changes, words_said, windows)
def test_the_states_are_sorted_without_gaps_and_fill_the_window(transitions, said, window) -> None:
    found = spans(transitions, said, window)
    edges = [window.start, *(s.interval.end for s in found)]
    assert [s.interval.start for s in found] == edges[:-1]
    assert edges[-1] == window.end
    assert all(replace(a, interval=b.interval) != b for a, b in pairwise(found))


@given(changes, words_said, windows, st.integers(1, 799))
def test_two_halves_measure_what_the_whole_does(transitions, said, window, cut) -> None:
    middle = min(window.start + timedelta(minutes=cut), window.end)
    whole, first, last = (
        measure("edge", spans(transitions, said, w), w) for w in (window, Interval(window.start, middle), Interval(middle, window.end))
    )
    for state in ("up", "down", "unreachable", "maintenance", "unmeasured", "out_of_service"):
        assert getattr(whole, state) == getattr(first, state) + getattr(last, state)
    parts = [(f.fraction, (f.up + f.down) / timedelta(seconds=1)) for f in (first, last)]
    if whole.fraction is not None:
        weighted = sum(f * w for f, w in parts if f is not None) / sum(w for _, w in parts)
        assert whole.fraction == pytest.approx(weighted)
    assert sum((getattr(whole, s.value) for s in State), timedelta(0)) == window.length


@given(changes, words_said, windows)
def test_a_word_on_the_past_neither_makes_nor_hides_measured_time(transitions, said, window) -> None:
    said = [w for w in said if w.state not in (State.UNMEASURED, State.OUT_OF_SERVICE)]
    before, after = (measure("edge", spans(transitions, w, window), window) for w in ([], said))
    assert after.unmeasured == before.unmeasured
    assert after.coverage == before.coverage


@given(changes, words_said, windows)
def test_the_truth_lies_between_low_and_high(transitions, said, window) -> None:
    figures = measure("edge", spans(transitions, said, window), window)
    if figures.fraction is not None:
        assert figures.low <= figures.fraction <= figures.high


@given(changes, windows)
def test_outages_are_the_down_time(transitions, window) -> None:
    found = spans(transitions, [], window)
    assert sum((o.interval.length for o in outages("edge", found, window)), timedelta(0)) == measure("edge", found, window).down


@given(changes, words_said, windows, st.randoms(use_true_random=False))
def test_neither_the_order_of_telling_nor_telling_twice_changes_anything(transitions, said, window, random) -> None:
    """Of two changes at one moment the later told counts, and of two words entered at one moment none is the later: one each is told."""
    transitions = list({t.at: t for t in transitions}.values())
    said = list({w.entered: w for w in said}.values())
    mixed, words = [*transitions, *transitions], [*said, *said]
    random.shuffle(mixed)
    random.shuffle(words)
    assert spans(mixed, words, window) == spans(transitions, said, window)


@given(changes, windows, st.integers(0, 1400), st.integers(1, 600))
def test_maintenance_over_outages_never_lowers_availability_and_hides_no_outage_elsewhere(transitions, window, start, length) -> None:
    before = spans(transitions, [], window)
    outage = next((s.interval for s in before if s.state is State.DOWN), between(start, start + length))
    agreed = Reclassification(
        device="edge", interval=outage, state=State.MAINTENANCE, author="li", reason="agreed", entered=T0 - timedelta(days=1)
    )
    plain, with_it = measure("edge", before, window), measure("edge", spans(transitions, [agreed], window), window)
    if plain.fraction is not None and with_it.fraction is not None:
        assert with_it.fraction >= plain.fraction
    assert plain.down - with_it.down <= outage.length
    assert with_it.maintenance <= outage.length


@given(changes, windows, st.integers(0, 1400), st.integers(1, 600))
def test_a_restart_never_raises_availability_nor_touches_what_was_not_up(transitions, window, start, length) -> None:
    restart = Outage(device="edge", interval=between(start, start + length), reason="restarted", reboot=True)
    before = spans(transitions, [], window)
    plain, after = measure("edge", before, window), measure("edge", rebooted(before, [restart, restart]), window)
    assert after.up + after.down == plain.up + plain.down
    assert after.up <= plain.up
    assert plain.up - after.up <= restart.interval.length
