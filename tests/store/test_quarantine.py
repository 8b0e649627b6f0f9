"""Unknown senders are kept to be looked at, once, and within bounds."""

from datetime import UTC, datetime, timedelta

from healthd.store import quarantine
from healthd.store.database import Settings
from healthd.store.quarantine import Stray

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


def stray(number: int, address: str = "192.0.2.1") -> Stray:
    return Stray(received=NOW + timedelta(seconds=number), listener="udp", address=address, raw=b"<189>\xff\0 %d" % number)


def test_strays_are_kept_raw_and_once(store: Settings) -> None:
    assert quarantine.add([stray(1), stray(1), stray(2)]) == 2
    assert quarantine.add([stray(2)]) == 0
    assert quarantine.of("192.0.2.1") == (stray(2), stray(1))


def test_senders_are_told_with_how_much_is_kept_of_them(store: Settings) -> None:
    quarantine.add([stray(1), stray(2), stray(3, "192.0.2.9")])
    assert [(s.address, s.kept) for s in quarantine.senders()] == [("192.0.2.9", 1), ("192.0.2.1", 2)]


def test_the_oldest_go_when_there_are_too_many(store: Settings) -> None:
    quarantine.add([stray(n) for n in range(10)])
    assert quarantine.bound(3) == 7
    assert quarantine.of("192.0.2.1") == (stray(9), stray(8), stray(7))
    assert quarantine.bound(3) == 0
