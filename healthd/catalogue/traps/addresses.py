"""Address and name servers.

Sources: CISCO-IETF-DHCP-SERVER-MIB, CISCO-NETWORK-REGISTRAR-MIB, NAT-MIB (RFC 4008).
"""

from healthd.catalogue.trap import CISCO, CISCO_TRIAL, MIB2, Object, Trap, plain

TRAPS = (
    Trap(name="cDhcpv4ServerFreeAddressLow", oid=f"{CISCO_TRIAL}.102.0.2.0.1", severity=4, kind="dhcp.pool-low"),
    Trap(name="cDhcpv4ServerFreeAddressHigh", oid=f"{CISCO_TRIAL}.102.0.2.0.2", severity=5, kind="dhcp.pool-ok"),
    Trap(name="cDhcpv4ServerStartTime", oid=f"{CISCO_TRIAL}.102.0.2.0.3", severity=5, kind="dhcp.started"),
    Trap(name="cDhcpv4ServerStopTime", oid=f"{CISCO_TRIAL}.102.0.2.0.4", severity=4, kind="dhcp.stopped"),
    Trap(name="cDhcpv4ServerDuplicateAddress", oid=f"{CISCO_TRIAL}.102.0.2.0.5", severity=4, kind="dhcp.duplicate"),
    Trap(name="ciscoNetRegFreeAddressLow", oid=f"{CISCO}.120.2.0.1", severity=4, kind="dhcp.pool-low"),
    Trap(name="ciscoNetRegFreeAddressHigh", oid=f"{CISCO}.120.2.0.2", severity=5, kind="dhcp.pool-ok"),
    Trap(name="ciscoNetRegServerStart", oid=f"{CISCO}.120.2.0.3", severity=5, kind="dhcp.started"),
    Trap(name="ciscoNetRegServerStop", oid=f"{CISCO}.120.2.0.4", severity=4, kind="dhcp.stopped"),
    Trap(name="ciscoNetRegDNSQueueTooBig", oid=f"{CISCO}.120.2.0.5", severity=4, kind="dns.queue"),
    Trap(name="ciscoNetRegOtherServerNotResponding", oid=f"{CISCO}.120.2.0.6", severity=4, kind="dhcp.partner-silent"),
    Trap(name="ciscoNetRegDuplicateAddress", oid=f"{CISCO}.120.2.0.7", severity=4, kind="dhcp.duplicate"),
    Trap(name="ciscoNetRegAddressConflict", oid=f"{CISCO}.120.2.0.8", severity=4, kind="dhcp.conflict"),
    Trap(name="ciscoNetRegOtherServerResponding", oid=f"{CISCO}.120.2.0.9", severity=5, kind="dhcp.partner-back"),
    Trap(name="ciscoNetRegFailoverConfigMismatch", oid=f"{CISCO}.120.2.0.10", severity=4, kind="dhcp.mismatch"),
    Trap(name="natPacketDiscard", oid=f"{MIB2}.123.0.1", severity=4, kind="nat.discarded"),
)  # fmt: skip

OBJECTS = (
    Object(name="cDhcpv4ServerNotifyClientOrServerDetected", oid=f"{CISCO_TRIAL}.102.1.7.3", words={1: "client", 2: "server"}),
    *plain(f"{CISCO_TRIAL}.102.1.7",
        "cDhcpv4ServerNotifyServerStart 4, cDhcpv4ServerNotifyServerStop 5, cDhcpv4ServerNotifyDuplicateIpAddr 1, "
        "cDhcpv4ServerNotifyDuplicateMac 2"
    ),
)  # fmt: skip
