"""The database opens, upgrades and fails in words, and nothing half-written is ever left."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.errors import StoreError
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Layout, Sweep
from healthd.store import database, sweeps
from healthd.store._ready import connection, connections, models
from healthd.store.database import Settings, close_database, open_database, sqlite_url

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(START, START + timedelta(days=1))
LAYOUT = Layout(device="r1", readings=tuple(Reading(metric="cpu.busy", item=str(n), value=1.5) for n in range(50)))


def some(device: str, count: int, first: int = 0) -> list[Sweep]:
    return [Sweep(device=device, at=START + timedelta(seconds=n), values=()) for n in range(first, first + count)]


def test_the_migrations_say_what_the_models_say(sqlite_store: Settings) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)


def test_sqlite_is_set_as_promised(sqlite_store: Settings) -> None:
    with connection.cursor() as cursor:
        said = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "mmap_size")]
    assert said == ["wal", 2, 0]
    assert connection.transaction_mode == "IMMEDIATE"


def test_the_default_file_lies_in_the_data_folder_and_a_named_one_where_it_is(tmp_path: Path) -> None:
    assert Settings().within(tmp_path).path == tmp_path / "healthd.sqlite3"
    named = Settings(url=sqlite_url(tmp_path / "a b%.db"))
    assert named.within(tmp_path / "else").path == tmp_path / "a b%.db"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "mysql://x/y"}, "allowed: sqlite:///"),
        ({"url": "postgresql://me:secret@h/d"}, "found a password"),
        ({"url": "postgresql://h/d?password=secret"}, "found a password"),
        ({"raw_days": 0}, "raw_days: found 0; allowed: a whole number from 1"),
        ({"raw_days": 30, "rollup_days": 20}, "allowed: raw_days .30. and more"),
    ],
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        Settings(**wrong)
    assert "secret" not in str(refused.value)


def test_a_newer_schema_is_refused_and_left_alone(store: Settings) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2026-01-01 00:00:00+00')")
    with pytest.raises(StoreError, match=r"made by a newer healthd .*9999_later"):
        open_database(store)


def test_an_older_schema_is_refused_when_it_may_not_be_changed(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite3"
    sqlite3.connect(file).close()
    with pytest.raises(StoreError, match="older version"):
        open_database(Settings(url=sqlite_url(file)), migrate=False)


def test_a_migration_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(url=sqlite_url(tmp_path / "new.sqlite3"))
    from django.db.migrations.recorder import MigrationRecorder

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(MigrationRecorder, "record_applied", killed)
        with pytest.raises(KeyboardInterrupt):
            open_database(settings)
    close_database()
    with sqlite3.connect(tmp_path / "new.sqlite3") as raw:
        assert [row for row in raw.execute("SELECT name FROM sqlite_master") if row[0].startswith("store_")] == []
    open_database(settings)
    assert sweeps.add("acme", some("r1", 3)) == 3
    close_database()


def test_a_missing_database_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is missing"):
        open_database(Settings(url=sqlite_url(tmp_path / "no.sqlite3")), migrate=False)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StoreError, match="damaged"):
        open_database(Settings(url=sqlite_url(tmp_path / "x.sqlite3")))


def test_a_damaged_page_is_found_at_the_start(sqlite_store: Settings) -> None:
    sweeps.add("acme", some("r1", 2000))
    close_database()
    path = sqlite_store.path
    assert path
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(8, size // 4096 - 1):
            file.seek(page * 4096)
            file.write(os.urandom(64))
    with pytest.raises(StoreError, match=r"damaged.*backup --restore"):
        open_database(sqlite_store)


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached") as refused:
        open_database(Settings(url=f"postgresql://healthd@/x?host={tmp_path}&passfile=/secret/place"))
    assert str(refused.value).count("/secret/place") == 0


def test_a_full_database_says_so_and_keeps_nothing_of_the_write(sqlite_store: Settings) -> None:
    sweeps.put_layout("acme", LAYOUT)
    sweeps.add("acme", some("r1", 10))
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(StoreError, match="is full; nothing of this was written"):
        sweeps.add("acme", some("r1", 5000, first=10))
    assert len(sweeps.between("acme", "r1", DAY)) == 10
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    assert sweeps.add("acme", some("r1", 5000)) == 4990


def test_a_database_that_another_program_locks_is_said(tmp_path: Path) -> None:
    settings = Settings(url=sqlite_url(tmp_path / "x.sqlite3"), busy_s=0.1)
    open_database(settings)
    other = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked by another program"):
        sweeps.add("acme", some("r1", 1))
    other.execute("ROLLBACK")
    assert sweeps.add("acme", some("r1", 1)) == 1
    other.close()
    close_database()


OTHER = """
import sys
from datetime import UTC, datetime, timedelta
from healthd.errors import StoreError
from healthd.model.interval import Interval
from healthd.model.poll import Sweep
from healthd.store import database, sweeps
database.open_database(database.Settings(url=sys.argv[1]))
start = datetime(2026, 3, 2, tzinfo=UTC)
print(len(sweeps.between("acme", "r1", Interval(start, start + timedelta(days=1)))))
try:
    sweeps.add("acme", [Sweep(device="r1", at=start + timedelta(hours=1), values=())])
