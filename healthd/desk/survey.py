"""How satisfied the customer is: one question with a signed token instead of a login, and one answer.

The token says which case it is for and that healthd made it (HMAC, RFC 2104);
it is short enough to be read out.
"""

import base64
import hmac
import re
from dataclasses import replace
from datetime import datetime

from healthd.desk import desk
from healthd.errors import NotAllowed
from healthd.model.case import Case, Channel, Did, Entry, State
from healthd.store import keys

PURPOSE = "survey"
_ENDS = r"[.,;:!。，；：！–—-]"
_MARK = re.compile(rf"([1-5])\s*(?:(?:/\s*5|分|points?)\s*{_ENDS}?\s*(.*)|{_ENDS}(?!\d)\s*(.*))?")
"""A line that is a mark and nothing else, or a mark and then, parted from it, words: "5", "4分，很好", "3 - slow"; not "5 devices are down"."""
_LETTERS = 16
"""Of 32 letters each: 80 bits."""


def signed(number: str, key: bytes) -> str:
    """Return the token by which the customer of the case *number* answers."""
    digest = hmac.digest(key, f"{PURPOSE}:{number}".encode(), "sha256")
    return f"{number}-{base64.b32encode(digest).decode().lower()[:_LETTERS]}"


def meant(token: str, key: bytes) -> str:
    """Return the number of the case that *token* is for.

    Raises:
        NotAllowed: healthd did not make it.
    """
    plain = token.strip().lower()
    number = plain.rpartition("-")[0]
    if number and hmac.compare_digest(signed(number, key).encode(), plain.encode("utf-8", "replace")):
        return number
    raise NotAllowed(f"{token!r} is no token of a survey; look at the message, it has letters and digits after the case's number")


def token(number: str, now: datetime) -> str:
    """Return the token of the case *number*, with the key of this database."""
    return signed(number, keys.signing(PURPOSE, now))


def rates(case: Case, words: str) -> bool:
    """Are somebody's *words* to *case* the answer to its survey?"""
    return case.state is State.CLOSED and _MARK.fullmatch(words.strip().partition("\n")[0].strip()) is not None


def rated(case: Case, entry: Entry, words: str) -> Entry:
    """Return *entry*, in which somebody of the customer's says *words* to *case*, as the answer to its survey where it is one."""
    first, _, rest = words.strip().partition("\n")
    found = _MARK.fullmatch(first.strip())
    if case.state is not State.CLOSED or found is None:
        return entry
    comment = "\n".join(filter(None, ((found[2] or found[3] or "").strip(), rest.strip())))
    return replace(entry, did=Did.SURVEYED, text=comment, facts=(*entry.facts, ("mark", found[1])))


def answered(  # noqa: PLR0913 - who, what, over which channel, and when
    number: str,
    mark: int,
    now: datetime,
    *,
    comment: str = "",
    who: str = "customer",
    channel: Channel = Channel.WEB,
    tell: desk.Tell | None = None,
) -> Case:
    """Write the customer's *mark* (1 bad to 5 very good) into the case *number*; low marks reach the manager.

    Raises:
        NotAllowed: the case is not closed, or has its answer already.
    """
    entry = Entry(at=now, who=who, channel=channel, did=Did.SURVEYED, text=comment.strip(), facts=(("mark", str(mark)),))
    return desk.act(number, entry, now=now, tell=tell)
