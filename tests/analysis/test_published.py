"""The availability, wrap and utilisation figures that others have published, out of our own formulas."""

import csv
import re
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from healthd.analysis.availability import lost, measure, percent
from healthd.analysis.network import network
from healthd.analysis.rates import WRAP, octets_per_second, utilisation
from healthd.model.availability import Availability, Span, State
from healthd.model.device import Device
from healthd.model.interval import Interval
from tests import walks

FILE = walks.SHARED / "corpus" / "availability" / "published_worked_numbers.csv"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
T0 = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FILE.exists(), reason="the corpus is not here; nothing was compared with published figures"),
]


def spent(up: timedelta, down: timedelta) -> tuple[tuple[Span, ...], Interval]:
    broke = T0 + up
    spans = (Span(state=State.UP, interval=Interval(T0, broke)), Span(state=State.DOWN, interval=Interval(broke, broke + down)))
    return spans, Interval(T0, broke + down)


def measured(up: timedelta, down: timedelta) -> Availability:
    spans, window = spent(up, down)
    return measure("edge", spans, window)


def numbers(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"\d+(?:\.\d+)?", text)]


def rows(kind: str) -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == kind]


def allowed(target_pct: float, window: timedelta) -> float:
    """Return the budget in minutes of one service point over *window*."""
    device = Device(name="edge", customer="c", address="192.0.2.1", service_point="core")
    up = {"edge": (Span(state=State.UP, interval=Interval(T0, T0 + window)),)}
    budget = network([device], up, Interval(T0, T0 + window), target_pct).budget
    assert budget is not None
    return budget / MINUTE


def test_ratios_and_repair_times() -> None:
    found = [measured(165 * HOUR, 3 * HOUR), measured(8688 * HOUR, 72 * HOUR), measured(4000 * HOUR, HOUR)]
    exact = [numbers(row["exact_value_or_remark"])[0] for row in (*rows("ratio"), rows("mtbf")[0])]
    assert [100 * a.fraction for a in found] == pytest.approx(exact, abs=5e-5)
    # Never rounded up: the second is published as 99.2 %.
    assert [percent(a.fraction) for a in found] == ["98.21%", "99.17%", "99.97%"]
    a_year = (1 - measured(175_000 * HOUR, 30 * MINUTE).fraction) * (YEAR / MINUTE)
    assert a_year == pytest.approx(1.5017, abs=5e-5)


def test_budgets_of_the_nines() -> None:
    windows = (HOUR, 24 * HOUR, 168 * HOUR, YEAR)
    tables = [row for row in rows("budget") if row["exact_value_or_remark"].count("/") == 3]
    assert len(tables) == 5
    for row in tables:
        target = numbers(row["input"])[0]
        assert [allowed(target, w) for w in windows] == pytest.approx(numbers(row["exact_value_or_remark"]), rel=1e-3), row


def test_budgets_of_a_month() -> None:
    month = timedelta(days=30)
    assert [allowed(t, month) for t in (99.9, 99.5)] == pytest.approx([43.2, 216])
    assert allowed(99.9, YEAR) / 60 == pytest.approx(8.76)
    device = Device(name="edge", customer="c", address="192.0.2.1", service_point="core")
    spans, window = spent(month - 47 * MINUTE, 47 * MINUTE)
    missed = network([device], {"edge": spans}, window, 99.9)
    assert missed.left is not None
    assert missed.left / MINUTE == pytest.approx(-3.8)


def test_port_minutes_are_service_point_minutes() -> None:
    """(PUM - UOM) / PUM: the users' minutes that were possible, less those that were lost."""
    devices = [Device(name=n, customer="c", address="192.0.2.1", service_point=n) for n in "abcd"]
    spans, window = spent(90 * MINUTE, 10 * MINUTE)
    whole = (Span(state=State.UP, interval=window),)
    found = network(devices, {"a": spans, "b": whole, "c": whole, "d": whole}, window)
    assert found.fraction == pytest.approx((400 - 10) / 400)


def test_years_and_nines_in_the_long_run() -> None:
    (days,) = [numbers(row["published_value"])[0] for row in rows("longrun")]
    spans, window = spent(250 * YEAR - timedelta(days=days), timedelta(days=days))
    assert percent(measure("edge", spans, window).fraction, 3) == "99.999%"
    assert lost(spans, window) / timedelta(days=1) == pytest.approx(days)
    (minutes,) = [numbers(row["published_value"])[0] for row in rows("year")]
    assert timedelta(days=365.25) / MINUTE == minutes


def test_how_soon_a_counter_wraps() -> None:
    for row in rows("wrap"):
        speed, unit = re.search(r"(\d+) ([MG])b/s", row["input"]).groups()  # type: ignore[union-attr]
        seconds = WRAP / octets_per_second(float(speed) * {"M": 1e6, "G": 1e9}[unit])
        told = numbers(row["exact_value_or_remark"])[0] * (60 if "min" in row["published_value"] else 1)
        assert seconds == pytest.approx(told, rel=2e-4), row


def test_utilisation_is_the_fuller_direction_not_the_sum_of_both() -> None:
    assert rows("util")
    speed = 100.0
    both = [float(utilisation(np.array([grown / 10]), speed)[0]) for grown in (10, 20)]
    assert sum(both) * speed == pytest.approx(30 * 8 * 100 / 10)  # what the half-duplex formula prints
    assert max(both) == pytest.approx(16)
