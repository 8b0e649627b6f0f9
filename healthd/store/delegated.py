"""Writes that a running daemon does for others: an SQLite database has one writing process.

A command that finds the database held by the daemon hands its write over
through a socket beside the database (its folder is the owner's alone), and
gets the result. Only functions marked ``@delegable`` can be asked for.
"""

import socket
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from healthd.errors import Conflict, HealthdError, StoreError
from healthd.store import _codec
from healthd.store._transact import Held, Place

P = ParamSpec("P")
R = TypeVar("R")
LARGEST = 16 * 1024 * 1024
PATIENCE_S = 60.0

_known: dict[str, Callable[..., Any]] = {}


def door() -> Path | None:
    """Return the socket of the open database's writer; None for PostgreSQL, which needs none."""
    return Place.lock.with_suffix(".sock") if Place.lock else None


def delegable(function: Callable[P, R]) -> Callable[P, R]:
    """Let another process do *function* where that one holds the database."""
    name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
    _known[name] = function

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except Held:
            there = door()
            if there is None or not there.exists():
                raise
            return _hand_over(there, name, args, kwargs)  # type: ignore[no-any-return]

    return asked


def _hand_over(there: Path, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    asked = _codec.pack((name, [list(each) if isinstance(each, set | frozenset) else each for each in args], kwargs))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(PATIENCE_S)
        try:
            sock.connect(str(there))
            sock.sendall(len(asked).to_bytes(4, "big") + asked)
            answer = b"".join(iter(lambda: sock.recv(65536), b""))
        except OSError as error:
            raise StoreError(f"the running healthd that holds the database does not answer at {there}: {error}") from error
    if not answer:
        raise StoreError("the running healthd that holds the database gave no answer; look at its log")
    # A daemon that is not restarted yet, of a version before this one, gives no status.
    done, result, *status = _codec.unpack(answer)
    if not done:
        failure = (Conflict if status == [Conflict.exit_status] else StoreError)(str(result))
        failure.exit_status = status[0] if status else failure.exit_status  # of the error as it was there: an unknown name stays one
        raise failure
    return result


def serve(asked: bytes) -> bytes:
    """Do what another process asks for, and return its answer; called in the writing process."""
    try:
        name, args, kwargs = _codec.unpack(asked)
        if name not in _known:
            raise StoreError(f"{name!r} is nothing that can be asked for; there are: {', '.join(sorted(_known))}")
        return _codec.pack((True, _known[name](*args, **kwargs), 0))
    except HealthdError as error:
        return _codec.pack((False, str(error), error.exit_status))
