"""The request form: one page, both languages, what is known is printed, what is not is a field; tagged, and the same bytes twice."""

import io
import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from healthd.desk import rma
from healthd.errors import RenderError
from healthd.model.phrase import say
from healthd.model.rma import Data, Route, Step, Stepped, Wanted
from healthd.model.sheet import Form
from healthd.model.spares import Unit
from healthd.reports import sheets
from healthd.reports.leaf import leaf

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LINE = "Nov 25 16:53:02.114: %PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 1: signal on power supply B is faulty"
WANTED = Wanted(
    number="2611-0042-R1", case="2611-0042", customer="HDZZ", at=NOW, who="li.wei", branch="hz", title="华东制造", site="杭州工厂", contact="李伟",
    phone="+86 571 5550 0123", address="杭州市文三路398号B座", device="hz-acc-01", management="10.1.0.11", chassis=("C9300-48P", "FOC2231L0AB"),
    pid="PWR-C1-715WAC", vid="V02", serial="LIT2149ABCD", slot="B", software="17.9.4a", seen=NOW - timedelta(minutes=7),
    symptom=say("Hardware failure"), logs=(LINE,), tests=("show-environment", "other-cord"), conclusion=say("Hardware failure suspected"),
    priority=3, contract="HT-2026-042", level="7x24x4",
)  # fmt: skip
DRAFT = Form(
    found=rma.begun(WANTED),
    made=NOW,
    zone="Asia/Shanghai",
    tac="客户服务中心 TAC",
    hotline="400 555 0100",
    branch="杭州",
    engineer="李维",
    route=Route.DIRECT,
)


def told(step: Step, **facts: str) -> Stepped:
    return Stepped(at=NOW, who="li.wei", step=step, facts=tuple(facts.items()))


def going(*steps: Stepped) -> Form:
    found = rma.begun(WANTED)
    for each in steps:
        found = rma.apply(found, each)
    return replace(DRAFT, found=found)


def text(content: bytes) -> str:
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_it_reads_as_agreed(code: str) -> None:
    said = text(leaf(DRAFT, code)[0])
    path = Path(__file__).parent / "golden" / f"rma-form-{code}.txt"
    if os.environ.get("HEALTHD_GOLDEN") == "write":
        path.write_text(said, "utf-8")
    assert said == path.read_text("utf-8")


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_every_label_is_in_both_languages_and_the_facts_are_printed(code: str) -> None:
    said = " ".join(text(leaf(DRAFT, code)[0]).split())
    for words in (
        "Spare-part request form",
        "备件申请表",
        "Part serial number",
        "备件序列号",
        "Customer's confirmation",
        "客户确认",
        "2611-0042-R1",
        "LIT2149ABCD",
    ):
        assert words in said
    assert "华东制造" in said
    assert LINE in said


def test_the_fields_are_those_that_nobody_knows_yet_and_can_be_filled_in() -> None:
    fields = PdfReader(io.BytesIO(leaf(DRAFT, "zh-CN")[0])).get_fields() or {}
    texts = {name for name, field in fields.items() if field["/FT"] == "/Tx"}
    assert {"hours", "access", "since", "name", "day", "rma", "waybill", "due"} <= texts
    assert not texts & {"customer", "serial", "pid", "device", "form"}
    ticked = {name for name, field in fields.items() if field["/FT"] == "/Btn" and field["/V"] == "/on"}
    assert ticked == {"test.show-environment", "test.other-cord", "route.direct"}
    assert all(field["/TU"].strip() for field in fields.values())


def test_what_is_written_into_a_field_is_there_when_it_is_opened_again() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(leaf(DRAFT, "en")[0])))
    writer.update_page_form_field_values(writer.pages[0], {"hours": "09:00-17:00", "data.kept": "/on"})
    out = io.BytesIO()
    writer.write(out)
    fields = PdfReader(out).get_fields() or {}
    assert (fields["hours"]["/V"], fields["data.kept"]["/V"]) == ("09:00-17:00", "/on")
    assert "09:00-17:00" in text(out.getvalue())


