"""Writing the branches' stocks: every move is a line of the branch's record, checked against all other branches.

A part lies in one place: who takes one in is told when it lies somewhere else
already. Moves of one transaction are kept all, or none.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from healthd.desk import spares
from healthd.desk.rma_rules import plain
from healthd.errors import NotAllowed, UnknownName
from healthd.model.record import Head
from healthd.model.spares import Move, Moving, Stock
from healthd.store import journal, transaction
from healthd.store.delegated import delegable

KIND = "stock"


def every() -> dict[str, Stock]:
    """Return all stocks by their branch."""
    return {head.number: head.value for head in journal.heads(KIND)}


def of(branch: str) -> Stock:
    """Return the stock of *branch*; an empty one where nothing was ever moved."""
    return every().get(branch) or Stock(branch=branch)


def moves(branch: str) -> tuple[Move, ...]:
    """Return what was moved in *branch*, oldest first."""
    return journal.lines(KIND, branch)


@delegable
@transaction.whole
def move(branch: str, told: Move, now: datetime, version: int | None = None) -> Stock:
    """Write *told* into the stock of *branch*; *version* is the one that was read, where somebody decided by it.

    Raises:
        NotAllowed: the part is not there, or lies somewhere else already.
        Conflict: the stock is not of *version* any more.
    """
    journal.lock()
    stocks = every()
    stock = stocks.get(branch) or Stock(branch=branch)
    if told.moving in spares.IN or (told.moving is Moving.ADJUST and not told.gone):
        there = spares.place((each for name, each in stocks.items() if name != branch), told.serial)
        if there:
            raise NotAllowed(f"{plain(told.serial)} lies in {there}; a part lies in one place: move it with 'healthd spares move'")
    after = spares.apply(stock, told)
    head = Head(kind=KIND, number=branch, customer="", value=after, version=stock.version if version is None else version)
    (journal.add if branch in stocks else journal.begin)(head, [told], now)
    return after


@delegable
@transaction.whole
def transfer(serial: str, to: str, who: str, now: datetime, text: str = "") -> tuple[Stock, Stock]:
    """Move the part *serial* from where it lies to the branch *to*; a reservation goes with it. Return both stocks.

    Raises:
        UnknownName: it lies nowhere.
        NotAllowed: it is there already.
    """
    stocks = every()
    start = spares.place(stocks.values(), serial)
    unit = stocks[start].unit(plain(serial)) if start else None
    if unit is None:
        raise UnknownName("part in stock", serial, tuple(sorted(each.serial for stock in stocks.values() for each in stock.units)))
    if start == to:
        raise NotAllowed(f"{unit.serial} is in {to} already")
    gone = Move(
        at=now, who=who, moving=Moving.SEND, pid=unit.pid, serial=unit.serial, rma=unit.held, text=text, there=to, faulty=unit.faulty
    )
    left = move(start, gone, now)
    return left, move(to, replace(gone, moving=Moving.ARRIVE, there=start), now)


def where(serial: str) -> str:
    """Return the branch where *serial* lies, empty when nowhere."""
    return spares.place(every().values(), serial)


def free(stocks: Sequence[Stock], pid: str) -> int:
    """Return how many free good parts *pid* there are in *stocks*."""
    return sum(spares.number(stock, pid, free=True) for stock in stocks)
