"""The first sheet of an Excel workbook; formulas count by their stored results."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from healthd.errors import InventoryError
from healthd.inventory.record import Record
from healthd.inventory.sources import _table

UNPACKED = 50 * 1024 * 1024


def accepts(source: str) -> bool:
    """Say whether *source* looks like a workbook."""
    return source.lower().endswith((".xlsx", ".xlsm"))


def read(source: str, options: Mapping[str, str]) -> Iterator[Record]:  # noqa: ARG001 - the sources share one signature
    """Yield the records of the workbook's first sheet."""
    path = Path(source)
    _bounded(path)
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        cells = ((number, ["" if cell is None else str(cell) for cell in row]) for number, row in enumerate(rows, 1))
        yield from _table.records(path.name, cells)
    finally:
        book.close()


def _bounded(path: Path) -> None:
    """Refuse what is no workbook, or unpacks to more than 50 MiB, before it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as error:
        raise InventoryError((f"{path.name}:1: found no Excel workbook (.xlsx); save it as .xlsx or as CSV",)) from error
    if size > UNPACKED:
        raise InventoryError((f"{path.name}:1: found a workbook of {size >> 20} MiB; allowed: {UNPACKED >> 20} MiB unpacked; split it",))
