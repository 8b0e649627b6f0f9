"""CISCO-PROCESS-MIB and OLD-CISCO-CPU-MIB: processor load in percent, and memory per processor in kilobytes."""

from healthd.model.request import Get, Walk

TOTALS = Walk(
    mib="CISCO-PROCESS-MIB",
    table="cpmCPUTotalTable",
    entry="1.3.6.1.4.1.9.9.109.1.1.1.1",
    columns=(
        ("cpmCPUTotalPhysicalIndex", 2),
        ("cpmCPUTotal5min", 5),
        ("cpmCPUTotal5minRev", 8),
        ("cpmCPUMemoryUsed", 12),
        ("cpmCPUMemoryFree", 13),
        ("cpmCPUMemoryHCUsed", 17),
        ("cpmCPUMemoryHCFree", 19),
    ),
)
"""Row index: cpmCPUTotalIndex. cpmCPUTotal5min is the deprecated form (1 to 100) that old images have instead of 5minRev."""

CORES = Walk(mib="CISCO-PROCESS-MIB", table="cpmCoreTable", entry="1.3.6.1.4.1.9.9.109.1.1.2.1", columns=(("cpmCore5min", 5),))
"""Row index: cpmCPUTotalIndex.cpmCoreIndex."""

OLD = Get(mib="OLD-CISCO-CPU-MIB", objects=(("avgBusy5", "1.3.6.1.4.1.9.2.1.58.0"),))
