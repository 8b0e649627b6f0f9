"""The roster: who is on duty, by weekday, hour and season, and when somebody has swapped."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from healthd.model.case import Priority
from healthd.model.tac import Duty, Person, Promise, Role, Swap, Tac

SHANGHAI = ZoneInfo("Asia/Shanghai")
ANN, BEN, CHU = (Person(name=name) for name in ("ann", "ben", "chu"))
TAC = Tac(
    zone=SHANGHAI,
    people=(ANN, BEN, CHU),
    duties=(
        Duty(role=Role.HOTLINE, people=("ann", "ben"), weekdays=frozenset(range(5)), hours=(time(8), time(18))),
        Duty(role=Role.HOTLINE, people=("chu",), hours=(time(18), time(8)), last=date(2026, 11, 30)),
    ),
)


def on_duty(*local: int, tac: Tac = TAC) -> list[str]:
    return [each.name for each in tac.on_duty(Role.HOTLINE, datetime(*local, tzinfo=SHANGHAI).astimezone(UTC))]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("local", "people"),
    [
        ((2026, 11, 25, 8, 0), ["ann", "ben"]),
        ((2026, 11, 25, 17, 59), ["ann", "ben"]),
        ((2026, 11, 25, 18, 0), ["chu"]),
        ((2026, 11, 26, 7, 59), ["chu"]),
        ((2026, 11, 28, 12, 0), []),  # a Saturday
        ((2026, 12, 1, 7, 0), ["chu"]),  # the night that began on the last day
        ((2026, 12, 1, 19, 0), []),
    ],
)
def test_who_is_on_duty_by_day_and_hour(local: tuple[int, ...], people: list[str]) -> None:
    assert on_duty(*local) == people


def test_the_newest_swap_wins_while_it_lasts() -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=SHANGHAI)
    word = {"role": Role.HOTLINE, "start": noon, "end": noon + timedelta(hours=4), "author": "ann"}
    swaps = (Swap(people=("chu",), at=noon - timedelta(days=1), **word), Swap(people=("ben",), at=noon - timedelta(hours=1), **word))
    tac = Tac(zone=TAC.zone, people=TAC.people, duties=TAC.duties, swaps=swaps)
    assert on_duty(2026, 11, 25, 12, 0, tac=tac) == ["ben"]
    assert on_duty(2026, 11, 25, 16, 0, tac=tac) == ["ann", "ben"]


def test_a_contract_level_promises_otherwise_only_what_it_names() -> None:
    quick = Promise(response=timedelta(minutes=5))
    tac = Tac(levels={"7x24x2": {Priority.P1: quick}})
    assert tac.promised(Priority.P1, "7x24x2") == quick
    assert tac.promised(Priority.P2, "7x24x2") == tac.promised(Priority.P2) == tac.promises[Priority.P2]
