"""Asking devices that send no log lines for those they remember, merged without doubles with what was received."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from healthd import cycle
from healthd.analysis.stream.same import added, mark, unheard
from healthd.cycle import Wire
from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.errors import CollectError
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import events, remembered, tally, transaction

log = logging.getLogger("healthd.logbook")
STAGE = "remembered"
LONGEST = timedelta(days=7)
UNDATED = "log.undated"
"""The class of what a buffer holds when it is first asked for and gives no time that can be: it may be years old, so that it is no news of anything."""
FAST = timedelta(days=2)
"""A time further ahead is a clock's that is wrong, or last year's: a line does not print its year."""
WIDTH = 10


@dataclass(kw_only=True)
class Logbook:
    """The log buffers of one customer's devices. *silent* tells which of them have sent nothing lately, *home* is the customer's zone."""

    code: str
    devices: Sequence[Device]
    wire: Wire
    seconds: float
    silent: Callable[[str], bool]
    writer: Writer
    watch: Watch
    now: Callable[[], datetime]
    home: tzinfo | None = None
    _mute: set[str] = field(default_factory=set)

    async def work(self) -> None:
        """Ask for ever."""
        await every(self.seconds, self.turn)

    async def turn(self) -> None:
        """Ask every device that keeps silent; one that remembers nothing is not asked again before the next start."""
        gate = asyncio.Semaphore(WIDTH)

        async def one(device: Device) -> None:
            async with gate:
                await self._ask(device)

        wanted = [d for d in self.devices if d.in_service and d.name not in self._mute and self.silent(d.name)]
        await asyncio.gather(*(one(device) for device in wanted))
        self.watch.turned(f"{self.code} logbook")

    async def _ask(self, device: Device) -> None:
        now = self.now()
        try:
            found = await cycle.remembered(device, self.wire, now, self.home)
        except CollectError as error:
            log.info("%s: its log could not be asked for: %s", device.name, error)
            return
        if not found:
            self._mute.add(device.name)
            return
        await self.writer.do(_keep, self.code, device.name, found, now)


@transaction.whole
def _keep(code: str, device: str, found: Sequence[Event], now: datetime) -> None:
    buffer = remembered.Buffer(at=now, way=found[0].source, marks=tuple(map(mark, found)))
    before = remembered.last(code, device, buffer.way)
    remembered.keep(code, device, buffer)
    kept = events.between(code, Interval(now - LONGEST, now + timedelta(minutes=5)), [device])
    recent = [event for event in found if event.at is None or now - event.at <= LONGEST]
    new = _news(recent, kept, before, now)
    events.add(code, [_told(event, number) for number, event in enumerate(new)])
    counts = {
        tally.IN: len(found),
        "out": len(new),
        "dropped: heard before": len(recent) - len(new),
        "dropped: older than a week": len(found) - len(recent),
    }
    tally.add(now, {(STAGE, outcome): number for outcome, number in counts.items()})


def _news(recent: Sequence[Event], kept: Sequence[Event], before: remembered.Buffer | None, now: datetime) -> list[Event]:
    """Return what is new of *recent*, in its order.

    A line without a time that was not there *before* is younger than that
    asking, and only what came since can be a copy of it. When nobody asked
    within LONGEST, it is of no known age.
    """
    fresh = added(recent, before.marks if before else ())
    last = before if before and now - before.at <= LONGEST else None
    since = [each for each in kept if last is None or (each.received > last.at and each.source != last.way)]
    dated = unheard((each for each in fresh if _is_dated(each, now)), kept)
    undated = unheard((each for each in fresh if not _is_dated(each, now)), since)
    new = {id(each) for each in (*dated, *undated)}
    return [each if last or _is_dated(each, now) else replace(each, kind=UNDATED) for each in fresh if id(each) in new]


def _is_dated(event: Event, now: datetime) -> bool:
    return event.at is not None and event.at - now <= FAST


def _told(event: Event, number: int) -> Event:
    """Lines of one asking came at one moment; a microsecond each keeps them apart and in order."""
    return replace(event, received=event.received + timedelta(microseconds=number))
