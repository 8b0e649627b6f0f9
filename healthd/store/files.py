"""Files that belong to cases: evidence, scans, forms. Kept once by their content, compressed where that helps."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from healthd.errors import UnknownName
from healthd.model.message import Attachment
from healthd.store import _words
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes
from healthd.store.delegated import delegable

LARGEST = 20 * 1024 * 1024
"""Octets of one file; more is refused, not cut."""
_PACKED, _PLAIN = b"z", b"-"
_ID = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_TOGETHER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept file without its content; *size* in octets."""

    id: str
    customer: str
    name: str
    media: str
    at: datetime
    size: int


@delegable
@writes
def put(customer: str, file: Attachment, now: datetime) -> str:
    """Keep *file* and return its id; the same content under the same name is kept once, as of the last time.

    Raises:
        ValueError: it is larger than LARGEST.
    """
    if len(file.data) > LARGEST:
        raise ValueError(f"{file.name}: found {len(file.data):,} octets; allowed: up to {LARGEST:,}")
    name = _words.clean(file.name)
    id_ = blake2b(b"\0".join((customer.encode(), name.encode(), file.data)), digest_size=16).hexdigest()
    packed = zlib.compress(file.data, 6)
    content = _PACKED + packed if len(packed) < len(file.data) else _PLAIN + file.data
    defaults = {
        "customer": customer,
        "name": name,
        "media": file.media[:100],
        "at": micros(now),
        "size": len(file.data),
        "content": content,
    }
    # What is kept again is young again: it is about to be referred to, and must not be deleted meanwhile.
    if not models.File.objects.filter(id=id_).update(at=micros(now)):
        models.File.objects.get_or_create(id=id_, defaults=defaults)
    return id_


@reads
def get(id_: str) -> Attachment:
    """Return the file *id_*.

    Raises:
        UnknownName: there is none.
    """
    row = models.File.objects.filter(id=id_).first()
    if row is None:
        raise UnknownName("file", id_, ())
    content = bytes(row.content)
    data = zlib.decompress(content[1:]) if content[:1] == _PACKED else content[1:]
    return Attachment(name=row.name, media=row.media, data=data)


@reads
def of(ids: tuple[str, ...]) -> tuple[Attachment, ...]:
    """Return the files *ids*, in their order; those that are gone are left out."""
    return tuple(get(each.id) for each in told(ids))


@reads
def told(ids: tuple[str, ...]) -> tuple[Kept, ...]:
    """Return what is known of the files *ids*, in their order, without their content; those that are gone are left out."""
    rows = {row.id: row for row in models.File.objects.filter(id__in=list(ids)).defer("content")}
    return tuple(_kept(rows[id_]) for id_ in ids if id_ in rows)


@reads
def unreferred(before: datetime) -> tuple[str, ...]:
    """Return the ids of the files that were kept before *before* and that nothing names, the oldest first.

    Every record's head and lines (cases, proofs, replacements, mail) and every
    errand are searched for ids, whatever the field: so no kind can be forgotten.
    """
    old = list(models.File.objects.filter(at__lt=micros(before)).order_by("at", "id").values_list("id", flat=True))
    left = set(old)
    for content in _contents() if left else ():
        left.difference_update(each.decode() for each in _ID.findall(zlib.decompress(content)))
    return tuple(id_ for id_ in old if id_ in left)


def _contents() -> Iterator[bytes]:
    """Yield whatever may name a file, some at a time."""
    yield from models.Record.objects.values_list("head", flat=True).iterator(chunk_size=_TOGETHER)
    yield from models.Line.objects.values_list("content", flat=True).iterator(chunk_size=_TOGETHER)
    yield from models.Errand.objects.values_list("content", flat=True).iterator(chunk_size=_TOGETHER)


@writes
def forget(ids: Sequence[str], before: datetime) -> int:
    """Delete the files *ids*, without those that were kept again since *before*; return how many."""
    some = (list(ids[n : n + _TOGETHER]) for n in range(0, len(ids), _TOGETHER))
    return sum(int(models.File.objects.filter(id__in=each, at__lt=micros(before)).delete()[0]) for each in some)


def _kept(row: models.File) -> Kept:
    return Kept(id=row.id, customer=row.customer, name=row.name, media=row.media, at=moment(row.at), size=row.size)
