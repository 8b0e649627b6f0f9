"""How messages are handed over, as the settings say: mail by a server or into a folder, chat and SMS by apprise."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from healthd.cli._context import Context
from healthd.inventory.credentials import fetch

if TYPE_CHECKING:
    from healthd.delivery import Pace, Send


def channels(there: Context) -> "tuple[Mapping[str, Send], Mapping[str, Pace], str]":
    """Return how to hand over and how fast, by channel, and the domain we send from.

    Without a mail server mail is left in a folder, for somebody to look at.
    """
    from healthd.delivery import Pace
    from healthd.notify.channels import chat, folder, mail

    config = there.config
    post, left = config.settings("notify.mail", mail.Settings), config.settings("notify.folder", folder.Settings)
    talk = config.settings("notify.chat", chat.Settings)
    if post.password_ref:
        post = replace(post, password=fetch(post.password_ref, "[notify.mail] password_ref"))
    talk = replace(talk, urls={name: fetch(reference, f"[notify.chat] {name}") for name, reference in talk.targets.items()})
    if not left.path.is_absolute():
        left = replace(left, path=there.data / left.path)
    found: dict[str, Send] = {
        "mail": (lambda message: mail.send(post, message)) if post.host else (lambda message: folder.send(left, message)),
        "folder": lambda message: folder.send(left, message),
        "chat": lambda message: chat.send(talk, message),
    }
    # DingTalk allows 20 messages a minute and bans for ten minutes above it; half of that leaves room for others.
    paces = {"chat": Pace(rate=10, per=timedelta(minutes=1))}
    return found, paces, parseaddr(post.sender if post.host else left.sender)[1].rpartition("@")[2] or "localhost"
