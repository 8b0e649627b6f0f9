"""Hardware as devices tell it over SNMP: states keep the device's number, and what is not said stays unsaid."""

from collections.abc import Mapping
from types import ModuleType

import pytest

from healthd.collectors import alarms, config, environment, errdisable, fru, hsrp, licence, ntp, poe, redundancy, sensors, stack, vpc, vrrp
from healthd.collectors._states import StateColumn, stable
from healthd.model.answer import Value
from healthd.model.observation import Reading
from tests.walks import Recording

CISCO = "1.3.6.1.4.1.9.9"
ENTITY = "1.3.6.1.2.1.47.1.1.1.1"
COLLECTORS = (alarms, config, environment, errdisable, fru, hsrp, licence, ntp, poe, redundancy, sensors, stack, vpc, vrrp)


def read(collector: ModuleType, objects: Mapping[str, Value]) -> list[Reading]:
    wire = Recording.of(objects or {"1.3.6.1.2.1.1.1.0": b"a device"})
    return list(collector.read(wire.answers(set(collector.ASKS))))


def said(readings: list[Reading]) -> set[tuple[str, str, object, object]]:
    return {(r.metric, r.item, r.value, r.raw) for r in readings}


def part(index: str, name: str, kind: int, parent: int = 0) -> dict[str, Value]:
    return {f"{ENTITY}.7.{index}": name.encode(), f"{ENTITY}.5.{index}": kind, f"{ENTITY}.4.{index}": parent}


@pytest.mark.parametrize("collector", COLLECTORS, ids=lambda c: c.__name__.rpartition(".")[2])
def test_a_device_without_the_mib_gives_nothing(collector: ModuleType) -> None:
    assert read(collector, {}) == []


@pytest.mark.parametrize("collector", COLLECTORS, ids=lambda c: c.__name__.rpartition(".")[2])
def test_every_state_column_has_its_words_told(collector: ModuleType) -> None:
    columns = [value for value in vars(collector).values() if isinstance(value, StateColumn)]
    assert {column.source for column in columns} <= set(getattr(collector, "WORDS", {}))


def test_envmon_states_are_words_with_the_devices_number() -> None:
    readings = read(
        environment,
        {
            f"{CISCO}.13.1.5.1.2.1013": b"Switch 1 - Power Supply A, Normal",
            f"{CISCO}.13.1.5.1.3.1013": 1,
            f"{CISCO}.13.1.4.1.2.1014": b"Switch 1 - FAN - T1 1, Normal",
            f"{CISCO}.13.1.4.1.3.1014": 6,
            f"{CISCO}.13.1.3.1.2.1010": b"Switch 1 - Inlet Temp Sensor, GREEN",
            f"{CISCO}.13.1.3.1.3.1010": 25,
            f"{CISCO}.13.1.3.1.4.1010": 56,
            f"{CISCO}.13.1.3.1.6.1010": 1,
        },
    )
    assert said(readings) == {
        ("psu.state", "Switch 1 - Power Supply A", "normal", 1),
        ("fan.state", "Switch 1 - FAN - T1 1", "notFunctioning", 6),
        ("temperature.state", "Switch 1 - Inlet Temp Sensor", "normal", 1),
        ("temperature", "Switch 1 - Inlet Temp Sensor", 25, None),
    }
    heat = next(r for r in readings if r.metric == "temperature")
    assert heat.limits == (None, None, None, 56.0), "the one threshold of this table is the critical one"
    assert all(r.oid.endswith(f".{r.index}") for r in readings)


@pytest.mark.parametrize("state", [5, 6])
def test_a_sensor_that_is_not_there_has_a_state_and_no_value(state: int) -> None:
    readings = read(environment, {f"{CISCO}.13.1.3.1.3.7": 0, f"{CISCO}.13.1.3.1.6.7": state})
    assert [r.metric for r in readings] == ["temperature.state"]


def test_voltages_are_told_in_volts() -> None:
    (reading,) = read(environment, {f"{CISCO}.13.1.2.1.3.1": 3300, f"{CISCO}.13.1.2.1.4.1": 3000, f"{CISCO}.13.1.2.1.5.1": 3600})
    assert (reading.value, reading.unit, reading.limits) == (pytest.approx(3.3), "V", (3.0, None, None, 3.6))


