"""Storing: 2,000 devices x 35 days in packed rows, against a table with one row a value, in one run.

2,000 devices of 10 customers give 12 values every 5 minutes. The packed
history's last day is written through the store as the daemon writes it (one
transaction a customer and round); the days before it are copies of a day,
made inside the database, because generating them takes longer than the
measurement. The plain table holds one day only: it is given the advantage of
being 35 times smaller. Both are SQLite with the store's own settings.
"""

import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks._figure import Figure
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Layout, Sweep
from healthd.store import database, sweeps
from healthd.store._ready import connection
from healthd.store.history import history

ORDER = 3
CUSTOMERS, EACH, STEP = 10, 200, 300
ROUNDS = 86_400 // STEP
READINGS = (
    *(Reading(metric="cpu.busy", item=f"CPU {n}", value=1.5, oid=f"1.{n}") for n in range(2)),
    *(Reading(metric=f"interface.{way}.octets", item=f"Gi1/0/{n}", value=1, oid=f"2.{n}.{way}") for n in range(3) for way in ("in", "out")),
    *(Reading(metric="temperature", item=f"Sensor {n}", value=1.5, oid=f"3.{n}") for n in range(2)),
    *(Reading(metric="psu.state", item=f"PSU {n}", value="ok", raw=2, source="X::psu", oid=f"4.{n}") for n in range(2)),
)
END = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(END - timedelta(days=1), END)
NAMES = [[f"d{c}-{n:03}" for n in range(EACH)] for c in range(CUSTOMERS)]
DAY_US = 86_400_000_000
took: dict[str, float] = {}


