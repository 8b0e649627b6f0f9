"""What unknown senders sent: kept for a person to look at, bounded, and never part of any customer's events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.store import _bulk, _codec, _logged
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An unknown sender: over what it sends, how many of its messages are kept, and when the last came."""

    source: str
    address: str
    kept: int
    last: datetime


@writes
def add(strays: Sequence[Event]) -> int:
    """Keep *strays*, events without a device; return how many are new. The same one again is not."""
    rows = {row[:2]: row for row in (_row(each) for each in strays)}
    return _bulk.insert(models.Quarantined, [rows[key] for key in sorted(rows)])


def _row(stray: Event) -> tuple[Any, ...]:
    content = _logged.pack(stray)
    return micros(stray.received), _codec.mark(content), stray.source, stray.address[:50], content


@reads
def senders() -> tuple[Sender, ...]:
    """Return who is in quarantine, the latest first."""
    rows = models.Quarantined.objects.values_list("source", "address").annotate(kept=Count("received"), last=Max("received"))
    return tuple(Sender(source=n, address=a, kept=kept, last=moment(last)) for n, a, kept, last in rows.order_by("-last", "address"))


@reads
def between(window: Interval, address: str = "") -> tuple[Event, ...]:
    """Return what came inside *window* from *address* (anyone when empty), oldest first."""
    rows = models.Quarantined.objects.filter(received__gte=micros(window.start), received__lt=micros(window.end))
    if address:
        rows = rows.filter(address=address)
    return tuple(_logged.unpack(content) for content in rows.order_by("received", "digest").values_list("content", flat=True))


@writes
def bound(most: int) -> int:
    """Delete the oldest so that at most *most* are kept; return how many went."""
    surplus = models.Quarantined.objects.count() - most
    if surplus <= 0:
        return 0
    edge = models.Quarantined.objects.order_by("received").values_list("received", flat=True)[surplus - 1]
    return int(models.Quarantined.objects.filter(received__lte=edge).delete()[0])
