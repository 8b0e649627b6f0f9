"""Python's search for circular garbage, made at moments of our choice.

A full search stops every thread, for an eighth of a second while the history
of 200 devices is in memory (measured), and Python makes it just then, because
just then many objects are born. They have no circles and go by themselves
when they are done with. So the search waits until nobody has a history in
hand, and passes over all that was there when the daemon had started. Then
the C library gives back what it holds free: it would keep some hundred
megabytes of a large report for ever.
"""

import ctypes
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = (5000, 20, 1_000_000)
"""Thresholds: the young are searched as usual, the old ones only by us."""


class _Busy:
    """How many pieces of work with much in memory are going on."""

    lock = threading.Lock()
    count = 0


def settle() -> None:
    """Take all that is there now for permanent, and the search into our hands."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG)


@contextmanager
def heavy() -> Iterator[None]:
    """Do work that has much in memory for a while; behind the last of them the search is made."""
    with _Busy.lock:
        _Busy.count += 1
    try:
        yield
    finally:
        with _Busy.lock:
            _Busy.count -= 1
            alone = not _Busy.count
        if alone:
            gc.collect()
            _give_back()


@contextmanager
def paused() -> Iterator[None]:
    """Do work that has much in memory in a process that ends soon after it: nothing is searched, not at its end either."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        _give_back()


def _give_back() -> None:
    """Let the system have the memory that nobody uses, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
