"""A file is deleted when it is old and nothing names it; whatever names it keeps it, wherever the name stands."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from healthd.errors import UnknownName
from healthd.model.action import Note
from healthd.model.case import Channel, Did, Entry
from healthd.model.message import Attachment
from healthd.model.phrase import say
from healthd.model.record import Head
from healthd.model.verdict import Looked, Proven
from healthd.store import devices, errands, files, journal, proofs
from healthd.store.database import Settings

NOW, CODE = datetime(2026, 5, 4, 6, 0, tzinfo=UTC), "ACME"
LATER = NOW + timedelta(days=1)


def put(name: str, at: datetime = NOW) -> str:
    return files.put(CODE, Attachment(name=name, media="text/plain", data=name.encode()), at)


def entry(id_: str) -> Entry:
    return Entry(at=NOW, entered=NOW, who="x", channel=Channel.MONITOR, did=Did.NOTED, files=(id_,))


def in_line(id_: str) -> None:
    journal.begin(Head(kind="case", number="1", customer=CODE, key="k", value=Looked(at=NOW)), [entry(id_)], NOW)


def in_head(id_: str) -> None:
    journal.begin(Head(kind="tray", number="1", customer="", key="k", value=entry(id_)), [Looked(at=NOW)], NOW)


def in_errand(id_: str) -> None:
    errands.put(CODE, "desk", [Note(token="t", mark="m", text=say("x"), files=(id_,))], NOW)


def in_words(id_: str) -> None:
    errands.put(CODE, "desk", [Note(token="t", mark="m", text=say("see {file}", file=f"file {id_}."))], NOW)


@pytest.mark.parametrize("refer", [in_line, in_head, in_errand, in_words])
def test_only_what_nothing_names_is_deleted(store: Settings, refer: Callable[[str], None]) -> None:
    named, loose, young = put("named"), put("loose"), put("young", LATER)
    refer(named)
    left = files.unreferred(LATER)
    assert left == (loose,)
    assert files.forget(left, LATER) == 1
    assert files.get(named).data + files.get(young).data == b"namedyoung"
    with pytest.raises(UnknownName):
        files.get(loose)
    assert files.unreferred(LATER) == ()


def test_the_files_of_a_look_live_as_long_as_its_proof(store: Settings) -> None:
    devices.put(CODE, [])
    proofs.keep(CODE, "1:psu:d:1", Proven(files=(Attachment(name="look", media="text/plain", data=b"x"),)), NOW)
    assert files.unreferred(LATER) == ()
    assert proofs.forget(CODE, [], LATER + proofs.REMEMBERED) == 1
    assert len(files.unreferred(LATER)) == 1


def test_a_file_that_was_kept_again_since_the_search_is_not_deleted(store: Settings) -> None:
    left = (put("once"), put("twice"))
    assert set(files.unreferred(LATER)) == set(left)
    assert put("twice", LATER) == left[1]
    assert files.forget(left, LATER) == 1
    assert files.get(left[1]).name == "twice"
