"""Sensors in units that people read, with the thresholds the device can have meant."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthd.collectors import sensors
from healthd.collectors._limits import Threshold, limits
from healthd.model.answer import Value
from healthd.model.observation import Reading
from tests.walks import Recording

ROW = "1.3.6.1.4.1.9.9.91.1.1.1.1"
STANDARD = "1.3.6.1.2.1.99.1.1.1"
NAME = "1.3.6.1.2.1.47.1.1.1.1.7"


def read(objects: Mapping[str, Value]) -> list[Reading]:
    return list(sensors.read(Recording.of(objects).answers(set(sensors.ASKS))))


def row(kind: int, scale: int, precision: int, raw: int, table: str = ROW, **more: Value) -> dict[str, Value]:
    return {f"{table}.1.9": kind, f"{table}.2.9": scale, f"{table}.3.9": precision, f"{table}.4.9": raw} | more


@pytest.mark.parametrize(
    ("objects", "metric", "value", "unit"),
    [
        (row(8, 9, 3, 23769), "temperature", 23.769, "°C"),
        (row(4, 8, 1, 32834), "voltage", 3.2834, "V"),
        (row(3, 9, 0, 230), "voltage", 230, "V"),
        (row(5, 7, 0, 12492), "current", 0.012492, "A"),
        (row(6, 9, 0, 4), "power", 4, "W"),
        (row(6, 10, 0, 2), "power", 2000, "W"),
        (row(10, 9, 0, 6360), "fan.speed", 6360, "rpm"),
        (row(9, 9, 0, 41), "humidity", 41, "%"),
        (row(14, 9, 1, -91), "optic.power", -9.1, "dBm"),
        (row(8, 9, -2, 40), "temperature", 40, "°C"),
    ],
)
def test_scale_and_precision_make_the_value(objects: dict[str, Value], metric: str, value: float, unit: str) -> None:
    (reading,) = read(objects)
    assert (reading.metric, reading.unit) == (metric, unit)
    assert reading.value == pytest.approx(value)
    assert reading.value == reading.raw * reading.scale, "a sweep must be able to ask for it again"
    assert reading.oid == f"{ROW}.4.9"


@pytest.mark.parametrize(
    "objects",
    [row(14, 9, 1, -32768), row(12, 9, 0, 1), row(1, 9, 0, 5), row(8, 9, 0, 30, **{f"{ROW}.5.9": 2}), {f"{ROW}.4.9": 30}],
    ids=["no reading", "truth value", "other", "unavailable", "of no type"],
)
def test_what_is_no_measurement_gives_no_value(objects: dict[str, Value]) -> None:
    assert [r for r in read(objects) if r.metric != "sensor.state"] == []


def test_a_dead_sensor_has_its_state() -> None:
    (reading,) = read(row(8, 9, 0, 30, **{f"{ROW}.5.9": 3}))
    assert (reading.metric, reading.value, reading.raw) == ("sensor.state", "nonoperational", 3)


def test_light_in_watts_is_told_in_dbm_too() -> None:
    readings = {r.metric: r for r in read(row(6, 8, 4, 5846, **{f"{NAME}.9": b"power Rx 0/0/0/3"}))}
    assert readings["optic.power"].value == pytest.approx(-2.33, abs=0.01)
    assert readings["power"].value == pytest.approx(0.0005846)


def test_no_light_is_a_dark_optic_and_no_crash() -> None:
    readings = {r.metric: r.value for r in read(row(6, 8, 4, 0, **{f"{NAME}.9": b"power Rx 0/0/0/3"}))}
    assert readings["optic.power"] == -40.0


def test_one_sensor_in_both_tables_is_read_once() -> None:
    readings = read(row(8, 9, 0, 30) | row(8, 9, 0, 31, STANDARD))
    assert [r.value for r in readings] == [30]


def test_the_standard_table_alone_is_read() -> None:
    (reading,) = read(row(10, 9, 0, 4864, STANDARD))
    assert (reading.value, reading.source) == (4864, "ENTITY-SENSOR-MIB::entPhySensorValue")


MINOR, MAJOR, CRITICAL, OTHER = 10, 20, 30, 1
BELOW, ABOVE = 1, 4


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(MINOR, BELOW, -30), (MINOR, ABOVE, 84), (MAJOR, BELOW, -40), (MAJOR, ABOVE, 93)], (-40, -30, 84, 93)),
        ([(MINOR, ABOVE, 55), (MAJOR, ABOVE, 60), (CRITICAL, ABOVE, 65), (OTHER, ABOVE, 70)], (None, None, 55, 65)),
        ([(OTHER, ABOVE, 70)], (None, None, 70, None)),
        ([(MAJOR, ABOVE, 0), (MAJOR, BELOW, -32768)], None),
        ([(MAJOR, BELOW, 50), (MAJOR, ABOVE, 50)], None),
        ([(MINOR, BELOW, 21600), (MINOR, ABOVE, 7020)], None),
        ([(CRITICAL, ABOVE, 100), (MINOR, ABOVE, 120)], (None, None, None, 100)),
        ([(5, 5, 10)], None),
        ([], None),
    ],
    ids=["both", "other last", "other alone", "unused rows", "no range", "wrong way round", "beyond the outer", "equality", "none"],
)
def test_only_thresholds_that_can_be_meant_are_believed(rows: list[tuple[int, int, int]], expected: tuple[float, ...] | None) -> None:
    assert limits([Threshold(*each) for each in rows], 1) == expected


def test_zero_is_a_limit_for_light_only() -> None:
    rows = [Threshold(MAJOR, ABOVE, 0), Threshold(MAJOR, BELOW, -130)]
    assert limits(rows, 0.1, zero=True) == (-13.0, None, None, 0.0)
    assert limits(rows, 0.1) == (-13.0, None, None, None)


@given(st.lists(st.tuples(st.sampled_from([1, 10, 20, 30, 99]), st.integers(0, 6), st.integers(-(2**31), 2**31 - 1))))
def test_limits_are_in_order_whatever_the_device_says(rows: list[tuple[int, int, int]]) -> None:
    found = limits([Threshold(*each) for each in rows], 0.1)
    given_limits = [limit for limit in found or () if limit is not None]
    assert given_limits == sorted(given_limits)
