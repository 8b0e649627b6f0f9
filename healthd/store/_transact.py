"""Transactions, and database errors in words.

Every public function of the store is marked ``@reads`` or ``@writes``. A
writing one is one transaction: all of it is kept, or none. All writes may be
done twice, so one that lost its connection or a deadlock is tried again.
They block: from asynchronous code they are called in a thread.
"""

import fcntl
import os
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.db import Error, InterfaceError, OperationalError, transaction

from healthd.errors import StoreError
from healthd.store._ready import connection

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 4
AGAIN = {"40001", "40P01"}  # serialization failure, deadlock (SQLSTATE)

# What the engines say (in part, lower case), and what it means for people.
WORDS = (
    (("disk is full", "no space left", "could not extend"), "is full; nothing of this was written; make room on its disk"),
    (("malformed", "not a database", "invalid page"), "is damaged; restore the newest good copy (healthd backup --restore)"),
    (("locked", "lock timeout"), "is locked by another program for too long; end that program and try again"),
    (("unable to open", "does not exist", "no such table"), "is missing or not set up; check the [store] url and its folder"),
    (("readonly", "read-only"), "cannot be written; check the rights of its file, its folder and its disk"),
    (("connection", "server closed", "terminating"), "cannot be reached; check that the server runs and that [store] url names it"),
)


class Held(StoreError):
    """Another process holds the database and writes it."""


class Place:
    """Which database is open, for messages and for the lock; one a process."""

    where: str = "no database"
    lock: Path | None = None
    held: int | None = None
    taking = threading.Lock()


def told(error: BaseException) -> StoreError:
    """Return *error* of the database engine as a sentence."""
    said = " ".join(str(error).split())
    meaning = next((words for marks, words in WORDS if any(mark in said.lower() for mark in marks)), "refused this")
    return StoreError(f"the database {Place.where} {meaning} ({said[:300]})")


def hold() -> None:
    """Become the one writing process of an SQLite database; kept until the process ends or the database is closed."""
    with Place.taking:
        if Place.lock is not None and Place.held is None:
            Place.held = _taken(Place.lock)


def _taken(lock: Path) -> int:
    try:
        file = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"the database {Place.where} cannot be written: {lock}: {error.strerror}") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pid = os.pread(file, 20, 0).decode("ascii", "replace").strip()
        os.close(file)
        raise Held(
            f"the database {Place.where} is being written by another healthd (process {pid or 'unknown'}); "
            "an SQLite database has one writer: stop that one, or use PostgreSQL"
        ) from None
    os.ftruncate(file, 0)
    os.pwrite(file, str(os.getpid()).encode(), 0)
    return file


def holder() -> int | None:
    """Return the process that writes the open SQLite database, None when none does or it is this one."""
    if Place.lock is None or Place.held is not None or not Place.lock.exists():
        return None
    file = os.open(Place.lock, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        said = os.pread(file, 20, 0).decode("ascii", "replace").strip()
        return int(said) if said.isdecimal() else None
    finally:
        os.close(file)
    return None


def release() -> None:
    """Let another process write."""
    if Place.held is not None:
        os.close(Place.held)
        Place.held = None


def writes(function: Callable[P, R]) -> Callable[P, R]:
    """Run *function* as one transaction; inside another one it becomes part of that."""

    @wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return function(*args, **kwargs)
        hold()
        return _tried(lambda: _atomic(function, *args, **kwargs))

    return whole


def reads(function: Callable[P, R]) -> Callable[P, R]:
    """Run *function* with the database's errors in words."""

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return function(*args, **kwargs)
        return _tried(lambda: function(*args, **kwargs))

    return asked


def _atomic(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    with transaction.atomic():
        return function(*args, **kwargs)


def _tried(action: Callable[[], R]) -> R:
    for left in reversed(range(TRIES)):
        before = connection.connection
        try:
            return action()
        except Error as error:
            if not (left and _passing(error, before)):
                raise told(error) from error
    raise AssertionError("the last try returns or raises")


def _passing(error: Error, before: object | None) -> bool:
    """Say whether the same action may succeed at once: after a lost race, or when the connection *before* has broken."""
    if getattr(error.__cause__, "sqlstate", None) in AGAIN:
        return True
    if connection.vendor != "postgresql" or not isinstance(error, InterfaceError | OperationalError):
        return False
    if connection.connection is before and before is not None and connection.is_usable():
        return False
    if connection.connection is before:
        connection.close()  # the next try connects anew; Django may have done so already
    return before is not None
