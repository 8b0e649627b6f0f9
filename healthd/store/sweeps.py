"""Quick rounds: one packed row for each device and round."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from typing import Any

from django.db.models import Max

from healthd.errors import StoreError
from healthd.model.interval import Interval
from healthd.model.poll import Layout, Sweep
from healthd.store import _bulk, _layouts, _names, _pack, _words
from healthd.store._moment import DAY, SECOND, micros, moment
from healthd.store._ready import models
from healthd.store._transact import reads, writes


@writes
def put_layout(customer: str, layout: Layout) -> None:
    """Make *layout* what the device's sweeps mean from now on; rows written before keep their meaning."""
    device = _names.device_ids(_names.customer_id(customer), [layout.device])[layout.device]
    number = _layouts.keep(device, layout)
    _words.learn(layout.readings)
    models.Device.objects.filter(pk=device).exclude(layout=number).update(layout=number)


@reads
def layout(customer: str, device: str) -> Layout | None:
    """Return what the sweeps of *device* mean now; None before the first layout."""
    row = models.Device.objects.filter(customer__code=customer, name=device).values_list("layout", flat=True).first()
    if row is None:
        return None
    kept = _layouts.fetch({row})[row]
    return Layout(device=device, readings=kept.readings, words=kept.words)


@writes
def add(customer: str, sweeps: Sequence[Sweep], unfit: set[str] | None = None) -> int:
    """Keep *sweeps* in one transaction, packed by each device's layout; return how many are new.

    A sweep that is there already (device and time) is left as it is. One
    without values says only whether the device answered. With *unfit*, devices
    whose values do not fit are put there, and nothing but that they answered is
    kept of them.

    Raises:
        StoreError: values came for a device without a layout, or another number than it has, and *unfit* is None.
    """
    number = _names.customer_id(customer)
    grouped: dict[str, list[Sweep]] = {}
    for sweep in sweeps:
        grouped.setdefault(sweep.device, []).append(sweep)
    ids = _names.device_ids(number, grouped.keys())
    current = dict(models.Device.objects.filter(customer=number, layout__isnull=False).values_list("pk", "layout"))
    kept = _layouts.fetch({current[device] for device in ids.values() if device in current})
    layouts = {name: kept.get(current.get(ids[name], 0)) for name in grouped}
    if unfit is not None:
        grouped = {name: [_fitting(each, layouts[name], unfit) for each in group] for name, group in grouped.items()}
    rows = [row for name, group in grouped.items() for row in _rows(number, ids[name], layouts[name], group)]
    rows.sort(key=lambda row: row[:3])
    if rows:
        _set_back(number, rows[0][1])
    return _bulk.insert(models.Sweep, rows)


def _fitting(sweep: Sweep, kept: _layouts.Kept | None, unfit: set[str]) -> Sweep:
    if len(sweep.values) in (0, len(kept.codes) if kept else 0):
        return sweep
    unfit.add(sweep.device)
    return replace(sweep, values=())


def _rows(customer: int, device: int, kept: _layouts.Kept | None, sweeps: Sequence[Sweep]) -> list[tuple[Any, ...]]:
    codes = kept.codes if kept else ""
    for sweep in sweeps:
        if len(sweep.values) not in (0, len(codes)):
            said = f"{len(codes)} in its layout" if kept else "but no layout says what they mean"
            raise StoreError(f"{sweep.device} at {sweep.at.isoformat()}: {len(sweep.values)} values came, {said}; put the layout first")
    packed = _pack.encode(codes, [sweep.values for sweep in sweeps])
    layouts = repeat(kept.number if kept else None)
    return [
        (customer, micros(s.at), device, s.up, _words.clean(s.reason), s.uptime_s, s.boots, s.engine_s, s.rtt_ms, s.loss_pct, lay, *code)
        for s, code, lay in zip(sweeps, packed, layouts, strict=False)
    ]


def _set_back(customer: int, oldest: int) -> None:
    """Have the hours and days from *oldest* on rolled up again."""
    for rolled in models.Rolled.objects.filter(customer=customer, until__gt=oldest):
        rolled.until = oldest - oldest % (rolled.step * SECOND)
        rolled.save()


@reads
def between(customer: str, device: str, window: Interval) -> tuple[Sweep, ...]:
    """Return the sweeps of *device* inside *window*, oldest first, each in the order of its own layout."""
    known = _names.known_ids(customer, [device])
    if not known:
        return ()
    rows = list(
        models.Sweep.objects.filter(
            customer=_names.known_customer(customer), at__gte=micros(window.start), at__lt=micros(window.end), device=known[device]
        )
        .order_by("at")
        .values_list("at", "up", "reason", "uptime_s", "boots", "engine_s", "rtt_ms", "loss_pct", "layout", "coding", "data")
    )
    kept = _layouts.fetch({row[8] for row in rows if row[8]})
    return tuple(_sweep(device, row, kept[row[8]].codes if row[8] else "") for row in rows)


@reads
def last_answered(customer: str) -> dict[str, Sweep]:
    """Return the newest answered sweep of each device that has one of the last day kept, without its values: for its clocks."""
    rows = models.Sweep.objects.filter(customer=_names.known_customer(customer), up=True)
    newest = rows.order_by("-at").values_list("at", flat=True).first()
    if newest is None:
        return {}
    names = dict(models.Device.objects.filter(customer__code=customer).values_list("pk", "name"))
    last = {d: at for d, at in rows.filter(at__gt=newest - DAY * SECOND).values_list("device").annotate(at_=Max("at")) if d in names}
    columns = ("at", "device", "uptime_s", "boots", "engine_s")
    found = rows.filter(at__in=set(last.values())).values_list(*columns)
    return {
        names[device]: Sweep(device=names[device], at=moment(at), values=(), uptime_s=up, boots=boots, engine_s=engine)
        for at, device, up, boots, engine in found
        if last.get(device) == at
    }


def _sweep(device: str, row: tuple[Any, ...], codes: str) -> Sweep:
    at, up, reason, uptime, boots, engine, rtt, loss, _, coding, data = row
    values = _pack.row(codes, coding, data)
    return Sweep(
        device=device,
        at=moment(at),
        values=values,
        up=up,
        reason=reason,
        uptime_s=uptime,
        boots=boots,
        engine_s=engine,
        rtt_ms=rtt,
        loss_pct=loss,
    )
