"""CISCO-EIGRP-MIB: EIGRP neighbours. A neighbour that is gone has no row."""

from healthd.model.request import Walk

PEERS = Walk(
    mib="CISCO-EIGRP-MIB",
    table="cEigrpPeerTable",
    entry="1.3.6.1.4.1.9.9.449.1.4.1.1",
    columns=(("cEigrpPeerAddrType", 2), ("cEigrpPeerAddr", 3), ("cEigrpPeerIfIndex", 4)),
)
"""Row index: cEigrpVpnId.cEigrpAsNumber.cEigrpHandle."""
