"""Unknown senders are kept to be looked at, once, and within bounds."""

from datetime import UTC, datetime, timedelta

from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import events, quarantine
from healthd.store.database import Settings

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
ALL = Interval(NOW, NOW + timedelta(hours=1))


def stray(number: int, address: str = "192.0.2.1") -> Event:
    raw = b"<189>\xff\0 %d" % number
    return Event(device="", received=NOW + timedelta(seconds=number), kind="", source="udp", address=address, raw=raw)


def test_strays_are_kept_raw_and_once(store: Settings) -> None:
    assert quarantine.add([stray(1), stray(1), stray(2)]) == 2
    assert quarantine.add([stray(2)]) == 0
    assert quarantine.between(ALL) == (stray(1), stray(2))


def test_strays_are_nobodys_events(store: Settings) -> None:
    quarantine.add([stray(1)])
    assert events.between("", ALL) == ()


def test_senders_are_told_with_how_much_is_kept_of_them(store: Settings) -> None:
    quarantine.add([stray(1), stray(2), stray(3, "192.0.2.9")])
    assert [(s.address, s.kept) for s in quarantine.senders()] == [("192.0.2.9", 1), ("192.0.2.1", 2)]
    assert quarantine.between(ALL, "192.0.2.9") == (stray(3, "192.0.2.9"),)


def test_the_oldest_go_when_there_are_too_many(store: Settings) -> None:
    quarantine.add([stray(n) for n in range(10)])
    assert quarantine.bound(3) == 7
    assert quarantine.between(ALL) == (stray(7), stray(8), stray(9))
    assert quarantine.bound(3) == 0
