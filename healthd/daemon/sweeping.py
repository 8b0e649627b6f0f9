"""Asking one customer's devices: pings each minute, known numbers every five, everything once a day and when there is cause.

A full poll out of turn is made for a device that is new, that came back,
that restarted, that lacks a number it had, or that told us of a change; not more often than once a
minute, whatever it tells.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from healthd import rounds as rounds_
from healthd.daemon.judging import Judging
from healthd.daemon.settings import Pace
from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.errors import StoreError
from healthd.faultpoint import faultpoint
from healthd.model.availability import State, Transition
from healthd.rounds import Gathered, Rounds
from healthd.schedule import Every, Schedule, due
from healthd.store import runs, tally, transaction

log = logging.getLogger("healthd.sweeping")
CALM_S, DUE_S = 60.0, 30.0
UNWRITTEN = 500
POLL = "poll"


@dataclass(frozen=True, slots=True)
class Unwritten:
    """One round's harvest with its share of the books (stage, asked, answered) and the days it completes."""

    found: Gathered
    counts: tuple[tuple[str, int, int], ...]
    periods: tuple[str, ...]


@dataclass(kw_only=True)
class Sweeping:
    """The rounds of one customer, kept going."""

    rounds: Rounds
    pace: Pace
    writer: Writer
    watch: Watch
    judging: Judging
    now: Callable[[], datetime]
    _wanted: set[str] = field(default_factory=set)
    _looked: dict[str, float] = field(default_factory=dict)
    _asked: float = float("-inf")
    _unwritten: deque[Unwritten] = field(default_factory=deque)
    _begun: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def code(self) -> str:
        """The customer's code."""
        return self.rounds.customer.code

    @property
    def wanted(self) -> frozenset[str]:
        """The devices that are still to be asked everything."""
        return frozenset(self._wanted)

    def look(self, names: Collection[str]) -> None:
        """Ask the devices *names* everything soon: something happened to them."""
        self._wanted |= set(names)

    async def pings(self) -> None:
        """Ping for ever."""
        await every(self.pace.ping_s, self._ping)

    async def sweeps(self) -> None:
        """Sweep for ever, once everybody has been asked for what there is to sweep."""
        await self._begun.wait()
        await every(self.pace.sweep_s, self._sweep)

    async def polls(self) -> None:
        """Make the full polls for ever: the daily ones and those that there is cause for."""
        await every(1.0, self._poll)

    async def last(self) -> None:
        """Write what was gathered when the rounds were ended; say what cannot be written any more."""
        await self._write()
        if self._unwritten:
            log.error("%s: %d rounds of measurements could not be kept before the end", self.code, len(self._unwritten))

    async def _ping(self) -> None:
        self.look(await self.rounds.ping(self.now()))
        changes = await self._write()
        if any(change.state is State.DOWN for change in changes):
            # A loss that is confirmed does not wait for the next sweep: the clock of its case runs.
            await self.judging.judge([])
        self.watch.turned(f"{self.code} pings")

    async def _sweep(self) -> None:
        found = await self.rounds.sweep(self.now())
        self.look(self.rounds.changed())
        await self._write([("sweeps", len(found), sum(s.up for s in found))])
        await self.judging.judge([s.device for s in found if s.up])
        self.watch.turned(f"{self.code} sweeps")

    async def _poll(self) -> None:
        now, periods = self.now(), list[str]()
        if time.monotonic() - self._asked >= DUE_S:
            self._asked = time.monotonic()
            periods = await self.writer.do(self._due, now)
        names = () if periods else tuple(sorted(self._cause()))
        if periods or names:
            moment = time.monotonic()
            self._looked |= dict.fromkeys(names or [device.name for device in self.rounds.devices], moment)
            try:
                found = await self.rounds.poll(now, names)
            except BaseException:
                self._wanted |= set(names)  # a poll that was not made, as new settings came, is still wanted
                raise
            await self._write([("polls", len(found), sum(p.up for p in found))], periods)
            await self.judging.judge([p.device for p in found if p.up])
        self._begun.set()
        self.watch.turned(f"{self.code} polls")

    def _cause(self) -> set[str]:
        """Return the devices to ask out of turn now, and forget that they were wanted."""
        moment = time.monotonic()
        wanted = self._wanted | self.rounds.unknown()
        ready = {name for name in wanted if moment - self._looked.get(name, -CALM_S) >= CALM_S}
        self._wanted -= ready
        return ready

    def _due(self, now: datetime) -> list[str]:
        """Return the days whose full poll is still to be made; one poll serves all of them."""
        zone = self.rounds.customer.zone
        daily = Schedule(customer=self.code, kind=POLL, every=Every.DAY, at=self.pace.poll_time, zone=zone)
        since = runs.since(self.code, POLL, now)
        recent = max(since, now - timedelta(days=3))
        return [period.key for period in due(daily, runs.done(self.code, POLL), recent, now)]

    async def _write(self, counts: Sequence[tuple[str, int, int]] = (), periods: Sequence[str] = ()) -> Sequence[Transition]:
        """Write what was gathered, in the order of gathering; what cannot be written now is kept for the next time.

        Return the changes of state that are written now.
        """
        taken = self.rounds.taken()
        self._unwritten.append(Unwritten(taken, tuple(counts), tuple(periods)))
        async with self._turn:
            while self._unwritten:
                try:
                    unfit = await self.writer.do(_keep, self._unwritten[0], self.now())
                except StoreError as error:
                    self.watch.failed(f"{self.code} store", error)
                    if len(self._unwritten) > UNWRITTEN:
                        self._give_up()
                    return ()
                self._unwritten.popleft()
                if unfit:
                    # Values whose meaning is lost: the rest of the round is kept, and a full poll gives the next ones a meaning.
                    log.error("%s: values that do not fit what is known of %s were left out", self.code, ", ".join(sorted(unfit)))
                    self.rounds.forget(unfit)
        self.watch.turned(f"{self.code} store")
        return taken.changes

    def _give_up(self) -> None:
        """Give up the oldest round's values; what the rounds after it build on is kept."""
        gone, following = self._unwritten.popleft(), self._unwritten.popleft()
        self._unwritten.appendleft(replace(following, found=rounds_.before(gone.found, following.found)))
        log.warning("%s: the database has been out of reach for too long; one round's values were given up", self.code)


@transaction.whole
def _keep(what: Unwritten, now: datetime) -> set[str]:
    unfit = rounds_.keep(what.found)
    for stage, asked, answered in what.counts:
        lost = min(len(unfit), answered) if stage == "sweeps" else 0
        counts = {(stage, tally.IN): asked, (stage, "out"): answered - lost, (stage, "dropped: no answer"): asked - answered}
        tally.add(now, counts | ({(stage, "dropped: cannot be kept"): lost} if lost else {}))
    for period in what.periods:
        runs.finish(what.found.customer, POLL, period, now)
    faultpoint("poll.before_commit")
    return unfit
