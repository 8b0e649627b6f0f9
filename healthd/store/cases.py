"""Cases of the embedded desk: their number, their lines and the messages about them, kept together or not at all.

A case's token has a record of its own, so that the database itself refuses a
second case with it, whoever asks at the same moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models.functions import Length

from healthd.errors import Conflict
from healthd.faultpoint import faultpoint
from healthd.model.case import Case, Entry, Opening
from healthd.model.message import Message
from healthd.model.record import Head
from healthd.store import _codec, journal, outbox
from healthd.store._ready import models
from healthd.store._transact import Held, reads, writes
from healthd.store.delegated import delegable

KIND, TOKEN = "case", "case-token"
TRIES = 100
LATELY = 500
"""Cases, the newest changed first, that are looked through for words that nobody was told."""
Make = Callable[[str], tuple[Case, Sequence[Opening | Entry], Sequence[Message]]]
"""Makes the case of a number, with its first lines and what people are told of it."""


def given(token: str, prefix: str, make: Make, now: datetime) -> str:
    """Begin what *make* makes with the next number after *prefix*; return it, or the number of the case that *token* has already.

    Where a daemon holds the database it writes for us, and looks whether the number is still free.
    """
    try:
        return _given(token, prefix, make, now)
    except Held:
        for _ in range(TRIES):
            try:
                return number(token) or begin(*make(_next(prefix)), now)
            except Conflict:  # somebody else got the number
                continue
        raise


@writes
def _given(token: str, prefix: str, make: Make, now: datetime) -> str:
    journal.lock()
    return number(token) or begin(*make(_next(prefix)), now)


@delegable
@writes
def begin(case: Case, lines: Sequence[Opening | Entry], messages: Sequence[Message], now: datetime) -> str:
    """Begin *case* with *lines*, and put *messages* into the outbox; return its number, or the one that its token has already.

    Raises:
        Conflict: the number was given to another case.
    """
    journal.lock()
    token = case.opening.token
    if there := number(token):
        return there
    journal.begin(Head(kind=TOKEN, number=token, customer=case.customer, value=case.number, open=False), (), now)
    journal.begin(_head(case), lines, now)
    faultpoint("case.before_notice")
    outbox.put(case.customer, messages, now)
    return case.number


@delegable
@writes
def add(case: Case, read: int, lines: Sequence[Entry], messages: Sequence[Message], now: datetime) -> None:
    """Add *lines* to the case of which *read* lines were read; it is now *case*, and *messages* tell of it.

    Raises:
        Conflict: somebody else has changed it since.
    """
    journal.add(replace(_head(case), version=read), lines, now)
    faultpoint("case.before_notice")
    outbox.put(case.customer, messages, now)


@reads
def number(token: str) -> str:
    """Return the number of the case that has *token*, empty when none has."""
    row = models.Record.objects.filter(kind=TOKEN, number=token).exists()
    return str(journal.head(TOKEN, token).value) if row else ""


@reads
def untold() -> tuple[Case, ...]:
    """Return, of the cases that were changed lately, those of whose newest lines nobody was told; the one that waits longest first."""
    newest = models.Record.objects.filter(kind=KIND).order_by("-changed").values_list("version", "head")[:LATELY]
    found = [(version, _codec.unpack(head)) for version, head in newest]
    return tuple(case for version, case in reversed(found) if case.told < version)


def _head(case: Case) -> Head:
    value = replace(case, entries=())
    return Head(kind=KIND, number=case.number, customer=case.customer, value=value, key=case.key, state=case.state, open=case.is_open)


def _next(prefix: str) -> str:
    rows = models.Record.objects.filter(kind=KIND, number__startswith=prefix)
    last = rows.annotate(size=Length("number")).order_by("-size", "-number").values_list("number", flat=True).first()
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04}"
