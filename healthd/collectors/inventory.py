"""The parts a device is made of, and their model and serial numbers.

Source: ENTITY-MIB::entPhysicalTable (RFC 6933).
"""

import re
from collections.abc import Iterator, Mapping

from healthd.catalogue.mibs.entity import CLASS, PHYSICAL
from healthd.collectors import _names
from healthd.collectors._lines import Line, lines
from healthd.model.answer import Answers, Row
from healthd.model.observation import Fact, Kind, Metric, Part

PID = Metric(name="hardware.pid", unit="", kind=Kind.TEXT, source="ENTITY-MIB::entPhysicalModelName")
SERIAL = Metric(name="hardware.serial", unit="", kind=Kind.TEXT, source="ENTITY-MIB::entPhysicalSerialNum")
METRICS = (PID, SERIAL)
ASKS = (PHYSICAL,)

_TRUTH = {1: True, 2: False}
_REPLACEABLE = {"chassis", "module", "powerSupply", "fan"}
_SLOT = re.compile(r"\b(?:slot|bay|switch|subslot|module|linecard|supervisor)\s*[-#:]?\s*([A-Z]?\d+(?:/\w+)*|[A-Z])\b", re.IGNORECASE)
_CONTAINER = 5


def read(answers: Answers) -> Iterator[Fact]:
    """Yield every part, and the model and serial number of those that can be replaced, so that history shows exchanges."""
    names, rows = _names.parts(answers), answers.rows(PHYSICAL)
    for line in lines(answers, PHYSICAL):
        part = _part(line, rows)
        yield part
        if part.kind in _REPLACEABLE and part.serial:
            item = names.get(line.index, f"part {line.index}")
            yield from line.said(PID, item, "entPhysicalModelName")
            yield from line.said(SERIAL, item, "entPhysicalSerialNum")


def _part(line: Line, rows: Mapping[str, Row]) -> Part:
    parent = line.number("entPhysicalContainedIn")
    kind = line.number("entPhysicalClass")
    fru = line.number("entPhysicalIsFRU")
    return Part(
        index=line.index,
        parent="" if parent is None else str(parent),
        kind=CLASS.get(kind, "other") if kind is not None else "other",
        name=line.text("entPhysicalName"),
        description=line.text("entPhysicalDescr"),
        pid=line.text("entPhysicalModelName"),
        serial=line.text("entPhysicalSerialNum"),
        hardware=line.text("entPhysicalHardwareRev"),
        firmware=line.text("entPhysicalFirmwareRev"),
        software=line.text("entPhysicalSoftwareRev"),
        fru=_TRUTH.get(fru) if fru is not None else None,
        slot=_slot(line, rows),
    )


def _slot(line: Line, rows: Mapping[str, Row]) -> str:
    """Return the slot as the part's name tells it, else the position of the container it sits in; empty when neither says."""
    if said := slot_of(line.text("entPhysicalName")):
        return said
    holder = rows.get(str(line.number("entPhysicalContainedIn")), {})
    position = holder.get("entPhysicalParentRelPos")
    return str(position) if holder.get("entPhysicalClass") == _CONTAINER and isinstance(position, int) and position >= 0 else ""


def slot_of(name: str) -> str:
    """Return the slot that *name* tells; empty when it tells none."""
    said = _SLOT.search(name)
    return said[1] if said else ""
