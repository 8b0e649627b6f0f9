"""Sensors by entPhysicalIndex: CISCO-ENTITY-SENSOR-MIB with the device's own thresholds, else ENTITY-SENSOR-MIB.

Optics are sensors too: their light is told in dBm, besides the watts where
the device measures those. A sensor that does not work has a state and no value; -32768 is
no value.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from healthd.catalogue.mibs import entity_sensor as mib
from healthd.catalogue.mibs.entity import PHYSICAL
from healthd.collectors._limits import Limits, Threshold, limits
from healthd.collectors._states import StateColumn, number, part_name, words_of
from healthd.model.answer import Answers, Row
from healthd.model.observation import Reading

DARK = -40.0
"""dBm that stand for no light, as optics say it themselves (0 W has no logarithm)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One of the two sensor tables; their objects differ in the prefix only."""

    prefix: str
    state: StateColumn

    def number(self, row: Row, column: str) -> int | None:
        """Return an object of *row* by its name without the prefix."""
        return number(row, self.prefix + column)


CISCO = Table(
    prefix="entSensor",
    state=StateColumn(metric="sensor.state", walk=mib.CISCO, column="entSensorStatus", words=mib.STATUS),
)
STANDARD = Table(
    prefix="entPhySensor",
    state=StateColumn(metric="sensor.state", walk=mib.STANDARD, column="entPhySensorOperStatus", words=mib.STATUS),
)

ASKS = (mib.CISCO, mib.STANDARD, mib.THRESHOLD, PHYSICAL)
WORDS = words_of(CISCO.state, STANDARD.state)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield the value and, where the device says it, the state of every sensor."""
    name = part_name(answers, "Sensor")
    thresholds = _thresholds(answers)
    known = answers.rows(mib.CISCO)
    for table in (CISCO, STANDARD):
        for index, row in answers.rows(table.state.walk).items():
            # The same sensor in both tables is one sensor, and only Cisco's table has thresholds.
            if table is CISCO or index not in known:
                yield from _sensor(table, index, row, name(index, row), thresholds.get(index, ()))


def _sensor(table: Table, index: str, row: Row, item: str, thresholds: Sequence[Threshold]) -> Iterator[Reading]:
    status = number(row, table.state.column)
    if status is not None:
        yield table.state.reading(index, status, item)
    kind, raw = table.number(row, "Type"), table.number(row, "Value")
    if raw is None or raw == mib.NO_VALUE or status not in (None, 1) or kind not in mib.METRIC:
        return
    metric, unit = mib.METRIC[kind]
    scale = factor(table.number(row, "Scale"), table.number(row, "Precision"))
    source = f"{table.state.walk.mib}::{table.prefix}Value"
    if metric == "power" and _LIGHT.search(item):
        said = _in_dbm(limits(thresholds, scale))
        yield Reading(metric="optic.power", item=item, index=index, value=dbm(raw * scale), unit="dBm", source=source, limits=said)
    yield Reading(
        metric=metric,
        item=item,
        index=index,
        value=raw if scale == 1 else raw * scale,
        raw=raw,
        unit=unit,
        source=source,
        oid=f"{table.state.walk.oid(table.prefix + 'Value')}.{index}",
        scale=scale,
        limits=limits(thresholds, scale, zero=metric == "optic.power"),
    )


_LIGHT = re.compile(r"\b(?:[rt]x|receive|transmit|optical|laser)\b", re.IGNORECASE)
"""How IOS XR names the sensors of light that it measures in watts ("power Rx 0/0/0/3")."""


def factor(scale: int | None, precision: int | None) -> float:
    """Return what the raw number is multiplied with: SI prefix and decimal places (a negative precision counts digits only)."""
    return float(10.0 ** (mib.EXPONENT.get(scale or 9, 0) - max(precision or 0, 0)))


def dbm(watts: float) -> float:
    """Return *watts* in decibels of a milliwatt, to a hundredth; no light is DARK."""
    return max(round(10 * math.log10(watts * 1000), 2), DARK) if watts > 0 else DARK


def _in_dbm(watts: Limits | None) -> Limits | None:
    if watts is None:
        return None
    low, warn_low, warn_high, high = (dbm(limit) if limit is not None and limit > 0 else None for limit in watts)
    return low, warn_low, warn_high, high


def _thresholds(answers: Answers) -> Mapping[str, Sequence[Threshold]]:
    """Return each sensor's thresholds by entPhysicalIndex."""
    found: dict[str, list[Threshold]] = defaultdict(list)
    for index, row in answers.rows(mib.THRESHOLD).items():
        value, relation = number(row, "entSensorThresholdValue"), number(row, "entSensorThresholdRelation")
        if value is not None and relation is not None:
            severity = number(row, "entSensorThresholdSeverity") or 0
            found[index.partition(".")[0]].append(Threshold(severity, relation, value))
    return found
