"""Findings over time: first and last seen, cleared, acknowledged or muted.

A finding is cleared only by who knows that its device was heard this cycle:
silence is not health.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from healthd.model.finding import Finding, Mark
from healthd.store import _codec, _names, _words
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes
from healthd.store.delegated import delegable


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A finding with its times; *cleared* is None while it lasts, *mark* what people said of it and still holds."""

    finding: Finding
    first_seen: datetime
    last_seen: datetime
    cleared: datetime | None = None
    mark: Mark | None = None


@writes
def see(customer: str, findings: Sequence[Finding], now: datetime, *, heard: Collection[str] = ()) -> None:
    """Keep *findings* as seen at *now*; of the devices *heard* this cycle, clear what is no longer found.

    A finding that comes back after it was cleared begins anew. A run older
    than what is kept of a finding changes nothing of it but its beginning.
    """
    number, at = _names.customer_id(customer), micros(now)
    found = {_key(finding): finding for finding in findings}
    there = {row.key: row for row in models.Finding.objects.filter(customer=number, key__in=list(found))}
    for key, finding in sorted(found.items()):
        _seen(there.get(key) or models.Finding(customer_id=number, key=key, first_seen=at, last_seen=-1), finding, at)
    open_ = models.Finding.objects.filter(customer=number, cleared=None, device__in=list(heard), last_seen__lt=at)
    open_.exclude(key__in=list(found)).update(cleared=at)


def _seen(row: models.Finding, finding: Finding, at: int) -> None:
    row.first_seen = min(row.first_seen, at)
    if at > row.last_seen:
        if row.cleared is not None:
            row.first_seen, row.cleared = at, None
        row.last_seen, row.level, row.device = at, int(finding.level), finding.device
        row.content = _codec.pack(finding)
    row.save()


def _key(finding: Finding) -> str:
    """Return the key as the table keeps it; a monstrous item is cut, with a mark of the whole."""
    key = _words.clean(finding.key)
    return key if len(key) <= 700 else f"{key[:660]}…{_codec.digest(key).hex()}"


@delegable
@writes
def mark(customer: str, said: Mark) -> None:
    """Keep a person's word on a finding; the one said last counts."""
    models.Mark.objects.update_or_create(
        customer_id=_names.customer_id(customer),
        key=said.key,
        at=micros(said.at),
        muted=said.muted,
        defaults={"author": said.author, "reason": said.reason, "until": None if said.until is None else micros(said.until)},
    )


@reads
def standing(customer: str, now: datetime) -> tuple[Kept, ...]:
    """Return what is found and not cleared, the worst first, each with the mark that holds at *now*."""
    rows = models.Finding.objects.filter(customer__code=customer, cleared=None).order_by("-level", "first_seen", "key")
    marks = _marks(customer, now)
    return tuple(_kept(row, marks) for row in rows)


@reads
def newest(customer: str, key: str, now: datetime) -> Kept | None:
    """Return the finding *key*, cleared or not; None when it never was."""
    row = models.Finding.objects.filter(customer__code=customer, key=key).first()
    return _kept(row, _marks(customer, now)) if row else None


def _marks(customer: str, now: datetime) -> dict[str, Mark]:
    rows = models.Mark.objects.filter(customer__code=customer, at__lte=micros(now)).order_by("at", "pk")
    newest_ = {row.key: row for row in rows}
    return {key: _mark(row) for key, row in newest_.items() if row.until is None or row.until > micros(now)}


def _mark(row: models.Mark) -> Mark:
    until = None if row.until is None else moment(row.until)
    return Mark(key=row.key, author=row.author, reason=row.reason, at=moment(row.at), until=until, muted=row.muted)


def _kept(row: models.Finding, marks: dict[str, Mark]) -> Kept:
    return Kept(
        finding=_codec.unpack(row.content),
        first_seen=moment(row.first_seen),
        last_seen=moment(row.last_seen),
        cleared=None if row.cleared is None else moment(row.cleared),
        mark=marks.get(row.key),
    )
