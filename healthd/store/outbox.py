"""Messages on their way out: written in the transaction of their cause, leased to one sender at a time.

A message is put once by its key, however often its cause is seen again. A
sender leases it for a while and gets a fence number that grows with each
lease: who comes back late, when the lease has gone to somebody else, changes
nothing any more. A lease that ran out while sending leaves it open whether
the message arrived, so the next try carries ``repeat``.

At every moment: put = waiting + sending + failed + sent + dropped.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from django.db.models import Count, Q

from healthd.model.message import Message
from healthd.store import _bulk, _codec, _words
from healthd.store._moment import micros, moment
from healthd.store._ready import connection, models
from healthd.store._transact import reads, writes
from healthd.store.delegated import delegable

LONGEST_KEY = 300


class Stage(StrEnum):
    """Where a message is; the last two are the end of its way."""

    WAITING = "waiting"
    SENDING = "sending"
    FAILED = "failed"  # refused for good, or tried too often; a person decides
    SENT = "sent"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message with its way so far; *error* is why the last try failed, *repeat* that it may have arrived before, *means* who took it."""

    key: str
    customer: str
    message: Message
    stage: Stage
    due: datetime
    tries: int = 0
    fence: int = 0
    error: str = ""
    settled: datetime | None = None
    repeat: bool = False
    means: str = ""


@writes
def put(customer: str, messages: Sequence[Message], now: datetime, *, due: datetime | None = None) -> int:
    """Put *messages* into the outbox, to be sent from *due* (now) on; return how many are new."""
    at = micros(now)
    rows = [_row(customer, each, at, micros(due) if due else at) for each in messages]
    return _bulk.insert(models.Outgoing, sorted(rows, key=lambda row: row[0]))


def _row(customer: str, message: Message, at: int, due: int) -> tuple[Any, ...]:
    return (
        _key(message.key), customer, message.channel, _words.clean(message.recipient), message.urgent, at, str(Stage.WAITING), due,
        0, 0, "", None, None, False, "", _codec.pack(message), "",
    )  # fmt: skip


def _key(key: str) -> str:
    clean = _words.clean(key)
    return clean if len(clean) <= LONGEST_KEY else f"{clean[:250]}…{blake2b(clean.encode(), digest_size=16).hexdigest()}"


@writes
def lease(owner: str, now: datetime, *, length: timedelta, most: int = 20, channels: Collection[str] = ()) -> tuple[Outgoing, ...]:
    """Give *owner* up to *most* messages that are due for *length*, urgent ones first; of *channels* alone when some are named."""
    at = micros(now)
    waits = Q(state=Stage.WAITING, due__lte=at)
    lapsed = Q(state=Stage.SENDING, leased__lte=at)
    rows = models.Outgoing.objects.filter(waits | lapsed).order_by("-urgent", "due", "key")
    if channels:
        rows = rows.filter(channel__in=list(channels))
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=True)
    taken = list(rows[:most])
    for row in taken:
        row.repeat = row.repeat or row.state == Stage.SENDING
        row.state, row.owner, row.leased = str(Stage.SENDING), owner, at + length // timedelta(microseconds=1)
        row.tries, row.fence = row.tries + 1, row.fence + 1
        row.save(update_fields=["repeat", "state", "owner", "leased", "tries", "fence"])
    return tuple(_outgoing(row) for row in taken)


@writes
def sent(leased: Outgoing, now: datetime, means: str = "") -> bool:
    """Mark *leased* as handed over, to the server or folder *means*; False when the lease went to somebody else meanwhile."""
    return _settled(leased, state=Stage.SENT, settled=micros(now), error="", means=_words.clean(means))


@writes
def failed(leased: Outgoing, now: datetime, why: str, again: datetime | None) -> bool:
    """Note that *leased* was not handed over, and when to try again (None: not by itself); False as in ``sent``."""
    if again is None:
        return _settled(leased, state=Stage.FAILED, settled=micros(now), error=_words.clean(why))
    return _settled(leased, state=Stage.WAITING, due=micros(again), error=_words.clean(why))


def _settled(leased: Outgoing, **changes: Any) -> bool:
    mine = models.Outgoing.objects.filter(key=leased.key, state=Stage.SENDING, fence=leased.fence)
    return bool(mine.update(leased=None, owner="", **changes))


@delegable
@writes
def retry(keys: Collection[str], now: datetime) -> int:
    """Let the messages *keys* be tried again now, whatever became of them before, unless they were sent; return how many."""
    again = models.Outgoing.objects.filter(key__in=list(keys), state__in=[Stage.FAILED, Stage.WAITING, Stage.DROPPED])
    return int(again.update(state=str(Stage.WAITING), due=micros(now), settled=None))


@delegable
@writes
def drop(keys: Collection[str], now: datetime, author: str, reason: str) -> int:
    """Give up the messages *keys*, unless they were sent or are being sent; return how many."""
    open_ = models.Outgoing.objects.filter(key__in=list(keys), state__in=[Stage.FAILED, Stage.WAITING])
    return int(open_.update(state=str(Stage.DROPPED), settled=micros(now), error=_words.clean(f"dropped by {author}: {reason}")))


@reads
def listed(stages: Collection[Stage] = (), customer: str = "", most: int = 1000) -> tuple[Outgoing, ...]:
    """Return messages, the newest first: of *stages* (all when empty) and of *customer* (all when empty)."""
    rows = models.Outgoing.objects.order_by("-made", "key")
    if stages:
        rows = rows.filter(state__in=[str(stage) for stage in stages])
    if customer:
        rows = rows.filter(customer=customer)
    return tuple(_outgoing(row) for row in rows[:most])


@reads
def numbers() -> Mapping[Stage, int]:
    """Return how many messages are at each stage."""
    counted = dict(models.Outgoing.objects.values_list("state").annotate(Count("key")))
    return {stage: counted.get(str(stage), 0) for stage in Stage}


@reads
def next_due() -> datetime | None:
    """Return when the next message falls due, None when none waits."""
    at: int | None = models.Outgoing.objects.filter(state=Stage.WAITING).order_by("due").values_list("due", flat=True).first()
    return None if at is None else moment(at)


@writes
def forget(before: datetime) -> int:
    """Delete messages that were settled before *before*; what still waits is kept. Return how many."""
    ended = models.Outgoing.objects.filter(state__in=[Stage.SENT, Stage.DROPPED], settled__lt=micros(before))
    return int(ended.delete()[0])


def _outgoing(row: models.Outgoing) -> Outgoing:
    return Outgoing(
        key=row.key,
        customer=row.customer,
        message=_codec.unpack(row.content),
        stage=Stage(row.state),
        due=moment(row.due),
        tries=row.tries,
        fence=row.fence,
        error=row.error,
        settled=None if row.settled is None else moment(row.settled),
        repeat=row.repeat,
        means=row.means,
    )
