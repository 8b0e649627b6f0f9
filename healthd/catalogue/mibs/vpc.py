"""CISCO-VPC-MIB (1.3.6.1.4.1.9.9.807): virtual port channels of two Nexus switches."""

from healthd.model.request import Walk

KEEPALIVE = Walk(
    mib="CISCO-VPC-MIB",
    table="cVpcPeerKeepAliveTable",
    entry="1.3.6.1.4.1.9.9.807.1.1.2.1",
    columns=(("cVpcPeerKeepAliveStatus", 2),),
)
"""Row index: the vPC domain."""

ROLE = Walk(
    mib="CISCO-VPC-MIB",
    table="cVpcRoleTable",
    entry="1.3.6.1.4.1.9.9.807.1.2.1.1",
    columns=(("cVpcRoleStatus", 2), ("cVpcDualActiveDetectionStatus", 3)),
)

HOST_LINK = Walk(
    mib="CISCO-VPC-MIB",
    table="cVpcStatusHostLinkTable",
    entry="1.3.6.1.4.1.9.9.807.1.4.2.1",
    columns=(
        ("cVpcStatusHostLinkIfIndex", 3),
        ("cVpcStatusHostLinkStatus", 4),
        ("cVpcStatusHostLinkConsistencyStatus", 5),
    ),
)
"""Row index: domain.vPC number."""

KEEPALIVE_STATE = {
    1: "disabled",
    2: "alive",
    3: "peerUnreachable",
    4: "aliveButDomainIdDismatch",
    5: "suspendedAsISSU",
    6: "suspendedAsDestIPUnreachable",
    7: "suspendedAsVRFUnusable",
    8: "misconfigured",
}
ROLE_STATE = {1: "primarySecondary", 2: "primary", 3: "secondaryPrimary", 4: "secondary", 5: "noneEstablished"}
HOST_LINK_STATE = {1: "down", 2: "downStar", 3: "up"}
CONSISTENCY = {1: "success", 2: "failed", 3: "notApplicable"}
