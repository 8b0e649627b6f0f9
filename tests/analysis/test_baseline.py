"""What is usual is the device's own, at that hour of its own day; with too little past nothing is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.baseline import profile, say_usual, usual

NOW = datetime(2026, 4, 20, 10, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def days(values: list[float], hour: int = 10, zone: object = UTC) -> tuple[list[float], list[float]]:
    """Return one value a day at *hour* (local), the last one yesterday."""
    local = NOW.astimezone(zone).replace(hour=hour, minute=15)  # type: ignore[arg-type]
    moments = [(local - timedelta(days=n)).timestamp() for n in range(len(values), 0, -1)]
    return moments, values


def test_what_is_usual_is_the_median_with_a_band_that_one_bad_night_does_not_move() -> None:
    found = usual(*days([20, 21, 19, 20, 22, 18, 20, 99]), NOW)
    assert found is not None
    assert (found.median, found.days, found.hour) == (20, 8, 10)
    assert found.holds(22)
    assert not found.holds(40)


def test_with_fewer_than_seven_days_nothing_is_usual_and_that_is_said() -> None:
    found = usual(*days([20.0] * 6), NOW)
    assert found is None
    assert "fewer than 7 days" in str(say_usual(found, "%"))


def test_other_hours_say_nothing_of_this_one() -> None:
    assert usual(*days([20.0] * 14, hour=3), NOW) is None


def test_the_present_hour_is_not_its_own_measure_and_what_is_older_than_four_weeks_is_forgotten() -> None:
    times, values = days([20.0] * 7)
    assert usual([*times, NOW.timestamp()], [*values, 90.0], NOW).days == 7  # type: ignore[union-attr]
    old = [t - timedelta(weeks=5).total_seconds() for t in times]
    assert usual(old, values, NOW) is None


def test_an_hour_is_that_of_the_devices_own_day_through_both_changes_of_the_clock() -> None:
    # 03:15 there is 02:15 UTC before the last Sunday of March, 01:15 after it.
    times, values = days([20.0] * 27, hour=3, zone=BERLIN)
    at = NOW.astimezone(BERLIN).replace(hour=3, minute=30)
    found = usual(times, values, at, zone=BERLIN)
    assert found is not None
    assert (found.hour, found.days) == (3, 27)
    assert {p.hour for p in profile(times, values, at, zone=BERLIN) if p} == {3}
    assert [(p.hour, p.days) for p in profile(times, values, at) if p] == [(1, 22)]


def test_what_is_no_number_is_not_known() -> None:
    times, values = days([20.0] * 7)
    assert usual(times, [*values[:-1], "unknown"], NOW) is None


@given(st.lists(st.floats(0, 100), min_size=7, max_size=27))
def test_the_median_is_usual_and_nothing_is_below_zero_that_never_was(values) -> None:
    found = usual(*days(values), NOW)
    assert found is not None
    assert found.holds(found.median)
    assert found.low >= 0
