"""Looking whether the parts that were replaced are in their devices: the new serial number, read by a poll, closes the step by itself."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.desk import parts
from healthd.errors import Conflict, NotAllowed

log = logging.getLogger("healthd.daemon")
NAME = "parts"
TICK_S = 60.0


@dataclass(kw_only=True)
class Parts:
    """Looks once a minute at what the newest polls of the customers *codes* say. Where nothing was installed lately, that is one small question."""

    codes: Sequence[str]
    writer: Writer
    watch: Watch
    now: Callable[[], datetime]

    async def work(self) -> None:
        """Look every minute, for ever."""
        await every(TICK_S, self.turn)

    async def turn(self) -> None:
        """Verify what was installed, or say once what is there instead."""
        for code in self.codes:
            try:
                told = await self.writer.do(parts.verify, code, self.now())
            except (Conflict, NotAllowed) as error:
                log.info("what the devices of %s say about replaced parts is left to the next minute: %s", code, error)
                continue
            for each in told:
                log.info("%s: %s %s", each.number, each.steps[-1].step, each.disputed or each.serial_in)
        self.watch.turned(NAME)
