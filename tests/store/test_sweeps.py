"""Quick rounds come back exactly, once each, also after their layout changed."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from healthd.errors import StoreError
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Layout, Sweep
from healthd.store import sweeps

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(START, START + timedelta(days=1))
CPU = Reading(metric="cpu.busy", item="CPU 1", value=20.5, unit="%", oid="1.1")
OCTETS = Reading(metric="interface.in.octets", item="Gi1", value=10, unit="bytes", oid="1.2")
PSU = Reading(metric="psu.state", item="PSU A", value="ok", raw=2, source="X::psu", oid="1.3")
LAYOUT = Layout(device="r1", readings=(CPU, OCTETS, PSU), words={"X::psu": {2: "ok", 3: "failed"}})


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_values_come_back_exactly_whatever_they_are(store: object) -> None:
    rows = [
        (0.1, 2**53 + 1, 2),
        (math.nan, math.nan, math.nan),
        (-1e300, 2**64 - 1, 2**40),
        (1 / 3, 0.5, 7),
        (math.inf, -5, -3),
        (),
    ]
    sweeps.put_layout("acme", LAYOUT)
    sent = [Sweep(device="r1", at=at(n), values=row, uptime_s=1.25, boots=2**31 - 1, engine_s=3.0) for n, row in enumerate(rows)]
    assert sweeps.add("acme", sent) == len(rows)
    got = sweeps.between("acme", "r1", DAY)
    assert [repr(tuple(map(float, s.values))) for s in got] == [repr(tuple(map(float, row))) for row in rows]
    assert got[0].values[1] == 2**53 + 1
    assert got[2].values[1] == 2**64 - 1
    assert (got[0].uptime_s, got[0].boots, got[0].engine_s) == (1.25, 2**31 - 1, 3.0)


def test_the_same_sweep_twice_is_one(store: object) -> None:
    sweeps.put_layout("acme", LAYOUT)
    many = [Sweep(device="r1", at=at(n), values=(1.0, n, 2)) for n in range(80)]
    assert sweeps.add("acme", many) == 80
    assert sweeps.add("acme", many) == 0
    assert sweeps.add("acme", [*many[:3], Sweep(device="r1", at=at(90), values=(1.0, 1, 2))]) == 1
    assert len(sweeps.between("acme", "r1", DAY)) == 81


def test_rows_keep_their_meaning_when_the_layout_changes(store: object) -> None:
    sweeps.put_layout("acme", LAYOUT)
    sweeps.add("acme", [Sweep(device="r1", at=at(0), values=(1.0, 5, 2))])
    sweeps.put_layout("acme", Layout(device="r1", readings=(PSU,)))
    sweeps.add("acme", [Sweep(device="r1", at=at(5), values=(3,))])
    assert [s.values for s in sweeps.between("acme", "r1", DAY)] == [(1.0, 5, 2), (3,)]


def test_the_layout_comes_back_and_is_kept_once(store: object) -> None:
    from healthd.store._ready import models

    assert sweeps.layout("acme", "r1") is None
    for each in (LAYOUT, Layout(device="r1", readings=(PSU,)), LAYOUT):
        sweeps.put_layout("acme", each)
    assert sweeps.layout("acme", "r1") == LAYOUT
    assert models.Layout.objects.count() == 2


def test_values_that_no_layout_explains_are_refused_and_nothing_is_written(store: object) -> None:
    sweeps.put_layout("acme", LAYOUT)
    good = Sweep(device="r1", at=at(0), values=(1.0, 5, 2))
    with pytest.raises(StoreError, match="4 values came, 3 in its layout"):
        sweeps.add("acme", [good, Sweep(device="r1", at=at(5), values=(1.0, 5, 2, 9))])
    with pytest.raises(StoreError, match="no layout"):
        sweeps.add("acme", [good, Sweep(device="r2", at=at(5), values=(1.0,))])
    assert sweeps.between("acme", "r1", DAY) == ()


def test_a_silent_device_is_a_result_too(store: object) -> None:
    said = Sweep(device="r9", at=at(0), values=(), up=False, reason="no answer \0", loss_pct=100.0)
    sweeps.add("acme", [said])
    (got,) = sweeps.between("acme", "r9", DAY)
    assert (got.up, got.reason, got.values, got.loss_pct) == (False, "no answer \\x00", (), 100.0)
