"""Tunnels, keys, firewalls, remote access, authentication servers.

Sources: CISCO-IPSEC-FLOW-MONITOR-MIB, CISCO-IPSEC-MIB, CISCO-IPSEC-PROVISIONING-MIB, CISCO-IPSEC-SIGNALING-MIB,
CISCO-FIREWALL-MIB, CISCO-REMOTE-ACCESS-MONITOR-MIB, CISCO-AAA-SERVER-MIB, CISCO-SSL-PROXY-MIB, CISCO-SLB-MIB,
CISCO-ENHANCED-SLB-MIB, CISCO-TAP-MIB.
"""

from healthd.catalogue.trap import CISCO, CISCO_TRIAL, Object, Trap, counted, plain

_CISG_IPS_SG_TUN_LOCAL_ADDRESS_TYPE = counted(
    "idOther idIpv4Addr idFqdn idDn idIpv6Addr idUserFqdn idIpv4AddrSubnet idIpv6AddrSubnet idIpv4AddrRange idIpv6AddrRange "
    "idDerAsn1Gn idKeyId idWwn"
)
TRAPS = (
    Trap(name="cikeTunnelStart", oid=f"{CISCO}.171.2.0.1", severity=5, kind="ike.up"),
    Trap(name="cikeTunnelStop", oid=f"{CISCO}.171.2.0.2", severity=4, kind="ike.down"),
    Trap(name="cikeSysFailure", oid=f"{CISCO}.171.2.0.3", severity=4, kind="ike.failed"),
    Trap(name="cikeCertCrlFailure", oid=f"{CISCO}.171.2.0.4", severity=4, kind="ike.certificate"),
    Trap(name="cikeProtocolFailure", oid=f"{CISCO}.171.2.0.5", severity=4, kind="ike.failed"),
    Trap(name="cikeNoSa", oid=f"{CISCO}.171.2.0.6", severity=4, kind="ike.no-sa"),
    Trap(name="cipSecTunnelStart", oid=f"{CISCO}.171.2.0.7", severity=5, kind="ipsec.up"),
    Trap(name="cipSecTunnelStop", oid=f"{CISCO}.171.2.0.8", severity=4, kind="ipsec.down"),
    Trap(name="cipSecSysFailure", oid=f"{CISCO}.171.2.0.9", severity=4, kind="ipsec.failed"),
    Trap(name="cipSecSetUpFailure", oid=f"{CISCO}.171.2.0.10", severity=4, kind="ipsec.failed"),
    Trap(name="cipSecEarlyTunTerm", oid=f"{CISCO}.171.2.0.11", severity=4, kind="ipsec.down"),
    Trap(name="cipSecProtocolFailure", oid=f"{CISCO}.171.2.0.12", severity=4, kind="ipsec.failed"),
    Trap(name="cipSecNoSa", oid=f"{CISCO}.171.2.0.13", severity=4, kind="ipsec.no-sa"),
    Trap(name="cipsIsakmpPolicyAdded", oid=f"{CISCO_TRIAL}.62.2.0.1", severity=5, kind="ipsec.policy-changed"),
    Trap(name="cipsIsakmpPolicyDeleted", oid=f"{CISCO_TRIAL}.62.2.0.2", severity=5, kind="ipsec.policy-changed"),
    Trap(name="cipsCryptomapAdded", oid=f"{CISCO_TRIAL}.62.2.0.3", severity=5, kind="ipsec.policy-changed"),
    Trap(name="cipsCryptomapDeleted", oid=f"{CISCO_TRIAL}.62.2.0.4", severity=5, kind="ipsec.policy-changed"),
    Trap(name="cipsCryptomapSetAttached", oid=f"{CISCO_TRIAL}.62.2.0.5", severity=5, kind="ipsec.policy-changed"),
    Trap(name="cipsCryptomapSetDetached", oid=f"{CISCO_TRIAL}.62.2.0.6", severity=5, kind="ipsec.policy-changed"),
    Trap(name="cipsTooManySAs", oid=f"{CISCO_TRIAL}.62.2.0.7", severity=4, kind="ipsec.exhausted"),
    Trap(name="ciscoIPsecProvCryptomapAdded", oid=f"{CISCO}.431.0.1", severity=5, kind="ipsec.policy-changed"),
    Trap(name="ciscoIPsecProvCryptomapDeleted", oid=f"{CISCO}.431.0.2", severity=5, kind="ipsec.policy-changed"),
    Trap(name="ciscoIPsecProvCryptomapAttached", oid=f"{CISCO}.431.0.3", severity=5, kind="ipsec.policy-changed"),
    Trap(name="ciscoIPsecProvCryptomapDetached", oid=f"{CISCO}.431.0.4", severity=4, kind="ipsec.policy-changed"),
    Trap(name="ciscoIpsSgTunnelStart", oid=f"{CISCO}.438.0.1", severity=5, kind="ike.up"),
    Trap(name="ciscoIpsSgTunnelStop", oid=f"{CISCO}.438.0.2", severity=4, kind="ike.down"),
    Trap(name="ciscoIpsSgSysFailure", oid=f"{CISCO}.438.0.3", severity=4, kind="ike.failed"),
    Trap(name="ciscoIpsSgCertCrlFailure", oid=f"{CISCO}.438.0.4", severity=4, kind="ike.certificate"),
    Trap(name="cfwSecurityNotification", oid=f"{CISCO}.147.2.0.2", severity=4, kind="firewall.attack"),
    Trap(name="cfwContentInspectNotification", oid=f"{CISCO}.147.2.0.3", severity=4, kind="firewall.content", state="cfwBasicContentInspEventType", good=frozenset({"clean", "okay"}), eased="firewall.content-ok"),
    Trap(name="cfwConnNotification", oid=f"{CISCO}.147.2.0.4", severity=5, kind="firewall.connection"),
    Trap(name="cfwAccessNotification", oid=f"{CISCO}.147.2.0.5", severity=5, kind="firewall.access"),
    Trap(name="cfwAuthNotification", oid=f"{CISCO}.147.2.0.6", severity=5, kind="firewall.authentication"),
    Trap(name="cfwGenericNotification", oid=f"{CISCO}.147.2.0.7", severity=4, kind="firewall.event", state="cfwBasicGenericEventType", good=frozenset({"okay"}), eased="firewall.ok"),
    Trap(name="ciscoRasTooManySessions", oid=f"{CISCO}.392.0.1", severity=4, kind="vpn.sessions"),
    Trap(name="ciscoRasTooManyFailedAuths", oid=f"{CISCO}.392.0.2", severity=4, kind="vpn.failed-logins"),
    Trap(name="ciscoRasTooHighThroughput", oid=f"{CISCO}.392.0.3", severity=4, kind="vpn.throughput"),
    Trap(name="casServerStateChange", oid=f"{CISCO_TRIAL}.56.2.0.1", severity=4, kind="aaa.server-changed", state="casState", good=frozenset({"up"}), eased="aaa.server-up"),
    Trap(name="cspServOperStatus", oid=f"{CISCO}.370.0.1", severity=4, kind="proxy.changed"),
    Trap(name="cspServCertExpiring", oid=f"{CISCO}.370.0.2", severity=4, kind="certificate.expiring"),
    Trap(name="ciscoSlbVirtualStateChange", oid=f"{CISCO}.161.2.0.1", severity=4, kind="balancer.virtual-changed"),
    Trap(name="ciscoSlbRealStateChange", oid=f"{CISCO}.161.2.0.2", severity=4, kind="balancer.server-changed"),
    Trap(name="cesRealServerStateUp", oid=f"{CISCO}.470.0.1", severity=5, kind="balancer.server-up"),
    Trap(name="cesRealServerStateDown", oid=f"{CISCO}.470.0.2", severity=4, kind="balancer.server-down"),
    Trap(name="cesRealServerStateChange", oid=f"{CISCO}.470.0.3", severity=4, kind="balancer.server-changed"),
    Trap(name="cesRserverStateUp", oid=f"{CISCO}.470.0.4", severity=5, kind="balancer.server-up"),
    Trap(name="cesRserverStateDown", oid=f"{CISCO}.470.0.5", severity=4, kind="balancer.server-down"),
    Trap(name="cesRserverStateChange", oid=f"{CISCO}.470.0.6", severity=4, kind="balancer.server-changed"),
    Trap(name="cTapMIBActive", oid=f"{CISCO}.252.0.1", severity=5, kind="tap.active"),
    Trap(name="cTapMediationTimedOut", oid=f"{CISCO}.252.0.2", severity=5, kind="tap.ended"),
)  # fmt: skip

