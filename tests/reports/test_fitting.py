"""Pages hold as many rows as they have room for, each chapter by itself. Real layouts."""

from datetime import UTC, datetime, timedelta

import pytest

from healthd.model.interval import Interval
from healthd.model.phrase import say
from healthd.model.report import Column, Name, Report, Section, Status, Table
from healthd.reports.fitting import FIRST, MILLIMETRE, OTHER, PAGES, THIN, everything
from healthd.reports.paper import Paper

START = datetime(2026, 3, 20, tzinfo=UTC)
ROW = 14 * MILLIMETRE
"""A row of two lines, and the line that says what was left out."""
BOTH = pytest.mark.parametrize("code", ["en", "zh-CN"])


def table(key: str, rows: int, stop: int | None = 30, **said: object) -> Table:
    columns = (Column(key="device", title=say("Device"), width=20, keep=True), Column(key="what", title=say("What"), width=80))
    cells = tuple((Name(f"acc-{n:02}", "C9300-48P"), "what a device wrote into its log " * (1 + n % 3)) for n in range(rows))
    return Table(key=key, columns=columns, rows=cells, stop=stop, overflow=say("and {n} more in the appendix", n=0), **said)


def section(*tables: Table, **said: object) -> Section:
    return Section(key=tables[0].key, title=say("Device"), blocks=tables, **said)


def report(*sections: Section) -> Report:
    front = section(table("actions", 14, 8)), section(table("downtime", 14, 8))
    last = section(table("inventory", 70), chapter=say("Appendix"), page=True, appendix=True)
    return Report(
        kind="daily", title=say("Device"), customer="gold", customer_title="Gold Ltd", window=Interval(START, START + timedelta(days=1)),
        made=START, data_until=None, status=Status.NORMAL, sections=(*front, *sections, last),
    )  # fmt: skip


def opened(*tables: Table) -> tuple[Section, ...]:
    """A chapter with a page of its own and a section for each table."""
    first, *others = tables
    return section(first, chapter=say("Availability"), page=True), *(section(each) for each in others)


def shown(made: Report) -> dict[str, int]:
    return {b.key: len(b.shown) for s in made.sections for b in s.blocks if isinstance(b, Table)}


@BOTH
def test_a_crowded_chapter_takes_no_row_from_another_and_its_own_page_is_full(code: str) -> None:
    paper = Paper(code)
    crowded, short, long = opened(table("a", 30), table("b", 3), table("c", 30)), opened(table("d", 9)), opened(table("e", 12))
    made, document = paper.fitting(report(*crowded, *short, *long))
    assert (paper.main(document), paper._front(document)) == (PAGES, 1)
    rows = shown(made)
    assert (rows["b"], rows["d"], rows["e"], rows["inventory"]) == (3, 9, 12, 30)
    assert abs(rows["a"] - rows["c"]) <= 1
    end = document.pages[1].anchors["c"][3] - 16 * MILLIMETRE
    assert OTHER - ROW < end <= OTHER


@BOTH
def test_page_one_is_full_and_what_it_leaves_has_a_place(code: str) -> None:
    paper = Paper(code)
    further = opened(table("further", 14, 16, start=8, continues="actions"), table("devices", 14, 16, start=8, continues="downtime"))
    made, document = paper.fitting(report(*further))
    rows = shown(made)
    assert (rows["actions"] + rows["further"], rows["downtime"] + rows["devices"]) == (14, 14)
    end = max(document.pages[0].anchors[key][3] for key in ("actions", "downtime")) - 13 * MILLIMETRE
    assert (rows["actions"], rows["downtime"]) == (8, 8) or FIRST - ROW < end <= FIRST


@BOTH
def test_a_chapter_may_have_the_page_that_no_other_needs(code: str) -> None:
    made, document = Paper(code).fitting(report(*opened(table("a", 30), table("b", 30)), *opened(table("d", 9))))
    assert Paper(code).main(document) == PAGES
    assert sum(shown(made)[key] for key in "ab") > 36
    assert shown(made)["d"] == 9


@BOTH
def test_two_rows_too_many_open_no_page_of_their_own(code: str) -> None:
    paper, pages = Paper(code), set()
    for rows in range(18, 28, 2):
        made, document = paper.fitting(report(*opened(table("a", rows), table("b", 3))))
        pages.add(paper.main(document))
        assert shown(made)["b"] == 3, "the longest table gives room"
        if paper.main(document) > 2:
            assert document.pages[2].anchors["b"][3] > THIN
    assert 2 in pages


@BOTH
def test_a_report_without_chapters_keeps_page_one_as_full(code: str) -> None:
    made, document = Paper(code).fitting(report())
    assert (shown(made)["actions"], Paper(code)._front(document)) == (8, 1)


def test_every_row_that_a_page_may_show_is_measured_once() -> None:
    further = opened(table("further", 14, 16, start=8, continues="actions"))
    measured = Paper("en")._measured(everything(report(*further, *opened(table("a", 30)))))
    want = [("a", n) for n in range(30)] + [("actions", n) for n in range(14)] + [("downtime", n) for n in range(8)]
    assert sorted(measured.rows) == want
    assert min(measured.rows.values()) > 3 * MILLIMETRE
