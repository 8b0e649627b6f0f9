"""From a form or a ledger to pages: WeasyPrint as in ``paper``, and the fields of a form put right for everyone who fills them in."""

import hashlib
from datetime import UTC
from typing import Any

import pydyf
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from healthd.model.sheet import Form, Ledger
from healthd.reports import form, ledger
from healthd.reports.html import TEMPLATES
from healthd.reports.language import language
from healthd.reports.paper import Closed

OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "pdf_forms": True}
SIZE = 9
"""Points of what is written into a field."""


def leaf(sheet: Form | Ledger, code: str) -> tuple[bytes, int]:
    """Return *sheet* as PDF in the language *code*, and its number of pages; the same sheet gives the same bytes."""
    speaker = language(code, sheet.zone)
    made, name = (form.page(sheet, speaker), "form.css") if isinstance(sheet, Form) else (ledger.page(sheet, speaker), "ledger.css")
    fonts = FontConfiguration()
    style = CSS(string=(TEMPLATES / name).read_text("utf-8"), font_config=fonts, url_fetcher=Closed())
    document = HTML(string=made, url_fetcher=Closed()).render(font_config=fonts, stylesheets=[style], **OPTIONS)
    document.metadata.created = document.metadata.modified = sheet.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    identity = hashlib.sha256(f"{made}\n{code}".encode()).digest()[:16]
    return document.write_pdf(pdf_identifier=identity, finisher=_fields, **OPTIONS), len(document.pages)


def _fields(_document: Document, pdf: Any) -> None:
    """Let fields be written in Helvetica, which every reader has and replaces for other scripts.

    WeasyPrint names the page's own font by its glyphs: readers can write no letter with it.
    """
    fields = pdf.catalog.get("AcroForm")
    if fields is None:
        return
    font = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Encoding": "/WinAnsiEncoding"})
    pdf.add_object(font)
    fields["DR"] = pydyf.Dictionary({"Font": pydyf.Dictionary({"Helv": font.reference})})
    # Boxes bring their own look, and empty fields have none: a reader that draws them anew would leave out what is ticked.
    fields["NeedAppearances"] = "false"
    fields["DA"] = pydyf.String(f"/Helv {SIZE} Tf 0 g")
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("FT") == "/Tx":
            each["DA"] = pydyf.String(f"/Helv {SIZE} Tf 0 g")
