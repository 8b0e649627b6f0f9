"""Flash: size and free space of each partition, in bytes.

Source: CISCO-FLASH-MIB::ciscoFlashPartitionTable; its 64-bit columns where they are filled.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.flash import BEYOND, DEVICES, PARTITIONS
from healthd.collectors import _names
from healthd.collectors._lines import Line, lines
from healthd.model.answer import Answers, text
from healthd.model.observation import Fact, Kind, Metric

FREE = Metric(name="flash.free", unit="bytes", kind=Kind.GAUGE, source="CISCO-FLASH-MIB::ciscoFlashPartitionFreeSpace")
TOTAL = Metric(name="flash.total", unit="bytes", kind=Kind.GAUGE, source="CISCO-FLASH-MIB::ciscoFlashPartitionSize")
METRICS = (FREE, TOTAL)
ASKS = (DEVICES, PARTITIONS)

_SIZE, _SPACE = "ciscoFlashPartitionSize", "ciscoFlashPartitionFreeSpace"


def read(answers: Answers) -> Iterator[Fact]:
    """Yield total and free of each partition; a partition without size holds no medium and says nothing."""
    there = [line for line in lines(answers, PARTITIONS) if line.number(_column(line, _SIZE))]
    names = _names.unique({line.index: _name(line, answers) for line in there})
    for line in there:
        yield from line.gauge(TOTAL, names[line.index], _column(line, _SIZE))
        yield from line.gauge(FREE, names[line.index], _column(line, _SPACE))


def _column(line: Line, column: str) -> str:
    """Return which form of *column* to read: the 64-bit one where it is filled, or where the other has stuck at its limit."""
    wide = f"{column}Extended"
    return wide if line.number(wide) or line.number(column) in (None, BEYOND) else column


def _name(line: Line, answers: Answers) -> str:
    device = answers.rows(DEVICES).get(line.index.partition(".")[0], {})
    return line.text("ciscoFlashPartitionName") or text(device.get("ciscoFlashDeviceName")) or f"flash {line.index}"
