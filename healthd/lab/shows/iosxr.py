"""IOS XR: what an ASR 9000 prints, with the time above every answer."""

from collections.abc import Callable

from healthd.lab.log import Log, stamped
from healthd.lab.mibs.neighbours import cdp_name, cdp_platform
from healthd.lab.mibs.routing import router_id
from healthd.lab.moment import Moment, span, words
from healthd.lab.parts import Port, dotted
from healthd.lab.shows.ios import adjacent

WORD = {
    "up": ("up", "up"),
    "down": ("down", "down"),
    "errdisabled": ("down", "down"),
    "admin": ("administratively down", "administratively down"),
}


def timed(command: Callable[[Moment], str]) -> Callable[[Moment], str]:
    """Return *command* with the line that IOS XR puts before every answer."""

    def wrapped(m: Moment) -> str:
        local, text = m.local(), command(m)
        return text and f"{local:%a %b} {local.day:2} {local:%H:%M:%S}.{local.microsecond // 1000:03} {local:%Z}\n{text}"

    return wrapped


def version(m: Moment) -> str:
    """Return ``show version``."""
    s = m.spec
    return "\n".join([
        f"Cisco IOS XR Software, Version {s.version}[Default]", "Copyright (c) 2019 by Cisco Systems, Inc.", "", "ROM: System Bootstrap, Version 2.04(20140227:092320) [ASR9K ROMMON],  ", "",
        f"{s.name} uptime is {words(m.uptime)}", f'System image file is "{s.image}"', "", "cisco ASR9K Series (P4040) processor with 8388608K bytes of memory.", "P4040 processor at 1500MHz, Revision 2.0",
        "ASR-9001 Chassis", "", "2 Management Ethernet", "8 TenGigE", "8 DWDM controller(s)", "219k bytes of non-volatile configuration memory.", "2880M bytes of hard disk.", "3915760k bytes of disk0: (Sector size 512 bytes).", "",
        "Configuration register on node 0/RSP0/CPU0 is 0x102", f"Boot device on node 0/RSP0/CPU0 is {s.flash[0].name}", "",
    ])  # fmt: skip


def inventory(m: Moment) -> str:
    """Return ``show inventory``."""
    out = []
    for part in (p for p in m.spec.parts if p.pid and m.model.has(p.follows, m.time)):
        out.append(f'NAME: "{part.name}", DESCR: "{part.descr}"\nPID: {part.pid:<18}, VID: {part.hw}, SN: {m.serial_of(part)}\n')
    return "\n".join(out)


def platform(m: Moment) -> str:
    """Return ``show platform``."""
    out = ["Node            Type                      State            Config State", "-" * 77]
    for x in m.spec.modules:
        bad = m.module(x.key) != "ok"
        kind, state = (f"{x.pid}(Active)", "IOS XR RUN") if "RSP" in x.key else (x.pid, "IOS XR RUN" if x.key.endswith("CPU0") else "OK")
        out.append(f"{x.key:<15} {kind:<25} {'FAILED' if bad else state:<16} PWR,NSHUT,MON")
    for f in m.spec.fans:
        out.append(f"{f.key + '/SP':<15} {'ASR-9001-FAN':<25} {'READY' if m.fan(f.key) == 'ok' else 'FAILED':<16} ")
    for s in m.spec.supplies:
        word = {"ok": "READY", "failed": "FAILED", "noinput": "UNPOWERED", "absent": "NOT PRESENT"}[m.supply(s.key)]
        out.append(f"{s.key + '/SP':<15} {s.pid:<25} {word:<16} ")
    return "\n".join([*out, ""])