except StoreError as error:
    print(error)
"""


def test_a_second_process_may_read_but_not_write_sqlite(sqlite_store: Settings) -> None:
    sweeps.add("acme", some("r1", 5))
    said = subprocess.run([sys.executable, "-c", OTHER, sqlite_store.url], capture_output=True, text=True, check=True, timeout=60).stdout
    count, refused = said.splitlines()
    assert count == "5"
    assert f"is being written by another healthd (process {os.getpid()})" in refused
    close_database()
    said = subprocess.run([sys.executable, "-c", OTHER, sqlite_store.url], capture_output=True, text=True, check=True, timeout=60).stdout
    assert said.splitlines() == ["5"]


def test_four_writers_at_once_lose_nothing_and_are_never_locked_out(store: Settings) -> None:
    failed: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for n in range(60):
                sweeps.add("acme", some(f"r{number}", 2, first=2 * n))
                sweeps.add("acme", some("shared", 1, first=n))
        except BaseException as error:  # noqa: BLE001 - a thread's error must fail the test
            failed.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert models.Sweep.objects.count() == 4 * 120 + 60


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from healthd.model.poll import Sweep
from healthd.store import database, sweeps
database.open_database(database.Settings(url=sys.argv[1]))
start = datetime(2026, 3, 2, tzinfo=UTC)
n = int(sys.argv[2])
while True:
    sweeps.add("acme", [Sweep(device=f"r{k}", at=start + timedelta(seconds=n), values=()) for k in range(3)])
    print(n, flush=True)
    n += 1
"""


def test_a_killed_writer_loses_nothing_that_it_acknowledged(store: Settings) -> None:
    close_database()
    acknowledged = -1
    for delay in (0.05, 0.12, 0.2):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, store.url, str(acknowledged + 1)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout
        first = writer.stdout.readline()
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        acknowledged = int(([first, *writer.stdout.read().splitlines(keepends=True)])[-1])
        writer.wait(10)
        writer.stdout.close()
    open_database(store)
    kept = [len(sweeps.between("acme", f"r{k}", DAY)) for k in range(3)]
    assert acknowledged > 10
    assert set(kept) <= {acknowledged + 1, acknowledged + 2}
    assert len(set(kept)) == 1


def test_a_connection_that_broke_is_made_again(postgresql_url: str) -> None:
    open_database(Settings(url=postgresql_url))
    sweeps.add("acme", some("r1", 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    import psycopg

    with psycopg.connect(postgresql_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    time.sleep(0.1)
    assert sweeps.add("acme", some("r1", 2)) == 1
    close_database()


def test_asking_before_opening_is_an_error_in_words() -> None:
    close_database()
    with pytest.raises(StoreError, match="no database is open"):
        database.settings_in_use()


def test_one_daemon_leads_and_a_second_is_told_so(store: Settings) -> None:
    database.lead()
    program = (
        "import sys; from healthd.store import database; from healthd.errors import StoreError\n"
        "database.open_database(database.Settings(url=sys.argv[1]))\n"
        "try:\n    database.lead()\nexcept StoreError as error:\n    print(error); sys.exit(3)\n"
    )
    second = subprocess.run([sys.executable, "-c", program, store.url], capture_output=True, text=True, check=False, timeout=60)
    assert second.returncode == 3, second.stderr
    assert "another healthd" in second.stdout
    database.close_database()
    assert subprocess.run([sys.executable, "-c", program, store.url], check=False, timeout=60).returncode == 0
