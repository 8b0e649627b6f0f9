"""The mailroom and its mailbox as settings and inventory say them, for commands and for the daemon."""

from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING

from healthd.cli._context import Context
from healthd.inventory.credentials import fetch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthd.daemon.intake_mail import MailIntake
    from healthd.desk.mailroom import Mailroom
    from healthd.model.message import Message
    from healthd.model.tray import TrayItem
    from healthd.transports.imap import Settings


def settings(there: Context) -> "Settings":
    """Return the table [intake.mail] with its password.

    Raises:
        ConfigError: it has a mistake, or the reference leads nowhere.
    """
    from healthd.transports.imap import Settings

    said = there.settings("intake.mail", Settings)
    return replace(said, password=fetch(said.password_ref, "[intake.mail] password_ref")) if said.password_ref else said


def room(there: Context, said: "Settings") -> "Mailroom":
    """Return the mailroom: it knows the customers, their devices, and our own addresses."""
    from healthd.desk import roster
    from healthd.desk.calling import Calling
    from healthd.desk.mailroom import Mailroom
    from healthd.notify.channels import folder, mail
    from healthd.reports.language import language

    tac, customers = there.inventory.tac, there.customers()
    senders = (there.settings("notify.mail", mail.Settings).sender, there.settings("notify.folder", folder.Settings).sender)
    own = {parseaddr(sender)[1].lower() for sender in senders} | set(said.own) | ({said.user.lower()} if "@" in said.user else set())

    def warn(item: "TrayItem", now: datetime) -> "Sequence[Message]":
        calls = Calling(customers=customers, tac=roster.current(tac), speak=lambda code, phrase: language(code).sentence(phrase), now=now)
        return calls.messages(item)

    return Mailroom(
        customers=customers,
        devices=there.devices(),
        warn=warn,
        fax=frozenset(said.fax),
        own=frozenset(own),
        hourly=said.hourly,
        authenticator=said.authenticator,
    )


def part(there: Context) -> "MailIntake":
    """Return the daemon's part for mail; it does nothing without a mailbox."""
    from healthd.daemon.intake_mail import MailIntake

    said = settings(there)
    return MailIntake(settings=said, room=room(there, said))
