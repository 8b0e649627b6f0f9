"""The whole text of a day's report, in both languages. HEALTHD_GOLDEN=write writes the files anew: read what changed before you keep it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from healthd.model.interval import Interval
from healthd.model.report import Report
from healthd.reports.language import language
from healthd.reports.paper_text import lines

GOLDEN = Path(__file__).parent / "golden"


def check(report: object, code: str, name: str) -> None:
    speaker = language(code, report.zone, Interval(report.window.start, report.window.end))
    path, text = GOLDEN / f"{name}-{code}.txt", "\n".join(lines(report, speaker)) + "\n"
    if os.environ.get("HEALTHD_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_a_bad_day_reads_as_agreed(bad: Report, code: str) -> None:
    check(bad, code, "bad-day")


@pytest.mark.parametrize("code", ["en", "zh-CN"])
def test_a_calm_day_reads_as_agreed(net: Callable[..., object], report: Callable[..., object], code: str) -> None:
    check(report(net("core-01:core:HQ core", "acc-01:access::core-01")), code, "calm-day")
