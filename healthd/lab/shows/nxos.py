"""NX-OS: what a Nexus 9000 prints."""

from healthd.lab.log import Log, stamped
from healthd.lab.mibs.neighbours import cdp_name, cdp_platform
from healthd.lab.mibs.routing import hsrp_state
from healthd.lab.moment import Moment, span
from healthd.lab.parts import Port, dotted
from healthd.lab.shows.ios import adjacent

STATE = {"up": "connected", "down": "notconnec", "errdisabled": "errDisabl", "admin": "disabled"}


def version(m: Moment) -> str:
    """Return ``show version``."""
    s, up = m.spec, int(m.uptime.total_seconds())
    started = m.local(m.model.booted(m.time)[0])
    flash = s.flash[0]
    return "\n".join([
        "Cisco Nexus Operating System (NX-OS) Software", "TAC support: http://www.cisco.com/tac", "Copyright (C) 2002-2023, Cisco and/or its affiliates.", "All rights reserved.", "",
        "Software", "  BIOS: version 05.47", f"  NXOS: version {s.version} [Maintenance Release]", f"  Host NXOS: version {s.version}", "  BIOS compile time:  04/28/2022", f"  NXOS image file is: {s.image}",
        "  NXOS compile time:  3/10/2023 16:00:00 [03/11/2023 01:52:51]", "", "Hardware", f"  cisco Nexus9000 {s.pid[4:]} Chassis ", f"  Intel(R) Xeon(R) CPU D-1526 @ 1.80GHz with {m.pool(s.pools[0])[0] // 1024} kB of memory.",
        f"  Processor Board ID {m.serial}", f"  Device name: {s.name}", f"  bootflash:  {flash.size // 1024} kB", "",
        f"Kernel uptime is {up // 86_400} day(s), {up % 86_400 // 3600} hour(s), {up % 3600 // 60} minute(s), {up % 60} second(s)", "",
        f"Last reset at {started.microsecond} usecs after {started:%a %b} {started.day} {started:%H:%M:%S} {started:%Y}", f"  Reason: {m.reason}", f"  System version: {s.version}", "  Service: ", "",
        "plugin", "  Core Plugin, Ethernet Plugin", "", "Active Package(s):", "",
    ])  # fmt: skip


def inventory(m: Moment) -> str:
    """Return ``show inventory``."""
    s, out = (
        m.spec,
        [f'NAME: "Chassis",  DESCR: "Nexus9000 {m.spec.pid[4:]} Chassis"\nPID: {m.spec.pid:<20},  VID: V02 ,  SN: {m.serial}\n'],
    )
    out.append(f'NAME: "Slot 1",  DESCR: "48x10/25G/32G + 6x40/100G Ethernet/FC Module"\nPID: {s.pid:<20},  VID: V02 ,  SN: {m.serial}\n')
    out += [
        f'NAME: "Power Supply {x.key}",  DESCR: "Nexus9000 {s.pid[4:]} Chassis Power Supply"\nPID: {x.pid:<20},  VID: V01 ,  SN: {m.serial_of(x)}\n'
        for x in s.supplies
        if m.supply(x.key) != "absent"
    ]
    out += [
        f'NAME: "Fan {f.key}",  DESCR: "Nexus9000 {s.pid[4:]} Chassis Fan Module"\nPID: {"NXA-FAN-30CFM-F":<20},  VID: V01 ,  SN: N/A\n'
        for f in s.fans
    ]
    return "\n".join(out)


