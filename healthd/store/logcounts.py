"""How many lines each device logged of each message, by the hour: kept with the events, read without them.

Hours, because every customer has days of its own zone. A customer's day is
made of the hours that lie in it; where zones are half hours off, the last
half hour before the day is missing.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Sum

from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.model.logged import Logged
from healthd.store import _names, _words
from healthd.store._moment import HOUR, micros
from healthd.store._ready import connection, models
from healthd.store._transact import reads

STEP = HOUR * 1_000_000
LONGER = timedelta(days=35)
"""How much longer than the events themselves their numbers are kept."""


def add(customer: int, lines: Iterable[tuple[int, Event]]) -> None:
    """Count *lines* (device's number, event), all of them new, inside the caller's transaction; what is no line of a log is left out."""
    found: Counter[tuple[int, int, int, str]] = Counter()
    for device, event in lines:
        if event.is_line:
            found[micros(event.received) // STEP * STEP, device, event.severity or 0, event.message[:100]] += 1
    rows = [(customer, *key[:3], _words.clean(key[3])[:100], number) for key, number in sorted(found.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO store_logcount (customer, at, device, severity, message, number) VALUES (%s, %s, %s, %s, %s, %s) "
                "ON CONFLICT (customer, at, device, severity, message) DO UPDATE SET number = store_logcount.number + excluded.number",
                rows,
            )


@reads
def before(customer: str, days: Sequence[Interval]) -> Logged:
    """Return what was logged on *days*, which follow each other, oldest first."""
    number = _names.known_customer(customer)
    if number is None or not days:
        return Logged(days=(None,) * len(days))
    hours = models.LogCount.objects.filter(customer=number, at__gte=micros(days[0].start), at__lte=micros(days[-1].end) - STEP)
    starts = [micros(day.start) for day in days]
    counts: list[Counter[tuple[str, int]]] = [Counter() for _ in days]
    for at, severity, message, lines in hours.values_list("at", "severity", "message").annotate(Sum("number")):
        counts[bisect_right(starts, at) - 1][message, severity] += lines
    names = dict(models.Device.objects.filter(customer=number).values_list("pk", "name"))
    seen: dict[str, set[str]] = {}
    for device, message in hours.values_list("device", "message").distinct():
        seen.setdefault(names[device], set()).add(message)
    return Logged(days=tuple(day or None for day in counts), seen={name: frozenset(those) for name, those in seen.items()})


def forget(customer: int | None, before_: datetime) -> None:
    """Delete the numbers of what happened LONGER before *before_*, inside the caller's transaction."""
    models.LogCount.objects.filter(customer=customer, at__lt=micros(before_ - LONGER)).delete()
