"""The database: reachable, whole, up to date, and with room to grow."""

import shutil
import sqlite3
from collections.abc import Iterator

from healthd.doctor._patient import Found, Patient, bad, good, note
from healthd.errors import StoreError
from healthd.model.counted import counted
from healthd.store import database

ORDER = 30
SAFE = (3, 51, 3)
ROOM = 2 * 1024**3
GIB = 1024**3


def check(patient: Patient) -> Iterator[Found]:
    """Open it without changing it, and look at its disk."""
    settings = patient.tables["store"].within(patient.data)
    try:
        database.open_database(settings, migrate=False)
    except StoreError as error:
        fresh = settings.path is not None and not settings.path.exists()
        yield note("there is no database yet", "the first healthd run or poll --store makes it") if fresh else bad(str(error), "see above")
        return
    yield good(f"the database {settings.path or 'in PostgreSQL'} opens")
    if settings.path:
        yield from _sqlite(patient)


def _sqlite(patient: Patient) -> Iterator[Found]:
    if sqlite3.sqlite_version_info < SAFE and len(patient.devices) > 200:
        yield note(
            f"SQLite {sqlite3.sqlite_version} with {counted(len(patient.devices), 'device')}: before 3.51.3 two writing processes can damage a file; "
            "healthd keeps others from writing, but PostgreSQL is made for this size",
            'set [store] url = "postgresql:///healthd"',
        )
    free = shutil.disk_usage(patient.data).free
    size = sum(file.stat().st_size for file in patient.data.glob("healthd.sqlite3*") if file.is_file())
    if free < max(ROOM, size // 2):
        yield bad(f"{free / GIB:.1f} GiB are free beside a database of {size / GIB:.1f} GiB", "make room, or keep less ([store] raw_days)")
    else:
        yield good(f"{free / GIB:.1f} GiB are free on its disk")
