"""The roster: swaps stay on record, the newest wins, and holes are found."""

from datetime import UTC, datetime, time, timedelta

import pytest

from healthd.desk import roster
from healthd.errors import NotAllowed, UnknownName
from healthd.model.tac import Duty, Person, Role, Swap, Tac

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
TAC = Tac(
    people=tuple(Person(name=name, roles=frozenset({Role.ENGINEER})) for name in ("ann", "ben")),
    duties=(Duty(role=Role.ENGINEER, people=("ann",), hours=(time(8), time(18))),),
)


def swap(*people: str, start: datetime = NOW, end: datetime = NOW + 4 * HOUR, at: datetime = NOW) -> Swap:
    return Swap(role=Role.ENGINEER, people=people, start=start, end=end, author="ann", at=at, reason="ill")


@pytest.mark.usefixtures("store")
def test_a_swap_holds_for_its_time_and_stays_on_record() -> None:
    for wanted in (swap("ben"), swap("ann", "ben", at=NOW + HOUR)):
        roster.swap(TAC, wanted, NOW)
    assert [each.people for each in roster.swaps()] == [("ben",), ("ann", "ben")]
    current = roster.current(TAC)
    assert [each.name for each in current.on_duty(Role.ENGINEER, NOW)] == ["ann", "ben"]
    assert [each.name for each in current.on_duty(Role.ENGINEER, NOW + 5 * HOUR)] == ["ann"]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "wrong",
    [swap(), swap("ben", end=NOW), swap("ben", start=NOW - 4 * HOUR, end=NOW - HOUR), swap("ben", start=NOW + HOUR, end=NOW + HOUR)],
)
def test_a_swap_that_means_nothing_is_refused(wrong: Swap) -> None:
    with pytest.raises(NotAllowed):
        roster.swap(TAC, wrong, NOW)
    assert roster.swaps() == ()


@pytest.mark.usefixtures("store")
def test_who_is_not_of_the_center_takes_no_shift() -> None:
    with pytest.raises(UnknownName, match="ann, ben"):
        roster.swap(TAC, swap("carl"), NOW)


def test_holes_are_whole_spans_by_role() -> None:
    day = datetime(2026, 11, 25, tzinfo=UTC)
    found = roster.holes(TAC, day, day + 24 * HOUR, [Role.ENGINEER])
    assert found == ((Role.ENGINEER, day, day + 8 * HOUR), (Role.ENGINEER, day + 18 * HOUR, day + 24 * HOUR))
    assert roster.holes(TAC, day, day + 24 * HOUR, [Role.SALES]) == ((Role.SALES, day, day + 24 * HOUR),)
