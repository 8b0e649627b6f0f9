"""Work is done once for each period, and what is owed can be computed after any downtime."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from healthd.schedule import Every, Schedule, due
from healthd.store import runs
from healthd.store.database import Settings

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAILY = Schedule(customer="acme", kind="daily", every=Every.DAY, at=time(6, 30), zone=ZoneInfo("Asia/Shanghai"))


def owed(now: datetime) -> list[str]:
    return [each.key for each in due(DAILY, runs.done("acme", "daily"), runs.since("acme", "daily", START), now)]


def test_nothing_is_owed_for_the_time_before_the_beginning(store: Settings) -> None:
    assert runs.began("acme", "daily") is None
    assert owed(START) == []
    assert runs.began("acme", "daily") == START
    assert owed(START + timedelta(days=1)) == ["2026-03-02"]


def test_a_week_of_downtime_owes_every_day_once(store: Settings) -> None:
    owed(START)
    later = START + timedelta(days=7)
    days = owed(later)
    assert len(days) == 7
    for day in days:
        assert runs.begin("acme", "daily", day, later) == 1
        assert runs.finish("acme", "daily", day, later, "sent")
    assert owed(later) == []


def test_what_is_finished_is_finished_once(store: Settings) -> None:
    assert runs.finish("acme", "daily", "2026-03-02", START)
    assert not runs.finish("acme", "daily", "2026-03-02", START)


def test_work_that_failed_is_still_owed_with_its_reason(store: Settings) -> None:
    runs.since("acme", "daily", START)
    later = START + timedelta(days=1)
    runs.begin("acme", "daily", "2026-03-02", later)
    runs.fail("acme", "daily", "2026-03-02", "disk full")
    assert runs.begin("acme", "daily", "2026-03-02", later) == 2
    assert runs.unfinished("acme", "daily") == {"2026-03-02": (2, "disk full")}
    assert owed(later) == ["2026-03-02"]


def test_customers_and_kinds_do_not_mix(store: Settings) -> None:
    runs.finish("acme", "daily", "2026-03-02", START)
    assert runs.done("hdzz", "daily") == frozenset()
    assert runs.done("acme", "quarterly") == frozenset()
