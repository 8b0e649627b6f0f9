"""Processor load, percent over five minutes as the device itself averages it.

Sources: CISCO-PROCESS-MIB::cpmCPUTotalTable and cpmCoreTable; where they are
missing OLD-CISCO-CPU-MIB::avgBusy5. The row index names the processor.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.entity import PHYSICAL
from healthd.catalogue.mibs.process import CORES, OLD, TOTALS
from healthd.collectors import _names
from healthd.collectors._lines import lines, scalars
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Reading

BUSY = Metric(name="cpu.busy", unit="%", kind=Kind.GAUGE, source="CISCO-PROCESS-MIB::cpmCPUTotal5minRev")
CORE = Metric(name="cpu.core.busy", unit="%", kind=Kind.GAUGE, source="CISCO-PROCESS-MIB::cpmCore5min")
METRICS = (BUSY, CORE)
ASKS = (TOTALS, CORES, OLD, PHYSICAL)


def read(answers: Answers) -> Iterator[Fact]:
    """Yield one reading per processor, and one per core where the device tells them apart."""
    names = processors(answers)
    found = [*_totals(answers, names)]
    yield from found or scalars(answers, OLD).gauge(BUSY, "CPU", "avgBusy5")
    told = {reading.index for reading in found}
    for line in lines(answers, CORES):
        processor, _, core = line.index.partition(".")
        # A device that gives cores but no total is still loaded: its cores then are the processors.
        metric = CORE if processor in told else BUSY
        yield from line.gauge(metric, f"{names.get(processor, f'CPU {processor}')} core {core}", "cpmCore5min")


def _totals(answers: Answers, names: dict[str, str]) -> Iterator[Reading]:
    for line in lines(answers, TOTALS):
        column = "cpmCPUTotal5minRev" if line.number("cpmCPUTotal5minRev") is not None else "cpmCPUTotal5min"
        yield from line.gauge(BUSY, names[line.index], column)


def processors(answers: Answers) -> dict[str, str]:
    """Return the name of each row of cpmCPUTotalTable: that of its part, else its number."""
    parts = _names.parts(answers)
    at = {line.index: str(line.number("cpmCPUTotalPhysicalIndex")) for line in lines(answers, TOTALS)}
    return _names.unique({index: parts.get(part, f"CPU {index}") for index, part in at.items()})
