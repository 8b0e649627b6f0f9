"""Full polls: everything a device gave, and its readings packed for history."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, Subquery

from healthd.model.observation import Reading
from healthd.model.poll import Layout, Poll
from healthd.store import _bulk, _codec, _layouts, _names, _pack, _words
from healthd.store._moment import DAY, SECOND, micros
from healthd.store._ready import models
from healthd.store._transact import reads, writes

WHOLE_DAYS = 2
"""For so long every poll is kept whole; older ones only the day's last."""


def add(customer: str, poll: Poll) -> None:
    """Keep *poll*; the same one (device and time) again changes nothing."""
    add_all(customer, (poll,))


@writes
def add_all(customer: str, polls: Sequence[Poll]) -> None:
    """Keep *polls* in one transaction."""
    number = _names.customer_id(customer)
    ids = _names.device_ids(number, {poll.device for poll in polls})
    words = _words.numbers({r.value for poll in polls for r in poll.readings if isinstance(r.value, str)})
    _words.learn(reading for poll in polls for reading in poll.readings)
    rows = [_row(number, ids[poll.device], poll, words) for poll in polls]
    _bulk.insert(models.Poll, sorted(rows, key=itemgetter(0, 1, 2)))


def _row(customer: int, device: int, poll: Poll, words: dict[str, int]) -> tuple[Any, ...]:
    layout, (coding, data) = None, (_pack.EMPTY, b"")
    if poll.readings:
        layout = _layouts.keep(device, Layout(device=poll.device, readings=poll.readings), exact=False)
        values = [words[r.value] if isinstance(r.value, str) else r.value for r in poll.readings]
        coding, data = _pack.encode(_pack.codes(poll.readings, exact=False), [values])[0]
    return customer, micros(poll.at), device, poll.up, _words.clean(poll.reason), layout, coding, data, _codec.pack(poll)


@reads
def newest(customer: str, device: str, *, before: datetime | None = None, answered: bool = True) -> Poll | None:
    """Return the newest poll of *device* at or before *before*: one that it answered, or any."""
    return _newest(customer, [device], before, answered).get(device)


@reads
def newest_of(customer: str, devices: Collection[str], *, before: datetime | None = None, answered: bool = True) -> dict[str, Poll]:
    """Return the newest poll of each of *devices* that has one."""
    return _newest(customer, devices, before, answered)


def _newest(customer: str, devices: Collection[str], before: datetime | None, answered: bool) -> dict[str, Poll]:
    rows = models.Poll.objects.filter(device=OuterRef("pk"), facts__isnull=False)
    if before is not None:
        rows = rows.filter(at__lte=micros(before))
    if answered:
        rows = rows.filter(up=True)
    # One question for all devices: as many questions took longer than what they fetched.
    asked = models.Device.objects.filter(pk__in=_names.known_ids(customer, devices).values())
    told = asked.annotate(newest=Subquery(rows.order_by("-at").values("facts")[:1])).values_list("name", "newest")
    return {name: _codec.unpack(content) for name, content in told.iterator() if content is not None}


@writes
def thin(customer: str, now: datetime) -> int:
    """Drop the facts of polls older than two days, except the last answered one of each day; return how many.

    Their readings stay until they are as old as the sweeps.
    """
    number, limit = _names.known_customer(customer), micros(now - timedelta(days=WHOLE_DAYS))
    rows = models.Poll.objects.filter(customer=number, at__lt=limit, facts__isnull=False)
    last: dict[tuple[int, int], int] = {}
    listed = list(rows.order_by("at").values_list("device", "at", "up"))
    for device, at, up in listed:
        if up:
            last[device, at // (DAY * SECOND)] = at
    kept = {(device, at) for (device, _), at in last.items()}
    dropped = [(device, at) for device, at, _ in listed if (device, at) not in kept]
    for device, at in dropped:
        models.Poll.objects.filter(customer=number, at=at, device=device).update(facts=None)
    return len(dropped)


def readings_of(poll: Poll | None, metric: str) -> tuple[Reading, ...]:
    """Return the readings of *metric* in *poll*."""
    return tuple(reading for reading in poll.readings if reading.metric == metric) if poll else ()
