"""Thirty-five days of a customer with many devices, made of the lab's twenty-one.

The lab's devices live through it with a simulated clock: the same rounds, the
same store and the same roll-ups as in earnest, every five minutes in the last
two days and hourly before. One set of them has the demo's incidents, another
none. Their rows are then copied inside the database, each copy with a layout
of its own: the first twenty-one devices are those with incidents.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby

from healthd.analysis.reachability import Confirm
from healthd.lab import examples, scenario
from healthd.lab.network import Network
from healthd.lab.wire import LabWire
from healthd.model.availability import Probe
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.rounds import Rounds
from healthd.store import devices as store_devices
from healthd.store import polls, rollups, states, sweeps
from healthd.store._ready import connection, models

DAYS, RECENT = 35, timedelta(days=2)
NOW = datetime(2026, 3, 31, 6, 30, tzinfo=UTC)
TABLES = {
    "store_sweep": ("at", "up", "reason", "uptime_s", "boots", "engine_s", "rtt_ms", "loss_pct", "coding", "data"),
    "store_rollup": ("step", "at", "last_at", "data"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Device *name* is a copy of *model*, a device of the customer *customer*."""

    name: str
    customer: str
    model: str


def copies(count: int) -> list[Copy]:
    """Return *count* devices: one site of the lab with incidents, then as many without as are wanted."""
    names = [*examples.network(NOW).specs]
    sets = ["story", *["calm"] * (count // len(names) + 1)]
    made = [Copy(name=f"s{n:02}-{name}", customer=customer, model=name) for n, customer in enumerate(sets) for name in names]
    return made[:count]


def live() -> None:
    """Let the lab's devices live through the days, once with incidents and once without."""
    for code, faults in (("story", (*scenario.past(NOW), *scenario.live(NOW - timedelta(hours=10)))), ("calm", ())):
        network = examples.network(NOW, faults)
        asyncio.run(_lived(code, network))


async def _lived(code: str, network: Network) -> None:
    wire = LabWire(network, NOW)
    here = [Device(name=name, customer=code, address=spec.address, platform=spec.platform) for name, spec in network.specs.items()]
    rounds = Rounds(customer=Customer(code=code, title=code), devices=here, wire=wire)
    await asyncio.to_thread(rounds.remember)
    for day, moments in groupby(_moments(), key=lambda pair: (NOW - pair[0]).days):
        for number, (at, step) in enumerate(moments):
            wire.now = at
            rounds.confirm = Confirm(misses=2, gap=step * 2.5)
            await (rounds.poll(at) if number == 0 and (day < 2 or day % 7 == 0) else rounds.sweep(at))
        await asyncio.to_thread(rounds.keep)
    await asyncio.to_thread(rollups.roll, code, NOW)


def _moments() -> Iterator[tuple[datetime, timedelta]]:
    at = NOW - timedelta(days=DAYS)
    while at <= NOW:
        step = timedelta(minutes=5) if NOW - at <= RECENT else timedelta(hours=1)
        yield at, step
        at += step


def copied(customer: str, wanted: Sequence[Copy]) -> None:
    """Give *customer* the devices *wanted*, each with the whole past of its model."""
    store_devices.put(customer, [Device(name=each.name, customer=customer, address="127.0.0.1") for each in wanted])
    places = []
    layout_of = {(each.customer, each.model): sweeps.layout(each.customer, each.model) for each in wanted}
    numbers = {name: number for number, name in models.Device.objects.values_list("pk", "name").filter(customer__code=customer)}
    olds = {
        (code, name): (number, lay)
        for code, name, number, lay in models.Device.objects.values_list("customer__code", "name", "pk", "layout")
    }
    for each in wanted:
        layout = layout_of[each.customer, each.model]
        if layout is None:
            continue
        sweeps.put_layout(customer, replace(layout, device=each.name))
        kept = models.Device.objects.values_list("layout", flat=True).get(pk=numbers[each.name])
        places.append((*olds[each.customer, each.model], numbers[each.name], kept))
    number = models.Customer.objects.values_list("pk", flat=True).get(code=customer)
    _rows(number, places)
    _polls(customer, wanted)


def _rows(customer: int, places: Sequence[tuple[int, int, int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE place (old_device INTEGER, old_layout INTEGER, new_device INTEGER, new_layout INTEGER)")
        cursor.executemany("INSERT INTO place VALUES (%s, %s, %s, %s)", places)
        cursor.execute("CREATE INDEX place_old ON place (old_device, old_layout)")
        for table, columns in TABLES.items():
            listed = ", ".join(columns)
            cursor.execute(
                f"INSERT INTO {table} (customer, device, layout, {listed}) "  # noqa: S608 - our own names
                f"SELECT %s, place.new_device, place.new_layout, {listed} FROM {table} AS old "
                "JOIN place ON place.old_device = old.device AND place.old_layout = old.layout WHERE old.customer <> %s ORDER BY at, 2",
                [customer, customer],
            )
        cursor.execute(
            "INSERT INTO store_transition (device, at, state, reason, author) SELECT place.new_device, at, state, reason, author "
            "FROM store_transition AS old JOIN place ON place.old_device = old.device"
        )
        cursor.execute(
            "INSERT INTO store_rolled (customer_id, step, until) SELECT %s, step, max(until) FROM store_rolled GROUP BY step", [customer]
        )
        cursor.execute("DROP TABLE place")


def _polls(customer: str, wanted: Sequence[Copy]) -> None:
    """Full polls and last probes; a poll holds the device's name, so each is written anew."""
    window = Interval(NOW - RECENT - timedelta(hours=8), NOW + timedelta(seconds=1))
    both = partial(polls.newest_of, before=window.end)
    newest = {code: both(code, [e.model for e in wanted if e.customer == code]) for code in {each.customer for each in wanted}}
    for first in range(0, len(wanted), 50):
        group = [(each, newest[each.customer].get(each.model)) for each in wanted[first : first + 50]]
        polls.add_all(customer, [replace(poll, device=each.name) for each, poll in group if poll])
    probed = {code: states.probes(code) for code in newest}
    found: list[Probe] = [replace(probed[each.customer][each.model], device=each.name) for each in wanted]
    states.add_probes(customer, found)
