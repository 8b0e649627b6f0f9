"""Storing: 2,000 devices that give 54 values every 5 minutes, in SQLite and PostgreSQL, and a day of all of them read back.

The last day is written through the store as the daemon writes it: one
transaction a customer (10 of them) and round. The days before it are copies
of that day, made inside the database, because generating them takes longer
than the measurement; ``HEALTHD_BENCH_DAYS=35`` keeps 35 days instead of two.
Read is what the daily report's rules read: every series of the day. In
SQLite a table with one row a value is measured beside it, for two hours' worth.
"""

import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks._figure import Figure, Spent, progress, spent
from benchmarks._missing import Missing
from benchmarks._postgresql import postgresql
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Layout, Sweep
from healthd.store import database, sweeps
from healthd.store._ready import connection
from healthd.store.history import history

ORDER = 3
CUSTOMERS, EACH, STEP, DAYS = 10, 200, 300, 2
PORTS, PLAIN_ROUNDS = 22, 24
READINGS = (
    *(Reading(metric="cpu.busy", item=f"CPU {n}", value=1.5, oid=f"1.{n}") for n in range(2)),
    *(
        Reading(metric=f"interface.{way}.octets", item=f"Gi1/0/{n}", value=1, oid=f"2.{n}.{way}")
        for n in range(PORTS)
        for way in ("in", "out")
    ),
    *(Reading(metric="temperature", item=f"Sensor {n}", value=1.5, oid=f"3.{n}") for n in range(4)),
    *(Reading(metric="psu.state", item=f"PSU {n}", value="ok", raw=2, source="X::psu", oid=f"4.{n}") for n in range(4)),
)
METRICS = sorted({reading.metric for reading in READINGS})
END = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(END - timedelta(days=1), END)
DAY_US = 86_400_000_000
Values = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is stored: devices of *each* customer, *rounds* of the last day, *days* in all."""

    each: int
    rounds: int
    days: int

    @property
    def values(self) -> int:
        """How many readings the last day has."""
        return self.rounds * CUSTOMERS * self.each * len(READINGS)


def figures(scale: float = 1.0) -> Iterator[Figure]:
    """Measure; *scale* below 1 keeps fewer devices and a shorter day."""
    days = int(os.environ.get("HEALTHD_BENCH_DAYS", DAYS))
    size = Size(each=max(2, int(EACH * scale)), rounds=max(2, int(min(1, scale * 4) * 86_400 / STEP)), days=days)
    folder = Path(tempfile.mkdtemp(prefix="healthd-bench-"))
    try:
        live = yield from _measured("SQLite", database.sqlite_url(folder / "packed.sqlite3"), size)
        yield _against_plain(folder, size, live)
    finally:
        shutil.rmtree(folder)
    try:
        with postgresql() as url:
            yield from _measured("PostgreSQL", url, size)
    except Missing as missing:
        progress(f"PostgreSQL: not measured: {missing}")


def _measured(engine: str, url: str, size: Size) -> Generator[Figure, None, Spent]:
    database.open_database(database.Settings(url=url))
    try:
        progress(f"{engine}: {size.values:,} readings a day, {size.days} days")
        live = _filled(size)
        octets = _octets(engine)
        with spent() as read:
            count = sum(_read(c, size) for c in range(CUSTOMERS))
    finally:
        database.close_database()
    if count != size.values:
        raise Missing(f"the measurement is void: {count} readings were read of {size.values}")
    title = f"{engine}, {CUSTOMERS * size.each:,} devices × {size.days} days × {len(READINGS)} values"
    yield Figure(
        what=f"{title}: written as it comes",
        ours=f"{size.values / live.wall:,.0f} readings/s ({size.values / live.cpu:,.0f} a CPU-s of ours)",
    )
    yield Figure(what=f"{engine}: bytes a reading, indexes included", ours=f"{octets / size.values / size.days:.1f}")
    yield Figure(
        what=f"{engine}: a day of all devices as rules read it ({count:,} readings)", ours=f"{read.wall:.1f} s, {read.cpu:.1f} CPU-s"
    )
    return live


def _names(c: int, size: Size) -> list[str]:
    return [f"d{c}-{n:03}" for n in range(size.each)]


def _day(rounds: int) -> list[Values]:
    """Return a day's values, the same for all devices: only their storing is measured."""
    dice = random.Random(7)  # noqa: S311 - measured values, no secrets
    octets, made = [0] * 2 * PORTS, []
    for _ in range(rounds):
        octets = [count + dice.randrange(10**9) for count in octets]
        made.append((*(dice.random() * 100 for _ in range(2)), *octets, *(40 + dice.random() for _ in range(4)), 2, 2, 2, 2))
    return made


