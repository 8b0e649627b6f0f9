"""Hourly and daily figures of every reading, and what is thrown away when.

Hours and days are those of UTC. A roll-up row holds the figures of all values
of one device (``_figures``), then those of round trip (ms) and loss (%). The
figures carry seven digits, the last value fifteen.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.store import _bulk, _columns, _figures, _layouts, _names, events
from healthd.store._figures import Reset, is_counter
from healthd.store._layouts import Kept
from healthd.store._moment import DAY, HOUR, SECOND, micros, moment
from healthd.store._ready import connection, models
from healthd.store._transact import reads, writes

SOME = 100
"""Rows that are in memory with all of their figures where only what a series shows is wanted: a month of a device is 20 MB."""
FEW = 500
"""Devices that the database is asked for by number; of more it gives all, and we choose."""
BESIDE = 2  # columns after the layout's own: round trip, loss


@dataclass(frozen=True, slots=True)
class RolledBlock:
    """Figures of one device in one layout; *starts* and *lasts* (of the last sweep) in epoch seconds.

    *shown* has, column by column, what a series shows; *as_last* which of it are last values. *rows* are all
    figures, empty when only series are wanted: a quarter's are five times as large.
    """

    device: int
    kept: Kept
    starts: NDArray[np.float64]
    lasts: NDArray[np.float64]
    shown: NDArray[np.float64]
    as_last: NDArray[np.bool_]
    rows: NDArray[Any]

    def column(self, number: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return times and values: a gauge's mean at the span's start, a counter's or state's last value when it was read."""
        values = self.shown[number]
        given = ~np.isnan(values)
        times = self.lasts if self.as_last[number] else self.starts
        return tuple(times[given].tolist()), tuple(values[given].tolist())

    def table(self, numbers: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return times and what the columns *numbers* of one metric show, as rows, NaN for what was not given."""
        return self.lasts if self.as_last[list(numbers)].any() else self.starts, self.shown[list(numbers)]

    def figure(self, number: int, name: str) -> tuple[list[float], list[float]]:
        """Return the spans' starts and figure *name* (n, low, mean, high, last) of column *number*, where something was given."""
        values, given = self.rows[name][:, number].astype(np.float64), self.rows["n"][:, number] > 0
        return self.starts[given].tolist(), values[given].tolist()


def roll(customer: str, now: datetime, *, counter: Callable[[Reading], bool] = is_counter, reset: Reset | None = None) -> int:
    """Make the figures of every hour and day that is over at *now* and not made yet, or got late sweeps; return how many rows."""
    made = 0
    while (span := _next(customer, HOUR, now)) is not None:
        made += _hours(customer, span, counter, reset)
    while (span := _next(customer, DAY, now)) is not None:
        made += _day(customer, span)
    return made


@reads
def _next(customer: str, step: int, now: datetime) -> tuple[int, int] | None:
    """Return the next day (or the hours that are left of it) to roll up, in microseconds."""
    number = _names.known_customer(customer)
    begin = models.Rolled.objects.filter(customer=number, step=step).values_list("until", flat=True).first()
    newer = models.Sweep.objects.filter(customer=number) if step == HOUR else models.Rollup.objects.filter(customer=number, step=HOUR)
    first = newer.filter(at__gte=begin or 0).order_by("at").values_list("at", flat=True).first()
    if first is None:
        return None
    size = step * SECOND
    start = max(begin or 0, first - first % size)
    end = min(start - start % (DAY * SECOND) + DAY * SECOND, micros(now) // size * size)
    return (start, end) if start < end else None


@writes
def _hours(customer: str, span: tuple[int, int], counter: Callable[[Reading], bool], reset: Reset | None) -> int:
    number = _names.customer_id(customer)
    text = (
        "SELECT at, device, layout, coding, data, rtt_ms, loss_pct FROM store_sweep "
        "WHERE customer = %s AND at >= %s AND at < %s AND layout IS NOT NULL ORDER BY device, layout, at"
    )
    with connection.cursor() as cursor:  # an hour before, so that counters have something to count from
        cursor.execute(text, [number, span[0] - HOUR * SECOND, span[1]])
        fetched = cursor.fetchall()
    kept = _layouts.fetch({row[2] for row in fetched})
    rows: list[tuple[Any, ...]] = []
    for (device, layout), group in groupby(fetched, key=lambda row: (row[1], row[2])):
        for start, last, data in _block(kept[layout], list(group), span[0], counter, reset):
            rows.append((number, HOUR, start, device, layout, last, data))
    _put(number, HOUR, span, rows)
    return len(rows)


def _block(
    kept: Kept, group: Sequence[tuple[Any, ...]], begin: int, counter: Callable[[Reading], bool], reset: Reset | None
) -> Iterator[tuple[int, int, bytes]]:
    """Yield start, last sweep and figures of each hour of one device in one layout."""
    at = np.array([row[0] for row in group], dtype=np.int64)
    beside = np.array([[row[5], row[6]] for row in group], dtype=np.float64)
    values = np.hstack([_columns.matrix(kept, [(row[3], row[4]) for row in group]), beside])
    counts = np.array([*map(counter, kept.readings), *[False] * BESIDE], dtype=bool)
    rates = _figures.rates(values, at / SECOND, kept.readings, counts, reset)
    fresh = at >= begin
    if not fresh.any():
        return
    at, values, rates = at[fresh], values[fresh], (rates[0][fresh], rates[1][fresh])
    hours = at // (HOUR * SECOND)
    starts = np.flatnonzero(np.diff(hours, prepend=hours[0] - 1))
    made = _figures.figures(values, starts, counts, rates)
    ends = [*starts[1:], len(at)]
    for n, (first, end) in enumerate(zip(starts, ends, strict=True)):
        yield int(hours[first]) * HOUR * SECOND, int(at[end - 1]), zlib.compress(made[n : n + 1].tobytes(), 3)


@writes
def _day(customer: str, span: tuple[int, int]) -> int:
    number = _names.customer_id(customer)
    there = models.Rollup.objects.filter(customer=number, step=HOUR, at__gte=span[0], at__lt=span[1]).order_by("device", "layout", "at")
    rows = []
    fetched = there.values_list("device", "layout", "last_at", "data")
    for (device, layout), group in groupby(fetched, key=lambda row: row[:2]):
        parts = list(group)
        hours = _unpacked([row[3] for row in parts])
        data = zlib.compress(_figures.merged(hours).tobytes(), 3)
        rows.append((number, DAY, span[0], device, layout, parts[-1][2], data))
    _put(number, DAY, span, rows)
    return len(rows)


def _put(customer: int, step: int, span: tuple[int, int], rows: list[tuple[Any, ...]]) -> None:
    _bulk.insert(models.Rollup, sorted(rows, key=itemgetter(0, 1, 2, 3, 4)), replace=("last_at", "data"))
    models.Rolled.objects.update_or_create(customer_id=customer, step=step, defaults={"until": span[1]})
    if step == HOUR:  # an hour made again makes its day again
        models.Rolled.objects.filter(customer=customer, step=DAY, until__gt=span[0]).update(until=span[0] - span[0] % (DAY * SECOND))


def _unpacked(contents: Sequence[bytes]) -> NDArray[Any]:
    size = len(zlib.decompress(contents[0]))
    made = bytearray(size * len(contents))  # filled row by row: a month of a device is 8 MB, which need not be there three times
    for n, content in enumerate(contents):
        made[n * size : (n + 1) * size] = zlib.decompress(content)
    return np.frombuffer(made, dtype=_figures.dtype(size // _figures.dtype(1).itemsize))


@reads
def until(customer: str) -> datetime:
    """Return up to when hourly figures are made; 1970 when there are none."""
    made = models.Rolled.objects.filter(customer__code=customer, step=HOUR).values_list("until", flat=True).first()
    return moment(made or 0)


@reads
def blocks(customer: str, ids: dict[str, int], window: Interval, step: int, *, figures: bool = True) -> list[RolledBlock]:
    """Return the figures over spans of *step* seconds (an hour or a day) that start inside *window*, for the devices *ids*.

    Without *figures* only what a series shows.
    """
    number = _names.known_customer(customer)
    rows = models.Rollup.objects.filter(customer=number, step=step, at__gte=micros(window.start), at__lt=micros(window.end))
    grouped: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
    wanted = set(ids.values())
    rows = rows.filter(device__in=wanted) if len(wanted) <= FEW else rows
    for row in rows.order_by("at").values_list("device", "layout", "at", "last_at", "data").iterator():
        if row[0] in wanted:
            grouped.setdefault(row[:2], []).append(row)
    kept = _layouts.fetch({layout for _, layout in grouped})
    return [_rolled(kept[key[1]], grouped.pop(key), figures) for key in list(grouped)]


def _rolled(kept: Kept, group: list[tuple[Any, ...]], figures: bool) -> RolledBlock:
    starts, lasts = np.array([[row[2], row[3]] for row in group], dtype=np.float64).T / SECOND
    contents = [row[4] for row in group]
    step = len(contents) if figures else SOME
    as_last = np.array([*(code == "i" for code in kept.codes), *[False] * BESIDE])
    last, mean = (np.empty((len(as_last), len(contents))) for _ in range(2))
    for n in range(0, len(contents), step):
        rows = _unpacked(contents[n : n + step])
        as_last |= rows["counter"].any(axis=0)
        last[:, n : n + step], mean[:, n : n + step] = rows["last"].T, rows["mean"].T
    mean[as_last] = last[as_last]
    return RolledBlock(group[0][0], kept, starts, lasts, mean, as_last, rows if figures else rows[:0].copy())


@writes
def tidy(customer: str, now: datetime, *, raw_days: int = 35, rollup_days: int = 730) -> dict[str, int]:
    """Throw away what is too old: sweeps and polls (once rolled up), then figures and events; return how many rows of each.

    The newest poll that a device answered stays, however old it is.
    """
    number = _names.known_customer(customer)
    rolled = models.Rolled.objects.filter(customer=number, step=HOUR).values_list("until", flat=True).first() or 0
    raw, old = min(micros(now - timedelta(days=raw_days)), rolled), micros(now - timedelta(days=rollup_days))
    newest = _newest(number)
    polls = models.Poll.objects.filter(customer=number, at__lt=micros(now - timedelta(days=raw_days)))
    gone = [row for row in polls.values_list("at", "device") if row not in newest]
    for at, device in gone:
        models.Poll.objects.filter(customer=number, at=at, device=device).delete()
    return {
        "sweeps": models.Sweep.objects.filter(customer=number, at__lt=raw).delete()[0],
        "polls": len(gone),
        "rollups": models.Rollup.objects.filter(customer=number, at__lt=old).delete()[0],
        "events": events.forget(customer, now - timedelta(days=rollup_days)),
    }


def _newest(customer: int | None) -> set[tuple[int, int]]:
    found = set()
    for device in models.Device.objects.filter(customer=customer).values_list("pk", flat=True):
        last = models.Poll.objects.filter(device=device, facts__isnull=False, up=True).order_by("-at").values_list("at", flat=True).first()
        if last is not None:
            found.add((last, device))
    return found
