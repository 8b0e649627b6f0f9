"""The month's ledgers go out on its last working day, to whom they concern, once, also when the daemon stood still that day."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from healthd.daemon.ledgers import Ledgers, closed, read_by
from healthd.desk import stocks
from healthd.model.record import Head
from healthd.model.tac import Person, Role, Tac
from healthd.reports.language import language
from healthd.store import journal, outbox
from tests.desk.books import TAC, moves, replacements

SPARES = frozenset({Role.SPARES})
PEOPLE = (
    Person(name="tang.li", roles=SPARES, email="tang.li@tac.example", branch="hz", language="zh-CN"),
    Person(name="ma.jun", roles=SPARES, email="ma.jun@tac.example", branch="nj"),
    Person(name="li.wei", roles=frozenset({Role.ENGINEER}), email="li.wei@tac.example", branch="hz"),
)
HERE = replace(TAC, people=PEOPLE)


@pytest.mark.parametrize(
    ("now", "month"),
    [
        (datetime(2026, 11, 30, 8, 59, tzinfo=UTC), (2026, 10)),  # Monday 30 November, 16:59 in Shanghai
        (datetime(2026, 11, 30, 9, 0, tzinfo=UTC), (2026, 11)),
        (datetime(2026, 12, 5, tzinfo=UTC), (2026, 11)),
        (datetime(2026, 1, 10, tzinfo=UTC), (2025, 12)),
        (datetime(2026, 2, 28, 9, 0, tzinfo=UTC), (2026, 2)),  # a Saturday that is worked after the Spring Festival
        (datetime(2026, 10, 30, 9, 0, tzinfo=UTC), (2026, 10)),  # Friday; the 31st is a Saturday
    ],
)
def test_a_months_ledgers_are_due_from_the_closing_hour_of_its_last_working_day(now: datetime, month: tuple[int, int]) -> None:
    assert closed(TAC, now) == month


def test_headquarters_reads_all_and_a_branch_its_own() -> None:
    assert [each.name for each in read_by(HERE, "")] == ["tang.li"]
    assert [[each.name for each in read_by(HERE, name)] for name in ("hz", "bj", "nj")] == [["tang.li"], [], ["ma.jun"]]
    assert [each.name for each in read_by(replace(HERE, branches=()), "")] == ["tang.li", "ma.jun"]


def fill() -> None:
    for each in replacements():
        head = Head(kind="rma", number=each.number, customer="hdzz", value=each, key=each.wanted.case, state=each.stage, open=each.is_open)
        journal.begin(head, [each.wanted, *each.steps], each.wanted.at)
    for branch, done in moves().items():
        for move in done:
            stocks.move(branch, move, move.at)


@pytest.mark.usefixtures("sqlite_store")
def test_they_are_mailed_once_with_the_pages_and_the_spreadsheet_in_the_readers_language() -> None:
    fill()
    sending = Ledgers(tac=HERE, speaker=lambda code, zone: language(code, zone.key))
    late = datetime(2026, 12, 2, 1, tzinfo=UTC)
    assert sending.turn(late) == 3
    assert (sending.turn(late), Ledgers(tac=HERE, speaker=sending.speaker).turn(late)) == (0, 0)
    found = {each.key: each.message for each in outbox.listed()}
    assert {key: message.subject for key, message in found.items()} == {
        "rma-ledger:2026-11-all:tang.li@tac.example": "备件与 RMA 台账：2026-11",
        "rma-ledger:2026-11-hz:tang.li@tac.example": "备件与 RMA 台账：2026-11 · 杭州 Hangzhou",
        "rma-ledger:2026-11-nj:ma.jun@tac.example": "Spare parts and RMA: ledger of 2026-11 · 南京 Nanjing",
    }
    english = found["rma-ledger:2026-11-nj:ma.jun@tac.example"]
    assert [each.name for each in english.attachments] == ["rma-ledger-2026-11-nj-en.pdf", "rma-ledger-2026-11-nj-en.xlsx"]
    assert english.attachments[0].data.startswith(b"%PDF")
    assert "Opened 1, closed 0, open 1." in english.text


@pytest.mark.usefixtures("sqlite_store")
def test_where_nothing_ever_happened_nothing_is_sent() -> None:
    assert Ledgers(tac=HERE, speaker=lambda code, zone: language(code, zone.key)).turn(datetime(2026, 12, 2, tzinfo=UTC)) == 0
    assert Ledgers(tac=Tac(), speaker=lambda code, zone: language(code, zone.key)).turn(datetime(2026, 12, 2, tzinfo=UTC)) == 0
    assert outbox.listed() == ()
