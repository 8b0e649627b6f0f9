"""The appendix is drawn beside the report: it counts on, it may fail, and it is drawn again with all where the pages before it changed."""

import io
import os
from dataclasses import replace

import pytest
from pypdf import PdfReader
from weasyprint import Document

from healthd.errors import RenderError
from healthd.model.report import Report
from healthd.reports._child import _in_two
from healthd.reports.appendix import Appendix, Drawn
from healthd.reports.numbers import FOLIO, TOTAL, Numbers
from healthd.reports.paper import Paper


def parts(report: Report) -> tuple[Report, Report]:
    front, rest = (tuple(s for s in report.sections if s.appendix is wanted) for wanted in (False, True))
    return replace(report, sections=front), replace(report, sections=rest, attachments=())


def words(reader: PdfReader) -> list[list[str]]:
    """Return the words of each page, in an order that does not depend on how they are drawn; x and × are one glyph of the font."""
    return [sorted(page.extract_text().replace("×", "x").split()) for page in reader.pages]


def test_both_sides_learn_of_each_others_pages() -> None:
    def five(numbers: Numbers) -> Drawn:
        said = [numbers.render_value(n, FOLIO) + "/" + numbers.render_value(5, TOTAL) for n in (1, 5)]
        return Drawn(content=" ".join(said).encode())

    appendix = Appendix(five)
    assert [appendix.numbers.render_value(3, name) for name in (FOLIO, TOTAL)] == ["3", "8"]
    assert appendix.drawn().content == b"4/8 8/8"
    assert appendix.numbers.own == 3


def test_an_appendix_that_cannot_be_drawn_is_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    def fails(numbers: Numbers) -> Drawn:
        raise MemoryError

    appendix = Appendix(fails)
    with pytest.raises(RenderError, match="the appendix could not be drawn"):
        appendix.drawn()
    assert "MemoryError" in capfd.readouterr().err


def test_an_appendix_that_nobody_wants_ends() -> None:
    appendix = Appendix(lambda numbers: Drawn(content=numbers.render_value(1, FOLIO).encode()))
    appendix.drop()
    with pytest.raises(ChildProcessError):
        os.waitpid(appendix._pid, os.WNOHANG)


def test_where_the_pages_before_it_changed_all_is_drawn_as_one(bad: Report) -> None:
    class Restless(Paper):
        """One whose first layout is discarded, with one page less than the second."""

        def fitting(self, report: Report, numbers: Numbers | None = None) -> tuple[Report, Document]:
            if numbers is not None:
                self.layout(replace(report, sections=report.sections[:3]), numbers)
            return super().fitting(report, numbers)

    drawn, main, pages = _in_two(Restless("en"), *parts(bad), [])
    whole, wanted, number = _in_two(Paper("en"), *parts(bad), [])
    assert (main, pages) == (wanted, number)
    assert words(PdfReader(io.BytesIO(drawn.content))) == words(PdfReader(io.BytesIO(whole.content)))


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_a_report_drawn_in_two_reads_as_if_it_were_drawn_as_one(code: str, bad: Report) -> None:
    paper = Paper(code)
    shown, document = paper.fitting(bad)
    one = PdfReader(io.BytesIO(paper.pdf(shown, document)))
    two = PdfReader(io.BytesIO(_in_two(paper, *parts(bad), [])[0].content))
    assert words(one) == words(two)
    assert one.metadata == two.metadata
    assert one.named_destinations.keys() == two.named_destinations.keys()
    assert sorted(one.attachments) == sorted(two.attachments)