def power(m: Moment) -> str:
    """Return ``show environment power`` (``admin show environment power-supply``)."""
    rule = "=" * 80
    out = [rule, "CHASSIS LEVEL POWER INFO: 0", rule, "   Total output power capacity (N + 1)             :    1500W", "   Total output power required                     :     425W", "", "Power Group 0: ", rule,
           "   Power       Supply      ------Input----   ------Output---     Status", "   Module      Type        Volts     Amps    Volts     Amps    ", rule]  # fmt: skip
    for s in m.spec.supplies:
        state = m.supply(s.key)
        if state == "absent":
            continue
        word = {"ok": "OK", "failed": "FAILED", "noinput": "NO INPUT"}[state]
        numbers = ("230.1", "0.9", "54.1", "3.6") if state == "ok" else ("0.0", "0.0", "0.0", "0.0")
        out.append(f"   {s.key:<11} 750W-AC     {numbers[0]:<9} {numbers[1]:<7} {numbers[2]:<9} {numbers[3]:<8}{word}")
    return "\n".join([*out, ""])


def environment(m: Moment) -> str:
    """Return ``show environment all``: temperatures, fans and supplies."""
    rule = "=" * 80
    out = [
        rule,
        "Location  TEMPERATURE                 Value   Crit Minor Major Minor Major  Crit",
        "          Sensor                    (deg C)   (Lo) (Lo)  (Lo)  (Hi)  (Hi)   (Hi)",
        rule,
    ]
    for s in (s for s in m.spec.sensors if s.kind == "celsius"):
        place, name = s.key.rsplit("/", 1)
        mark = "!" if m.level(s) != "ok" else " "
        out.append(
            f"{place + '/CPU0':<9} {name:<26} {mark}{int(m.sensor(s)):>5}    -10   -5     0    {int(s.warn)}    {int(s.crit)}     {int(s.crit) + 8}"
        )
    out += [rule, "Location     FRU Type           Fan speed (rpm)", rule]
    out += [f"{f.key:<12} {'ASR-9001-FAN':<18} {'5580' if m.fan(f.key) == 'ok' else '   0  FAILED'}" for f in m.spec.fans]
    return "\n".join([*out, power(m)])


def processes(m: Moment) -> str:
    """Return ``show processes cpu``."""
    busy = m.busy
    return f"CPU utilization for one minute: {busy}%; five minutes: {busy}%; fifteen minutes: {busy}%\n \nPID    1Min    5Min    15Min Process\n1        0%      0%       0% kernel\n53       1%      1%       1% qnet\n254      {busy // 2}%      {busy // 2}%       {busy // 2}% fib_mgr\n"


def memory(m: Moment) -> str:
    """Return ``show memory summary``."""
    total, _, free = m.pool(m.spec.pools[0])
    return f"Physical Memory: {total // 2**20}M total ({free // 2**20}M available)\n Application Memory : {total // 2**20 - 214}M ({free // 2**20}M available)\n Image: 103M (bootram: 103M)\n Reserved: 128M, IOMem: 1M, flashfsys: 0\n Total shared window: 24M\n"


def interfaces(m: Moment) -> str:
    """Return ``show interfaces``."""
    return "\n".join(_interface(m, p) for p in m.ports())


