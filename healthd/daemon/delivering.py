"""Handing over what is in the outbox, in a thread of its own: a slow mail server holds up nothing else."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.delivery import Delivery

TICK_S = 2.0


@dataclass(kw_only=True)
class Delivering:
    """Delivers for ever."""

    delivery: Delivery
    watch: Watch
    now: Callable[[], datetime]

    async def work(self) -> None:
        """Hand over what is due, for ever."""
        await every(TICK_S, self.turn)

    async def turn(self) -> None:
        """Hand over everything that is due now."""
        while await asyncio.to_thread(self.delivery.due, self.now()):
            pass
        self.watch.turned("delivering")
