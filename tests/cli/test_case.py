"""``healthd case``, ``roster`` and ``contract``: a case from the call to the survey, gates and conflicts, in both languages."""

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from healthd.cli._app import app
from healthd.daemon.door import Door
from healthd.daemon.writer import Writer
from healthd.desk import survey
from healthd.errors import Conflict, HealthdError, NotAllowed, UnknownName
from healthd.model.action import Filed, Open, Raise, Ticket
from healthd.model.case import Channel, Priority
from healthd.model.followed import Followed
from healthd.model.phrase import say
from healthd.store import database, filed, keys, outbox, tickets
from tests.desk.desks import NOW, opening

ROOT = Path(__file__).parents[2]
TAC = """
title: TAC
time_zone: Asia/Shanghai
hotline: "400 1"
people:
  - {name: hot, title: Hotline Hu, roles: [hotline], email: hot@tac.example}
  - {name: eng, title: Engineer Li, roles: [engineer], email: eng@tac.example, phone: "1001"}
  - {name: two, title: Engineer Zhao, roles: [engineer], email: two@tac.example}
  - {name: boss, title: Manager Lin, roles: [center-manager, duty-manager, senior-manager], email: boss@tac.example}
  - {name: parts, title: Spares Tang, roles: [spares], email: parts@tac.example}
  - {name: sales, title: Sales Deng, roles: [sales], email: sales@tac.example}
duties:
  - {role: engineer, people: [eng, two]}
  - {role: hotline, people: [hot]}
"""
CUSTOMER = """
title: ACME Group
languages: [en]
time_zone: Europe/London
contract: {number: HT-1, level: 7x24x4, ends: 2099-12-31}
contacts: [{name: Emma Clarke, email: emma@acme.example, phone: "+44 1", means: phone}]
sites: [{name: ldn, title: London}]
"""


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, object]:
        return json.loads(self.out.splitlines()[0])  # type: ignore[no-any-return]


Run = Callable[..., Ran]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "inventories" / "acme").mkdir(parents=True)
    (tmp_path / "inventories" / "none").mkdir()
    (tmp_path / "inventories" / "tac.yaml").write_text(TAC)
    (tmp_path / "inventories" / "acme" / "customer.yaml").write_text(CUSTOMER)
    (tmp_path / "inventories" / "none" / "customer.yaml").write_text("title: Without\n")
    for code, name in (("acme", "ldn-acc-01"), ("none", "x-1")):
        (tmp_path / "inventories" / code / "hosts.yaml").write_text(
            f"{name}: {{hostname: 192.0.2.1, data: {{site: ldn}}}}\n".replace(
                ", data: {site: ldn}", "" if code == "none" else ", data: {site: ldn}"
            )
        )
    return tmp_path


