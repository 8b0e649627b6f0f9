"""When something happened, by the device's clock and by ours."""

from datetime import UTC, datetime, timedelta

import pytest

from healthd.model.event import Event

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "at", "happened"),
    [
        ("cli", NOW - timedelta(hours=3), NOW - timedelta(hours=3)),
        ("clog", None, NOW),
        ("cli", NOW + timedelta(days=10), NOW),
        ("udp", NOW - timedelta(hours=3), NOW),
    ],
)
def test_what_was_asked_for_is_as_old_as_it_says_and_nothing_is_of_the_future(source: str, at: datetime | None, happened: datetime) -> None:
    assert Event(device="sw1", received=NOW, at=at, kind="", source=source).happened == happened
