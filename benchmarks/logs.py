"""A customer's day out of five million events: read whole, and the weeks before it as numbers.

10 customers with 50 devices each log for 28 days; one message in ten is of
some rarer kind. The first day is added through the store, as
intake does it (batches of some seconds); the other days are copies of it,
made inside the database, because adding them takes longer than all else.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks._figure import Figure, spent
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import database, events, logcounts
from healthd.store._ready import connection

ORDER = 5
CUSTOMERS, DEVICES, DAYS, TOTAL, BATCH = 10, 50, 28, 5_000_000, 2_000
END = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
US = 86_400_000_000
MESSAGES = [
    ("LINEPROTO", 5, "UPDOWN"),
    ("LINK", 3, "UPDOWN"),
    ("SYS", 5, "CONFIG_I"),
    ("OSPF", 5, "ADJCHG"),
    ("SEC_LOGIN", 5, "LOGIN_SUCCESS"),
]
TARGET = 1.0


def day(customer: int, number: int) -> Iterator[Event]:
    """Yield *number* lines of the first day, in their order."""
    dice = random.Random(customer)  # noqa: S311 - what is logged, no secret
    first = END - DAYS * DAY
    for n in range(number):
        rare = dice.random() < 0.1
        facility, severity, mnemonic = ("IOSXE", dice.randrange(8), f"RARE_{dice.randrange(100)}") if rare else dice.choice(MESSAGES)
        device, text = f"d{customer}-{dice.randrange(DEVICES):03}", f"Interface GigabitEthernet1/0/{n % 48}, changed state to down"
        received = first + n * (DAY / number)
        raw = f"<189>{n}: {received:%b %d %H:%M:%S}.123: %{facility}-{severity}-{mnemonic}: {text}".encode()
        yield Event(
            device=device, received=received, at=received, kind="interface.down", source="udp", address="192.0.2.1", sequence=n,
            facility=facility, severity=severity, mnemonic=mnemonic, text=text, raw=raw,
        )  # fmt: skip


def fill(each: int) -> float:
    """Fill the store; return the seconds of processor for a thousand lines added live."""
    taken = 0.0
    for customer in range(CUSTOMERS):
        lines = list(day(customer, each))
        with spent() as adding:
            for first in range(0, len(lines), BATCH):
                events.add(f"c{customer}", lines[first : first + BATCH])
        taken += adding.cpu
    event = "INSERT INTO store_event SELECT customer, received + %s, digest, device, kind, severity, change, content FROM store_event WHERE received < %s"
    count = "INSERT INTO store_logcount SELECT customer, at + %s, device, severity, message, number FROM store_logcount WHERE at < %s"
    first = round((END - (DAYS - 1) * DAY).timestamp() * 1e6)
    with connection.cursor() as cursor:
        for n in range(1, DAYS):
            cursor.execute(event, [n * US, first])
            cursor.execute(count, [n * US, first])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return taken / (CUSTOMERS * each) * 1000


def figures(scale: float = 1.0) -> Iterator[Figure]:
    """Measure; *scale* below 1 keeps fewer lines a day."""
    folder = Path(tempfile.mkdtemp(prefix="healthd-bench-"))
    try:
        database.open_database(database.Settings(url=database.sqlite_url(folder / "logs.sqlite3")))
        yield from _read(fill(round(TOTAL * scale / CUSTOMERS / DAYS)), round(TOTAL * scale))
    finally:
        database.close_database()
        shutil.rmtree(folder)


def _read(added: float, total: int) -> Iterator[Figure]:
    yield Figure(what="log lines added to the store and counted, CPU a thousand", ours=f"{added * 1000:.1f} ms")
    last = Interval(END - DAY, END)
    with spent() as whole:
        found = events.between("c3", last)
    what = f"a customer's day, {len(found):,} out of {total:,} events"
    yield Figure(what=what, ours=f"{whole.wall:.2f} s", target=f"< {TARGET:g} s", met=whole.wall < TARGET)
    weeks = [Interval(END - n * DAY, END - (n - 1) * DAY) for n in range(DAYS, 1, -1)]
    with spent() as counts:
        known = logcounts.before("c3", weeks)
    assert len(known.known) == DAYS - 1, known.days
    lines = sum(sum(each.values()) for each in known.known)
    what = f"the {DAYS - 1} days before it, {lines:,} lines by day, severity and message"
    yield Figure(what=what, ours=f"{counts.wall:.2f} s", target=f"< {TARGET:g} s", met=counts.wall < TARGET)
