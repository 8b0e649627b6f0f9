"""Messages are handed over as they are, once known by their id, and never in clear text by accident."""

import email
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from healthd.errors import NotSent
from healthd.model.message import Attachment, Message
from healthd.model.secret import Secret
from healthd.notify.channels import chat, folder, mail
from healthd.notify.mail import built, message_id

MESSAGE = Message(
    key="daily:ACME:2026-11-21:en:li@example.com",
    channel="mail",
    recipient="li@example.com",
    subject="[ACME] ▲ 1 action needed – daily health 2026-11-21",
    text="One power supply failed.\n",
    html="<p>One power supply failed.</p>",
    attachments=(Attachment(name="daily.pdf", media="application/pdf", data=b"%PDF-1.7 x"),),
    made=datetime(2026, 11, 21, 22, 30, tzinfo=UTC),
    list_id="daily.acme.healthd",
)


class Server:
    """What the SMTP server does and has seen."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = ""

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def smtp() -> Iterator[tuple[Server, mail.Settings]]:
    handler = Server()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, mail.Settings(host="127.0.0.1", port=port, security="none", sender="TAC <tac@example.net>", timeout=5)
    controller.stop()


def test_a_mail_carries_verdict_text_page_and_report(smtp: tuple[Server, mail.Settings]) -> None:
    server, settings = smtp
    assert mail.send(settings, MESSAGE) == f"{settings.host}:{settings.port}"
    (got,) = server.mails
    assert got["Subject"] == MESSAGE.subject
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["List-Id"] == "<daily.acme.healthd>"
    assert got.get_body(("plain",)).get_content().replace("\r\n", "\n") == MESSAGE.text  # type: ignore[union-attr]
    assert "<p>" in got.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert [a.get_content() for a in got.iter_attachments()] == [b"%PDF-1.7 x"]


def test_a_repeated_mail_has_the_same_id_and_another_message_another(smtp: tuple[Server, mail.Settings]) -> None:
    server, settings = smtp
    mail.send(settings, MESSAGE)
    mail.send(settings, MESSAGE)
    mail.send(settings, replace(MESSAGE, key="other"))
    ids = [m["Message-ID"] for m in server.mails]
    assert ids[0] == ids[1] == message_id(MESSAGE.key, settings.sender)
    assert ids[2] != ids[0]


@pytest.mark.parametrize(("answer", "permanent"), [("550 no such user", True), ("451 try later", False)])
def test_a_refusal_says_whether_trying_again_is_vain(smtp: tuple[Server, mail.Settings], answer: str, permanent: bool) -> None:
    server, settings = smtp
    server.refuse = answer
    with pytest.raises(NotSent, match=answer[:3]) as caught:
        mail.send(settings, MESSAGE)
    assert caught.value.permanent is permanent


def test_no_mail_goes_in_clear_text_when_tls_was_asked_for(smtp: tuple[Server, mail.Settings]) -> None:
    server, settings = smtp
    with pytest.raises(NotSent, match="STARTTLS"):
        mail.send(replace(settings, security="starttls"), MESSAGE)
    assert not server.mails


def test_a_wrong_password_is_no_permanent_fault_and_is_not_shown() -> None:
    handler = Server()

    def nobody(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        return AuthResult(success=False, handled=False)

    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, authenticator=nobody, auth_required=True, auth_require_tls=False)
    controller.start()
    try:
        settings = mail.Settings(host="127.0.0.1", port=port, security="none", user="tac", password=Secret("canary-77"), timeout=5)
        with pytest.raises(NotSent) as caught:
            mail.send(settings, MESSAGE)
    finally:
        controller.stop()
    assert not caught.value.permanent
    assert "canary-77" not in f"{caught.value} {settings!r}"


def test_a_dead_server_is_a_fault_that_passes() -> None:
    with pytest.raises(NotSent) as caught:
        mail.send(mail.Settings(host="127.0.0.1", port=9, security="none", timeout=2), MESSAGE)
    assert not caught.value.permanent


def test_a_device_name_cannot_add_a_header() -> None:
    made = built(
        replace(MESSAGE, subject="sw1\r\nBcc: evil@example.com\x00 down", recipient="a@example.com\nBcc: b@example.com"), "tac@example.net"
    )
    parsed = email.message_from_bytes(made.as_bytes(), policy=default)
    assert parsed["Bcc"] is None
    assert "\n" not in parsed["Subject"]


def test_the_folder_holds_each_message_once(tmp_path: Path) -> None:
    settings = folder.Settings(path=tmp_path / "outbox")
    folder.send(settings, MESSAGE)
    folder.send(settings, MESSAGE)
    (file,) = (tmp_path / "outbox").iterdir()
    assert email.message_from_bytes(file.read_bytes(), policy=default)["Subject"] == MESSAGE.subject


def test_a_key_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder.send(folder.Settings(path=tmp_path / "outbox"), replace(MESSAGE, key="../../x/y"))
    assert [p.parent for p in tmp_path.rglob("*.eml")] == [tmp_path / "outbox"]


def test_an_unknown_chat_target_is_told_without_any_address() -> None:
    with pytest.raises(NotSent, match="no chat target 'noc'; there are: duty") as caught:
        chat.send(chat.Settings(urls={"duty": Secret("wecombot://token")}), replace(MESSAGE, recipient="noc"))
    assert caught.value.permanent


def test_tls_from_the_start_checks_the_servers_certificate(smtp: tuple[Server, mail.Settings]) -> None:
    with pytest.raises(NotSent):
        mail.send(replace(smtp[1], security="tls"), MESSAGE)
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED
