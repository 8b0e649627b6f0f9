"""OSPF-MIB (RFC 4750) and OSPFV3-MIB (RFC 5643): OSPF neighbours."""

from healthd.model.request import Walk

NEIGHBOURS = Walk(
    mib="OSPF-MIB",
    table="ospfNbrTable",
    entry="1.3.6.1.2.1.14.10.1",
    columns=(("ospfNbrIpAddr", 1), ("ospfNbrRtrId", 3), ("ospfNbrState", 6)),
)
"""Row index: ospfNbrIpAddr.ospfNbrAddressLessIndex."""

NEIGHBOURS_V3 = Walk(
    mib="OSPFV3-MIB",
    table="ospfv3NbrTable",
    entry="1.3.6.1.2.1.191.1.9.1",
    columns=(("ospfv3NbrAddress", 5), ("ospfv3NbrState", 8)),
)
"""Row index: ospfv3NbrIfIndex.ospfv3NbrIfInstId.ospfv3NbrRtrId."""

STATE = {1: "down", 2: "attempt", 3: "init", 4: "twoWay", 5: "exchangeStart", 6: "exchange", 7: "loading", 8: "full"}
"""ospfNbrState and ospfv3NbrState."""
