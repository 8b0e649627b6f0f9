"""Until when a faulty part has to be back, against counting day by day, over holidays and make-up workdays."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthd.desk import returns
from healthd.desk.returns import Basis, Due, Reminder, Rule
from healthd.model.rma import Replacement, Stage, Wanted
from healthd.model.tac import SpareKind, Tac

CHINA = Tac(zone=ZoneInfo("Asia/Shanghai"), holidays="CN")
DAY = timedelta(days=1)
# State Council notices on holidays of 2025 and 2026: days off (weekends within them too), and weekend days that are worked.
FREE = {
    *(date(2025, 1, 28) + n * DAY for n in range(8)), date(2025, 4, 4), *(date(2025, 5, 1) + n * DAY for n in range(5)), date(2025, 6, 2),
    *(date(2025, 10, 1) + n * DAY for n in range(8)), date(2025, 1, 1),
    *(date(2026, 1, 1) + n * DAY for n in range(3)), *(date(2026, 2, 15) + n * DAY for n in range(9)), *(date(2026, 4, 4) + n * DAY for n in range(3)),
    *(date(2026, 5, 1) + n * DAY for n in range(5)), *(date(2026, 6, 19) + n * DAY for n in range(3)), *(date(2026, 9, 25) + n * DAY for n in range(3)),
    *(date(2026, 10, 1) + n * DAY for n in range(7)),
}  # fmt: skip
WORKED = {
    date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11),
    date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10),
}  # fmt: skip


def works(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in FREE)


def at(day: date, hour: int = 4) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def owed(received: datetime, **more: object) -> Replacement:
    wanted = Wanted(number="1-R1", case="1", customer="acme", at=received - 3 * DAY, who="x", pid="PWR-C1-715WAC", serial="BAD1")
    return Replacement(wanted=wanted, stage=Stage.RECEIVED, since=received, version=5, received=received, **more)  # type: ignore[arg-type]


def by(rule: Rule, dues: tuple[Due, ...]) -> Due:
    return next(due for due in dues if due.rule is rule)


@settings(deadline=None)
@given(st.dates(date(2025, 1, 2), date(2026, 12, 1)), st.integers(1, 20))
def test_working_days_are_those_that_the_calendar_on_the_wall_has(received: date, days: int) -> None:
    day, left = received, days
    while left:
        day += DAY
        left -= works(day)
    dues = returns.clocks(owed(at(received)), replace(CHINA, returns=days), at(received))
    assert by(Rule.PROCESS, dues) == Due(rule=Rule.PROCESS, day=day, basis=Basis.RECEIPT)


def test_ten_working_days_over_the_national_holiday_with_its_make_up_saturday() -> None:
    # Wed 30 Sep 2026 arrives; 1 to 7 October are free, Saturday 10 October is worked.
    dues = returns.clocks(owed(at(date(2026, 9, 30))), CHINA, at(date(2026, 9, 30)))
    assert by(Rule.PROCESS, dues).day == date(2026, 10, 20)
    assert by(Rule.CISCO, dues).day == date(2026, 10, 10)
    assert by(Rule.CHARGE, dues).day == date(2026, 10, 30)


def test_the_nearer_clock_leads() -> None:
    found = owed(at(date(2026, 11, 16)), ordered=at(date(2026, 11, 14)))
    assert [due.rule for due in returns.clocks(found, CHINA, at(date(2026, 11, 16)))] == [Rule.CISCO, Rule.PROCESS, Rule.CHARGE]
    told = replace(found, return_by=date(2026, 12, 20))
    assert [due.rule for due in returns.clocks(told, CHINA, at(date(2026, 11, 16)))] == [Rule.PROCESS, Rule.CHARGE, Rule.CISCO]


@pytest.mark.parametrize(
    ("more", "day", "basis"),
    [
        ({"return_by": date(2021, 11, 24), "ordered": at(date(2021, 11, 14))}, date(2021, 11, 24), Basis.TOLD),
        ({"ordered": at(date(2021, 11, 14))}, date(2021, 11, 24), Basis.ORDER),  # the one whole RMA that is known came to the same day
        ({}, date(2021, 11, 28), Basis.RECEIPT),
    ],
)
def test_ciscos_own_word_comes_before_the_order_and_that_before_the_receipt(more: dict[str, object], day: date, basis: Basis) -> None:
    due = by(Rule.CISCO, returns.clocks(owed(at(date(2021, 11, 18)), **more), Tac(), at(date(2021, 11, 18))))
    assert (due.day, due.basis) == (day, basis)


def test_no_clock_runs_before_the_good_part_has_arrived_and_none_after_the_faulty_one_went_back() -> None:
    found = replace(owed(at(date(2026, 11, 16))), received=None)
    assert (returns.clocks(found, CHINA, at(date(2027, 1, 1))), returns.running(found)) == ((), False)
    back = owed(at(date(2026, 11, 2)), returned=at(date(2026, 11, 20)))
    assert not returns.running(back)
    assert by(Rule.PROCESS, returns.clocks(back, CHINA, at(date(2027, 1, 1)))).late == 4
    assert returns.reminders(back, CHINA, at(date(2027, 1, 1))) == ()


def test_a_day_is_the_service_centers_day() -> None:
    late_evening = datetime(2026, 11, 16, 17, tzinfo=UTC)  # 01:00 on the 17th in Shanghai
    assert by(Rule.CISCO, returns.clocks(owed(late_evening), CHINA, late_evening)).day == date(2026, 11, 27)
    assert by(Rule.CISCO, returns.clocks(owed(late_evening), Tac(), late_evening)).day == date(2026, 11, 26)


def test_the_last_day_itself_is_in_time() -> None:
    found = owed(at(date(2026, 11, 16)))
    last = by(Rule.CISCO, returns.clocks(found, CHINA, at(date(2026, 11, 16)))).day
    assert by(Rule.CISCO, returns.clocks(found, CHINA, at(last, 15))).late == 0
    assert by(Rule.CISCO, returns.clocks(found, CHINA, at(last, 16))).late == 1  # midnight in Shanghai


def test_reminders_come_at_five_eight_and_ten_working_days_and_daily_when_it_is_overdue() -> None:
    found = owed(at(date(2026, 11, 2)), return_by=date(2026, 11, 18))
    assert returns.reminders(found, CHINA, at(date(2026, 11, 19))) == (
        Reminder(day=date(2026, 11, 9), number=5),
        Reminder(day=date(2026, 11, 12), number=8),
        Reminder(day=date(2026, 11, 16), number=10),
        Reminder(day=date(2026, 11, 17), overdue=1),
        Reminder(day=date(2026, 11, 18), overdue=2),
        Reminder(day=date(2026, 11, 19), overdue=3),
    )


@settings(deadline=None)
@given(st.dates(date(2025, 1, 2), date(2026, 10, 1)), st.integers(0, 60), st.none() | st.integers(-5, 40))
def test_reminders_are_told_once_a_day_and_none_is_forgotten_over_a_standstill(received: date, passed: int, told: int | None) -> None:
    found = owed(at(received), return_by=None if told is None else received + told * DAY)
    now = received + passed * DAY
    known = returns.reminders(found, CHINA, at(now))
    assert [each.day for each in known] == sorted({each.day for each in known})
    assert all(each.day <= now for each in known)
    step_by_step = {each for n in range(passed + 1) for each in returns.reminders(found, CHINA, at(received + n * DAY))}
    assert set(known) == step_by_step
    lead = returns.leading(found, CHINA, at(now))
    assert lead is not None
    assert sum(1 for each in known if each.overdue) == max(0, (now - lead.day).days)


def test_what_cisco_may_charge_is_summed_and_what_has_no_price_is_counted() -> None:
    kinds = [SpareKind(pid="PWR-C1-715WAC=", price=1200)]
    one = owed(at(date(2026, 11, 2)))
    other = replace(one, wanted=replace(one.wanted, pid="X"))
    back = replace(one, returned=at(date(2026, 11, 5)))
    risk = returns.at_risk([one, one, other, back], kinds)
    assert (risk.parts, risk.price, risk.unpriced) == (3, 2400, 1)
