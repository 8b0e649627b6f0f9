"""CISCO-ENHANCED-MEMPOOL-MIB and CISCO-MEMORY-POOL-MIB: memory pools, in bytes."""

from healthd.model.request import Walk

ENHANCED = Walk(
    mib="CISCO-ENHANCED-MEMPOOL-MIB",
    table="cempMemPoolTable",
    entry="1.3.6.1.4.1.9.9.221.1.1.1.1",
    columns=(
        ("cempMemPoolName", 3),
        ("cempMemPoolValid", 6),
        ("cempMemPoolUsed", 7),
        ("cempMemPoolFree", 8),
        ("cempMemPoolHCUsed", 18),
        ("cempMemPoolHCFree", 20),
    ),
)
"""Row index: entPhysicalIndex.cempMemPoolIndex. The HC columns are the 64-bit forms; the 32-bit ones stick at 4 GiB."""

OLD = Walk(
    mib="CISCO-MEMORY-POOL-MIB",
    table="ciscoMemoryPoolTable",
    entry="1.3.6.1.4.1.9.9.48.1.1.1",
    columns=(("ciscoMemoryPoolName", 2), ("ciscoMemoryPoolValid", 4), ("ciscoMemoryPoolUsed", 5), ("ciscoMemoryPoolFree", 6)),
)
"""Row index: ciscoMemoryPoolType."""

NOT_VALID = 2
"""TruthValue false of cempMemPoolValid and ciscoMemoryPoolValid: the numbers of the row are not to be trusted."""
