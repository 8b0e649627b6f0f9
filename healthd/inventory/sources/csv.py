"""A CSV file, as spreadsheets write it: comma, semicolon or tab; UTF-8 (with or without BOM) or GB 18030."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from healthd.errors import InventoryError
from healthd.inventory.record import Record
from healthd.inventory.sources import _table


def accepts(source: str) -> bool:
    """Say whether *source* looks like a CSV file."""
    return source.lower().endswith((".csv", ".tsv"))


def read(source: str, options: Mapping[str, str]) -> Iterator[Record]:  # noqa: ARG001 - the sources share one signature
    """Yield the records of the file."""
    path = Path(source)
    lines = _text(path).splitlines()
    first = lines[0] if lines else ""
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(lines, delimiter=delimiter)
    yield from _table.records(path.name, ((reader.line_num, row) for row in reader))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InventoryError((f"{path.name}:1: found bytes that are neither UTF-8 nor GB 18030; save the table as CSV UTF-8",))
