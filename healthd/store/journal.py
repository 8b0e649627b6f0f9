"""Records that grow line by line: cases, RMAs, stocks, incoming mail. Nothing of them is ever overwritten.

A record has lines (model values, numbered from 1) and a head: the value that
its lines make, kept beside them so that lists need not read every line. Who
adds lines says which version was read; if somebody else was quicker, nothing
is written and ``Conflict`` tells so.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from healthd.errors import Conflict, UnknownName
from healthd.model.record import Head
from healthd.store import _codec, _words
from healthd.store._moment import micros, moment
from healthd.store._ready import connection, models
from healthd.store._transact import reads, writes
from healthd.store.delegated import delegable

LONGEST_KEY = 700


@delegable
@writes
def begin(head: Head, lines: Sequence[Any], now: datetime) -> None:
    """Begin the record *head* with *lines*.

    Raises:
        Conflict: there is one of this number already.
    """
    at = micros(now)
    fields = {**_fields(head), "version": len(lines), "began": at, "changed": at}
    try:
        with transaction.atomic():
            row = models.Record.objects.create(kind=head.kind, number=head.number, **fields)
    except IntegrityError:
        raise Conflict(f"there is a {head.kind} {head.number} already; nothing was written") from None
    _write(row.id, 0, lines)


@delegable
@writes
def add(head: Head, lines: Sequence[Any], now: datetime) -> None:
    """Add *lines* to the record *head*, whose ``version`` says what was read before.

    Raises:
        Conflict: somebody else has added lines since.
        UnknownName: there is no such record.
    """
    rows = models.Record.objects.filter(kind=head.kind, number=head.number)
    changed = rows.filter(version=head.version).update(version=head.version + len(lines), changed=micros(now), **_fields(head))
    row = rows.values_list("id", "version").first()
    if row is None:
        raise UnknownName(head.kind, head.number, ())
    if not changed:
        raise Conflict(f"{head.kind} {head.number} was changed by somebody else meanwhile; look at it again; nothing was written")
    _write(row[0], head.version, lines)


def _fields(head: Head) -> dict[str, Any]:
    key = _words.clean(head.key)
    if len(key) > LONGEST_KEY:
        key = f"{key[:660]}…{_codec.digest(key).hex()}"
    return {"customer": head.customer, "key": key, "state": head.state, "open": head.open, "head": _codec.pack(head.value)}


def _write(record: int, after: int, lines: Sequence[Any]) -> None:
    rows = (models.Line(record=record, number=after + n, content=_codec.pack(line)) for n, line in enumerate(lines, 1))
    models.Line.objects.bulk_create(rows)


@reads
def head(kind: str, number: str) -> Head:
    """Return the record *number*.

    Raises:
        UnknownName: there is none.
    """
    row = models.Record.objects.filter(kind=kind, number=number).first()
    if row is None:
        raise UnknownName(
            kind, number, tuple(models.Record.objects.filter(kind=kind).order_by("-changed").values_list("number", flat=True)[:50])
        )
    return told(row)


@reads
def lines(kind: str, number: str) -> tuple[Any, ...]:
    """Return the lines of the record *number*, in their order; empty when there is none."""
    ids = models.Record.objects.filter(kind=kind, number=number).values_list("id", flat=True)
    rows = models.Line.objects.filter(record__in=list(ids)).order_by("number").values_list("content", flat=True)
    return tuple(_codec.unpack(content) for content in rows)


@reads
def heads(kind: str, customer: str = "", *, key: str = "", opened: bool | None = None, states: Collection[str] = ()) -> tuple[Head, ...]:
    """Return records in the order of their beginning: of *customer*, about *key*, open or over, in *states* (each where given)."""
    rows = models.Record.objects.filter(kind=kind).order_by("began", "id")
    if customer:
        rows = rows.filter(customer=customer)
    if key:
        rows = rows.filter(key=_words.clean(key))
    if opened is not None:
        rows = rows.filter(open=opened)
    if states:
        rows = rows.filter(state__in=[str(state) for state in states])
    return tuple(told(row) for row in rows)


@reads
def last(kind: str, prefix: str) -> str:
    """Return the greatest number of *kind* that begins with *prefix*, empty when there is none."""
    found = models.Record.objects.filter(kind=kind, number__startswith=prefix).aggregate(Max("number"))
    return found["number__max"] or ""


def told(row: models.Record) -> Head:
    """Return the record of *row*."""
    return Head(
        kind=row.kind,
        number=row.number,
        customer=row.customer,
        value=_codec.unpack(row.head),
        key=row.key,
        state=row.state,
        open=row.open,
        version=row.version,
        changed=moment(row.changed),
    )


def lock() -> None:
    """Make whoever gives out numbers wait for the other; inside a transaction. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [7_411_001])
