"""Polling: devices per second of processor, stored, against prometheus-snmp-exporter and pysnmp; and dead devices.

A *sweep* asks 60 values of each device (a firewall's sensors, processor,
memory and line counters) over sockets, and keeps them in an SQLite file:
``rounds.Rounds.sweep`` and ``keep``, as the daemon does it. The exporter and
pysnmp are asked for the same 60 objects and keep nothing. A *walk* is
IF-MIB::ifXTable of 52 ports, 988 values. Every device is an agent at an
address of its own; the agents' processor time counts for nobody.
"""

import asyncio
import gc
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import uvloop

from benchmarks import _agents
from benchmarks._exporter import Exporter, exporter
from benchmarks._figure import Figure, Rounds, own_cpu, progress
from benchmarks._missing import Missing
from benchmarks._pysnmp import Pysnmp
from healthd import cycle, rounds
from healthd.collectors.uptime import CLOCKS
from healthd.model.answer import Answers, Value
from healthd.model.device import Customer, Device
from healthd.model.poll import Layout
from healthd.model.request import Request, Walk
from healthd.store import database, sweeps
from healthd.store import devices as store_devices
from healthd.transports.snmp import Snmp

ORDER = 1
VALUES = 60
GETS, WALKS, DEAD = 21161, 21162, 21163  # ports
PERCENT_DEAD = 10
VERSIONS = ("v2c", "v3")
IF_X = Walk(mib="IF-MIB", table="ifXTable", entry=_agents.IF_X_ENTRY, columns=tuple((name, n) for n, name in enumerate(_agents.IF_X, 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many devices each one asks in a round, and how many rounds."""

    ours: int = 2000
    exporter: int = 1500
    exporter_v3: int = 100
    pysnmp: int = 40
    many: int = 20_000
    rounds: int = 5

    @classmethod
    def of(cls, scale: float) -> "Size":
        """Return the sizes for *scale* (1: as in earnest)."""
        if scale == 1:
            return cls()
        return cls(
            ours=max(20, int(2000 * scale)),
            exporter=max(20, int(1500 * scale)),
            exporter_v3=max(2, int(100 * scale)),
            pysnmp=max(2, int(40 * scale)),
            many=max(50, int(20_000 * scale)),
            rounds=max(1, int(5 * scale)),
        )


def figures(scale: float = 1.0) -> Iterator[Figure]:
    """Measure; *scale* below 1 is a try whose figures mean nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with _store(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            measured = _measured(Size.of(scale))
            while (figure := runner.run(_next(measured))) is not None:
                yield figure
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def _next(measured: AsyncIterator[Figure]) -> Figure | None:
    return await anext(measured, None)


async def _measured(size: Size) -> AsyncIterator[Figure]:
    gets, walks = _agents.lab_table(_agents.FIREWALL), _agents.if_x_table()
    with _agents.agents(GETS, gets), _agents.agents(WALKS, walks), _agents.agents(DEAD, gets, PERCENT_DEAD):
        layout = await _layout()
        oids = (*CLOCKS, *layout.oids)
        with exporter(oids) as peer:
            for version in VERSIONS:
                for figure in _compared(await _sweeps(size, version, layout, oids, peer), f"sweep of {VALUES} values, {version}", 3.0):
                    yield figure
                for figure in _compared(await _walks(size, version, peer), f"walk of 988 values, {version}", None):
                    yield figure
        for some in (_dead(size, layout), _many(size, layout), _full()):
            for figure in await some:
                yield figure


@contextmanager
def _store() -> Iterator[None]:
    """Open an SQLite database in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="healthd-bench-") as folder:
        database.open_database(database.Settings(url=database.sqlite_url(Path(folder, "healthd.sqlite3"))))
        try:
            yield
        finally:
            database.close_database()


async def _layout() -> Layout:
    """Return what a full poll of one agent gives to sweep, cut to 60 values with the three clocks."""
    wire = Snmp(_agents.CREDENTIALS)
    poll = await cycle.poll(_agents.device(0, "v2c", GETS), wire, datetime.now(UTC))
    wire.close()
    made = cycle.layout(poll)
    return replace(made, readings=made.readings[: VALUES - len(CLOCKS)])


async def _ready(code: str, devices: Sequence[Device], layout: Layout, wire: cycle.Wire) -> rounds.Rounds:
    """Return the rounds of a new customer whose devices were polled before."""
    made = rounds.Rounds(customer=Customer(code=code, title=""), devices=devices, wire=wire)
    await asyncio.to_thread(_known, made, devices, layout)
    await made.sweep(datetime.now(UTC))  # sockets are opened and keys derived once, not every five minutes
    await asyncio.to_thread(made.keep)
    return made


def _known(made: rounds.Rounds, devices: Sequence[Device], layout: Layout) -> None:
    store_devices.put(made.customer.code, devices)
    for device in devices:
        sweeps.put_layout(made.customer.code, replace(layout, device=device.name))
    made.remember()
    gc.collect()
    gc.freeze()  # as the daemon does when it has started


async def _sweeps(size: Size, version: str, layout: Layout, oids: Sequence[str], peer: Exporter) -> Rounds:
    devices = [_agents.device(n, version, GETS) for n in range(max(size.ours, size.exporter))]
    wire, other = Snmp(_agents.CREDENTIALS), Pysnmp()
    ours = await _ready(f"sweep-{version}", devices[: size.ours], layout, wire)
    scraped = devices[: size.exporter if version == "v2c" else size.exporter_v3]

    async def ask_pysnmp() -> None:
        for device in devices[: size.pysnmp]:
            _whole(await other.get(device, oids), VALUES)

    measured = Rounds()
    for turn in range(size.rounds):
        progress(f"sweeps over {version}, round {turn + 1} of {size.rounds}")
        measured.add("ours", size.ours / await _cpu(lambda: _swept(ours)))
        before = peer.cpu
        await peer.scrape(scraped, f"get_{version}", VALUES)
        measured.add("exporter", len(scraped) / max(0.01, peer.cpu - before))
        measured.add("pysnmp", size.pysnmp / await _cpu(ask_pysnmp))
    wire.close()
    return measured


async def _swept(ours: rounds.Rounds) -> None:
    found = await ours.sweep(datetime.now(UTC))
    _whole(sum(not sweep.up for sweep in found), 0)
    await asyncio.to_thread(ours.keep)


async def _walks(size: Size, version: str, peer: Exporter) -> Rounds:
    devices = [_agents.device(n, version, WALKS) for n in range(size.ours // 10)]
    wire, other = Snmp(_agents.CREDENTIALS), Pysnmp()

    async def ask_us() -> None:
        gate = asyncio.Semaphore(50)

        async def one(device: Device) -> None:
            async with gate:
                answers = await wire.ask(device, {IF_X})
                _whole(sum(len(row) for row in answers.walks[IF_X].values()), 988)

        await asyncio.gather(*(one(device) for device in devices))

    async def ask_pysnmp() -> None:
        for device in devices[: max(1, size.pysnmp // 4)]:
            _whole(await other.walk(device), 988)

    await ask_us()
    measured = Rounds()
    scraped = devices if version == "v2c" else devices[: size.exporter_v3]
    for turn in range(size.rounds):
        progress(f"walks over {version}, round {turn + 1} of {size.rounds}")
        measured.add("ours", len(devices) / await _cpu(ask_us))
        before = peer.cpu
        await peer.scrape(scraped, f"walk_{version}", 988)
        measured.add("exporter", len(scraped) / max(0.01, peer.cpu - before))
        measured.add("pysnmp", max(1, size.pysnmp // 4) / await _cpu(ask_pysnmp))
    wire.close()
    return measured


async def _cpu(action: Callable[[], Awaitable[None]]) -> float:
    gc.collect()
    before = own_cpu()
    await action()
    return max(0.001, own_cpu() - before)


def _whole(given: int, wanted: int) -> None:
    if given != wanted:
        raise Missing(f"the measurement is void: {given} values or silent devices instead of {wanted}")


def _compared(measured: Rounds, what: str, target: float | None) -> Iterator[Figure]:
    ours = f"{measured.median('ours'):,.0f} devices/CPU-s"
    for peer, title in (("exporter", "prometheus-snmp-exporter"), ("pysnmp", "pysnmp")):
        ratio = measured.ratio("ours", peer)
        promised = target if peer == "exporter" else None
        yield Figure(
            what=f"{what}, against {title}",
            ours=ours,
            peer=f"{measured.median(peer):,.0f}",
            ratio=f"{ratio:.1f} ×",
            target=f"≥ {promised:g} ×" if promised else "",
            met=ratio >= promised if promised else None,
        )


async def _many(size: Size, layout: Layout) -> list[Figure]:
    """Sweep 20,000 devices over v3, in customers of 2,000, and keep it all: the share of one core over five minutes."""
    wire = Snmp(_agents.CREDENTIALS)
    every = [_agents.device(n, "v3", GETS) for n in range(size.many)]
    customers = [await _ready(f"many-{first}", every[first : first + 2000], layout, wire) for first in range(0, size.many, 2000)]

    async def everyone() -> None:
        for each in customers:
            await _swept(each)

    begun = time.perf_counter()
    cpu, wall = await _cpu(everyone), time.perf_counter() - begun
    share, memory = cpu / 300, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wire.close()
    said = f"{cpu:.1f} CPU-s, {wall:.1f} s, {memory:,.0f} MiB"
    return [
        Figure(
            what=f"{size.many:,} devices every 5 min over v3: share of one core",
            ours=said,
            ratio=f"{share:.1%}",
            target="< 25 %",
            met=share < 0.25,
        )
    ]


@dataclass(slots=True)
class _Watch:
    """A wire that writes down when each device had answered, in seconds since the start of the round."""

    wire: Snmp
    begun: float = 0.0
    heard: dict[str, float] = field(default_factory=dict)

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        return await self.wire.ask(device, requests)

    async def sweep(self, device: Device, oids: Sequence[str]) -> tuple[Value | None, ...]:
        found = await self.wire.sweep(device, oids)
        self.heard[device.name] = time.perf_counter() - self.begun
        return found


async def _dead(size: Size, layout: Layout) -> list[Figure]:
    """Time until the last live device has answered: all alive, then a tenth dead in its first round and in the next ones."""
    wire = Snmp(_agents.CREDENTIALS)
    watch = _Watch(wire)
    every = [_agents.device(n, "v2c", DEAD) for n in range(size.ours)]
    living = [device for device in every if not _agents.dies(device, PERCENT_DEAD)]
    alone = await _ready("living", living, layout, watch)
    all_ = await _ready("dying", living, layout, watch)
    missing = [device for device in every if _agents.dies(device, PERCENT_DEAD)]
    all_.devices = every
    await asyncio.to_thread(_known, all_, missing, layout)
    without, first, later = Rounds(), Rounds(), Rounds()
    await _timed(all_, watch, first)
    for _ in range(max(1, size.rounds // 2)):
        await _timed(alone, watch, without)
        await _timed(all_, watch, later)
    wire.close()
    base = without.median("last")
    return [
        _late(f"last of {len(living):,} live devices heard, {len(missing)} dead ones among them, {when}", base, told.median("last"))
        for when, told in (("the round in which they die", first), ("every round after", later))
    ]


async def _timed(some: rounds.Rounds, watch: _Watch, told: Rounds) -> None:
    watch.heard.clear()
    watch.begun = time.perf_counter()
    await some.sweep(datetime.now(UTC))
    await asyncio.to_thread(some.keep)
    told.add("last", max(watch.heard.values()))


def _late(what: str, base: float, now: float) -> Figure:
    return Figure(
        what=what, ours=f"{now:.2f} s", peer=f"{base:.2f} s without", ratio=f"{now / base:.2f} ×", target="≤ 1.5 ×", met=now <= 1.5 * base
    )


async def _full() -> list[Figure]:
    """Poll the lab's switch stack whole, by every reader there is."""
    with _agents.agents(WALKS + 10, _agents.lab_table(_agents.SWITCH)):
        wire = Snmp(_agents.CREDENTIALS)
        polls, device = 20, _agents.device(1, "v3", WALKS + 10)
        poll = await cycle.poll(device, wire, datetime.now(UTC))

        async def again() -> None:
            for _ in range(polls):
                await cycle.poll(device, wire, datetime.now(UTC))

        cpu = await _cpu(again) / polls
        wire.close()
    ports, values = len(poll.interfaces), len(poll.readings)
    return [
        Figure(
            what=f"full poll of a switch stack over v3 ({ports} interfaces, {values:,} readings, {poll.requests} questions)",
            ours=f"{cpu * 1000:.0f} CPU-ms",
            ratio=f"{1 / cpu:.0f} devices/CPU-s",
        )
    ]
