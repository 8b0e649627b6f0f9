"""How each platform words what happens: facility, severity, mnemonic and text, as its system messages guide gives them.

SOURCE: Cisco IOS XE, NX-OS, IOS XR system message guides; ASA Series Syslog
Messages. The templates are filled with a happening's words.
"""

from collections.abc import Mapping

from healthd.lab.happenings import Happening
from healthd.lab.parts import Spec

Line = tuple[str, int, str, str]
"""Facility, severity, mnemonic, text."""
_LINKS: Mapping[str, tuple[Line, ...]] = {
    "link/down": (("LINEPROTO", 5, "UPDOWN", "Line protocol on Interface {item}, changed state to down"), ("LINK", 3, "UPDOWN", "Interface {item}, changed state to down")),
    "link/up": (("LINK", 3, "UPDOWN", "Interface {item}, changed state to up"), ("LINEPROTO", 5, "UPDOWN", "Line protocol on Interface {item}, changed state to up")),
    "link/errdisabled": (
        ("SPANTREE", 2, "BLOCK_BPDUGUARD", "Received BPDU on port {short} with BPDU Guard enabled. Disabling port."),
        ("PM", 4, "ERR_DISABLE", "bpduguard error detected on {short}, putting {short} in err-disable state"),
        ("LINEPROTO", 5, "UPDOWN", "Line protocol on Interface {item}, changed state to down"), ("LINK", 3, "UPDOWN", "Interface {item}, changed state to down"),
    ),
}  # fmt: skip
IOS: Mapping[str, tuple[Line, ...]] = {
    **_LINKS,
    "psu/failed": (("PLATFORM_ENV", 1, "FRU_PS_SIGNAL_FAULTY", "signal on power supply {slot} is faulty"),),
    "psu/noinput": (("PLATFORM_ENV", 1, "FRU_PS_ACCESS", "FRU Power Supply is not responding"),),
    "psu/absent": (("PLATFORM_ENV", 6, "FRU_PS_OIR", "FRU Power Supply {slot} removed"),),
    "psu/ok": (("PLATFORM_ENV", 6, "FRU_PS_SIGNAL_OK", "signal on power supply {slot} is restored"),),
    "fan/failed": (("ENVMON", 2, "FAN_FAILED", "Fan {key} is not rotating"),),
    "fan/ok": (("ENVMON", 6, "FAN_OK", "Fan {key} is ok"),),
    "temperature/high": (("PLATFORM_ENV", 1, "TEMP", "Abnormal temperature detected: {item}, {value} Celsius"),),
    "temperature/ok": (("PLATFORM_ENV", 1, "TEMP_OK", "Temperature is back to normal: {item}"),),
    "bgp/idle": (("BGP", 5, "ADJCHANGE", "neighbor {item} Down BGP Notification sent"), ("BGP", 3, "NOTIFICATION", "sent to neighbor {item} 4/0 (hold time expired) 0 bytes")),
    "bgp/established": (("BGP", 5, "ADJCHANGE", "neighbor {item} Up"),),
    "ospf/down": (("OSPF", 5, "ADJCHG", "Process 1, Nbr {router} on {port} from FULL to DOWN, Neighbor Down: Dead timer expired"),),
    "ospf/full": (("OSPF", 5, "ADJCHG", "Process 1, Nbr {router} on {port} from LOADING to FULL, Loading Done"),),
    "ntp/unsynchronised": (("NTP", 4, "UNSYNC", "NTP sync is lost"),),
    "ntp/synchronised": (("NTP", 5, "PEERSYNC", "NTP synced to peer {item}"),),
    "config/changed": (("SYS", 5, "CONFIG_I", "Configured from console by {user} on vty0 (10.255.0.20)"),),
    "reload/requested": (("SYS", 5, "RELOAD", "Reload requested by console. Reload Reason: {reason}."),),
    "boot/started": (("SYS", 5, "RESTART", "System restarted --\n{restart}"),),
}  # fmt: skip
IOSXE: Mapping[str, tuple[Line, ...]] = {
    **IOS,
    "psu/failed": (("PLATFORM_FEP", 1, "FRU_PS_SIGNAL_FAULTY", "Switch {member}: signal on power supply {slot} is faulty"),),
    "psu/noinput": (("PLATFORM_FEP", 1, "FRU_PS_ACCESS", "Switch {member}: power supply {slot} is not responding"),),
    "psu/absent": (("PLATFORM_FEP", 6, "FRU_PS_OIR", "Switch {member}: FRU power supply {slot} removed"),),
    "psu/ok": (("PLATFORM_FEP", 6, "FRU_PS_SIGNAL_OK", "Switch {member}: signal on power supply {slot} is restored"),),
    "fan/failed": (("PLATFORM_THERMAL", 1, "FRU_FAN_FAILURE", "Switch {member}: Fan {slot} failure detected"),),
    "fan/ok": (("PLATFORM_THERMAL", 1, "FRU_FAN_RECOVERY", "Switch {member}: Fan {slot} has recovered"),),
    "module/failed": (("IOSXE_OIR", 6, "OFFLINECARD", "Card ({pid}) offline in slot {key}"),),
    "module/ok": (("IOSXE_OIR", 6, "ONLINECARD", "Card ({pid}) online in slot {key}"),),
    "member/removed": (("STACKMGR", 4, "STACK_LINK_CHANGE", "Switch 1 R0/0: stack_mgr: Stack port 1 on Switch 1 is down"), ("STACKMGR", 4, "SWITCH_REMOVED", "Switch 1 R0/0: stack_mgr: Switch {member} has been removed from the stack.")),
    "member/ready": (("STACKMGR", 4, "SWITCH_ADDED", "Switch 1 R0/0: stack_mgr: Switch {member} has been added to the stack."), ("STACKMGR", 6, "STACK_LINK_CHANGE", "Switch 1 R0/0: stack_mgr: Stack port 1 on Switch 1 is up")),
}  # fmt: skip
ROUTER: Mapping[str, tuple[Line, ...]] = {
    **IOSXE,
    "psu/failed": (("IOSXE_PEM", 3, "PEMFAIL", "The PEM in slot {key} is switched off or encountering a failure condition."),),
    "psu/noinput": (("IOSXE_PEM", 3, "PEMFAIL", "The PEM in slot {key} is switched off or encountering a failure condition."),),
    "psu/absent": (("IOSXE_PEM", 6, "REMPEM_FM", "PEM/FM slot {key} removed"),),
    "psu/ok": (("IOSXE_PEM", 6, "PEMOK", "The PEM in slot {key} is functioning properly"),),
    "fan/failed": (("IOSXE_PEM", 3, "FANFAIL", "The fan in slot {key} is encountering a failure condition"),),
    "fan/ok": (("IOSXE_PEM", 6, "FANOK", "The fan in slot {key} is functioning properly"),),
    "temperature/high": (("ENVIRONMENTAL", 1, "ALERT", "{item}, Location: R0, State: Critical, Reading: {value} Celsius"),),
    "temperature/ok": (("ENVIRONMENTAL", 6, "NOTICE", "{item}, Location: R0, State: Normal, Reading: normal"),),
}  # fmt: skip
NXOS: Mapping[str, tuple[Line, ...]] = {
    "link/down": (("ETHPORT", 5, "IF_DOWN_LINK_FAILURE", "Interface {item} is down (Link failure)"),),
    "link/up": (("ETHPORT", 5, "IF_UP", "Interface {item} is up in mode trunk"),),
    "link/errdisabled": (("ETHPORT", 2, "IF_DOWN_ERROR_DISABLED", "Interface {item} is down (Error disabled. Reason:BPDUGuard)"),),
    "psu/failed": (("PLATFORM", 2, "PS_FAIL", "Power supply {key} failed or shut down (Serial number {serial})"),),
    "psu/noinput": (("PLATFORM", 2, "PS_FAIL", "Power supply {key} failed or shut down (Serial number {serial})"),),
    "psu/absent": (("PLATFORM", 2, "PS_ABSENT", "Power supply {key} is absent/shutdown, ps-redundancy might be affected"),),
    "psu/ok": (("PLATFORM", 2, "PS_OK", "Power supply {key} ok (Serial number {serial})"),),
    "fan/failed": (("PLATFORM", 1, "FAN_FAIL", "Fan module {key} Failed"),),
    "fan/ok": (("PLATFORM", 5, "FAN_OK", "Fan module {key} ok"),),
    "module/failed": (("MODULE", 2, "MOD_FAIL", "Initialization of module {key} (Serial number: {serial}) failed"),),
    "module/ok": (("MODULE", 5, "MOD_OK", "Module {key} is online (Serial number: {serial})"),),
    "temperature/high": (("PLATFORM", 2, "MOD_TEMPMAJALRM", "Module-1 reported major temperature alarm. Sensor={item} Temperature={value} MajThreshold={crit}"),),
    "temperature/ok": (("PLATFORM", 2, "MOD_TEMPOK", "Module-1 recovered from major temperature alarm. Sensor={item}"),),
    "ntp/unsynchronised": (("NTP", 6, "NTP_SYSLOG_LOGGING", ": Peer {item} is unreachable"),),
    "ntp/synchronised": (("NTP", 6, "NTP_SYSLOG_LOGGING", ": Peer {item} is reachable"),),
    "config/changed": (("VSHD", 5, "VSHD_SYSLOG_CONFIG_I", "Configured from vty by {user} on 10.255.0.20@pts/0"),),
    "boot/started": (("PLATFORM", 5, "MOD_STATUS", "Module 27 current-status is MOD_STATUS_ONLINE/OK"),),
}  # fmt: skip
IOSXR: Mapping[str, tuple[Line, ...]] = {
    "link/down": (("PKT_INFRA-LINK", 3, "UPDOWN", "Interface {item}, changed state to Down"), ("PKT_INFRA-LINEPROTO", 5, "UPDOWN", "Line protocol on Interface {item}, changed state to Down")),
    "link/up": (("PKT_INFRA-LINK", 3, "UPDOWN", "Interface {item}, changed state to Up"), ("PKT_INFRA-LINEPROTO", 5, "UPDOWN", "Line protocol on Interface {item}, changed state to Up")),
    "psu/failed": (("PLATFORM-PWR_MGMT", 2, "MODULE_FAILURE", "Power-module {key} failure condition raised: Module output fault"),),
    "psu/noinput": (("PLATFORM-PWR_MGMT", 2, "MODULE_FAILURE", "Power-module {key} failure condition raised: Module shut down, no stable external input"),),
    "psu/absent": (("PLATFORM-PWR_MGMT", 2, "MODULE_FAILURE", "Power-module {key} failure condition raised: Module not present"),),
    "psu/ok": (("PLATFORM-PWR_MGMT", 2, "MODULE_FAILURE", "Power-module {key} failure condition cleared"),),
    "fan/failed": (("PLATFORM-ENVMON", 2, "FANTRAY_FAIL", "Fan tray {key} failed"),),
    "fan/ok": (("PLATFORM-ENVMON", 2, "FANTRAY_FAIL_CLEAR", "Fan tray {key} is operational"),),
    "module/failed": (("PLATFORM-SHELFMGR", 6, "NODE_STATE_CHANGE", "{key} {pid} state:FAILED"),),
    "module/ok": (("PLATFORM-SHELFMGR", 6, "NODE_STATE_CHANGE", "{key} {pid} state:IOS XR RUN"),),
    "temperature/high": (("PLATFORM-ENVMON", 2, "TEMP", "Temperature sensor {item} reached MAJOR threshold"),),
    "temperature/ok": (("PLATFORM-ENVMON", 2, "TEMP_CLEAR", "Temperature sensor {item} is normal"),),
    "bgp/idle": (("ROUTING-BGP", 5, "ADJCHANGE", "neighbor {item} Down - BGP Notification sent, hold time expired (VRF: default) (AS: {asn})"),),
    "bgp/established": (("ROUTING-BGP", 5, "ADJCHANGE", "neighbor {item} Up (VRF: default) (AS: {asn})"),),
    "ospf/down": (("ROUTING-OSPF", 5, "ADJCHG", "Process 1, Nbr {router} on {port} in area 0 from FULL to DOWN, Neighbor Down: dead timer expired, vrf default vrfid 0x60000000"),),
    "ospf/full": (("ROUTING-OSPF", 5, "ADJCHG", "Process 1, Nbr {router} on {port} in area 0 from LOADING to FULL, Loading Done, vrf default vrfid 0x60000000"),),
    "ntp/unsynchronised": (("IP-IP_NTP", 5, "SYNC_LOSS", "Synchronization lost : {item} :The association was removed"),),
    "ntp/synchronised": (("IP-IP_NTP", 5, "SYNC", "Synchronization established : {item}"),),
    "config/changed": (("MGBL-CONFIG", 6, "DB_COMMIT", "Configuration committed by user '{user}'. Use 'show configuration commit changes 1000000042' to view the changes."),),
    "reload/requested": (("PLATFORM-SHELFMGR", 0, "FAULT", "Graceful reload requested for card 0/RSP0/CPU0. Reason: {reason}"),),
    "boot/started": (("OS-SYSMGR", 5, "NOTICE", "Card is COLD started"),),
}  # fmt: skip
ASA: Mapping[str, tuple[Line, ...]] = {
    "link/down": (("ASA", 4, "411002", "Line protocol on Interface {short}, changed state to down"),),
    "link/up": (("ASA", 4, "411001", "Line protocol on Interface {short}, changed state to up"),),
    "psu/failed": (("ASA", 1, "735004", "IPMI: Power Supply {key}: Failure Detected"),),
    "psu/noinput": (("ASA", 1, "735004", "IPMI: Power Supply {key}: Failure Detected"),),
    "psu/absent": (("ASA", 1, "735004", "IPMI: Power Supply {key}: Failure Detected"),),
    "psu/ok": (("ASA", 1, "735003", "IPMI: Power Supply {key}: OK"),),
    "fan/failed": (("ASA", 1, "735002", "IPMI: Cooling Fan {key}: Failure Detected"),),
    "fan/ok": (("ASA", 1, "735001", "IPMI: Cooling Fan {key}: OK"),),
    "temperature/high": (("ASA", 1, "735008", "Chassis Ambient 1: Temp: {value}C, Critical"),),
    "temperature/high/cpu": (("ASA", 1, "735007", "CPU 1: Temp: {value}C, Critical"),),
    "temperature/ok/cpu": (("ASA", 1, "735020", "CPU 1: Temp: {value}C, OK"),),
    "temperature/ok": (("ASA", 1, "735021", "Chassis Ambient 1: Temp: {value}C, OK"),),
    "config/changed": (("ASA", 5, "111008", "User '{user}' executed the 'write memory' command."),),
    "reload/requested": (("ASA", 5, "199001", "Reload command executed from SSH (remote 10.255.0.20)."),),
    "boot/started": (("ASA", 6, "199002", "Startup completed. Beginning operation."),),
}  # fmt: skip
WORDINGS = {"ios": IOS, "iosxe": IOSXE, "nxos": NXOS, "iosxr": IOSXR, "asa": ASA}


def lines(spec: Spec, happening: Happening) -> list[Line]:
    """Return the log lines of *happening*, those of a platform that logs nothing about it being none."""
    wording = ROUTER if spec.family in ("asr1001x", "isr") and spec.platform == "iosxe" else WORDINGS[spec.platform]
    filled = {"item": happening.item, "restart": spec.description.replace("\r", ""), **happening.words}
    what = f"{happening.kind}/{happening.after}"
    # An ASA numbers the heat of its processor and of its chassis apart.
    found = (wording.get(f"{what}/cpu") if "CPU" in happening.item else None) or wording.get(what, ())
    return [(facility, severity, mnemonic, text.format_map(filled)) for facility, severity, mnemonic, text in found]
