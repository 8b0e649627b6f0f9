"""Thresholds: the device's own win, a level is held and not flapped, and one function words them all."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.levels import Thresholds, crossed, kept, thresholds, words
from healthd.model.finding import Level
from healthd.model.phrase import say

C, W = Level.CRITICAL, Level.WARNING
OURS = Thresholds(low_critical=2, low_warning=5, high_warning=80, high_critical=95)


@pytest.mark.parametrize(
    ("given_", "high", "low"),
    [
        (None, (80, 95, False), (5, 2, False)),
        ((None, None, None, None), (80, 95, False), (5, 2, False)),
        ((None, None, 60.0, 70.0), (60, 70, True), (5, 2, False)),
        # one limit of a side is the whole side: there is no warning before it
        ((None, None, None, 70.0), (None, 70, True), (5, 2, False)),
        ((1.0, None, None, None), (80, 95, False), (None, 1, True)),
        # 0 is a limit like any other
        ((0.0, None, None, None), (80, 95, False), (None, 0, True)),
    ],
)
def test_the_devices_own_limits_win_side_by_side(given_, high, low) -> None:
    found = thresholds(given_, OURS)
    assert (found.high_warning, found.high_critical, found.own_high) == high
    assert (found.low_warning, found.low_critical, found.own_low) == low


@pytest.mark.parametrize(
    ("value", "level", "limit"),
    [(50, None, 0), (80, W, 80), (79.9, None, 0), (95, C, 95), (5, W, 5), (5.1, None, 0), (2, C, 2), (-1, C, 2)],
)
def test_a_value_at_a_limit_has_reached_it(value: float, level: Level | None, limit: float) -> None:
    found = crossed(value, OURS)
    assert (found.level if found else None, found.limit if found else 0) == (level, limit)


def test_a_level_is_held_until_the_value_has_come_back() -> None:
    assert crossed(77, OURS, held=W) is not None
    assert crossed(75, OURS, held=W) is None
    # What is held as a warning does not bring the critical limit nearer.
    held = crossed(92, OURS, held=W)
    assert held is not None
    assert held.level is W


def at(*values: float | str) -> tuple[list[float], list[float | str]]:
    return [300.0 * n for n in range(len(values))], list(values)


@pytest.mark.parametrize(
    ("values", "level", "since"),
    [
        ((90, 90), W, 0),
        ((10, 90, 90), W, 300),
        ((90, 10, 90), None, 0),
        ((90, 90, 77), W, 0),
        ((90, 90, 70), None, 0),
        ((90, math.nan, 90), W, 0),
        ((90, "unknown", 90), W, 0),
        ((90,), None, 0),
        ((), None, 0),
        ((90, 99), W, 0),
        ((99, 99), C, 0),
        # back from critical to warning: the warning has lasted since the beginning
        ((99, 99, 85), W, 0),
    ],
)
def test_a_level_is_entered_after_enough_samples_and_its_beginning_is_known(values, level, since) -> None:
    found = kept(*at(*values), OURS, samples=2)
    assert (found.level if found else None) == level
    assert found is None or found.since is None or found.since.timestamp() == since


@given(st.lists(st.floats(0, 100), max_size=60), st.integers(1, 4))
def test_what_stands_is_within_reach_of_a_limit_and_has_lasted_long_enough(values, samples) -> None:
    found = kept(*at(*values), OURS, samples=samples)
    if found is not None and found.since is not None:
        assert found.value == values[-1]
        assert crossed(values[-1], OURS, held=C) is not None
        assert len(values) - found.since.timestamp() / 300 >= samples


@given(st.lists(st.floats(78, 82), min_size=2, max_size=60))
def test_a_value_that_wavers_at_a_limit_enters_the_level_once(values) -> None:
    told = [kept(*at(*values[: n + 1]), OURS) is not None for n in range(len(values))]
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("limits", "value", "said"),
    [
        (thresholds(None, OURS), 90, "Load: 90 %, at or above the limit of 80 %."),
        (thresholds(None, OURS), 3, "Load: 3 %, at or below the limit of 5 %."),
        (thresholds((None, None, 60.0, None), OURS), 90, "Load: 90 %, at or above the device's own limit of 60.0 %."),
        (thresholds((10.0, None, None, None), OURS), 9.126, "Load: 9.13 %, at or below the device's own limit of 10.0 %."),
    ],
)
def test_a_sentence_says_value_limit_and_whose_it_is(limits: Thresholds, value: float, said: str) -> None:
    found = crossed(value, limits)
    assert found is not None
    assert str(words(say("Load"), found, "%")) == said
