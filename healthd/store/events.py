"""What happened: changes of state and log lines, each kept once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import _bulk, _codec, _logged, _names, _words
from healthd.store._moment import micros
from healthd.store._ready import models
from healthd.store._transact import reads, writes


@writes
def add(customer: str, events: Sequence[Event]) -> int:
    """Keep *events* in one transaction; return how many are new. The same event (in every field) again is not."""
    number = _names.customer_id(customer)
    ids = _names.device_ids(number, {event.device for event in events})
    rows = {row[:3]: row for row in (_row(number, ids[event.device], event) for event in events)}
    return _bulk.insert(models.Event, [rows[key] for key in sorted(rows)])


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


@writes
def forget(customer: str, before: datetime) -> int:
    """Delete what happened before *before*; return how many went."""
    number = _names.known_customer(customer)
    return int(models.Event.objects.filter(customer=number, received__lt=micros(before)).delete()[0])
