"""Heat, voltage, light: judged by the device's own limits, and never without them."""

import pytest

from healthd.analysis.rules import alarm, optics, sensor, temperature, voltage
from healthd.model.finding import Condition, Level
from tests.analysis.rules.scene import ask, part, state, value

C, W, N = Level.CRITICAL, Level.WARNING, Level.NOTICE

CHASSIS = [
    part("9", "chassis", "", name="Switch 1", pid="C9300-48P", serial="FOC1"),
    part("10", "sensor", "9", name="Inlet"),
    part("11", "sensor", "9", name="Outlet"),
]
OPTIC = [
    part("9", "chassis", "", name="Switch 1", pid="C9300-48P", serial="FOC1"),
    part("50", "module", "9", name="Te1/1/1", pid="SFP-10G-LR", serial="AVD1"),
    part("51", "sensor", "50", name="Te1/1/1 Receive Power"),
    part("52", "sensor", "50", name="Te1/1/1 Transmit Power"),
    part("53", "sensor", "50", name="Te1/1/1 Temperature"),
]
LIGHT = (-18.0, -14.0, 0.5, 2.5)


@pytest.mark.parametrize(
    ("celsius", "limits", "level"),
    [
        (30, (None, None, 46.0, 56.0), None),
        (46, (None, None, 46.0, 56.0), None),
        (50, (None, None, 46.0, 56.0), N),
        (57, (None, None, 46.0, 56.0), C),
        (57, (None, None, None, 56.0), C),
        (99, None, None),
        (99, (None, None, 105.0, None), None),
    ],
    ids=["cool", "at the limit", "beyond minor", "beyond critical", "one limit only", "no limits", "an ISR's only limit"],
)
def test_heat_is_judged_by_the_devices_own_limits(celsius: float, limits: tuple[float, ...] | None, level: Level | None) -> None:
    found = ask(temperature, [value("temperature", celsius, "Inlet", "10", limits=limits)], parts=CHASSIS)
    assert [(f.level, f.verdict) for f in found] == ([(level, Condition.ENVIRONMENT)] if level else [])


def test_the_heat_of_a_chassis_is_one_finding() -> None:
    hot = [state("temperature.state", "warning", "Inlet", "10"), state("temperature.state", "critical", "Outlet", "11")]
    (found,) = ask(temperature, hot, parts=CHASSIS)
    assert (found.item, found.level, found.indexes) == ("Switch 1", C, ("11", "10"))


@pytest.mark.parametrize(("more", "end"), [(0, "state critical."), (1, ", and one more sensor."), (2, ", and 2 more sensors.")])
def test_one_more_sensor_is_no_sensors(more: int, end: str) -> None:
    (found,) = ask(temperature, [state("temperature.state", "critical", f"Inlet {n}", str(10 + n)) for n in range(1 + more)])
    assert str(found.summary).startswith("Too hot: Inlet 0 is in state critical")
    assert str(found.summary).endswith(end)


def test_the_heat_that_two_tables_tell_of_one_chassis_is_one_finding() -> None:
    hot = [state("temperature.state", "critical", "SW#1", "1"), value("temperature", 60, "Inlet", "10", limits=(None, None, 46.0, 56.0))]
    (found,) = ask(temperature, hot, parts=CHASSIS)
    assert (found.item, found.key) == ("Switch 1", "1:temperature:edge:Switch 1")


@pytest.mark.parametrize(("word", "count"), [("normal", 0), ("notPresent", 0), ("warning", 1), ("shutdown", 1), ("notFunctioning", 1)])
def test_what_a_temperatures_word_means(word: str, count: int) -> None:
    assert len(ask(temperature, [state("temperature.state", word)])) == count


def test_a_dead_temperature_sensor_is_not_heat() -> None:
    (found,) = ask(temperature, [state("temperature.state", "notFunctioning")])
    assert found.verdict is Condition.SUSPECT


@pytest.mark.parametrize(("volts", "level"), [(3.3, None), (3.05, None), (2.9, W), (3.7, W)])
def test_a_voltage_beyond_its_outer_limits_is_wrong(volts: float, level: Level | None) -> None:
    found = ask(voltage, [value("voltage", volts, unit="V", limits=(3.0, 3.1, 3.5, 3.6))])
    assert [f.level for f in found] == ([level] if level else [])


