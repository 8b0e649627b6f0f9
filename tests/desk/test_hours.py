"""Service hours over a year with both clock changes: what counts, and when a promise runs out, against a minute-by-minute oracle."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthd.calendars import WorkCalendar
from healthd.desk import hours as hours_
from healthd.desk.hours import Hours
from healthd.model.device import Contract, Customer
from healthd.model.interval import Interval
from healthd.model.tac import Tac

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = {"Europe/London": "GB", "America/New_York": "US", "Asia/Shanghai": "CN", "Australia/Lord_Howe": "AU", "America/Santiago": "CL"}
"""Both hemispheres, none, half an hour, and one whose clocks jump at midnight."""
WEEK = frozenset(range(5))
YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))

zones = st.sampled_from(sorted(ZONES))
clock = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
minutes = st.integers(0, int((YEAR[1] - YEAR[0]) / MINUTE)).map(lambda n: YEAR[0] + n * MINUTE)


@st.composite
def served(draw: st.DrawFn, *, over_midnight: bool = True) -> Hours:
    zone = draw(zones)
    opens, closes = draw(clock), draw(clock)
    if not over_midnight and closes <= opens:
        opens, closes = time(8), time(18)
    return Hours(
        zone=ZoneInfo(zone),
        opens=opens,
        closes=closes,
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        calendar=WorkCalendar(country=draw(st.sampled_from(["", ZONES[zone]]))),
    )


@st.composite
def spans(draw: st.DrawFn, days: int = 12) -> Interval:
    start = draw(minutes)
    return Interval(start, start + draw(st.integers(0, days * 1440)) * MINUTE)


@st.composite
def stops(draw: st.DrawFn) -> tuple[Interval, ...]:
    return tuple(draw(st.lists(spans(days=3), max_size=3)))


@cache
def _day(hours: Hours, day: date) -> bool:
    """Say once more, in other words than the code's, whether *day* is served."""
    calendar, weekday = hours.calendar, day.weekday()
    if len(hours.weekdays) == 7:
        return True
    weekend_worked = weekday >= 5 and calendar.works(day)
    public = weekday < 5 and not calendar.works(day)
    if weekday >= 5 and not weekend_worked and calendar.country:
        # What a holiday on a Saturday is: the same calendar with that day's weekday forgotten.
        public = calendar.holiday(day)
    return weekend_worked or (weekday in hours.weekdays and not public)


def counts(hours: Hours, moment: datetime) -> bool:
    """Look at the wall clock, as a person would: is it served in this minute?"""
    local = moment.astimezone(hours.zone)
    wall, today, yesterday = local.time(), local.date(), local.date() - DAY
    if hours.opens < hours.closes:
        return _day(hours, today) and hours.opens <= wall < hours.closes
    return (_day(hours, today) and wall >= hours.opens) or (_day(hours, yesterday) and wall < hours.closes)


def oracle(hours: Hours, window: Interval, pauses: tuple[Interval, ...] = ()) -> timedelta:
    total, at = timedelta(0), window.start
    while at < window.end:
        if counts(hours, at) and not any(at in pause for pause in pauses):
            total += MINUTE
        at += MINUTE
    return total


def unambiguous(hours: Hours) -> bool:
    """Does it neither open nor close in an hour that the clocks show twice or not at all? Then a wall clock says all."""
    return all(time(3) <= each < time(23) for each in (hours.opens, hours.closes))


@settings(deadline=None, max_examples=150)
@given(hours=served().filter(unambiguous), window=spans(days=2), pauses=stops())
def test_worked_time_is_what_a_wall_clock_counts_minute_by_minute(hours: Hours, window: Interval, pauses: tuple[Interval, ...]) -> None:
    assert hours.worked(window, pauses) == oracle(hours, window, pauses)


@pytest.mark.parametrize("zone", sorted(ZONES))
def test_around_both_clock_changes_too_the_wall_clock_agrees(zone: str) -> None:
    hours = Hours(zone=ZoneInfo(zone), opens=time(8), closes=time(18), weekdays=WEEK, calendar=WorkCalendar(country=ZONES[zone]))
    changes = [at for at in (YEAR[0] + n * HOUR for n in range(8760)) if _offset(zone, at) != _offset(zone, at + HOUR)]
    assert len(changes) == (0 if zone == "Asia/Shanghai" else 2)
    for at in changes:
        window = Interval(at - 2 * DAY, at + 3 * DAY)
        assert hours.worked(window) == oracle(hours, window)


