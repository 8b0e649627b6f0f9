"""``healthd demo`` from the outside: the whole line, its four reports, and a network to look around in."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from healthd.lab.accounts import environment
from healthd.lab.running import SNMP

ROOT = Path(__file__).parents[2]
ENV = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}


@contextmanager
def taken(address: str) -> Iterator[None]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        try:
            other.bind((address, SNMP))
        except OSError:
            pytest.skip(f"port {SNMP} is in use: another lab is running")
        yield


def test_a_port_in_use_ends_the_demo_at_once_with_one_clear_line(tmp_path: Path) -> None:
    with taken("127.10.1.1"):
        command = [sys.executable, "-m", "healthd", "demo", "--to", str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, env=ENV, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "port 16161 of 127.10.1.1 is in use; most likely another lab or demo runs" in done.stderr


@pytest.mark.slow
def test_the_demo_leaves_four_reports_and_goes_on_until_it_is_told_to_end(tmp_path: Path) -> None:
    with taken("127.10.1.1"):
        pass
    command = [sys.executable, "-m", "healthd", "demo", "--keep", "--to", str(tmp_path)]
    demo = subprocess.Popen(command, cwd=ROOT, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        lines = _until(demo, "Ctrl-C")
        assert len(lines) <= 32
        said = "\n".join(lines)
        assert "21 of 21 devices answer, 21 over SNMP and 21 over SSH" in said
        assert "no answer from man-acc-01" in said
        for customer in ("ACME", "HDZZ"):
            names = sorted(file.name for file in (tmp_path / "reports" / customer).iterdir())
            form = f"rma-NUMBER-R1-{'en' if customer == 'ACME' else 'zh-CN'}.pdf"
            known = [re.sub(r"\d{4}-\d{4}", "NUMBER", re.sub(r"\d{4}-\d\d-\d\d", "DATE", name)) for name in names]
            assert known == ["daily-DATE-en.pdf", "daily-DATE-zh-CN.pdf", form]
            assert all((tmp_path / "reports" / customer / name).read_bytes()[:5] == b"%PDF-" for name in names)
        _page_1_names_the_failed_supply(tmp_path)
        (english,) = (tmp_path / "reports" / "ACME").glob("daily-*-en.pdf")
        text = subprocess.run(["pdftotext", str(english), "-"], capture_output=True, text=True, check=True).stdout
        assert "first of 2 lost looks" in " ".join(text.split()), "what the method says is what the demo does"
        _one_case_for_each_failure_and_none_for_what_lost_its_input(said, tmp_path)
        polled = _healthd("poll", "ldn-acc-01", "--json", data=tmp_path / "data")
        assert json.loads(polled.splitlines()[0])
    finally:
        demo.send_signal(signal.SIGINT)
        rest, _ = demo.communicate(timeout=30)
    assert (demo.returncode, rest.strip()) == (0, "demo ended")


def _until(demo: "subprocess.Popen[str]", word: str) -> list[str]:
    lines: list[str] = []
    assert demo.stdout
    for line in demo.stdout:
        lines.append(line.rstrip())
        if word in line:
            break
    return lines


def _page_1_names_the_failed_supply(to: Path) -> None:
    report = json.loads(_healthd("report", "daily", "--customer", "ACME", "--date", "today", "--json", data=to / "data"))
    (figures,) = report["sections"]["figures"]
    assert {f["label"]: f["value"] for f in figures["figures"]}["Hardware faults"] == 1
    (actions,) = report["sections"]["actions"]
    row = next(row for row in actions["rows"] if row["device"]["name"] == "ldn-acc-01" and "Power supply" in row["what"])
    assert re.search(r"Power supply Switch 2 - Power Supply B has failed.* PWR-C1-715WAC-P, S/N LIT\w{8}, slot 2", row["what"])


def _one_case_for_each_failure_and_none_for_what_lost_its_input(said: str, to: Path) -> None:
    cases = {case["device"]: case for case in map(json.loads, _healthd("case", "list", "--json", data=to / "data").splitlines())}
    assert sorted(cases) == ["hz-acc-01", "ldn-acc-01", "man-acc-01"]
    for name, serial in (("ldn-acc-01", "LIT20032SFD"), ("hz-acc-01", "LIT2225HPGM")):
        case = cases[name]
        assert (case["verdict"], case["rma"], case["pid"], case["serial"]) == ("failed", "candidate", "PWR-C1-715WAC-P", serial)
        page = _healthd("case", "show", case["number"], data=to / "data")
        assert "Verdict: hardware failed" in page
        assert f"{name} psu " in page, "the bundle is named"
    assert (cases["man-acc-01"]["rma"], cases["man-acc-01"].get("verdict")) == ("none", None)
    assert re.search("no case for sz-edge-01: .*unpowered", said)
    assert re.search("no case for hz-core-01: .*absent", said)
    (form,) = (to / "reports" / "ACME").glob("rma-*.pdf")
    text = subprocess.run(["pdftotext", "-layout", str(form), "-"], capture_output=True, text=True, check=True).stdout
    assert "LIT20032SFD" in text
    assert "PWR-C1-715WAC-P" in text


def _healthd(*words: str, data: Path) -> str:
    secrets = {name: secret.reveal() for name, secret in environment().items()}
    done = subprocess.run(
        [sys.executable, "-m", "healthd", *words, "--data", str(data)],
        cwd=ROOT,
        env=ENV | secrets,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