def test_a_supply_without_input_has_no_voltage_and_that_is_no_second_fault() -> None:
    parts = [part("1", "powerSupply", "", pid="PWR"), part("2", "sensor", "1")]
    zero = value("voltage", 0, "Vin", "2", limits=(90.0, None, None, 264.0))
    assert ask(voltage, [zero, state("psu.state", "offEnvPower", "PSU A", "1")], parts=parts) == []
    assert len(ask(voltage, [zero, state("psu.state", "on", "PSU A", "1")], parts=parts)) == 1


def test_dead_sensors_of_one_part_are_one_finding() -> None:
    dead = [state("sensor.state", "nonoperational", n, i) for n, i in (("Inlet", "10"), ("Outlet", "11"))]
    (found,) = ask(sensor, dead, parts=CHASSIS)
    assert (found.item, found.indexes, found.verdict, found.pid) == ("Switch 1", ("10", "11"), Condition.SUSPECT, "C9300-48P")


@pytest.mark.parametrize("word", ["ok", "unavailable"])
def test_a_sensor_that_works_or_has_nothing_to_measure_is_no_finding(word: str) -> None:
    assert ask(sensor, [state("sensor.state", word, "Inlet", "10")], parts=CHASSIS) == []


def test_the_dead_sensors_of_an_optic_are_the_optics_affair() -> None:
    readings = [value("optic.power", -3, "Te1/1/1 Transmit Power", "52"), state("sensor.state", "nonoperational", "x", "53")]
    assert ask(sensor, readings, parts=OPTIC) == []


def test_a_fan_speed_beyond_a_minor_limit_is_no_finding() -> None:
    assert ask(sensor, [value("fan.speed", 13290, limits=(None, None, 7020.0, None))]) == []
    (found,) = ask(sensor, [value("fan.speed", 400, unit="rpm", limits=(2000.0, None, None, 11448.0))])
    assert (found.rule, found.level) == ("fan", W)


@pytest.mark.parametrize(
    ("dbm", "limits", "level"),
    [
        (-5.0, LIGHT, None),
        (-40.0, LIGHT, None),
        (-36.9, LIGHT, None),
        (0.0, (-12.0, -8.0, -3.0, -1.0), None),
        (-20.1, LIGHT, W),
        (-15.0, LIGHT, N),
        (3.0, LIGHT, W),
        (-20.1, None, None),
    ],
    ids=["good", "unlit", "nearly unlit", "no measurement", "weak", "rather weak", "too bright", "no limits"],
)
def test_light_is_judged_and_darkness_is_not(dbm: float, limits: tuple[float, ...] | None, level: Level | None) -> None:
    found = ask(optics, [value("optic.power", dbm, "Te1/1/1 Receive Power", "51", limits=limits, unit="dBm")], parts=OPTIC)
    assert [f.level for f in found] == ([level] if level else [])


def test_a_weak_optic_names_itself() -> None:
    (found,) = ask(optics, [value("optic.power", -20, "Te1/1/1 Receive Power", "51", limits=LIGHT)], parts=OPTIC)
    assert (found.pid, found.serial, found.verdict) == ("SFP-10G-LR", "AVD1", Condition.SUSPECT)


def test_a_hot_optic_is_not_a_hot_room() -> None:
    readings = [
        value("optic.power", -5, "Te1/1/1 Receive Power", "51", limits=LIGHT),
        value("temperature", 80, "Te1/1/1 Temperature", "53", limits=(-5.0, None, None, 75.0)),
    ]
    assert ask(temperature, readings, parts=OPTIC) == []
    assert [f.rule for f in ask(optics, readings, parts=OPTIC)] == ["optics"]


def test_the_devices_own_alarms_are_a_notice() -> None:
    (found,) = ask(alarm, [value("alarm.critical", 3, "critical", "0"), value("alarm.major", 1, "major", "0")])
    assert found.level is N
    assert "3 critical and 1 major" in str(found.summary)
    assert ask(alarm, [value("alarm.critical", 0, "critical", "0")]) == []
