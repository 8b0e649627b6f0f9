"""From a report to pages: WeasyPrint, fetching nothing but the package's own style.

PDF/UA tags, bookmarks, language and metadata come from the page itself; the
identifier and the times from the report, so that the same report gives the
same bytes.
"""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from itertools import takewhile
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from healthd.errors import RenderError
from healthd.model.interval import Interval
from healthd.model.phrase import Phrase, say
from healthd.model.report import Bar, Name, Report, Section, Spark, Status, Strip, Table
from healthd.reports.html import WORDS, page, style
from healthd.reports.language import Language, clean, language

PAGES = 4
"""A daily report has at most so many pages before its appendix."""
FRONT = tuple(
    {"actions": a, "downtime": d, "frequent": f}
    for a, d, f in ((8, 8, 5), (8, 8, 0), (8, 6, 0), (8, 4, 0), (7, 3, 0), (6, 2, 0), (5, 2, 0), (4, 1, 0), (3, 1, 0), (1, 1, 0))
)
"""Rows of the tables on page 1 when it is too long, one step after the other; a table of none is left out with its title."""
ROOM = 122.0
"""Millimetres for the rows of page 1's tables."""
DENSE = 9.0
"""Millimetres for a row of page 1's dense table: two lines of a meaning, and its share of the title."""
CROWD = 24
"""Rows of two lines that two pages have room for beside everything else."""
APPENDIX = 60
"""Rows of an appendix that is laid out along each time: for fewer, one more layout would cost more."""
STEPS = (None, 5, 3, 1)
"""Rows of the tables on the pages after it."""
DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class Closed(URLFetcher):
    """Fetches nothing: whatever a device put into its name, no file and no address is opened for it."""

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - WeasyPrint's signature
        """Refuse *url*."""
        raise RenderError(f"a report fetches nothing: {url[:80]!r}")


class Paper:
    """Lays out and prints reports in one language."""

    def __init__(self, code: str) -> None:
        """Take the language (en, zh-CN)."""
        self.code = code
        self._fonts = FontConfiguration()
        self._sheet = CSS(string=style(), font_config=self._fonts, url_fetcher=Closed())

    def speaker(self, report: Report) -> Language:
        """Return the language, with the report's zone and day."""
        return language(self.code, report.zone, Interval(report.window.start, report.window.end))

    def layout(self, report: Report) -> Document:
        """Return the pages of *report*."""
        html = HTML(string=page(report, self.speaker(report)), url_fetcher=Closed())
        return html.render(font_config=self._fonts, stylesheets=[self._sheet], pdf_variant="pdf/ua-1", pdf_tags=True)

    def fitting(self, report: Report) -> tuple[Report, Document]:
        """Return *report* with as many rows as its pages allow, and its layout.

        What stands before the first chapter has one page, all before the appendix four. They are
        fitted without a large appendix: that of three hundred devices takes longer than all else.
        """
        large = sum(len(b.shown) for s in report.sections if s.appendix for b in s.blocks if isinstance(b, Table)) > APPENDIX
        before = replace(report, sections=tuple(s for s in report.sections if not s.appendix))
        body = before if large else report
        front, rest = self._guess(before), int(_crowded(before))
        while True:
            document = self.layout(fitted(body, FRONT[front], STEPS[rest]))
            first = self._front(document)
            more = first > 1 and front + 1 < len(FRONT), self.main(document) - first >= PAGES and rest + 1 < len(STEPS)
            if not any(more):
                break
            front, rest = front + more[0], rest + more[1]
        report = fitted(report, FRONT[front], STEPS[rest])
        return report, self.layout(report) if large else document

    def _guess(self, report: Report) -> int:
        """Return the step of FRONT with which page 1 should fit: a layout that is too long takes as long as one that is not."""
        tables = {b.key: b for s in _front(report.sections) for b in s.blocks if isinstance(b, Table) and b.key in FRONT[0]}
        speaker = self.speaker(report)
        heights = {
            key: [DENSE if table.dense else _height(row, speaker) for row in table.rows[: FRONT[0][key]]] for key, table in tables.items()
        }
        rows = [sum(sum(each[: step[key]]) for key, each in heights.items()) for step in FRONT]
        first = 0 if "frequent" in tables else 1  # without it, the first two steps are the same
        return next((i for i, height in enumerate(rows) if i >= first and height <= ROOM), len(FRONT) - 1)

    def _front(self, document: Document) -> int:
        """Return the number of pages before the first chapter."""
        return next((number for number, each in enumerate(document.pages) if "chapters" in each.anchors), len(document.pages))

    def main(self, document: Document) -> int:
        """Return the number of pages before the appendix."""
        return next((number for number, each in enumerate(document.pages) if "appendix" in each.anchors), len(document.pages))

    def pdf(self, report: Report, document: Document) -> bytes:
        """Return the PDF, with the report's whole tables attached."""
        speaker = self.speaker(report)
        document.metadata.attachments = [
            Attachment(
                string=table_csv(each.table, speaker), name=each.name, description=speaker.say(each.description),
                created=report.made, modified=report.made,
            )
            for each in report.attachments
        ]  # fmt: skip
        stamp = report.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        document.metadata.created = document.metadata.modified = stamp
        identity = hashlib.sha256(f"{report.customer}\n{report.kind}\n{report.window}\n{report.edition}\n{self.code}".encode()).digest()[
            :16
        ]
        made: bytes = document.write_pdf(pdf_identifier=identity, pdf_variant="pdf/ua-1", pdf_tags=True)
        return made


