"""Hourly and daily figures say what the sweeps said, and can be made again."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Layout, Poll, Sweep
from healthd.store import _figures, _names, polls, rollups, sweeps
from healthd.store._ready import models
from healthd.store.database import Settings

START = datetime(2026, 3, 2, tzinfo=UTC)
CPU = Reading(metric="cpu.busy", item="CPU 1", value=20.5, unit="%", oid="1.1")
OCTETS = Reading(metric="interface.in.octets", item="Gi1", value=10, unit="bytes", oid="1.2")
LAYOUT = Layout(device="r1", readings=(CPU, OCTETS))


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def figures(step: int, number: int, name: str) -> dict[float, float]:
    found = {}
    for block in rollups.blocks("acme", _names.known_ids("acme", ["r1"]), Interval(START, START + timedelta(days=30)), step):
        times, values = block.figure(number, name)
        found.update({(time - START.timestamp()) / 3600: value for time, value in zip(times, values, strict=True)})
    return found


def put(rows: list[tuple[float, tuple[float, ...]]]) -> None:
    sweeps.put_layout("acme", LAYOUT)
    sweeps.add("acme", [Sweep(device="r1", at=at(m), values=values, rtt_ms=m) for m, values in rows])


def test_an_hours_figures(store: Settings) -> None:
    put([(0, (10.0, 100)), (20, (40.0, 700)), (40, (math.nan, 1300)), (59, (25.0, 1300)), (60, (99.0, 1300))])
    assert rollups.roll("acme", at(60)) == 1
    assert [figures(3600, 0, name) for name in ("n", "low", "mean", "high", "last")] == [{0: 3}, {0: 10}, {0: 25}, {0: 40}, {0: 25}]
    assert figures(3600, 1, "n") == {0: 3}
    assert figures(3600, 1, "high") == {0: 0.5}
    assert figures(3600, 1, "mean")[0] == pytest.approx(1200 / (59 * 60))
    assert figures(3600, 2, "mean")[0] == pytest.approx((0 + 20 + 40 + 59) / 4)


def test_a_counters_first_step_in_an_hour_counts_from_the_hour_before(store: Settings) -> None:
    put([(50, (1.0, 0)), (70, (1.0, 1200))])
    rollups.roll("acme", at(120))
    assert figures(3600, 1, "mean") == {1: 1.0}


def test_a_counter_reset_is_no_rate_unless_it_is_told_what_it_was(store: Settings) -> None:
    put([(0, (1.0, 1000)), (10, (1.0, 2**32 - 600)), (20, (1.0, 600)), (30, (1.0, 1200))])
    rollups.roll("acme", at(60))
    assert figures(3600, 1, "n") == {0: 2}
    models.Rolled.objects.all().delete()
    rollups.roll("acme", at(60), reset=lambda reading, before, after, seconds: after - before + 2**32 if reading == OCTETS else None)
    assert figures(3600, 1, "n") == {0: 3}
    assert figures(3600, 1, "low") == {0: 1.0}


def test_late_sweeps_are_rolled_up_again_and_doing_it_twice_changes_nothing(store: Settings) -> None:
    put([(m, (float(m), m)) for m in range(0, 2 * 1440, 30)])
    first = rollups.roll("acme", at(2 * 1440))
    assert first == 48 + 2
    assert rollups.roll("acme", at(2 * 1440)) == 0
    put([(65, (200.0, 65))])
    rollups.roll("acme", at(2 * 1440))
    assert figures(3600, 0, "high")[1] == 200
    assert figures(86400, 0, "high") == {0: 1410, 24: 2850}
    assert models.Rollup.objects.count() == 50


def test_hours_that_are_not_over_wait(store: Settings) -> None:
    put([(m, (1.0, m)) for m in range(0, 180, 10)])
    assert rollups.roll("acme", at(125)) == 2
    assert rollups.until("acme") == at(120)
    assert rollups.roll("acme", at(179)) == 0
    assert rollups.roll("acme", at(180)) == 1


def test_what_is_too_old_goes_but_never_unrolled_sweeps_nor_the_newest_poll(store: Settings) -> None:
    put([(1440.0 * day, (1.0, day)) for day in range(40)])
    polls.add_all("acme", [Poll(device="r1", at=at(1440 * day), up=day < 3) for day in (0, 2, 3, 39)])
    assert rollups.tidy("acme", at(1440 * 40)) == {"sweeps": 0, "polls": 2, "rollups": 0, "events": 0}
    rollups.roll("acme", at(1440 * 40))
    assert rollups.tidy("acme", at(1440 * 40), raw_days=35, rollup_days=38) == {"sweeps": 5, "polls": 0, "rollups": 4, "events": 0}
    newest = polls.newest("acme", "r1")
    assert newest
    assert newest.at == at(1440 * 2)
    assert len(sweeps.between("acme", "r1", Interval(START, at(1440 * 50)))) == 35


VALUES = st.lists(st.one_of(st.just(math.nan), st.floats(-1e6, 1e6)), min_size=1, max_size=40)


@given(VALUES, st.data())
def test_figures_of_parts_together_are_the_figures_of_the_whole(values: list[float], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, len(values) - 1), max_size=5)) | {0}) if len(values) > 1 else [0]
    column, nothing = np.array(values)[:, None], np.full((len(values), 1), np.nan)
    parts = _figures.figures(column, np.array(cuts), np.array([False]), (nothing, nothing))
    whole = _figures.figures(column, np.array([0]), np.array([False]), (nothing, nothing))
    merged = _figures.merged(parts)
    for name in ("n", "low", "high", "last"):
        np.testing.assert_array_equal(merged[name], whole[name])
    np.testing.assert_allclose(merged["mean"], whole["mean"], rtol=1e-5, atol=1.0)
    given_ = [value for value in values if not math.isnan(value)]
    assert whole["n"][0, 0] == len(given_)
    if given_:
        assert whole["low"][0, 0] - 1 <= whole["mean"][0, 0] <= whole["high"][0, 0] + 1
        assert whole["last"][0, 0] == given_[-1]


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=30))
def test_a_counters_mean_rate_times_the_time_is_its_increase(steps: list[int]) -> None:
    values, times = np.cumsum(steps).astype(float)[:, None], np.arange(len(steps)) * 60.0
    counter = np.array([True])
    made = _figures.figures(values, np.array([0]), counter, _figures.rates(values, times, [OCTETS], counter, None))
    assert made["mean"][0, 0] * times[-1] == pytest.approx(values[-1, 0] - values[0, 0], rel=1e-5)
    assert made["low"][0, 0] >= 0
