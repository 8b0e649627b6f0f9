"""What devices and customers send is only ever text: on paper, in HTML, in JSON, in tables, in mail and in names of files."""

import csv
import io
import json
import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint import HTML

from healthd.cli.report import drawn
from healthd.errors import RenderError
from healthd.model.interval import Interval
from healthd.model.phrase import say
from healthd.model.report import Column, Name, Report, Section, Table
from healthd.reports import pdf
from healthd.reports.figures import figures
from healthd.reports.html import page
from healthd.reports.language import clean, language, legible
from healthd.reports.letter import letter
from healthd.reports.paper import Closed, table_csv
from healthd.reports.paper_text import lines

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "<link rel=attachment href='file:///etc/passwd'>",
    "</table><h1>All is well</h1>",
    "url(file:///etc/passwd)",
    "} body { display: none } p {",
    "{{ 7*7 }}{% for x in y %}",
    "{devices} {0} {__class__}",
    "evil\u202egnp.exe\u2066",
    "nul\x00\x1b[31mred\x9b31m\r\nnew line",
    "half \ud800 character",
    "שלום עולם",
    "=cmd|' /C calc'!A0",
    '" onload="x" data-x=\'',
    "&lt;b&gt; &amp; &#60;",
    "\ue000not ours\ue001",
    "x" * 10_000,
)
ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "body",
    "p",
    "header",
    "h1",
    "h2",
    "h3",
    "div",
    "span",
    "section",
    "table",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "bdi",
    "dl",
    "dt",
    "dd",
    "svg",
    "path",
    "rect",
    "circle",
    "polyline",
    "text",
    "pattern",
}


