"""What CSV and XLSX share: a header line and rows below it."""

from collections.abc import Iterable, Iterator, Sequence

from healthd.errors import InventoryError
from healthd.inventory.record import HEADERS, Record, column, record


def records(file: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Record]:
    """Yield a record for each row of (line number, cells); the first row holds the titles.

    Raises:
        InventoryError: titles that are not understood, or no column for the name or the address.
    """
    lines = iter(rows)
    number, titles = next(lines, (1, ()))
    names = [column(title) for title in titles]
    mistakes = [
        f"{file}:{number}: found column {title!r}; allowed: {', '.join(HEADERS)} (or their Chinese names); rename or remove the column"
        for title, name in zip(titles, names, strict=True)
        if name is None and title.strip()
    ]
    mistakes += [
        f"{file}:{number}: found no column {needed!r}; allowed titles: {', '.join(HEADERS[needed])}; add it"
        for needed in ("name", "address")
        if needed not in names
    ]
    if mistakes:
        raise InventoryError(tuple(mistakes))
    for number, cells in lines:
        said = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if any(cell.strip() for cell in said.values()):
            yield record(f"{file}:{number}", said)
