"""Supplies, fans, temperatures and voltages by CISCO-ENVMON-MIB.

A sensor may stand in CISCO-ENTITY-SENSOR-MIB too, under the same index. Both
are kept, as they may differ (some cards scale one of them wrongly), and the
item of the value here says which it is.
"""

from collections.abc import Iterator
from dataclasses import replace

from healthd.catalogue.mibs import envmon
from healthd.catalogue.mibs.entity import PHYSICAL
from healthd.collectors._states import Name, StateColumn, apart, described, number, words_of
from healthd.model.answer import Answers, text
from healthd.model.observation import Reading

SUPPLY = StateColumn(metric="psu.state", walk=envmon.SUPPLY, column="ciscoEnvMonSupplyState", words=envmon.STATE)
FAN = StateColumn(metric="fan.state", walk=envmon.FAN, column="ciscoEnvMonFanState", words=envmon.STATE)
HEAT = StateColumn(metric="temperature.state", walk=envmon.TEMPERATURE, column="ciscoEnvMonTemperatureState", words=envmon.STATE)
VOLTAGE = StateColumn(metric="voltage.state", walk=envmon.VOLTAGE, column="ciscoEnvMonVoltageState", words=envmon.STATE)

ASKS = (envmon.SUPPLY, envmon.FAN, envmon.TEMPERATURE, envmon.VOLTAGE, PHYSICAL)
WORDS = words_of(SUPPLY, FAN, HEAT, VOLTAGE)

_NOT_MEASURED = {5, 6}
"""notPresent and notFunctioning: whatever the value says, nothing was measured."""


def read(answers: Answers) -> Iterator[Reading]:
    """Yield states of all four tables, and the temperatures and voltages that no better table has."""
    for reading in SUPPLY.readings(answers, apart(described("ciscoEnvMonSupplyStatusDescr", "Power supply"), answers, "ENVMON")):
        yield _told_apart(reading, answers)
    yield from FAN.readings(answers, apart(described("ciscoEnvMonFanStatusDescr", "Fan"), answers, "ENVMON"))
    yield from HEAT.readings(answers, described("ciscoEnvMonTemperatureStatusDescr", "Temperature"))
    yield from VOLTAGE.readings(answers, described("ciscoEnvMonVoltageStatusDescr", "Voltage"))
    yield from _temperatures(answers)
    yield from _voltages(answers)


def _sensor_name(answers: Answers, column: str, family: str) -> Name:
    return apart(described(column, family), answers, "ENVMON")


def _told_apart(reading: Reading, answers: Answers) -> Reading:
    """Say so when the state is not the supply's but that of the redundant power system behind it.

    Fixed Catalyst switches put both into one row: "Sw1, PS1 Normal, RPS NotResponding".
    """
    said = text(answers.rows(envmon.SUPPLY)[reading.index].get("ciscoEnvMonSupplyStatusDescr"))
    own, behind, _ = said.partition("RPS")
    return replace(reading, item=f"{reading.item} RPS") if behind and "Normal" in own and reading.raw != 1 else reading


def _temperatures(answers: Answers) -> Iterator[Reading]:
    name = _sensor_name(answers, "ciscoEnvMonTemperatureStatusDescr", "Temperature")
    for index, row in answers.rows(envmon.TEMPERATURE).items():
        value, limit = number(row, "ciscoEnvMonTemperatureStatusValue"), number(row, "ciscoEnvMonTemperatureThreshold")
        if value is None or number(row, "ciscoEnvMonTemperatureState") in _NOT_MEASURED:
            continue
        yield Reading(
            metric="temperature",
            item=name(index, row),
            index=index,
            value=value,
            unit="°C",
            source="CISCO-ENVMON-MIB::ciscoEnvMonTemperatureStatusValue",
            oid=f"{envmon.TEMPERATURE.oid('ciscoEnvMonTemperatureStatusValue')}.{index}",
            # The one threshold of this table is the critical one (0: none is set).
            limits=(None, None, None, float(limit)) if limit is not None and limit > 0 else None,
        )


def _voltages(answers: Answers) -> Iterator[Reading]:
    name = _sensor_name(answers, "ciscoEnvMonVoltageStatusDescr", "Voltage")
    for index, row in answers.rows(envmon.VOLTAGE).items():
        value = number(row, "ciscoEnvMonVoltageStatusValue")
        if value is None or number(row, "ciscoEnvMonVoltageState") in _NOT_MEASURED:
            continue
        low, high = number(row, "ciscoEnvMonVoltageThresholdLow"), number(row, "ciscoEnvMonVoltageThresholdHigh")
        yield Reading(
            metric="voltage",
            item=name(index, row),
            index=index,
            value=value * 0.001,
            raw=value,
            scale=0.001,
            unit="V",
            source="CISCO-ENVMON-MIB::ciscoEnvMonVoltageStatusValue",
            oid=f"{envmon.VOLTAGE.oid('ciscoEnvMonVoltageStatusValue')}.{index}",
            limits=(low / 1000, None, None, high / 1000) if low is not None and high is not None and low < high else None,
        )
