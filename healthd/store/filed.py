"""Where cases were filed: the ticket of each token as last seen on its desk, and what was said there.

A record of the kind ``external``: its lines are the ticket as it was made,
then the words that came back, each once by its mark.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from healthd.model.action import Filed, Ticket, Word
from healthd.model.record import Head
from healthd.store import journal
from healthd.store._moment import micros
from healthd.store._ready import models
from healthd.store._transact import reads, writes

KIND = "external"
CHECK = "check"


@writes
def keep(customer: str, token: str, filed: Filed, now: datetime) -> None:
    """Keep that the case *token* was filed; one that is there already gets the new ticket and checks."""
    known = _known(token)
    if known is None:
        journal.begin(_head(customer, token, filed), [filed.ticket], now)
    elif known.value != filed:
        lines = [filed.ticket] if known.value.ticket != filed.ticket else []
        journal.add(replace(_head(known.customer, token, filed), version=known.version), lines, now)


@reads
def filed(token: str) -> Filed | None:
    """Return where the case *token* was filed, None when it was not yet."""
    known = _known(token)
    return known.value if known else None


@writes
def heard(token: str, words: Sequence[Word], now: datetime) -> tuple[Word, ...]:
    """Keep the *words* about the case *token* that are new, change its ticket as they say, and return them."""
    known = _known(token)
    if known is None:
        return ()
    seen = {each.mark for each in said(token)}
    new = tuple({each.mark: each for each in words if each.mark not in seen}.values())
    ticket: Ticket = known.value.ticket
    for each in new:
        ticket = after(ticket, each)
    if new:
        journal.add(replace(_head(known.customer, token, replace(known.value, ticket=ticket)), version=known.version), new, now)
    return new


def after(ticket: Ticket, word: Word) -> Ticket:
    """Return *ticket* as *word* makes it."""
    status = {"status": word.status, "over": word.over} if word.status else {}
    return replace(ticket, cisco=word.cisco or ticket.cisco, id=word.ticket or ticket.id, **status)


@reads
def said(token: str) -> tuple[Word, ...]:
    """Return what was said on the desk about the case *token*, oldest first."""
    return tuple(line for line in journal.lines(KIND, token) if isinstance(line, Word))


@reads
def watched(backend: str, now: datetime, after_end: timedelta) -> tuple[Head, ...]:
    """Return the records of the desk *backend* that are open, or were last changed within *after_end*."""
    rows = models.Record.objects.filter(kind=KIND, key=backend).filter(Q(open=True) | Q(changed__gte=micros(now - after_end)))
    return tuple(journal.told(row) for row in rows.order_by("id"))


@reads
def doubtful(backend: str, now: datetime, most: int = 20) -> tuple[Head, ...]:
    """Return up to *most* records of *backend* for whose doubles it is time to look, the longest due first."""
    rows = models.Record.objects.filter(kind=KIND, key=backend, state__startswith=CHECK, state__lte=_state(now))
    return tuple(journal.told(row) for row in rows.order_by("state")[:most])


def _state(at: datetime) -> str:
    """Return the state of a record whose next look for doubles is *at*: one that sorts by time."""
    return f"{CHECK} {micros(at):020d}"


def _known(token: str) -> Head | None:
    row = models.Record.objects.filter(kind=KIND, number=token).first()
    return journal.told(row) if row else None


def _head(customer: str, token: str, value: Filed) -> Head:
    state = _state(value.checks[0]) if value.checks else ""
    return Head(kind=KIND, number=token, customer=customer, key=value.ticket.backend, value=value, state=state, open=not value.ticket.over)
