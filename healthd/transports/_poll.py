"""One poll of one device over SNMP: what is asked in common is asked once."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sized
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from healthd.errors import CollectError, TimedOut
from healthd.model.answer import Answers, Row, Value
from healthd.model.counted import counted
from healthd.model.request import Get, Request, Walk
from healthd.transports._session import SYS_UP_TIME, Session
from healthd.transports._session3 import Stale
from healthd.transports._walk import Budget, Table, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one poll may cost; see ``snmp.Settings``."""

    walk_seconds: float
    poll_seconds: float
    varbinds: int
    in_flight: int
    objects: int


@dataclass(slots=True, kw_only=True)
class Poll:
    """A poll under way. *lend* gives a session to the device for a while."""

    where: str
    bounds: Bounds
    lend: Callable[[], AbstractAsyncContextManager[Session]]
    errors: list[str] = field(default_factory=list)
    unsupported: set[Request] = field(default_factory=set)
    asked: int = 0

    async def run(self, requests: Collection[Request]) -> Answers:
        """Ask everything and return the answers; raise only when nothing at all was answered."""
        started = time.monotonic()
        gets = [each for each in requests if isinstance(each, Get)]
        walks = [each for each in requests if isinstance(each, Walk)]
        if not gets and not walks:
            return Answers()
        # The first question decides whether the device is there; its silence costs one set of tries, not one a table.
        objects = await self._objects(gets)
        tables = await self._tables(walks)
        return Answers(
            gets=self._rows(gets, objects),
            walks=self._assemble(walks, tables),
            unsupported=frozenset(self.unsupported),
            errors=tuple(dict.fromkeys(self.errors)),
            requests=self.asked,
            seconds=time.monotonic() - started,
        )

    async def _objects(self, gets: list[Get]) -> dict[str, Value]:
        """Return the objects of *gets* that the device has; once something was answered, what is not is told and left out."""
        oids = list(dict.fromkeys(oid for get in gets for _, oid in get.objects)) or [SYS_UP_TIME]
        found: dict[str, Value] = {}
        failed: list[CollectError] = []
        async with self._session() as session:
            session.sound = False
            for part in batched(oids, self.bounds.objects):
                try:
                    found.update(await session.objects(part, failed))
                except Stale:
                    raise
                except CollectError as error:
                    failed.append(error.with_traceback(None))
                    if not (session.sound and await session.lives()):
                        break
            if failed and not session.sound:
                raise failed.pop(0)
        self.errors += [str(error) for error in failed]
        if strange := [oid for oid in found if oid not in oids]:
            self.errors.append(f"{self.where}: answered {strange[0]}, which was not asked; it was left out")
        return found

    def _rows(self, gets: list[Get], found: dict[str, Value]) -> dict[Get, Row]:
        rows = {get: {name: found[oid] for name, oid in get.objects if oid in found} for get in gets}
        self.unsupported.update(get for get, row in rows.items() if not row)
        return {get: row for get, row in rows.items() if row}

    async def _tables(self, walks: list[Walk]) -> dict[str, Table]:
        columns: dict[str, set[int]] = {}
        for each in walks:
            columns.setdefault(each.entry, set()).update(number for _, number in each.columns)
        tables = {entry: Table() for entry in columns}
        waiting = list(columns.items())[::-1]
        budget = Budget(self.bounds.varbinds)
        workers = [asyncio.create_task(self._worker(waiting, tables, budget)) for _ in range(min(self.bounds.in_flight, len(waiting)))]
        try:
            async with asyncio.timeout(self.bounds.poll_seconds):
                await asyncio.gather(*workers)
        except TimeoutError:
            self.errors.append(f"{self.where}: the poll took {self.bounds.poll_seconds:g} s and was ended; {_unasked(waiting)}")
        finally:
            for worker in workers:
                worker.cancel()
        self._leave(waiting, tables)
        return tables

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[Session]:
        async with self.lend() as session:
            before = session.asked
            try:
                yield session
            finally:
                self.asked += session.asked - before

    async def _worker(self, waiting: list[tuple[str, set[int]]], tables: dict[str, Table], budget: Budget) -> None:
        try:
            await self._work(waiting, tables, budget)
        except CollectError as error:  # no further session is to be had; the others, where there are any, do the work
            self.errors.append(str(error))

    async def _work(self, waiting: list[tuple[str, set[int]]], tables: dict[str, Table], budget: Budget) -> None:
        async with self._session() as session:
            while waiting:
                entry, columns = waiting.pop()
                table = tables[entry]
                await self._table(session, entry, sorted(columns), table, budget)
                if table.broken:
                    self.errors.append(table.broken)
                if table.silent and waiting and not await session.lives():
                    self.errors.append(f"{self.where}: stopped answering; {_unasked(waiting)}")
                    self._leave(waiting, tables)

    def _leave(self, waiting: list[tuple[str, set[int]]], tables: dict[str, Table]) -> None:
        for entry, _ in waiting:
            tables[entry].broken = "not asked"
        waiting.clear()

    async def _table(self, session: Session, entry: str, columns: list[int], table: Table, budget: Budget) -> None:
        try:
            async with asyncio.timeout(self.bounds.walk_seconds):
                await walk(session, entry, columns, budget, table)
        except TimeoutError:
            table.broken = f"{self.where}: {entry}: the walk took {self.bounds.walk_seconds:g} s and was ended there"
        except CollectError as error:
            table.silent = isinstance(error, TimedOut)
            table.broken = f"{entry}: {error}"

    def _assemble(self, walks: list[Walk], tables: dict[str, Table]) -> dict[Walk, dict[str, Row]]:
        done: dict[Walk, dict[str, Row]] = {}
        for each in walks:
            table = tables[each.entry]
            rows = table.rows({number: name for name, number in each.columns})
            if rows:
                done[each] = dict(rows)
            elif not table.broken:
                self.unsupported.add(each)
        return done


def _unasked(waiting: Sized) -> str:
    return f"{counted(len(waiting), 'table')} {'was' if len(waiting) == 1 else 'were'} not asked"


def batched(oids: list[str], size: int) -> Iterator[list[str]]:
    """Yield *oids* in lists of *size*."""
    for start in range(0, len(oids), size):
        yield oids[start : start + size]
