"""CISCO-FLASH-MIB: flash devices and their partitions, in bytes."""

from healthd.model.request import Walk

DEVICES = Walk(
    mib="CISCO-FLASH-MIB",
    table="ciscoFlashDeviceTable",
    entry="1.3.6.1.4.1.9.9.10.1.1.2.1",
    columns=(("ciscoFlashDeviceName", 7),),
)
"""Row index: ciscoFlashDeviceIndex."""

PARTITIONS = Walk(
    mib="CISCO-FLASH-MIB",
    table="ciscoFlashPartitionTable",
    entry="1.3.6.1.4.1.9.9.10.1.1.4.1.1",
    columns=(
        ("ciscoFlashPartitionSize", 4),
        ("ciscoFlashPartitionFreeSpace", 5),
        ("ciscoFlashPartitionName", 10),
        ("ciscoFlashPartitionSizeExtended", 13),
        ("ciscoFlashPartitionFreeSpaceExtended", 14),
    ),
)
"""Row index: ciscoFlashDeviceIndex.ciscoFlashPartitionIndex. The 32-bit columns stick at 4294967295 on larger devices."""

BEYOND = 0xFFFFFFFF
