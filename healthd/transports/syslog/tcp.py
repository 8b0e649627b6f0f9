"""The TCP and TLS listeners (RFC 6587, RFC 5425), with bounds on what a sender may hold open.

A connection is closed when it says nothing for *idle* seconds, when a frame
makes no sense, or when its address holds too many; the listener lives on.
"""

import asyncio
import ssl
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from healthd.model.received import Received
from healthd.transports.syslog.bucket import Buckets
from healthd.transports.syslog.frames import BrokenStreamError, Frames
from healthd.transports.syslog.received import Counts, Sink

PIECE = 64 * 1024


@dataclass(slots=True)
class TcpListener:
    """Receives on *host*:*port*; with *tls* it speaks TLS."""

    name: str
    host: str
    port: int
    sink: Sink
    tls: ssl.SSLContext | None = None
    buckets: Buckets | None = None
    idle: float = 600.0
    per_address: int = 20
    in_all: int = 500
    counts: Counts = field(default_factory=Counts)
    _server: asyncio.Server | None = None
    _open: Counter[str] = field(default_factory=Counter)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self) -> None:
        """Listen; the port that was bound is in ``port``."""
        handshake = {"ssl": self.tls, "ssl_handshake_timeout": 10.0} if self.tls else {}
        self._server = await asyncio.start_server(self._accept, self.host, self.port, limit=PIECE, **handshake)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the listener and every connection; whole messages that have arrived are handed on."""
        if self._server:
            self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server:
            await self._server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("peername")[0]
        if self._open[address] >= self.per_address or self._open.total() >= self.in_all:
            self.counts.turned_away += 1
            writer.close()
            return
        self.counts.connections += 1
        self._open[address] += 1
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in one
        self._tasks.add(task)
        try:
            await self._read(reader, address)
        except asyncio.CancelledError:
            return  # stop() closes everything; a server's callback must not end cancelled
        except (BrokenStreamError, OSError, TimeoutError, asyncio.IncompleteReadError, ssl.SSLError):
            self.counts.refused += 1
            self.counts.arrived += 1
        finally:
            self._open[address] -= 1
            self._open += Counter()  # forget addresses with nothing open
            self._tasks.discard(task)
            writer.close()

    async def _read(self, reader: asyncio.StreamReader, address: str) -> None:
        frames = Frames()
        while True:
            try:
                piece = await asyncio.wait_for(reader.read(PIECE), self.idle)
            except TimeoutError:
                return  # silence is no fault of the stream
            if not piece:
                break
            self._hand_on(frames.feed(piece), address)
        if last := frames.close():
            self._hand_on([last], address)

    def _hand_on(self, messages: list[bytes], address: str) -> None:
        at, now = datetime.now(UTC), time.monotonic()
        self.counts.arrived += len(messages)
        passed = [m for m in messages if self.buckets is None or self.buckets.take(address, now)]
        if suppressed := len(messages) - len(passed):
            self.counts.suppress(address, suppressed)
        if passed:
            self.counts.handed_on += len(passed)
            self.sink([Received(at, self.name, address, m, "tls" if self.tls else "tcp") for m in passed])


def server_tls(certificate: Path, key: Path, clients: Path | None = None) -> ssl.SSLContext:
    """Return a TLS context for a listener: TLS 1.2 and up; with *clients* (a CA file) senders must show a certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    if clients:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(clients)
    return context
