"""What the device says it is: name, release, model and serial number.

Sources: SNMPv2-MIB::system, ENTITY-MIB::entPhysicalTable (the chassis),
CISCO-IMAGE-MIB::ciscoImageTable.
"""

from collections.abc import Iterator, Mapping, Sequence

from healthd.catalogue.enterprises import vendor
from healthd.catalogue.mibs.entity import PHYSICAL
from healthd.catalogue.mibs.image import LINES
from healthd.catalogue.mibs.snmpv2 import ENGINE, SYSTEM
from healthd.collectors._lines import Line, lines, scalars
from healthd.collectors._versions import Software, bare, software
from healthd.collectors.uptime import seconds_up
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Reading, System

VERSION = Metric(name="software.version", unit="", kind=Kind.TEXT, source="SNMPv2-MIB::sysDescr")
METRICS = (VERSION,)
ASKS = (SYSTEM, ENGINE, PHYSICAL, LINES)

_CHASSIS = 3


def read(answers: Answers) -> Iterator[Fact]:
    """Yield the system, and its release as a reading, so that history shows upgrades."""
    line = scalars(answers, SYSTEM)
    said, every = _software(answers, line), chassis(answers)
    yield System(
        name=line.text("sysName"),
        description=line.text("sysDescr"),
        object_id=line.text("sysObjectID"),
        uptime_s=seconds_up(answers),
        version=said.version,
        pid=_first(every, "entPhysicalModelName"),
        serial=_first(every, "entPhysicalSerialNum"),
        image=said.image,
        location=line.text("sysLocation"),
        contact=line.text("sysContact"),
        vendor=vendor(line.text("sysObjectID")),
        special_build=said.special,
    )
    if said.version:
        yield Reading(metric=VERSION.name, item="", value=said.version, index="0", source=VERSION.source)


def _software(answers: Answers, line: Line) -> Software:
    """Return the release from sysDescr, else from the image's own lines, else from the chassis' software revision."""
    said = software(line.text("sysDescr"))
    image = dict(_image_lines(answers))
    revision = bare(_first(chassis(answers), "entPhysicalSoftwareRev"))
    return Software(said.version or image.get("VERSION", "") or revision, said.image or image.get("IMAGE", ""), said.special)


def _image_lines(answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield the pairs of lines like ``CW_VERSION$15.2(7)E3$``."""
    for line in lines(answers, LINES):
        key, dollar, value = line.text("ciscoImageString").partition("$")
        if dollar and key.startswith("CW_"):
            yield key.removeprefix("CW_"), value.rstrip("$").strip()


def chassis(answers: Answers) -> list[Line]:
    """Return the chassis of the device, the one that stands for it first: the outermost that names its model.

    A stack has one chassis per member below a row of class stack, a Nexus
    also lists fabric extenders as chassis: nesting and order tell them apart.
    """
    rows = answers.rows(PHYSICAL)
    found = [Line(PHYSICAL, i, row) for i, row in rows.items() if row.get("entPhysicalClass") == _CHASSIS]
    return sorted(found, key=lambda c: (not c.text("entPhysicalModelName"), _depth(c.index, rows), int(c.index)))


def _first(every: Sequence[Line], column: str) -> str:
    """Return *column* of the first chassis that has it."""
    return next((said for line in every if (said := line.text(column))), "")


def _depth(index: str, rows: Mapping[str, Mapping[str, object]]) -> int:
    """Return how many parts are around part *index*; a circle among parents ends the count."""
    seen: set[str] = set()
    while (row := rows.get(index)) is not None and index not in seen:
        seen.add(index)
        index = str(row.get("entPhysicalContainedIn", 0))
    return len(seen)
