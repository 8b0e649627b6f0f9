"""A copy taken while the database is written is whole, and brings everything back."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthd.errors import StoreError
from healthd.model.interval import Interval
from healthd.model.poll import Sweep
from healthd.store import backup, sweeps
from healthd.store._ready import connections
from healthd.store.database import Settings, close_database, open_database

START = datetime(2026, 3, 2, tzinfo=UTC)
WINDOW = Interval(START, START + timedelta(days=30))


def add(first: int, count: int) -> None:
    sweeps.add(
        "acme", [Sweep(device="r1", at=START + timedelta(seconds=n), values=(), reason="x" * 500) for n in range(first, first + count)]
    )


def test_a_copy_made_while_writing_restores_to_a_moment_in_between(store: Settings, tmp_path: Path) -> None:
    add(0, 3000)
    done = threading.Event()

    def write() -> None:
        first = 3000
        while not done.is_set():
            add(first, 5)
            first += 5
        connections["default"].close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copy = backup.make(store, tmp_path / "copies" / "one")
    finally:
        done.set()
        writer.join(30)
    assert copy.rows["store_sweep"] >= 3000
    assert copy.rows["store_sweep"] % 5 == 0
    assert backup.verify(copy.path).rows == copy.rows
    assert copy.path.stat().st_mode & 0o077 == 0
    assert list(copy.path.parent.iterdir()) == [copy.path]

    add(100_000, 7)
    backup.restore(store, copy.path)
    assert len(sweeps.between("acme", "r1", WINDOW)) == copy.rows["store_sweep"]
    add(200_000, 1)


def test_a_restored_sqlite_database_leaves_the_one_before_beside_it(sqlite_store: Settings, tmp_path: Path) -> None:
    add(0, 10)
    backup.make(sqlite_store, tmp_path / "copy")
    add(10, 10)
    backup.restore(sqlite_store, tmp_path / "copy")
    assert len(sweeps.between("acme", "r1", WINDOW)) == 10
    close_database()
    assert sqlite_store.path
    before = sqlite_store.path.with_name("healthd.sqlite3.before")
    open_database(Settings(url=f"sqlite:///{before}"))
    assert len(sweeps.between("acme", "r1", WINDOW)) == 20


def test_a_damaged_copy_is_found_and_nothing_is_restored_from_it(store: Settings, tmp_path: Path) -> None:
    add(0, 3000)
    copy = tmp_path / "copy"
    backup.make(store, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="damaged"):
        backup.verify(copy)
    with pytest.raises(StoreError, match="damaged"):
        backup.restore(store, copy)
    assert len(sweeps.between("acme", "r1", WINDOW)) == 3000


def test_what_is_no_copy_is_said(sqlite_store: Settings, tmp_path: Path) -> None:
    import sqlite3

    with pytest.raises(StoreError, match="is missing"):
        backup.verify(tmp_path / "nothing")
    (tmp_path / "text").write_text("hello " * 1000)
    with pytest.raises(StoreError, match="damaged or no copy"):
        backup.verify(tmp_path / "text")
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE x (y)")
    with pytest.raises(StoreError, match="no copy of healthd's"):
        backup.verify(tmp_path / "other")
    with pytest.raises(StoreError, match="exists"):
        backup.make(sqlite_store, tmp_path / "text")
