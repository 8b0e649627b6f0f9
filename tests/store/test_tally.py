"""The books add up over hours and windows, and a hole in them shows."""

from datetime import UTC, datetime, timedelta

from healthd.model.interval import Interval
from healthd.store import tally
from healthd.store.database import Settings

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


def test_numbers_add_up_within_an_hour_and_over_hours(store: Settings) -> None:
    tally.add(NOW, {("syslog", "in"): 5, ("syslog", "out"): 3})
    tally.add(NOW, {("syslog", "in"): 1, ("syslog", "dropped: above its rate"): 3, ("trap", "in"): 0})
    tally.add(NOW + timedelta(hours=2), {("syslog", "in"): 10, ("syslog", "out"): 10})
    assert tally.sums() == {"syslog": {"in": 16, "out": 13, "dropped: above its rate": 3}}
    assert tally.sums(Interval(NOW - timedelta(hours=1), NOW + timedelta(hours=1)))["syslog"]["in"] == 6


def test_a_hole_in_the_books_shows(store: Settings) -> None:
    assert tally.missing({"in": 10, "out": 7, "held": 1, "dropped: full": 2}) == 0
    assert tally.missing({"in": 10, "out": 7}) == 3
    assert tally.missing({"out": 2}) == -2
