"""The PDF itself: tagged, described, in its language, the same bytes twice, and never more pages than agreed. Real child processes."""

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from pypdf import PdfReader

from healthd.model.report import Report
from healthd.reports import daily, pdf
from healthd.reports.facts import Facts
from healthd.reports.fitting import PAGES


@pytest.fixture(scope="session", params=["en", "zh-CN"])
def written(request: pytest.FixtureRequest, bad: Report, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, pdf.Written]:
    path = tmp_path_factory.mktemp("pdf") / f"daily-2026-03-20-{request.param}.pdf"
    return request.param, pdf.write(bad, request.param, path)


def tagged(item: object) -> Iterator[pikepdf.Dictionary]:
    """Yield every element of a structure tree."""
    if isinstance(item, pikepdf.Array):
        for each in item:
            yield from tagged(each)
    elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
        yield item
        yield from tagged(item.get("/K", pikepdf.Array()))


class _Element(NamedTuple):
    kind: str
    alt: str
    inside: list[str]


def elements(path: Path) -> list[_Element]:
    with pikepdf.open(path) as file:
        return [_Element(str(e.S), str(e.get("/Alt", "")), [str(k.S) for k in tagged(e)]) for e in tagged(file.Root.StructTreeRoot.K)]


def test_it_is_a_pdf_and_nothing_was_complained_of(written: tuple[str, pdf.Written]) -> None:
    _, made = written
    assert made.fallback == ""
    assert made.complaints == ()
    assert made.main <= PAGES < made.pages or made.main < made.pages


def test_it_is_pdf_ua_in_its_own_language_with_a_title_of_customer_and_day(written: tuple[str, pdf.Written]) -> None:
    code, made = written
    with pikepdf.open(made.path) as file:
        assert str(file.Root.Lang) == code
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        with file.open_metadata() as meta:
            assert str(meta["pdfuaid:part"]) == "1"
    said = PdfReader(made.path).metadata
    assert "Gold Ltd" in said.title
    assert ("20 March 2026" if code == "en" else "2026 年 3 月 20 日") in said.title
    assert said.author == "TAC +44 20 7946 0000"
    assert said["/CreationDate"] == "D:20260321063000Z"


def test_every_figure_says_in_words_what_it_shows(written: tuple[str, pdf.Written]) -> None:
    figures = [e for e in elements(written[1].path) if e.kind == "/Figure"]
    assert len(figures) > 20
    assert all(e.alt.strip() for e in figures)


def test_every_table_has_header_cells_and_every_row_names_itself(written: tuple[str, pdf.Written]) -> None:
    tables = [e for e in elements(written[1].path) if e.kind == "/Table"]
    assert len(tables) >= 8
    for table in tables:
        assert "/THead" in table.inside
        assert table.inside.count("/TH") >= 3


def test_it_has_bookmarks_of_its_chapters_and_sections(written: tuple[str, pdf.Written]) -> None:
    code, made = written
    outline = PdfReader(made.path).outline

    def titles(items: list[object]) -> Iterator[str]:
        for each in items:
            yield from titles(each) if isinstance(each, list) else [each.title]

    found = list(titles(outline))
    assert set(("What needs action", "Availability", "Appendix") if code == "en" else ("待处理事项", "可用率", "附录")) <= set(found)


def test_every_page_finds_its_tags_and_its_tags_find_it(written: tuple[str, pdf.Written]) -> None:
    with pikepdf.open(written[1].path) as file:
        parents = dict(pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree))
        told = {page.obj.objgen: parents.pop(int(page.obj.StructParents)) for page in file.pages}
        assert not parents
        assert all(len(elements) > 5 for elements in told.values())
        assert all(element.Pg.objgen == page for page, elements in told.items() for element in elements)
        (document,) = file.Root.StructTreeRoot.K
        assert {e.P.objgen for e in document.K} == {document.objgen}
        assert {e.Pg.objgen for e in document.K} == set(told)


def test_pages_are_numbered_through_both_parts(written: tuple[str, pdf.Written]) -> None:
    pages = PdfReader(written[1].path).pages
    assert len(pages) == written[1].pages > written[1].main
    assert all(page.extract_text().rstrip().endswith(f"{n} / {len(pages)}") for n, page in enumerate(pages, 1))


def test_bookmarks_lead_to_the_pages_of_their_titles(written: tuple[str, pdf.Written]) -> None:
    reader = PdfReader(written[1].path)

    def leaves(items: list[object]) -> Iterator[tuple[str, int]]:
        for each in items:
            yield from leaves(each) if isinstance(each, list) else [(each.title, reader.get_destination_page_number(each))]

    (_, below) = reader.outline
    for title, number in leaves(below):
        assert title.split(" (")[0] in reader.pages[number].extract_text()
    appendix = {number for title, number in leaves(below) if title in ("Appendix", "附录")}
    assert appendix == {written[1].main}


