"""Which spans of time hold anything that was measured."""

from collections.abc import Sequence

from healthd.model.interval import Interval
from healthd.store import _names
from healthd.store._moment import micros
from healthd.store._ready import models
from healthd.store._transact import reads


@reads
def measured(customer: str, spans: Sequence[Interval]) -> tuple[Interval, ...]:
    """Return those of *spans* in which a device of *customer* answered a poll or a sweep."""
    number = _names.known_customer(customer)
    return tuple(span for span in spans if number is not None and any(_holds(table, number, span) for table in (models.Poll, models.Sweep)))


def _holds(table: type[models.Poll | models.Sweep], customer: int, span: Interval) -> bool:
    rows = table.objects.filter(customer=customer, at__gte=micros(span.start), at__lt=micros(span.end), up=True)
    return bool(rows.exists())
