"""Processes that stand ready: one report each, in the language they were made for, and none is left over. Real processes."""

import subprocess
from pathlib import Path

import pytest

from healthd.model.report import Report
from healthd.reports import pdf
from healthd.reports.press import Press, Presses


def process(press: Press) -> "subprocess.Popen[bytes]":
    return press._process


def test_only_what_drawing_needs_reaches_the_process(bad: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHD_SECRET", "hunter2")
    press = Press("en")
    seen = b""
    while not seen and process(press).poll() is None:  # empty until the process runs its own program
        seen = Path(f"/proc/{process(press).pid}/environ").read_bytes()
    assert b"PATH=" in seen
    assert b"hunter2" not in seen
    assert pdf.write(bad, "en", tmp_path / "r.pdf", press=press).fallback == ""


def test_a_press_that_stood_ready_draws_the_same_bytes_as_one_that_is_made_now(bad: Report, tmp_path: Path) -> None:
    with Presses(["en"]) as presses:
        press = presses.take("en")
        made = pdf.write(bad, "en", tmp_path / "one.pdf", press=press)
    assert process(press).returncode == 0
    assert made.path.read_bytes() == pdf.write(bad, "en", tmp_path / "other.pdf").path.read_bytes()


def test_a_press_without_a_job_ends_by_itself() -> None:
    done = Press("en").run(b"", 60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_next_press_is_ready_while_one_draws_and_what_nobody_took_is_ended() -> None:
    with Presses(["en", "zh-CN", "en"]) as presses:
        first, second = presses.take("en"), presses.take("zh-CN")
        third = presses._next
        assert (first.code, second.code) == ("en", "zh-CN")
        assert third is not None
        first.close()
        second.close()
    assert process(third).returncode is not None


def test_a_press_for_another_language_is_ended_and_the_right_one_made() -> None:
    with Presses(["en"]) as presses:
        there = presses._next
        taken = presses.take("zh-CN")
        taken.close()
    assert there is not None
    assert process(there).returncode is not None
    assert taken.code == "zh-CN"


def test_a_press_that_died_while_it_waited_leaves_a_plain_report(bad: Report, tmp_path: Path) -> None:
    press = Press("en")
    process(press).kill()
    made = pdf.write(bad, "en", tmp_path / "daily.pdf", press=press)
    assert "ended by signal 9" in made.fallback
    assert [p.name for p in tmp_path.iterdir()] == ["daily.txt"]
