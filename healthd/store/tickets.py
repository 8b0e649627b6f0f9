"""What the case client remembers: one record for each case that it opened or drafted, with every action on it as a line.

Whether a person has closed a case is known by its ticket (``store.filed``), wherever it lives.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import OuterRef, Q, Subquery

from healthd.errors import UnknownName
from healthd.model.action import Action
from healthd.model.followed import Followed, Told
from healthd.model.record import Head
from healthd.store import _codec, filed, journal
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes
from healthd.store.delegated import delegable
from healthd.store.filed import KIND as FILED

KIND = "ticket"
DRAFT = "draft"
TOGETHER = 500
"""Keys that are asked for at once: databases bound the places of a question."""
ENDED = 100
"""Cases that are ended at once: a heap of them must not hold up who else wants to write."""


@writes
def keep(followed: Followed, actions: Sequence[Action], now: datetime) -> None:
    """Keep *followed* as it is now, with what was said on it."""
    row = models.Record.objects.filter(kind=KIND, number=followed.token).first()
    if row is None:
        journal.begin(_head(followed), actions, now)
    else:
        journal.add(replace(_head(followed), version=row.version), actions, now)


@writes
def settle(customer: str, now: datetime, within: timedelta, tells: Callable[[str], bool] = lambda _desk: True) -> None:
    """Take over from the desks which cases people have closed, and which of those closed *within* so long they took up again.

    A desk that never *tells* of either has its cases closed once they have been well for as long.
    """
    rows = models.Record.objects.filter(kind=KIND, customer=customer)
    well: Iterator[Followed] = map(_codec.unpack, rows.filter(open=True, state=str(Told.WELL)).values_list("head", flat=True))
    over = (case for case in well if not case.stands and now - case.since >= within and not tells(case.desk))
    for case in list(islice(over, ENDED)):
        _end(case, now)
    other = models.Record.objects.filter(kind=FILED, number=OuterRef("number")).exclude(open=OuterRef("open"))
    late = rows.exclude(state=DRAFT).exclude(open=False, changed__lt=micros(now - within))
    for row in late.annotate(filed=Subquery(other.values("changed")[:1])).filter(filed__isnull=False):
        case = _codec.unpack(row.head)
        keep(replace(case, closed=moment(row.filed) if case.is_open else None), (), now)


@writes
def end(token: str, now: datetime) -> None:
    """Close the client's case *token*, where it has one that is open: it will never be opened on a desk."""
    row = models.Record.objects.filter(kind=KIND, number=token, open=True).first()
    if row is not None:
        _end(_codec.unpack(row.head), now)


def _end(case: Followed, now: datetime) -> None:
    keep(replace(case, closed=now), (), now)
    if (there := filed.filed(case.token)) is not None:
        filed.keep(case.customer, case.token, replace(there, ticket=replace(there.ticket, over=True)), now)


@reads
def known(customer: str, keys: Collection[str], now: datetime, within: timedelta) -> tuple[Followed, ...]:
    """Return the cases of *customer* that are open, that were closed *within* so long, or that have one of *keys*."""
    rows = models.Record.objects.filter(kind=KIND, customer=customer)
    heads = dict(rows.filter(Q(open=True) | Q(changed__gte=micros(now - within))).values_list("number", "head"))
    ordered = sorted(keys)
    for some in (ordered[n : n + TOGETHER] for n in range(0, len(ordered), TOGETHER)):
        heads |= dict(rows.filter(key__in=some).values_list("number", "head"))
    return tuple(_codec.unpack(heads[token]) for token in sorted(heads))


@reads
def covering(customer: str, key: str) -> tuple[Followed, ...]:
    """Return the cases of *customer* that are about the finding *key*, the newest last."""
    cases = (head.value for head in journal.heads(KIND, customer))
    return tuple(case for case in cases if key in case.covers)


@delegable
@writes
def want(token: str, now: datetime) -> None:
    """Note that a person wants the draft *token* opened; the next judgement does it.

    Raises:
        UnknownName: there is no such draft.
    """
    case: Followed = journal.head(KIND, token).value
    if not case.draft or not case.is_open:
        raise UnknownName("draft", token, ())
    keep(replace(case, wanted=True), (), now)


def _head(followed: Followed) -> Head:
    state = DRAFT if followed.draft else str(followed.told)
    return Head(
        kind=KIND,
        number=followed.token,
        customer=followed.customer,
        value=followed,
        key=followed.key,
        state=state,
        open=followed.is_open,
    )
