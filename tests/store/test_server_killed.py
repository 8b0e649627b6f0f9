"""PostgreSQL is killed and started again, again and again, while events and messages are written: nothing is lost, nothing is double."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd import intake
from healthd.errors import StoreError
from healthd.intake import Intake
from healthd.model.device import Customer, Device
from healthd.model.interval import Interval
from healthd.model.received import Received
from healthd.store import database, events, outbox, tally
from healthd.store.outbox import Stage
from tests.conftest import PROGRAMS, UNPRIVILEGED, _as
from tests.store.test_outbox import mail

pytestmark = pytest.mark.slow
NOW = datetime(2026, 3, 2, tzinfo=UTC)
ACME = Customer(code="acme", title="ACME")
SW1 = Device(name="sw1", customer="acme", address="10.0.0.1")
KILLS, BATCHES = 6, 150
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C"}


@dataclass
class Server:
    """A PostgreSQL server of our own, that can be killed."""

    folder: Path

    @property
    def url(self) -> str:
        return f"postgresql://healthd@/postgres?host={self.folder}"

    def start(self) -> None:
        settings = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c shared_buffers=32MB"
        command = [PROGRAMS[-1] / "pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", settings, "start"]
        for _ in range(40):
            # What the killed server left behind takes a moment to go; until then a new one refuses to start.
            with (self.folder / "start").open("w") as said:
                done = subprocess.run(command, check=False, cwd=self.folder, stdout=said, stderr=said, env=ENVIRONMENT, **_as())
            if done.returncode == 0:
                return
            time.sleep(0.25)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """Kill the server and every process of it, without a word."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout.split()
        for each in (pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)


@pytest.fixture
def server() -> Iterator[Server]:
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="healthd-pk-", dir="/tmp"))
    if not os.geteuid():
        os.chown(folder, pwd.getpwnam(UNPRIVILEGED).pw_uid, -1)
    made = Server(folder)
    init = [PROGRAMS[-1] / "initdb", "-D", folder / "data", "-U", "healthd", "-E", "UTF8", "--auth=trust", "--no-sync"]
    subprocess.run(init, check=True, cwd=folder, stdout=subprocess.DEVNULL, env=ENVIRONMENT, **_as())
    made.start()
    try:
        yield made
    finally:
        database.close_database()
        made.kill()
        shutil.rmtree(folder, ignore_errors=True)


def until_done(work: object) -> None:
    """Do *work* until the database has taken it, as the daemon does: what failed is done again."""
    end = time.monotonic() + 60
    while True:
        try:
            work()  # type: ignore[operator]
        except StoreError:
            assert time.monotonic() < end, "the database did not come back"
            time.sleep(0.1)
        else:
            return


def test_whatever_was_acknowledged_is_there_once(server: Server) -> None:
    database.open_database(database.Settings(url=server.url))
    over = threading.Event()

    def killing() -> None:
        for _ in range(KILLS):
            if over.wait(0.5):
                return
            server.kill()
            server.start()

    killer = threading.Thread(target=killing)
    killer.start()
    taking = Intake(senders=intake.senders([ACME], [SW1]))
    try:
        for number in range(BATCHES):
            lines = [
                Received(NOW + timedelta(seconds=number), "udp", "10.0.0.1", b"<189>%%SYS-5-X: %d %d" % (number, n)) for n in range(20)
            ]
            batch = taking.take(lines)
            until_done(lambda batch=batch: intake.keep(batch, NOW))
            until_done(lambda number=number: outbox.put("acme", [mail(f"m{number}")], NOW))
            time.sleep(0.02)
    finally:
        over.set()
        killer.join()
    window = Interval(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    found: list[int] = []
    until_done(lambda: found.append(len(events.between("acme", window))))
    assert found == [BATCHES * 20]
    assert outbox.numbers()[Stage.WAITING] == BATCHES
    books = tally.sums()["syslog"]
    assert tally.missing(books) == 0
    # A commit whose answer was lost is done again: its events are there once, but its share of the books may be there twice.
    assert BATCHES * 20 <= books["in"] <= BATCHES * 20 + KILLS * 20
