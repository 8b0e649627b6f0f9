"""What a log buffer held is kept by device and way, and only the newest."""

from datetime import UTC, datetime, timedelta

from healthd.store import remembered
from healthd.store.database import Settings
from healthd.store.remembered import Buffer

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_the_newest_buffer_of_each_way_comes_back_as_it_was(store: Settings) -> None:
    assert remembered.last("acme", "sw1", "cli") is None
    first = Buffer(at=NOW, way="cli", marks=(b"12345678", b"\0" * 8, b"12345678"))
    later = Buffer(at=NOW + timedelta(days=9), way="cli", marks=())
    other = Buffer(at=NOW, way="clog", marks=(b"abcdefgh",))
    for buffer in (first, other):
        remembered.keep("acme", "sw1", buffer)
    assert (remembered.last("acme", "sw1", "cli"), remembered.last("acme", "sw1", "clog")) == (first, other)
    remembered.keep("acme", "sw1", later)
    assert remembered.last("acme", "sw1", "cli") == later
    assert remembered.last("acme", "sw2", "cli") is None
    assert remembered.last("other", "sw1", "cli") is None
