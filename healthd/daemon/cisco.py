"""Cisco's TAC at its two paces: the queue and what is due every half minute, the mirror every hour; in threads of their own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.errors import DeskError
from healthd.escalation.mirroring import Mirroring
from healthd.escalation.pushing import Exchanging
from healthd.store import database

log = logging.getLogger("healthd.daemon")
EXCHANGE, MIRROR = "cisco", "cisco mirror"


@dataclass(kw_only=True)
class Cisco:
    """What is configured of the two; a part that is not there does nothing."""

    exchanging: Exchanging | None
    mirroring: Mirroring | None
    pull_s: float
    mirror_s: float

    def parts(self, watch: Watch, now: Callable[[], datetime]) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """Return the parts of the daemon that this is, by their names."""
        del now  # its two parts were made with their clock
        found: dict[str, Callable[[], Awaitable[None]]] = {}
        if self.exchanging is not None:
            found[EXCHANGE] = _again(EXCHANGE, self.pull_s, self.exchanging.turn, watch)
        if self.mirroring is not None:
            found[MIRROR] = _again(MIRROR, self.mirror_s, self.mirroring.turn, watch)
        return found


def _again(name: str, seconds: float, turn: Callable[[], None], watch: Watch) -> Callable[[], Awaitable[None]]:
    def done() -> None:
        try:
            turn()
        finally:
            database.leave()

    async def once() -> None:
        """Do one turn; what Cisco does not answer is Cisco's trouble: it is told, and tried at the next one."""
        try:
            await asyncio.to_thread(done)
        except DeskError as error:
            watch.failed(name, error)
            await asyncio.sleep(error.wait_s or 0)
        else:
            watch.turned(name)

    async def work() -> None:
        await every(seconds, once)

    return work
