"""``healthd finding`` from the outside: what stands is listed and explained, and people's word on it counts."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.casework import Judged, work
from healthd.model.action import Filed, Ticket
from healthd.model.device import Customer, Device
from healthd.model.finding import Condition, Finding, Level
from healthd.model.observation import Observation, Reading
from healthd.model.phrase import say
from healthd.store import database, devices, errands, filed, findings, tickets

CUSTOMER = "title: ACME\ntime_zone: Asia/Shanghai\ncontract: {number: HT-1, level: 7x24x4}\n"
NOW = datetime.now(UTC)
DEVICE = Device(name="core", customer="acme", address="192.0.2.1")
PSU = Finding(
    rule="psu",
    device="core",
    item="PS1",
    level=Level.CRITICAL,
    summary=say("Power supply {item} has failed", item="PS1"),
    evidence=(Observation("core", NOW, Reading(metric="psu.state", item="PS1", value="failed", source="CISCO-ENVMON-MIB::x")),),
    verdict=Condition.FAILED,
    advice=say("Restore the device in front of it first."),
)
PORT = Finding(rule="interface_down", device="core", item="Gi1", level=Level.WARNING, summary=say("Port {port} is down", port="Gi1"))
LOST = Finding(rule="bgp", device="core", item="10.0.0.1", level=Level.NOTICE, summary=say("Lost"), cause="1:device_down:edge:")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "inventories" / "acme"
    folder.mkdir(parents=True)
    (folder / "hosts.yaml").write_text("core: {hostname: 192.0.2.1, data: {snmp: v2}}\n")
    (folder / "customer.yaml").write_text(CUSTOMER)
    (folder / "credentials.yaml").write_text("v2: {snmp: v2c, community: 'env:C'}\n")
    database.open_database(database.Settings().within(tmp_path / "data"))
    devices.put("acme", [DEVICE])
    for minutes in (20, 2):
        at = NOW - timedelta(minutes=minutes)
        findings.see("acme", [PSU, PORT, LOST], at, heard=["core"])
        work(Customer(code="acme", title="ACME"), Judged(devices=[DEVICE], found=(PSU, PORT)), ["core"], at)
    (errand,) = errands.listed()
    filed.keep("acme", errand.token, Filed(ticket=Ticket(backend="embedded", id="2611-0001")), NOW)
    database.close_database()
    return tmp_path


def healthd(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    where = ("--inventory", str(place / "inventories"), "--data", str(place / "data"))
    return subprocess.run(
        [sys.executable, "-m", "healthd", "finding", *words, *where], capture_output=True, text=True, check=False, timeout=60
    )


def test_what_stands_is_listed_with_its_case_or_draft(place: Path) -> None:
    done = healthd(place, "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "critical  acme  core  Power supply PS1 has failed  (case 2611-0001)\n    1:psu:core:PS1" in done.stdout
    assert "(draft of a case)\n    1:interface_down:core:Gi1" in done.stdout
    assert "bgp" not in done.stdout


def test_programs_get_every_finding_as_an_object(place: Path) -> None:
    found = {each["key"]: each for each in map(json.loads, healthd(place, "list", "--level", "notice", "--json").stdout.splitlines())}
    psu = found["1:psu:core:PS1"]
    assert (psu["customer"], psu["device"], psu["level"], psu["verdict"]) == ("acme", "core", "critical", "failed")
    assert psu["case"].items() >= {"backend": "embedded", "number": "2611-0001", "priority": "P3"}.items()
    assert found["1:bgp:core:10.0.0.1"]["cause"] == "1:device_down:edge:"
    assert found["1:interface_down:core:Gi1"]["case"]["draft"] is True


def test_a_finding_explains_itself(place: Path) -> None:
    done = healthd(place, "show", "psu:core")
    assert done.returncode == 0, done.stderr
    for said in (
        "psu.state PS1 = failed (CISCO-ENVMON-MIB::x)",
        "Rule psu",
        "A power supply does not deliver.",
        "Case 2611-0001 on embedded, P3",
    ):
        assert said in done.stdout
    assert "It follows from 1:device_down:edge:" in healthd(place, "show", "bgp:core").stdout
    assert "A draft waits for a person" in healthd(place, "show", "interface_down:core").stdout


def test_a_finding_explains_itself_in_chinese_and_to_programs(place: Path) -> None:
    assert "规则 psu" in healthd(place, "show", "psu:core", "--lang", "zh-CN").stdout
    found = json.loads(healthd(place, "show", "psu:core", "--json").stdout)
    assert found["evidence"][0]["reading"]["value"] == "failed"
    assert found["policy"] == "open"


def test_a_word_on_a_finding_is_kept_shown_and_taken_back(place: Path) -> None:
    done = healthd(place, "mute", "psu:core", "--reason", "known", "--author", "Li")
    assert (done.returncode, done.stdout) == (0, "1:psu:core:PS1: muted for good, or until: healthd finding unmute\n")
    assert "muted by Li" in healthd(place, "list").stdout
    assert "muted by Li: known" in healthd(place, "show", "psu:core").stdout
    assert healthd(place, "ack", "psu:core", "--reason", "ordered", "--until", "2099-01-01", "--author", "Wu").returncode == 0
    assert "acknowledged by Wu" in healthd(place, "list").stdout
    assert healthd(place, "unmute", "psu:core").returncode == 0
    again = healthd(place, "unmute", "psu:core")
    assert (again.returncode, "neither acknowledged nor muted" in again.stderr) == (5, True)
    assert "by Wu" not in healthd(place, "list").stdout


def test_a_draft_can_be_opened_and_nothing_else(place: Path) -> None:
    assert healthd(place, "open", "interface_down:core").returncode == 0
    database.open_database(database.Settings().within(place / "data"))
    (draft,) = tickets.covering("acme", PORT.key)
    database.close_database()
    assert (draft.draft, draft.wanted) == (True, True)
    refused = healthd(place, "open", "psu:core")
    assert (refused.returncode, "has no draft that waits" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("show", "psu:edge"), 3, "unknown finding 'psu:edge'"),
        (("show", "1:"), 3, "unknown finding '1:'"),
        (("ack", "psu:core", "--reason", " "), 2, "--reason: found nothing"),
        (("ack", "psu:core", "--reason", "x", "--until", "soon"), 2, "--until: found 'soon'"),
        (("ack", "psu:core", "--reason", "x", "--until", "2020-01-01"), 2, "which is past"),
        (("list", "--level", "bad"), 2, "--level: found 'bad'"),
    ],
)
def test_what_is_asked_wrongly_is_said(place: Path, words: tuple[str, ...], status: int, said: str) -> None:
    done = healthd(place, *words)
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr


def test_the_list_is_sorted_over_all_customers_and_speaks_chinese(place: Path) -> None:
    other = place / "inventories" / "aaa"
    other.mkdir()
    (other / "hosts.yaml").write_text("edge: {hostname: 192.0.2.9, data: {snmp: v2}}\n")
    (other / "customer.yaml").write_text(CUSTOMER.replace("ACME", "AAA"))
    (other / "credentials.yaml").write_text("v2: {snmp: v2c, community: 'env:C'}\n")
    database.open_database(database.Settings().within(place / "data"))
    devices.put("aaa", [Device(name="edge", customer="aaa", address="192.0.2.9")])
    findings.see("aaa", [replace(PORT, device="edge")], NOW - timedelta(minutes=2), heard=["edge"])
    database.close_database()
    rows = [line.split()[:3] for line in healthd(place, "list").stdout.splitlines() if not line.startswith(" ")]
    assert rows == [["critical", "acme", "core"], ["warning", "aaa", "edge"], ["warning", "acme", "core"]]
    said = healthd(place, "list", "-c", "ACME", "--lang", "zh-CN").stdout
    assert "严重" in said
    assert "（工单 2611-0001）" in said
    assert "critical" not in said
    assert "(case" not in said
    assert healthd(place, "list", "--lang", "fr").returncode == 2


def test_who_is_nobody_and_what_ends_before_it_begins_is_refused(place: Path) -> None:
    (place / "inventories" / "tac.yaml").write_text("title: TAC\npeople:\n  - {name: eng, roles: [engineer], email: eng@tac.example}\n")
    where = ("--inventory", str(place / "inventories"), "--data", str(place / "data"))

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "healthd", *words, *where], capture_output=True, text=True, check=False, timeout=60)

    nobody = run("case", "list", "--engineer", "nobody")
    assert (nobody.returncode, "unknown person 'nobody'" in nobody.stderr) == (3, True)
    assert run("case", "list", "--engineer", "eng", "--lang", "zh-CN").stderr == "没有工单\n"
    span = ("--from", "2099-01-02T00:00", "--to", "2099-01-01T00:00")
    back = run("roster", "set", "--role", "engineer", "--person", "eng", *span)
    assert (back.returncode, "--to: found '2099-01-01T00:00'" in back.stderr) == (2, True)
    assert run("tray", "list", "--lang", "zh-CN").stderr == "没有待处理的邮件\n"
