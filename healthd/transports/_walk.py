"""Walks of tables over one session, with an end that the agent cannot take away.

A walk runs through the row object once, by GETBULK, and jumps over columns
nobody wants. So a table that the device lacks costs one question, a small
table often no more. Every OID must be greater than the one before
(RFC 3416 §4.2.3); the first that is not ends the walk.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from gufo.snmp._fast import GetIter, NoSuchInstance, SnmpDecodeError

from healthd.errors import CollectError, NotUnderstood, TimedOut
from healthd.model.answer import Value
from healthd.transports._session import Denied, Session, Spoilt

Place = tuple[int, ...]
FIRST, MOST = 20, 50  # objects asked for at once: while the table is unknown, and at most (about one Ethernet frame)
SMALL = 5  # objects whose answer is too short to be lost for its length


@dataclass(slots=True)
class Budget:
    """How many *varbinds* the poll of a device may still bring."""

    varbinds: int


@dataclass(slots=True)
class Table:
    """What came of a table: by column number the cells by index. *broken* says in words why it ends early, *silent* that nothing came."""

    columns: dict[int, dict[Place, Value]] = field(default_factory=dict)
    broken: str = ""
    silent: bool = False

    def rows(self, names: Mapping[int, str]) -> dict[str, dict[str, Value]]:
        """Return the rows that have one of the columns *names*, in the order of their indexes."""
        rows: dict[Place, dict[str, Value]] = {}
        for number, name in names.items():
            for index, value in self.columns.get(number, {}).items():
                rows.setdefault(index, {})[name] = value
        return {".".join(map(str, index)): rows[index] for index in sorted(rows)}


async def walk(session: Session, entry: str, wanted: Sequence[int], budget: Budget, table: Table) -> None:
    """Fill *table* with the columns *wanted* (ascending) of the row object *entry*.

    A CollectError or a cancellation leaves in *table* what came before it.
    """
    place: Place | None = ()
    while place is not None and not table.broken:
        cells = await bulk(session, ".".join((entry, *map(str, place))), _worth(table, wanted, place))
        budget.varbinds -= len(cells)
        place = _take(cells, entry, wanted, place, table)
        if place is not None and budget.varbinds <= 0:
            table.broken = f"{session.where}: {entry}: one poll may bring no more values; the walk was ended there"


def _take(cells: Mapping[str, Value], entry: str, wanted: Sequence[int], place: Place, table: Table) -> Place | None:
    """Put *cells* into *table*; return where to go on, None at the table's end."""
    inside = entry + "."
    for oid, value in cells.items():
        if not oid.startswith(inside):
            return None
        at = tuple(map(int, oid[len(inside) :].split(".")))
        if at <= place:
            table.broken = f"{entry}: the agent went back to {oid}; the walk was ended there"
            return None
        if at[0] in wanted:
            table.columns.setdefault(at[0], {})[at[1:]] = value
        place = at
    if not cells:
        return None
    if place[0] in wanted:
        return place
    return next(((column,) for column in wanted if column > place[0]), None)


def _worth(table: Table, wanted: Sequence[int], place: Place) -> int:
    """Return how many objects are worth asking for at *place*: to the end of the wanted columns in a row, and one more."""
    if not place:
        return FIRST
    length = max((len(cells) for number, cells in table.columns.items() if number != place[0]), default=0)
    here = len(table.columns.get(place[0], ()))
    if length <= here:
        return MOST
    run = 1
    while place[0] + run in wanted:
        run += 1
    return min(length * run - here + 1, MOST)


async def bulk(session: Session, after: str, rows: int) -> dict[str, Value]:
    """Return up to *rows* objects after the OID *after*; none at the end of all that the agent shows.

    An agent that cannot answer (tooBig, genErr) sends as little as one at its
    end, so an answer without objects is looked into. Where it is none, where
    the answer was too long to be read, and where it seems to get lost for its
    length, fewer rows are tried; at last, GETNEXT. The session remembers.

    Raises:
        NotUnderstood: the agent answers with an error, however little it is asked.
        TimedOut, Refused, Spoilt: as ``Session.exchange``.
    """
    while session.bulk:
        rows = min(rows, session.rows)
        try:
            cells = await _many(session, partial(session.sock.send_get_bulk, GetIter(after, rows)))
        except (Spoilt, Denied):
            if rows == 1:
                raise
        except TimedOut:
            if not await session.lives():
                raise
            session.bulk = rows > SMALL
        else:
            if cells or await _ends(session, after):
                return cells
            session.bulk = rows > 1
        session.rows = rows // 4 or 1
    try:
        cells = await _many(session, partial(session.sock.send_get_next, GetIter(after)))
        if cells or await _ends(session, after):
            return cells
        raise NotUnderstood(f"{session.where}: the agent answers with an error when asked for what follows {after}")
    except CollectError:
        # GETNEXT does no better, so it is this place that the agent fails at.
        session.forget()
        raise


async def _many(session: Session, send: Callable[[], None]) -> dict[str, Value]:
    cells: dict[str, Value] = await session.exchange(send, session.sock.recv_get_many)
    return cells


async def _ends(session: Session, after: str) -> bool:
    """Ask for the one object after *after*: endOfMibView means the end; an error, or an object, does not."""

    def receive() -> object:
        try:
            return session.sock.recv_get()
        except SnmpDecodeError as error:
            if str(error) == "invalid pdu":  # gufo's word for more objects than one
                return None
            raise

    ask = GetIter(after, 1)
    try:
        await session.exchange(partial(session.sock.send_get_bulk if session.bulk else session.sock.send_get_next, ask), receive)
    except NoSuchInstance:
        return True
    return False
