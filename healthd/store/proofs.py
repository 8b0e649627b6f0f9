"""What looking at a part has proven: a record for each finding, one line for each look, and the files that show it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

from healthd.errors import UnknownName
from healthd.model.finding import Condition
from healthd.model.record import Head
from healthd.model.verdict import Looked, Proof, Proven
from healthd.store import _codec, files, journal
from healthd.store._moment import micros
from healthd.store._ready import models
from healthd.store._transact import reads, writes

KIND = "proof"
REMEMBERED = timedelta(days=7)
"""How long a proof counts: Cisco's advice on parity errors watches a part for a day to a week."""
MOST, FILES = 100, 40
"""Proofs and lines of one part, and files that its head names."""
DAY = timedelta(days=1)
_TOGETHER, _AT_ONCE = 500, 5000


@writes
def keep(customer: str, finding: str, proven: Proven, now: datetime, state: Condition | None = None) -> None:
    """Keep what a look at the part of *finding* (its key) gave; the same proof seen again only lasts longer.

    *state* is what the verdict was that asked for the look.
    """
    number = _number(customer, finding)
    try:
        head = journal.head(KIND, number)
    except UnknownName:
        head = None
    before = head.value if head else Looked(at=now)
    added = Looked(at=now, state=state, proofs=proven.proofs, files=tuple(files.put(customer, each, now) for each in proven.files))
    whole = Looked(
        at=now,
        state=state,
        proofs=_proofs((*before.proofs, *added.proofs), now),
        files=_newest((*before.files, *added.files)),
        looks=(*(at for at in before.looks[-MOST:] if now - at < DAY), now),
    )
    made = Head(kind=KIND, number=number, customer=customer, key=finding, value=whole, version=head.version if head else 0)
    (journal.add if head else journal.begin)(made, [added], now)


@reads
def known(customer: str, keys: Collection[str]) -> Mapping[str, Looked]:
    """Return what is proven about the parts of the findings *keys*; those that nobody looked at are left out."""
    numbers = {_number(customer, key): key for key in keys}
    ordered = sorted(numbers)
    some = (ordered[n : n + _TOGETHER] for n in range(0, len(ordered), _TOGETHER))
    return {numbers[number]: value for each in some for number, value in _heads(each)}


@writes
def forget(customer: str, standing: Collection[str], now: datetime) -> int:
    """Delete what is remembered no longer of findings that stand no more, and the oldest lines of all others; return how many records.

    *standing* are the keys of the findings that stand: their proofs count as long as they do.
    """
    there = {_number(customer, key) for key in standing}
    rows = models.Record.objects.filter(kind=KIND, customer=customer)
    old = rows.filter(changed__lt=micros(now - REMEMBERED)).order_by("changed").values_list("id", "number")
    gone = [id_ for id_, number in old if number not in there][:_AT_ONCE]
    for some in (gone[n : n + _TOGETHER] for n in range(0, len(gone), _TOGETHER)):
        models.Line.objects.filter(record__in=some).delete()
        models.Record.objects.filter(id__in=some).delete()
    for id_, version in rows.filter(version__gt=MOST).values_list("id", "version"):
        models.Line.objects.filter(record=id_, number__lte=version - MOST).delete()
    return len(gone)


def _heads(numbers: Iterable[str]) -> Iterator[tuple[str, Looked]]:
    rows = models.Record.objects.filter(kind=KIND, number__in=list(numbers)).values_list("number", "head")
    yield from ((number, _codec.unpack(head)) for number, head in rows)


def _number(customer: str, finding: str) -> str:
    return blake2b(f"{customer}\0{finding}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _proofs(said: Iterable[Proof], now: datetime) -> tuple[Proof, ...]:
    """Return the proofs of the last days, each once with its last time, in the order in which they began."""
    whole: dict[tuple[object, ...], Proof] = {}
    for proof in said:
        if proof.last is not None and now - proof.last <= REMEMBERED:
            key = (proof.way, proof.at, proof.source, proof.says, proof.raw)
            # What was seen of the part that was there then is not of the one that is there now.
            serial = whole[key].serial if key in whole else ""
            whole[key] = replace(proof, serial=serial) if serial else proof
    return tuple(sorted(whole.values(), key=lambda each: each.at)[-MOST:])


def _newest(ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reversed(ids)))[:FILES][::-1]
