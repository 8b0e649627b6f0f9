"""Killed at any named point, healthd loses nothing that was acknowledged and does nothing twice.

Each seed forks a child that is killed at a point of its work, then one that
goes on; what the store and the outside's ledgers say afterwards must agree.
``HEALTHD_SEEDS`` says how many seeds each point gets (``make kills``: 100).
"""

import asyncio
import os
import random
import signal
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd import faultpoint, intake
from healthd.caseclient.backend import Means
from healthd.caseclient.backends import request_tracker
from healthd.daemon.reporting import DAILY, Post, Reporting
from healthd.daemon.sweeping import Unwritten, _keep
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.delivery import Delivery
from healthd.errands import Worker
from healthd.intake import Intake
from healthd.lab import examples
from healthd.lab.wire import LabWire
from healthd.model.availability import State
from healthd.model.device import Contact, Customer, Device
from healthd.model.interval import Interval
from healthd.model.message import Message
from healthd.model.received import Received
from healthd.model.secret import Secret
from healthd.reports import daily
from healthd.reports.gather import Past, day_window, gather, month_window
from healthd.rounds import Rounds
from healthd.store import database, errands, events, outbox, quarantine, runs, states, sweeps, tally
from healthd.store.history import history
from tests.caseclient.cases import note, opening
from tests.caseclient.servers.hostile import serving
from tests.caseclient.servers.request_tracker import RequestTracker

pytestmark = pytest.mark.slow
SEEDS = int(os.environ.get("HEALTHD_SEEDS", "4"))
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
STEP = timedelta(minutes=5)
NAMES = ("ldn-core-01", "ldn-edge-01", "ldn-acc-02")
ACME = Customer(
    code="ACME", title="ACME", contacts=(Contact(name="Li", email="li@example.com"), Contact(name="Wu", email="wu@example.com"))
)
Work = Callable[[Path], None]


