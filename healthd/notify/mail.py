"""A message as mail (RFC 5322): text and HTML side by side, files attached, marked as written by a machine."""

import hashlib
import re
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from healthd.model.message import Message

_CASE = re.compile(r"case:[A-Za-z0-9-]+(:\d+)?")


def built(message: Message, sender: str) -> EmailMessage:
    """Return *message* as mail from *sender* (``healthd <tac@example.com>``).

    Line breaks cannot get into headers: device names and other text from
    outside stand in subjects.
    """
    mail = EmailMessage()
    mail["Message-ID"] = message_id(message.key, sender)
    mail["Date"] = format_datetime(message.made)
    mail["From"] = sender
    mail["To"] = _one_line(message.recipient)
    mail["Subject"] = _one_line(message.subject)
    # RFC 3834: nobody's out-of-office should answer a machine.
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.language
    if message.list_id:
        mail["List-Id"] = f"<{_one_line(message.list_id)}>"
        mail["Precedence"] = "list"
    if message.thread:
        mail["In-Reply-To"] = mail["References"] = message_id(message.thread, sender)
    if message.case:
        mail["X-Healthd-Case"] = _one_line(message.case)
    if message.urgent:
        mail["Importance"] = "high"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    for file in message.attachments:
        kind, _, sub = file.media.partition("/")
        mail.add_attachment(file.data, maintype=kind, subtype=sub or "octet-stream", filename=_one_line(file.name))
    return mail


def message_id(key: str, sender: str) -> str:
    """Return the Message-ID for *key*: the same on every try, whoever sends it again.

    That of a case's message (``case:2611-0042:7:…``) begins with the case and the
    number of its entry, so that an answer is known again by it alone.
    """
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    case = _CASE.match(key)
    about = f"{case[0].replace(':', '.')}." if case else ""
    return f"<{about}{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
