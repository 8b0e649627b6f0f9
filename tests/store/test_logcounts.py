"""Lines of logs are counted once, by the hour, and weeks of them are read without the events."""

import threading
from datetime import UTC, datetime, timedelta

from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import events, logcounts
from healthd.store._ready import connection, connections
from healthd.store.database import Settings

START = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = [Interval(START + timedelta(days=n), START + timedelta(days=n + 1)) for n in range(3)]


def line(hour: float, **more: object) -> Event:
    said = {
        "device": "r1",
        "received": START + timedelta(hours=hour),
        "kind": "interface.down",
        "source": "udp",
        "facility": "LINK",
        "mnemonic": "UPDOWN",
        "severity": 3,
    }
    return Event(**(said | more))


def test_a_day_has_the_lines_that_came_on_it_by_message_and_severity(store: Settings) -> None:
    events.add("acme", [line(1), line(2), line(2.5, severity=5), line(23.99, mnemonic="ERROR"), line(49)])
    found = logcounts.before("acme", DAYS)
    assert found.days == ({("LINK-UPDOWN", 3): 2, ("LINK-UPDOWN", 5): 1, ("LINK-ERROR", 3): 1}, None, {("LINK-UPDOWN", 3): 1})
    assert found.seen == {"r1": {"LINK-UPDOWN", "LINK-ERROR"}}


def test_an_event_that_is_kept_already_is_not_counted_again(store: Settings) -> None:
    sent = [line(1), line(1, text="other"), line(2)]
    assert events.add("acme", sent[:1]) == 1
    assert events.add("acme", [*sent, sent[1]]) == 2
    assert events.add("acme", sent) == 0
    assert logcounts.before("acme", DAYS).days[0] == {("LINK-UPDOWN", 3): 3}


def test_what_is_no_line_of_a_log_is_not_counted(store: Settings) -> None:
    polled = line(1, source="poll", facility="", mnemonic="", severity=2)
    trap = line(2, source="trap", facility="", mnemonic="linkDown")
    suppressed = line(3, kind="log.suppressed", facility="", mnemonic="")
    assert events.add("acme", [polled, trap, suppressed, line(4, severity=None)]) == 4
    assert logcounts.before("acme", DAYS).known == ()


def test_a_customer_s_counts_are_its_own(store: Settings) -> None:
    events.add("acme", [line(1)])
    assert logcounts.before("other", DAYS).days == (None, None, None)
    events.add("other", [line(1), line(1, text="two")])
    assert logcounts.before("acme", DAYS).days[0] == {("LINK-UPDOWN", 3): 1}


def test_days_are_those_of_the_customer_s_zone(store: Settings) -> None:
    events.add("acme", [line(15.9), line(16), line(40)])
    east = [Interval(day.start - timedelta(hours=8), day.end - timedelta(hours=8)) for day in DAYS]
    assert [sum(day.values()) for day in logcounts.before("acme", east).known] == [1, 1, 1]


def test_numbers_outlive_their_events_by_some_weeks(store: Settings) -> None:
    events.add("acme", [line(1)])
    assert events.forget("acme", START + timedelta(days=2)) == 1
    assert logcounts.before("acme", DAYS).known
    events.forget("acme", START + timedelta(days=2) + logcounts.LONGER)
    assert not logcounts.before("acme", DAYS).known


def test_two_that_add_the_same_at_once_count_it_once(store: Settings) -> None:
    sent = [line(1 + n / 1000) for n in range(40)]
    events.add("acme", [line(0.5)])

    def add() -> None:
        try:
            events.add("acme", sent)
        finally:
            connections.close_all()

    both = [threading.Thread(target=add) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert logcounts.before("acme", DAYS).days[0] == {("LINK-UPDOWN", 3): 41}


def test_a_strange_name_of_a_message_is_counted_as_the_database_can_keep_it(store: Settings) -> None:
    events.add("acme", [line(1, mnemonic="A\0B" + "x" * 200), line(1, mnemonic="\udc80")])
    assert sum(logcounts.before("acme", DAYS).days[0].values()) == 2


def test_a_window_of_hours_is_read_through_the_key(sqlite_store: Settings) -> None:
    text = "SELECT at, severity, message, sum(number) FROM store_logcount WHERE customer = 1 AND at >= 1 AND at < 9 GROUP BY 1, 2, 3"
    with connection.cursor() as cursor:
        plan = " ".join(str(row) for row in cursor.execute(f"EXPLAIN QUERY PLAN {text}"))
    assert "SEARCH" in plan
