"""Reachability: the newest tries, and the states entered, with people's words laid over them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from healthd.model import timeline
from healthd.model.availability import EVERY, Probe, Span, State, Transition
from healthd.model.interval import Interval
from healthd.store import _bulk, _codec, _names, _words, agreements
from healthd.store._moment import micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes


@writes
def add_probes(customer: str, probes: Sequence[Probe]) -> None:
    """Keep the newest of *probes* for each device, and when each device last answered; older ones change nothing."""
    ids = _names.device_ids(_names.customer_id(customer), {probe.device for probe in probes})
    rows = models.Probe.objects.filter(device__in=ids.values()).values_list("device", "at", "answered")
    there = {device: (at, answered) for device, at, answered in rows}
    changed: dict[int, Probe] = {}
    for probe in sorted(probes, key=lambda probe: probe.at):
        number, at = ids[probe.device], micros(probe.at)
        before, answered = there.get(number, (at, None))
        if before <= at:
            there[number] = at, at if probe.answered else answered
            changed[number] = probe
    _bulk.insert(
        models.Probe,
        [(number, *there[number], _codec.pack(probe)) for number, probe in changed.items()],
        replace=("at", "answered", "content"),
    )


@reads
def probes(customer: str) -> dict[str, Probe]:
    """Return the newest try of each device."""
    rows = models.Probe.objects.filter(device__customer__code=customer).values_list("device__name", "content")
    return {name: _codec.unpack(content) for name, content in rows}


@reads
def answered(customer: str) -> dict[str, datetime]:
    """Return when each device last answered a try."""
    rows = models.Probe.objects.filter(device__customer__code=customer, answered__isnull=False)
    return {name: moment(at) for name, at in rows.values_list("device__name", "answered")}


@writes
def add(customer: str, transitions: Sequence[Transition]) -> None:
    """Keep *transitions*; a device enters one state at one moment, so the word said last on a moment counts."""
    ids = _names.device_ids(_names.customer_id(customer), {each.device for each in transitions})
    rows = {
        (ids[each.device], micros(each.at)): (str(each.state), _words.clean(each.reason), _words.clean(each.author)) for each in transitions
    }
    _bulk.insert(models.Transition, [(*key, *row) for key, row in sorted(rows.items())], replace=("state", "reason", "author"))


@reads
def current(customer: str) -> dict[str, Transition]:
    """Return the newest transition of each device that has one."""
    ids = dict(models.Device.objects.filter(customer__code=customer).values_list("pk", "name"))
    newest: dict[str, Transition] = {}
    for device, name in ids.items():
        if row := models.Transition.objects.filter(device=device).order_by("-at").first():
            newest[name] = _entered(name, row)
    return newest


@reads
def entered(customer: str, window: Interval) -> tuple[Transition, ...]:
    """Return the states that *customer*'s devices entered inside *window*, oldest first."""
    names = dict(models.Device.objects.filter(customer__code=customer).values_list("pk", "name"))
    inside = models.Transition.objects.filter(device__in=names, at__gte=micros(window.start), at__lt=micros(window.end))
    return tuple(_entered(names[row.device], row) for row in inside.order_by("at", "device"))


@reads
def courses(customer: str, devices: Collection[str], window: Interval) -> tuple[tuple[Transition, ...], ...]:
    """Return what each of *devices* entered up to the end of *window*, from when it was last up before it on, oldest first."""
    names = {number: name for name, number in _names.known_ids(customer, devices).items()}
    up = models.Transition.objects.filter(device=OuterRef("device"), state=str(State.UP), at__lt=micros(window.start))
    last_up = Coalesce(Subquery(up.order_by("-at").values("at")[:1]), 0)
    rows = models.Transition.objects.filter(device__in=names, at__lt=micros(window.end), at__gte=last_up).order_by("device", "at")
    found = groupby(rows, key=lambda row: row.device)
    return tuple(tuple(_entered(names[device], row) for row in own) for device, own in found)


def _entered(name: str, row: models.Transition) -> Transition:
    return Transition(device=name, at=moment(row.at), state=State(row.state), reason=row.reason, author=row.author)


def spans(customer: str, device: str, window: Interval) -> tuple[Span, ...]:
    """Return the states of *device* over the whole *window*, reclassification applied; unknown time is unmeasured."""
    return spans_of(customer, [device], window)[device]


@reads
def spans_of(customer: str, devices: Collection[str], window: Interval) -> dict[str, tuple[Span, ...]]:
    """Return the states of each of *devices* over the whole *window*."""
    said = agreements.words(customer, window)
    ids = _names.known_ids(customer, devices)
    entered: dict[str, list[Transition]] = {name: [] for name in devices}
    names = {number: name for name, number in ids.items()}
    inside = models.Transition.objects.filter(device__in=names, at__gte=micros(window.start), at__lt=micros(window.end))
    for row in inside:
        entered[names[row.device]].append(_entered(names[row.device], row))
    for change in _before(names, window):
        entered[change.device].append(change)
    return {name: timeline.spans(each, [word for word in said if word.device in (name, EVERY)], window) for name, each in entered.items()}


def _before(names: Mapping[int, str], window: Interval) -> Iterator[Transition]:
    """Yield the newest transition of each device before *window*: one question for all of them."""
    rows = models.Transition.objects.filter(device=OuterRef("pk"), at__lt=micros(window.start)).order_by("-at")
    newest = {f"newest_{column}": Subquery(rows.values(column)[:1]) for column in ("at", "state", "reason", "author")}
    for number, at, state, reason, author in models.Device.objects.filter(pk__in=names).annotate(**newest).values_list("pk", *newest):
        if at is not None:
            yield Transition(device=names[number], at=moment(at), state=State(state), reason=reason, author=author)