def environment(m: Moment) -> str:
    """Return ``show environment``."""
    s, words = m.spec, {"ok": "Ok", "failed": "Fail/Shut", "noinput": "Shutdown", "absent": "Absent"}
    fans = [
        f"{'Fan' + f.key + '(sys_fan' + f.key + ')':<15} {'NXA-FAN-30CFM-F':<20} {'--':<6} {'front-to-back':<15} {'Ok' if m.fan(f.key) == 'ok' else 'Failure'}"
        for f in s.fans
    ]
    supplies = []
    for x in s.supplies:
        watts = int(m.sensor(next(y for y in s.sensors if y.key == f"PS{x.key}/Power")))
        pid = x.pid if m.supply(x.key) != "absent" else "------------"
        supplies.append(f"{x.key:<8} {pid:<19}  {watts:>8} W  {watts * 108 // 100:>8} W  {x.watts:>8} W     {words[m.supply(x.key)]}")
    temperatures = []
    for y in (y for y in s.sensors if y.kind == "celsius"):
        state = {"ok": "Ok", "warning": "Minor", "critical": "Major"}[m.level(y)]
        temperatures.append(f"1        {y.key:<15} {int(y.crit):<15} {int(y.warn):<11} {int(m.sensor(y)):<11} {state}")
    return "\n".join([
        "Power Supply:", "Voltage: 12 Volts", "Power                             Actual      Actual        Total", "Supply    Model                   Output      Input      Capacity    Status",
        "                                (Watts )    (Watts )     (Watts )", "-------  -------------------  ----------  ----------  ----------  --------------", *supplies, "", "",
        "Fan:", "---------------------------------------------------------------------------", "Fan             Model                Hw     Direction       Status", "---------------------------------------------------------------------------",
        *fans, *(f"{'Fan_in_PS' + x.key:<15} {'--':<20} {'--':<6} {'front-to-back':<15} {'Ok' if m.supply(x.key) == 'ok' else 'None' if m.supply(x.key) == 'absent' else 'Failure'}" for x in s.supplies),
        "Fan Zone Speed: Zone 1: 0x80", "Fan Air Filter : NotSupported", "", "", "Temperature:", "--------------------------------------------------------------------",
        "Module   Sensor        MajorThresh   MinorThres   CurTemp     Status", "                       (Celsius)     (Celsius)    (Celsius)         ", "--------------------------------------------------------------------",
        *temperatures, "",
    ])  # fmt: skip


def module(m: Moment) -> str:
    """Return ``show module``."""
    s, first = m.spec, m.spec.modules[0]
    state = "active *" if m.module(first.key) == "ok" else "failure"
    return "\n".join([
        "Mod Ports             Module-Type                      Model           Status", "--- ----- ------------------------------------- --------------------- ---------",
        f"1   54    {first.title[:37]:<37} {s.pid:<21} {state}", "", "Mod  Sw                       Hw    Slot", "---  ----------------------- ------ ----", f"1    {s.version:<23} 2.0    NA", "",
        "Mod  MAC-Address(es)                         Serial-Num", "---  --------------------------------------  ----------", f"1    00-1e-bd-00-00-00 to 00-1e-bd-00-00-77  {m.serial}", "",
        "Mod  Online Diag Status", "---  ------------------", f"1    {'Pass' if m.module(first.key) == 'ok' else 'Fail'}", "", "* this terminal session ", "",
    ])  # fmt: skip


