"""Labels, tunnels, virtual private networks, pseudowires.

Sources: MPLS-LDP-STD-MIB (RFC 3815), MPLS-TE-STD-MIB (RFC 3812), MPLS-LSR-STD-MIB (RFC 3813), MPLS-L3VPN-STD-MIB (RFC
4382), MPLS-VPN-MIB (draft 3, as IOS has it), MPLS-FRR-FACILITY-STD-MIB (RFC 6445), GMPLS-TE-STD-MIB (RFC 4802),
PW-STD-MIB (RFC 5601), CISCO-IETF-PW-MIB, PCE-PCEP-MIB (RFC 7420), MPLS-OAM-ID-STD-MIB (RFC 7697), VPLS-GENERIC-MIB
and VPLS-LDP-MIB (RFC 7257), TED-MIB (RFC 6825).
"""

from healthd.catalogue.textual import ADDRESS_TYPE, ADMIN_STATUS, OPER_STATUS, ROW_STATUS, TRUTH
from healthd.catalogue.trap import CISCO_TRIAL, MIB2, Object, Trap, counted, plain

_MPLS_L3_VPN_VRF_OPER_STATUS = {1: "up", 2: "down"}
TRAPS = (
    Trap(name="mplsLdpInitSessionThresholdExceeded", oid=f"{MIB2}.10.166.4.0.1", severity=4, kind="ldp.threshold"),
    Trap(name="mplsLdpPathVectorLimitMismatch", oid=f"{MIB2}.10.166.4.0.2", severity=4, kind="ldp.mismatch"),
    Trap(name="mplsLdpSessionUp", oid=f"{MIB2}.10.166.4.0.3", severity=5, kind="ldp.up"),
    Trap(name="mplsLdpSessionDown", oid=f"{MIB2}.10.166.4.0.4", severity=4, kind="ldp.down"),
    Trap(name="mplsTunnelUp", oid=f"{MIB2}.10.166.3.0.1", severity=5, kind="mpls-te.up"),
    Trap(name="mplsTunnelDown", oid=f"{MIB2}.10.166.3.0.2", severity=4, kind="mpls-te.down"),
    Trap(name="mplsTunnelRerouted", oid=f"{MIB2}.10.166.3.0.3", severity=5, kind="mpls-te.rerouted"),
    Trap(name="mplsTunnelReoptimized", oid=f"{MIB2}.10.166.3.0.4", severity=5, kind="mpls-te.reoptimized"),
    Trap(name="mplsXCUp", oid=f"{MIB2}.10.166.2.0.1", severity=5, kind="mpls.cross-connect-up"),
    Trap(name="mplsXCDown", oid=f"{MIB2}.10.166.2.0.2", severity=4, kind="mpls.cross-connect-down"),
    Trap(name="mplsL3VpnVrfUp", oid=f"{MIB2}.10.166.11.0.1", severity=5, kind="vrf.up"),
    Trap(name="mplsL3VpnVrfDown", oid=f"{MIB2}.10.166.11.0.2", severity=4, kind="vrf.down"),
    Trap(name="mplsL3VpnVrfRouteMidThreshExceeded", oid=f"{MIB2}.10.166.11.0.3", severity=4, kind="vrf.routes"),
    Trap(name="mplsL3VpnVrfNumVrfRouteMaxThreshExceeded", oid=f"{MIB2}.10.166.11.0.4", severity=4, kind="vrf.routes-full"),
    Trap(name="mplsL3VpnNumVrfSecIllglLblThrshExcd", oid=f"{MIB2}.10.166.11.0.5", severity=4, kind="vrf.illegal-label"),
    Trap(name="mplsL3VpnNumVrfRouteMaxThreshCleared", oid=f"{MIB2}.10.166.11.0.6", severity=5, kind="vrf.routes-ok"),
    Trap(name="mplsVrfIfUp", oid="1.3.6.1.3.118.0.1", severity=5, kind="vrf.up"),
    Trap(name="mplsVrfIfDown", oid="1.3.6.1.3.118.0.2", severity=4, kind="vrf.down"),
    Trap(name="mplsNumVrfRouteMidThreshExceeded", oid="1.3.6.1.3.118.0.3", severity=4, kind="vrf.routes"),
    Trap(name="mplsNumVrfRouteMaxThreshExceeded", oid="1.3.6.1.3.118.0.4", severity=4, kind="vrf.routes-full"),
    Trap(name="mplsNumVrfSecIllglLblThrshExcd", oid="1.3.6.1.3.118.0.5", severity=4, kind="vrf.illegal-label"),
    Trap(name="mplsFrrFacilityInitialBackupTunnelInvoked", oid=f"{MIB2}.204.0.1", severity=4, kind="mpls-te.protected"),
    Trap(name="mplsFrrFacilityFinalTunnelRestored", oid=f"{MIB2}.204.0.2", severity=5, kind="mpls-te.restored"),
    Trap(name="gmplsTunnelDown", oid=f"{MIB2}.10.166.13.0.1", severity=4, kind="mpls-te.down"),
    Trap(name="mplsOamIdDefectCondition", oid=f"{MIB2}.10.166.21.0.1", severity=4, kind="mpls.defect"),
    Trap(name="pwDown", oid=f"{MIB2}.10.246.0.1", severity=4, kind="pseudowire.down"),
    Trap(name="pwUp", oid=f"{MIB2}.10.246.0.2", severity=5, kind="pseudowire.up"),
    Trap(name="pwDeleted", oid=f"{MIB2}.10.246.0.3", severity=5, kind="pseudowire.deleted"),
    Trap(name="cpwVcDown", oid=f"{CISCO_TRIAL}.106.0.1", severity=4, kind="pseudowire.down"),
    Trap(name="cpwVcUp", oid=f"{CISCO_TRIAL}.106.0.2", severity=5, kind="pseudowire.up"),
    Trap(name="pcePcepSessUp", oid=f"{MIB2}.227.0.1", severity=5, kind="pcep.up"),
    Trap(name="pcePcepSessDown", oid=f"{MIB2}.227.0.2", severity=4, kind="pcep.down"),
    Trap(name="pcePcepSessLocalOverload", oid=f"{MIB2}.227.0.3", severity=4, kind="pcep.overload"),
    Trap(name="pcePcepSessLocalOverloadClear", oid=f"{MIB2}.227.0.4", severity=5, kind="pcep.overload-ended"),
    Trap(name="pcePcepSessPeerOverload", oid=f"{MIB2}.227.0.5", severity=4, kind="pcep.overload"),
    Trap(name="pcePcepSessPeerOverloadClear", oid=f"{MIB2}.227.0.6", severity=5, kind="pcep.overload-ended"),
    Trap(name="vplsStatusChanged", oid=f"{MIB2}.10.274.0.1", severity=4, kind="vpls.changed", state="vplsStatusOperStatus", good=frozenset({"up"}), eased="vpls.up"),
    Trap(name="vplsFwdFullAlarmRaised", oid=f"{MIB2}.10.274.0.2", severity=4, kind="vpls.table-full"),
    Trap(name="vplsFwdFullAlarmCleared", oid=f"{MIB2}.10.274.0.3", severity=5, kind="vpls.table-ok"),
    Trap(name="vplsLdpPwBindMacTableFull", oid=f"{MIB2}.10.275.0.1", severity=4, kind="vpls.table-full"),
    Trap(name="tedStatusChange", oid=f"{MIB2}.10.273.0.1", severity=5, kind="mpls-te.link-changed"),
    Trap(name="tedEntryCreated", oid=f"{MIB2}.10.273.0.2", severity=5, kind="mpls-te.link-added"),
    Trap(name="tedEntryDeleted", oid=f"{MIB2}.10.273.0.3", severity=5, kind="mpls-te.link-removed"),
)  # fmt: skip

