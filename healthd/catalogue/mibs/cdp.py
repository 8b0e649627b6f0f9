"""CISCO-CDP-MIB: neighbours heard through the Cisco Discovery Protocol."""

from healthd.model.request import Walk

CACHE = Walk(
    mib="CISCO-CDP-MIB",
    table="cdpCacheTable",
    entry="1.3.6.1.4.1.9.9.23.1.2.1.1",
    columns=(
        ("cdpCacheAddressType", 3),
        ("cdpCacheAddress", 4),
        ("cdpCacheDeviceId", 6),
        ("cdpCacheDevicePort", 7),
        ("cdpCachePlatform", 8),
    ),
)
"""Row index: ifIndex.cdpCacheDeviceIndex."""
