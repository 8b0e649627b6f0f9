"""HOST-RESOURCES-MIB (RFC 2790): how server-like systems (ISE, Unified CM) tell load and storage."""

from healthd.model.request import Walk

PROCESSORS = Walk(
    mib="HOST-RESOURCES-MIB",
    table="hrProcessorTable",
    entry="1.3.6.1.2.1.25.3.3.1",
    columns=(("hrProcessorLoad", 2),),
)
"""Row index: hrDeviceIndex; percent over the last minute."""

STORAGE = Walk(
    mib="HOST-RESOURCES-MIB",
    table="hrStorageTable",
    entry="1.3.6.1.2.1.25.2.3.1",
    columns=(("hrStorageType", 2), ("hrStorageDescr", 3), ("hrStorageAllocationUnits", 4), ("hrStorageSize", 5), ("hrStorageUsed", 6)),
)
"""Row index: hrStorageIndex; sizes count allocation units."""

RAM = "1.3.6.1.2.1.25.2.1.2"
FIXED_DISK = "1.3.6.1.2.1.25.2.1.4"
"""hrStorageTypes."""
