"""Commands and a daemon of two versions understand each other's answers."""

import socket
import threading

import pytest

from healthd.errors import StoreError, UnknownName
from healthd.store import _codec, delegated
from healthd.store._transact import Held, Place
from healthd.store.database import Settings


@delegated.delegable
def asked(text: str) -> str:
    raise Held(f"somebody holds it: {text}")


def answered(*answer: object) -> str:
    """Ask a daemon that answers *answer*."""
    assert Place.lock is not None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(delegated.door()))
        door.listen(1)
        door.settimeout(10)

        def serve() -> None:
            there, _ = door.accept()
            with there:
                size = int.from_bytes(there.recv(4), "big")
                assert len(there.recv(size)) == size
                there.sendall(_codec.pack(answer))

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            return asked("a word")
        finally:
            serving.join()


@pytest.mark.parametrize("answer", [(True, "done"), (True, "done", 0), (True, "done", 0, "more")])
def test_what_was_done_is_returned_whatever_version_did_it(sqlite_store: Settings, answer: tuple[object, ...]) -> None:
    assert answered(*answer) == "done"


@pytest.mark.parametrize(("more", "status"), [((), StoreError.exit_status), ((UnknownName.exit_status,), UnknownName.exit_status)])
def test_what_failed_is_told_in_words_whatever_version_tells_it(sqlite_store: Settings, more: tuple[int, ...], status: int) -> None:
    with pytest.raises(StoreError, match="unknown entry '7'") as failed:
        answered(False, "unknown entry '7'", *more)
    assert failed.value.exit_status == status