def _height(row: Sequence[object], speaker: Language) -> float:
    """Return about how many millimetres a row of page 1 takes: its longest sentence at 34 characters a line, a Chinese one being two."""
    said = [speaker.say(cell) for cell in row if isinstance(cell, Phrase)]
    wide = max((sum(2 if east_asian_width(c) == "W" else 1 for c in text) for text in said), default=0)
    return 2.2 + 3.8 * max(2, ceil(wide / 34))


def fitted(report: Report, rows: Mapping[str, int], most: int | None = None) -> Report:
    """Return *report* with at most *rows* shown of the tables of page 1, by key, and *most* of each later one before the appendix.

    What page 1 leaves, the table that continues it begins with.
    """
    stops = {
        b.key: min(rows[b.key], b.stop or len(b.rows)) for s in report.sections for b in s.blocks if isinstance(b, Table) and b.key in rows
    }
    front = len(_front(report.sections))
    cut = tuple(_section(s, stops, most if i >= front and not s.appendix else None) for i, s in enumerate(report.sections))
    return replace(report, sections=tuple(s for i, s in enumerate(cut) if i >= front or not _emptied(s, rows)))


def _front(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return what stands before the first chapter: page 1."""
    return tuple(takewhile(lambda s: s.chapter is None, sections))


def _emptied(section: Section, rows: Mapping[str, int]) -> bool:
    """Is nothing left of *section* but the title of a table that gets no row?"""
    return bool(section.blocks) and all(isinstance(b, Table) and rows.get(b.key) == 0 for b in section.blocks)


def _crowded(report: Report) -> bool:
    """Will the tables after page 1 hardly fit as they are?"""
    after = report.sections[len(_front(report.sections)) :]
    return sum(len(b.shown) for s in after for b in s.blocks if isinstance(b, Table) and not b.dense) > CROWD


def _section(section: Section, stops: Mapping[str, int], most: int | None) -> Section:
    return replace(section, blocks=tuple(_cut(b, stops, most) if isinstance(b, Table) and not b.whole else b for b in section.blocks))


def _cut(table: Table, stops: Mapping[str, int], most: int | None) -> Table:
    if table.key in stops:
        return replace(table, stop=stops[table.key])
    start = stops.get(table.continues, table.start)
    room = None if table.stop is None else table.stop - table.start
    room = most if room is None or (most is not None and most < room) else room
    overflow = table.overflow or say("and {n} more in the attached tables", n=0)
    return replace(table, start=start, stop=None if room is None else start + room, overflow=overflow)


def table_csv(table: Table, speaker: Language) -> str:
    """Return *table* as CSV with a byte order mark, so that spreadsheets read Chinese; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([speaker.say(column.title) + (f" ({column.unit})" if column.unit else "") for column in table.columns])
    writer.writerows([[plain(cell, speaker) for cell in row] for row in table.rows])
    return "\ufeff" + out.getvalue()


def plain(cell: object, speaker: Language) -> str:
    """Return a cell as text for a spreadsheet: a leading sign that would make it a formula is quoted."""
    if isinstance(cell, Name):
        note = speaker.say(cell.note) if isinstance(cell.note, Phrase) else clean(cell.note)
        said = f"{clean(cell.text)} ({note})" if note else clean(cell.text)
    elif isinstance(cell, Status):
        said = speaker.say(WORDS[cell])
    elif isinstance(cell, (Strip, Spark, Bar)):
        said = speaker.say(cell.alt)
    else:
        said = "" if cell is None else speaker.say(cell)  # type: ignore[arg-type]
    return (
        f"'{said}" if said.lstrip().lstrip("\ufffd\u2068").lstrip().startswith(DANGEROUS) and not isinstance(cell, (int, float)) else said
    )
