"""``healthd parse``: facts, findings and log lines out of files, one at a time and many."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from healthd.cli._app import app

SUPPLIES = """\
core-1#show environment power all
SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts
--  ------------------  ----------  ---------------  -------  -------  -----
1A  PWR-C1-715WAC       LIT00000001  OK              Good     Good     715
1B  PWR-C1-715WAC       LIT00000002  Faulty          Bad      Bad      715
core-1#
"""
LOG = b"<189>45: *Mar  1 18:46:11: %SYS-5-CONFIG_I: Configured from console by vty2 (10.34.195.36)\n\nno line of ours \xff\n"


def run(*arguments: str, stdin: str | None = None) -> tuple[int, list[dict[str, Any]], str]:
    ran = CliRunner().invoke(app, ["parse", *arguments], input=stdin)
    if ran.exception and not isinstance(ran.exception, SystemExit):
        status = getattr(ran.exception, "exit_status", None)
        assert status is not None, ran.exception
        return status, [], str(ran.exception)
    return ran.exit_code, [json.loads(line) for line in ran.stdout.splitlines()] if "--json" in arguments else [], ran.stdout


def kinds(objects: list[dict[str, Any]]) -> list[str]:
    return [next(key for key in each if key not in ("device", "at", "file")) for each in objects]


@pytest.fixture
def supplies(tmp_path: Path) -> str:
    (tmp_path / "env.txt").write_text(SUPPLIES)
    return str(tmp_path / "env.txt")


def test_an_output_gives_facts_findings_and_a_closing_line(supplies: str) -> None:
    status, objects, _ = run("--platform", "iosxe", "--command", "show env power all", supplies, "--json")
    assert status == 0
    assert kinds(objects) == ["part", "part", "reading", "reading", "finding", "collect"]
    finding = objects[-2]["finding"]
    assert (finding["rule"], finding["level"], finding["serial"], finding["verdict"]) == ("psu", "critical", "LIT00000002", "failed")
    assert {each["device"] for each in objects} == {"core-1"}, "the prompt says whose output it is"
    assert objects[-1]["collect"]["errors"] == []


def test_people_get_tables_and_the_finding_first(supplies: str) -> None:
    status, _, text = run("-p", "iosxe", "-c", "show environment power all", supplies)
    assert status == 0
    assert text.splitlines()[0].startswith("critical: Power supply Switch 1 - Power Supply B has failed")
    assert "LIT00000001" in text


def test_an_output_may_come_through_a_pipe() -> None:
    status, objects, _ = run("-p", "iosxe", "-c", "show env power all", "-", "--json", stdin=SUPPLIES)
    assert (status, kinds(objects)[-1]) == (0, "collect")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("-p", "iosxe", "-c", "show tea"), 3, "unknown command of IOS XE 'show tea'; known: show"),
        (("-p", "vms", "-c", "show version"), 3, "unknown platform 'vms'; known: "),
        (("-c", "show version"), 2, "--platform"),
        (("-p", "ios"), 2, "--syslog"),
        (("-p", "ios", "-c", "show version", "--syslog"), 2, "not both"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_can(arguments: tuple[str, ...], status: int, said: str, supplies: str) -> None:
    found, _, text = run(*arguments, supplies)
    assert (found, said in text) == (status, True), text


def test_a_file_that_is_not_there_is_named() -> None:
    assert run("-p", "ios", "-c", "show version", "/nowhere/x.txt")[::2] == (2, "/nowhere/x.txt: No such file or directory")


def told(*arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["parse", *arguments], catch_exceptions=False)
    return ran.exit_code, ran.stderr


def test_a_text_of_which_nothing_is_recognised_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("the quick brown fox\n")
    (tmp_path / "blank").write_text("core-1#show switch\ncore-1#\n")
    said = f"healthd: nothing that healthd reads is in {tmp_path}/x, taken as the output of 'show version' on ios; compare --platform and --command with it\n"
    for more in ((), ("--json",)):
        assert told("-p", "ios", "-c", "show version", str(tmp_path / "x"), *more) == (0, said)
        assert told("-p", "ios", "-c", "show switch", str(tmp_path / "blank"), *more) == (0, ""), "an empty output has told all there is"
    log = f"healthd: no line of {tmp_path}/x is a log line of ios that healthd can read\n"
    assert told("-p", "ios", "--syslog", str(tmp_path / "x")) == (0, log)


@pytest.mark.parametrize("text", ["% Invalid input detected at '^' marker.\n", "Command authorization failed.\n"])
def test_a_refusal_is_no_output(text: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(text)
    status, objects, _ = run("-p", "ios", "-c", "show switch", str(tmp_path / "x"), "--json")
    assert (status, [each["collect"]["unsupported"] for each in objects]) == (0, [["show switch"]])


def test_a_log_file_gives_one_object_a_line_and_keeps_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(LOG)
    status, objects, _ = run("-p", "ios", "--syslog", str(tmp_path / "log"), "--json")
    assert status == 0
    first, second = objects
    assert (first["facility"], first["severity"], first["mnemonic"], first["sequence"], first["source"]) == (
        "SYS",
        5,
        "CONFIG_I",
        45,
        "cli",
    )
    assert first["raw"] + "\n" == LOG.decode("latin-1").split("\n")[0] + "\n"
    assert "mnemonic" not in second
    assert second["raw"] == "no line of ours \\xff"


def test_a_batch_answers_every_line_and_one_bad_file_does_not_end_it(
    supplies: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty.txt").write_text("")
    asked = [
        {"platform": "iosxe", "command": "show env power all", "file": supplies},
        {"platform": "iosxe", "command": "show env power all", "file": str(tmp_path / "missing.txt")},
        {"platform": "iosxe", "command": "show tea", "file": supplies},
        {"platform": "iosxe", "command": "show version", "file": str(tmp_path / "empty.txt")},
    ]
    status, objects, _ = run("--batch", "--json", stdin="".join(f"{json.dumps(each)}\n" for each in asked) + "nonsense\n")
    closing = [(each.get("file"), each["collect"]) for each in objects if "collect" in each]
    assert status == 1
    assert [file for file, _ in closing] == [each["file"] for each in asked] + [None]
    assert [bool(said["errors"]) for _, said in closing] == [False, True, False, False, True]
    assert closing[2][1]["unsupported"] == ["show tea"]
    assert all(each["file"] == supplies for each in objects if "finding" in each)


def test_a_reader_that_breaks_is_an_error_of_that_file(supplies: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from healthd.collectors.shows import environment

    def broken(text: str, command: str) -> list[object]:
        raise ValueError("strange")

    monkeypatch.setattr(environment, "read", broken)
    status, objects, _ = run("-p", "iosxe", "-c", "show env all", supplies, "--json")
    assert status == 1
    assert objects[-1]["collect"]["errors"] == ["shows.environment: show env all: ValueError: strange"]


def test_the_log_buffer_of_a_device_gives_events(tmp_path: Path) -> None:
    page = "Syslog logging: enabled\n\nLog Buffer (4096 bytes):\n\n*Mar  1 00:00:01.000: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up\n"
    (tmp_path / "x").write_text(page)
    _, objects, _ = run("-p", "ios", "-c", "show logging", str(tmp_path / "x"), "--json")
    assert [each.get("mnemonic") for each in objects if "raw" in each] == ["UPDOWN"]
