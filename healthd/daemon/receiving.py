"""Receiving logs and notifications: listeners put them into a queue, the writing thread makes events of them.

The queue is bounded: what does not fit is dropped and counted, so that
arrived = handed on + suppressed + refused, and handed on = in the queue +
kept + dropped, at any moment.
"""

import asyncio
import logging
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from healthd import intake
from healthd.daemon.settings import Listen, place
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.errors import ConfigError, HealthdError
from healthd.intake import Intake
from healthd.model.credential import SnmpUser
from healthd.model.received import Notification, Received
from healthd.store import events, tally, transaction
from healthd.transports.syslog.bucket import Buckets
from healthd.transports.syslog.received import Counts
from healthd.transports.syslog.tcp import TcpListener, server_tls
from healthd.transports.syslog.udp import UdpListener
from healthd.transports.traps import Reader

log = logging.getLogger("healthd.receiving")
CHUNK = 5000
PAUSE_S, BOOKS_S = 0.2, 10.0
SILENT = timedelta(days=1)
TRAPS = "traps"
Listener = UdpListener | TcpListener


@dataclass(kw_only=True)
class Receiving:
    """The receiving part. *hint* is called, in the event loop, with the devices that a notification asks us to look at."""

    settings: Listen
    intake: Intake
    writer: Writer
    watch: Watch
    now: Callable[[], datetime]
    hint: Callable[[Collection[tuple[str, str]]], None]
    users: Mapping[str, SnmpUser] = field(default_factory=dict)
    communities: Collection[str] | None = None
    listeners: dict[str, Listener] = field(default_factory=dict)
    _queue: deque[Received] = field(default_factory=deque)
    _heard: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _dropped: int = 0
    _refused: Counter[str] = field(default_factory=Counter)
    _booked: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    _told: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def __post_init__(self) -> None:
        self._reader = Reader(users=self.users, communities=self.communities, reply=self._reply)

    def change(self, senders: intake.Senders, users: Mapping[str, SnmpUser], communities: Collection[str] | None) -> None:
        """Take over a new inventory without closing anything."""
        self.intake.senders = senders
        self._reader = Reader(users=users, communities=communities, reply=self._reply)

    def silent(self, customer: str, device: str) -> bool:
        """Say whether *device* has sent no log line for a day, as far as we have listened."""
        last = self._heard.get((customer, device))
        return last is None or self.now() - last >= SILENT

    async def open(self) -> None:
        """Listen at every place that the settings name; ConfigError names one that is taken or forbidden."""
        said = self.settings
        for name, where in (("udp", said.udp), ("tcp", said.tcp), ("tls", said.tls), (TRAPS, said.traps)):
            if where:
                self.listeners[name] = listener = self._made(name, *place(where))
                try:
                    await listener.start()
                except OSError as error:
                    raise ConfigError(
                        f"[listen] {name}: cannot listen at {where}: {error.strerror or error}; "
                        "choose another port, stop who has it, or grant CAP_NET_BIND_SERVICE for ports below 1024"
                    ) from error
                log.info("listening for %s at %s port %d", name, listener.host, listener.port)

    def _made(self, name: str, host: str, port: int) -> Listener:
        buckets = Buckets(rate=self.settings.rate, burst=self.settings.burst)
        if name in ("udp", TRAPS):
            return UdpListener(name=name, host=host, port=port, sink=self._sink, buckets=buckets)
        tls = None
        if name == "tls" and self.settings.certificate and self.settings.key:
            tls = server_tls(self.settings.certificate, self.settings.key, self.settings.clients)
        return TcpListener(name=name, host=host, port=port, sink=self._sink, buckets=buckets, tls=tls)

    def _sink(self, batch: Sequence[Received]) -> None:
        room = self.settings.queue - len(self._queue)
        self._queue.extend(batch[:room])
        self._dropped += max(0, len(batch) - room)

    async def work(self) -> None:
        """Make events of what is in the queue, for ever."""
        loop = asyncio.get_running_loop()
        booked = loop.time()
        while True:
            if not await self._turn() and loop.time() - booked < BOOKS_S:
                await asyncio.sleep(PAUSE_S)
            if loop.time() - booked >= BOOKS_S:
                await self.book()
                booked = loop.time()
            self.watch.turned("receiving")

    async def _turn(self) -> int:
        batch = [self._queue.popleft() for _ in range(min(CHUNK, len(self._queue)))]
        if batch:
            try:
                hints = await self.writer.do(self._keep, batch)
            except HealthdError:
                # The database is full, locked or gone: nothing of this batch is lost, and no device is blamed.
                self._queue.extendleft(reversed(batch))
                raise
            self.hint(hints)
        return len(batch)

    def _keep(self, batch: Sequence[Received]) -> frozenset[tuple[str, str]]:
        """Read and write one batch, then confirm the informs in it; runs in the writing thread."""
        read = [(each, self._read(each)) for each in batch]
        made = self.intake.take([message for _, message in read if message is not None])
        intake.keep(made, self.now())
        self._heard |= {
            (code, each.device): each.received for code, those in made.events.items() for each in those if each.source != "trap"
        }
        for received, message in read:
            if isinstance(message, Notification) and message.answer:
                self._reply(received, message.answer)
        return made.hints

    def _read(self, received: Received) -> Received | Notification | None:
        if received.listener != TRAPS:
            return received
        try:
            return self._reader.read(received)
        except HealthdError as error:
            self._refused[str(error)[:60]] += 1
            return None

    def _reply(self, received: Received, octets: bytes) -> None:
        listener = self.listeners.get(received.listener)
        if isinstance(listener, UdpListener):
            listener.answer(octets, received.address, received.port)

    async def book(self) -> None:
        """Write what the listeners have counted since the last time; tell who was held to his rate, and what has settled."""
        if (settled := self.intake.settled(self.now())).events:
            await self.writer.do(intake.keep, settled, self.now())
        counts = {key: number for name, each in self.listeners.items() for key, number in self._since(name, each.counts).items()}
        refused, self._refused = self._refused, Counter()
        dropped, self._dropped = self._dropped, 0
        counts |= {("notifications", tally.IN): refused.total(), ("queue", tally.IN): dropped, ("queue", "dropped: no room"): dropped}
        counts |= {("notifications", f"dropped: {why}"): number for why, number in refused.items()}
        told = [pair for name, each in self.listeners.items() for pair in self._suppressed(name, each.counts)]
        await self.writer.do(_book, self.now(), counts, told)

    def _since(self, name: str, counts: Counts) -> dict[tuple[str, str], int]:
        total = {
            tally.IN: counts.arrived + counts.lost,
            "out": counts.handed_on,
            "dropped: above its rate": counts.suppressed,
            "dropped: broken stream": counts.refused,
            "dropped: no room in the kernel": counts.lost,
        }
        waiting = total[tally.IN] - sum(number for outcome, number in total.items() if outcome != tally.IN)
        total[tally.IN] -= waiting  # what has arrived and is not handed on yet is booked the next time
        before, self._booked[name] = self._booked[name], total
        return {(f"listener {name}", outcome): number - before.get(outcome, 0) for outcome, number in total.items()}

    def _suppressed(self, name: str, counts: Counts) -> list[tuple[str, object]]:
        new = Counter(counts.suppressed_by) - self._told[name]
        self._told[name] = Counter(counts.suppressed_by)
        way = "trap" if name == TRAPS else name
        return list(intake.suppressed(new, way, self.intake.senders, name, self.now()))

    async def close(self) -> None:
        """Stop listening, and keep everything that has arrived."""
        for listener in self.listeners.values():
            await listener.stop()
        while await self._turn():
            pass
        await self.book()

    @property
    def waiting(self) -> int:
        """How many messages are in the queue."""
        return len(self._queue)


@transaction.whole
def _book(now: datetime, counts: tally.Counts, told: Sequence[tuple[str, object]]) -> None:
    tally.add(now, counts)
    for customer, event in told:
        events.add(customer, [event])  # type: ignore[list-item]
