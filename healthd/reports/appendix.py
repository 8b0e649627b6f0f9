"""The appendix, drawn by a process of its own while its parent draws what stands before it.

A list of all devices takes as long as all other pages together, and depends
on them for its page numbers alone. The process is a fork of one that has the
fonts already, with the same limits.
"""

import ctypes
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from healthd.errors import RenderError
from healthd.reports.numbers import Numbers

DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A part of a report as PDF, what WeasyPrint complained of, and the most octets of memory that drawing it took."""

    content: bytes
    complaints: tuple[str, ...] = ()
    memory: int = 0


class Appendix:
    """An appendix that is being drawn; *numbers* are those of the pages before it."""

    def __init__(self, draw: Callable[[Numbers], Drawn]) -> None:
        """Begin to *draw* in another process, with the page numbers that it is given."""
        self._line, theirs = Pipe()
        self.numbers = Numbers(both=self._both)
        self._pid = os.fork()
        if not self._pid:
            self._line.close()
            _work(draw, theirs)
        theirs.close()

    def _both(self, own: int) -> int:
        """Tell the other side how many pages stand before its own, and return the number of all."""
        self._line.send(own)
        return own + int(self._said())

    def drawn(self) -> Drawn:
        """Return what was drawn, once it is there; raises RenderError when it could not be."""
        made: Drawn = self._said()
        os.waitpid(self._pid, 0)
        return made

    def drop(self) -> None:
        """End the other process; nobody wants what it draws."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def _said(self) -> Any:
        try:
            return self._line.recv()
        except (EOFError, OSError) as error:
            raise RenderError("the appendix could not be drawn") from error


def _work(draw: Callable[[Numbers], Drawn], line: Connection) -> None:
    """Draw, tell what was drawn, and end: what stands behind the fork is the parent's alone."""
    status = 1
    try:
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
        line.send(draw(_numbers(line)))
        status = 0
    except BaseException:  # noqa: BLE001 - the boundary of a process
        traceback.print_exc()
    finally:
        os._exit(status)


def _numbers(line: Connection) -> Numbers:
    """Return the page numbers behind those pages that the other side has."""

    @cache
    def before() -> int:
        return int(line.recv())

    def both(own: int) -> int:
        line.send(own)
        return before() + own

    return Numbers(before, both)