def test_every_font_is_inside(written: tuple[str, pdf.Written]) -> None:
    told = subprocess.run(["pdffonts", written[1].path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert told
    assert all(re.search(r"\byes\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line) for line in told), told


def test_its_text_can_be_read_back_and_nothing_is_an_empty_box(written: tuple[str, pdf.Written]) -> None:
    code, made = written
    text = subprocess.run(["pdftotext", "-layout", made.path, "-"], capture_output=True, text=True, check=True).stdout
    for word in ("acc-01", "92.70%", "LIT26000001", "Action needed" if code == "en" else "需要处理"):
        assert word in text
    assert "\N{REPLACEMENT CHARACTER}" not in text


def test_every_page_after_the_first_says_whose_it_is_and_every_page_whom_to_call(written: tuple[str, pdf.Written]) -> None:
    pages = [page.extract_text() for page in PdfReader(written[1].path).pages]
    assert all("Gold Ltd" in page for page in pages)
    assert all("TAC +44 20 7946 0000" in page for page in pages)


def test_the_whole_tables_travel_with_it(written: tuple[str, pdf.Written]) -> None:
    with pikepdf.open(written[1].path) as file:
        names = set(file.attachments)
        assert {"actions.csv", "devices.csv", "findings.csv", "outages.csv", "performance.csv", "service-points.csv"} <= names
        assert file.attachments["devices.csv"].get_file().read_bytes().startswith(b"\xef\xbb\xbf")


def test_page_one_holds_all_that_stands_before_the_first_chapter(written: tuple[str, pdf.Written]) -> None:
    code, made = written
    first, second, *_ = (page.extract_text() for page in PdfReader(made.path).pages)
    assert ("Health score" if code == "en" else "健康评分") in first
    assert ("Network availability" if code == "en" else "网络可用率") in second


def test_the_same_report_gives_the_same_bytes(bad: Report, tmp_path: Path) -> None:
    one, other = (pdf.write(bad, "en", tmp_path / name / "r.pdf").path.read_bytes() for name in "ab")
    assert one == other


@pytest.mark.parametrize(
    ("limits", "why"), [({"memory": 96 * 2**20}, "drawing failed"), ({"seconds": 0.3}, "drawing took more than 0.3 s")]
)
def test_a_child_that_wants_too_much_leaves_a_plain_report_that_says_so(
    bad: Report, tmp_path: Path, limits: dict[str, float], why: str
) -> None:
    path = tmp_path / "daily.pdf"
    path.write_bytes(b"%PDF of an earlier edition")
    made = pdf.write(bad, "en", path, **limits)
    assert why in made.fallback
    assert made.path == path.with_suffix(".txt")
    text = made.path.read_text("utf-8")
    assert text.startswith("This is the plain edition of the report: its pages could not be drawn")
    assert "acc-01 (C9300-48P) | 92.70%" in text
    assert [p.name for p in tmp_path.iterdir()] == ["daily.txt"]


def test_a_plain_report_goes_when_the_pdf_is_there_again(bad: Report, tmp_path: Path) -> None:
    (tmp_path / "daily.txt").write_text("plain")
    assert pdf.write(bad, "en", tmp_path / "daily.pdf").fallback == ""
    assert [p.name for p in tmp_path.iterdir()] == ["daily.pdf"]


def test_a_plain_report_speaks_its_readers_language(bad: Report, tmp_path: Path) -> None:
    assert pdf.write(bad, "zh-CN", tmp_path / "daily.pdf", seconds=0.2).path.read_text("utf-8").startswith("本文件是报告的纯文本版")


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 300])
def test_however_many_devices_it_has_four_pages_and_an_appendix(
    net: Callable[..., object], report: Callable[..., Report], tmp_path: Path, count: int
) -> None:
    names = [f"acc-{n:03}:access:Point {n % 40}" for n in range(count)]
    bare = [name.split(":")[0] for name in names]
    made = report(net(*names, failed=bare[::2], days=1, step=timedelta(minutes=15)))
    written = pdf.write(made, "en", tmp_path / "r.pdf")
    assert written.fallback == ""
    assert written.main <= PAGES
    first, *others = (page.extract_text() for page in PdfReader(written.path).pages)
    assert "Health score" in first
    assert count < 9 or "more under Further actions" in first
    assert any(f"acc-{count - 1:03}" in page for page in others)
    assert written.memory < 500 * 2**20


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_text_that_is_shortened_is_copied_as_it_is_printed(
    code: str, net: Callable[..., object], facts: Callable[..., Facts], tmp_path: Path
) -> None:
    report = daily.report(
        facts(net("core-1:core", "acc-2", failed=("acc-2",), alias="to the far end of the northern branch and its zebra"))
    )
    made = pdf.write(report, code, tmp_path / "daily.pdf")
    text = "".join(page.extract_text() for page in PdfReader(made.path).pages)
    cut = [line for line in text.splitlines() if "to the" in line]
    assert cut
    assert all("…" in line for line in cut)
    assert "zebra" not in text


@pytest.mark.parametrize("name", ["W" * 40, "i" * 90, "-".join("ab" * 30)])
def test_a_name_that_is_too_long_for_its_column_ends_with_a_sign_of_it(
    name: str, net: Callable[..., object], facts: Callable[..., Facts], tmp_path: Path
) -> None:
    report = daily.report(facts(net("core-1:core", "acc-2", failed=("acc-2",), port=name)))
    text = "".join(page.extract_text() for page in PdfReader(pdf.write(report, "en", tmp_path / "daily.pdf").path).pages)
    assert re.search(rf"core-1\s+{re.escape(name[:4])}[^\s…]*…", text)