def forked(work: Work, folder: Path, fault: str = "") -> int:
    """Do *work* in a child with *fault* injected; return its exit status, negative for a signal."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        faultpoint._passed = Counter()
        os.environ |= {"HEALTHD_TEST": "1", "HEALTHD_FAULT": fault}
        database.open_database(database.Settings(url=database.sqlite_url(folder / "h.sqlite3")))
        work(folder)
    except BaseException:  # noqa: BLE001 - a forked child must end here, whatever happened
        (folder / "traceback").write_text(traceback.format_exc())
        os._exit(1)
    os._exit(0)


def killed(work: Work, folder: Path, point: str, turn: int) -> None:
    """Let *work* be killed at the *turn*-th pass of *point*."""
    assert forked(work, folder, f"{point}@{turn}:kill") == -signal.SIGKILL, f"{point} was not passed {turn} times"


def goes_on(work: Work, folder: Path) -> None:
    assert forked(work, folder) == 0, (folder / "traceback").read_text()


def devices() -> list[Device]:
    specs = examples.network(NOW, only=NAMES).specs.values()
    return [Device(name=s.name, customer="ACME", address=s.address, parents=s.parents, snmp="lab") for s in specs]


# A round of polls and sweeps


def rounds_from(start: int, end: int) -> Work:
    def work(_: Path) -> None:
        wire = LabWire(examples.network(NOW, only=NAMES), NOW)
        rounds = Rounds(customer=ACME, devices=devices(), wire=wire)
        rounds.remember()
        for number in range(start, end):
            wire.now = NOW + number * STEP
            asyncio.run(rounds.sweep(wire.now) if number else rounds.poll(wire.now))
            _keep(Unwritten(rounds.taken(), (("sweeps", 3, 3),), ()), wire.now)

    return work


def rounds_agree(folder: Path) -> None:
    kept = {name: [s.at for s in sweeps.between("ACME", name, Interval(NOW, NOW + 20 * STEP))] for name in NAMES}
    assert len({tuple(times) for times in kept.values()}) == 1, "a round is kept of every device, or of none"
    spans = [s.state for name in NAMES for s in states.spans("ACME", name, Interval(NOW, NOW + 9 * STEP))]
    assert State.DOWN not in spans, "a crash of ours is no fault of a device"
    assert tally.missing(tally.sums()["sweeps"]) == 0


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_round_that_was_not_committed_is_gone_whole_and_blames_no_device(tmp_path: Path, seed: int) -> None:
    turn = random.Random(seed).randint(1, 6)
    killed(rounds_from(0, 8), tmp_path, "poll.before_commit", turn)
    goes_on(rounds_from(turn, 9), tmp_path)
    goes_on(rounds_agree, tmp_path)


# Messages that arrive


def taking(_: Path) -> None:
    senders = intake.senders([ACME], devices())
    known = devices()[0].address
    for number in range(8):
        batch = [
            Received(NOW + timedelta(seconds=number), "udp", known if n % 2 else "192.0.2.1", b"<189>%%SYS-5-CONFIG_I: %d %d" % (number, n))
            for n in range(10)
        ]
        intake.keep(Intake(senders=senders).take(batch), NOW)


def taken_agrees(_: Path) -> None:
    window = Interval(NOW - STEP, NOW + STEP)
    mine, strays, books = events.between("ACME", window), quarantine.between(window), tally.sums().get("syslog", {})
    assert (len(mine), len(strays)) == (books.get("out", 0), books.get("held: quarantine", 0)), "the books say what is there"
    assert tally.missing(books) == 0


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_batch_is_there_with_its_share_of_the_books_or_not_at_all(tmp_path: Path, seed: int) -> None:
    killed(taking, tmp_path, "intake.before_commit", random.Random(seed).randint(1, 8))
    goes_on(taken_agrees, tmp_path)
    goes_on(taking, tmp_path)
    assert forked(lambda _: len(events.between("ACME", Interval(NOW - STEP, NOW + STEP))) == 40 or os._exit(3), tmp_path) == 0


# Reports


def reporting(folder: Path) -> None:
    def make(who: Customer, day: object, now: datetime) -> object:
        window = day_window(who, day, now)  # type: ignore[arg-type]
        month = history(who, devices(), month_window(who, day, window))  # type: ignore[arg-type]
        return daily.report(gather(Past(customer=who, day=history(who, devices(), window), month=month), now))

    writer = Writer()
    part = Reporting(
        customers=[ACME], make=make, folder=folder / "reports", post=Post(channel="mail", domain="example.com"), writer=writer,
        watch=Watch(now=lambda: NOW), now=lambda: NOW,
    )  # fmt: skip
    if not runs.done("ACME", DAILY):
        runs.since("ACME", DAILY, NOW - timedelta(days=1))
    asyncio.run(part.turn())
    writer.close()


def report_agrees(folder: Path) -> None:
    assert runs.done("ACME", DAILY) == {"2026-11-19"}
    keys = [each.key for each in outbox.listed()]
    assert sorted(key.rpartition(":")[2] for key in keys) == ["li@example.com", "wu@example.com"]
    assert [path.name for path in (folder / "reports" / "ACME").iterdir()] == ["daily-2026-11-19-en.pdf"]


@pytest.mark.parametrize("point", ["report.written", "report.before_commit"])
@pytest.mark.parametrize("seed", range(max(1, SEEDS // 4)))
def test_a_report_is_marked_and_posted_together_and_once(tmp_path: Path, point: str, seed: int) -> None:
    goes_on(rounds_from(0, 2), tmp_path)
    killed(reporting, tmp_path, point, 1)
    goes_on(reporting, tmp_path)
    goes_on(reporting, tmp_path)
    goes_on(report_agrees, tmp_path)


# Mail


def posting(folder: Path) -> None:
    made = [Message(key=f"m{n}", channel="mail", recipient="li@example.com", subject="s", text="t", made=NOW) for n in range(6)]
    outbox.put("ACME", made, NOW)


def delivering_at(minutes: int) -> Work:
    def work(folder: Path) -> None:
        def send(message: Message) -> None:
            with (folder / "ledger").open("a") as ledger:
                ledger.write(f"{message.key}\n")
                ledger.flush()
                os.fsync(ledger.fileno())

        Delivery(owner="child", channels={"mail": send}).due(NOW + timedelta(minutes=minutes), most=100)

    return work


@pytest.mark.parametrize("seed", range(SEEDS))
def test_mail_that_was_handed_over_comes_at_most_once_more_under_its_old_name(tmp_path: Path, seed: int) -> None:
    turn = random.Random(seed).randint(1, 6)
    goes_on(posting, tmp_path)
    killed(delivering_at(0), tmp_path, "delivery.after_handover", turn)
    for minutes in (1, 6, 12):
        goes_on(delivering_at(minutes), tmp_path)
    sent = Counter((tmp_path / "ledger").read_text().split())
    assert sorted(sent) == [f"m{n}" for n in range(6)], "nothing is lost"
    assert sorted(sent.values()) == [1, 1, 1, 1, 1, 2], "only what was on its way comes once more"
    assert forked(lambda _: outbox.numbers()[outbox.Stage.SENT] == 6 or os._exit(3), tmp_path) == 0


# Cases on somebody else's desk


def errands_at(url: str, minutes: float) -> Work:
    def work(_: Path) -> None:
        said = request_tracker.Settings(url=url, queue="Cisco TAC", token=Secret("1-14-right"))
        worker = Worker(owner="child", desk=request_tracker.Desk(said, Means()))
        errands.put("ACME", worker.desk.name, [each for n in range(4) for each in (opening(f"hd-{n}"), note("n1", f"hd-{n}"))], NOW)
        while worker.due(NOW + timedelta(minutes=minutes)):
            pass
        worker.reconcile(NOW + timedelta(minutes=minutes))

    return work


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_case_that_was_created_and_not_kept_is_found_again_and_not_opened_twice(tmp_path: Path, seed: int) -> None:
    with serving(RequestTracker()) as tracker:
        killed(errands_at(tracker.url, 0), tmp_path, "errands.after_create", random.Random(seed).randint(1, 4))
        for minutes in (1, 11, 30):
            goes_on(errands_at(tracker.url, minutes), tmp_path)
        assert sorted(row.fields["HealthdKey"] for row in tracker.rows.values()) == [f"hd-{n}" for n in range(4)]
        assert [len(row.notes) for row in tracker.rows.values()] == [1] * 4
    assert forked(lambda _: errands.numbers()[errands.Stage.DONE] == 8 or os._exit(3), tmp_path) == 0
