"""All writing in one thread: a database has one writer here, and a slow disk holds up no device and no listener."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Writer:
    """Runs blocking work, one piece after the other, in the order in which it was given."""

    def __init__(self) -> None:
        """Start no thread before there is work."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")

    async def do(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what *work* returns; whoever waits may be cancelled, the work goes through all the same."""
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._thread, lambda: work(*args, **kwargs)))

    def close(self) -> None:
        """Wait for the work that was given, and end the thread."""
        self._thread.shutdown(wait=True)