def _filled(size: Size) -> Spent:
    """Fill the store; return what the last day took."""
    for c in range(CUSTOMERS):
        for name in _names(c, size):
            sweeps.put_layout(f"c{c}", Layout(device=name, readings=READINGS))
    with spent() as live:
        for n, values in enumerate(_day(size.rounds)):
            at = DAY.start + timedelta(seconds=n * STEP)
            for c in range(CUSTOMERS):
                made = [Sweep(device=name, at=at, values=values, rtt_ms=1.5, loss_pct=0.0) for name in _names(c, size)]
                sweeps.add(f"c{c}", made)
    text = (
        "INSERT INTO store_sweep (customer, at, device, up, reason, uptime_s, boots, engine_s, rtt_ms, loss_pct, layout, coding, data) "
        "SELECT customer, at - %s, device, up, reason, uptime_s, boots, engine_s, rtt_ms, loss_pct, layout, coding, data "
        "FROM store_sweep WHERE at >= %s ORDER BY customer, at, device"
    )
    with connection.cursor() as cursor:
        for shift in range(1, size.days):
            cursor.execute(text, [shift * DAY_US, round(DAY.start.timestamp() * 1e6)])
    return live


def _octets(engine: str) -> int:
    with connection.cursor() as cursor:
        if engine == "PostgreSQL":
            cursor.execute("SELECT pg_total_relation_size('store_sweep')")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = database.settings_in_use().path
    return path.stat().st_size if path else 0


def _read(c: int, size: Size) -> int:
    devices = [Device(name=name, customer=f"c{c}", address="") for name in _names(c, size)]
    past = history(Customer(code=f"c{c}", title=""), devices, DAY)
    return sum(len(series.values) for metric in METRICS for series in past.series(metric))


def _against_plain(folder: Path, size: Size, live: Spent) -> Figure:
    """Write the first rounds of the day into a table with a row a value, with the store's own settings."""
    table, day = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None), _day(min(PLAIN_ROUNDS, size.rounds))
    table.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;")
    table.execute("CREATE TABLE plain (device INTEGER, metric INTEGER, at INTEGER, value, PRIMARY KEY (device, metric, at)) WITHOUT ROWID")
    begun = time.perf_counter()
    for n, values in enumerate(day):
        for c in range(CUSTOMERS):
            _written(table, [(c * size.each + d, m, n * STEP, value) for d in range(size.each) for m, value in enumerate(values)])
    plain = len(day) * CUSTOMERS * size.each * len(READINGS) / (time.perf_counter() - begun)
    table.close()
    ours = size.values / live.wall
    return Figure(
        what="written as it comes, against a table with a row a value (SQLite)",
        ours=f"{ours:,.0f} readings/s", peer=f"{plain:,.0f}", ratio=f"{ours / plain:.1f} ×",
    )  # fmt: skip


def _written(table: sqlite3.Connection, rows: Sequence[tuple[int, int, int, float]]) -> None:
    table.execute("BEGIN IMMEDIATE")
    table.executemany("INSERT INTO plain VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)
    table.execute("COMMIT")
