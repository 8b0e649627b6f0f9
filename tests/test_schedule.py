"""Every period is due once: through both clock changes, leap days, week 53, downtime and jumps of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.schedule import Every, Schedule, due, due_at, instant, next_due, period

ZONES = [ZoneInfo(z) for z in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "UTC")]
TIMES = [
    (Every.DAY, time(2, 30)),
    (Every.DAY, time(0)),
    (Every.DAY, time(6, 30)),
    (Every.DAY, time(23, 59)),
    (Every.WEEK, time(2, 30)),
    (Every.WEEK, time(0)),
    (Every.MONTH, time(2, 15)),
    (Every.MONTH, time(0)),
    (Every.QUARTER, time(2, 30)),
    (Every.QUARTER, time(8)),
]
START = datetime(2027, 12, 25, tzinfo=UTC)  # through the leap year 2028 and both clock changes twice


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize(("every", "at"), TIMES, ids=str)
def test_two_years_of_ticks_miss_nothing_and_double_nothing(zone: ZoneInfo, every: Every, at: time) -> None:
    schedule = Schedule(customer="acme", kind="report", every=every, at=at, zone=zone)
    done: list[str] = []
    periods = []
    now = START
    while now < START + timedelta(days=731):
        for each in due(schedule, done[-12:], max(START, now - timedelta(days=9)), now):
            done.append(each.key)
            periods.append(each)
        now += timedelta(hours=5, minutes=37)  # ticks fall anywhere
    assert len(set(done)) == len(done)
    assert all(a.after == b.first for a, b in pairwise(periods))
    assert all(a.interval.end == b.interval.start for a, b in pairwise(periods))
    assert len(done) >= {Every.DAY: 729, Every.WEEK: 104, Every.MONTH: 23, Every.QUARTER: 7}[every]


def test_a_time_that_is_skipped_is_the_next_that_exists_and_a_doubled_one_its_first() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert instant(date(2026, 3, 29), time(2, 30), berlin) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert instant(date(2026, 10, 25), time(2, 30), berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, hours: int) -> None:
    assert period(Every.DAY, day, ZoneInfo("Europe/Berlin")).interval.length == timedelta(hours=hours)


def test_seven_days_of_downtime_give_every_report_once_with_its_own_period() -> None:
    schedule = Schedule(customer="acme", kind="daily", every=Every.DAY, at=time(6, 30), zone=ZoneInfo("Asia/Shanghai"))
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    keys = [each.key for each in due(schedule, {"2026-11-16"}, now - timedelta(days=8), now)]
    assert keys == [f"2026-11-{day}" for day in range(17, 24)]


@given(st.sampled_from(ZONES), st.sampled_from(TIMES), st.integers(0, 3), st.integers(0, 3 * 365 * 24 * 60))
def test_what_is_next_due_is_not_due_before_and_due_then(zone: ZoneInfo, kind: tuple[Every, time], lag: int, minute: int) -> None:
    schedule = Schedule(customer="a", kind="k", every=kind[0], at=kind[1], zone=zone, lag=lag)
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    then = next_due(schedule, now)
    assert then > now
    assert not list(due(schedule, (), now, then - timedelta(microseconds=1)))
    (found,) = due(schedule, (), now, then)
    assert due_at(schedule, found) == then


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(list(Every)))
def test_every_day_lies_in_exactly_one_period(day: date, every: Every) -> None:
    found = period(every, day, ZoneInfo("UTC"))
    assert found.first <= day < found.after
    assert period(every, found.first, found.zone) == period(every, found.after - timedelta(days=1), found.zone) == found
    assert period(every, found.after, found.zone).key != found.key
