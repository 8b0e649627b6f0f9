"""Processes that draw, started while there is something else to do.

Each draws one report and ends, so that nothing of one customer is left for
the next, and no more than one stands ready.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Self

KEPT = ("PATH", "HOME", "LANG", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME")
"""Only what the drawing needs goes along: no secret of ours is in the child's environment."""


class Press:
    """A process that makes itself ready to draw one report in the language *code*."""

    def __init__(self, code: str) -> None:
        """Start it, and wait for nothing."""
        kept = {key: os.environ[key] for key in KEPT if key in os.environ}
        command = [sys.executable, "-m", "healthd.reports._child", code]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=kept)
        self.code = code

    def run(self, job: bytes, seconds: float) -> subprocess.CompletedProcess[bytes]:
        """Give it its *job* and wait for the end; raises TimeoutExpired after so many *seconds*, when it is ended."""
        try:
            said, wrong = self._process.communicate(job, timeout=seconds)
        except subprocess.TimeoutExpired:
            self.close()
            raise
        return subprocess.CompletedProcess(self._process.args, self._process.returncode, said, wrong)

    def close(self) -> None:
        """End it, if it has not ended."""
        self._process.kill()
        self._process.communicate()


class Presses:
    """Presses for the languages *codes*, one report each: the next one is made ready while the one before it draws."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Make the first one ready."""
        self._codes = iter(codes)
        self._next = self._made()

    def _made(self) -> Press | None:
        code = next(self._codes, None)
        return None if code is None else Press(code)

    def take(self, code: str) -> Press:
        """Return a press for *code*: the one that is ready, if it is one."""
        there, self._next = self._next, None
        if there is not None and there.code != code:
            there.close()
            there = None
        taken = there or Press(code)
        self._next = self._made()
        return taken

    def __enter__(self) -> Self:
        """Take them into use."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the one that nobody took."""
        if self._next is not None:
            self._next.close()
