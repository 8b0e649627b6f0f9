"""What was done for which period, so that what is due can be computed after any downtime.

``schedule.due`` asks with what is kept here. The period ``""`` marks when a
schedule began: nothing before it is owed.
"""

from datetime import datetime

from healthd.store import _names, _words
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes

_BEGINNING = ""


@writes
def since(customer: str, kind: str, now: datetime) -> datetime:
    """Return when the schedule *kind* of *customer* began; the first time of asking is its beginning."""
    number = _names.customer_id(customer)
    row, _ = models.Run.objects.get_or_create(
        customer_id=number, kind=kind, period=_BEGINNING, defaults={"began": micros(now), "finished": micros(now), "note": ""}
    )
    return moment(row.began)


@reads
def began(customer: str, kind: str) -> datetime | None:
    """Return when the schedule *kind* of *customer* began, None when it has not."""
    at = models.Run.objects.filter(customer__code=customer, kind=kind, period=_BEGINNING).values_list("began", flat=True).first()
    return None if at is None else moment(at)


@reads
def done(customer: str, kind: str) -> frozenset[str]:
    """Return the keys of the periods for which the work is done."""
    rows = models.Run.objects.filter(customer__code=customer, kind=kind, finished__isnull=False)
    return frozenset(rows.values_list("period", flat=True)) - {_BEGINNING}


@writes
def begin(customer: str, kind: str, period: str, now: datetime) -> int:
    """Note that work for *period* begins; return which try it is. What is finished stays finished."""
    number = _names.customer_id(customer)
    row, _ = models.Run.objects.get_or_create(customer_id=number, kind=kind, period=period, defaults={"began": micros(now), "note": ""})
    row.tries += 1
    row.save(update_fields=["tries"])
    return int(row.tries)


@writes
def finish(customer: str, kind: str, period: str, now: datetime, note: str = "") -> bool:
    """Note that the work for *period* is done; False when it was done before.

    Call it inside the transaction that keeps the work's result.
    """
    number = _names.customer_id(customer)
    models.Run.objects.get_or_create(customer_id=number, kind=kind, period=period, defaults={"began": micros(now), "note": ""})
    open_ = models.Run.objects.filter(customer_id=number, kind=kind, period=period, finished=None)
    return bool(open_.update(finished=micros(now), note=_words.clean(note)))


@writes
def fail(customer: str, kind: str, period: str, why: str) -> None:
    """Keep why the work for *period* was not done this time."""
    models.Run.objects.filter(customer__code=customer, kind=kind, period=period, finished=None).update(note=_words.clean(why))


@reads
def unfinished(customer: str, kind: str) -> dict[str, tuple[int, str]]:
    """Return the periods that were begun and not finished: tries, and why the last one failed."""
    rows = models.Run.objects.filter(customer__code=customer, kind=kind, finished=None)
    return {period: (tries, note) for period, tries, note in rows.values_list("period", "tries", "note")}
