"""A mailbox of a real server is read once, whole, and left as it was."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from healthd.errors import DeskError
from healthd.model.secret import Secret
from healthd.transports import imap
from healthd.transports.imap import Place, Settings
from tests.transports import mailbox
from tests.transports.mailbox import Mailbox

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    with mailbox.serving() as found:
        yield found


@pytest.fixture
def box(server: Mailbox) -> Mailbox:
    for file in (server.base / "mail").rglob("*.test*"):
        file.unlink()
    return server


def mail(n: int) -> bytes:
    return f"Message-ID: <{n}@example.com>\r\nFrom: a@example.com\r\nSubject: {n}\r\n\r\ntext {n}\r\n".encode()


def test_what_is_new_comes_once_in_its_order_and_nothing_is_marked_or_moved(box: Mailbox) -> None:
    for n in range(5):
        box.put(mail(n))
    first = list(imap.fetch(replace(box.settings(), at_once=3), Place()))
    assert [each.raw for each in first] == [mail(n) for n in range(3)]
    assert all(each.size == len(each.raw) for each in first)
    rest = list(imap.fetch(box.settings(), first[-1].place))
    assert [each.raw for each in rest] == [mail(3), mail(4)]
    assert list(imap.fetch(box.settings(), rest[-1].place)) == []
    there = [path.name for path in (box.base / "mail").rglob("*.test*")]
    assert len(there) == 5
    assert not any(":2," in name and "S" in name.partition(":2,")[2] for name in there)


def test_a_mailbox_that_was_made_anew_is_read_from_its_beginning(box: Mailbox) -> None:
    box.put(mail(1))
    (before,) = imap.fetch(box.settings(), Place())
    later = replace(before.place, validity=before.place.validity - 1, uid=10_000)
    assert [each.raw for each in imap.fetch(box.settings(), later)] == [mail(1)]


def test_of_a_huge_piece_the_beginning_comes_with_the_size_of_the_whole(box: Mailbox) -> None:
    raw = mail(1) + b"x" * 300_000
    box.put(raw)
    (found,) = imap.fetch(box.settings(largest=100_000), Place())
    assert (len(found.raw), found.size) == (100_000, len(raw))
    assert raw.startswith(found.raw)


def test_starttls_and_a_wrong_password_and_a_foreign_certificate(box: Mailbox) -> None:
    box.put(mail(1))
    assert len(list(imap.fetch(box.settings(security="starttls", port=box.plain), Place()))) == 1
    with pytest.raises(DeskError, match="refuses") as caught:
        list(imap.fetch(box.settings(password=Secret("wrong")), Place()))
    assert not caught.value.again
    assert "wrong" not in str(caught.value)
    with pytest.raises(DeskError, match="certificate"):
        list(imap.fetch(box.settings(ca_file=""), Place()))
    with pytest.raises(DeskError):
        list(imap.fetch(box.settings(folder="Nowhere"), Place()))


def test_nothing_listens() -> None:
    said = Settings(host="localhost", port=1, user="tac", password_ref="env:X", timeout=2.0)
    with pytest.raises(DeskError, match="localhost:1"):
        list(imap.fetch(said, Place()))


def test_a_password_goes_in_clear_text_to_this_machine_only() -> None:
    with pytest.raises(ValueError, match="clear text"):
        Settings(host="mail.example.com", user="tac", password_ref="env:X", security="none")
    Settings(host="127.0.0.1", user="tac", password_ref="env:X", security="none")
    with pytest.raises(ValueError, match="needs user"):
        Settings(host="mail.example.com")
