"""What people agreed on or said afterwards about spans of time: maintenance, the carrier's fault. Nothing is overwritten."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby

from healthd.errors import UnknownName
from healthd.model.availability import Agreed, Reclassification, State
from healthd.model.interval import Interval
from healthd.store import _names, _words
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes
from healthd.store.delegated import delegable


@delegable
@writes
def enter(customer: str, said: Collection[Reclassification]) -> None:
    """Keep people's words on spans of time; one that is kept already is left as it is."""
    number = _names.customer_id(customer)
    for word in said:
        models.Reclassification.objects.get_or_create(
            customer_id=number,
            device=word.device,
            start=micros(word.interval.start),
            end=micros(word.interval.end),
            state=str(word.state),
            entered=micros(word.entered),
            defaults={"author": _words.clean(word.author), "reason": _words.clean(word.reason)},
        )


@delegable
@writes
def withdraw(customer: str, number: int, *, author: str, reason: str, at: datetime) -> Agreed:
    """Take back what was entered under *number*, and return it; one that is withdrawn already stays as it is.

    Raises:
        UnknownName: nothing was entered under that number.
    """
    rows = _rows(customer)
    found = next((group for group in _groups(rows) if any(row.pk == number for row in group)), None)
    if found is None:
        raise UnknownName("entry", str(number), tuple(str(group[0].pk) for group in _groups(rows)))
    for row in found:
        values = {"author": _words.clean(author), "reason": _words.clean(reason), "at": micros(at)}
        models.Withdrawal.objects.get_or_create(reclassification=row, defaults=values)
    return _agreed([row for row in _rows(customer) if row.pk in {each.pk for each in found}])


@reads
def entered(customer: str) -> tuple[Agreed, ...]:
    """Return all that was entered, what was withdrawn included, in the order of the time it is about."""
    return tuple(sorted((_agreed(group) for group in _groups(_rows(customer))), key=lambda each: (each.interval, each.number)))


@reads
def words(customer: str, window: Interval) -> tuple[Reclassification, ...]:
    """Return what people said about time inside *window* and did not withdraw, in the order of saying it."""
    rows = models.Reclassification.objects.filter(
        customer__code=customer, start__lt=micros(window.end), end__gt=micros(window.start), withdrawal=None
    )
    return tuple(_word(row) for row in rows.order_by("entered", "pk"))


def _rows(customer: str) -> list[models.Reclassification]:
    there = models.Reclassification.objects.filter(customer__code=customer).select_related("withdrawal")
    return list(there.order_by("entered", "start", "end", "state", "author", "reason", "pk"))


def _groups(rows: Iterable[models.Reclassification]) -> list[list[models.Reclassification]]:
    """Return the rows that were entered as one: alike in all but the device."""
    alike = groupby(rows, key=lambda row: (row.entered, row.start, row.end, row.state, row.author, row.reason))
    return [list(group) for _, group in alike]


def _agreed(group: list[models.Reclassification]) -> Agreed:
    word, back = _word(group[0]), getattr(group[0], "withdrawal", None)
    return Agreed(
        number=min(row.pk for row in group),
        devices=tuple(sorted(row.device for row in group)),
        interval=word.interval,
        state=word.state,
        author=word.author,
        reason=word.reason,
        entered=word.entered,
        withdrawn=moment(back.at) if back else None,
        withdrawn_by=back.author if back else "",
        withdrawn_why=back.reason if back else "",
    )


def _word(row: models.Reclassification) -> Reclassification:
    return Reclassification(
        device=row.device,
        interval=Interval(moment(row.start), moment(row.end)),
        state=State(row.state),
        author=row.author,
        reason=row.reason,
        entered=moment(row.entered),
    )
