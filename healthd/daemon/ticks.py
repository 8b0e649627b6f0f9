"""Doing something again and again: at a fixed pace, never twice at once, and not more often to make up for lost time."""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def every(seconds: float, turn: Callable[[], Awaitable[None]]) -> None:
    """Await *turn* for ever, *seconds* from start to start; a turn that takes longer costs the ticks it covers.

    The pace is kept by the monotonic clock: a jump of the wall clock neither hurries nor delays it.
    """
    begun = time.monotonic()
    while True:
        await turn()
        passed = time.monotonic() - begun
        begun += seconds * max(1, -(-passed // seconds))
        await asyncio.sleep(max(0.0, begun - time.monotonic()))
