"""From a report to pages: WeasyPrint, fetching nothing but the package's own style.

PDF/UA tags, bookmarks, language and metadata come from the page itself; the
identifier and the times from the report, so that the same report gives the
same bytes.
"""

import csv
import hashlib
import io
from datetime import UTC
from typing import Any
from xml.etree.ElementTree import fromstring

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from healthd.errors import RenderError
from healthd.model.interval import Interval
from healthd.model.phrase import Phrase
from healthd.model.report import Bar, Name, Report, Spark, Status, Strip, Table
from healthd.reports.fitting import MILLIMETRE, PAGES, Measured, everything, fitted, planned
from healthd.reports.html import ROW, WORDS, page, style
from healthd.reports.language import Language, clean, language
from healthd.reports.numbers import Numbers

SPARE = (2.0, 24.0, 90.0)
"""Pixels that stay free on a page: little, and more should a layout turn out longer than it was measured."""
ENDLESS = "@page { size: 210mm 5000mm }"
"""The style of pages on which heights are measured."""
BEHIND = "@page :first { margin-top: 16mm; @top-left { content: string(who) } }"
"""The style of pages of which others stand before the first."""
DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class Closed(URLFetcher):
    """Fetches nothing: whatever a device put into its name, no file and no address is opened for it."""

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - WeasyPrint's signature
        """Refuse *url*."""
        raise RenderError(f"a report fetches nothing: {url[:80]!r}")


class Page(HTML):  # type: ignore[misc]
    """A page of our own, which is well-formed XML: WeasyPrint's reader, made for any HTML there is, takes forty times as long."""

    def __init__(self, said: str) -> None:
        """Read what WeasyPrint's own would; as nothing is fetched, no address is the base of others."""
        self.base_url, self.url_fetcher, self.media_type = None, Closed(), "print"
        self.wrapper_element = ElementWrapper.from_html_root(fromstring(said), content_language=None)  # noqa: S314 - escaped by us
        self.etree_element = self.wrapper_element.etree_element


class Paper:
    """Lays out and prints reports in one language."""

    def __init__(self, code: str) -> None:
        """Take the language (en, zh-CN)."""
        self.code = code
        self._fonts = FontConfiguration()
        self._sheet = CSS(string=style(), font_config=self._fonts, url_fetcher=Closed())
        self._endless = CSS(string=ENDLESS, url_fetcher=Closed())
        self._behind = CSS(string=BEHIND, font_config=self._fonts, url_fetcher=Closed())

    def speaker(self, report: Report) -> Language:
        """Return the language, with the report's zone and day."""
        return language(self.code, report.zone, Interval(report.window.start, report.window.end))

    def layout(self, report: Report, numbers: Numbers | None = None) -> Document:
        """Return the pages of *report* with *numbers*, by default those of a whole report."""
        return self._layout(page(report, self.speaker(report)), numbers, self._sheet)

    def behind(self, report: Report, numbers: Numbers) -> Document:
        """Return the pages of *report* without its head: others stand before them."""
        return self._layout(page(report, self.speaker(report), head=False), numbers, self._sheet, self._behind)

    def _layout(self, said: str, numbers: Numbers | None, *sheets: CSS) -> Document:
        return Page(said).render(
            font_config=self._fonts,
            counter_style=Numbers() if numbers is None else numbers,
            stylesheets=list(sheets),
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
        )

    def fitting(self, report: Report, numbers: Numbers | None = None) -> tuple[Report, Document]:
        """Return *report* with as many rows as its pages allow, and its layout.

        What stands before the first chapter has one page, all before the appendix four. They are
        measured without the appendix: that of three hundred devices takes longer than all else.
        """
        measured = self._measured(everything(report))
        for spare in SPARE:
            shown = fitted(report, planned(report, measured, spare))
            document = self.layout(shown, numbers)
            if self._front(document) == 1 and self.main(document) <= PAGES:
                break
        return shown, document

    def _measured(self, report: Report) -> Measured:
        document = self._layout(page(report, self.speaker(report), marked=True), None, self._sheet, self._endless)
        rows, ends = {}, {}
        for number, each in enumerate(document.pages):
            top = (13 if number == 0 else 16) * MILLIMETRE
            for name, (_, above, _, below) in each.anchors.items():
                table, sign, row = name.rpartition(ROW)
                if sign:
                    rows[table, int(row)] = below - above
                else:
                    ends[name] = below - top
        return Measured(rows=rows, ends=ends)

    def _front(self, document: Document) -> int:
        """Return the number of pages before the first chapter."""
        return next(
            (number for number, each in enumerate(document.pages) if {"chapters", "appendix"} & set(each.anchors)), len(document.pages)
        )

    def main(self, document: Document) -> int:
        """Return the number of pages before the appendix."""
        return next((number for number, each in enumerate(document.pages) if "appendix" in each.anchors), len(document.pages))

    def pdf(self, report: Report, document: Document, *, part: bool = False) -> bytes:
        """Return the PDF, with the report's whole tables attached; a *part* that is joined to another one has no identity of its own."""
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
        identity = None if part else self._identity(report)
        made: bytes = document.write_pdf(pdf_identifier=identity, pdf_variant="pdf/ua-1", pdf_tags=True)
        return made

    def _identity(self, report: Report) -> bytes:
        told = f"{report.customer}\n{report.kind}\n{report.window}\n{report.edition}\n{self.code}"
        return hashlib.sha256(told.encode()).digest()[:16]


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
        said = clean(cell.text) + speaker.aside(note)
    elif isinstance(cell, Status):
        said = speaker.say(WORDS[cell])
    elif isinstance(cell, (Strip, Spark, Bar)):
        said = speaker.say(cell.alt)
    else:
        said = "" if cell is None else speaker.say(cell)  # type: ignore[arg-type]
    return (
        f"'{said}" if said.lstrip().lstrip("\ufffd\u2068").lstrip().startswith(DANGEROUS) and not isinstance(cell, (int, float)) else said
    )
