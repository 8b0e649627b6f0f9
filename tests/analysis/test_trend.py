"""Where a value is heading: told only when it is sure, and not moved by a few wild values."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.trend import trend

HOUR = 3600.0


def rising(gain: float, count: int = 48, noise: float = 0.0) -> tuple[list[float], list[float]]:
    return [n * HOUR for n in range(count)], [50 + gain * n + noise * (-1) ** n for n in range(count)]


def test_a_steady_rise_meets_its_limit_when_arithmetic_says() -> None:
    found = trend(*rising(0.5))
    assert found is not None
    assert found.sure
    assert found.per(timedelta(days=1)) == pytest.approx(12)
    soonest, latest = found.until(97) or (None, None)
    # 50 + 0.5 x 47 = 73.5 now; 23.5 more at half a point an hour.
    assert soonest / timedelta(hours=1) == pytest.approx(47)
    assert latest / timedelta(hours=1) == pytest.approx(47)


@pytest.mark.parametrize("gain", [0.0, -0.5])
def test_what_does_not_rise_never_gets_there(gain: float) -> None:
    found = trend(*rising(gain, noise=1))
    assert found is not None
    assert found.until(97) is None


def test_a_few_wild_values_move_nothing() -> None:
    times, values = rising(0.5)
    for n in (5, 20, 33):
        values[n] = 5000.0
    found = trend(times, values)
    assert found is not None
    assert found.per(timedelta(days=1)) == pytest.approx(12, rel=0.05)


def test_with_too_little_nothing_is_said() -> None:
    assert trend(*rising(1, count=11)) is None
    assert trend([0.0] * 20, [1.0] * 20) is None
    assert trend([], []) is None
    assert trend([n * HOUR for n in range(20)], ["unknown"] * 20) is None


def test_a_long_series_is_thinned_and_says_the_same() -> None:
    found = trend(*rising(0.01, count=5000))
    assert found is not None
    assert found.points == 200
    assert found.per(timedelta(days=1)) == pytest.approx(0.24, rel=0.02)


@given(st.lists(st.floats(0, 100), min_size=12, max_size=40))
def test_the_slope_lies_within_its_bounds_and_a_limit_that_is_met_is_met_now(values) -> None:
    found = trend([n * HOUR for n in range(len(values))], values)
    assert found is not None
    assert found.low <= found.slope <= found.high
    if found.sure and (ends := found.until(found.last)):
        assert ends[0] == timedelta(0)
