"""VRRP-MIB (RFC 2787) and VRRPV3-MIB (RFC 6527): virtual routers."""

from healthd.model.request import Walk

V2 = Walk(
    mib="VRRP-MIB",
    table="vrrpOperTable",
    entry="1.3.6.1.2.1.68.1.3.1",
    columns=(("vrrpOperState", 3),),
)
"""Row index: ifIndex.VRID."""

V3 = Walk(
    mib="VRRPV3-MIB",
    table="vrrpv3OperationsTable",
    entry="1.3.6.1.2.1.207.1.1.1.1",
    columns=(("vrrpv3OperationsStatus", 6),),
)
"""Row index: ifIndex.VRID.address type (1 IPv4, 2 IPv6)."""

STATE = {1: "initialize", 2: "backup", 3: "master"}