def test_the_rps_behind_a_good_supply_is_told_apart() -> None:
    (reading,) = read(environment, {f"{CISCO}.13.1.5.1.2.1006": b"Sw1, PS1 Normal, RPS NotResponding", f"{CISCO}.13.1.5.1.3.1006": 6})
    assert reading.item == "Sw1, PS1 RPS"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Switch 1 - Power Supply A, Normal", "Switch 1 - Power Supply A, Failed"),
        ("SW#1, Sensor#1, GREEN", "SW#1, Sensor#1, YELLOW"),
        ("SW#1, Sensor#1 GREEN", "SW#1, Sensor#1 RED"),
        ("Sw1, PSB Normal", "Sw1, PSB Failed"),
        ("Switch 1 - Power Supply B, NotExist", "Switch 1 - Power Supply B, Normal"),
        ("Sw1, PS1 Normal, RPS NotExist", "Sw1, PS1 Faulty, RPS Normal"),
    ],
)
def test_a_name_does_not_change_with_the_state(before: str, after: str) -> None:
    assert stable(before) == stable(after) != ""


def test_the_power_of_a_card_is_no_power_supply() -> None:
    power = f"{CISCO}.117.1.1.2.1.2"
    readings = read(
        fru,
        {f"{power}.22": 2, f"{power}.470": 8, f"{power}.99": 5, **part("22", "Module 1", 9), **part("470", "PowerSupply-1", 6)},
    )
    assert said(readings) == {
        ("power.state", "Module 1", "on", 2),
        ("psu.state", "PowerSupply-1", "failed", 8),
        ("psu.state", "Power supply 99", "offEnvPower", 5),
    }


def test_a_number_newer_than_the_mib_stays_visible() -> None:
    (reading,) = read(fru, {f"{CISCO}.117.1.2.1.1.2.5": 77})
    assert (reading.metric, reading.value, reading.raw) == ("module.state", "other(77)", 77)


def test_fan_trays_and_reset_reasons() -> None:
    readings = read(fru, {f"{CISCO}.117.1.4.1.1.1.534": 3, f"{CISCO}.117.1.2.1.1.6.3": b"power-on", **part("534", "Fan Tray 1", 7)})
    assert said(readings) == {("fan.state", "Fan Tray 1", "down", 3), ("module.reset", "Module 3", "power-on", None)}


def test_rows_of_one_name_are_told_apart_by_what_holds_them() -> None:
    fans = {f"{CISCO}.117.1.4.1.1.1.{i}": 2 for i in ("11", "21")}
    readings = read(
        fru, {**fans, **part("10", "PSU 1", 6), **part("20", "PSU 2", 6), **part("11", "Fan", 7, 10), **part("21", "Fan", 7, 20)}
    )
    assert {r.item for r in readings} == {"PSU 1 Fan", "PSU 2 Fan"}


def test_a_ring_is_told_only_beside_stack_ports() -> None:
    ring, member = {f"{CISCO}.500.1.1.3.0": 2}, {f"{CISCO}.500.1.2.1.1.6.1000": 4, f"{CISCO}.500.1.2.1.1.3.1000": 1}
    assert {r.metric for r in read(stack, {**ring, **member})} == {"stack.member.state", "stack.member.role"}
    with_ports = read(stack, {**ring, **member, f"{CISCO}.500.1.2.2.1.1.62": 2})
    assert ("stack.ring", "Stack ring", "notRedundant", 2) in said(with_ports)
    assert ("stack.port.state", "Stack port 62", "down", 2) in said(with_ports)


def test_both_units_of_a_pair_have_a_state() -> None:
    readings = read(redundancy, {f"{CISCO}.176.1.1.2.0": 14, f"{CISCO}.176.1.1.4.0": 9, f"{CISCO}.176.1.2.16.0": 8})
    assert said(readings) == {
        ("redundancy.state", "This unit", "active", 14),
        ("redundancy.state", "Peer unit", "standbyHot", 9),
        ("redundancy.mode", "Operating mode", "hotStandbyRedundant", 8),
    }