def resources(m: Moment) -> str:
    """Return ``show system resources``."""
    total, used, free = (x // 1024 for x in m.pool(m.spec.pools[0]))
    user = m.busy * 0.7
    return f"Load average:   1 minute: 0.42   5 minutes: 0.39   15 minutes: 0.41\nProcesses:   812 total, 2 running\nCPU states  :   {user:.2f}% user,   {m.busy - user:.2f}% kernel,   {100 - m.busy:.2f}% idle\nMemory usage:   {total}K total,   {used}K used,   {free}K free\nCurrent memory status: OK\n"


def processes(m: Moment) -> str:
    """Return ``show processes cpu``."""
    busy = m.busy
    return f"\nPID    Runtime(ms)  Invoked   uSecs  1Sec    Process\n-----  -----------  --------  -----  ------  -----------\n    1        84120   1923441      0   0.00%  init\n 8812      9923120  88123411      0   {busy * 0.3:.2f}%  ipfib\n\nCPU util  :    {busy * 0.7:.2f}% user,    {busy * 0.3:.2f}% kernel,   {100 - busy:.2f}% idle\n"


def interfaces(m: Moment) -> str:
    """Return ``show interface``."""
    return "\n".join(_interface(m, p) for p in m.ports())


def _interface(m: Moment, p: Port) -> str:
    c, state = m.model.counters[p.name], m.oper(p)
    word = {
        "up": "up",
        "down": "down (Link not connected)",
        "errdisabled": "down (Error disabled. Reason:BPDUGuard)",
        "admin": "down (Administratively down)",
    }[state]
    packets, octets = [m.number(x) for x in c.packets], [m.number(x) for x in c.octets]
    lines = [
        f"{p.name} is {word}", f"admin state is {'up' if p.admin else 'down'}, Dedicated Interface", f"  Hardware: {p.speed // 1_000_000} Ethernet, address: {dotted(p.mac)} (bia {dotted(p.mac)})",
        *([f"  Description: {p.alias}"] if p.alias else []), f"  MTU {p.mtu} bytes, BW {p.speed // 1000} Kbit, DLY 10 usec", "  reliability 255/255, txload 1/255, rxload 1/255", "  Encapsulation ARPA, medium is broadcast",
        "  Port mode is trunk", f"  full-duplex, {p.speed // 10**9} Gb/s" if state == "up" else "  auto-duplex, auto-speed", "  Last clearing of \"show interface\" counters never",
        f"  30 seconds input rate {m.rate(c.octets[0], 30) * 8} bits/sec, {m.rate(c.packets[0], 30)} packets/sec", f"  30 seconds output rate {m.rate(c.octets[1], 30) * 8} bits/sec, {m.rate(c.packets[1], 30)} packets/sec",
        "  RX", f"    {packets[0]} unicast packets  0 multicast packets  0 broadcast packets", f"    {packets[0]} input packets  {octets[0]} bytes", "    0 jumbo packets  0 storm suppression packets",
        f"    0 runts  0 giants  {m.number(c.crc)} CRC  0 no buffer", f"    {m.number(c.errors[0])} input error  0 short frame  0 overrun   0 underrun  0 ignored", "    0 watchdog  0 bad etype drop  0 bad proto drop  0 if down drop",
        "    0 input with dribble  0 input discard", "    0 Rx pause", "  TX", f"    {packets[1]} unicast packets  0 multicast packets  0 broadcast packets", f"    {packets[1]} output packets  {octets[1]} bytes",
        f"    {m.number(c.errors[1])} output error  0 collision  0 deferred  0 late collision", f"    0 lost carrier  0 no carrier  0 babble  {m.number(c.discards[1])} output discard", "    0 Tx pause", "",
    ]  # fmt: skip
    return "\n".join(lines)


def status(m: Moment) -> str:
    """Return ``show interface status``."""
    rule = "-" * 80
    out = ["", rule, "Port          Name               Status    Vlan      Duplex  Speed   Type", rule]
    for p in (x for x in m.ports() if x.kind in (6, 161)):
        speed = "1000" if p.speed == 10**9 else f"{p.speed // 10**9}G"
        out.append(
            f"{p.short:<13} {(p.alias or '--')[:18]:<18} {STATE[m.oper(p)]:<9} {'routed' if p.name == 'mgmt0' else 'trunk':<9} {'full':<7} {speed:<7} {'--' if p.kind == 161 else '10Gbase-SR' if p.part else '--'}"
        )
    return "\n".join(out)


def descriptions(m: Moment) -> str:
    """Return ``show interface description``."""
    rule = "-" * 79
    return "\n".join(
        [
            "",
            rule,
            "Port          Type   Speed   Description",
            rule,
            *(f"{p.short:<13} eth    {p.speed // 10**9}G      {p.alias or '--'}" for p in m.ports() if p.part),
        ]
    )


def vpc(m: Moment) -> str:
    """Return ``show vpc``; what it says of the peer is what SNMP says."""
    alive = _asked(m, "807.1.1.2.1.2.1") == 2
    role = {2: "primary", 3: "secondary, operational primary", 4: "secondary"}.get(_asked(m, "807.1.2.1.1.2.1"), "none established")
    link = "up" if m.oper(m.spec.port("Ethernet1/53")) == "up" or m.oper(m.spec.port("Ethernet1/54")) == "up" else "down"
    return "\n".join([
        "Legend:", "                (*) - local vPC is down, forwarding via vPC peer-link", "", "vPC domain id                     : 1   ", f"Peer status                       : {'peer adjacency formed ok' if link == 'up' else 'peer link is down'}      ",
        f"vPC keep-alive status             : {'peer is alive' if alive else 'peer is not reachable through peer-keepalive'}                 ", "Configuration consistency status  : success ", "Per-vlan consistency status       : success                       ",
        "Type-2 consistency status         : success ", f"vPC role                          : {role}                       ", "Number of vPCs configured         : 1   ", "Peer Gateway                      : Enabled", "",
        "vPC Peer-link status", "---------------------------------------------------------------------", "id    Port   Status Active vlans    ", "--    ----   ------ -------------------------------------------------", f"1     Po1    {link:<6} 1,10,20,100", "",
        "vPC status", "----------------------------------------------------------------------------", "Id    Port          Status Consistency Reason                Active vlans", "--    ------------  ------ ----------- ------                ---------------",
        "10    Po10          up     success     success               1,10,20,100", "",
    ])  # fmt: skip


def _asked(m: Moment, oid: str) -> object:
    var = m.network.view(m.spec.name).by_text.get(f"1.3.6.1.4.1.9.9.{oid}")
    return var.at(m.time) if var else None


def cdp(m: Moment) -> str:
    """Return ``show cdp neighbors detail``."""
    out = []
    for _, port, other, far in adjacent(m):
        out += [
            "----------------------------------------", f"Device ID:{cdp_name(other)}", f"System Name: {other.name}", "", "Interface address(es):", f"    IPv4 Address: {other.address}",
            f"Platform: {cdp_platform(other)}, Capabilities: Router Switch IGMP Filtering", f"Interface: {port.name}, Port ID (outgoing port): {far.name}", "Holdtime: 144 sec", "", "Version:", other.description.replace("\r", ""), "",
            "Advertisement Version: 2", "", "Native VLAN: 1", "Duplex: full", "Mgmt address(es):", f"    IPv4 Address: {other.address}", "",
        ]  # fmt: skip
    return "\n".join(out)


def hsrp(m: Moment) -> str:
    """Return ``show hsrp brief``."""
    out = [
        "*:IPv6 group   #:group belongs to a bundle",
        "                     P indicates configured to preempt.",
        "                     |",
        " Interface   Grp  Prio P State    Active addr      Standby addr     Group addr",
    ]
    for g in m.spec.hsrp:
        state = hsrp_state(m.network, g, m.time)
        active, other = ("local", g.other) if state == "Active" else (g.other, "local")
        out.append(
            f"  {g.port:<10} {g.group:<4} {110 if g.rank == 1 else 100:<4} P {state:<8} {active:<16} {other:<16} {g.address}      (conf)"
        )
    return "\n".join(out)


def ntp(m: Moment) -> str:
    """Return ``show ntp peer-status``."""
    mark = "*" if m.model.ntp.word(m.time) == "synchronised" else " "
    return f"Total peers : 1\n* - selected for sync, + -  peer mode(active), \n- - peer mode(passive), = - polled in client mode \n    remote               local              st  poll  reach   delay   vrf\n-----------------------------------------------------------------------\n{mark}10.255.0.10          0.0.0.0            2   64     377   0.00082 default"


def logging(m: Moment) -> str:
    """Return ``show logging logfile``."""
    return "\n".join(stamped(m, e) for e in Log(m.network).between(m.spec.name, m.model.booted(m.time)[0], m.time)[-120:]) or " "


def bgp(m: Moment) -> str:
    """Return ``show ip bgp summary``: the feature is off on these switches."""
    del m
    return "Note:  process currently not running"


def ospf(m: Moment) -> str:
    """Return ``show ip ospf neighbors``: likewise."""
    return bgp(m)


def running(m: Moment) -> str:
    """Return ``show running-config``."""
    edited = m.local(max(at for at in m.model.edited if at <= m.time))
    out = [
        "",
        "!Command: show running-config",
        f"!Running configuration last done at: {edited:%a %b} {edited.day} {edited:%H:%M:%S} {edited:%Y}",
        f"!Time: {m.local():%a %b} {m.local().day} {m.local():%H:%M:%S} {m.local():%Y}",
        "",
        f"version {m.spec.version} Bios:version 05.47",
        f"hostname {m.spec.name}",
        "feature vpc",
        "feature hsrp",
        "feature lldp",
        "",
    ]
    for p in m.ports():
        out += [
            f"interface {p.name}",
            *([f"  description {p.alias}"] if p.alias else []),
            *([f"  ip address {p.address}/24"] if p.address else []),
            *([] if p.admin else ["  shutdown"]),
            "",
        ]
    return "\n".join(out)


def clock(m: Moment) -> str:
    """Return ``show clock``."""
    local = m.local()
    return f"{local:%H:%M:%S}.{local.microsecond // 1000:03} {local:%Z} {local:%a %b} {local.day} {local:%Y}\nTime source is NTP"


def uptime(m: Moment) -> str:
    """Return ``show system uptime``."""
    return f"System uptime:              {span(m.uptime.total_seconds())}"


def files(m: Moment) -> str:
    """Return ``dir``."""
    flash = m.spec.flash[0]
    return f"       4096    Nov 02 09:11:40 2026  .rpmstore/\n 1942871552    Mar 14 11:02:12 2026  {m.spec.image.split('/')[-1]}\n\nUsage for bootflash://sup-local\n{flash.size - flash.free} bytes used\n{flash.free} bytes free\n{flash.size} bytes total"


COMMANDS = {
    "show version": version, "show inventory": inventory, "show environment": environment, "show module": module, "show system resources": resources, "show processes cpu": processes, "show interface": interfaces,
    "show interface status": status, "show interface description": descriptions, "show vpc": vpc, "show cdp neighbors detail": cdp, "show hsrp brief": hsrp, "show ntp peer-status": ntp, "show logging logfile": logging,
    "show logging": logging, "show ip bgp summary": bgp, "show ip ospf neighbors": ospf, "show running-config": running, "show startup-config": running, "show clock": clock, "show system uptime": uptime, "dir": files,
}  # fmt: skip
