"""The ledger as a spreadsheet (XLSX): the same tables as on paper, days and numbers as such, ready to be filtered and printed."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from healthd.model.phrase import Percent, Value, say
from healthd.model.sheet import Ledger
from healthd.reports.language import Language, clean, language
from healthd.reports.ledger import Grid, footing, grids, lead, numbers, risk

HEAD = PatternFill("solid", fgColor="F2F5F8")
RULE = Border(bottom=Side(style="thin", color="8A919B"))
RED = Font(color="B5340A")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
WIDE = 1.6
"""Characters of a spreadsheet's column for one percent of the printed page."""


def workbook(ledger: Ledger, code: str) -> bytes:
    """Return *ledger* in the language *code* as XLSX; the same ledger gives the same bytes."""
    speaker = language(code, ledger.zone)
    book = Workbook()
    first = book.active
    first.title = speaker.say(say("Summary"))
    _summary(first, ledger, speaker)
    for grid in grids(ledger):
        _grid(book.create_sheet(speaker.say(grid.title)), grid, speaker)
    for sheet in book.worksheets:
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.properties.creator = ledger.tac
    book.properties.title = lead(ledger, speaker)
    book.properties.created = book.properties.modified = ledger.made.astimezone(UTC).replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue(), ledger.made)


def _summary(sheet: Worksheet, ledger: Ledger, speaker: Language) -> None:
    _put(sheet, 1, 1, speaker.say(say("Spare parts and RMA: monthly ledger")), Font(bold=True, size=14))
    _put(sheet, 2, 1, lead(ledger, speaker))
    for row, (label, value) in enumerate(numbers(ledger.sums), 4):
        _put(sheet, row, 1, speaker.say(label))
        _put(sheet, row, 2, _value(value, speaker), Font(bold=True))
        sheet.cell(row, 2).alignment = Alignment(horizontal="right")
    _put(sheet, 12, 1, speaker.say(risk(ledger)))
    _put(sheet, 13, 1, speaker.say(footing(ledger)))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 14


def _grid(sheet: Worksheet, grid: Grid, speaker: Language) -> None:
    for number, column in enumerate(grid.columns, 1):
        _put(sheet, 1, number, speaker.say(column.title), Font(bold=True))
        head = sheet.cell(1, number)
        head.fill, head.border, head.alignment = HEAD, RULE, Alignment(wrap_text=True, vertical="bottom")
        sheet.column_dimensions[get_column_letter(number)].width = max(9.0, column.width * WIDE)
    for number, row in enumerate(grid.rows, 2):
        for place, value in enumerate(row, 1):
            _put(sheet, number, place, _value(value, speaker), RED if number - 2 in grid.marked else None)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    if grid.rows:
        sheet.auto_filter.ref = sheet.dimensions


def _value(value: Value | None, speaker: Language) -> str | float | date | None:
    """Return *value* as a spreadsheet knows it; an empty cell for what is not known."""
    if isinstance(value, Percent):
        return speaker.percent(value)
    if value is None or isinstance(value, int | float | date):
        return value
    return clean(speaker.say(value))


def _put(sheet: Worksheet, row: int, column: int, value: object, font: Font | None = None) -> None:
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"  # text stays text, also when a serial number begins like a formula
    if isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd"
    if font:
        cell.font = font


def _settled(made: bytes, at: datetime) -> bytes:
    """Return the archive with the ledger's time on all its files; the library would put there when it was written."""
    stamp = at.astimezone(UTC).timetuple()[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, MODIFIED.sub(rf"\g<1>{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode(), old.read(name)))
    return out.getvalue()
