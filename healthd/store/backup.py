"""Copies of the whole database, taken while it is being written, checked, and put back.

SQLite copies with its own online backup, PostgreSQL with pg_dump's archive
format. A copy is checked before it gets its name: a file that is there is a
good one.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from healthd.errors import StoreError
from healthd.store._transact import Place, hold, release, told
from healthd.store.database import Settings, close_database, open_database


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A checked copy: its *path*, *size* in bytes, and how many *rows* each table has."""

    path: Path
    size: int
    rows: dict[str, int]


def make(settings: Settings, path: Path) -> Copy:
    """Copy the database of *settings* to the new file *path*, while others read and write it; return the checked copy.

    The folder of *path* is made when it is missing, those above it are not.

    Raises:
        StoreError: the database or the place for the copy cannot be used, or *path* exists.
    """
    if path.exists():
        raise StoreError(f"cannot copy to {path}: it exists; name a new file")
    if settings.path and not settings.path.exists():
        raise StoreError(f"the database {settings.path} is missing; there is nothing to copy")
    coming = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)  # not those above: a backup disk that is not mounted must not become a folder
        coming.unlink(missing_ok=True)
        os.close(os.open(coming, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # what is inside is the customers'
        if settings.path:
            _copied(settings.path, coming)
        else:
            _run(["pg_dump", "--format=custom", f"--file={coming}", f"--dbname={settings.url}"])
        rows = verify(coming).rows
        _synced(coming)
        coming.replace(path)
        return Copy(path=path, size=path.stat().st_size, rows=rows)
    except OSError as error:
        raise StoreError(f"cannot copy to {path}: {error.strerror or error}; name a place that can be written") from error
    finally:
        coming.unlink(missing_ok=True)


def _copied(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source.resolve().as_uri() + "?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)  # in one step: the log lets others write meanwhile, and a copy in parts begins again with every write
            new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        raise told(error) from error


def verify(path: Path) -> Copy:
    """Read the copy *path* wholly and return what is in it.

    Raises:
        StoreError: it is missing, damaged, or no copy of healthd's.
    """
    if not path.is_file():
        raise StoreError(f"{path} is missing; name a file that healthd backup made")
    if _archive(path):
        return _found(path, _unpacked(path))
    try:
        with closing(sqlite3.connect(path.resolve().as_uri() + "?mode=ro", uri=True)) as copy:
            said = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
            if said != ["ok"]:
                raise StoreError(f"the copy {path} is damaged ({'; '.join(said)[:300]}); take another")
            names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE name LIKE 'store_%' AND type = 'table'")]
            return _found(path, {name: copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names})  # noqa: S608 - its own names
    except sqlite3.Error as error:
        raise StoreError(f"the copy {path} is damaged or no copy ({error}); take another") from error


def _unpacked(path: Path) -> dict[str, int]:
    """Return the rows of each table in a PostgreSQL archive, by unpacking all of it; a line is held at a time."""
    rows: dict[str, int] = {}
    table = ""
    with _started(["pg_restore", "--file=-", "--data-only", str(path)], stderr=subprocess.PIPE) as program:
        for line in program.stdout or ():
            if line.startswith(b"COPY public."):
                table = line.split()[1].removeprefix(b"public.").decode()
                rows[table] = 0
            elif line == b"\\.\n":
                table = ""
            elif table:
                rows[table] += 1
        said = program.stderr.read() if program.stderr else b""
    if program.returncode:
        raise StoreError(f"the copy {path} is damaged ({b' '.join(said.split()).decode('utf-8', 'replace')[:300]}); take another")
    return {name: count for name, count in rows.items() if name.startswith("store_")}


def _found(path: Path, rows: dict[str, int]) -> Copy:
    if "store_sweep" not in rows:
        raise StoreError(f"{path} is no copy of healthd's database")
    return Copy(path=path, size=path.stat().st_size, rows=rows)


def restore(settings: Settings, path: Path) -> Copy:
    """Put the copy *path* in the place of the database of *settings*, which nobody may be writing; return the copy.

    An SQLite database that was there is kept beside it, with ``.before`` added to its name.
    """
    copy = verify(path)
    close_database()
    if settings.path:
        if _archive(path):
            raise StoreError(f"{path} is a PostgreSQL archive; set [store] url to the PostgreSQL database that shall take it")
        _placed(settings.path, path)
    else:
        _run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={settings.url}", str(path)])
    open_database(settings)
    return copy


def _placed(target: Path, source: Path) -> None:
    Place.where, Place.lock = str(target), target.with_name(f"{target.name}.lock")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        hold()
        coming = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, coming)
        coming.chmod(0o600)
        _synced(coming)
        for ending in ("", "-wal", "-shm"):  # a log belongs to its file: left behind it would be played into the copy
            if (old := target.with_name(target.name + ending)).exists():
                old.replace(target.with_name(f"{target.name}.before{ending}"))
        coming.replace(target)
    except OSError as error:
        raise StoreError(f"cannot put the copy to {target}: {error.strerror or error}") from error
    finally:
        release()


def _archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"PGDMP"


def _synced(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _run(command: Sequence[str]) -> None:
    """Run a program of PostgreSQL's; its words on an error become ours."""
    with _started(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as program:
        said = program.stderr.read().decode("utf-8", "replace") if program.stderr else ""
    if program.returncode:
        raise StoreError(f"{command[0]} failed: {' '.join(said.split())[:300]}")


def _started(command: Sequence[str], *, stderr: int, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdout=stdout, stderr=stderr, stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"})
    except FileNotFoundError:
        raise StoreError(f"{command[0]} is not installed; apt-get install postgresql-client") from None
