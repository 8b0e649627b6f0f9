"""A branch's stock of spare parts as the fold of its moves, and where a good part comes from.

A part has a serial number and lies in one place. Nothing is taken out that is
not there, so no number can become negative.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from healthd.desk.rma_rules import plain
from healthd.errors import NotAllowed
from healthd.model.rma import Route
from healthd.model.spares import Counted, Move, Moving, Stock, Unit
from healthd.model.tac import Branch, SpareKind

IN = frozenset({Moving.RECEIVE, Moving.TAKE_BACK, Moving.ARRIVE})
OUT = frozenset({Moving.ISSUE, Moving.SHIP, Moving.SEND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Where the good part comes from. *own* is a free part of the branch's, *elsewhere* those of other branches.

    Cisco is asked in either case: for the part itself, or to refill the stock;
    it ships to *ship_to*.
    """

    own: Unit | None
    elsewhere: tuple[tuple[str, Unit], ...]
    route: Route
    ship_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """How many good parts of one PID came, went and were left over a span of time."""

    pid: str
    opening: int
    came: int
    went: int
    closing: int
    booked: int | None = None
    found: int | None = None


def folded(branch: str, moves: Sequence[Move]) -> Stock:
    """Return what *moves* leave in *branch*."""
    stock = Stock(branch=branch)
    for move in moves:
        stock = _after(stock, move)
    return stock


def apply(stock: Stock, move: Move) -> Stock:
    """Return *stock* after *move*.

    Raises:
        NotAllowed: the part is not there, is there already, or is meant for something else.
    """
    if why := _refused(stock, move):
        raise NotAllowed(f"stock of {stock.branch}: {move.moving}: {why}; nothing was moved")
    return _after(stock, move)


def _refused(stock: Stock, move: Move) -> str:  # noqa: PLR0911 - one line a rule
    if move.moving is Moving.COUNT:
        return "" if move.counted is not None and move.counted >= 0 and bare(move.pid) else "a count needs the PID and a number from 0"
    serial = plain(move.serial)
    if not serial or not bare(move.pid):
        return "a part needs its PID and its serial number"
    unit = stock.unit(serial)
    if move.moving in IN or (move.moving is Moving.ADJUST and not move.gone):
        return f"{serial} is here already" if unit else _unreasoned(move)
    if unit is None:
        return f"{serial} is not here"
    if not alike(unit.pid, move.pid):
        return f"{serial} is a {unit.pid}, not a {move.pid}"
    if move.moving is Moving.RESERVE and (unit.faulty or unit.held):
        return f"{serial} is {'faulty' if unit.faulty else f'reserved for {unit.held}'}"
    if move.moving is Moving.RELEASE and unit.held != move.rma:
        return f"{serial} is not reserved for {move.rma}"
    if move.moving is Moving.ISSUE and (unit.faulty or unit.held not in ("", move.rma)):
        return f"{serial} is {'faulty' if unit.faulty else f'reserved for {unit.held}'}"
    if move.moving is Moving.SHIP and not unit.faulty:
        return f"{serial} is a good part; faulty ones go to Cisco"
    return _unreasoned(move)


def _unreasoned(move: Move) -> str:
    return "an adjustment needs a reason" if move.moving is Moving.ADJUST and not move.text.strip() else ""


def _after(stock: Stock, move: Move) -> Stock:
    stock = replace(stock, version=stock.version + 1)
    if move.moving is Moving.COUNT:
        made = Counted(pid=move.pid, at=move.at, found=move.counted or 0, booked=number(stock, move.pid))
        return replace(stock, counts=(*(each for each in stock.counts if not alike(each.pid, move.pid)), made))
    serial = plain(move.serial)
    others = tuple(each for each in stock.units if each.serial != serial)
    unit = stock.unit(serial)
    if _leaves(move):
        return replace(stock, units=others)
    if move.moving in (Moving.RESERVE, Moving.RELEASE) and unit:
        return replace(stock, units=(*others, replace(unit, held=move.rma if move.moving is Moving.RESERVE else "")))
    faulty = move.faulty or move.moving is Moving.TAKE_BACK
    new = Unit(pid=move.pid.strip(), serial=serial, since=move.at, held="" if faulty else move.rma, place=move.place, faulty=faulty)
    return replace(stock, units=(*others, new))


