"""What happened: changes of state and log lines, each kept once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import _bulk, _codec, _logged, _names, _words, logcounts
from healthd.store._moment import micros, moment
from healthd.store._ready import connection, models
from healthd.store._transact import reads, writes

ADDING = 722_611
"""The first half of the advisory lock under which events of a customer are added to a PostgreSQL database."""
Key = tuple[int, int, int]
"""Customer, moment in microseconds, digest."""


@writes
def add(customer: str, events: Sequence[Event]) -> int:
    """Keep *events* in one transaction, and count the lines of logs; return how many are new. The same event (in every field) again is not."""
    number = _names.customer_id(customer)
    ids = _names.device_ids(number, {event.device for event in events})
    _alone(number)
    rows, said = _new(number, ids, events)
    logcounts.add(number, ((ids[event.device], event) for event in said.values()))
    return _bulk.insert(models.Event, [rows[key] for key in sorted(rows)])


def _alone(customer: int) -> None:
    """Let no other process add events of *customer* until this transaction ends, so that none is counted twice; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ADDING, customer])


def _new(customer: int, ids: Mapping[str, int], events: Sequence[Event]) -> tuple[dict[Key, tuple[Any, ...]], dict[Key, Event]]:
    """Return the rows of those of *events* that are not kept yet, and the events themselves, by their key."""
    rows, said = {}, {}
    for event in events:
        row = _row(customer, ids[event.device], event)
        rows[row[:3]], said[row[:3]] = row, event
    for key in _kept(customer, rows.keys()):
        rows.pop(key, None)
        said.pop(key, None)
    return rows, said


def _kept(customer: int, keys: Collection[Key]) -> list[Key]:
    """Return the keys that are kept of the moments of *keys*; what comes live is newer than all that is there, which one look tells."""
    there = models.Event.objects.filter(customer=customer)
    if not keys or not there.filter(received__range=(min(keys)[1], max(keys)[1])).exists():
        return []
    moments = sorted({key[1] for key in keys})
    parts = (there.filter(received__in=moments[n : n + 500]).values_list("received", "digest") for n in range(0, len(moments), 500))
    return [(customer, received, digest) for part in parts for received, digest in part]


def _row(customer: int, device: int, event: Event) -> tuple[Any, ...]:
    content = _logged.pack(event)
    severity = event.severity if event.severity is None or 0 <= event.severity <= 7 else None
    change = bool(event.before or event.after)
    return customer, micros(event.received), _codec.mark(content), device, _words.clean(event.kind)[:100], severity, change, content


@reads
def between(customer: str, window: Interval, devices: Collection[str] = (), *, changes: bool = False) -> tuple[Event, ...]:
    """Return what happened inside *window* by our clock, oldest first: at *devices* (all when empty), or *changes* of state alone."""
    number = _names.known_customer(customer)
    rows = models.Event.objects.filter(customer=number, received__gte=micros(window.start), received__lt=micros(window.end))
    if devices:
        rows = rows.filter(device__in=_names.known_ids(customer, devices).values())
    if changes:
        rows = rows.filter(change=True)
    return tuple(_logged.unpack(content) for content in rows.order_by("received", "digest").values_list("content", flat=True))


@reads
def newest(customer: str, window: Interval, kinds: Collection[str], most: int) -> dict[str, tuple[Event, ...]]:
    """Return the events of *kinds* inside *window* by device, oldest first; of a device at most the newest *most*: a flood fills no memory."""
    number, found = _names.known_customer(customer), dict[int, list[Event]]()
    rows = models.Event.objects.filter(
        customer=number, received__gte=micros(window.start), received__lt=micros(window.end), kind__in=list(kinds)
    )
    for device, content in rows.order_by("-received", "-digest").values_list("device", "content").iterator(chunk_size=2000):
        if len(own := found.setdefault(device, [])) < most:
            own.append(_logged.unpack(content))
    return {own[0].device: tuple(reversed(own)) for own in found.values()}


@reads
def kept(customer: str, kinds: Collection[str], moments: Collection[datetime]) -> frozenset[tuple[str, str, datetime]]:
    """Return device, class and moment of the events of *kinds* that came at one of *moments* by our clock."""
    names = dict(models.Device.objects.filter(customer__code=customer).values_list("pk", "name")) if moments else {}
    there = models.Event.objects.filter(customer=_names.known_customer(customer), kind__in=list(kinds))
    wanted = sorted(micros(at) for at in moments)
    parts = (there.filter(received__in=wanted[n : n + 500]) for n in range(0, len(wanted), 500))
    rows = (row for part in parts for row in part.values_list("device", "kind", "received"))
    return frozenset((names[device], kind, moment(at)) for device, kind, at in rows)


@writes
def forget(customer: str, before: datetime) -> int:
    """Delete what happened before *before*; return how many went. What the logs said is counted for some weeks longer."""
    number = _names.known_customer(customer)
    logcounts.forget(number, before)
    return int(models.Event.objects.filter(customer=number, received__lt=micros(before)).delete()[0])
