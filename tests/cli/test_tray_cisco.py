"""``healthd tray`` and ``healthd cisco``: from a customer's mail to Cisco's number, in words that say what to do next."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from healthd.cli._app import app
from healthd.errors import HealthdError
from healthd.store import database

TAC = """
people:
  - {name: hot, title: Hotline Hu, roles: [hotline], email: hot@tac.example}
  - {name: eng, title: Engineer Li, roles: [engineer, senior-manager], email: eng@tac.example}
"""
CUSTOMER = """
title: ACME Group
contract: {number: HT-1, level: 7x24x4, ends: 2099-12-31}
contacts: [{name: Emma Clarke, email: emma@acme.example, phone: "+44 1"}]
"""
MAIL = (
    "From: Emma <emma@acme.example>\nSubject: power of ldn-acc-01\nMessage-ID: <1@acme.example>\n"
    "Content-Type: text/plain; charset=utf-8\n\nThe power supply \x1b[2J blinks red.\n"
)
Run = Callable[..., str]


@pytest.fixture
def healthd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    home = tmp_path / "inventories" / "acme"
    home.mkdir(parents=True)
    (tmp_path / "inventories" / "tac.yaml").write_text(TAC)
    (home / "customer.yaml").write_text(CUSTOMER)
    (home / "hosts.yaml").write_text("ldn-acc-01: {hostname: 192.0.2.1}\n")
    (tmp_path / "mail.eml").write_text(MAIL)
    (tmp_path / "fax.tif").write_bytes(b"II*\0")
    (tmp_path / "none.toml").write_text("")
    for name, value in (
        ("HEALTHD_INVENTORY", home.parent),
        ("HEALTHD_DATA", tmp_path / "data"),
        ("HEALTHD_CONFIG", tmp_path / "none.toml"),
    ):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("LANG", "C.UTF-8")

    def run(*words: object, fails: int = 0) -> str:
        done: Result = CliRunner().invoke(app, [str(word) for word in words])
        database.close_database()
        if isinstance(done.exception, HealthdError):
            assert done.exception.exit_status == fails, done.exception
            return str(done.exception)
        assert (done.exit_code, done.exception if done.exit_code else None) == (fails, None), (done.output, done.exception)
        return done.output

    yield run
    database.close_database()


def test_from_mail_to_case_to_cisco(healthd: Run, tmp_path: Path) -> None:
    healthd("tray", "take", tmp_path / "mail.eml", tmp_path / "fax.tif")
    rows = [json.loads(line) for line in healthd("tray", "list", "--json").splitlines()]
    assert {(row["channel"], row["stage"], row.get("customer")) for row in rows} == {("mail", "waiting", "acme"), ("fax", "waiting", None)}
    number = next(row["number"] for row in rows if row["channel"] == "mail")
    shown = healthd("tray", "show", number[:6], "--save", tmp_path)
    assert "ldn-acc-01" in shown
    assert "\x1b" not in shown
    assert (tmp_path / f"{number}-{number}.eml").read_text() == MAIL
    assert "P1, P2, P3, P4" in healthd("tray", "confirm", number, "--priority", "P9", fails=2)
    said = healthd("tray", "confirm", number, "--priority", "P3", "--author", "hot", "--technology", "LAN Switching")
    case = said.split()[1]
    assert healthd("tray", "confirm", number, "--priority", "P3", "--author", "hot").split()[1] == case
    fax = next(row["number"] for row in rows if row["channel"] == "fax")
    assert "say --customer" in healthd("tray", "confirm", fax, "--priority", "P3", fails=2)
    healthd("tray", "attach", fax, case, "--author", "hot")
    assert "already" in healthd("tray", "reject", fax, "--reason", "x", fails=5)
    assert healthd("tray", "list") in ("", "no mail waits\n")

    draft = healthd("cisco", "draft", case, "--archive", tmp_path)
    assert f"Title: {case} power of ldn-acc-01" in draft
    assert "\x1b" not in draft
    assert (tmp_path / f"{case}-evidence.zip").exists()
    assert "Call Cisco TAC" in healthd("cisco", "draft", case, "--severity", "S2")
    assert "致电思科 TAC" in healthd("cisco", "draft", case, "--severity", "S2", "--lang", "zh-CN")
    assert "not allowed" in healthd("cisco", "escalate", case, "--author", "eng", fails=5)  # nobody has taken it yet
    healthd("case", "assign", case, "--to", "eng", "--author", "hot")
    healthd("case", "ack", case, "--author", "eng")
    assert "Problem Details:" in healthd("cisco", "escalate", case, "--author", "eng", "--reason", "second failure")
    assert json.loads(healthd("case", "show", case, "--json").splitlines()[0])["state"] == "cisco-tac"
    assert "6 to 12 digits" in healthd("cisco", "number", case, "SR1", fails=2)
    assert "698765432" in healthd("cisco", "number", case, "698765432", "--author", "eng")
    assert json.loads(healthd("cisco", "list", "--json"))["cisco"] == "698765432"
    assert "already" in healthd("cisco", "escalate", case, "--author", "eng", fails=5)


def test_what_needs_smart_bonding_says_so(healthd: Run) -> None:
    for words in (("note", "2611-0001", "x"), ("close", "2611-0001", "x"), ("codes", "x"), ("inbox", "--pull")):
        assert "Smart Bonding" in healthd("cisco", *words, fails=2) or words[0] == "inbox"
    assert "nothing from Cisco" in healthd("cisco", "inbox")
    assert "there is no mailbox" in healthd("tray", "take", fails=2)
    assert "unknown case" in healthd("cisco", "draft", "2611-9999", fails=3)
