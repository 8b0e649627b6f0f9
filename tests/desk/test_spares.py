"""A branch's stock: what goes in comes out, nothing that is not there, and every part lies in one place."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthd.desk import spares, stocks
from healthd.errors import Conflict, NotAllowed, UnknownName
from healthd.model.rma import Route
from healthd.model.spares import Move, Moving, Stock
from healthd.model.tac import Branch, SpareKind
from healthd.store import database

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PSU = SpareKind(pid="PWR-C1-715WAC", substitutes=("PWR-C1-1100WAC",), minimum={"hz": 2})
HZ, NJ, BJ = Branch(name="hz", headquarters=True, direct=True), Branch(name="nj"), Branch(name="bj", direct=True)
SERIALS = ["A", "B", "C"]


def moved(moving: Moving, serial: str = "A", pid: str = "PWR-C1-715WAC", at: int = 0, **more: object) -> Move:
    return Move(at=NOW + timedelta(hours=at), who="wang", moving=moving, pid=pid, serial=serial, **more)  # type: ignore[arg-type]


def stock(*moves: Move, branch: str = "hz") -> Stock:
    found = Stock(branch=branch)
    for each in moves:
        found = spares.apply(found, each)
    return found


@pytest.mark.parametrize(
    ("there", "move", "why"),
    [
        ((), moved(Moving.ISSUE), "A is not here"),
        ((moved(Moving.RECEIVE),), moved(Moving.RECEIVE, " a "), "A is here already"),
        ((), moved(Moving.RECEIVE, ""), "needs its PID and its serial number"),
        ((moved(Moving.RECEIVE),), moved(Moving.ISSUE, pid="C9300-NM-8X"), "A is a PWR-C1-715WAC, not a C9300-NM-8X"),
        ((moved(Moving.RECEIVE), moved(Moving.RESERVE, rma="1-R1")), moved(Moving.RESERVE, rma="2-R1"), "reserved for 1-R1"),
        ((moved(Moving.RECEIVE), moved(Moving.RESERVE, rma="1-R1")), moved(Moving.ISSUE, rma="2-R1"), "reserved for 1-R1"),
        ((moved(Moving.TAKE_BACK),), moved(Moving.ISSUE), "A is faulty"),
        ((moved(Moving.RECEIVE),), moved(Moving.SHIP), "A is a good part; faulty ones go to Cisco"),
        ((moved(Moving.RECEIVE),), moved(Moving.ADJUST, gone=True), "an adjustment needs a reason"),
        ((), moved(Moving.COUNT, "", counted=-1), "a number from 0"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_moved(there: tuple[Move, ...], move: Move, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        spares.apply(stock(*there), move)


MOVES = st.builds(
    moved,
    st.sampled_from(Moving),
    st.sampled_from(SERIALS),
    st.sampled_from(["PWR-C1-715WAC", "PWR-C1-715WAC=", "C9300-NM-8X"]),
    rma=st.sampled_from(["", "1-R1", "2-R1"]),
    faulty=st.booleans(),
    gone=st.booleans(),
    counted=st.none() | st.integers(-1, 3),
    text=st.sampled_from(["", "why"]),
)


@settings(deadline=None)
@given(st.lists(MOVES, max_size=40))
def test_a_stock_is_never_negative_and_its_moves_make_it(moves: list[Move]) -> None:
    found, done = Stock(branch="hz"), []
    for each in moves:
        try:
            found = spares.apply(found, each)
        except NotAllowed:
            continue
        done.append(each)
    ins = [m for m in done if m.moving in spares.IN or (m.moving is Moving.ADJUST and not m.gone)]
    outs = [m for m in done if m.moving in spares.OUT or (m.moving is Moving.ADJUST and m.gone)]
    assert len(found.units) == len(ins) - len(outs) >= 0
    assert len({unit.serial for unit in found.units}) == len(found.units)
    assert spares.folded("hz", done) == found
    assert not any(unit.faulty and unit.held for unit in found.units)


@settings(deadline=None)
@given(st.lists(MOVES, max_size=40), st.integers(0, 40))
def test_opening_and_what_came_less_what_went_is_closing(moves: list[Move], cut: int) -> None:
    found, done = Stock(branch="hz"), []
    for each in moves:
        try:
            found = spares.apply(found, each)
        except NotAllowed:
            continue
        done.append(each)
    for flow in spares.flows("hz", done[:cut], done[cut:]):
        assert flow.opening + flow.came - flow.went == flow.closing == spares.number(found, flow.pid)
        assert min(flow.opening, flow.came, flow.went, flow.closing) >= 0


def test_the_same_part_comes_before_a_substitute_and_the_longest_there_first() -> None:
    there = stock(
        moved(Moving.RECEIVE, "SUB", "PWR-C1-1100WAC", at=0),
        moved(Moving.RECEIVE, "NEW", at=5),
        moved(Moving.RECEIVE, "OLD", "pwr-c1-715wac=", at=2),
        moved(Moving.RECEIVE, "HELD", at=1),
        moved(Moving.RESERVE, "HELD", rma="9-R1"),
        moved(Moving.TAKE_BACK, "BAD", at=1),
        moved(Moving.RECEIVE, "OTHER", "C9300-NM-8X"),
    )
    assert [unit.serial for unit in spares.fitting(there, "PWR-C1-715WAC", [PSU])] == ["OLD", "NEW", "SUB"]
    assert [unit.serial for unit in spares.fitting(there, "PWR-C1-1100WAC", [PSU])] == ["SUB"]


def test_the_own_stock_comes_first_and_cisco_ships_to_the_branch_or_through_headquarters() -> None:
    there = {"nj": stock(moved(Moving.RECEIVE, "N1"), branch="nj"), "hz": stock(moved(Moving.RECEIVE, "H1"))}
    own = spares.supply("PWR-C1-715WAC", NJ, (HZ, NJ, BJ), there, [PSU])
    assert own.own is not None
    assert (own.own.serial, own.route, own.ship_to) == ("N1", Route.HEADQUARTERS, "hz")
    none = spares.supply("PWR-C1-715WAC", BJ, (HZ, NJ, BJ), there, [PSU])
    assert (none.own, none.route, none.ship_to) == (None, Route.DIRECT, "bj")
    assert [(name, unit.serial) for name, unit in none.elsewhere] == [("hz", "H1"), ("nj", "N1")]


def test_reserved_parts_do_not_count_for_the_minimum() -> None:
    there = stock(moved(Moving.RECEIVE, "A"), moved(Moving.RECEIVE, "B"))
    assert spares.short(there, [PSU]) == ()
    held = spares.apply(there, moved(Moving.RESERVE, "B", rma="1-R1"))
    assert spares.short(held, [PSU]) == ((PSU, 1, 2),)


def test_a_count_says_what_is_found_and_what_is_booked_and_changes_nothing() -> None:
    there = stock(moved(Moving.RECEIVE, "A"), moved(Moving.RECEIVE, "B"), moved(Moving.COUNT, "", counted=1))
    assert [(each.found, each.booked) for each in there.counts] == [(1, 2)]
    assert len(there.units) == 2


@pytest.mark.usefixtures("store")
def test_a_part_lies_in_one_place() -> None:
    stocks.move("hz", moved(Moving.RECEIVE, "A"), NOW)
    with pytest.raises(NotAllowed, match="A lies in hz; a part lies in one place"):
        stocks.move("nj", moved(Moving.RECEIVE, "a"), NOW)
    left, there = stocks.transfer("A", "nj", "wang", NOW)
    assert (left.units, [unit.serial for unit in there.units]) == ((), ["A"])
    assert stocks.where("A") == "nj"
    with pytest.raises(NotAllowed, match="A is in nj already"):
        stocks.transfer("A", "nj", "wang", NOW)
    with pytest.raises(UnknownName, match="known: A"):
        stocks.transfer("B", "nj", "wang", NOW)


@pytest.mark.usefixtures("store")
def test_a_reservation_travels_with_its_part() -> None:
    stocks.move("hz", moved(Moving.RECEIVE, "A"), NOW)
    stocks.move("hz", moved(Moving.RESERVE, "A", rma="1-R1"), NOW)
    _, there = stocks.transfer("A", "nj", "wang", NOW)
    assert there.units[0].held == "1-R1"


@pytest.mark.usefixtures("store")
def test_who_decided_by_an_older_stock_moves_nothing() -> None:
    stocks.move("hz", moved(Moving.RECEIVE, "A"), NOW)
    read = stocks.of("hz").version
    stocks.move("hz", moved(Moving.RECEIVE, "B"), NOW)
    with pytest.raises(Conflict):
        stocks.move("hz", moved(Moving.ISSUE, "A"), NOW, read)
    assert {unit.serial for unit in stocks.of("hz").units} == {"A", "B"}


@pytest.mark.usefixtures("store")
def test_of_many_who_take_the_same_part_in_or_out_at_once_one_does() -> None:
    done: list[str] = []

    def take(branch: str, move: Move) -> None:
        try:
            stocks.move(branch, move, NOW)
            done.append(branch)
        except (NotAllowed, Conflict):
            pass
        finally:
            database.connection.close()

    for move in (moved(Moving.RECEIVE, "A"), moved(Moving.ISSUE, "A")):
        done.clear()
        threads = [Thread(target=take, args=(branch, move)) for branch in ("hz", "nj", "bj", "hz")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(done) == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SERIALS), st.sampled_from(["hz", "nj", "bj"])), max_size=30))
def test_transfers_lose_and_double_no_part(ways: list[tuple[str, str]]) -> None:
    """The pure half of a transfer: out of one stock, into another."""
    there = {name: Stock(branch=name) for name in ("hz", "nj", "bj")}
    for serial in SERIALS:
        there["hz"] = spares.apply(there["hz"], moved(Moving.RECEIVE, serial))
    for serial, to in ways:
        start = spares.place(there.values(), serial)
        if start != to:
            there[start] = spares.apply(there[start], moved(Moving.SEND, serial, there=to))
            there[to] = spares.apply(there[to], moved(Moving.ARRIVE, serial, there=start))
    assert sorted(unit.serial for each in there.values() for unit in each.units) == SERIALS
