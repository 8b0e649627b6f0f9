"""A whole Chinese report out of a bad day in the lab: what is Latin in it is a name, a unit or what a device said."""

import asyncio
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from healthd import cycle, modules
from healthd.analysis import rules
from healthd.analysis.recorded import Recorded
from healthd.lab import examples
from healthd.lab.faults import Fault
from healthd.lab.wire import LabWire
from healthd.model.availability import Span, State
from healthd.model.device import Contract, Customer, Device
from healthd.model.interval import Interval
from healthd.model.poll import Poll
from healthd.model.report import Report
from healthd.reports import daily, pdf
from healthd.reports.gather import Past, gather
from healthd.reports.html import page
from healthd.reports.language import Language, language, words
from healthd.reports.paper import table_csv
from healthd.reports.paper_text import lines

END = datetime(2026, 11, 21, tzinfo=UTC)
STEP = timedelta(minutes=5)
NAMES = ("hz-core-01", "hz-acc-01", "hz-dc-01", "hz-fw-01", "hz-pe-01", "sz-edge-01", "sz-acc-01")
LATIN = re.compile(r"(?<![°\w])[A-Za-z][\w+.-]*", re.ASCII)
KNOWN = frozenset(
    [
        "CPU",
        "SNMP",
        "UTC",
        "NTP",
        "IOS",
        "RPS",
        "TAC",
        "BGP",
        "OSPF",
        "PoE",
        "show",
        "processes",
        "cpu",
        "memory",
        "sorted",
        "copy",
        "running-config",
        "startup-config",
        "crash",
        "v1",
        "h",
    ]
)


def customer() -> Customer:
    return Customer(
        code="HDZZ", title="华东制造", languages=("zh-CN",), contract=Contract(number="C-1", level="7x24x4", availability=99.95)
    )


def faults() -> tuple[Fault, ...]:
    begin, yesterday = (END - timedelta(minutes=40)).timestamp(), (END - timedelta(hours=30)).timestamp()
    kinds = {
        "hz-acc-01": ("psu-failed", "fan-failed", "temperature", "err-disable", "link-down", "crc", "config-unsaved", "ntp-lost", "cpu"),
        "hz-core-01": ("psu-noinput", "link-flap"),
        "hz-dc-01": ("module-failed", "psu-absent"),
        "hz-pe-01": ("bgp-lost", "ospf-lost"),
        "hz-fw-01": ("memory-leak", "serial-changed"),
        "sz-edge-01": ("reload",),
    }
    amounts = {"cpu": 90.0, "crc": 5.0, "reload": 400.0, "link-flap": 300.0}
    return tuple(
        Fault(
            device=name,
            kind=kind,
            start=yesterday if kind == "config-unsaved" else begin,
            end=begin + 600 if kind == "reload" else float("inf"),
            amount=amounts.get(kind),
        )
        for name, some in kinds.items()
        for kind in some
    )


def spans(start: datetime) -> dict[str, tuple[Span, ...]]:
    half = start + timedelta(hours=12)
    silent = "sz-acc-01 (127.20.2.31): no SNMP answer in 1 try of 0.5 s; check the path and the agent"
    return {
        "sz-acc-01": (
            Span(state=State.UP, interval=Interval(start, half)),
            Span(state=State.DOWN, interval=Interval(half, END), reason=silent),
        ),
        "hz-fw-01": (
            Span(state=State.UNMEASURED, interval=Interval(start, half), reason="not probed"),
            Span(state=State.MAINTENANCE, interval=Interval(half, END), reason="更换防火墙", author="王工"),
        ),
    } | {name: (Span(state=State.UP, interval=Interval(start, END)),) for name in NAMES if name not in ("sz-acc-01", "hz-fw-01")}


@pytest.fixture(scope="module")
def polls() -> list[Poll]:
    network = examples.network(END - timedelta(days=2), faults())
    wire, found = LabWire(network, END), []
    devices = [Device(name=s.name, customer="HDZZ", address=s.address, snmp="lab") for s in network.specs.values() if s.name in NAMES]
    for back in range(11, -1, -1):
        wire.now = END - back * STEP
        found += [asyncio.run(cycle.poll(device, wire, wire.now)) for device in devices]
    return found


