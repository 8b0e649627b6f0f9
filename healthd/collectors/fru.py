"""Field-replaceable units by CISCO-ENTITY-FRU-CONTROL-MIB: supplies, modules, fan trays, and how supplies share the load."""

from collections.abc import Iterator
from dataclasses import replace

from healthd.catalogue.mibs import fru
from healthd.catalogue.mibs.entity import CLASS, PHYSICAL
from healthd.collectors._states import StateColumn, number, part_name, part_names, words_of
from healthd.model.answer import Answers, text
from healthd.model.observation import Reading

SUPPLY = StateColumn(metric="psu.state", walk=fru.POWER, column="cefcFRUPowerOperStatus", words=fru.POWER_STATE)
MODULE = StateColumn(metric="module.state", walk=fru.MODULE, column="cefcModuleOperStatus", words=fru.MODULE_STATE)
FAN = StateColumn(metric="fan.state", walk=fru.FAN_TRAY, column="cefcFanTrayOperStatus", words=fru.FAN_STATE)
SHARED = StateColumn(metric="psu.redundancy", walk=fru.GROUP, column="cefcPowerRedundancyOperMode", words=fru.REDUNDANCY_MODE)

ASKS = (fru.POWER, fru.MODULE, fru.FAN_TRAY, fru.GROUP, PHYSICAL)
WORDS = words_of(SUPPLY, MODULE, FAN, SHARED)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield the state of every unit; ``power.state`` is the power of units that are no supplies (cards, trays)."""
    for reading in SUPPLY.readings(answers, part_name(answers, "Power supply")):
        yield reading if _is_supply(answers, reading.index) else replace(reading, metric="power.state")
    yield from MODULE.readings(answers, part_name(answers, "Module"))
    yield from FAN.readings(answers, part_name(answers, "Fan tray"))
    yield from SHARED.readings(answers, lambda index, _: f"{part_names(answers).get(index, index)} power")
    yield from _reset_reasons(answers)


def _is_supply(answers: Answers, index: str) -> bool:
    """Without an inventory row it is a supply: the table was made for them."""
    row = answers.rows(PHYSICAL).get(index, {})
    kind = CLASS.get(number(row, "entPhysicalClass") or 0)
    said = f"{text(row.get('entPhysicalName'))} {text(row.get('entPhysicalDescr'))}".lower()
    return kind in (None, "powerSupply") or (kind in ("container", "other") and "power supply" in said)


def _reset_reasons(answers: Answers) -> Iterator[Reading]:
    name = part_name(answers, "Module")
    for index, row in answers.rows(fru.MODULE).items():
        if said := text(row.get("cefcModuleResetReasonDescription")):
            source = "CISCO-ENTITY-FRU-CONTROL-MIB::cefcModuleResetReasonDescription"
            yield Reading(metric="module.reset", item=name(index, row), index=index, value=said, source=source)
