"""What people said is kept with who and when; taken back it counts no more and stays to be read."""

from datetime import UTC, datetime, timedelta

import pytest

from healthd.errors import UnknownName
from healthd.model.availability import Reclassification, State, Transition
from healthd.model.interval import Interval
from healthd.store import agreements, states
from healthd.store.database import Settings

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(START, START + timedelta(days=1))


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def word(device: str = "r1", start: float = 60, end: float = 120, entered: float = 0, author: str = "li") -> Reclassification:
    return Reclassification(
        device=device, interval=Interval(at(start), at(end)), state=State.MAINTENANCE, author=author, reason="CHG-1", entered=at(entered)
    )


def shown(device: str = "r1") -> list[str]:
    return [s.state.value for s in states.spans("acme", device, DAY)]


def test_the_same_word_again_is_kept_once_and_nothing_overwrites_it(store: Settings) -> None:
    for author in ("li", "wang"):
        agreements.enter("acme", [word(author=author)])
    assert [(e.author, e.devices) for e in agreements.entered("acme")] == [("li", ("r1",))]


def test_what_was_entered_for_many_devices_is_one_entry(store: Settings) -> None:
    agreements.enter("acme", [word("r2"), word("r1"), word("r1", 500, 600)])
    first, second = agreements.entered("acme")
    assert (first.devices, second.devices) == (("r1", "r2"), ("r1",))
    assert agreements.entered("other") == ()


def test_what_is_taken_back_counts_no_more_and_says_by_whom_and_why(store: Settings) -> None:
    states.add("acme", [Transition(device=name, at=at(-1), state=State.DOWN) for name in ("r1", "r2")])
    agreements.enter("acme", [word("r1"), word("r2")])
    assert shown("r2") == ["down", "maintenance", "down"]
    (entry,) = agreements.entered("acme")
    for author in ("zhao", "later"):
        agreements.withdraw("acme", entry.number, author=author, reason="cancelled", at=at(30))
    assert shown("r1") == shown("r2") == ["down"]
    (entry,) = agreements.entered("acme")
    assert (entry.author, entry.withdrawn_by, entry.withdrawn_why, entry.withdrawn) == ("li", "zhao", "cancelled", at(30))


def test_a_number_nobody_entered_is_refused_with_those_there_are(store: Settings) -> None:
    agreements.enter("acme", [word()])
    with pytest.raises(UnknownName, match="unknown entry '999'"):
        agreements.withdraw("acme", 999, author="li", reason="x", at=at(0))


def test_another_customers_entry_cannot_be_taken_back(store: Settings) -> None:
    agreements.enter("acme", [word()])
    (entry,) = agreements.entered("acme")
    agreements.enter("other", [word(start=0)])
    with pytest.raises(UnknownName):
        agreements.withdraw("other", entry.number, author="li", reason="x", at=at(0))
