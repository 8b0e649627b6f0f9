"""Watching ourselves: tasks that end by themselves are started again and counted; how late the event loop is, is measured.

A fault of ours must never look like a fault of a device: who stands still
here measures nothing, and says so.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

log = logging.getLogger("healthd.daemon")
FIRST_S, LONGEST_S = 1.0, 60.0
BEAT_S = 0.25


@dataclass(slots=True)
class Part:
    """One part of the daemon: how often it had to be started again, why last, and when it last did a turn."""

    name: str
    restarts: int = 0
    error: str = ""
    failing: bool = False
    turned: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Watch:
    """The state of all parts. *lags* are the newest delays of the event loop in seconds."""

    now: Callable[[], datetime]
    parts: dict[str, Part] = field(default_factory=dict)
    lags: list[float] = field(default_factory=list)
    started: datetime | None = None

    def turned(self, name: str) -> None:
        """Note that part *name* has done a turn without a fault."""
        part = self.parts.setdefault(name, Part(name))
        part.turned, part.failing = self.now(), False

    def failed(self, name: str, error: BaseException) -> None:
        """Note that part *name* met *error*, and say so in the log."""
        part = self.parts.setdefault(name, Part(name))
        part.error, part.failing = f"{type(error).__name__}: {error}", True
        log.error("%s failed: %s", name, part.error, exc_info=error if log.isEnabledFor(logging.DEBUG) else None)

    async def keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run *work* for ever; when it fails, start it again, later and later."""
        wait = FIRST_S
        self.parts.setdefault(name, Part(name))
        while True:
            began = time.monotonic()
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - the boundary around one part: the others must go on
                self.failed(name, error)
            else:
                return
            self.parts[name].restarts += 1
            wait = FIRST_S if time.monotonic() - began > LONGEST_S else min(wait * 2, LONGEST_S)
            await asyncio.sleep(wait)

    async def beat(self) -> None:
        """Measure for ever how much later than asked the event loop turns."""
        while True:
            asked = time.monotonic()
            await asyncio.sleep(BEAT_S)
            self.lags = [*self.lags[-1199:], max(0.0, time.monotonic() - asked - BEAT_S)]

    def lag(self, share: float = 0.99) -> float:
        """Return the delay in seconds below which *share* of the newest beats were."""
        ordered = sorted(self.lags)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    def well(self) -> bool:
        """Say whether no part is failing."""
        return not any(part.failing for part in self.parts.values())
