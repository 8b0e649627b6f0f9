"""Rates: never negative, never above line rate, unknown rather than a spike."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.analysis.rates import all_rates, octets_per_second, packets_per_second, rates, utilisation
from healthd.model.observation import Reading
from healthd.model.poll import Series

STEP = 300.0
WIDE, NARROW = "IF-MIB::ifHCInOctets", "IF-MIB::ifInOctets"
FAST, GIGA = 100e6, 1e9


def series(values: list[float], source: str = WIDE, times: list[float] | None = None, item: str = "Gi1/0/1") -> Series:
    reading = Reading(metric="interface.in.octets", item=item, value=values[-1], source=source)
    moments = times or [1e9 + i * STEP for i in range(len(values))]
    return Series(device="edge", metric=reading.metric, item=item, times=tuple(moments), values=tuple(values), reading=reading)


def told(found: np.ndarray) -> list[float | None]:
    return [None if math.isnan(v) else round(float(v), 6) for v in found]


def of(values: list[float], speed: float | None = FAST, source: str = WIDE, breaks: tuple[float, ...] = ()) -> list[float | None]:
    return told(rates(series(values, source), ceiling=octets_per_second(speed), breaks=breaks).values)


@pytest.mark.parametrize(
    ("values", "speed", "source", "said"),
    [
        ([0, 300, 900], FAST, WIDE, [1, 2]),
        # one wrap of a 32-bit counter on a line that can only have wrapped once
        ([2**32 - 300, 300], FAST, NARROW, [2]),
        # at 1 Gbit/s a 32-bit counter wraps eight times between two polls: it says nothing at all
        ([2**32 - 300, 300, 900], GIGA, NARROW, [None, None]),
        # a counter that was cleared is no wrap
        ([5000, 0, 300], FAST, NARROW, [None, 1]),
        ([2**40, 0, 300], GIGA, WIDE, [None, 1]),
        # of a line of unknown speed only growth is known
        ([2**32 - 300, 300, 600], None, NARROW, [None, 1]),
        # more than the line carries is no rate; the agent's own delay is
        ([0, FAST / 8 * STEP * 2], FAST, WIDE, [None]),
        ([0, FAST / 8 * STEP * 1.05], FAST, WIDE, [FAST / 8]),
        ([0, math.nan, 600, 900], FAST, WIDE, [None, None, 1]),
    ],
)
def test_a_counter_says_this(values, speed, source, said) -> None:
    assert of(values, speed, source) == said


def test_a_restart_voids_the_sample_it_falls_into() -> None:
    assert of([0, 300, 600, 900], breaks=(1e9 + 1.5 * STEP,)) == [1, None, 1]


def test_a_gap_is_not_drawn_over() -> None:
    times = [0, 300, 600, 900, 6000, 6300]
    found = rates(series([0, 300, 600, 900, 6000, 6300], times=times), ceiling=octets_per_second(FAST))
    assert told(found.values) == [1, 1, 1, None, 1]


def test_two_answers_at_one_moment_are_no_rate() -> None:
    assert told(rates(series([0, 300, 600], times=[0, 300, 300])).values) == [1, None]
    assert told(rates(series([0, 300, 600], times=[0, 300, 300.0005])).values) == [1, None]


def test_many_series_give_what_each_gives_alone() -> None:
    group = [series([0, 300, 900], item="a"), series([9, 0, 300], item="b"), series([0, 1], item="c", times=[0.0, 7.0])]
    ceilings = {"a": octets_per_second(FAST), "b": None, "c": None}
    together = {r.series.item: told(r.values) for r in all_rates(group, ceilings)}
    assert together == {s.item: told(rates(s, ceiling=ceilings[s.item]).values) for s in group}


def test_the_newest_known_rate_and_the_total_leave_out_what_is_unknown() -> None:
    found = rates(series([0, 300, 900, 10]), ceiling=octets_per_second(FAST))
    assert (found.last, found.total) == (2, 900)
    assert rates(series([5])).last is None


def test_a_series_of_words_has_no_rates() -> None:
    words = Series(device="edge", metric="m", item="i", times=(0.0, 300.0), values=("up", "down"))
    assert told(rates(words).values) == [None]


speeds = st.sampled_from([10e6, FAST, GIGA, 10e9, None])
counters = st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=30)
steps = st.lists(st.floats(0, 900), min_size=29, max_size=29)


@given(counters, steps, speeds, st.sampled_from([WIDE, NARROW]), st.lists(st.floats(0, 9000), max_size=3))
def test_never_negative_and_never_above_line_rate(values, gaps, speed, source, breaks) -> None:
    times = [0.0, *np.cumsum(gaps[: len(values) - 1])]
    found = rates(series([float(v) for v in values], source, times), ceiling=octets_per_second(speed), breaks=breaks)
    known = found.values[~np.isnan(found.values)]
    assert (known >= 0).all()
    assert not np.isinf(known).any()
    assert speed is None or (known <= speed / 8).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_a_wrapping_counter_gives_the_true_rates_or_none(load, start) -> None:
    """At 50 Mbit/s at most, a 32-bit counter wraps at most once in five minutes."""
    speed = 50e6
    sent = np.floor(np.array(load) * speed / 8 * STEP)
    counter = (start + np.concatenate([[0], np.cumsum(sent)])) % 2**32
    found = rates(series(list(counter), NARROW), ceiling=octets_per_second(speed)).values
    for rate, true in zip(found, sent / STEP, strict=True):
        assert math.isnan(rate) or rate == pytest.approx(true)
    # A fall from the upper half of the range is told from a cleared counter.
    for before, rate in zip(counter, found, strict=False):
        assert before < 2**31 or not math.isnan(rate)


def test_utilisation_is_each_direction_by_itself() -> None:
    assert told(utilisation(np.array([1.0, 2.0]), 100)) == [8, 16]


@pytest.mark.parametrize(("speed", "packets"), [(10e6, 14880), (GIGA, 1488095)])
def test_the_shortest_frames_a_line_carries(speed: float, packets: int) -> None:
    assert packets_per_second(speed) == pytest.approx(packets, rel=1e-4)
