"""From a real mailbox through the tray into a case, and through crashes: no piece is lost, none is taken twice."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from healthd.daemon.intake_mail import MailIntake
from healthd.desk import mailroom
from healthd.desk.mailroom import Mailroom
from healthd.errors import DeskError
from healthd.model.tray import TrayStage
from tests.transports import mailbox
from tests.transports.mailbox import Mailbox

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    with mailbox.serving() as found:
        yield found


def mail(n: int) -> bytes:
    return f"Message-ID: <{n}@example.com>\r\nFrom: a{n}@example.com\r\nSubject: {n}\r\n\r\ntext {n}\r\n".encode()


def waiting() -> list[str]:
    return sorted(item.mail.subject for item in mailroom.listed((TrayStage.WAITING,)))


@pytest.mark.usefixtures("sqlite_store")
def test_no_piece_is_lost_and_none_taken_twice(server: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = MailIntake(settings=server.settings(), room=Mailroom(customers=(), devices=()))
    for n in range(5):
        server.put(mail(n))
    monkeypatch.setenv("HEALTHD_TEST", "1")
    monkeypatch.setattr("healthd.faultpoint._passed", Counter())
    monkeypatch.setenv("HEALTHD_FAULT", "mail-kept@3:raise")  # after the piece was kept, before its place was
    with pytest.raises(OSError, match="injected"):
        intake.turn(lambda: NOW)
    monkeypatch.delenv("HEALTHD_FAULT")
    assert intake.turn(lambda: NOW) == 3
    assert intake.turn(lambda: NOW) == 0
    assert waiting() == ["0", "1", "2", "3", "4"]
    server.begun_anew()  # all of it comes again
    intake.turn(lambda: NOW)
    assert waiting() == ["0", "1", "2", "3", "4"]


@pytest.mark.usefixtures("sqlite_store")
def test_a_mailbox_that_does_not_answer_is_told_and_what_came_before_is_placed(server: Mailbox) -> None:
    mailroom.keep(mail(7), 0, NOW)
    intake = MailIntake(settings=server.settings(port=1, timeout=1.0), room=Mailroom(customers=(), devices=()))
    with pytest.raises(DeskError):
        intake.turn(lambda: NOW)
    assert waiting() == ["7"]
