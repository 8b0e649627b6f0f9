"""ISIS-MIB (RFC 4444) and CISCO-IETF-ISIS-MIB: IS-IS adjacencies. Both have the same columns."""

from healthd.model.request import Walk

_ADJACENCY = (("isisISAdjState", 2), ("isisISAdjNeighSysID", 6))
_ADDRESS = (("isisISAdjIPAddrAddress", 3),)
_CIRCUIT = (("isisCircIfIndex", 2),)

ADJACENCIES = Walk(mib="ISIS-MIB", table="isisISAdjTable", entry="1.3.6.1.2.1.138.1.6.1.1", columns=_ADJACENCY)
"""Row index: isisCircIndex.isisISAdjIndex."""
ADDRESSES = Walk(mib="ISIS-MIB", table="isisISAdjIPAddrTable", entry="1.3.6.1.2.1.138.1.6.3.1", columns=_ADDRESS)
"""Row index: isisCircIndex.isisISAdjIndex.isisISAdjIPAddrIndex."""
CIRCUITS = Walk(mib="ISIS-MIB", table="isisCircTable", entry="1.3.6.1.2.1.138.1.3.2.1", columns=_CIRCUIT)
"""Row index: isisCircIndex."""

CISCO_ADJACENCIES = Walk(mib="CISCO-IETF-ISIS-MIB", table="ciiISAdjTable", entry="1.3.6.1.4.1.9.10.118.1.6.1.1", columns=_ADJACENCY)
CISCO_ADDRESSES = Walk(mib="CISCO-IETF-ISIS-MIB", table="ciiISAdjIPAddrTable", entry="1.3.6.1.4.1.9.10.118.1.6.3.1", columns=_ADDRESS)
CISCO_CIRCUITS = Walk(mib="CISCO-IETF-ISIS-MIB", table="ciiCircTable", entry="1.3.6.1.4.1.9.10.118.1.3.2.1", columns=_CIRCUIT)

STATE = {1: "down", 2: "initializing", 3: "up", 4: "failed"}
"""isisISAdjState."""
