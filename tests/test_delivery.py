"""Messages reach people once, come again after a failure, and never as a flood."""

import email
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.delivery import LATE, Delivery, Pace, again, digest, english, grouped
from healthd.errors import NotSent
from healthd.model.message import Attachment, Message
from healthd.store import outbox
from healthd.store.database import Settings
from healthd.store.outbox import Outgoing, Stage

START = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: float) -> datetime:
    return START + minutes * MINUTE


def message(key: str, *, minutes: float = 0, to: str = "li@example.com", channel: str = "mail", pdf: bool = False) -> Message:
    files = (Attachment(name="d.pdf", media="application/pdf", data=b"%PDF"),) if pdf else ()
    return Message(
        key=key, channel=channel, recipient=to, subject=f"subject {key}", text=f"text {key}", made=at(minutes), attachments=files
    )


def delivery(send: Callable[[Message], None], **paces: Pace) -> Delivery:
    return Delivery(owner="test", channels={"mail": send, "chat": send}, paces=paces, spread=lambda: 0.0)


def test_what_is_due_is_handed_over_once(store: Settings) -> None:
    ledger: list[str] = []
    outbox.put("acme", [message("a"), message("b", to="wang@example.com")], at(0))
    post = delivery(lambda m: ledger.append(m.key))
    assert [post.due(at(0)), post.due(at(1))] == [2, 0]
    assert sorted(ledger) == ["a", "b"]
    assert outbox.numbers()[Stage.SENT] == 2


def test_a_failure_is_tried_again_later_and_later(sqlite_store: Settings) -> None:
    tried: list[datetime] = []
    clock = [at(0)]

    def refuse(_: Message) -> None:
        tried.append(clock[0])
        raise NotSent("421 busy")

    outbox.put("acme", [message("a")], at(0))
    post = delivery(refuse)
    for half_minutes in range(40):
        clock[0] = at(half_minutes / 2)
        post.due(clock[0])
    assert [(t - START) / MINUTE for t in tried] == [0, 0.5, 1.5, 3.5, 7.5, 15.5]
    assert outbox.listed()[0].error == "421 busy"


def test_a_refusal_for_good_is_a_persons_matter(sqlite_store: Settings) -> None:
    def refuse(_: Message) -> None:
        raise NotSent("550 no such user", permanent=True)

    outbox.put("acme", [message("a")], at(0))
    delivery(refuse).due(at(0))
    assert [each.stage for each in outbox.listed()] == [Stage.FAILED]


def test_one_recipient_that_is_refused_holds_nobody_else_up(sqlite_store: Settings) -> None:
    ledger: list[str] = []

    def send(m: Message) -> None:
        if m.recipient == "bad@example.com":
            raise NotSent("451 later")
        ledger.append(m.recipient)

    outbox.put("acme", [message("a", to="bad@example.com"), message("b")], at(0))
    delivery(send).due(at(0))
    assert ledger == ["li@example.com"]


def test_a_channel_goes_no_faster_than_it_may(sqlite_store: Settings) -> None:
    ledger: list[str] = []
    outbox.put("acme", [message(f"k{n}", channel="chat") for n in range(7)], at(0))
    post = delivery(lambda m: ledger.append(m.key), chat=Pace(rate=3))
    sent = []
    for minute in range(4):
        post.due(at(minute))
        sent.append(len(ledger))
    assert sent == [3, 6, 7, 7]


def test_what_is_late_comes_as_one_digest_and_reports_come_alone(sqlite_store: Settings) -> None:
    ledger: list[Message] = []
    outbox.put("acme", [message(f"n{n}") for n in range(5)] + [message("report", pdf=True)], at(0))
    delivery(ledger.append).due(START + LATE)
    assert sorted(m.key.partition(":")[0] for m in ledger) == ["digest", "report"]
    (together,) = [m for m in ledger if m.key.startswith("digest")]
    assert all(f"text n{n}" in together.text for n in range(5))
    assert outbox.numbers()[Stage.SENT] == 6


def test_a_digest_speaks_the_recipients_language() -> None:
    those = [Outgoing(key=k, customer="acme", message=message(k), stage=Stage.SENDING, due=START) for k in "abc"]
    assert digest(those, lambda language, phrase: f"[{language}] {phrase.template}").subject.startswith("[en] {n} messages")


@given(late=st.lists(st.tuples(st.booleans(), st.integers(0, 60), st.sampled_from(["li", "wang"])), max_size=12))
def test_whatever_is_leased_is_handed_over_in_exactly_one_group(late: list[tuple[bool, int, str]]) -> None:
    leased = [
        Outgoing(key=str(n), customer="c", message=message(str(n), minutes=-m, to=to, pdf=pdf), stage=Stage.SENDING, due=START)
        for n, (pdf, m, to) in enumerate(late)
    ]
    groups = list(grouped(leased, START))
    assert sorted(each.key for group in groups for each in group) == sorted(each.key for each in leased)
    assert all(len({(e.message.channel, e.message.recipient) for e in group}) == 1 for group in groups)


@given(tries=st.integers(1, 100), age=st.integers(0, 10**6), spread=st.floats(0, 1))
def test_the_next_try_is_in_the_future_and_within_bounds(tries: int, age: int, spread: float) -> None:
    pace = Pace()
    found = again(pace, tries, START, START + timedelta(seconds=age), spread)
    if timedelta(seconds=age) >= pace.patience:
        assert found is None
    else:
        assert found
        assert pace.first <= found - START - timedelta(seconds=age) <= pace.longest * 1.25


PROGRAM = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from healthd.delivery import Delivery
from healthd.notify.channels import folder
from healthd.store import database
folder_, minutes = Path(sys.argv[1]), int(sys.argv[2])
database.open_database(database.Settings(url=database.sqlite_url(folder_ / "x.sqlite3")))
settings = folder.Settings(path=folder_ / "mail")
def send(message):
    with (folder_ / "ledger").open("a") as ledger:
        ledger.write(message.key + "\\n")
    folder.send(settings, message)
Delivery(owner="child", channels={"mail": send}).due(datetime(2026, 3, 2, 0, minutes, tzinfo=UTC))
"""


@pytest.mark.slow
def test_a_kill_after_the_handover_repeats_the_message_at_most_once_under_its_old_name(tmp_path: Path, sqlite_store: Settings) -> None:
    from healthd.store import database

    database.close_database()
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path / "x.sqlite3")))
    outbox.put("acme", [message("a")], at(0))
    database.close_database()
    fault = {**os.environ, "HEALTHD_TEST": "1", "HEALTHD_FAULT": "delivery.after_handover:kill"}
    for minutes, environment in ((0, fault), (1, os.environ), (6, os.environ), (20, os.environ)):
        subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path), str(minutes)], env=environment, check=False, timeout=60)
    assert (tmp_path / "ledger").read_text().split() == ["a", "a"]
    (mail,) = (tmp_path / "mail").glob("*.eml")
    assert email.message_from_bytes(mail.read_bytes())["Message-ID"]
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path / "x.sqlite3")))
    (kept,) = outbox.listed()
    assert (kept.stage, kept.repeat, kept.tries) == (Stage.SENT, True, 2)


def test_english_is_what_is_said_without_a_translator() -> None:
    from healthd.model.phrase import say

    assert english("zh-CN", say("{n} messages", n=2)) == "2 messages"
