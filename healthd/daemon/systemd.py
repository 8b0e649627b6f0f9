"""Telling systemd how we are (sd_notify(3)): a datagram to the socket it named."""

import asyncio
import os
import socket
from collections.abc import Callable


def notify(state: str) -> bool:
    """Send *state* (``READY=1``, ``WATCHDOG=1``…); False when no systemd listens."""
    path = os.environ.get("NOTIFY_SOCKET", "")
    if not path:
        return False
    address = "\0" + path[1:] if path.startswith("@") else path
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        try:
            sock.sendto(state.encode(), address)
        except OSError:
            return False
    return True


async def watchdog(well: Callable[[], bool]) -> None:
    """Tell the watchdog for ever that we are *well*, twice as often as it asks; ends at once without a watchdog."""
    every = int(os.environ.get("WATCHDOG_USEC", "0")) / 2e6
    while every:
        if well():
            notify("WATCHDOG=1")
        await asyncio.sleep(every)
