"""Sentences without a report around them are written for people too."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from healthd.model.phrase import say


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (timedelta(hours=1), "1 h"),
        (timedelta(days=2, hours=3, minutes=4), "2 d 3 h"),
        (timedelta(minutes=5, seconds=7, milliseconds=900), "5 min 7 s"),
        (timedelta(0), "0 s"),
        (timedelta(days=1, minutes=4), "1 d"),
        (datetime(2026, 3, 1, 12, 30, 9, tzinfo=UTC), "2026-03-01 12:30 UTC"),
        (datetime(2026, 3, 1, 12, 30, tzinfo=timezone(timedelta(hours=8))), "2026-03-01 04:30 UTC"),
        (3, "3"),
    ],
)
def test_values_are_written_for_people(value: timedelta | datetime | int, words: str) -> None:
    assert str(say("It was {value}.", value=value)) == f"It was {words}."
    assert str(say("{what}; over.", what=say("It was {value}.", value=value))) == f"It was {words}; over."
