"""Events are kept once, in order, and changes of state are found quickly."""

from datetime import UTC, datetime, timedelta

from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import events
from healthd.store._ready import connection
from healthd.store.database import Settings

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(START, START + timedelta(days=1))


def line(second: int, **more: object) -> Event:
    said = {
        "device": "r1",
        "received": START + timedelta(seconds=second),
        "kind": "log",
        "source": "udp",
        "text": "x \0 \udc80",
        "raw": b"\0\xff",
    }
    return Event(**(said | more))


def test_events_come_back_in_order_and_once(store: Settings) -> None:
    sent = [line(n, sequence=n % 3) for n in (5, 1, 3, 1)]
    assert events.add("acme", sent) == 3
    assert events.add("acme", sent) == 0
    assert events.between("acme", DAY) == (line(1, sequence=1), line(3, sequence=0), line(5, sequence=2))


def test_lines_that_differ_in_anything_are_two(store: Settings) -> None:
    assert events.add("acme", [line(1), line(1, raw=b"other"), line(1, device="r2"), line(1, address="1.1.1.1")]) == 4


def test_only_the_asked_devices_window_and_kind_of_event(store: Settings) -> None:
    down = line(2, kind="device.down", before="up", after="down")
    events.add("acme", [line(1), down, line(3, device="r2"), line(90000)])
    assert events.between("acme", DAY, ["r1"]) == (line(1), down)
    assert events.between("acme", DAY, changes=True) == (down,)
    assert events.between("acme", DAY, ["r9"]) == ()
    assert events.between("other", DAY) == ()


def test_changes_of_one_device_are_read_through_their_own_index(sqlite_store: Settings) -> None:
    text = 'SELECT * FROM store_event WHERE customer = 1 AND device = 1 AND "change" AND received >= 1 AND received < 9 ORDER BY received'
    with connection.cursor() as cursor:
        plan = " ".join(str(row) for row in cursor.execute(f"EXPLAIN QUERY PLAN {text}"))
    assert "store_event_change" in plan


def test_which_events_are_kept_is_known_by_device_class_and_moment(store: Settings) -> None:
    down, other = line(2, kind="device.down", before="up", after="down"), line(2, kind="device.up", device="r2")
    events.add("acme", [line(2), down, other, line(3, kind="device.down")])
    events.add("else", [line(2, kind="device.down", device="r3")])
    found = events.kept("acme", ["device.down", "device.up"], [down.received])
    assert found == {("r1", "device.down", down.received), ("r2", "device.up", down.received)}
    assert events.kept("acme", ["device.down"], []) == events.kept("nobody", ["device.down"], [down.received]) == frozenset()
