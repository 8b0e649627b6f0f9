"""The log buffer: ``show logging``, ``show logging logfile``, ``show log``; its lines are events, not readings.

Source: Cisco System Message Logging guides. What stands above the buffer (servers, levels, counts) is no log line;
a log line has a tag ``%FACILITY-SEVERITY-MNEMONIC``, or begins with a time inside the buffer.
"""

import re
from collections.abc import Iterator

from healthd.collectors.logs import stamps
from healthd.collectors.logs.syslog import TAG, Context, parse
from healthd.collectors.shows._commands import typed
from healthd.model.event import Event
from healthd.model.observation import Fact
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()

_MINE = re.compile(r"show log(?:g(?:i(?:n(?:g)?)?)?)?(?: last \d+| \d+)?")

_BUFFER = re.compile(r"\s*Log Buffer \(", re.IGNORECASE)
_STAMPED = re.compile(rf"\s*(?:\d+:\ )?(?:{stamps.STAMP.pattern})[^:]{{0,12}}:", re.VERBOSE)


def reads(command: str) -> bool:
    """Say whether *command* prints the log buffer."""
    return bool(_MINE.fullmatch(command)) or typed(command, "show logging logfile|buffered|asdm *", "show logging last *")


def read(text: str, command: str) -> Iterator[Fact]:  # noqa: ARG001 - every reader has these two
    """Yield nothing: a log is read by *events*."""
    yield from ()


def events(text: str, context: Context) -> Iterator[Event]:
    """Yield one event per log line, in the buffer's order; a debug message has a time and no tag."""
    buffer = False
    for line in text.splitlines():
        buffer = buffer or bool(_BUFFER.match(line))
        if TAG.search(line) or (buffer and _STAMPED.match(line)):
            yield parse(line.encode("utf-8", "backslashreplace"), context)