class Tags(HTMLParser):
    """Collects the names of elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(scope="module", params=HOSTILE, ids=[repr(text[:12]) for text in HOSTILE])
def hostile(request: pytest.FixtureRequest, bad: Report) -> Report:
    """The report of the bad day in which every text of a device or a customer is hostile."""
    return bad_with(bad, request.param)


def bad_with(bad: Report, *texts: str) -> Report:
    """Put *texts*, one after the other, into every place of *bad* into which devices and customers write."""
    following = cycle(texts)

    def put(value: object) -> object:
        if isinstance(value, Name):
            return Name(next(following), next(following))
        if isinstance(value, tuple):
            if len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], str):
                return value[0], next(following)  # a place of a phrase and what fills it
            return tuple(put(each) for each in value)
        if is_dataclass(value) and not isinstance(value, (Column, Interval)):
            return replace(value, **{f.name: put(getattr(value, f.name)) for f in fields(value) if f.name not in KEPT and f.init})
        return value

    return replace(put(bad), customer_title=next(following), footer=next(following))


def with_names(value: object, text: str) -> object:
    """Call every device and part of *value* by *text*."""
    if isinstance(value, Name):
        return Name(text, text)
    if isinstance(value, tuple):
        return tuple(with_names(each, text) for each in value)
    if isinstance(value, (Report, Section, Table)):
        return replace(value, **{f.name: with_names(getattr(value, f.name), text) for f in fields(value)})
    return value


KEPT = {"key", "kind", "template", "continues", "zone", "customer", "name", "status", "unit"}


def speak(report: Report) -> object:
    return language("en", report.zone, Interval(report.window.start, report.window.end))


def test_no_text_becomes_an_element_or_an_attribute(hostile: Report, bad: Report) -> None:
    found, usual = Tags(), Tags()
    found.feed(page(hostile, speak(hostile)))
    usual.feed(page(bad, speak(bad)))
    assert found.elements <= ALLOWED
    assert found.elements <= usual.elements
    assert found.attributes <= usual.attributes


def test_no_page_holds_a_sign_that_turns_text_around_or_controls_a_terminal(hostile: Report) -> None:
    for said in (
        page(hostile, speak(hostile)),
        "\n".join(lines(hostile, speak(hostile))),
        json.dumps(figures(hostile), ensure_ascii=False),
    ):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\ud800-\udfff]", said)


def test_a_report_with_all_of_it_is_still_a_report_on_paper(bad: Report, tmp_path: Path) -> None:
    made = pdf.write(bad_with(bad, *HOSTILE), "en", tmp_path / "daily.pdf")
    assert made.fallback == ""
    with pikepdf.open(made.path) as file:
        assert set(file.attachments) == {
            "actions.csv",
            "critical-log.csv",
            "log-messages.csv",
            "devices.csv",
            "findings.csv",
            "outages.csv",
            "performance.csv",
            "service-points.csv",
        }
        assert not [o for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") in ("/JavaScript", "/Launch", "/URI")]
    assert b"root:x:0:0" not in made.path.read_bytes()


def test_json_of_it_is_json(hostile: Report) -> None:
    assert json.loads(json.dumps(figures(hostile), ensure_ascii=False).encode())["report"] == "daily"


def test_mail_of_it_is_one_subject_line_and_escaped(hostile: Report) -> None:
    mail = letter(hostile, "en")
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert "<script" not in mail.html
    assert "<img" not in mail.html


def test_no_cell_of_an_attached_table_is_a_formula(hostile: Report) -> None:
    for each in hostile.attachments:
        for row in csv.reader(io.StringIO(table_csv(each.table, speak(hostile)).removeprefix("\ufeff"))):
            assert all(not cell.lstrip().startswith(("=", "+", "@", "＝")) for cell in row)


FORMULAS = [
    "=1+1",
    "+1",
    "-1+cmd",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\xa0=1",
    "\u3000=1",
    "\x00=1",
    "\u202e=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", FORMULAS, ids=[repr(f) for f in FORMULAS])
def test_a_formula_is_quoted_whatever_stands_before_it(text: str) -> None:
    table = Table(key="t", columns=(Column(key="a", title=say("Device")), Column(key="b", title=say("Model"))), rows=((Name(text), text),))
    row = list(csv.reader(io.StringIO(table_csv(table, language("en")))))[1]
    assert all(cell.startswith("'") for cell in row)


def test_a_number_stays_a_number() -> None:
    table = Table(key="t", columns=(Column(key="a", title=say("Points")),), rows=((-40,),))
    assert table_csv(table, language("en")).splitlines()[1] == "-40"


@given(st.text(max_size=300))
def test_legible_text_is_printable_and_short(text: str) -> None:
    shown = legible(text).strip("\u2068\u2069")
    assert len(shown) <= 120
    assert all(c.isprintable() for c in shown)
    assert clean(clean(text)) == clean(text)


def test_text_from_right_to_left_turns_nothing_else_around() -> None:
    assert legible("שלום") == "\u2068שלום\u2069"
    assert legible("plain") == "plain"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:9/x", "data:text/css,body{}", "//host/x", "ftp://h/x"])
def test_nothing_is_ever_fetched(url: str) -> None:
    with pytest.raises(RenderError, match="a report fetches nothing"):
        Closed().fetch(url)
    shown = HTML(
        string=f"<img alt=x src='{url}'><style>@import '{url}'; p {{ background: url({url}) }}</style><p>text", url_fetcher=Closed()
    )
    assert len(shown.render().pages) == 1


def test_a_name_of_ten_thousand_characters_costs_no_page(bad: Report, tmp_path: Path) -> None:
    made = pdf.write(with_names(bad, "W" * 10_000), "zh-CN", tmp_path / "r.pdf")
    assert (made.fallback, made.main <= 4) == ("", True)


def test_the_file_is_named_by_the_customers_code_the_day_and_the_language_alone(bad: Report, tmp_path: Path) -> None:
    (written,) = drawn(bad_with(bad, "../../etc/passwd"), ("en",), tmp_path)
    assert written.path == tmp_path / "gold" / "daily-2026-03-20-en.pdf"