@pytest.fixture(scope="module")
def report(polls: list[Poll]) -> Report:
    window = Interval(END - timedelta(days=1), END)
    devices = [
        Device(name=n, customer="HDZZ", address="127.0.0.1", service_point="苏州广域网" if n == "sz-edge-01" else "", parents=())
        for n in NAMES
    ]
    month = Interval(END - timedelta(days=30), END)
    day = Recorded(devices, polls, window, spans=spans(window.start))
    past = Past(customer=customer(), day=day, month=Recorded(devices, polls, month, spans=spans(window.start)))
    return daily.report(gather(past, END))


def strings(value: object) -> Iterator[str]:
    """Yield every text inside a poll that a device or a customer wrote."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in {"metric", "source", "kind", "unit", "reason", "value", "errors", "unsupported"}:
                yield from strings(getattr(value, field.name))


def visible(report: Report, speaker: Language) -> str:
    """Return all that a reader, a screen reader or a spreadsheet shows of *report*."""
    marked = page(report, speaker)
    spoken = re.findall(r'(?:alt|content)="([^"]*)"', marked)
    body = html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", marked, flags=re.DOTALL))
    body = re.sub(r"[\w-]+…", " ", body)  # what had no room is whole in the attached tables
    tables = [table_csv(each.table, speaker) for each in report.attachments]
    return "\n".join([body, *map(html.unescape, spoken), *tables, *lines(report, speaker)])


def test_what_is_latin_in_a_chinese_report_is_a_name_a_unit_or_a_devices_word(report: Report, polls: list[Poll]) -> None:
    reasons = tuple(str(r.value) for poll in polls for r in poll.readings if r.metric == "reload.reason")
    own = {word for text in (*strings(tuple(polls)), *reasons) for word in LATIN.findall(text)} | {
        w for n in NAMES for w in LATIN.findall(n)
    }
    rule_names = {module.rpartition(".")[2] for module in (m.__name__ for m in modules.every(rules))}
    shown = set(LATIN.findall(visible(report, language("zh-CN"))))
    left = shown - own - KNOWN - rule_names - {"healthd", "utf-8"}
    assert left == set()


def test_the_day_was_bad_enough_to_say_much(report: Report) -> None:
    said = visible(report, language("zh-CN"))
    for part in ("需要处理", "未采集：未探测", "维护：更换防火墙（王工）", "SNMP 无应答", "电源", "未保存", "每日网络健康评估报告"):
        assert part in said


def test_no_chinese_stands_outside_the_catalogues_and_the_dates(report: Report) -> None:
    """A language that turns every sentence into a mark leaves only what customers wrote."""
    mute = {template: "※" + "".join(re.findall(r"\{\w+\}", template)) for template in words("zh_CN")}
    said = visible(report, Language(code="zh-CN", words=mute))
    assert not re.search(r"[一-鿿]", re.sub("华东制造|苏州广域网|更换防火墙|王工|[年月日]|星期.", "", said))


def test_chinese_is_drawn_with_simplified_forms_of_one_family(report: Report, tmp_path: Path) -> None:
    """Of a list of fonts Pango may take the Japanese forms; every Han glyph must come from the SC face, and none may be missing."""
    written = pdf.write(replace(report, sections=report.sections[:5], attachments=()), "zh-CN", tmp_path / "zh.pdf")
    document = PdfReader(written.path)
    fonts = {str(font["/BaseFont"]) for each in document.pages for font in _resolved(each["/Resources"]["/Font"])}
    assert {name.split("+")[1].removesuffix("-Bold") for name in fonts if "CJK" in name} == {"Noto-Sans-CJK-SC"}
    assert document.root_object["/Lang"] == "zh-CN"
    assert "需要处理" in document.pages[0].extract_text()


def _resolved(fonts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (font.get_object() for font in fonts.values())
