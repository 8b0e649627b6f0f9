"""What the case client remembers: one record for each case that it opened or drafted, with every action on it as a line.

Whether a person has closed a case is known by its ticket (``store.filed``), wherever it lives.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from healthd.errors import UnknownName
from healthd.model.action import Action
from healthd.model.followed import Followed
from healthd.model.record import Head
from healthd.store import journal
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes
from healthd.store.delegated import delegable
from healthd.store.filed import KIND as FILED

KIND = "ticket"
TOGETHER = 500
"""Keys that are asked for at once: databases bound the places of a question."""


@writes
def keep(followed: Followed, actions: Sequence[Action], now: datetime) -> None:
    """Keep *followed* as it is now, with what was said on it."""
    row = models.Record.objects.filter(kind=KIND, number=followed.token).first()
    if row is None:
        journal.begin(_head(followed), actions, now)
    else:
        journal.add(replace(_head(followed), version=row.version), actions, now)


@writes
def settle(customer: str, now: datetime, within: timedelta) -> None:
    """Take over from the desks which cases people have closed, and which of those closed *within* so long they took up again."""
    rows = models.Record.objects.filter(kind=KIND, customer=customer).exclude(open=False, changed__lt=micros(now - within))
    cases = {row.number: journal.head(KIND, row.number).value for row in rows.only("number", "open")}
    tickets = models.Record.objects.filter(kind=FILED, number__in=list(cases))
    for token, is_open, changed in tickets.values_list("number", "open", "changed"):
        case: Followed = cases[token]
        if case.is_open != is_open and not case.draft:
            keep(replace(case, closed=None if is_open else moment(changed)), (), now)


@reads
def known(customer: str, keys: Collection[str], now: datetime, within: timedelta) -> tuple[Followed, ...]:
    """Return the cases of *customer* that are open, that were closed *within* so long, or that have one of *keys*."""
    rows = models.Record.objects.filter(kind=KIND, customer=customer)
    ids = set(rows.filter(open=True).values_list("number", flat=True))
    ids |= set(rows.filter(open=False, changed__gte=micros(now - within)).values_list("number", flat=True))
    ordered = sorted(keys)
    for some in (ordered[n : n + TOGETHER] for n in range(0, len(ordered), TOGETHER)):
        ids |= set(rows.filter(key__in=some).values_list("number", flat=True))
    return tuple(journal.head(KIND, token).value for token in sorted(ids))


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
    state = "draft" if followed.draft else str(followed.told)
    return Head(
        kind=KIND,
        number=followed.token,
        customer=followed.customer,
        value=followed,
        key=followed.key,
        state=state,
        open=followed.is_open,
    )
