"""Memory pools, in bytes.

Sources: CISCO-ENHANCED-MEMPOOL-MIB::cempMemPoolTable, else the older
CISCO-MEMORY-POOL-MIB::ciscoMemoryPoolTable, else the memory columns of
CISCO-PROCESS-MIB::cpmCPUTotalTable: the first that has rows is taken alone.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.entity import PHYSICAL
from healthd.catalogue.mibs.mempool import ENHANCED, NOT_VALID, OLD
from healthd.catalogue.mibs.process import TOTALS
from healthd.collectors import _names
from healthd.collectors._lines import Line, lines
from healthd.collectors.cpu import processors
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Reading

USED = Metric(name="memory.used", unit="bytes", kind=Kind.GAUGE, source="CISCO-ENHANCED-MEMPOOL-MIB::cempMemPoolHCUsed")
FREE = Metric(name="memory.free", unit="bytes", kind=Kind.GAUGE, source="CISCO-ENHANCED-MEMPOOL-MIB::cempMemPoolHCFree")
TOTAL = Metric(name="memory.total", unit="bytes", kind=Kind.GAUGE, source="CISCO-ENHANCED-MEMPOOL-MIB::cempMemPoolHCUsed")
METRICS = (USED, FREE, TOTAL)
ASKS = (ENHANCED, OLD, TOTALS, PHYSICAL)

_KILOBYTE = 1024


def read(answers: Answers) -> Iterator[Fact]:
    """Yield used, free and total of each pool."""
    yield from [*_enhanced(answers)] or [*_old(answers)] or [*_processors(answers)]


def _enhanced(answers: Answers) -> Iterator[Reading]:
    parts, valid = _names.parts(answers), [line for line in lines(answers, ENHANCED) if line.number("cempMemPoolValid") != NOT_VALID]
    said = {line.index: f"{parts.get(line.index.partition('.')[0], '')} {line.text('cempMemPoolName')}".strip() for line in valid}
    names = _names.unique({index: name or f"pool {index}" for index, name in said.items()})
    for line in valid:
        yield from _pool(
            line,
            names[line.index],
            _wide(line, "cempMemPoolHCUsed", "cempMemPoolUsed"),
            _wide(line, "cempMemPoolHCFree", "cempMemPoolFree"),
        )


def _old(answers: Answers) -> Iterator[Reading]:
    valid = [line for line in lines(answers, OLD) if line.number("ciscoMemoryPoolValid") != NOT_VALID]
    names = _names.unique({line.index: line.text("ciscoMemoryPoolName") or f"pool {line.index}" for line in valid})
    for line in valid:
        yield from _pool(line, names[line.index], "ciscoMemoryPoolUsed", "ciscoMemoryPoolFree")


def _processors(answers: Answers) -> Iterator[Reading]:
    names = processors(answers)
    for line in lines(answers, TOTALS):
        used, free = _filled(line, "cpmCPUMemoryHCUsed", "cpmCPUMemoryUsed"), _filled(line, "cpmCPUMemoryHCFree", "cpmCPUMemoryFree")
        yield from _pool(line, names[line.index], used, free, _KILOBYTE)


def _wide(line: Line, wide: str, narrow: str) -> str:
    """Return the name of the 64-bit column where the device has it."""
    return wide if line.number(wide) is not None else narrow


def _filled(line: Line, wide: str, narrow: str) -> str:
    """Return the 64-bit column unless it is 0: some images offer cpmCPUMemoryHC* and never fill it."""
    return wide if line.number(wide) else narrow


def _pool(line: Line, name: str, used: str, free: str, unit: int = 1) -> Iterator[Reading]:
    yield from line.gauge(USED, name, used, unit)
    yield from line.gauge(FREE, name, free, unit)
    taken, left = line.number(used), line.number(free)
    if taken is not None and left is not None:
        source = f"{line.ask.mib}::{used} + {free}"
        yield Reading(metric=TOTAL.name, item=name, value=(taken + left) * unit, index=line.index, unit=TOTAL.unit, source=source)
