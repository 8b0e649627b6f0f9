"""How an answer to one of our messages is known again: by a mark that only we can make (HMAC, RFC 2104).

A case's number is no secret: whoever knows one could write into a foreign
case. So every message about a case carries the mark twice: hidden in a
Message-ID that mail programs repeat in ``References`` (RFC 5322 §3.6.4), and
as a line at the end of its text, for programs that break the headers.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime

from healthd.store import keys

PURPOSE = "reply"
_LETTERS = 16
"""Of 32 letters each: 80 bits."""
NUMBER = r"\d{4}-\d{4,}"
_LINE = re.compile(rf"\[healthd:({NUMBER})-([a-z2-7]{{{_LETTERS}}})\]", re.IGNORECASE)
_THREAD = re.compile(rf"<?case\.({NUMBER})(?:\.\d+)?\.([0-9a-f]{{32}})@", re.IGNORECASE)
_SUBJECT = re.compile(rf"\[\s*case\s*[:#]?\s*({NUMBER})\s*\]", re.IGNORECASE)


def key(now: datetime) -> bytes:
    """Return the key of this database."""
    return keys.signing(PURPOSE, now)


def signed(number: str, secret: bytes) -> str:
    """Return the mark of the case *number*."""
    digest = hmac.digest(secret, f"{PURPOSE}:{number}".encode(), "sha256")
    return base64.b32encode(digest).decode().lower()[:_LETTERS]


def line(number: str, secret: bytes) -> str:
    """Return the line that stands at the end of a message about the case *number*."""
    return f"[healthd:{number}-{signed(number, secret)}]"


def thread(number: str, secret: bytes) -> str:
    """Return the key of the thread of the case *number*: what ``notify.mail.message_id`` makes of it, nobody can guess."""
    return f"case:{number}:{signed(number, secret)}"


def in_headers(ids: tuple[str, ...], secret: bytes) -> str:
    """Return the number of the case that one of the Message-IDs *ids* is the thread of; empty when none is."""
    for each in ids:
        if (found := _THREAD.match(each)) and _same(hashlib.sha256(thread(found[1], secret).encode()).hexdigest()[:32], found[2]):
            return found[1]
    return ""


def in_subject(subject: str) -> str:
    """Return the number of the case in ``[Case 2611-0042]``; empty when there is none. It proves nothing."""
    found = _SUBJECT.search(subject)
    return found[1] if found else ""


def in_text(lines: tuple[str, ...], secret: bytes) -> str:
    """Return the number of the case whose line is among *lines*; empty when none is ours."""
    for each in lines:
        if (found := _LINE.fullmatch(each)) and _same(signed(found[1], secret), found[2]):
            return found[1]
    return ""


def lines(text: str) -> tuple[str, ...]:
    """Return the lines in *text* that look like ours, at most 20."""
    return tuple(dict.fromkeys(found[0] for found in list(_LINE.finditer(text))[:20]))


def _same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.lower().encode())
