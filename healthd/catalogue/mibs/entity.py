"""ENTITY-MIB (RFC 6933): the parts a device is made of."""

from healthd.model.request import Walk

PHYSICAL = Walk(
    mib="ENTITY-MIB",
    table="entPhysicalTable",
    entry="1.3.6.1.2.1.47.1.1.1.1",
    columns=(
        ("entPhysicalDescr", 2),
        ("entPhysicalVendorType", 3),
        ("entPhysicalContainedIn", 4),
        ("entPhysicalClass", 5),
        ("entPhysicalParentRelPos", 6),
        ("entPhysicalName", 7),
        ("entPhysicalHardwareRev", 8),
        ("entPhysicalFirmwareRev", 9),
        ("entPhysicalSoftwareRev", 10),
        ("entPhysicalSerialNum", 11),
        ("entPhysicalModelName", 13),
        ("entPhysicalIsFRU", 16),
    ),
)
"""Row index: entPhysicalIndex."""

CLASS = {
    1: "other",
    2: "other",  # unknown(2): there is no better word for what the device itself cannot say
    3: "chassis",
    4: "backplane",
    5: "container",
    6: "powerSupply",
    7: "fan",
    8: "sensor",
    9: "module",
    10: "port",
    11: "stack",
    12: "cpu",
}
"""entPhysicalClass."""

ALIAS_MAPPING = Walk(
    mib="ENTITY-MIB",
    table="entAliasMappingTable",
    entry="1.3.6.1.2.1.47.1.3.2.1",
    columns=(("entAliasMappingIdentifier", 2),),
)
"""Row index: entPhysicalIndex.entAliasLogicalIndexOrZero; the value is an OID such as ifIndex.10."""
