"""From the fault to the returned part: the lab's supply fails, healthd opens the case, and every command of docs/rma.md is done in its order."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from typer.testing import CliRunner

from healthd.caseclient.backend import Means
from healthd.caseclient.backends import embedded
from healthd.cli import _context
from healthd.cli._app import app
from healthd.cli._desk import telling
from healthd.daemon.judging import Judging
from healthd.daemon.proving import Proving
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.desk import desk, parts, stocks
from healthd.errands import Worker
from healthd.errors import HealthdError, NotAllowed
from healthd.lab import examples
from healthd.lab.faults import Fault
from healthd.lab.network import Network
from healthd.lab.wire import LabWire
from healthd.model.case import Case, Rma, State
from healthd.model.finding import Condition
from healthd.model.rma import Stage
from healthd.rounds import Rounds
from healthd.store import database, outbox
from tests.cli.test_case import daemon

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "rma.md"
DEVICE, BAD, GOOD = "hz-acc-01", "LIT2225HPGM", "LIT2225SP4R"


def commands() -> list[str]:
    """Return the commands of the document, in their order."""
    blocks = re.findall(r"^```\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("healthd ")]


def words(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)][1:]


@dataclass(kw_only=True)
class Plant:
    """A place with the example inventory and one lab device, whose time the test says."""

    place: Path
    network: Network
    wire: LabWire
    start: datetime

    def there(self) -> _context.Context:
        return _context.context(None, self.place / "inventories", self.place / "data")

    def look(self, *moments: datetime) -> None:
        """Poll, judge and prove at *moments*, and do what the case client wants done; as the daemon does."""
        surroundings = self.there()
        surroundings.open_store()
        (who,), devices = surroundings.customers("HDZZ"), surroundings.devices([DEVICE])
        rounds, writer, clock = Rounds(customer=who, devices=devices, wire=self.wire), Writer(), [moments[0]]
        judging = Judging(customer=who, devices=devices, writer=writer, now=lambda: clock[0])
        proving = Proving(
            code="HDZZ", devices=devices, wire=self.wire, writer=writer, watch=Watch(now=lambda: clock[0]), now=lambda: clock[0],
            again=lambda: judging.judge([]), poll=lambda _names: None,
        )  # fmt: skip
        judging.doubt = proving.doubt

        async def turns() -> None:
            for at in moments:
                clock[0] = self.wire.now = at
                found = await rounds.poll(at)
                await writer.do(rounds.keep)
                clock[0] = at + timedelta(seconds=1)
                await judging.judge([poll.device for poll in found if poll.up])
                await proving.turn()

        asyncio.run(turns())
        worker = Worker(owner="test", desk=embedded.Desk(means=Means(tell=None)))
        while worker.due(datetime.now(UTC)):
            pass
        writer.close()
        database.close_database()

    def run(self, *said: str) -> str:
        """Run a command as ``healthd`` would; return what it prints."""
        done = CliRunner().invoke(app, list(said))
        database.close_database()
        assert done.exit_code == 0, f"{said}: {done.exception or done.stderr}"
        return done.stdout

    def refused(self, *said: str) -> str:
        done = CliRunner().invoke(app, list(said))
        database.close_database()
        assert isinstance(done.exception, HealthdError), f"{said}: {done.exception}"
        return str(done.exception)

    def read(self, what: Callable[[], object]) -> object:
        self.there().open_store()
        try:
            return what()
        finally:
            database.close_database()

    def case(self) -> Case:
        found = self.read(lambda: desk.open_cases("HDZZ") or desk.listing("HDZZ"))
        (one,) = found  # type: ignore[misc]
        assert isinstance(one, Case)
        return one


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    """Let the lab's supply fail and healthd look on for some minutes, once for all tests."""
    place = tmp_path_factory.mktemp("plant")
    shutil.copytree(ROOT / "inventories", place / "inventories")
    start = datetime.now(UTC) - timedelta(minutes=30)
    network = examples.network(start, only=[DEVICE])
    made = Plant(place=place, network=network, wire=LabWire(network, start), start=start)
    minutes = [start + timedelta(minutes=n) for n in range(4)]
    made.look(minutes[0])
    network.inject(Fault(device=DEVICE, kind="psu-failed", start=start.timestamp() + 30, item="1B"))
    made.look(*minutes[1:])
    return made


