"""Our own clock: every time in every report comes from it."""

import ctypes
from collections.abc import Iterator

from healthd.doctor._patient import Found, Patient, bad, good, note

ORDER = 60
UNSYNCHRONISED = 5
"""adjtimex(2) returns TIME_ERROR while no server steers the clock."""


def check(patient: Patient) -> Iterator[Found]:  # noqa: ARG001 - every check has this argument
    """Ask the kernel whether the clock is steered."""
    buffer = ctypes.create_string_buffer(512)
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(buffer)
    except (OSError, AttributeError):
        yield note("the kernel does not tell whether the clock is synchronised", "look at timedatectl")
        return
    if state == UNSYNCHRONISED:
        yield bad("our clock is not synchronised", "run chrony or systemd-timesyncd")
    elif state < 0:
        yield note("the kernel does not tell whether the clock is synchronised", "look at timedatectl")
    else:
        yield good("our clock is synchronised")
