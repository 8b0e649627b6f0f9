"""A mailbox over IMAP (RFC 3501), read only: what is new is handed on raw, nothing is deleted, moved or marked.

What was taken is known by UIDVALIDITY and UID, not by flags: people and other
programs read the same mailbox and set them. The server is asked with
BODY.PEEK, so that it looks unread for people until somebody reads it.
"""

import contextlib
import imaplib
import ipaddress
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from healthd.errors import DeskError
from healthd.model.secret import Secret
from healthd.model.setting import bound, check, chosen, formed

# A reply's line may be longer than imaplib allows: the list of a large mailbox stands in one.
imaplib._MAXLINE = max(imaplib._MAXLINE, 10_000_000)  # type: ignore[attr-defined]  # noqa: SLF001
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"\bUID (\d+)")


def _is_list(said: tuple[str, ...]) -> bool:
    return all("@" in each and each == each.lower() and " " not in each for each in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[intake.mail]``: the service mailbox. Without a *host* none is read.

    *fax* are addresses of fax gateways; *own* are further addresses of ours,
    whose mail is never taken for a customer's. *authenticator* is the name
    with which our mail server signs Authentication-Results: with it a sender
    counts as a contact only when that server vouches for the address.
    """

    host: str = ""
    port: int = bound(993, least=1, most=65_535)
    security: str = chosen("tls", "tls", "starttls", "none")
    user: str = ""
    password_ref: str = ""
    folder: str = "INBOX"
    ca_file: str = ""
    every_s: float = bound(60.0, least=5, most=86_400)
    timeout: float = bound(30.0, above=0, most=600)
    at_once: int = bound(200, least=1, most=10_000)
    largest: int = bound(20_000_000, least=10_000, most=20_000_000)
    hourly: int = bound(10, least=1)
    fax: tuple[str, ...] = formed((), "a list of addresses in lower case", _is_list)
    own: tuple[str, ...] = formed((), "a list of addresses in lower case", _is_list)
    authenticator: str = ""
    password: Secret | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        check(self)
        if self.host and not (self.user and self.password_ref):
            raise ValueError("host needs user and password_ref too")
        if self.security == "none" and self.host and not _is_here(self.host):
            raise ValueError('security = "none" would send the password in clear text; it is allowed on this machine only')


def _is_here(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Up to where a mailbox was read: *validity* changes when its UIDs begin anew."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One piece of mail as it is there; *size* in octets is that of the whole, of which *raw* may be the beginning."""

    place: Place
    raw: bytes
    size: int


def fetch(settings: Settings, after: Place) -> Iterator[Taken]:
    """Yield the mail that came after *after*, the oldest first, at most ``at_once``; all of it when the mailbox was made anew.

    Raises:
        DeskError: the server cannot be reached, does not let us in, or breaks off.
    """
    try:
        with _opened(settings) as mailbox:
            validity = _validity(mailbox, settings.folder)
            last = after.uid if validity == after.validity else 0
            uids = sorted(uid for uid in map(int, mailbox.uids(f"UID {last + 1}:*", charset="US-ASCII")) if uid > last)
            for uid in uids[: settings.at_once]:
                if found := _one(mailbox, uid, settings.largest):
                    yield Taken(place=Place(validity=validity, uid=uid), raw=found[0], size=found[1])
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise DeskError(f"{settings.host} refuses: {_words(error)}", again="AUTHENTICATIONFAILED" not in str(error)) from None
    except (OSError, ValueError) as error:
        raise DeskError(f"{settings.host}:{settings.port}: {_words(error)}") from None


@contextlib.contextmanager
def _opened(settings: Settings) -> Iterator[BaseMailBox]:
    mailbox = _connected(settings)
    try:
        mailbox.login(settings.user, settings.password.reveal() if settings.password else "", initial_folder=None)
        mailbox.folder.set(settings.folder, readonly=True)
        yield mailbox
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
            mailbox.client.shutdown()


def _connected(settings: Settings) -> BaseMailBox:
    context = ssl.create_default_context(cafile=settings.ca_file or None)
    ways: dict[str, Callable[[], BaseMailBox]] = {
        "tls": lambda: MailBox(settings.host, settings.port, timeout=settings.timeout, ssl_context=context),
        "starttls": lambda: MailBoxStartTls(settings.host, settings.port, timeout=settings.timeout, ssl_context=context),
        "none": lambda: MailBoxUnencrypted(settings.host, settings.port, timeout=settings.timeout),
    }
    return ways[settings.security]()


def _validity(mailbox: BaseMailBox, folder: str) -> int:
    return int(mailbox.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])


def _one(mailbox: BaseMailBox, uid: int, largest: int) -> tuple[bytes, int] | None:
    """Return the mail *uid*, or its first *largest* octets, and its whole size; None when it went away meanwhile."""
    status, said = mailbox.client.uid("FETCH", str(uid), f"(UID RFC822.SIZE BODY.PEEK[]<0.{largest}>)")
    if status != "OK":
        raise imaplib.IMAP4.error(f"FETCH {uid}: {said!r}"[:200])
    for part in said:
        if isinstance(part, tuple) and (named := _UID.search(part[0])) and int(named[1]) == uid:
            size = _SIZE.search(part[0])
            return part[1], int(size[1]) if size else len(part[1])
    return None


def _words(error: Exception) -> str:
    text = str(error)
    return "".join(c if c.isprintable() else " " for c in text)[:200] or type(error).__name__
