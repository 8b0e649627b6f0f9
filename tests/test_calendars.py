"""Working days: weekends, holidays, make-up workdays and what a customer says otherwise; an incomplete year is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.calendars import WorkCalendar
from healthd.errors import ConfigError

CHINA = WorkCalendar(country="CN")
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        (date(2026, 2, 17), False, "Spring Festival"),
        (date(2026, 2, 14), True, "a Saturday that is worked for Spring Festival"),
        (date(2025, 1, 26), True, "a Sunday that is worked for Spring Festival"),
        (date(2025, 10, 8), False, "National Day's week"),
        (date(2025, 10, 11), True, "the Saturday worked for it"),
        (date(2026, 11, 25), True, "a Wednesday"),
        (date(2026, 11, 28), False, "a Saturday"),
    ],
)
def test_chinas_days_are_as_the_state_council_ordered_them(day: date, works: bool, why: str) -> None:
    assert CHINA.works(day) is works, why


def test_a_customers_own_words_win() -> None:
    own = WorkCalendar(country="CN", worked=frozenset([date(2026, 11, 28)]), free=frozenset([date(2026, 11, 25)]))
    assert own.works(date(2026, 11, 28))
    assert not own.works(date(2026, 11, 25))


def test_ten_working_days_over_a_holiday_take_longer() -> None:
    assert WorkCalendar().after(date(2025, 9, 26), 10) == date(2025, 10, 10)
    assert CHINA.after(date(2025, 9, 26), 10) == date(2025, 10, 16)


def test_a_year_without_its_make_up_workdays_is_incomplete_until_somebody_says_them() -> None:
    assert CHINA.complete(2026)
    assert not CHINA.complete(2027)
    assert WorkCalendar(country="CN", worked=frozenset([date(2027, 2, 7)])).complete(2027)
    assert WorkCalendar(country="GB").complete(2027)


def test_a_country_that_nobody_knows_is_told() -> None:
    with pytest.raises(ConfigError, match="found 'XX'"):
        WorkCalendar(country="XX").works(date(2026, 1, 1))


@given(day=days, number=st.integers(0, 30))
def test_counting_forward_and_counting_between_agree(day: date, number: int) -> None:
    end = CHINA.after(day, number)
    assert CHINA.works(end) or (number == 0 and CHINA.works(day))
    assert CHINA.between(day, end) == number + (number == 0 and end != day)


@given(day=days, first=st.integers(1, 10), second=st.integers(1, 10))
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    assert CHINA.after(CHINA.after(day, first), second) == CHINA.after(day, first + second)


@given(day=days)
def test_a_day_is_worked_or_free_and_never_both(day: date) -> None:
    assert CHINA.between(day - timedelta(days=1), day) == int(CHINA.works(day))
