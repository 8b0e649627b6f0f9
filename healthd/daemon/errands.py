"""Doing the case client's errands, for each desk in a thread of its own: one that hangs holds up no other, and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.daemon.ticks import every
from healthd.daemon.watch import Watch
from healthd.errands import Worker
from healthd.store import database

TICK_S = 2.0
LOOK = timedelta(seconds=30)
"""How often doubles and words are looked for; each ticket at the pace of the settings."""


@dataclass(kw_only=True)
class Errands:
    """Works for ever with *workers*."""

    workers: Sequence[Worker]

    def parts(self, watch: Watch, now: Callable[[], datetime]) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """Return the parts of the daemon that this is: one for each desk."""
        return {f"errands {worker.desk.name}": _working(worker, watch, now) for worker in self.workers}


def _working(worker: Worker, watch: Watch, now: Callable[[], datetime]) -> Callable[[], Awaitable[None]]:
    looked: list[datetime] = []

    def turn() -> None:
        """Do everything that is due, then look at what came back."""
        try:
            while worker.due(now()):
                pass
            if not looked or now() - looked[-1] >= LOOK:
                looked[:] = [now()]
                worker.reconcile(now())
                worker.words(now())
        finally:
            database.leave()

    async def once() -> None:
        await asyncio.to_thread(turn)
        watch.turned(f"errands {worker.desk.name}")

    return lambda: every(TICK_S, once)