@pytest.fixture
def healthd(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run commands in this process, as ``healthd`` would, each with the store opened anew."""
    monkeypatch.setenv("HEALTHD_INVENTORY", str(place / "inventories"))
    monkeypatch.setenv("HEALTHD_DATA", str(place / "data"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: object) -> Ran:
        done = CliRunner().invoke(app, [str(word) for word in words])
        database.close_database()
        if isinstance(done.exception, HealthdError):
            return Ran(done.exception.exit_status, done.stdout, str(done.exception))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Ran(done.exit_code, done.stdout, done.stderr)

    yield run
    database.close_database()


def opened(healthd: Run, *more: object) -> str:
    done = healthd(
        "case",
        "open",
        "-c",
        "acme",
        "-d",
        "ldn-acc-01",
        "--title",
        "no uplink",
        "--contact",
        "Emma Clarke",
        "--author",
        "hot",
        "--json",
        *more,
    )
    assert done.status == 0, done.err
    return str(done.object["number"])


def told(place: Path) -> list[str]:
    database.open_database(database.Settings().within(place / "data"))
    found = [
        f"{each.message.recipient.partition('@')[0]}: {each.message.subject.partition('] ')[2].partition(' · ')[0]}"
        for each in outbox.listed()
    ]
    database.close_database()
    return sorted(found)


def test_a_call_becomes_a_case_with_contract_and_engineer_and_everybody_is_told(healthd: Run, place: Path) -> None:
    done = healthd(
        "case", "open", "-c", "acme", "-d", "ldn-acc-01", "--title", "no uplink", "-p", "p2", "--contact", "Emma Clarke", "--author", "hot"
    )
    assert re.match(r"Case \d{4}-0001  P2  assigned\n  → Engineer Li: take the case \(until ", done.out)
    assert told(place) == ["emma: P2 we have opened a case for you", "eng: P2 this case is yours", "hot: P2 new case"]


def test_a_case_goes_from_the_call_to_the_survey(healthd: Run, place: Path) -> None:
    number = opened(healthd, "-p", "p2")
    steps = (
        ("ack", "--author", "eng"),
        ("contact", "cannot reach the floor switch", "--with", "Emma Clarke", "--author", "eng"),
        ("note", "the supply is dark; other cord, no change", "--author", "eng"),
        ("wait", "--reason", "needs access to the room", "--until", "2099-01-01T09:00", "--author", "eng"),
        ("status", "in-progress", "--text", "got in", "--author", "eng"),
        ("escalate", "--reason", "never seen this", "--author", "eng"),
        ("escalate", "--cisco", "--number", "699123456", "--author", "eng"),
        ("status", "in-progress", "--author", "eng"),
        ("onsite", "--reason", "to change the part", "--author", "eng"),
        ("onsite", "--approve", "--from", "2099-01-01T09:00", "--to", "2099-01-01T11:00", "--author", "boss"),
        ("status", "in-progress", "--author", "eng"),
        ("resolve", "--reason", "supply replaced", "--author", "eng"),
        ("close", "--agreed", "Emma Clarke", "--author", "eng"),
    )
    states = []
    for verb, *words in steps:
        done = healthd("case", verb, number, *words, "--json")
        assert done.status == 0, (verb, done.err)
        states.append(done.object["state"])
    assert states == [
        "acknowledged", "in-progress", "in-progress", "waiting-customer", "in-progress", "escalated", "cisco-tac", "in-progress", "in-progress",
        "on-site", "in-progress", "resolved", "closed",
    ]  # fmt: skip
    database.open_database(database.Settings().within(place / "data"))
    token = survey.signed(number, keys.signing(survey.PURPOSE, NOW))
    (closing,) = [each.message for each in outbox.listed() if "your case is closed" in each.message.subject]
    database.close_database()
    assert token in closing.text
    assert healthd("case", "survey", token[:-1] + "0", "--mark", "5").status == NotAllowed.exit_status
    assert healthd("case", "survey", token, "--mark", "2", "--comment", "slow").status == 0
    assert healthd("case", "survey", token, "--mark", "5").status == NotAllowed.exit_status
    heard = told(place)
    assert {
        "emma: P2 Cisco TAC works on it too",
        "emma: P2 an engineer comes to you",
        "boss: P2 the customer is not satisfied: 2 of 5",
    } <= set(heard)
    assert len(heard) == len(set(heard)), "nobody is told anything twice"


def test_who_resolves_with_an_open_form_is_told_what_to_do_with_it(healthd: Run) -> None:
    number = opened(healthd)
    healthd("case", "ack", number, "--author", "eng")
    assert healthd("rma", "request", number, "--set", "pid=P", "--set", "serial=S1", "--author", "eng").status == 0
    done = healthd("case", "resolve", number, "--reason", "reseated", "--author", "eng")
    assert (done.status, f"healthd rma cancel {number}-R1 --reason WHY" in done.err) == (0, True), done


def test_a_visit_ends_after_it_begins_is_shown_with_its_time_and_may_be_moved(healthd: Run, place: Path) -> None:
    number = opened(healthd)
    healthd("case", "ack", number, "--author", "eng")
    healthd("case", "onsite", number, "--reason", "hands", "--author", "eng")

    def approved(start: str, end: str) -> Ran:
        return healthd("case", "onsite", number, "--approve", "--from", start, "--to", end, "--author", "boss")

    wrong = approved("2099-01-01T11:00", "2099-01-01T09:00")
    assert (wrong.status, "2099-01-01T09:00, before it begins" in wrong.err) == (2, True), wrong
    for day in ("01", "02"):
        assert approved(f"2099-01-{day}T09:00", f"2099-01-{day}T11:00").status == 0
    shown = healthd("case", "show", number, "--lang", "en").out
    assert shown.count("2 Jan 09:00 to 2 Jan 11:00") == 2, shown
    assert "approved · 1 Jan 09:00 to 1 Jan 11:00" in shown
    database.open_database(database.Settings().within(place / "data"))
    files = [file.data.decode() for each in outbox.listed() for file in each.message.attachments if file.name.endswith(".ics")]
    database.close_database()
    found = {
        (re.findall(r"UID:(.*)\r", each)[0], int(re.findall(r"SEQUENCE:(.*)\r", each)[0]), re.findall(r"DTSTART:(.*)\r", each)[0])
        for each in files
    }
    (first, second) = sorted(found, key=lambda each: each[1])
    assert (first[0], first[2], second[2]) == (second[0], "20990101T010000Z", "20990102T010000Z")


def test_ciscos_number_can_be_one_and_is_not_replaced_without_a_reason(healthd: Run) -> None:
    number = opened(healthd)
    healthd("case", "ack", number, "--author", "eng")

    def told(*words: str) -> Ran:
        return healthd("case", "escalate", number, "--cisco", "--number", *words, "--author", "eng", "--json")

    assert (told("12").status, "6 to 12 digits" in told("12").err) == (2, True)
    assert told("699123456").object["cisco"] == "699123456"
    assert (told("699123457").status, "needs a reason" in told("699123457").err) == (5, True)
    refused = healthd("cisco", "number", number, "699123457")
    assert (refused.status, "Cisco's number is 699123456 already" in refused.err) == (5, True), refused
    assert told("699123457", "--reason", "a typo").object["cisco"] == "699123457"
    assert healthd("cisco", "number", number, "699123458", "--reason", "a typo").status == 0


def test_a_note_of_long_before_is_refused_one_of_shortly_before_is_marked_and_what_is_late_is_overdue(healthd: Run) -> None:
    start = datetime.now(UTC) - timedelta(days=20)
    number = opened(healthd, "--after-the-fact", "--started-at", start.isoformat())
    refused = healthd("case", "note", number, "saw it", "--at", "2020-01-01T09:00", "--author", "eng")
    assert (refused.status, "more than 90 days before the case began" in refused.err) == (5, True), refused
    assert healthd("case", "note", number, "saw it", "--at", (start - timedelta(days=1)).isoformat(), "--author", "eng").status == 0
    shown = healthd("case", "show", number, "--lang", "en").out
    assert "before the case began" in shown
    assert re.search(r"Engineer Li: take the case \(overdue by ", shown), shown


def test_the_hardware_fault_needs_both_words(healthd: Run) -> None:
    number = opened(healthd)
    healthd("case", "ack", number, "--author", "eng")
    assert healthd("case", "rma", number, "--text", "other slot", "--author", "eng", "--json").object["state"] == "acknowledged"
    for ours in ("Engineer Li", "engineer  li", "ENG", "Spares Tang"):
        refused = healthd("case", "rma", number, "--customer", ours, "--author", "hot")
        assert (refused.status, "of the service center: by must name who of the customer" in refused.err) == (5, True), refused
    done = healthd("case", "rma", number, "--customer", "Emma Clarke", "--author", "hot", "--json").object
    assert (done["state"], done["rma"]) == ("rma-pend", "pending")


@pytest.mark.parametrize("via", ["mail", "web", "fax", "branch"])
def test_grave_faults_come_by_phone_and_the_message_says_so(healthd: Run, via: str) -> None:
    done = healthd("case", "open", "-c", "acme", "--title", "all down", "-p", "p1", "--via", via)
    assert done.status == NotAllowed.exit_status
    assert "reported by phone" in done.err
    assert "hotline 400 1" in done.err
    assert "no open case" in healthd("case", "list").err
    assert opened(healthd, "-p", "p1", "--via", "hotline")


def test_what_happened_at_night_is_entered_later_with_its_true_time_and_the_manager_hears(healthd: Run, place: Path) -> None:
    number = opened(healthd, "--after-the-fact", "--started-at", "2026-03-01T02:10")
    found = healthd("case", "show", number, "--json").object
    assert found["opened"] == "2026-02-28T18:10:00+00:00"
    assert "boss: P3 entered after the fact" in told(place)
    assert healthd("case", "open", "-c", "acme", "--title", "x", "--after-the-fact").status == 2
    before = healthd("case", "list", "--all", "--json").out
    for words in (("--title", " "), ("--title", "x", "--after-the-fact", "--started-at", "2999-01-01T00:00")):
        assert healthd("case", "open", "-c", "acme", *words).status == 2
    assert healthd("case", "list", "--all", "--json").out == before, "nothing was opened"


def test_without_contract_a_caller_goes_to_sales_unless_the_manager_decides_otherwise(healthd: Run, place: Path) -> None:
    done = healthd("case", "open", "-c", "none", "--title", "help", "--author", "hot")
    number = re.findall(r"Case (\S+)", done.out)[0]
    assert "out of contract: hand it over" in done.err
    assert healthd("case", "assign", number, "--to", "eng", "--author", "hot").status == NotAllowed.exit_status
    assert healthd("case", "sales", number, "--author", "hot", "--json").object["state"] == "sales"
    assert "sales: P3 a customer without contract asks for service" in told(place)
    assert healthd("case", "override", number, "--reason", "please", "--author", "eng").status == NotAllowed.exit_status
    assert (
        healthd("case", "override", number, "--reason", "renewal is signed", "--author", "boss", "--json").object["state"] == "entitlement"
    )


def test_what_is_only_tried_is_checked_and_written_nowhere(healthd: Run, place: Path) -> None:
    done = healthd("case", "open", "-c", "acme", "--title", "x", "--author", "hot", "--dry-run")
    assert (done.out.splitlines()[0], done.err.strip()) == ("Case   P3  assigned", "dry run: nothing was written")
    assert healthd("case", "open", "-c", "acme", "--title", "x", "-p", "p1", "--via", "mail", "--dry-run").status == NotAllowed.exit_status
    assert healthd("case", "list", "--all").err.strip() == "no case"
    number = opened(healthd)
    before, heard = healthd("case", "show", number, "--json").object["version"], told(place)
    assert healthd("case", "ack", number, "--author", "eng", "--dry-run", "--json").object["state"] == "acknowledged"
    assert healthd("case", "resolve", number, "--reason", "x", "--dry-run").status == NotAllowed.exit_status
    assert healthd("case", "show", number, "--json").object["version"] == before
    assert told(place) == heard


def test_the_same_token_opens_nothing_new(healthd: Run) -> None:
    assert opened(healthd, "--token", "call-7") == opened(healthd, "--token", "call-7")
    assert len(healthd("case", "list", "--json").out.splitlines()) == 1


def test_who_acts_on_an_older_version_is_refused_and_nothing_is_written(healthd: Run) -> None:
    number = opened(healthd)
    version = healthd("case", "show", number, "--json").object["version"]
    healthd("case", "note", number, "first", "--author", "eng")
    done = healthd("case", "note", number, "second", "--author", "two", "--version", version)
    assert (done.status, "changed by eng" in done.err) == (Conflict.exit_status, True)
    assert "second" not in healthd("case", "show", number).out


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("show", "2611-9999"), UnknownName.exit_status, "unknown case"),
        (("open", "-c", "nobody", "--title", "x"), UnknownName.exit_status, "unknown customer"),
        (("open", "-c", "acme", "--title", "x", "-d", "ldn-acc-09"), UnknownName.exit_status, "ldn-acc-01"),
        (("open", "-c", "acme", "--title", "x", "-p", "p7"), 2, "p1, p2, p3, p4"),
        (("open", "-c", "acme", "--title", "x", "--via", "pigeon"), 2, "allowed: branch"),
        (("open", "-c", "acme", "--title", "x", "--to", "nobody"), UnknownName.exit_status, "eng, two"),
        (("list", "--state", "lost"), 2, "in-progress"),
    ],
)
def test_a_mistake_is_told_with_what_there_is(healthd: Run, words: tuple[str, ...], status: int, says: str) -> None:
    done = healthd("case", *words)
    assert (done.status, says in done.err) == (status, True), done.err


def test_a_state_that_needs_more_names_its_command(healthd: Run) -> None:
    number = opened(healthd)
    done = healthd("case", "status", number, "waiting-customer")
    assert (done.status, "use healthd case wait" in done.err) == (2, True)


def test_the_list_for_programs_has_the_keys_of_the_contract(healthd: Run) -> None:
    opened(healthd, "--pid", "PWR-C1-350WAC", "--serial", "LIT1")
    (line,) = healthd("case", "list", "--json").out.splitlines()
    found = json.loads(line)
    assert {"number", "key", "customer", "device", "pid", "serial", "priority", "state", "rma", "opened", "entries"} <= set(found)
    assert (found["customer"], found["device"], found["priority"], found["state"], found["rma"], found["entries"]) == (
        "acme", "ldn-acc-01", "P3", "assigned", "none", 3,
    )  # fmt: skip
    assert found["opened"].endswith("+00:00")


def test_the_list_for_people_begins_with_what_runs_out_first(healthd: Run) -> None:
    later, sooner = opened(healthd, "-p", "p4"), opened(healthd, "-p", "p1")
    lines = healthd("case", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["Case", sooner, later]
    assert "in 14 min" in lines[1]
    assert healthd("case", "list", "--engineer", "two").err.strip() == "no case"


def test_a_case_is_explained_in_both_languages(healthd: Run) -> None:
    number = opened(healthd, "-p", "p2", "--why", "40 users")
    english, chinese = (healthd("case", "show", number, "--lang", code).out for code in ("en", "zh-CN"))
    assert all(
        part in english for part in ("P2, severe", "assigned since", "40 users", "Clocks", "What comes next", "Engineer Li: take the case")
    )
    assert all(part in chinese for part in ("P2，严重受损", "已指派", "40 users", "时钟", "下一步", "Engineer Li：受理工单"))
    assert "\x1b" not in english


def test_what_the_caller_said_is_no_template(healthd: Run) -> None:
    done = healthd("case", "open", "-c", "acme", "--title", "shows {error} and \x1b[31m", "--text", "{0}", "--author", "hot")
    number = re.findall(r"Case (\S+)", done.out)[0]
    shown = healthd("case", "show", number).out
    assert "shows {error} and" in shown
    assert "\x1b" not in shown


def test_files_are_kept_with_the_case(healthd: Run, place: Path) -> None:
    (place / "log.txt").write_text("it broke")
    number = opened(healthd)
    healthd("case", "note", number, "see the log", "--file", place / "log.txt", "--author", "eng")
    assert "▤ log.txt (8 B)" in healthd("case", "show", number).out


def test_an_entry_is_put_right_and_stays(healthd: Run) -> None:
    number = opened(healthd)
    healthd("case", "note", number, "wrong words", "--author", "eng")
    done = healthd("case", "correct", number, "4", "--text", "right words", "--author", "eng")
    assert done.status == 0, done.err
    record = healthd("case", "show", number, "--json").object["record"]
    assert [each["did"] for each in record][3:] == ["noted", "corrected"]  # type: ignore[index,union-attr]


def test_the_roster_shows_swaps_and_finds_holes(healthd: Run) -> None:
    assert "Engineer Li" in healthd("roster", "show").out
    assert (
        healthd(
            "roster",
            "set",
            "--role",
            "engineer",
            "--person",
            "two",
            "--from",
            "2026-01-01T00:00",
            "--to",
            "2099-01-01T00:00",
            "--author",
            "boss",
        ).status
        == 0
    )
    assert json.loads(healthd("roster", "show", "--json").out.splitlines()[1])["people"][0]["name"] == "two"
    assert healthd("case", "open", "-c", "acme", "--title", "x", "--author", "hot", "--json").object["engineer"] == "two"
    assert (
        healthd(
            "roster", "set", "--role", "engineer", "--person", "nobody", "--from", "2099-01-01T00:00", "--to", "2099-01-02T00:00"
        ).status
        == 3
    )
    holes = healthd("roster", "check", "--days", "2")
    assert holes.status == 10
    assert "center-manager: nobody from" in holes.out
    assert "nobody has the role executive" in holes.out


def test_contracts_are_listed_with_those_who_have_none_on_top(healthd: Run) -> None:
    lines = healthd("contract", "list").out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["Customer", "Without", "ACME Group"]
    assert json.loads(healthd("contract", "list", "--json").out.splitlines()[1])["ends"] == "2099-12-31"
    assert "ACME" not in healthd("contract", "expiring").out


@contextmanager
def daemon(data: Path) -> Iterator[None]:
    """Hold the database as the daemon does, and answer at its door."""
    database.open_database(database.Settings().within(data))
    database.lead()
    writer, ready, stop = Writer(), threading.Event(), threading.Event()

    async def serve() -> None:
        door = Door(writer=writer)
        await door.open()
        ready.set()
        await asyncio.to_thread(stop.wait)
        await door.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait(10)
    try:
        yield
    finally:
        stop.set()
        thread.join()
        writer.close()
        database.close_database()


def test_every_command_works_while_the_daemon_holds_the_database(place: Path) -> None:
    environment = {**os.environ, "HEALTHD_INVENTORY": str(place / "inventories"), "HEALTHD_DATA": str(place / "data"), "LANG": "C.UTF-8"}
    (place / "data").mkdir()
    (place / "log.txt").write_text("it broke")

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "healthd", "case", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    with daemon(place / "data"):
        number = json.loads(run("open", "-c", "acme", "--title", "no uplink", "--contact", "Emma Clarke", "--author", "hot", "--json"))[
            "number"
        ]
        run("ack", number, "--author", "eng")
        run("note", number, "see the log", "--file", str(place / "log.txt"), "--author", "eng")
        assert "▤ log.txt" in run("show", number)
        assert len(outbox.listed()) == 3


def test_cases_on_another_ticket_system_are_listed_with_that_systems_words(healthd: Run, place: Path) -> None:
    database.open_database(database.Settings().within(place / "data"))
    wanted = opening("away-1", customer="acme", channel=Channel.MONITOR, who="healthd")
    followed = Followed(token="away-1", key=wanted.key, customer="acme", opened=NOW, priority=Priority.P3, covers=(wanted.key,), since=NOW)
    tickets.keep(followed, [Open(opening=wanted), Raise(token="away-1", mark="r", priority=Priority.P2, why=say("worse"))], NOW)
    ticket = Ticket(backend="servicenow", id="INC0012345", token="away-1", status="Work in Progress")
    filed.keep("acme", "away-1", Filed(ticket=ticket), NOW)
    database.close_database()
    (line,) = healthd("case", "list", "--json").out.splitlines()
    found = json.loads(line)
    assert (found["number"], found["priority"], found["state"], found["external"]) == (
        "INC0012345", "P2", "Work in Progress", {"backend": "servicenow", "id": "INC0012345"},
    )  # fmt: skip
    assert "servicenow  INC0012345  P2        Work in Progress  hz-acc-03  PS-A has failed" in healthd("case", "list").out
    assert healthd("case", "show", "INC0012345").out.splitlines()[:2] == [
        "servicenow INC0012345  P2  ·  Work in Progress",
        "PS-A has failed",
    ]
    assert healthd("case", "show", "INC0012345", "--json").object["external"] == found["external"]