@contextmanager
def measured(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    took[what] = time.perf_counter() - start


def rounds() -> list[tuple[float, ...]]:
    """Return a day's values, the same for all devices: only their storing is measured."""
    dice = random.Random(7)  # noqa: S311 - measured values, no secrets
    octets = [0] * 6
    made = []
    for _ in range(ROUNDS):
        octets = [count + dice.randrange(10**9) for count in octets]
        made.append((dice.random() * 100, dice.random() * 100, *octets, 40 + dice.random(), 41 + dice.random(), 2, 2))
    return made


def packed(day: list[tuple[float, ...]], days: int) -> tuple[float, float]:
    """Fill the store; return seconds for the last day, and bytes for a reading."""
    for c in range(CUSTOMERS):
        for name in NAMES[c]:
            sweeps.put_layout(f"c{c}", Layout(device=name, readings=READINGS))
    write_packed(day, DAY.start - timedelta(days=days - 1))
    first = round((DAY.start - timedelta(days=days - 1)).timestamp() * 1e6)
    text = (
        "INSERT INTO store_sweep (customer, at, device, up, reason, uptime_s, boots, engine_s, rtt_ms, loss_pct, layout, coding, data) "
        "SELECT customer, at + %s, device, up, reason, uptime_s, boots, engine_s, rtt_ms, loss_pct, layout, coding, data "
        "FROM store_sweep WHERE at < %s ORDER BY at"
    )
    with connection.cursor() as cursor, measured("copying the days between"):
        for shift in range(1, days - 1):
            cursor.execute(text, [shift * DAY_US, first + DAY_US])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with measured("packed, live"):
        write_packed(day, DAY.start)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("SELECT count(*) FROM store_sweep")
        count = cursor.fetchone()[0]
    path = database.settings_in_use().path
    assert path
    return count, path.stat().st_size / count / len(READINGS)


def write_packed(day: list[tuple[float, ...]], first: datetime) -> None:
    for n, values in enumerate(day):
        at = first + timedelta(seconds=n * STEP)
        for c in range(CUSTOMERS):
            sweeps.add(f"c{c}", [Sweep(device=name, at=at, values=values, rtt_ms=1.5, loss_pct=0.0) for name in NAMES[c]])


def plain(folder: Path, day: list[tuple[float, ...]]) -> tuple[sqlite3.Connection, float]:
    """Fill the plain table with one day; return it, and bytes for a reading."""
    table = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None)
    table.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;")
    table.execute("CREATE TABLE plain (device INTEGER, metric INTEGER, at INTEGER, value, PRIMARY KEY (device, metric, at)) WITHOUT ROWID")
    with measured("plain, live"):
        for n, values in enumerate(day):
            at = round(DAY.start.timestamp()) + n * STEP
            for c in range(CUSTOMERS):
                table.execute("BEGIN IMMEDIATE")
                rows = [(c * EACH + d, m, at, value) for d in range(EACH) for m, value in enumerate(values)]
                table.executemany("INSERT INTO plain VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)
                table.execute("COMMIT")
    table.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return table, (folder / "plain.sqlite3").stat().st_size / (ROUNDS * CUSTOMERS * EACH * len(READINGS))


def bulk(day: list[tuple[float, ...]]) -> int:
    """Write a day of one more customer's devices in transactions of 14,400 sweeps with 100 values, as history is filled; return how many."""
    readings = tuple(Reading(metric="interface.in.octets", item=f"Gi{n}", value=1, oid=f"1.{n}") for n in range(100))
    many = [
        Sweep(device=name, at=DAY.start + timedelta(seconds=n * STEP), values=day[n][2:] * 10) for n in range(ROUNDS) for name in NAMES[0]
    ]
    for name in NAMES[0]:
        sweeps.put_layout("bulk", Layout(device=name, readings=readings))
    with measured("bulk"):
        for first in range(0, len(many), 14_400):
            sweeps.add("bulk", many[first : first + 14_400])
    return len(many)


def read_packed() -> int:
    devices = [Device(name=name, customer="c3", address="") for name in NAMES[3]]
    past = history(Customer(code="c3", title=""), devices, DAY)
    metrics = sorted({reading.metric for reading in READINGS})
    return sum(len(series.values) for metric in metrics for series in past.series(metric))


def read_plain(table: sqlite3.Connection) -> int:
    """Read the same day of the same 200 devices into lists for each item, as the store does."""
    found: dict[tuple[int, int], tuple[list[float], list[float]]] = {}
    span = (3 * EACH, 4 * EACH, round(DAY.start.timestamp()), round(DAY.end.timestamp()))
    text = "SELECT device, metric, at, value FROM plain WHERE device >= ? AND device < ? AND at >= ? AND at < ? ORDER BY device, metric, at"
    for device, metric, at, value in table.execute(text, span):
        times, values = found.setdefault((device, metric), ([], []))
        times.append(at)
        values.append(value)
    return sum(len(values) for _, values in found.values())


def best(what: str, read: object, *args: object) -> int:
    """Read three times; keep the first and the best."""
    times, count = [], 0
    for _ in range(3):
        begun = time.perf_counter()
        count = read(*args)  # type: ignore[operator]
        times.append(time.perf_counter() - begun)
    took[what], took[f"{what}, first"] = min(times), times[0]
    return count


def figures(scale: float = 1.0) -> Iterator[Figure]:
    """Measure; *scale* below 1 keeps fewer days."""
    folder = Path(tempfile.mkdtemp(prefix="healthd-bench-"))
    try:
        database.open_database(database.Settings(url=database.sqlite_url(folder / "packed.sqlite3")))
        yield from _compared(folder, max(2, round(35 * scale)))
    finally:
        database.close_database()
        shutil.rmtree(folder)


def _compared(folder: Path, days: int) -> Iterator[Figure]:
    day = rounds()
    readings = ROUNDS * CUSTOMERS * EACH * len(READINGS)
    kept, size = packed(day, days)
    table, plain_size = plain(folder, day)
    counted = best("packed, day", read_packed), best("plain, day", read_plain, table)
    assert counted[0] == counted[1], counted
    live, old = readings / took["packed, live"], readings / took["plain, live"]
    title = f"2,000 devices, {kept * len(READINGS):,} readings in SQLite ({days} days; the table with a row a value: 1 day)"
    yield Figure(what=f"{title}: written live", ours=f"{live:,.0f} readings/s", peer=f"{old:,.0f}", ratio=f"{live / old:.1f} ×")
    yield Figure(what="bytes a reading", ours=f"{size:.1f}", peer=f"{plain_size:.1f}", ratio=f"{plain_size / size:.1f} ×")
    one, two = took["packed, day"], took["plain, day"]
    yield Figure(what="one day of 200 of the devices, best of 3", ours=f"{one:.2f} s", peer=f"{two:.2f} s", ratio=f"{two / one:.1f} ×")
    yield Figure(what="history filled, sweeps of 100 values", ours=f"{bulk(day) / took['bulk']:,.0f} sweeps/s")
