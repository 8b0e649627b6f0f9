"""Readings, one row a value, as Parquet or CSV.

Columns: device, metric, item, index, unit, at (UTC), value (a number), word
(a state or text). CSV begins with a byte-order mark, so that spreadsheets
read it as UTF-8, and no cell of it can act as a formula.
"""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from healthd.errors import StoreError
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.poll import Series
from healthd.store import _layouts, _names
from healthd.store._ready import models
from healthd.store._transact import reads
from healthd.store.history import ROUND, history

COLUMNS = ("device", "metric", "item", "index", "unit", "at", "value", "word")
FORMATS = (".parquet", ".csv")
"""Endings of files, each with a format of its own."""
ACTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula (CSV injection, CWE-1236)."""


@reads
def metrics(customer: str, devices: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of all metrics that are kept of *customer*'s *devices* (of all when empty)."""
    rows = models.Layout.objects.filter(device__customer__code=customer)
    if devices:
        rows = rows.filter(device__in=_names.known_ids(customer, devices).values())
    kept = _layouts.fetch(set(rows.values_list("pk", flat=True)))
    return tuple(sorted({reading.metric for each in kept.values() for reading in each.readings} | ROUND.keys()))


def write(path: Path, customer: Customer, devices: Sequence[Device], window: Interval, wanted: Sequence[str] = ()) -> int:
    """Write the metrics *wanted* (all when empty) of *devices* during *window* to *path*, by its ending; return how many values.

    The file appears whole or not at all.
    """
    if path.suffix.lower() not in FORMATS:
        raise StoreError(f"cannot export to {path}: the ending says the format, {' or '.join(FORMATS)}")
    save = _csv if path.suffix.lower() == ".csv" else _parquet
    names = wanted or metrics(customer.code, [device.name for device in devices])
    with _whole(path) as coming:
        return save(coming, _series(customer, devices, window, names))


def _series(customer: Customer, devices: Sequence[Device], window: Interval, names: Sequence[str]) -> Iterator[Series]:
    """Yield every series, a day of all devices at a time, so that a long window needs no more memory than a short one."""
    start = window.start
    while start < window.end:
        end = min(start + timedelta(days=1), window.end)
        past = history(customer, devices, Interval(start, end))
        for name in names:
            yield from past.series(name)
        start = end


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    coming = path.with_name(f".{path.name}.part")
    try:
        yield coming
        coming.replace(path)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        coming.unlink(missing_ok=True)


def _csv(path: Path, series: Iterable[Series]) -> int:
    count = 0
    with path.open("w", newline="", encoding="utf-8-sig", errors="backslashreplace") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for each in series:
            named = [inert(text) for text in (each.device, each.metric, each.item, each.index, each.unit)]
            for at, value in zip(each.times, each.values, strict=True):
                moment = datetime.fromtimestamp(at, UTC).isoformat()
                writer.writerow([*named, moment, *(("", inert(value)) if isinstance(value, str) else (value, ""))])
            count += len(each.times)
    return count


def inert(text: str) -> str:
    """Return *text* so that a spreadsheet shows it and does not run it; NUL, which CSV cannot hold, as its escape."""
    shown = text.replace("\0", "\\x00")
    return f"'{shown}" if shown.lstrip(" ").startswith(ACTS) else shown


def _parquet(path: Path, series: Iterable[Series]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = pa.dictionary(pa.int32(), pa.string())
    kinds = {"at": pa.timestamp("us", tz="UTC"), "value": pa.float64()}
    schema = pa.schema([(name, kinds.get(name, words)) for name in COLUMNS])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for part in _batches(series):
            columns = [pa.array(column, type=kinds.get(name, pa.string())) for name, column in zip(COLUMNS, _rows(part), strict=True)]
            columns = [column if name in kinds else column.dictionary_encode() for name, column in zip(COLUMNS, columns, strict=True)]
            writer.write_table(pa.table(columns, schema=schema))
            count += len(columns[0])
    return count


def _batches(series: Iterable[Series], size: int = 200_000) -> Iterator[list[Series]]:
    part: list[Series] = []
    held = 0
    for each in series:
        part.append(each)
        held += len(each.times)
        if held >= size:
            yield part
            part, held = [], 0
    if part:
        yield part


def _rows(part: Sequence[Series]) -> tuple[list[Any], ...]:
    """Return the columns of *part*; text that is no Unicode is escaped, a number that is none stays empty."""
    named = [[_valid(text)] * len(s.times) for s in part for text in (s.device, s.metric, s.item, s.index, s.unit)]
    columns = [[cell for cells in named[n::5] for cell in cells] for n in range(5)]
    values = [value for s in part for value in s.values]
    numbers = [None if isinstance(value, str) or math.isnan(value) else float(value) for value in values]
    words = [_valid(value) if isinstance(value, str) else None for value in values]
    return (*columns, [round(at * 1e6) for s in part for at in s.times], numbers, words)


def _valid(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
