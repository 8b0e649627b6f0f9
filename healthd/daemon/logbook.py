"""Asking devices that send no log lines for those they remember, merged without doubles with what was received."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from healthd import cycle
from healthd.analysis.stream.same import unheard
from healthd.cycle import Wire
from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.errors import CollectError
from healthd.model.device import Device
from healthd.model.event import REMEMBERED, Event
from healthd.model.interval import Interval
from healthd.store import events, tally, transaction

log = logging.getLogger("healthd.logbook")
STAGE = "remembered"
LONGEST = timedelta(days=7)
UNDATED = "log.undated"
"""The class of what a buffer holds when it is first asked for and gives no time: it may be years old, so that it is no news of anything."""
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
    kept = events.between(code, Interval(now - LONGEST, now + timedelta(minutes=5)), [device])
    recent = [event for event in found if event.at is None or now - event.at <= LONGEST]
    asked_before = any(event.source in REMEMBERED for event in kept)
    new = [event if event.at or asked_before else replace(event, kind=UNDATED) for event in unheard(recent, kept)]
    events.add(code, [_told(event, number) for number, event in enumerate(new)])
    counts = {
        tally.IN: len(found),
        "out": len(new),
        "dropped: heard before": len(recent) - len(new),
        "dropped: older than a week": len(found) - len(recent),
    }
    tally.add(now, {(STAGE, outcome): number for outcome, number in counts.items()})


def _told(event: Event, number: int) -> Event:
    """Lines of one asking came at one moment; a microsecond each keeps them apart and in order."""
    return replace(event, received=event.received + timedelta(microseconds=number))
