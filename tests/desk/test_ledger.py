"""The month-end ledger: what was so at the month's end, exceptions first, nothing guessed."""

from datetime import UTC, date, datetime

from healthd.desk import ledger
from healthd.model.rma import Stage
from healthd.model.tac import Tac
from tests.desk.books import MADE, NOVEMBER, TAC, moves, november, on, replacements


def test_a_month_is_the_service_centers_month() -> None:
    assert (NOVEMBER.start, NOVEMBER.end) == (datetime(2026, 10, 31, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC))
    assert ledger.month(Tac(), 2026, 12).end == datetime(2027, 1, 1, tzinfo=UTC)


def test_the_numbers_of_the_month() -> None:
    sums = november().sums
    assert (sums.opened, sums.closed, sums.open, sums.overdue, sums.dead) == (5, 1, 4, 1, 0)
    assert sums.days is not None
    assert round(sums.days, 2) == 2.2
    assert sums.own == 1 / 3


def test_a_month_in_which_nothing_happened_has_no_shares() -> None:
    empty = ledger.ledger(ledger.Books(found=(), moves={}, tac=Tac()), NOVEMBER, MADE)
    assert (empty.sums.opened, empty.sums.days, empty.sums.own, empty.lacks, empty.shelves) == (0, None, None, (), ())


def test_exceptions_come_with_the_gravest_first() -> None:
    found = november().lacks
    assert [(each.kind, each.subject, each.days) for each in found] == [
        ("overdue", "2611-0011-R1", 19),
        ("mismatch", "2611-0013-R1", None),
        ("number", "2611-0012-R1", 21),
        ("request", "2611-0014-R1", 10),
        ("minimum", "C9300-NM-8X", None),
        ("minimum", "PWR-C1-715WAC", None),
        ("count", "PWR-C1-715WAC", None),
    ]
    assert str(found[1].text) == "FDO22310XXX came back; the form says FDO22310A13"
    assert [str(each.text) for each in found[-3:]] == ["0 there, 1 wanted at least", "0 there, 1 wanted at least", "2 counted, 3 booked"]


def test_the_register_has_what_was_open_in_the_month_as_it_was_at_its_end() -> None:
    rows = november().rows
    assert [row.found.number for row in rows] == [f"2611-00{n}-R1" for n in (11, 13, 12, 14, 15)]
    assert (rows[0].due, rows[0].cisco, rows[0].late) == (date(2026, 11, 17), date(2026, 11, 11), 19)
    assert rows[1].late == 0
    assert rows[2].late is None
    middle = ledger.Interval(NOVEMBER.start, on(6))
    earlier = ledger.ledger(ledger.Books(found=replacements(), moves=moves(), tac=TAC), middle, MADE).rows
    assert [row.found.stage for row in earlier] == [Stage.INSTALLED, Stage.ORDERED]


def test_the_stock_adds_up_and_own_spares_on_loan_are_counted() -> None:
    shelves = {(each.branch, each.pid): each for each in november().shelves}
    psu = shelves["hz", "PWR-C1-715WAC"]
    assert (psu.opening, psu.came, psu.went, psu.closing, psu.found, psu.booked) == (3, 1, 1, 3, 2, 3)
    assert (shelves["nj", "PWR-C1-715WAC"].lent, shelves["nj", "PWR-C1-715WAC"].closing) == (1, 0)
    assert all(each.opening + each.came - each.went == each.closing for each in shelves.values())


def test_what_is_owed_to_cisco_has_its_price() -> None:
    found = november()
    assert (found.owed, found.risk, found.unpriced) == (1, 9800, 0)


def test_a_branch_sees_its_own_and_headquarters_all() -> None:
    nanjing = november("nj")
    assert [row.found.number for row in nanjing.rows] == ["2611-0012-R1"]
    assert ({each.branch for each in nanjing.shelves}, nanjing.title, nanjing.branches) == ({"nj"}, "南京 Nanjing", ())
    whole = november()
    assert [name for name, _ in whole.branches] == ["杭州 Hangzhou", "北京 Beijing", "南京 Nanjing"]
    assert sum(sums.opened for _, sums in whole.branches) == whole.sums.opened
    assert sum(sums.overdue for _, sums in whole.branches) == whole.sums.overdue
