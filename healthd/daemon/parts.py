"""Looking whether the parts that were replaced are in their devices: the new serial number, read by a poll, closes the step by itself."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.desk import parts
from healthd.errors import Conflict, NotAllowed
from healthd.store import database

log = logging.getLogger("healthd.daemon")
NAME = "replaced parts"
TICK_S = 60.0


@dataclass(kw_only=True)
class Parts:
    """Looks once a minute at what the newest polls of the customers *codes* say. Where nothing was installed lately, that is one small question."""

    codes: Sequence[str]

    def parts(self, watch: Watch, now: Callable[[], datetime]) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """Return the part of the daemon that this is."""
        return {NAME: lambda: every(TICK_S, lambda: self._turn(watch, now))}

    async def _turn(self, watch: Watch, now: Callable[[], datetime]) -> None:
        await asyncio.to_thread(self.turn, now())
        watch.turned(NAME)

    def turn(self, now: datetime) -> int:
        """Verify what was installed, or say once what is there instead; return how many replacements that was told of."""
        try:
            return sum(self._looked(code, now) for code in self.codes)
        finally:
            database.leave()

    @staticmethod
    def _looked(code: str, now: datetime) -> int:
        try:
            told = parts.verify(code, now)
        except (Conflict, NotAllowed) as error:
            log.info("what the devices of %s say about replaced parts is left to the next minute: %s", code, error)
            return 0
        for each in told:
            log.info("%s: %s: %s", each.number, each.steps[-1].step, each.disputed or each.serial_in)
        return len(told)