def _leaves(move: Move) -> bool:
    return move.moving in OUT or (move.moving is Moving.ADJUST and move.gone)


def bare(pid: str) -> str:
    """Return *pid* as it is compared: Cisco sells the spare of a part under its PID with ``=`` behind it."""
    return pid.strip().upper().rstrip("=")


def alike(one: str, other: str) -> bool:
    """Say whether two PIDs are of the same part."""
    return bare(one) == bare(other)


def number(stock: Stock, pid: str, *, free: bool = False) -> int:
    """Return how many good parts *pid* there are; the *free* ones alone, when asked for."""
    return sum(1 for each in stock.units if alike(each.pid, pid) and not each.faulty and not (free and each.held))


def fitting(stock: Stock, pid: str, kinds: Iterable[SpareKind]) -> tuple[Unit, ...]:
    """Return the free good parts that can take the place of *pid*: the same before substitutes, then the longest here."""
    instead = [bare(each) for kind in kinds if alike(kind.pid, pid) for each in kind.substitutes]
    order = {bare(pid): 0} | {each: place for place, each in enumerate(instead, 1)}
    free = [each for each in stock.units if not each.faulty and not each.held and bare(each.pid) in order]
    return tuple(sorted(free, key=lambda each: (order[bare(each.pid)], each.since, each.serial)))


def supply(pid: str, branch: Branch, branches: Sequence[Branch], stocks: Mapping[str, Stock], kinds: Sequence[SpareKind]) -> Supply:
    """Return where a good *pid* for *branch* comes from: the branch's own stock first, and Cisco in parallel to refill it, else Cisco."""
    own = fitting(stocks.get(branch.name, Stock(branch=branch.name)), pid, kinds)
    others = [(name, unit) for name, stock in sorted(stocks.items()) if name != branch.name for unit in fitting(stock, pid, kinds)[:1]]
    main = next((each.name for each in branches if each.headquarters), branch.name)
    direct = branch.direct or branch.name == main
    return Supply(
        own=own[0] if own else None,
        elsewhere=tuple(others),
        route=Route.DIRECT if direct else Route.HEADQUARTERS,
        ship_to=branch.name if direct else main,
    )


def place(stocks: Iterable[Stock], serial: str) -> str:
    """Return the branch where the part *serial* lies, empty when it lies nowhere."""
    return next((stock.branch for stock in stocks if stock.unit(plain(serial))), "")


def short(stock: Stock, kinds: Iterable[SpareKind]) -> tuple[tuple[SpareKind, int, int], ...]:
    """Return the kinds of which *stock* has less than its minimum, with the free number and the minimum."""
    have = ((kind, number(stock, kind.pid, free=True), kind.minimum.get(stock.branch, 0)) for kind in kinds)
    return tuple((kind, there, least) for kind, there, least in have if there < least)


def flows(branch: str, before: Sequence[Move], during: Sequence[Move]) -> tuple[Flow, ...]:
    """Return for each PID what *during* changed of what *before* had left; only good parts count."""
    first, last = folded(branch, before), folded(branch, (*before, *during))
    good = {unit.serial for unit in first.units if not unit.faulty}
    came: dict[str, int] = {}
    went: dict[str, int] = {}
    for move in during:
        serial, pid = plain(move.serial), bare(move.pid)
        if (
            (move.moving in IN or (move.moving is Moving.ADJUST and not move.gone))
            and not move.faulty
            and move.moving is not Moving.TAKE_BACK
        ):
            good.add(serial)
            came[pid] = came.get(pid, 0) + 1
        elif _leaves(move) and serial in good:
            good.discard(serial)
            went[pid] = went.get(pid, 0) + 1
    counts = {bare(each.pid): each for each in last.counts if during and each.at >= during[0].at}
    names = {bare(unit.pid) for unit in (*first.units, *last.units) if not unit.faulty} | came.keys() | went.keys() | counts.keys()
    return tuple(
        Flow(
            pid=pid, opening=number(first, pid), came=came.get(pid, 0), went=went.get(pid, 0), closing=number(last, pid),
            booked=counts[pid].booked if pid in counts else None, found=counts[pid].found if pid in counts else None,
        )
        for pid in sorted(names)
    )  # fmt: skip
