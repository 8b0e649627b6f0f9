"""From a report to pages: WeasyPrint, fetching nothing but the package's own style.

PDF/UA tags, bookmarks, language and metadata come from the page itself; the
identifier and the times from the report, so that the same report gives the
same bytes.
"""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import UTC
from typing import Any

from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from healthd.errors import RenderError
from healthd.model.interval import Interval
from healthd.model.phrase import Phrase, say
from healthd.model.report import Bar, Name, Report, Section, Spark, Status, Strip, Table
from healthd.reports.html import WORDS, page, style
from healthd.reports.language import Language, language

PAGES = 4
"""A daily report has at most so many pages before its appendix."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


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

    def speaker(self, report: Report) -> Language:
        """Return the language, with the report's zone and day."""
        return language(self.code, report.zone, Interval(report.window.start, report.window.end))

    def layout(self, report: Report) -> Document:
        """Return the pages of *report*."""
        html = HTML(string=page(report, self.speaker(report)), url_fetcher=Closed())
        sheet = CSS(string=style(), font_config=self._fonts, url_fetcher=Closed())
        return html.render(font_config=self._fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1", pdf_tags=True)

    def fitting(self, report: Report, steps: tuple[int, ...]) -> tuple[Report, Document]:
        """Return *report* with as many rows as its pages allow, and its layout."""
        document = self.layout(report)
        for rows in steps:
            if self.main(document) <= PAGES:
                break
            report = shorter(report, rows)
            document = self.layout(report)
        return report, document

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


def shorter(report: Report, rows: int) -> Report:
    """Return *report* with at most *rows* rows in the tables between page 1 and the appendix; what is left out is said."""
    chapter = False
    sections: list[Section] = []
    for section in report.sections:
        chapter = chapter or section.chapter is not None
        cut = chapter and not section.appendix
        sections.append(
            replace(section, blocks=tuple(_cut(b, rows) if isinstance(b, Table) else b for b in section.blocks)) if cut else section
        )
    return replace(report, sections=tuple(sections))


def _cut(table: Table, rows: int) -> Table:
    left = len(table.rows) - rows
    return replace(table, rows=table.rows[:rows], more=say("and {n} more in the attached tables", n=left)) if left > 0 else table


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
        note = speaker.say(cell.note) if isinstance(cell.note, Phrase) else cell.note
        said = f"{cell.text} ({note})" if note else cell.text
    elif isinstance(cell, Status):
        said = speaker.say(WORDS[cell])
    elif isinstance(cell, (Strip, Spark, Bar)):
        said = speaker.say(cell.alt)
    else:
        said = "" if cell is None else speaker.say(cell)  # type: ignore[arg-type]
    return f"'{said}" if said.lstrip(" \xa0").startswith(DANGEROUS) and not isinstance(cell, (int, float)) else said