OBJECTS = (
    Object(name="mplsLdpSessionState", oid=f"{MIB2}.10.166.4.1.3.3.1.2", words=counted(
        "nonexistent initialized openrec opensent operational"
    )),
    Object(name="mplsTunnelAdminStatus", oid=f"{MIB2}.10.166.3.2.2.1.34", words=ADMIN_STATUS),
    Object(name="mplsTunnelOperStatus", oid=f"{MIB2}.10.166.3.2.2.1.35", words=OPER_STATUS),
    Object(name="mplsXCOperStatus", oid=f"{MIB2}.10.166.2.1.10.1.10", words=OPER_STATUS),
    Object(name="mplsL3VpnIfConfRowStatus", oid=f"{MIB2}.10.166.11.1.2.1.1.5", words=ROW_STATUS),
    Object(name="mplsL3VpnVrfOperStatus", oid=f"{MIB2}.10.166.11.1.2.2.1.6", words=_MPLS_L3_VPN_VRF_OPER_STATUS),
    Object(name="mplsFrrFacilityDBProtectingTunnelStatus", oid=f"{MIB2}.204.1.7.1.10", words=counted("active ready partial")),
    Object(name="gmplsTunnelErrorLastErrorType", oid=f"{MIB2}.10.166.13.2.6.1.1", words=counted(
        "noError unknown protocol pathComputation localConfiguration localResources localOther", 0,
    )),
    Object(name="gmplsTunnelErrorReporterType", oid=f"{MIB2}.10.166.13.2.6.1.3", words=ADDRESS_TYPE),
    Object(name="mplsOamIdMegOperStatus", oid=f"{MIB2}.10.166.21.1.2.1.10", words=_MPLS_L3_VPN_VRF_OPER_STATUS),
    Object(name="pwOperStatus", oid=f"{MIB2}.10.246.1.2.1.38", words=counted("up down testing dormant notPresent lowerLayerDown")),
    Object(name="pwType", oid=f"{MIB2}.10.246.1.2.1.2", words={0: "other", 1: "frameRelayDlciMartiniMode", 2: "atmAal5SduVcc", 3: "atmTransparent", 4: "ethernetTagged", 5: "ethernet", 6: "hdlc", 7: "ppp", 8: "cem", 9: "atmCellNto1Vcc", 10: "atmCellNto1Vpc", 11: "ipLayer2Transport", 12: "atmCell1to1Vcc", 13: "atmCell1to1Vpc", 14: "atmAal5PduVcc", 15: "frameRelayPortMode", 16: "cep", 17: "e1Satop", 18: "t1Satop", 19: "e3Satop", 20: "t3Satop", 21: "basicCesPsn", 22: "basicTdmIp", 23: "tdmCasCesPsn", 24: "tdmCasTdmIp", 25: "frDlci", 32767: "wildcard"}),
    Object(name="pwPeerAddrType", oid=f"{MIB2}.10.246.1.2.1.8", words=ADDRESS_TYPE),
    Object(name="pcePcepSessState", oid=f"{MIB2}.227.1.3.1.3", words=counted("tcpPending openWait keepWait sessionUp")),
    Object(name="pcePcepSessOverloaded", oid=f"{MIB2}.227.1.3.1.12", words=TRUTH),
    Object(name="pcePcepSessPeerOverloaded", oid=f"{MIB2}.227.1.3.1.14", words=TRUTH),
    Object(name="vplsConfigAdminStatus", oid=f"{MIB2}.10.274.1.2.1.4", words=ADMIN_STATUS),
    Object(name="vplsStatusOperStatus", oid=f"{MIB2}.10.274.1.3.1.1", words=counted("other up down", 0)),
    Object(name="tedLinkState", oid=f"{MIB2}.10.273.1.1.1.6", words=counted("unknown up down", 0)),
    *plain(f"{MIB2}.10.166.4.1.2.3.1", "mplsLdpEntityInitSessionThreshold 11, mplsLdpEntityPathVectorLimit 14"),
    *plain(f"{MIB2}.10.166.4.1.3.2.1", "mplsLdpPeerPathVectorLimit 3"),
    *plain(f"{MIB2}.10.166.4.1.3.3.1", "mplsLdpSessionDiscontinuityTime 8"),
    *plain(f"{MIB2}.10.166.4.1.3.4.1", "mplsLdpSessionStatsUnknownMesTypeErrors 1, mplsLdpSessionStatsUnknownTlvErrors 2"),
    *plain(f"{MIB2}.204.1.7.1",
        "mplsFrrFacilityDBNumProtectingTunnelOnIf 7, mplsFrrFacilityDBNumProtectedLspOnIf 8, "
        "mplsFrrFacilityDBNumProtectedTunnels 9, mplsFrrFacilityDBProtectingTunnelResvBw 11"
    ),
    *plain(f"{MIB2}.10.166.13.2.6.1", "gmplsTunnelErrorReporter 4, gmplsTunnelErrorCode 5, gmplsTunnelErrorSubcode 6"),
    *plain(f"{MIB2}.10.166.21.1.2.1", "mplsOamIdMegName 2, mplsOamIdMegSubOperStatus 11"),
    *plain(f"{MIB2}.10.166.21.1.5.1", "mplsOamIdMeName 3"),
    *plain(f"{MIB2}.10.246.1.2.1", "pwID 12, pwPeerAddr 9"),
    *plain(f"{MIB2}.227.1.3.1", "pcePcepSessStateLastChange 2, pcePcepSessOverloadTime 13, pcePcepSessPeerOverloadTime 15"),
    *plain(f"{MIB2}.10.274.1.2.1", "vplsConfigVpnId 14, vplsConfigName 2"),
)  # fmt: skip
