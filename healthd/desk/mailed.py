"""Reading a piece of mail: whatever the bytes are, there is something to show, and nothing raises or runs away.

The standard library's parser with its older policy: it takes headers that
were never encoded, charsets that do not exist and MIME that does not end.
Chinese mail says GB2312 and means GB 18030 (GB 18030-2022 §1: a superset).
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses
from html import unescape
from html.parser import HTMLParser

from healthd.desk import replies
from healthd.desk.quoted import own_words
from healthd.model.message import Attachment
from healthd.model.tray import Mail

LONGEST = 50_000
MOST_FILES, LARGEST = 30, 15_000_000
_DEEPEST = 60
"""Boundaries in one mail; the parser looks at every line for each of those it is inside of."""
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "iso-8859-1": "cp1252"}
_GUESSES = ("utf-8", "gb18030", "cp1252")
_ID = re.compile(r"<[^<>\s]{3,250}>")
_AWAY = re.compile(r"(?i)\s*(?:automatic reply|auto[- ]?reply|autoreply|out of (?:the )?office|自动回复|自動回[覆复]|外出)\b|\s*自动回复")
"""Subjects of auto-replies whose mail programs mark them in no other way."""
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A mail and its files; *files* of the mail are filled in when they are kept."""

    mail: Mail
    files: tuple[Attachment, ...] = ()


