"""The monthly ledger on paper and as a spreadsheet: the same figures, in both languages."""

import io
import os
import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pytest
from openpyxl import load_workbook

from healthd.model.sheet import Ledger, Row
from healthd.reports.leaf import leaf
from healthd.reports.workbook import workbook
from tests.desk.books import november

GOLDEN = Path(__file__).parent / "golden"


def agreed(said: str, name: str) -> None:
    path = GOLDEN / name
    if os.environ.get("HEALTHD_GOLDEN") == "write":
        path.write_text(said, "utf-8")
    assert said == path.read_text("utf-8")


def text(content: bytes) -> str:
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def cells(content: bytes) -> str:
    book = load_workbook(io.BytesIO(content))
    lines = []
    for sheet in book.worksheets:
        lines.append(f"== {sheet.title}")
        lines += ["\t".join("" if value is None else str(value) for value in row).rstrip() for row in sheet.iter_rows(values_only=True)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_the_pages_read_as_agreed(code: str) -> None:
    agreed(text(leaf(november(), code)[0]), f"rma-ledger-{code}.txt")


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_the_spreadsheet_reads_as_agreed(code: str) -> None:
    agreed(cells(workbook(november(), code)), f"rma-ledger-{code}.xlsx.txt")


def test_a_branch_signs_with_headquarters() -> None:
    said = text(leaf(november("nj"), "en")[0])
    assert "Spares specialist of 南京 Nanjing" in said
    assert "Spares specialist at headquarters" in said
    assert "Branches" not in said


def test_an_empty_month_says_so() -> None:
    empty = replace(november(), rows=(), lacks=(), shelves=(), branches=(), owed=0)
    said = text(leaf(empty, "en")[0])
    for words in (
        "There is none.",
        "Nothing was asked for, and nothing was open.",
        "No part was ever in stock.",
        "No part is owed to Cisco.",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("owed", "risk", "unpriced", "words"),
    [
        (2, 19600, 0, "Parts owed to Cisco: 2; list price CNY 19,600."),
        (3, 19600, 1, "list price CNY 19,600, without 1 whose price is not known."),
        (1, 0, 1, "Parts owed to Cisco: 1; their list price is not known."),
    ],
)
def test_a_price_that_is_not_known_is_no_zero(owed: int, risk: int, unpriced: int, words: str) -> None:
    assert words in text(leaf(replace(november(), owed=owed, risk=risk, unpriced=unpriced), "en")[0])


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_it_is_landscape_pdf_ua_with_a_picture_that_says_what_it_shows(code: str) -> None:
    content, pages = leaf(november(), code)
    assert leaf(november(), code) == (content, pages)
    with pikepdf.open(io.BytesIO(content)) as file:
        left, bottom, right, top = map(float, file.pages[0].mediabox)
        assert right - left > top - bottom
        assert str(file.Root.Lang) == code
        with file.open_metadata() as meta:
            assert str(meta["pdfuaid:part"]) == "1"
        figures = [str(each.Alt) for each in _tagged(file.Root.StructTreeRoot.K) if each.S == "/Figure"]
    assert figures == ["Ages of 4 open RMAs, 1 of them overdue" if code == "en" else "4 个未结 RMA 的时间，其中 1 个逾期"]


def _tagged(item: object) -> list[pikepdf.Dictionary]:
    if isinstance(item, pikepdf.Array):
        return [found for each in item for found in _tagged(each)]
    if isinstance(item, pikepdf.Dictionary) and "/S" in item:
        return [item, *_tagged(item.get("/K", pikepdf.Array()))]
    return []


def test_many_rows_repeat_the_head_and_lose_nothing() -> None:
    one = november()
    many: list[Row] = []
    for number in range(120):
        row = one.rows[number % len(one.rows)]
        many.append(replace(row, found=replace(row.found, wanted=replace(row.found.wanted, number=f"2611-{number:04d}-R9"))))
    content, pages = leaf(replace(one, rows=tuple(many)), "en")
    said = text(content)
    assert 5 <= pages <= 12
    assert all(f"2611-{number:04d}-R9" in said for number in range(120))
    assert said.count("Faulty serial") >= pages - 3


def test_days_and_numbers_of_the_spreadsheet_are_such_and_text_is_no_formula() -> None:
    one: Ledger = november()
    first = one.rows[0]
    hostile = replace(first.found, wanted=replace(first.found.wanted, serial='=HYPERLINK("http://x")', title="+1"))
    book = load_workbook(io.BytesIO(workbook(replace(one, rows=(replace(first, found=hostile), *one.rows[1:])), "en")))
    sheet = book["RMA register"]
    assert (sheet["E2"].value, sheet["E2"].data_type, sheet["C2"].data_type) == ('=HYPERLINK("http://x")', "s", "s")
    assert isinstance(sheet["H2"].value, date | datetime)
    assert (sheet["P2"].value, sheet["P4"].value) == (19, None)
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("B2", "landscape")


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert workbook(november(), "zh-CN") == workbook(november(), "zh-CN")
