"""The month-end ledger of spare parts and RMAs (备件与 RMA 月度台账): a branch's, or all branches' rolled up; as things stood at the month's end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from healthd.desk import returns, rma, spares
from healthd.desk.rma_rules import plain
from healthd.model.interval import Interval
from healthd.model.phrase import say
from healthd.model.rma import Replacement, Source, Stage, Step
from healthd.model.sheet import Lack, Ledger, Row, Shelf, Sums
from healthd.model.spares import Move, Moving
from healthd.model.tac import Tac

DAY = timedelta(days=1)


def month(tac: Tac, year: int, number: int) -> Interval:
    """Return the month in the service center's zone."""
    following = date(year + number // 12, number % 12 + 1, 1)
    start, end = (datetime.combine(day, time(), tac.zone).astimezone(UTC) for day in (date(year, number, 1), following))
    return Interval(start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Of what a ledger is made: all replacements, and by branch what was moved there."""

    found: Sequence[Replacement]
    moves: Mapping[str, Sequence[Move]]
    tac: Tac


def ledger(books: Books, span: Interval, now: datetime, branch: str = "") -> Ledger:
    """Return the ledger of *branch* (empty: of all) over *span*."""
    tac, moves = books.tac, books.moves
    until = min(now, span.end)
    all_rows = rows(books.found, tac, span, until)
    names = {each.name: each.title or each.name for each in tac.branches}
    mine = tuple(row for row in all_rows if branch in ("", row.branch))
    shelves = tuple(shelf for name in sorted(moves) if branch in ("", name) for shelf in _shelves(name, moves[name], all_rows, tac, span))
    risk = returns.at_risk((row.found for row in mine), tac.spares)
    places = list(dict.fromkeys([*names, *(row.branch for row in all_rows)]))
    return Ledger(
        month=span,
        zone=tac.zone.key,
        made=now,
        tac=tac.title,
        branch=branch,
        title=names.get(branch, branch),
        sums=sums(mine, span),
        rows=mine,
        lacks=lacks(mine, shelves, until),
        shelves=shelves,
        branches=() if branch else tuple((names.get(n, n), sums(tuple(r for r in all_rows if r.branch == n), span)) for n in places),
        names=tuple(names.items()),
        currency=tac.currency,
        owed=risk.parts,
        risk=risk.price,
        unpriced=risk.unpriced,
        hotline=tac.hotline,
    )


def as_of(found: Replacement, end: datetime) -> Replacement:
    """Return *found* as it was before *end*; the form as it reads today."""
    return rma.folded((found.wanted, *(told for told in found.steps if told.at < end and told.step is not Step.AMENDED)))


def rows(found: Iterable[Replacement], tac: Tac, span: Interval, until: datetime) -> tuple[Row, ...]:
    """Return the register: what was asked for before the month's end and was not over before it began, in the order of asking."""
    then = [as_of(each, span.end) for each in found if each.wanted.at < span.end]
    kept = sorted((each for each in then if each.ended is None or each.ended >= span.start), key=lambda each: (each.wanted.at, each.number))
    return tuple(_row(each, tac, until) for each in kept)


def _row(found: Replacement, tac: Tac, until: datetime) -> Row:
    clocks = {due.rule: due for due in returns.clocks(found, tac, until - timedelta(microseconds=1))}
    lead = min(clocks.values(), key=lambda due: due.day, default=None)
    return Row(
        found=found,
        branch=found.wanted.branch,
        due=clocks[returns.Rule.PROCESS].day if clocks else None,
        cisco=clocks[returns.Rule.CISCO].day if clocks else None,
        late=lead.late if lead else None,
        price=returns.price(found.wanted.pid, tac.spares),
    )


def sums(kept: Sequence[Row], span: Interval) -> Sums:
    """Return the month in numbers."""
    found = [row.found for row in kept]
    installed = [each for each in found if each.installed and each.installed in span]
    issued = [each for each in found if each.issued and each.issued in span]
    days = [((each.installed or each.wanted.at) - each.wanted.at) / DAY for each in installed]
    return Sums(
        opened=sum(1 for each in found if each.wanted.at in span),
        closed=sum(1 for each in found if each.ended and each.ended in span),
        open=sum(1 for each in found if each.is_open),
        overdue=sum(1 for row in kept if _overdue(row)),
        dead=sum(1 for each in found for told in each.steps if told.step is Step.DEAD and told.at in span),
        days=median(days) if days else None,
        own=sum(1 for each in issued if each.source is Source.OWN) / len(issued) if issued else None,
    )


def _overdue(row: Row) -> bool:
    return bool(row.late) and returns.running(row.found)


def lacks(kept: Sequence[Row], shelves: Sequence[Shelf], until: datetime) -> tuple[Lack, ...]:
    """Return what should not be so, the longest overdue first."""
    found = [lack for row in kept for lack in _of_row(row, until)] + [lack for shelf in shelves for lack in _of_shelf(shelf)]
    order = list(KINDS)
    return tuple(sorted(found, key=lambda lack: (order.index(lack.kind), -(lack.days or 0), lack.subject)))


KINDS = ("overdue", "mismatch", "disputed", "number", "request", "minimum", "count")
"""Kinds of exceptions, the gravest first."""


def _of_row(row: Row, until: datetime) -> Iterable[Lack]:
    found, branch = row.found, row.branch
    common: dict[str, Any] = {"subject": found.number, "branch": branch}
    if _overdue(row):
        yield Lack(
            kind="overdue",
            days=row.late,
            text=say("{pid} {serial} is not back at Cisco", pid=found.wanted.pid, serial=found.wanted.serial),
            **common,
        )
    for words in found.mismatches:
        yield Lack(kind="mismatch", text=words, **common)
    if found.disputed:
        yield Lack(kind="disputed", text=say("{seen}", seen=found.disputed), **common)
    if found.is_open and found.issued and not found.rma:
        days = (until - found.issued).days
        yield Lack(kind="number", days=days, text=say("an own spare went out, and Cisco was not asked to replace it"), **common)
    if found.stage is Stage.PENDING and found.pended:
        yield Lack(
            kind="request", days=(until - found.pended).days, text=say("both have confirmed, and no part is reserved or ordered"), **common
        )


def _of_shelf(shelf: Shelf) -> Iterable[Lack]:
    if shelf.closing < shelf.least:
        words = say("{there} there, {least} wanted at least", there=shelf.closing, least=shelf.least)
        yield Lack(kind="minimum", subject=shelf.pid, branch=shelf.branch, text=words)
    if shelf.found is not None and shelf.found != shelf.booked:
        words = say("{found} counted, {booked} booked", found=shelf.found, booked=shelf.booked or 0)
        yield Lack(kind="count", subject=shelf.pid, branch=shelf.branch, text=words)


def _shelves(branch: str, moves: Sequence[Move], kept: Sequence[Row], tac: Tac, span: Interval) -> Iterable[Shelf]:
    before = [move for move in moves if move.at < span.start]
    during = [move for move in moves if span.start <= move.at < span.end]
    flows = {flow.pid: flow for flow in spares.flows(branch, before, during)}
    kinds = {spares.bare(kind.pid): kind for kind in tac.spares}
    wanted = {pid for pid, kind in kinds.items() if kind.minimum.get(branch)}
    lent = _lent([move for move in moves if move.at < span.end], kept)
    for pid in sorted(flows.keys() | wanted | lent.keys()):
        flow, kind = flows.get(pid, spares.Flow(pid=pid, opening=0, came=0, went=0, closing=0)), kinds.get(pid)
        yield Shelf(
            branch=branch, pid=pid, opening=flow.opening, came=flow.came, went=flow.went, lent=lent.get(pid, 0), closing=flow.closing,
            least=kind.minimum.get(branch, 0) if kind else 0, value=kind.value if kind else "", booked=flow.booked, found=flow.found,
        )  # fmt: skip


def _lent(moves: Sequence[Move], kept: Sequence[Row]) -> dict[str, int]:
    """Return by PID how many own spares that *moves* issued are at customers and were not replaced by Cisco yet."""
    left = {plain(move.serial): move for move in moves if move.moving is Moving.ISSUE}
    out: dict[str, int] = {}
    for row in kept:
        pid, serial = row.found.out
        if row.found.source is Source.OWN and row.found.issued and not row.found.received and row.found.is_open and serial in left:
            out[spares.bare(pid)] = out.get(spares.bare(pid), 0) + 1
    return out
