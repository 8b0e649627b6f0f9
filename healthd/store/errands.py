"""What desks are to be asked for: written in the transaction of its cause, leased to one worker at a time.

An errand is one action on one case. It is put once by the case's token and
the action's mark, however often its cause is seen again. Errands of one case
are done strictly in the order in which they were put: none is leased while an
earlier one of its token waits or is being done, or while its case could not
be opened. A lease carries a fence number, as in the outbox; one that ran out
while working leaves it open whether the desk did it, so the next try is
``unsure`` and searches first.

At every moment: put = waiting + leased + failed + done + dropped.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from healthd.model.action import Action, Open
from healthd.store import _bulk, _codec, _words, journal, tickets
from healthd.store._moment import micros, moment
from healthd.store._ready import connection, models
from healthd.store._transact import reads, writes
from healthd.store.delegated import delegable

OPEN = "open"
"""The mark of the action that opens a case."""
LONGEST_ID = 200


class Stage(StrEnum):
    """Where an errand is; the last two are the end of its way."""

    WAITING = "waiting"
    LEASED = "leased"
    FAILED = "failed"  # refused for good; a person decides
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """An action with its way so far.

    *tries* counts the leases, *error* says why the last one came to nothing,
    *unsure* that the desk may have done it all the same.
    """

    id: str
    customer: str
    backend: str
    token: str
    action: Action
    stage: Stage
    due: datetime
    made: datetime
    tries: int = 0
    fence: int = 0
    error: str = ""
    unsure: bool = False
    settled: datetime | None = None


def token(action: Action) -> str:
    """Return the token of the case that *action* is about."""
    return action.opening.token if isinstance(action, Open) else action.token


def mark(action: Action) -> str:
    """Return what tells *action* from all others on its case."""
    return OPEN if isinstance(action, Open) else action.mark


@writes
def put(customer: str, backend: str, actions: Sequence[Action], now: datetime) -> int:
    """Put *actions* for the desk *backend*, in their order behind what is there; return how many are new.

    It becomes part of the caller's transaction where there is one.
    """
    if not actions:
        return 0
    journal.lock()
    turns = _turns({token(each) for each in actions})
    rows = []
    for each in actions:
        turns[token(each)] = turn = turns.get(token(each), 0) + 1
        rows.append(_row(customer, backend, each, turn, micros(now)))
    return _bulk.insert(models.Errand, rows)


def _turns(tokens: Collection[str]) -> dict[str, int]:
    return dict(models.Errand.objects.filter(token__in=list(tokens)).values_list("token").annotate(Max("turn")))


def _row(customer: str, backend: str, action: Action, turn: int, at: int) -> tuple[Any, ...]:
    return (
        _id(token(action), mark(action)), backend, customer, token(action), turn, str(Stage.WAITING), at,
        0, 0, "", None, at, None, False, "", _codec.pack(action),
    )  # fmt: skip


def _id(token_: str, mark_: str) -> str:
    plain = _words.clean(f"{token_}:{mark_}")
    return plain if len(plain) <= LONGEST_ID else f"{plain[:160]}…{blake2b(plain.encode(), digest_size=16).hexdigest()}"


@writes
def lease(owner: str, now: datetime, *, length: timedelta, backend: str, most: int = 20) -> tuple[Errand, ...]:
    """Give *owner* up to *most* due errands of *backend* for *length*, at most one of each case."""
    at = micros(now)
    earlier = models.Errand.objects.filter(token=OuterRef("token"), turn__lt=OuterRef("turn"))
    unfinished = Q(state__in=[Stage.WAITING, Stage.LEASED]) | Q(state=Stage.FAILED, id__endswith=f":{OPEN}")
    due = Q(state=Stage.WAITING, due__lte=at) | Q(state=Stage.LEASED, leased__lte=at)
    rows = models.Errand.objects.filter(due, backend=backend).exclude(Exists(earlier.filter(unfinished))).order_by("due", "token", "turn")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    taken = list(rows[:most])
    for row in taken:
        row.unsure = row.unsure or row.state == Stage.LEASED
        row.state, row.owner, row.leased = str(Stage.LEASED), owner, at + length // timedelta(microseconds=1)
        row.tries, row.fence = row.tries + 1, row.fence + 1
        row.save(update_fields=["unsure", "state", "owner", "leased", "tries", "fence"])
    return tuple(_errand(row) for row in taken)


@writes
def done(leased: Errand, now: datetime, said: str = "") -> bool:
    """Mark *leased* as done, with what there is to be *said* about it; False when the lease went to somebody else meanwhile."""
    return _settled(leased, state=Stage.DONE, settled=micros(now), error=_words.clean(said))


@writes
def failed(leased: Errand, now: datetime, why: str, again: datetime | None, *, unsure: bool = False) -> bool:
    """Note that *leased* came to nothing, and when to try again (None: not by itself); False as in ``done``.

    What was *unsure* once stays so: only a search can tell.
    """
    said = {"error": _words.clean(why), "unsure": leased.unsure or unsure}
    if again is None:
        return _settled(leased, state=Stage.FAILED, settled=micros(now), **said)
    return _settled(leased, state=Stage.WAITING, due=micros(again), **said)


@writes
def left(leased: Errand, now: datetime, why: str) -> bool:
    """Give *leased* up by ourselves, because what it is about is gone; False as in ``done``."""
    return _settled(leased, state=Stage.DROPPED, settled=micros(now), error=_words.clean(why))


@writes
def released(leased: Errand, until: datetime) -> bool:
    """Give *leased* back untried, to be taken up from *until* on."""
    return _settled(leased, state=Stage.WAITING, due=micros(until), tries=max(0, leased.tries - 1))


def _settled(leased: Errand, **changes: Any) -> bool:
    mine = models.Errand.objects.filter(id=leased.id, state=Stage.LEASED, fence=leased.fence)
    return bool(mine.update(leased=None, owner="", **changes))


@delegable
@writes
def retry(ids: Collection[str], now: datetime) -> int:
    """Let the errands *ids* be tried again now, unless they are done or being done; return how many."""
    again = models.Errand.objects.filter(id__in=list(ids), state__in=[Stage.FAILED, Stage.WAITING, Stage.DROPPED])
    return int(again.update(state=str(Stage.WAITING), due=micros(now), settled=None))


@delegable
@writes
def drop(ids: Collection[str], now: datetime, author: str, reason: str) -> int:
    """Give up the errands *ids*, unless they are done or being done; return how many.

    With an opening go the later errands of its case, and the client's case
    is closed: nobody will ever close it on a desk, and the next trouble needs
    one of its own.
    """
    open_ = models.Errand.objects.filter(id__in=list(ids), state__in=[Stage.FAILED, Stage.WAITING])
    openings = list(open_.filter(id__endswith=f":{OPEN}").values_list("token", flat=True))
    said = {"state": str(Stage.DROPPED), "settled": micros(now), "error": _words.clean(f"dropped by {author}: {reason}")}
    count = int(open_.update(**said))
    models.Errand.objects.filter(token__in=openings, state__in=[Stage.FAILED, Stage.WAITING]).update(**said)
    for case in openings:
        tickets.end(case, now)
    return count


@reads
def listed(stages: Collection[Stage] = (), customer: str = "", *, token: str = "", most: int = 1000) -> tuple[Errand, ...]:
    """Return errands, the newest first and those of a case in their order: of *stages*, *customer* and *token*, each where given."""
    rows = models.Errand.objects.order_by("-made", "token", "turn")
    if stages:
        rows = rows.filter(state__in=[str(stage) for stage in stages])
    if customer:
        rows = rows.filter(customer=customer)
    if token:
        rows = rows.filter(token=token)
    return tuple(_errand(row) for row in rows[:most])


@reads
def numbers() -> Mapping[Stage, int]:
    """Return how many errands are at each stage."""
    counted = dict(models.Errand.objects.values_list("state").annotate(Count("id")))
    return {stage: counted.get(str(stage), 0) for stage in Stage}


@reads
def oldest(backend: str) -> datetime | None:
    """Return since when the desk *backend* owes us what waits or is being done, None when it owes nothing."""
    rows = models.Errand.objects.filter(backend=backend, state__in=[Stage.WAITING, Stage.LEASED]).order_by("made")
    at: int | None = rows.values_list("made", flat=True).first()
    return None if at is None else moment(at)


@writes
def forget(before: datetime) -> int:
    """Delete errands that were settled before *before*, all those of a case together; return how many."""
    ended = Q(state__in=[Stage.DONE, Stage.DROPPED], settled__lt=micros(before))
    others = models.Errand.objects.filter(token=OuterRef("token")).exclude(ended)
    old = models.Errand.objects.filter(ended).exclude(Exists(others)).values_list("id", flat=True)
    return int(models.Errand.objects.filter(id__in=list(old[:5000])).delete()[0])


def _errand(row: models.Errand) -> Errand:
    return Errand(
        id=row.id,
        customer=row.customer,
        backend=row.backend,
        token=row.token,
        action=_codec.unpack(row.content),
        stage=Stage(row.state),
        due=moment(row.due),
        made=moment(row.made),
        tries=row.tries,
        fence=row.fence,
        error=row.error,
        unsure=row.unsure,
        settled=None if row.settled is None else moment(row.settled),
    )