def test_a_firewalls_unit_keeps_its_name_through_a_failover() -> None:
    row = f"{CISCO}.147.1.2.1.1.1"
    readings = read(redundancy, {f"{row}.2.6": b"Primary unit (this device)", f"{row}.3.6": 9, f"{row}.4.6": b"Active unit"})
    assert said(readings) == {
        ("redundancy.state", "Primary unit", "active", 9),
        ("redundancy.detail", "Primary unit", "Active unit", None),
    }


def test_gateways_name_interface_and_group() -> None:
    name = {"1.3.6.1.2.1.31.1.1.1.1.126": b"Vl10"}
    (state,) = read(hsrp, {**name, f"{CISCO}.106.1.2.1.1.15.126.1": 5})
    assert (state.item, state.index, state.value, state.raw) == ("Vl10 group 1", "126.1", "standby", 5)
    (old,) = read(vrrp, {**name, "1.3.6.1.2.1.68.1.3.1.3.126.7": 3})
    assert (old.item, old.value) == ("Vl10 group 7", "master")
    (new,) = read(vrrp, {**name, "1.3.6.1.2.1.207.1.1.1.1.6.126.7.2": 2, "1.3.6.1.2.1.68.1.3.1.3.126.7": 3})
    assert (new.item, new.value) == ("Vl10 group 7 IPv6", "backup")


@pytest.mark.parametrize(
    ("status", "stratum", "leap", "expected"),
    [
        (6, 3, 0, True),
        (5, 1, 0, True),
        (4, 8, 0, False),
        (3, 16, 3, False),
        (2, None, None, False),
        (1, 3, 0, True),
        (None, 16, 3, False),
        (None, 0, 0, False),
        (None, 3, 3, False),
        (None, None, None, None),
        (1, None, None, None),
    ],
)
def test_a_clock_is_synchronised_or_not_or_nobody_can_tell(
    status: int | None, stratum: int | None, leap: int | None, expected: bool | None
) -> None:
    assert ntp.synchronised(status, stratum, leap) is expected


@pytest.mark.parametrize(
    ("changed", "saved", "uptime", "seconds"),
    [
        (500_000, 500_100, 900_000, 0.0),
        (500_000, 400_000, 900_000, 4000.0),
        (3_000, 0, 900_000, 0.0),  # reading the start-up configuration after a reload
        (500_000, 0, 900_000, 4000.0),
        (4_294_967_000, 100, 704, 10.0),  # sysUpTime has wrapped since the change
    ],
)
def test_how_long_a_configuration_is_unsaved(changed: int, saved: int, uptime: int, seconds: float) -> None:
    assert config.unsaved(changed, saved, uptime) == seconds


def test_shut_ports_are_the_rows_there_are() -> None:
    readings = read(
        errdisable, {f"{CISCO}.548.1.3.1.1.2.10.0": 2, "1.3.6.1.2.1.31.1.1.1.1.10": b"Gi1/0/3", "1.3.6.1.2.1.31.1.1.1.1.11": b"x"}
    )
    assert said(readings) == {("interface.errdisabled", "Gi1/0/3", "bpduGuard", 2)}


def test_alarm_counts_power_over_ethernet_licences_and_vpc() -> None:
    assert said(read(alarms, {f"{CISCO}.138.1.2.1.0": 2})) == {("alarm.critical", "critical", 2, None)}
    main = "1.3.6.1.2.1.105.1.3.1.1"
    assert said(read(poe, {f"{main}.2.1": 370, f"{main}.3.1": 3, f"{main}.4.1": 115})) == {
        ("poe.state", "PoE group 1", "faulty", 3),
        ("poe.total", "PoE group 1", 370, None),
        ("poe.used", "PoE group 1", 115, None),
    }
    row = f"{CISCO}.543.1.2.3.1"
    assert said(read(licence, {f"{row}.3.1.1.1": b"ipbase", f"{row}.8.1.1.1": 86400, f"{row}.14.1.1.1": 3})) == {
        ("licence.state", "ipbase", "inUse", 3),
        ("licence.remaining", "ipbase", 86400, None),
    }
    assert said(read(vpc, {f"{CISCO}.807.1.1.2.1.2.1": 3})) == {("vpc.keepalive.state", "vPC domain 1", "peerUnreachable", 3)}
