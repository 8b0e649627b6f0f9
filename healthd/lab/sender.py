"""Sending syslog and traps when they are due, each from its device's own address."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

from healthd.lab.accounts import accounts
from healthd.lab.log import Log, datagram
from healthd.lab.moment import Moment
from healthd.lab.network import Network
from healthd.lab.traps import traps

Receiver = tuple[str, int]
EVERY = 0.2


class Sender:
    """Sends what happens from now on. *syslog* and *trap* are where to; None sends none of that kind."""

    def __init__(self, network: Network, clock: Callable[[], float], syslog: Receiver | None, trap: Receiver | None) -> None:
        """Send for all devices of *network* by *clock*."""
        self.network, self.clock, self.syslog, self.trap = network, clock, syslog, trap
        self.log, self.sent = Log(network), 0
        self._until = clock()
        self._sockets: dict[str, socket.socket] = {}

    async def run(self) -> None:
        """Send for ever; ends when it is cancelled."""
        with ExitStack() as stack:
            for spec in self.network.specs.values():
                sender = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                sender.setblocking(False)
                sender.bind((spec.address, 0))
                self._sockets[spec.name] = sender
            while True:
                self.due()
                await asyncio.sleep(EVERY)

    def due(self) -> None:
        """Send everything that has happened since the last call."""
        start, end = self._until, self.clock()
        self._until = end
        for name in self.network.specs:
            told = None
            # A fault injected "now" begins a moment before this look at the clock.
            for entry in self.log.between(name, start, end):
                # Unreachable devices still talk; nobody hears it.
                if not self.network.answers(name, entry.at):
                    continue
                moment = Moment.of(self.network, name, datetime.fromtimestamp(entry.at, UTC))
                self._send(name, datagram(moment, entry), self.syslog)
                if entry.about is not told:
                    told = entry.about
                    community = accounts(moment.spec.customer).community.reveal()
                    for made in traps(entry.about, self.network.view(name), community):
                        self._send(name, made, self.trap)

    def _send(self, name: str, data: bytes, receiver: Receiver | None) -> None:
        if receiver is None or name not in self._sockets:
            return
        try:
            self._sockets[name].sendto(data, receiver)
            self.sent += 1
        except OSError:
            # Nobody listens, or the buffer is full: UDP promises nothing, and so does a device.
            return
