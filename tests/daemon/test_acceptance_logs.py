"""Recorded log lines and notifications, sent to a running daemon by their own addresses, are read as independent expectations say."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import walks
from tests.daemon.house import House, house

pytestmark = [pytest.mark.corpus, pytest.mark.slow]
# Some lines are made with the time of making; the scorer makes them anew, so sender and scorer get the same clock.
CLOCKED = """
import datetime, runpy, sys, types
moment = datetime.datetime.fromisoformat(sys.argv[1])
class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return moment
clock = types.ModuleType("datetime")
clock.__dict__.update(datetime.__dict__)
clock.datetime = Fixed
sys.modules["datetime"] = clock
sys.path.insert(0, sys.argv[2].rpartition("/")[0])
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as made:
        yield made


def scored(home: House, program: str, *words: object, moment: datetime | None = None) -> subprocess.CompletedProcess[str]:
    file = walks.SHARED / "acceptance" / program
    start = [sys.executable, "-c", CLOCKED, moment.isoformat()] if moment else [sys.executable]
    command = [*start, str(file), "--corpus", str(walks.corpus()), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=home.folder)


def listed(home: House) -> Path:
    """Wait until everything is kept, and return the file of all events."""
    import json

    home.until(lambda: "healthd_queue_messages 0" in home.page("/metrics")[1])
    assert home.stop() == 0
    file = home.folder / "events.jsonl"
    file.write_text("".join(json.dumps(event) + "\n" for event in home.events()))
    return file


def test_log_lines_over_udp(home: House) -> None:
    walks.corpus()
    home.start()
    home.ready()
    moment = datetime.now(UTC)
    assert scored(home, "score_syslog.py", "--send", f"127.0.0.1:{home.udp}", "--map", "m.json", moment=moment).returncode == 0
    done = scored(home, "score_syslog.py", "--events", listed(home), "--map", "m.json", "--verbose", moment=moment)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


def test_notifications_over_udp(home: House) -> None:
    walks.corpus()
    senders = home.folder / "senders.csv"
    # The senders' names and addresses are known after sending; the inventory must be there before it.
    rehearsal = scored(home, "score_traps.py", "--send", f"127.0.0.1:{home.udp}", "--map", "t.json", "--hosts", senders)
    assert rehearsal.returncode == 0, rehearsal.stderr
    pairs = (line.split(",") for line in senders.read_text().split())
    home.hosts = "".join(f"{name}: {{hostname: {address}}}\n" for name, address in pairs)
    home.more = "sweep_s = 3600\n"
    home.start()
    home.ready()
    assert scored(home, "score_traps.py", "--send", f"127.0.0.1:{home.traps}", "--map", "t.json").returncode == 0
    done = scored(home, "score_traps.py", "--events", listed(home), "--map", "t.json", "--devices", "--verbose")
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