@pytest.fixture
def plant(failed: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plant]:
    """Return a copy of the place where it has failed."""
    shutil.copytree(failed.place, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("HEALTHD_INVENTORY", str(tmp_path / "inventories"))
    monkeypatch.setenv("HEALTHD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    yield replace(failed, place=tmp_path)
    database.close_database()


def test_from_the_fault_to_the_returned_part(plant: Plant) -> None:
    case = plant.case()
    verdict = case.opening.verdict
    assert verdict is not None
    assert (verdict.state, verdict.serial, len({proof.way for proof in verdict.proofs}) >= 2) == (Condition.FAILED, BAD, True)
    assert (case.state, case.rma, case.opening.serial) == (State.NEW, Rma.CANDIDATE, BAD)

    (plant.place / "signed.pdf").write_bytes(b"%PDF-1.7 signed")
    month = datetime.now(UTC).astimezone(plant.there().inventory.tac.zone)
    seen: dict[str, str] = {}
    for line in commands():
        if line == "healthd rma verify":
            plant.network.clear(DEVICE, "psu-failed", now=datetime.now(UTC))
            plant.network.inject(Fault(device=DEVICE, kind="psu-replaced", start=datetime.now(UTC).timestamp() - 1, item="1B"))
            plant.look(datetime.now(UTC))
        now = line.replace("2611-0042", case.number).replace("2026-11", f"{month:%Y-%m}")
        seen[line] = plant.run(*words(now))

    told = seen["healthd rma show 2611-0042-R1"]
    assert "RMA-Pend" in told
    assert f"next: healthd rma order {case.number}-R1 --rma … (spares specialist)" in told
    assert f"next: healthd spares reserve {case.number}-R1 (spares specialist)" in told
    assert "customer confirmed" in told
    assert "name=" not in told
    assert "verified" in seen["healthd rma verify"]
    assert "return by" in seen["healthd rma list"]

    done = plant.read(lambda: parts.found("800000004"))
    assert isinstance(done, parts.Replacement)
    assert (done.stage, done.serial_in, done.mismatches, done.waybill) == (Stage.CLOSED, GOOD, (), "SF1068508773")
    assert done.steps[[step.step for step in done.steps].index("verified")].who == "healthd"
    after = plant.case()
    assert (after.state, after.rma) == (State.IN_PROGRESS, Rma.RETURNED)
    left = plant.read(lambda: [unit.serial for unit in stocks.of("hangzhou").units])
    assert left == ["LIT2618N0042"]

    told_of = plant.read(lambda: (desk.tell_rest(datetime.now(UTC), telling(plant.there())), [each.message for each in outbox.listed()])[1])
    assert isinstance(told_of, list)
    attached = {(each.recipient.partition("@")[0], file.name) for each in told_of for file in each.attachments}
    # The customer reads what is to be confirmed; the spares specialists get it as it was signed.
    assert ("li.wei", f"rma-{case.number}-R1.pdf") in attached
    assert {("tang.li", "signed.pdf"), ("tang.li", f"rma-{case.number}-R1.pdf")} <= attached

    form = PdfReader(plant.place / "reports" / "HDZZ" / f"rma-{case.number}-R1-zh-CN.pdf")
    text = " ".join(form.pages[0].extract_text().split())
    assert len(form.pages) == 1
    for fact in (BAD, "PWR-C1-715WAC-P", DEVICE, case.number, "HT-2026-042", "09:00-17:00"):
        assert fact in text
    book = load_workbook(plant.place / "reports" / "rma" / f"rma-ledger-{month:%Y-%m}-all-en.xlsx")
    assert book["RMA register"]["A2"].value == "800000004"
    assert len(list((plant.place / "reports" / "rma").glob("*.pdf"))) == 8  # headquarters' and six branches', and one in Chinese


def test_programs_read_what_people_read(plant: Plant) -> None:
    number = plant.case().number
    dry = json.loads(plant.run("rma", "request", number, "--dry-run", "--json"))
    assert (dry["number"], dry["state"], dry["branch"]) == (f"{number}-R1", "draft", "hangzhou")
    assert plant.run("rma", "list", "--json") == ""
    plant.run("rma", "request", number, "--author", "li.wei")
    (one,) = (json.loads(line) for line in plant.run("rma", "list", "--json").splitlines())
    shown = json.loads(plant.run("rma", "show", f"{number}-R1", "--json"))
    assert one == shown
    assert shown["next"] == ["amended", "cancelled", "customer-confirmed", "engineer-confirmed"]
    figures = [json.loads(line) for line in plant.run("rma", "ledger", "--month", f"{datetime.now(UTC):%Y-%m}", "--json").splitlines()]
    assert [each["branch"] for each in figures] == ["all", "hangzhou", "beijing", "guangzhou", "chengdu", "shanghai", "nanjing"]
    assert (figures[0]["opened"], figures[0]["open"], "days" in figures[0]) == (1, 1, False)


def test_a_mistake_is_told_with_what_is_allowed_and_nothing_is_kept(plant: Plant) -> None:
    number = plant.case().number
    plant.run("rma", "request", number, "--author", "li.wei")
    form = f"{number}-R1"
    for said, why in (
        (("rma", "order", form, "--rma", "800000004"), "the engineer and the customer must confirm the fault first"),
        (("rma", "confirm", form), "needs one of --engineer, --customer NAME and --manager"),
        (("rma", "confirm", form, "--customer", "Emma Clarke", "--how", "scan"), "--how scan needs --file: the signed form"),
        (("rma", "confirm", form, "--customer", " 李 维", "--how", "mail", "--author", "tang.li"), "李 维 is li.wei of the service center"),
        (("rma", "confirm", form, "--engineer", "--author", "tang.li"), "engineer-confirmed is not allowed"),
        (("rma", "request", number, "--set", "colour=red"), "form: found 'colour'; allowed: access"),
        (("rma", "amend", form, "--set", "since=soon", "--reason", "x"), "form: since: found 'soon'; allowed: a day as 2024-05-01"),
        (("rma", "amend", form, "--set", "soon", "--reason", "x"), "--set: found 'soon'; allowed: name=value"),
        (("rma", "request", number), f"{BAD} is asked for already: {form}"),
        (("rma", "show", "2611-9999-R1"), "unknown rma '2611-9999-R1'"),
        (("rma", "receive", form, "--serial", "X1", "--branch", "oslo"), "unknown branch 'oslo'"),
        (("rma", "ledger", "--month", "soon"), "--month: found 'soon'"),
        (("rma", "form", form, "--lang", "tlh"), "--lang: found 'tlh'"),
        (("spares", "reserve", form), "hangzhou has no free part for PWR-C1-715WAC-P; ask Cisco"),
        (("spares", "move", "NOWHERE", "--to", "nanjing"), "unknown part in stock 'NOWHERE'"),
    ):
        assert why in plant.refused(*said), said
    shown = json.loads(plant.run("rma", "show", form, "--json"))
    assert (shown["state"], shown["version"]) == ("draft", 1)


def test_a_form_is_put_right_before_both_have_confirmed_it(plant: Plant) -> None:
    number = plant.case().number
    plant.run("case", "ack", number, "--author", "li.wei")
    plant.run("rma", "request", number, "--author", "li.wei")
    plant.run("rma", "confirm", f"{number}-R1", "--engineer", "--author", "li.wei")
    done = json.loads(plant.run("rma", "amend", f"{number}-R1", "--set", "serial=LIT2225HPGX", "--reason", "read from the label", "--json"))
    assert (done["serial"], done["state"], "engineer-confirmed" in done["next"]) == ("LIT2225HPGX", "draft", True)


def test_spares_are_added_moved_counted_adjusted_and_only_looked_at(plant: Plant) -> None:
    plant.run("spares", "add", "PWR-C1-715WAC-P=", "A1", "--branch", "杭州", "--place", "A3", "--dry-run")
    assert plant.run("spares", "list", "--json") == ""
    plant.run("spares", "add", "PWR-C1-715WAC-P=", "a1", "--branch", "杭州", "--place", "A3")
    (one,) = (json.loads(line) for line in plant.run("spares", "list", "--json").splitlines())
    assert (one["branch"], one["serial"], one["place"], one["faulty"]) == ("hangzhou", "A1", "A3", False)
    plant.run("spares", "move", "A1", "--to", "nanjing", "--dry-run")
    assert "hangzhou" in plant.run("spares", "list")
    plant.run("spares", "move", "A1", "--to", "nanjing")
    assert "nanjing" in plant.run("spares", "list")
    assert "nanjing: PWR-C1-715WAC-P: 0 counted, 1 booked" in plant.run("spares", "count", "PWR-C1-715WAC-P", "0", "--branch", "nanjing")
    plant.run("spares", "adjust", "A1", "--branch", "nanjing", "--reason", "not found in the count")
    assert plant.run("spares", "list", "--json") == ""


def test_a_running_daemon_does_the_steps_for_the_commands(plant: Plant) -> None:
    number = plant.case().number
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def beside(*said: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "healthd", *said], env=environment, capture_output=True, text=True, check=False)

    with daemon(plant.place / "data"):
        done = [
            beside("case", "ack", number, "--author", "li.wei"),
            beside("rma", "request", number, "--author", "li.wei", "--set", "hours=09:00-17:00"),
            beside("spares", "add", "PWR-C1-715WAC-P=", "A1", "--branch", "hangzhou"),
            beside("spares", "move", "A1", "--to", "nanjing"),
            beside("rma", "confirm", f"{number}-R1", "--engineer", "--author", "li.wei"),
        ]
        refused = beside("rma", "order", f"{number}-R1", "--rma", "800000004")
    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * len(done)
    assert (refused.returncode, "the customer must confirm the fault first" in refused.stderr) == (NotAllowed.exit_status, True)
    assert "engineer confirmed" in plant.run("rma", "show", f"{number}-R1")


def test_replacements_and_stocks_are_told_in_chinese(plant: Plant) -> None:
    number = plant.case().number
    said = plant.run("rma", "request", number, "--author", "li.wei", "--lang", "zh-CN")
    assert "草稿" in said
    told = plant.run("rma", "show", f"{number}-R1", "--lang", "zh-CN")
    assert f"下一步：healthd rma confirm {number}-R1 --engineer（TAC 工程师）" in told
    assert "分支机构" in told
    assert "verified" not in told
    plant.run("spares", "add", "PWR-C1-715WAC-P=", "A1", "--branch", "hangzhou")
    assert "可用" in plant.run("spares", "list", "--lang", "zh-CN")


def test_what_cannot_be_meant_is_refused_by_the_name_of_its_option(plant: Plant) -> None:
    number = plant.case().number
    plant.run("rma", "request", number, "--author", "li.wei")
    plant.run("spares", "add", "PWR-C1-715WAC-P=", "A1", "--branch", "hangzhou")
    form = f"{number}-R1"
    for said, why, status in (
        (("rma", "request", number, "--set", "bogus=1"), "--set: form: found 'bogus'", 2),
        (("rma", "confirm", form, "--customer", "Emma", "--how", "telepathy"), "--how: found 'telepathy'", 2),
        (("rma", "order", form, "--rma", "abc"), "--rma: found 'abc'", 2),
        (("rma", "order", form, "--return-by", "2026-13-01"), "--return-by: found '2026-13-01'", 2),
        (("spares", "add", "", "", "--branch", "hangzhou"), "a part needs its PID", 2),
        (("spares", "count", "NOPID", "5", "--branch", "hangzhou"), "unknown PID", 3),
    ):
        done = CliRunner().invoke(app, list(said))
        database.close_database()
        assert isinstance(done.exception, HealthdError), said
        assert (why in str(done.exception), done.exception.exit_status) == (True, status), f"{said}: {done.exception}"
    plant.run("spares", "count", "NOPID", "5", "--branch", "hangzhou", "--new-pid")
    assert "0 counted" in plant.run("spares", "count", "NOPID", "0", "--branch", "hangzhou", "--new-pid")
