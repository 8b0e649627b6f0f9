"""What unknown senders sent: kept raw for a person to look at, bounded, and never part of any customer's events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.db.models import Count, Max

from healthd.store import _bulk
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """One message of an unknown sender."""

    received: datetime
    listener: str
    address: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An unknown sender: how many of its messages are kept, and when the last came."""

    listener: str
    address: str
    kept: int
    last: datetime


@writes
def add(strays: Sequence[Stray]) -> int:
    """Keep *strays*; return how many are new. The same one again is not."""
    rows = {row[:2]: row for row in (_row(each) for each in strays)}
    return _bulk.insert(models.Quarantined, [rows[key] for key in sorted(rows)])


def _row(stray: Stray) -> tuple[int, int, str, str, bytes]:
    content = f"{stray.listener}\0{stray.address}\0".encode() + stray.raw
    mark = int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)
    return micros(stray.received), mark, stray.listener, stray.address[:50], stray.raw


@reads
def senders() -> tuple[Sender, ...]:
    """Return who is in quarantine, the latest first."""
    rows = models.Quarantined.objects.values_list("listener", "address").annotate(kept=Count("received"), last=Max("received"))
    return tuple(Sender(listener=n, address=a, kept=kept, last=moment(last)) for n, a, kept, last in rows.order_by("-last", "address"))


@reads
def of(address: str, most: int = 100) -> tuple[Stray, ...]:
    """Return the newest messages of *address*, newest first."""
    rows = models.Quarantined.objects.filter(address=address).order_by("-received")[:most]
    return tuple(Stray(received=moment(row.received), listener=row.listener, address=row.address, raw=bytes(row.content)) for row in rows)


@writes
def bound(most: int) -> int:
    """Delete the oldest so that at most *most* are kept; return how many went."""
    surplus = models.Quarantined.objects.count() - most
    if surplus <= 0:
        return 0
    edge = models.Quarantined.objects.order_by("received").values_list("received", flat=True)[surplus - 1]
    return int(models.Quarantined.objects.filter(received__lte=edge).delete()[0])
