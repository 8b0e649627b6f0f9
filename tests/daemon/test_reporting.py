"""Reports are made once for each day, through days off, jumps of the clock and both clock changes; mail goes to who wants it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from healthd.daemon.reporting import DAILY, Post, Reporting, recipients
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.model.device import Contact, Customer
from healthd.model.report import Report, Status
from healthd.reports import daily
from healthd.reports.gather import Past, day_window, gather, month_window
from healthd.store import outbox, runs
from healthd.store.database import Settings
from healthd.store.history import history

BERLIN = ZoneInfo("Europe/Berlin")
ACME = Customer(code="acme", title="ACME", zone=BERLIN, report_time=time(2, 30), contacts=(Contact(name="Li", email="li@example.com"),))


@dataclass
class Office:
    """A reporting part with a clock that we move, over a store without any device."""

    folder: Path
    at: datetime
    customer: Customer = ACME
    writer: Writer = field(default_factory=Writer)
    part: Reporting = field(init=False)

    def __post_init__(self) -> None:
        self.part = Reporting(
            customers=[self.customer], make=self.made, folder=self.folder, post=Post(channel="mail", domain="example.com"),
            writer=self.writer, watch=Watch(now=lambda: self.at), now=lambda: self.at,
        )  # fmt: skip

    def made(self, who: Customer, day: date, now: datetime) -> Report:
        window = day_window(who, day, now)
        month = history(who, [], month_window(who, day, window))
        return daily.report(gather(Past(customer=who, day=history(who, [], window), month=month), now))

    def turn(self, at: datetime) -> list[str]:
        """Let the office work at *at*; return the days whose reports are made."""
        self.at = at
        asyncio.run(self.part.turn())
        return sorted(runs.done("acme", DAILY))


@pytest.fixture
def office(tmp_path: Path, sqlite_store: Settings) -> Iterator[Office]:
    made = Office(tmp_path, datetime(2026, 3, 27, 12, tzinfo=UTC))
    made.turn(made.at)
    yield made
    made.writer.close()


def keys() -> list[str]:
    return sorted(each.key for each in outbox.listed())


def test_a_report_is_made_when_it_is_due_and_mailed_once(office: Office) -> None:
    assert office.turn(datetime(2026, 3, 28, 1, 29, tzinfo=UTC)) == []
    assert office.turn(datetime(2026, 3, 28, 1, 30, tzinfo=UTC)) == ["2026-03-27"]
    assert office.turn(datetime(2026, 3, 28, 5, tzinfo=UTC)) == ["2026-03-27"]
    assert len(keys()) == 1
    (message,) = (each.message for each in outbox.listed())
    assert message.list_id == "daily.acme.example.com"
    assert message.attachments[0].data.startswith(b"%PDF")


def test_after_days_off_every_day_is_made_once_for_its_own_period(office: Office) -> None:
    days = office.turn(datetime(2026, 4, 1, 12, tzinfo=UTC))
    assert days == [f"2026-03-{day}" for day in range(27, 32)]
    assert len(keys()) == len(set(keys())) == 5


def test_a_clock_that_jumps_back_makes_nothing_twice(office: Office) -> None:
    first = office.turn(datetime(2026, 3, 28, 2, tzinfo=UTC))
    assert office.turn(datetime(2026, 3, 28, 0, tzinfo=UTC)) == first
    assert office.turn(datetime(2026, 3, 28, 2, 30, tzinfo=UTC)) == first
    assert len(keys()) == 1


def test_a_clock_that_jumps_ahead_leaves_nothing_out(office: Office) -> None:
    office.turn(datetime(2026, 3, 28, 1, 0, tzinfo=UTC))
    assert office.turn(datetime(2026, 3, 28, 3, 0, tzinfo=UTC)) == ["2026-03-27"]


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        # 02:30 does not exist on 29 March 2026 in Berlin: the next minute that does is 03:00, which is 01:00 UTC.
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), ["2026-03-27", "2026-03-28"]),
    ],
)
def test_the_clock_change_in_spring_delays_a_report_and_loses_none(
    office: Office, before: datetime, after: datetime, days: list[str]
) -> None:
    assert office.turn(before) == days[:1]
    assert office.turn(after) == days


def test_the_clock_change_in_autumn_makes_one_report_and_not_two(tmp_path: Path, sqlite_store: Settings) -> None:
    office = Office(tmp_path, datetime(2026, 10, 24, 12, tzinfo=UTC))
    office.turn(office.at)
    # 02:30 comes twice on 25 October 2026 in Berlin: 00:30 and 01:30 UTC.
    assert office.turn(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == ["2026-10-24"]
    assert office.turn(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == ["2026-10-24"]
    assert len(keys()) == 1
    office.writer.close()


def test_a_report_that_cannot_be_made_is_owed_and_the_others_are_made(tmp_path: Path, sqlite_store: Settings) -> None:
    blocked = tmp_path / "reports"
    blocked.write_text("a file where the folder should be")
    office = Office(blocked, datetime(2026, 3, 27, 12, tzinfo=UTC))
    office.turn(office.at)
    due = datetime(2026, 3, 28, 2, tzinfo=UTC)
    assert office.turn(due) == []
    assert list(runs.unfinished("acme", DAILY)) == ["2026-03-27"]
    blocked.unlink()
    assert office.turn(due + timedelta(minutes=1)) == [], "not again at once"
    assert office.turn(due + timedelta(minutes=5)) == ["2026-03-27"]
    office.writer.close()


def test_people_get_what_they_asked_for() -> None:
    wishes = {"a": "daily", "b": "exceptions", "c": "none"}
    who = replace(ACME, contacts=tuple(Contact(name=n, email=f"{n}@example.com", reports=wish) for n, wish in wishes.items()))
    assert [c.name for c in recipients(who, Status.NORMAL)] == ["a"]
    assert [c.name for c in recipients(who, Status.UNKNOWN)] == ["a", "b"]
