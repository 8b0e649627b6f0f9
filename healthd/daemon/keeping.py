"""Housekeeping: hourly figures, what has been kept long enough, and the bounds of what strangers may fill."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.daemon.settings import Settings
from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.store import errands, events, files, findings, outbox, polls, proofs, quarantine, rollups
from healthd.store.database import settings_in_use

log = logging.getLogger("healthd.keeping")
TICK_S = 900.0
ERRANDS = timedelta(days=400)
"""How long it is known what was asked of desks: a mark that is forgotten could be put again, so longer than any case lives."""
FILES, SEARCHED = timedelta(days=90), timedelta(days=1)
"""How long files are kept that nothing refers to, and how often they are searched for: that reads all cases there are."""


@dataclass(kw_only=True)
class Keeping:
    """Keeps the store in order for *customers*."""

    customers: Sequence[str]
    settings: Settings
    writer: Writer
    watch: Watch
    now: Callable[[], datetime]
    _searched: datetime | None = None

    async def work(self) -> None:
        """Do the housekeeping for ever."""
        await every(TICK_S, self.turn)

    async def turn(self) -> None:
        """Make the figures of hours that are over, and delete what is old; each piece is a transaction of its own."""
        now, kept = self.now(), settings_in_use()
        for code in self.customers:
            await self.writer.do(rollups.roll, code, now)
            await self.writer.do(rollups.tidy, code, now, raw_days=kept.raw_days, rollup_days=kept.rollup_days)
            await self.writer.do(polls.thin, code, now)
            standing = await asyncio.to_thread(findings.standing, code, now)
            await self.writer.do(proofs.forget, code, [each.finding.key for each in standing], now)
            gone = await self.writer.do(events.forget, code, now - timedelta(days=self.settings.event_days))
            if gone:
                log.info("%s: %d events were older than %d days", code, gone, self.settings.event_days)
        await self.writer.do(quarantine.bound, self.settings.strays)
        await self.writer.do(outbox.forget, now - timedelta(days=self.settings.outbox_days))
        await self.writer.do(errands.forget, now - ERRANDS)
        if self._searched is None or now - self._searched >= SEARCHED:
            await self._files(now - FILES)
            self._searched = now
        self.watch.turned("keeping")

    async def _files(self, before: datetime) -> None:
        left = await asyncio.to_thread(files.unreferred, before)
        if left and (gone := await self.writer.do(files.forget, left, before)):
            log.info("%d files were older than %d days, and nothing referred to them", gone, FILES.days)