OBJECTS = (
    Object(name="cipSecSpiProtocol", oid=f"{CISCO}.171.1.3.4.1.4", words=counted("ah esp ipcomp")),
    Object(name="cipsStaticCryptomapType", oid=f"{CISCO}.431.1.4.3.1.3", words=counted(
        "cryptomapTypeNONE cryptomapTypeMANUAL cryptomapTypeISAKMP cryptomapTypeCET cryptomapTypeDYNAMIC "
        "cryptomapTypeDYNAMICDISCOVERY"
    )),
    Object(name="cisgIpsSgTunLocalAddressType", oid=f"{CISCO}.438.1.1.2.1.4", words=_CISG_IPS_SG_TUN_LOCAL_ADDRESS_TYPE),
    Object(name="cisgIpsSgTunRemoteAddressType", oid=f"{CISCO}.438.1.1.2.1.9", words=_CISG_IPS_SG_TUN_LOCAL_ADDRESS_TYPE),
    Object(name="cisgIpsSgTunHistLocalAddrType", oid=f"{CISCO}.438.1.3.2.1.9", words=_CISG_IPS_SG_TUN_LOCAL_ADDRESS_TYPE),
    Object(name="cisgIpsSgTunHistRemoteAddrType", oid=f"{CISCO}.438.1.3.2.1.12", words=_CISG_IPS_SG_TUN_LOCAL_ADDRESS_TYPE),
    Object(name="cisgIpsSgTunHistTermReason", oid=f"{CISCO}.438.1.3.2.1.2", words=counted(
        "other normal operRequest peerDelRequest peerLost applicationInitiated userAuthFailure localFailure"
    )),
    Object(name="cfwBasicSecurityEventType", oid=f"{CISCO}.147.1.1.1.2.1.3", words=counted(
        "other none dos recon pakFwd addrSpoof svcSpoof thirdParty complete invalPak illegCom policy"
    )),
    Object(name="cfwBasicContentInspEventType", oid=f"{CISCO}.147.1.1.1.2.1.4", words=counted("other okay error found clean reject saved")),
    Object(name="cfwBasicConnectionEventType", oid=f"{CISCO}.147.1.1.1.2.1.5", words=counted(
        "other accept error drop close timeout refused reset noResp"
    )),
    Object(name="cfwBasicAccessEventType", oid=f"{CISCO}.147.1.1.1.2.1.6", words=counted("other grant deny denyMult error")),
    Object(name="cfwBasicAuthenticationEventType", oid=f"{CISCO}.147.1.1.1.2.1.7", words=counted(
        "other succ error fail succPriv failPriv failMult"
    )),
    Object(name="cfwBasicGenericEventType", oid=f"{CISCO}.147.1.1.1.2.1.8", words=counted("abnormal okay error")),
    Object(name="casState", oid=f"{CISCO_TRIAL}.56.1.2.1.1.25", words={1: "up", 2: "dead"}),
    *plain(f"{CISCO}.171.1.2.2.1", "cikePeerLocalAddr 6, cikePeerRemoteAddr 7"),
    *plain(f"{CISCO}.171.1.2.3.1", "cikeTunLifeTime 15, cikeTunActiveTime 16"),
    *plain(f"{CISCO}.171.1.3.2.1", "cipSecTunLifeTime 9, cipSecTunLifeSize 8, cipSecTunActiveTime 10"),
    *plain(f"{CISCO_TRIAL}.62.1.1", "cipsNumIsakmpPolicies 4"),
    *plain(f"{CISCO_TRIAL}.62.1.3", "cipsMaxSAs 1"),
    *plain(f"{CISCO}.431.1.4.1.1", "cipsStaticCryptomapSetSize 1, cipsStaticCryptomapSetNumIsakmp 2, cipsStaticCryptomapSetNumDynamic 4"),
    *plain(f"{CISCO}.438.1.1.2.1", "cisgIpsSgTunLocalAddress 5, cisgIpsSgTunRemoteAddress 10, cisgIpsSgTunLifeTime 16"),
    *plain(f"{CISCO}.438.1.3.2.1", "cisgIpsSgTunHistLocalAddr 10, cisgIpsSgTunHistRemoteAddr 13, cisgIpsSgTunHistActiveTime 21"),
    *plain(f"{CISCO}.438.1.4.2.1", "cisgIpsSgFailLocalAddress 8, cisgIpsSgFailRemoteAddress 9"),
    *plain(f"{CISCO}.147.1.1.1.2.1", "cfwBasicEventTime 2, cfwBasicEventDescription 9, cfwBasicEventDetailsTableRow 10"),
    *plain(f"{CISCO}.392.1.3", "crasNumSessions 1, crasNumUsers 3, crasGlobalInOctets 7, crasGlobalOutOctets 9"),
    *plain(f"{CISCO}.392.1.1", "crasMaxSessionsSupportable 1, crasMaxUsersSupportable 2"),
    *plain(f"{CISCO}.392.1.6", "crasThrMaxSessions 1, crasThrMaxFailedAuths 2, crasThrMaxThroughput 3"),
    *plain(f"{CISCO}.392.1.4.1", "crasNumDeclinedSessions 2"),
)  # fmt: skip