def test_what_happens_afterwards_takes_the_place_of_its_field() -> None:
    form = going(
        told(Step.ENGINEER_CONFIRMED), told(Step.CUSTOMER_CONFIRMED, name="李伟", how="link"), told(Step.ORDERED, number="800000004", route="direct"),
        told(Step.RECEIVED, branch="hz", pid="PWR-C1-715WAC=", serial="LIT2630NEWX"),
    )  # fmt: skip
    content, pages = leaf(replace(form, due=date(2026, 12, 9), cisco=date(2026, 12, 5)), "en")
    said = " ".join(text(content).split())
    assert pages == 1
    for words in ("800000004", "2026-12-09", "2026-12-05", "confirmed over a signed link: 李伟, 2026-11-25 17:00"):
        assert words in said
    assert not {"rma", "due", "name"} & (PdfReader(io.BytesIO(content)).get_fields() or {}).keys()


def test_the_own_spare_that_would_do_is_named() -> None:
    unit = Unit(pid="PWR-C1-715WAC=", serial="LIT2030OWNX", since=NOW, place="A3")
    said = text(leaf(replace(DRAFT, match=unit), "en")[0])
    assert "LIT2030OWNX" in said
    assert "A3" in said


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_however_much_there_is_to_say_it_is_one_page(code: str) -> None:
    long = replace(
        WANTED, title="华东精密制造股份有限公司" * 3, site="苏州工业园区第二生产基地数据中心" * 2, address="江苏省苏州市工业园区星湖街 328 号" * 4, contact="欧阳" * 6,
        phone="+86 571 5550 0123 ext 4567", hours="周一至周五 09:00-11:30, 13:30-17:00" * 2, access="门卫登记 " * 12, device="x" * 60,
        software="17.12.1prd9-engineering-special", slot="Chassis 1 Slot 2 Power Supply Module B", symptom=say("{text}", text="word " * 200), logs=(LINE * 3,) * 9,
        conclusion=say("{text}", text="字" * 600), contract="HT-2026-042-EXTENDED-FRAME", level="CX LEVEL 2 24X7X4", data=Data.KEPT, onsite=True,
    )  # fmt: skip
    content, pages = leaf(replace(DRAFT, found=rma.begun(long)), code)
    assert pages == 1
    assert "FRU_PS_SIGNAL_FAULTY" in text(content)


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_it_is_pdf_ua_in_its_language_and_every_field_stands_in_the_tree(code: str) -> None:
    with pikepdf.open(io.BytesIO(leaf(DRAFT, code)[0])) as file:
        assert (str(file.Root.Lang), bool(file.Root.MarkInfo.Marked), bool(file.Root.ViewerPreferences.DisplayDocTitle)) == (
            code,
            True,
            True,
        )
        with file.open_metadata() as meta:
            assert str(meta["pdfuaid:part"]) == "1"
        kinds = [str(each.S) for each in tagged(file.Root.StructTreeRoot.K)]
        assert kinds.count("/Form") == len(file.Root.AcroForm.Fields)
        assert {"/H1", "/H2", "/Figure"} <= set(kinds)
        assert all(str(each.Alt) for each in tagged(file.Root.StructTreeRoot.K) if each.S == "/Figure")
        assert all("Tf" in str(field.DA) and "Helv" in str(field.DA) for field in file.Root.AcroForm.Fields if field.FT == "/Tx")


def tagged(item: object) -> list[pikepdf.Dictionary]:
    if isinstance(item, pikepdf.Array):
        return [found for each in item for found in tagged(each)]
    if isinstance(item, pikepdf.Dictionary) and "/S" in item:
        return [item, *tagged(item.get("/K", pikepdf.Array()))]
    return []


def test_the_same_form_gives_the_same_bytes() -> None:
    assert leaf(DRAFT, "en") == leaf(DRAFT, "en")


def test_it_is_written_by_a_process_of_its_own_wholly_or_not_at_all(tmp_path: Path) -> None:
    made = sheets.write(DRAFT, "zh-CN", tmp_path / "deep" / "form.pdf")
    assert (made.pages, made.complaints, made.path.read_bytes()) == (1, (), leaf(DRAFT, "zh-CN")[0])
    with pytest.raises(RenderError, match=r"form\.pdf: drawing failed"):
        sheets.write(DRAFT, "tlh", tmp_path / "bad" / "form.pdf")
    assert list((tmp_path / "bad").iterdir()) == []


def test_what_a_device_wrote_is_only_text() -> None:
    hostile = replace(WANTED, logs=("</p><img src='file:///etc/passwd'><script>alert(1)</script>",), device="<b>x</b>", title="{{ 7 * 7 }}")
    said = text(leaf(replace(DRAFT, found=rma.begun(hostile)), "en")[0])
    assert "<script>alert(1)</script>" in said
    assert "{{ 7 * 7 }}" in said