def read(id_: str, raw: bytes, at: datetime, size: int = 0, authenticator: str = "") -> Read:
    """Return the mail *raw* that came *at*; of *size* octets when that is more than there is here."""
    notes = [f"cut: {size:,} octets, of which {len(raw):,} are here"] if size > len(raw) else []
    try:
        message = _parsed(raw, notes)
        parts = tuple(_parts(message, notes))
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        notes.append(f"not readable: {type(error).__name__}")
        message, parts = Message(policy=policy.compat32), ()
    texts = [part for part in parts if isinstance(part, str)]
    whole = "\n".join(texts)[: 4 * LONGEST]
    *others, (name, sender) = _addresses(message, "From") or [("", "")]
    # "li@acme <stranger@x>" reads as two addresses: nobody knows who that is.
    one = not others and sum(key.lower() == "from" for key in message.keys()) <= 1  # noqa: SIM118 - a Message is no mapping
    mail = Mail(
        id=_header(message, "Message-ID")[:250] or id_,
        at=at,
        sender=sender,
        name=name[:200],
        to=tuple(address for field in ("To", "Cc") for _, address in _addresses(message, field))[:50],
        subject=_header(message, "Subject")[:500],
        text=own_words(whole)[:LONGEST],
        threads=tuple(dict.fromkeys(_ID.findall(f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}")))[:100],
        tokens=replies.lines(whole),
        machine=_machine(message, sender),
        trusted=one and _trusted(message, sender, authenticator),
        size=max(size, len(raw)),
        notes=tuple(notes),
    )
    return Read(mail=mail, files=tuple(part for part in parts if isinstance(part, Attachment)))


def _parsed(raw: bytes, notes: list[str]) -> Message:
    headers_only = len(_BOUNDARY.findall(raw)) > _DEEPEST
    if headers_only:
        notes.append("only its headers were read: it is nested too deeply")
    return BytesParser(policy=policy.compat32).parsebytes(raw, headersonly=headers_only)


def _parts(message: Message, notes: list[str]) -> Iterator[str | Attachment]:
    """Yield the texts and the files of *message*; of two forms of one text, the plain one."""
    room, count, plain = LARGEST, 0, False
    for part in message.walk():
        if part.is_multipart():
            continue
        data = _data(part)
        kind, name = part.get_content_type(), _file_name(part)
        if kind in ("text/plain", "text/html") and not name and part.get_content_disposition() != "attachment":
            if kind == "text/plain" or not plain:
                text = _decoded(data[: 8 * LONGEST], str(part.get_content_charset() or ""))
                yield text if kind == "text/plain" else _bare(text)
            plain = plain or (kind == "text/plain" and bool(data.strip()))
            continue
        if count >= MOST_FILES or len(data) > room:
            notes.append(f"a file is not kept apart: {name or kind} ({len(data):,} octets)")
            continue
        room, count = room - len(data), count + 1
        yield Attachment(name=name or f"part-{count}.{_ending(kind)}", media=kind, data=data)


def _data(part: Message) -> bytes:
    """Return what the part holds; an encoding that is broken gives what can be read of it."""
    try:
        found = part.get_payload(decode=True)
    except (binascii.Error, ValueError, AssertionError):
        found = None
    return found if isinstance(found, bytes) else b""


def _decoded(data: bytes, charset: str) -> str:
    said = _SUPERSETS.get(charset.lower().strip(), charset.strip())
    for name in (said, *_GUESSES):
        try:
            return data.decode(name)
        except (LookupError, ValueError):  # no such charset, or a wrong one
            continue
    # A text that was cut in the middle of a character, or lies about itself.
    try:
        return data.decode(said or "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _header(message: Message, name: str) -> str:
    """Return a header's words in one line; bytes that were never encoded are guessed at."""
    return " ".join(_words(message, name).split())


def _words(message: Message, name: str) -> str:
    found = _raw(message, name)
    try:
        return "".join(_decoded(part, charset or "") if isinstance(part, bytes) else _bytes(part) for part, charset in decode_header(found))
    except (HeaderParseError, ValueError, LookupError, binascii.Error):
        return found


def _raw(message: Message, name: str) -> str:
    found = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return _bytes(str(found))


def _bytes(text: str) -> str:
    """Return *text* with the bytes that the parser smuggled through (surrogates) decoded."""
    try:
        return _decoded(text.encode("ascii", "surrogateescape"), "") if not text.isascii() else text
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """Return names and addresses of a header; an address is taken before names are decoded, so that no name can pose as one."""
    found = []
    for said, address in getaddresses([_raw(message, name)[:20_000]])[:100]:
        if "@" in address and address.isprintable():
            named = Message(policy=policy.compat32)
            named["Subject"] = said
            found.append((_header(named, "Subject"), address.strip().lower()[:250]))
    return found


def _machine(message: Message, sender: str) -> str:
    """Return what says that no person wrote this (RFC 3834, RFC 2369, RFC 3464); empty when nothing does."""
    auto = _header(message, "Auto-Submitted").lower().partition(";")[0].strip()
    precedence = _header(message, "Precedence").lower()
    is_reply = auto == "auto-replied" or precedence == "auto_reply" or _AWAY.match(_header(message, "Subject"))
    names = {key.lower() for key in message.keys()}  # noqa: SIM118 - a Message is no mapping
    signs = (
        ("own", "x-healthd-case" in names),
        ("auto-replied", is_reply or names & {"x-autoreply", "x-autorespond"}),
        ("bounce", _header(message, "Return-Path") == "<>" or message.get_content_type() == "multipart/report"),
        ("bounce", sender.partition("@")[0] in ("mailer-daemon", "postmaster")),
        ("list", any(name.startswith("list-") for name in names)),
        ("bulk", precedence in ("bulk", "junk", "list")),
        ("auto-generated", auto not in ("", "no")),
        ("no sender", not sender),
    )
    return next((word for word, holds in signs if holds), "")


def _trusted(message: Message, sender: str, authenticator: str) -> bool:
    """Does our own mail server vouch for *sender* (RFC 8601)? Without one that is set up, everybody is believed."""
    if not authenticator:
        return True
    # Our server writes its line above those that came along.
    first = _header(message, "Authentication-Results").lower()
    named, _, results = first.partition(";")
    domain = re.escape(sender.rpartition("@")[2])
    vouched = re.search(r"\bdmarc=pass\b", results) or re.search(rf"\bdkim=pass\b[^;]*header\.[di]=@?{domain}\b", results)
    return named.split(" ")[0] == authenticator.lower() and bool(vouched)


def _file_name(part: Message) -> str:
    try:
        found = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError):
        return "unnamed"
    if not found:
        return ""
    named = Message(policy=policy.compat32)
    named["Subject"] = " ".join(found.split())
    plain = _header(named, "Subject").replace("\\", "/").rpartition("/")[2]
    return "".join(c if c.isprintable() else "_" for c in plain)[:200].lstrip(".") or "unnamed"


def _ending(kind: str) -> str:
    return {"image/tiff": "tif", "image/jpeg": "jpg", "message/rfc822": "eml"}.get(
        kind, re.sub(r"[^a-z0-9]", "", kind.rpartition("/")[2])[:8] or "bin"
    )


class _Text(HTMLParser):
    """Collects what a reader sees of a page; what stands in scripts and styles is none of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._hidden += tag in ("script", "style", "head", "title")
        if tag in ("br", "p", "div", "tr", "li", "h1", "h2", "h3"):
            self.parts.append("\n")
        elif tag == "blockquote":
            self.parts.append("\n> ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "head", "title") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _bare(page: str) -> str:
    """Return the words of an HTML page."""
    reader = _Text()
    try:
        reader.feed(page)
        reader.close()
    except (ValueError, AssertionError, RecursionError):
        return unescape(re.sub(r"<[^>]*>", " ", page))
    return "".join(reader.parts)
