"""Putting the daemon together, starting it, changing it while it runs, and stopping it.

``Plan`` is everything that settings and inventory say, read and checked
before anything is touched. A new plan (SIGHUP) that has a mistake changes
nothing; a good one replaces the parts, and the listeners stay open where
their settings are the same, so that no message is lost on the way.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from healthd import intake
from healthd.analysis.reachability import Confirm
from healthd.casework import DESK
from healthd.daemon import garbage, systemd
from healthd.daemon.delivering import Delivering
from healthd.daemon.door import Door
from healthd.daemon.http import Server
from healthd.daemon.judging import Judging
from healthd.daemon.keeping import TICK_S as KEEPING_S
from healthd.daemon.keeping import Keeping
from healthd.daemon.logbook import Logbook
from healthd.daemon.pages import Pages
from healthd.daemon.proving import Proving
from healthd.daemon.receiving import Receiving
from healthd.daemon.reporting import Post, Reporting
from healthd.daemon.settings import Listen, Settings, place
from healthd.daemon.sweeping import Sweeping
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.delivery import Delivery, Pace, Send, Tell
from healthd.errors import HealthdError
from healthd.intake import Intake
from healthd.model.counted import counted
from healthd.model.credential import SnmpUser
from healthd.model.device import Customer, Device
from healthd.model.report import Report
from healthd.rounds import Rounds
from healthd.store import database
from healthd.transports import icmp
from healthd.transports.scrub import Scrub
from healthd.transports.wires import Wires

log = logging.getLogger("healthd.daemon")
STOP_S = 10.0
MAIL = "mail"
Beside = Callable[[Watch, Callable[[], datetime]], Mapping[str, Callable[[], Awaitable[None]]]]
"""Makes parts of the daemon by their names."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the daemon is to do.

    *make* computes the report of a customer's day; *wires* opens what devices
    are asked over; *scrub* takes the secrets out of what is kept as evidence;
    *beside* makes parts that work beside the rounds: mail intake, Cisco.
    *desk* is where cases go of customers whose policy names none.
    """

    customers: Sequence[Customer]
    devices: Sequence[Device]
    settings: Settings
    listen: Listen
    icmp: icmp.Settings
    wires: Callable[[], Wires]
    users: Mapping[str, SnmpUser]
    communities: Collection[str] | None
    channels: Mapping[str, Send]
    paces: Mapping[str, Pace]
    tell: Tell
    domain: str
    make: Callable[[Customer, date, datetime], Report]
    scrub: Scrub = field(default_factory=Scrub)
    beside: Sequence[Beside] = ()
    desk: str = DESK

    def of(self, code: str) -> list[Device]:
        """Return the devices of customer *code*."""
        return [device for device in self.devices if device.customer == code]

    @property
    def size(self) -> str:
        """How much there is to watch, in words."""
        return f"{counted(len(self.devices), 'device')} of {counted(len(self.customers), 'customer')}"


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Daemon:
    """The running daemon. *replan* reads settings and inventory again and raises ConfigError when they are wrong."""

    plan: Plan
    replan: Callable[[], Plan]
    now: Callable[[], datetime] = utc_now
    writer: Writer = field(default_factory=Writer)
    watch: Watch = field(init=False)
    receiving: Receiving = field(init=False)
    sweepings: dict[str, Sweeping] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _wires: Wires | None = None
    _server: Server | None = None

    def __post_init__(self) -> None:
        self.watch = Watch(now=self.now)
        self._door = Door(writer=self.writer)

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        stop, again = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()
        for sign, event in ((signal.SIGTERM, stop), (signal.SIGINT, stop), (signal.SIGHUP, again)):
            loop.add_signal_handler(sign, event.set)
        await self.open()
        systemd.notify("READY=1")
        log.info("healthd is running: %s", self.plan.size)
        watchdog = asyncio.create_task(systemd.watchdog(lambda: True))
        while not stop.is_set():
            await _either(stop, again)
            if again.is_set() and not stop.is_set():
                again.clear()
                await self.reload()
        systemd.notify("STOPPING=1")
        watchdog.cancel()
        await self.close()

    async def open(self) -> None:
        """Take the lead on the database, open the listeners, start every part."""
        self.watch.started = self.now()
        await self.writer.do(database.lead)
        await self._door.open()
        self.receiving = self._receiver()
        await self.receiving.open()
        if self.plan.settings.http:
            pages = Pages(watch=self.watch, receiving=self.receiving, now=self.now, stuck=self._patience())
            self._server = Server(*place(self.plan.settings.http), pages.all())
        await self._start()

    async def reload(self) -> None:
        """Take over new settings and a new inventory; on a mistake the old ones stay."""
        systemd.notify("RELOADING=1")
        try:
            plan = await asyncio.to_thread(self.replan)
        except HealthdError as error:
            log.error("the new settings are not taken over, the old ones stay: %s", error)  # noqa: TRY400 - the message says all there is
        else:
            await self._end()
            same = plan.listen == self.plan.listen
            self.plan = plan
            if same:
                self.receiving.change(self._senders(), plan.users, plan.communities)
            else:
                await self.receiving.close()
                self.receiving = self._receiver()
                await self.receiving.open()
            await self._start()
            log.info("new settings taken over: %s", plan.size)
        systemd.notify("READY=1")

    async def close(self) -> None:
        """Stop asking, keep what has arrived, let go of everything."""
        await self._end()
        await self._door.close()
        await self.receiving.close()
        if self._server:
            await asyncio.to_thread(self._server.close)
        await self.writer.do(database.close_database)
        self.writer.close()
        log.info("healthd has stopped")

    async def _start(self) -> None:
        plan, parts = self.plan, dict[str, Callable[[], Awaitable[None]]]()
        self._wires = plan.wires()
        self.sweepings = {customer.code: self._sweeping(customer, self._wires) for customer in plan.customers}
        for code, each in self.sweepings.items():
            await self.writer.do(each.rounds.remember)
            parts |= {f"{code} pings": each.pings, f"{code} sweeps": each.sweeps, f"{code} polls": each.polls}
            parts[f"{code} proving"] = self._proving(each, self._wires).work
            parts[f"{code} logbook"] = self._logbook(each.rounds.customer, self._wires).work
        garbage.settle()
        delivery = Delivery(owner=_owner(), channels=plan.channels, paces=plan.paces, tell=plan.tell)
        parts["delivering"] = Delivering(delivery=delivery, watch=self.watch, now=self.now).work
        parts["reporting"] = self._reporting().work
        parts["keeping"] = self._keeping().work
        parts["receiving"] = self.receiving.work
        for make in plan.beside:
            parts |= make(self.watch, self.now)
        self._tasks = [asyncio.create_task(self.watch.keep(name, work), name=name) for name, work in parts.items()]
        self._tasks.append(asyncio.create_task(self.watch.beat(), name="beat"))

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_S)
        for each in self.sweepings.values():
            await each.last()
        if self._wires:
            self._wires.close()
        self._tasks, self._wires = [], None

    def _sweeping(self, customer: Customer, wires: Wires) -> Sweeping:
        plan, devices = self.plan, self.plan.of(customer.code)
        pace = plan.settings.pace(customer.code)
        gap = timedelta(seconds=2.4 * min(pace.ping_s if plan.icmp.way != "off" else pace.sweep_s, pace.sweep_s))
        made = Sweeping(
            rounds=Rounds(
                customer=customer,
                devices=devices,
                wire=wires,
                confirm=Confirm(misses=plan.settings.misses, gap=gap),
                width=plan.settings.width,
                echo=self._echo if plan.icmp.way != "off" else None,
            ),
            pace=pace,
            writer=self.writer,
            watch=self.watch,
            judging=Judging(customer=customer, devices=devices, writer=self.writer, now=self.now, desk=plan.desk),
            now=self.now,
        )
        if before := self.sweepings.get(customer.code):
            made.look(before.wanted)
        return made

    def _proving(self, sweeping: Sweeping, wires: Wires) -> Proving:
        judging = sweeping.judging
        made = Proving(
            code=sweeping.code,
            devices=judging.devices,
            wire=wires,
            writer=self.writer,
            watch=self.watch,
            now=self.now,
            again=lambda: judging.judge([]),
            poll=sweeping.look,
            scrub=self.plan.scrub,
        )
        judging.doubt = made.doubt
        return made

    def _logbook(self, customer: Customer, wires: Wires) -> Logbook:
        plan, receiving, code = self.plan, self.receiving, customer.code
        return Logbook(
            code=code,
            devices=plan.of(code),
            wire=wires,
            seconds=plan.settings.log_s,
            silent=lambda device: receiving.silent(code, device),
            writer=self.writer,
            watch=self.watch,
            now=self.now,
            home=customer.zone,
        )

    async def _echo(self, addresses: Sequence[str]) -> Mapping[str, tuple[float | None, float, str]]:
        found = await icmp.ping(addresses, self.plan.icmp)
        return {address: (echo.rtt_ms, echo.loss_pct, echo.by) for address, echo in found.items()}

    def _receiver(self) -> Receiving:
        return Receiving(
            settings=self.plan.listen,
            intake=Intake(senders=self._senders()),
            writer=self.writer,
            watch=self.watch,
            now=self.now,
            hint=self._hinted,
            users=self.plan.users,
            communities=self.plan.communities,
        )

    def _senders(self) -> intake.Senders:
        return intake.senders(self.plan.customers, self.plan.devices, self.plan.listen.owners)

    def _hinted(self, hints: Collection[tuple[str, str]]) -> None:
        for code, device in hints:
            if code in self.sweepings:
                self.sweepings[code].look([device])

    def _reporting(self) -> Reporting:
        plan = self.plan
        return Reporting(
            customers=plan.customers,
            make=plan.make,
            folder=plan.settings.reports,
            post=Post(channel=MAIL, domain=plan.domain),
            writer=self.writer,
            watch=self.watch,
            now=self.now,
        )

    def _keeping(self) -> Keeping:
        codes = [customer.code for customer in self.plan.customers]
        return Keeping(customers=codes, settings=self.plan.settings, writer=self.writer, watch=self.watch, now=self.now)

    def _patience(self) -> dict[str, timedelta]:
        """Return how long each part may go without a turn before it counts as stuck: three of its paces."""
        found = {"keeping": timedelta(seconds=3 * KEEPING_S)}
        for customer in self.plan.customers:
            found[f"{customer.code} logbook"] = timedelta(seconds=3 * self.plan.settings.log_s + 60)
            pace = self.plan.settings.pace(customer.code)
            found[f"{customer.code} sweeps"] = timedelta(seconds=3 * pace.sweep_s + 60)
            found[f"{customer.code} pings"] = timedelta(seconds=3 * pace.ping_s + 60)
        return found


async def _either(*events: asyncio.Event) -> None:
    """Wait until one of *events* is set."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await wait


def _owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:100]