def _interface(m: Moment, p: Port) -> str:
    c, (first, second) = m.model.counters[p.name], WORD[m.oper(p)]
    packets, octets = [m.number(x) for x in c.packets], [m.number(x) for x in c.octets]
    address = f"{p.address}/30" if p.address else "Unknown"
    return "\n".join([
        f"{p.name} is {first}, line protocol is {second} ", f"  Interface state transitions: {1 + len([1 for at, _, _ in m.model.oper[p.name].changes() if at <= m.time])}",
        f"  Hardware is {'Loopback interface(s)' if p.kind == 24 else 'TenGigE' if p.speed == 10**10 else 'Management Ethernet'}, address is {dotted(p.mac)} (bia {dotted(p.mac)})", *([f"  Description: {p.alias}"] if p.alias else []),
        f"  Internet address is {address}", f"  MTU {p.mtu} bytes, BW {p.speed // 1000} Kbit (Max: {p.speed // 1000} Kbit)", "     reliability 255/255, txload 1/255, rxload 1/255", "  Encapsulation ARPA,", f"  Full-duplex, {p.speed // 10**6}Mb/s, link type is force-up",
        "  output flow control is off, input flow control is off", "  Last input 00:00:00, output 00:00:00", '  Last clearing of "show interface" counters never',
        f"  5 minute input rate {m.rate(c.octets[0]) * 8} bits/sec, {m.rate(c.packets[0])} packets/sec", f"  5 minute output rate {m.rate(c.octets[1]) * 8} bits/sec, {m.rate(c.packets[1])} packets/sec",
        f"     {packets[0]} packets input, {octets[0]} bytes, {m.number(c.discards[0])} total input drops", "     0 drops for unrecognized upper-level protocol", "     Received 0 broadcast packets, 0 multicast packets", "              0 runts, 0 giants, 0 throttles, 0 parity",
        f"     {m.number(c.errors[0])} input errors, {m.number(c.crc)} CRC, 0 frame, 0 overrun, 0 ignored, 0 abort", f"     {packets[1]} packets output, {octets[1]} bytes, {m.number(c.discards[1])} total output drops", "     Output 0 broadcast packets, 0 multicast packets",
        f"     {m.number(c.errors[1])} output errors, 0 underruns, 0 applique, 0 resets", "     0 output buffer failures, 0 output buffers swapped out", "     1 carrier transitions", "",
    ])  # fmt: skip


def brief(m: Moment) -> str:
    """Return ``show ipv4 interface brief``."""
    out = ["", "Interface                      IP-Address      Status          Protocol Vrf-Name"]
    for p in m.ports():
        state = {"up": ("Up", "Up"), "admin": ("Shutdown", "Down")}.get(m.oper(p), ("Down", "Down"))
        out.append(f"{p.name:<30} {p.address or 'unassigned':<15} {state[0]:<15} {state[1]:<8} default ")
    return "\n".join(out)


def bgp(m: Moment) -> str:
    """Return ``show bgp summary``."""
    out = [f"BGP router identifier {router_id(m.model)}, local AS number {m.spec.asn}", "BGP generic scan interval 60 secs", "Non-stop routing is enabled", "BGP table state: Active", "Table ID: 0xe0000000   RD version: 412", "BGP main routing table version 412", "", "BGP is operating in STANDALONE mode.", "", "",
           "Process       RcvTblVer   bRIB/RIB   LabelVer  ImportVer  SendTblVer  StandbyVer", "Speaker             412        412        412        412         412           0", "", "Neighbor        Spk    AS MsgRcvd MsgSent   TblVer  InQ OutQ  Up/Down  St/PfxRcd"]  # fmt: skip
    for peer in (p for p in m.spec.peers if p.protocol == "bgp"):
        states = m.model.peer[peer.address]
        up, ago = states.word(m.time) == "established", m.since([at for at, _, _ in states.changes()])
        out.append(
            f"{peer.address:<15}   0 {peer.asn:>5} {int(ago // 55):>7} {int(ago // 55):>7} {412 if up else 0:>8}    0    0 {span(ago):>8} {peer.prefixes if up else 'Idle':>10}"
        )
    return "\n".join(out)


def ospf(m: Moment) -> str:
    """Return ``show ospf neighbor``."""
    out = [
        "",
        "* Indicates MADJ interface",
        "# Indicates Neighbor awaiting BFD session up",
        "",
        "Neighbors for OSPF 1",
        "",
        "Neighbor ID     Pri   State           Dead Time   Address         Interface",
    ]
    live = [p for p in m.spec.peers if p.protocol == "ospf" and m.model.peer[p.address].word(m.time) == "full"]
    for peer in live:
        ago = m.since([at for at, _, _ in m.model.peer[peer.address].changes()])
        out += [
            f"{peer.router_id:<15} {1:<5} {'FULL/  -':<15} 00:00:3{int(m.time) % 10}    {peer.address:<15} {peer.port}",
            f"    Neighbor is up for {span(ago)}",
        ]
    return "\n".join([*out, "", f"Total neighbor count: {len(live)}"])


