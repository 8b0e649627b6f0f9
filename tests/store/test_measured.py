"""A span holds a measurement when a device answered in it; a try without an answer is none."""

from datetime import UTC, datetime, timedelta

from healthd.model.interval import Interval
from healthd.model.poll import Poll, Sweep
from healthd.store import polls, sweeps
from healthd.store.database import Settings
from healthd.store.measured import measured

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def test_days_with_an_answer_are_told_and_no_others(store: Settings) -> None:
    days = [Interval(START + DAY * n, START + DAY * (n + 1)) for n in range(4)]
    assert measured("acme", days) == ()
    polls.add("acme", Poll(device="r1", at=START, up=True))
    sweeps.add("acme", [Sweep(device="r1", at=START + DAY * 2 - timedelta(seconds=1), values=(), up=False, reason="no answer")])
    sweeps.add("acme", [Sweep(device="r1", at=START + DAY * 3, values=())])
    assert measured("acme", days) == (days[0], days[3]), "spans are half-open"
    assert measured("other", days) == ()