def _offset(zone: str, at: datetime) -> timedelta | None:
    return at.astimezone(ZoneInfo(zone)).utcoffset()


@settings(deadline=None, max_examples=200)
@given(hours=served(), start=minutes, promise=st.integers(1, 60 * 100).map(lambda n: n * MINUTE), pauses=stops())
def test_between_the_start_and_the_due_time_lies_exactly_the_promise(
    hours: Hours, start: datetime, promise: timedelta, pauses: tuple[Interval, ...]
) -> None:
    due = hours.due(start, promise, pauses)
    assert hours.worked(Interval(start, due), pauses) == promise
    assert hours.worked(Interval(start, due - timedelta(seconds=1)), pauses) == promise - timedelta(seconds=1)


@settings(deadline=None, max_examples=150)
@given(hours=served(), start=minutes, promise=st.integers(1, 60 * 60).map(lambda n: n * MINUTE))
def test_a_due_time_lies_inside_service_hours_or_at_their_end(hours: Hours, start: datetime, promise: timedelta) -> None:
    due = hours.due(start, promise)
    just_before = due - timedelta(seconds=1)
    assert hours.worked(Interval(just_before, due)) == timedelta(seconds=1)


@settings(deadline=None, max_examples=150)
@given(hours=served(), window=spans(), cut=st.floats(0, 1), pauses=stops())
def test_a_span_cut_in_two_adds_up(hours: Hours, window: Interval, cut: float, pauses: tuple[Interval, ...]) -> None:
    middle = window.start + timedelta(seconds=int(window.length.total_seconds() * cut))
    first, second = Interval(window.start, middle), Interval(middle, window.end)
    assert hours.worked(first, pauses) + hours.worked(second, pauses) == hours.worked(window, pauses)


@settings(deadline=None, max_examples=150)
@given(hours=served(), start=minutes, promise=st.integers(1, 60 * 40).map(lambda n: n * MINUTE), pauses=stops(), more=spans(days=3))
def test_a_pause_never_makes_anything_due_earlier(
    hours: Hours, start: datetime, promise: timedelta, pauses: tuple[Interval, ...], more: Interval
) -> None:
    assert hours.due(start, promise, (*pauses, more)) >= hours.due(start, promise, pauses)


@settings(deadline=None, max_examples=100)
@given(
    hours=served(),
    start=minutes,
    later=st.integers(0, 20_000).map(lambda n: n * MINUTE),
    promise=st.integers(1, 2400).map(lambda n: n * MINUTE),
)
def test_who_starts_later_is_not_due_earlier(hours: Hours, start: datetime, later: timedelta, promise: timedelta) -> None:
    assert hours.due(start + later, promise) >= hours.due(start, promise)


@settings(deadline=None, max_examples=100)
@given(zone=zones, window=spans())
@example(zone="America/Santiago", window=Interval(datetime(2026, 9, 5, tzinfo=UTC), datetime(2026, 9, 8, tzinfo=UTC)))
@example(zone="Australia/Lord_Howe", window=Interval(datetime(2026, 4, 4, tzinfo=UTC), datetime(2026, 4, 6, tzinfo=UTC)))
def test_round_the_clock_every_second_counts_also_where_clocks_change_at_midnight(zone: str, window: Interval) -> None:
    assert hours_.always(ZoneInfo(zone)).worked(window) == window.length