def cdp(m: Moment) -> str:
    """Return ``show cdp neighbors detail``."""
    out = []
    for _, port, other, far in adjacent(m):
        out += ["", "-------------------------", f"Device ID: {cdp_name(other)}", f"SysName : {other.name}", "Entry address(es): ", f"  IPv4 address: {other.address}", f"Platform: {cdp_platform(other)},  Capabilities: Router Switch IGMP",
                f"Interface: {port.name}", f"Port ID (outgoing port): {far.name}", "Holdtime : 141 sec", "", "Version :", other.description.replace("\r", ""), "", "advertisement version: 2", "Duplex: full", ""]  # fmt: skip
    return "\n".join(out)


def redundancy(m: Moment) -> str:
    """Return ``show redundancy summary``: one route processor, no partner."""
    del m
    return "   Active Node    Standby Node\n   -----------    ------------\n   0/RSP0/CPU0    N/A\n"


def ntp(m: Moment) -> str:
    """Return ``show ntp status``."""
    good = m.model.ntp.word(m.time) == "synchronised"
    return f"Clock is {'synchronized, stratum 3, reference is 10.255.0.10' if good else 'unsynchronized, stratum 16, no reference clock'}\nnominal freq is 1000000000.0000 Hz, actual freq is 1000093713.6542 Hz, precision is 2**24\nclock offset is 0.412 msec, root delay is 4.110 msec\nroot dispersion is 22.71 msec, peer dispersion is 1.94 msec\n"


def logging(m: Moment) -> str:
    """Return ``show logging``."""
    entries = Log(m.network).between(m.spec.name, m.model.booted(m.time)[0], m.time)[-120:]
    return "\n".join(
        [
            "Syslog logging: enabled (0 messages dropped, 0 flushes, 0 overruns)",
            "    Console logging: level warnings, 0 messages logged",
            f"    Buffer logging: level debugging, {len(entries)} messages logged",
            "",
            "Log Buffer (2097152 bytes):",
            "",
            *(stamped(m, e) for e in entries),
        ]
    )


def running(m: Moment) -> str:
    """Return ``show running-config``."""
    edited = m.local(max(at for at in m.model.edited if at <= m.time))
    out = [
        "Building configuration...",
        f"!! IOS XR Configuration {m.spec.version}",
        f"!! Last configuration change at {edited:%a %b} {edited.day:2} {edited:%H:%M:%S} {edited:%Y} by noc",
        "!",
        f"hostname {m.spec.name}",
        "!",
    ]
    for p in m.ports():
        out += [
            f"interface {p.name}",
            *([f" description {p.alias}"] if p.alias else []),
            *([f" ipv4 address {p.address} {p.mask}"] if p.address else []),
            *([] if p.admin else [" shutdown"]),
            "!",
        ]
    out += [
        f"router bgp {m.spec.asn}",
        *(f" neighbor {p.address}\n  remote-as {p.asn}\n !" for p in m.spec.peers if p.protocol == "bgp"),
        "!",
        "end",
        "",
    ]
    return "\n".join(out)


def clock(m: Moment) -> str:
    """Return ``show clock``."""
    local = m.local()
    return f"{local:%H:%M:%S}.{local.microsecond // 1000:03} {local:%Z} {local:%a %b} {local.day} {local:%Y}"


COMMANDS = {
    name: timed(command)
    for name, command in {
        "show version": version, "show inventory": inventory, "show platform": platform, "show environment all": environment, "show environment": environment, "show environment power": power,
        "admin show environment power": power, "admin show environment power-supply": power, "admin show environment": environment, "admin show inventory": inventory, "admin show platform": platform, "show processes cpu": processes, "show memory summary": memory,
        "show interfaces": interfaces, "show ipv4 interface brief": brief, "show ip interface brief": brief, "show bgp summary": bgp, "show bgp ipv4 unicast summary": bgp, "show ospf neighbor": ospf, "show cdp neighbors detail": cdp,
        "show redundancy summary": redundancy, "show ntp status": ntp, "show logging": logging, "show running-config": running, "show clock": clock,
    }.items()
}  # fmt: skip