@pytest.mark.parametrize(
    ("zone", "hours", "day", "length", "why"),
    [
        ("America/New_York", (time(0), time(0)), date(2026, 3, 8), 23 * HOUR, "an hour is missing in spring"),
        ("America/New_York", (time(0), time(0)), date(2026, 11, 1), 25 * HOUR, "an hour is twice in autumn"),
        ("Australia/Lord_Howe", (time(0), time(0)), date(2026, 10, 4), 23.5 * HOUR, "their summer time is half an hour"),
        ("Australia/Lord_Howe", (time(0), time(0)), date(2026, 4, 5), 24.5 * HOUR, "and so is its end"),
        ("America/New_York", (time(2, 30), time(10)), date(2026, 3, 8), 7 * HOUR, "02:30 does not exist: it opens at the jump, 03:00"),
        ("America/New_York", (time(1, 30), time(10)), date(2026, 11, 1), 9.5 * HOUR, "01:30 is twice: it opens at the first"),
        ("Europe/London", (time(22), time(6)), date(2026, 3, 28), 7 * HOUR, "the night of the change is an hour shorter"),
        ("Asia/Shanghai", (time(22), time(6)), date(2026, 3, 28), 8 * HOUR, "no change there"),
        ("America/Santiago", (time(0), time(12)), date(2026, 9, 6), 11 * HOUR, "midnight does not exist: the day begins at 01:00"),
    ],
)
def test_days_on_which_the_clocks_change_have_their_true_length(
    zone: str, hours: tuple[time, time], day: date, length: timedelta, why: str
) -> None:
    served = Hours(zone=ZoneInfo(zone), opens=hours[0], closes=hours[1], weekdays=frozenset({day.weekday()}))
    noon = datetime.combine(day, time(12), UTC)
    assert served.worked(Interval(noon - 2 * DAY, noon + 2 * DAY)) == length, why


def test_holidays_are_free_unless_service_is_on_all_days_and_make_up_workdays_are_worked() -> None:
    china = WorkCalendar(country="CN")
    office = Hours(zone=ZoneInfo("Asia/Shanghai"), opens=time(9), closes=time(18), weekdays=WEEK, calendar=china)
    daily = Hours(zone=ZoneInfo("Asia/Shanghai"), opens=time(9), closes=time(18), calendar=china)
    assert not office.serves(date(2026, 2, 17))
    assert daily.serves(date(2026, 2, 17))
    assert office.serves(date(2026, 2, 14)), "a Saturday worked for Spring Festival"
    six_days = Hours(zone=ZoneInfo("Asia/Shanghai"), opens=time(9), closes=time(18), weekdays=frozenset(range(6)), calendar=china)
    assert six_days.serves(date(2026, 11, 28)), "a Saturday that the contract serves"
    assert not six_days.serves(date(2026, 10, 3)), "a Saturday that is National Day's third"


def test_a_customers_own_words_win_over_the_calendar() -> None:
    said = WorkCalendar(country="GB", worked=frozenset({date(2026, 12, 25)}), free=frozenset({date(2026, 12, 24)}))
    hours = Hours(zone=ZoneInfo("Europe/London"), opens=time(9), closes=time(17), weekdays=WEEK, calendar=said)
    assert [hours.serves(date(2026, 12, day)) for day in (23, 24, 25)] == [True, False, True]


def test_no_time_at_all_is_due_at_once_and_service_that_never_comes_is_told() -> None:
    hours = Hours(zone=ZoneInfo("UTC"), opens=time(9), closes=time(17), weekdays=WEEK)
    sunday = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert hours.due(sunday, timedelta(0)) == sunday
    with pytest.raises(ValueError, match="need a weekday"):
        Hours(zone=ZoneInfo("UTC"), weekdays=frozenset())
    with pytest.raises(ValueError, match="do not pass within ten years"):
        hours.due(sunday, 100_000 * HOUR)


def test_a_contract_says_the_hours_in_its_customers_zone() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    contract = Contract(number="C", level="5x8", hours=(time(9), time(17)), weekdays=WEEK)
    customer = Customer(code="acme", title="Acme", zone=zone, contract=contract, holidays="CN", free=(date(2026, 3, 2),))
    hours = hours_.of(customer, Tac())
    assert hours == Hours(
        zone=zone, opens=time(9), closes=time(17), weekdays=WEEK, calendar=WorkCalendar(country="CN", free=frozenset({date(2026, 3, 2)}))
    )
    nobodys = hours_.of(None, Tac(zone=zone))
    assert (nobodys.zone, nobodys.worked(Interval(YEAR[0], YEAR[0] + DAY))) == (zone, DAY)
