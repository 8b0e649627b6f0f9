"""Classic IOS: what the switches and routers with IOS 15 print, and IOS XE with them."""

from collections.abc import Iterator
from datetime import timedelta

from healthd.lab.log import Log, stamped
from healthd.lab.mibs.neighbours import cdp_name, cdp_platform, speaks
from healthd.lab.mibs.routing import hsrp_state, router_id
from healthd.lab.mibs.system import hostname
from healthd.lab.moment import Moment, span, words
from healthd.lab.parts import Link, Port, Spec, dotted, mac


def version(m: Moment) -> str:
    """Return ``show version``."""
    s, started = m.spec, m.local(m.model.booted(m.time)[0])
    first, second = s.description.split("\r\n")[0], s.description.split("\r\n")[1:]
    total, _, _ = m.pool(s.pools[0])
    counts = {
        n: sum(p.kind == 6 and p.speed == speed for p in m.ports())
        for n, speed in (("Gigabit", 1e9), ("Ten Gigabit", 1e10), ("Twenty Five Gigabit", 25e9), ("Hundred Gigabit", 1e11))
    }
    head = f"Cisco IOS XE Software, Version {_padded(s.version)}\n{first}" if s.platform == "iosxe" else first
    lines = [
        head, *second, "", f"ROM: {'IOS-XE ROMMON' if s.platform == 'iosxe' else 'Bootstrap program is C2960X boot loader'}", "",
        f"{s.name} uptime is {words(m.uptime)}", *([f"Uptime for this control processor is {words(m.uptime - timedelta(seconds=60))}"] if s.platform == "iosxe" else []),
        f"System returned to ROM by {m.reason}", f"System restarted at {started:%H:%M:%S} {started:%Z} {started:%a} {started:%b} {started.day} {started:%Y}",
        f'System image file is "{s.image}"', *([f"Last reload reason: {m.reason}"] if s.platform == "iosxe" or s.family == "isr" else []), "",
        f"cisco {s.pid} ({_cpu(s)}) processor (revision V02) with {total // 1024}K/6147K bytes of memory.", f"Processor board ID {m.serial}",
        *(f"{count} {name} Ethernet interfaces" for name, count in counts.items() if count), "2048K bytes of non-volatile configuration memory.",
        *_boards(m), "", "Configuration register is 0x102" if s.platform == "iosxe" else "Configuration register is 0xF", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _padded(release: str) -> str:
    """Return the release as IOS XE writes it in its first line: 17.09.04a."""
    first, second, third = release.split(".")
    digits = "".join(c for c in third if c.isdigit())
    return f"{first}.{int(second):02}.{int(digits):02}{third[len(digits) :]}"


def _cpu(spec: Spec) -> str:
    return {"c9300": "X86", "c9500": "X86", "asr1001x": "1NG", "isr": "1RU", "c2960x": "APM86XXX"}.get(spec.family, "X86")


def _boards(m: Moment) -> Iterator[str]:
    if m.spec.family == "c2960x":
        yield from (
            "",
            f"Base ethernet MAC Address       : {mac(m.spec.name, 'chassis').hex(':').upper()}",
            f"Model number                    : {m.spec.pid}",
            f"System serial number            : {m.serial}",
        )
        yield from (
            "",
            "Switch Ports Model                     SW Version            SW Image",
            "------ ----- -----                     ----------            ----------",
        )
        yield f"*    1 {sum(p.kind == 6 for p in m.ports()):<5} {m.spec.pid:<25} {m.spec.version:<21} C2960X-UNIVERSALK9-M"
    if m.spec.members:
        for member in m.spec.members:
            yield from (
                "",
                f"Switch {member.number:02}",
                "---------",
                f"Model Number                       : {member.pid}",
                f"System Serial Number               : {member.serial if member.number > 1 else m.serial}",
            )
        yield from (
            "",
            "Switch Ports Model              SW Version        SW Image              Mode",
            "------ ----- -----              ----------        ----------            ----",
        )
        for member in (x for x in m.spec.members if m.member(x.number)):
            count = sum(p.member == member.number and p.kind == 6 for p in m.ports())
            yield f"{'*' if member.number == 1 else ' '}    {member.number} {count:<5} {member.pid:<18} {m.spec.version:<17} CAT9K_IOSXE           INSTALL"


def inventory(m: Moment) -> str:
    """Return ``show inventory``: the parts that have a PID, those that are there."""
    out = []
    for part in m.spec.parts:
        if part.pid and m.model.has(part.follows, m.time):
            out.append(f'NAME: "{part.name}", DESCR: "{part.descr}"\nPID: {part.pid:<18}, VID: {part.hw:<4}, SN: {m.serial_of(part)}\n')
    return "\n".join(out)


def environment(m: Moment) -> str:
    """Return ``show env all`` of a 2960-X or an ISR G2."""
    if m.spec.family == "isr":
        return _isr_environment(m)
    sensor = m.spec.sensors[0]
    colour = {"ok": "GREEN", "warning": "YELLOW", "critical": "RED"}[m.level(sensor)]
    supplies = {"ok": "Good", "failed": "Bad", "noinput": "No Input Power", "absent": "Not Present"}
    fans = [f"FAN {f.key} is {'OK' if m.fan(f.key) == 'ok' else 'FAULTY'}" for f in m.spec.fans]
    temperature = [
        f"SYSTEM TEMPERATURE is {'OK' if colour == 'GREEN' else 'FAULTY'}", f"System Temperature Value: {int(m.sensor(sensor))} Degree Celsius", f"System Temperature State: {colour}",
        f"Yellow Threshold : {int(sensor.warn)} Degree Celsius", f"Red Threshold    : {int(sensor.crit)} Degree Celsius",
    ]  # fmt: skip
    power = [
        "SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts",
        "--  ------------------  ----------  ---------------  -------  -------  -----",
    ]
    for supply in m.spec.supplies:
        state = m.supply(supply.key)
        power.append(
            f" {supply.key}  {supply.pid or 'Built-in':<18}  {'':<10}  {supplies[state]:<15}  {'Good' if state == 'ok' else 'Bad':<7}  {'Good' if state == 'ok' else 'Bad':<7}  {supply.watts}"
        )
    return "\n".join([*fans, *temperature, *power, ""])


def _isr_environment(m: Moment) -> str:
    word = {"ok": "Normal", "failed": "Critical", "noinput": "Shutdown", "absent": "Not Present"}[m.supply(m.spec.supplies[0].key)]
    heat = {"ok": "Normal", "warning": "Warning", "critical": "Critical"}
    return "\n".join([
        "SYSTEM POWER SUPPLY STATUS", "==========================", " Internal Power Supply Type: AC", f" Internal Power Supply 12V Output Status: {word}", "",
        "SYSTEM FAN STATUS", "=================", *(f" Fan {f.key} {'OK' if m.fan(f.key) == 'ok' else 'Failure'}, Low speed setting" for f in m.spec.fans), "",
        "SYSTEM TEMPERATURE STATUS", "=========================", *(f" {s.name} temperature: {int(m.sensor(s))} Celsius, {heat[m.level(s)]}" for s in m.spec.sensors if s.kind == "celsius"), "",
        "REAL TIME CLOCK BATTERY STATUS", "==============================", " Battery OK (checked at power up)", "",
    ])  # fmt: skip


def processes(m: Moment) -> str:
    """Return ``show processes cpu``."""
    busy = m.busy
    return (
        f"CPU utilization for five seconds: {busy}%/{busy // 5}%; one minute: {busy}%; five minutes: {busy}%\n"
        " PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process\n"
        "   1          14         132        106  0.00%  0.00%  0.00%   0 Chunk Manager\n"
        "   2        9021      482211         18  0.01%  0.02%  0.02%   0 Load Meter\n"
        f" 117   {m.uptime.days * 81_234 + 9012:>9}     8123411        212  {busy * 0.4:.2f}%  {busy * 0.4:.2f}%  {busy * 0.4:.2f}%   0 IP Input\n"
    )


def memory(m: Moment) -> str:
    """Return ``show processes memory``'s head and the pools of ``show memory statistics``."""
    total, used, free = m.pool(m.spec.pools[0])
    return f"Processor Pool Total: {total:>10} Used: {used:>10} Free: {free:>10}\n\n PID TTY  Allocated      Freed    Holding    Getbufs    Retbufs Process\n   0   0  {used:>10}   21847612  {used // 2:>9}          0          0 *Init*\n"


def interfaces(m: Moment) -> str:
    """Return ``show interfaces``."""
    return "\n".join(_interface(m, port) for port in m.ports() if not port.name.startswith("StackSub"))


def _interface(m: Moment, p: Port) -> str:
    c, state = m.model.counters[p.name], m.oper(p)
    first = {
        "up": "up, line protocol is up (connected)",
        "down": "down, line protocol is down (notconnect)",
        "errdisabled": "down, line protocol is down (err-disabled)",
        "admin": "administratively down, line protocol is down (disabled)",
    }[state]
    kind = "Ethernet SVI" if p.name.startswith("Vlan") else "Loopback" if p.kind == 24 else f"{_media(p.speed)} Ethernet"
    packets, octets = [m.number(x) for x in c.packets], [m.number(x) for x in c.octets]
    rates = [(m.rate(o) * 8, m.rate(k)) for o, k in zip(c.octets, c.packets, strict=True)]
    duplex = "Full-duplex" if state == "up" else "Auto-duplex"
    lines = [
        f"{p.name} is {first}", f"  Hardware is {kind}, address is {dotted(p.mac)} (bia {dotted(p.mac)})", *([f"  Description: {p.alias}"] if p.alias else []),
        *([f"  Internet address is {p.address}/{int.from_bytes(bytes(map(int, p.mask.split('.')))).bit_count()}"] if p.address else []),
        f"  MTU {p.mtu} bytes, BW {p.speed // 1000} Kbit/sec, DLY 10 usec, ", f"     reliability 255/255, txload {_load(rates[1][0], p)}/255, rxload {_load(rates[0][0], p)}/255",
        "  Encapsulation ARPA, loopback not set", "  Keepalive set (10 sec)", f"  {duplex}, {_speed(p)}, media type is {_type(p)}",
        f"  Last input 00:00:0{m.number(c.packets[0]) % 9}, output 00:00:01, output hang never" if state == "up" else "  Last input never, output never, output hang never",
        '  Last clearing of "show interface" counters never',
        f"  Input queue: 0/2000/0/0 (size/max/drops/flushes); Total output drops: {m.number(c.discards[1])}", "  Queueing strategy: fifo", "  Output queue: 0/40 (size/max)",
        f"  5 minute input rate {rates[0][0]} bits/sec, {rates[0][1]} packets/sec", f"  5 minute output rate {rates[1][0]} bits/sec, {rates[1][1]} packets/sec",
        f"     {packets[0]} packets input, {octets[0]} bytes, 0 no buffer", f"     Received {packets[0] // 90} broadcasts ({packets[0] // 120} multicasts)", "     0 runts, 0 giants, 0 throttles ",
        f"     {m.number(c.errors[0])} input errors, {m.number(c.crc)} CRC, 0 frame, 0 overrun, 0 ignored", f"     0 watchdog, {packets[0] // 120} multicast, 0 pause input",
        f"     {packets[1]} packets output, {octets[1]} bytes, 0 underruns", f"     {m.number(c.errors[1])} output errors, 0 collisions, 1 interface resets", "     0 unknown protocol drops",
        "     0 babbles, 0 late collision, 0 deferred", "     0 lost carrier, 0 no carrier, 0 pause output", "     0 output buffer failures, 0 output buffers swapped out",
    ]  # fmt: skip
    return "\n".join(lines)


def _media(speed: int) -> str:
    return {10**9: "Gigabit", 10**10: "Ten Gigabit", 25 * 10**9: "Twenty Five Gigabit", 10**11: "Hundred Gigabit"}.get(speed, "Gigabit")


def _speed(p: Port) -> str:
    return {10**9: "1000Mb/s", 10**10: "10Gb/s", 25 * 10**9: "25Gb/s", 10**11: "100Gb/s"}.get(p.speed, "1000Mb/s")


def _type(p: Port) -> str:
    return {10**9: "10/100/1000BaseTX", 10**10: "SFP-10GBase-SR", 25 * 10**9: "SFP-25GBase-SR", 10**11: "QSFP-100G-SR4"}.get(
        p.speed, "unknown"
    )


def _load(bits: int, p: Port) -> int:
    return min(max(bits * 255 // p.speed, 1), 255) if p.speed else 1


def status(m: Moment) -> str:
    """Return ``show interfaces status``."""
    names = {"up": "connected", "down": "notconnect", "errdisabled": "err-disabled", "admin": "disabled"}
    out = ["", "Port         Name               Status       Vlan       Duplex  Speed Type"]
    for p in (x for x in m.ports() if x.kind == 6 and x.part):
        state = m.oper(p)
        vlan = "trunk" if any(link.port == p.name for link in m.spec.links) else str(p.vlan)
        duplex, speed = ("a-full", "a-" + _speed(p).replace("Mb/s", "").replace("Gb/s", "G")) if state == "up" else ("auto", "auto")
        out.append(f"{p.short:<12} {p.alias[:18]:<18} {names[state]:<12} {vlan:<10} {duplex:>6} {speed:>6} {_type(p)}")
    return "\n".join(out)


def err_disabled(m: Moment) -> str:
    """Return ``show interfaces status err-disabled``."""
    out = ["", "Port         Name               Status       Reason               Err-disabled Vlans"]
    out += [f"{p.short:<12} {p.alias[:18]:<18} err-disabled bpduguard" for p in m.ports() if m.oper(p) == "errdisabled"]
    return "\n".join(out)


def brief(m: Moment) -> str:
    """Return ``show ip interface brief``."""
    words_ = {"up": ("up", "up"), "down": ("down", "down"), "errdisabled": ("down", "down"), "admin": ("administratively down", "down")}
    out = ["Interface              IP-Address      OK? Method Status                Protocol"]
    for p in (x for x in m.ports() if not x.name.startswith("StackSub")):
        state = words_[m.oper(p)]
        out.append(f"{p.name:<22} {p.address or 'unassigned':<15} YES {'NVRAM' if p.address else 'unset':<6} {state[0]:<21} {state[1]}")
    return "\n".join(out)


def descriptions(m: Moment) -> str:
    """Return ``show interfaces description``."""
    words_ = {"up": ("up", "up"), "down": ("down", "down"), "errdisabled": ("down", "down"), "admin": ("admin down", "down")}
    out = ["Interface                      Status         Protocol Description"]
    out += [
        f"{p.short:<30} {words_[m.oper(p)][0]:<14} {words_[m.oper(p)][1]:<8} {p.alias}"
        for p in m.ports()
        if not p.name.startswith("StackSub")
    ]
    return "\n".join(out)


def adjacent(m: Moment) -> Iterator[tuple[Link, Port, Spec, Port]]:
    """Yield link, port, and the other end's device and port, of every cable over which a neighbour is heard."""
    for link in m.spec.links:
        other = m.network.specs[link.device]
        if speaks(other) and m.oper(m.spec.port(link.port)) == "up":
            yield link, m.spec.port(link.port), other, other.port(link.remote_port)


def cdp(m: Moment) -> str:
    """Return ``show cdp neighbors detail``."""
    out = []
    for _, port, other, far in adjacent(m):
        out += [
            "-------------------------", f"Device ID: {cdp_name(other)}", "Entry address(es): ", f"  IP address: {other.address}",
            f"Platform: {cdp_platform(other)},  Capabilities: {'Router Source-Route-Bridge' if other.role in ('edge', 'wan', 'branch') else 'Router Switch IGMP'} ",
            f"Interface: {port.name},  Port ID (outgoing port): {far.name}", f"Holdtime : {120 + int(m.time) % 60} sec", "", "Version :", other.description.replace("\r", ""), "",
            "advertisement version: 2", "Native VLAN: 1", "Duplex: full", "Management address(es): ", f"  IP address: {other.address}", "",
        ]  # fmt: skip
    return "\n".join([*out, "", f"Total cdp entries displayed : {len(list(adjacent(m)))}"])


def lldp(m: Moment) -> str:
    """Return ``show lldp neighbors detail``."""
    out = []
    for _, port, other, far in adjacent(m):
        out += [
            "------------------------------------------------", f"Local Intf: {port.short}", f"Chassis id: {dotted(mac(other.name, 'chassis'))}", f"Port id: {far.short}",
            f"Port Description: {far.name}", f"System Name: {hostname(other)}", "", "System Description: ", other.description.replace("\r", ""), "", "Time remaining: 104 seconds",
            "System Capabilities: B,R", "Enabled Capabilities: R", "Management Addresses:", f"    IP: {other.address}", "Auto Negotiation - not supported", "Physical media capabilities - not advertised",
            "Media Attachment Unit type - not advertised", "Vlan ID: - not advertised", "",
        ]  # fmt: skip
    return "\n".join([*out, "", f"Total entries displayed: {len(list(adjacent(m)))}"])


def bgp(m: Moment) -> str:
    """Return ``show ip bgp summary``; nothing on a device without BGP."""
    peers = [p for p in m.spec.peers if p.protocol == "bgp"]
    if not peers:
        return "% BGP not active"
    out = [
        f"BGP router identifier {router_id(m.model)}, local AS number {m.spec.asn}", "BGP table version is 412, main routing table version 412", f"{sum(p.prefixes for p in peers)} network entries using 9424 bytes of memory", "",
        "Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd",
    ]  # fmt: skip
    for peer in peers:
        states = m.model.peer[peer.address]
        up, ago = states.word(m.time) == "established", m.since([at for at, _, _ in states.changes()])
        sent = int(ago // 55)
        out.append(
            f"{peer.address:<15} 4 {peer.asn:>12} {sent:>7} {sent:>7} {412 if up else 1:>8}    0    0 {span(ago):<8} {peer.prefixes if up else 'Idle':>12}"
        )
    return "\n".join(out)


def ospf(m: Moment) -> str:
    """Return ``show ip ospf neighbor``: a lost neighbour is not in it."""
    out = ["", "Neighbor ID     Pri   State           Dead Time   Address         Interface"]
    for peer in m.spec.peers:
        if peer.protocol == "ospf" and m.model.peer[peer.address].word(m.time) == "full":
            out.append(f"{peer.router_id:<15} {1:>3}   {'FULL/  -':<15} 00:00:3{int(m.time) % 10}    {peer.address:<15} {peer.port}")
    return "\n".join(out)


def standby(m: Moment) -> str:
    """Return ``show standby brief``."""
    out = [
        "                     P indicates configured to preempt.",
        "                     |",
        "Interface   Grp  Pri P State   Active          Standby         Virtual IP",
    ]
    for group in m.spec.hsrp:
        state = hsrp_state(m.network, group, m.time)
        active, other = ("local", group.other) if state == "Active" else (group.other, "local")
        out.append(
            f"{m.spec.port(group.port).short:<11} {group.group:<4} {110 if group.rank == 1 else 100} P {state:<7} {active:<15} {other:<15} {group.address}"
        )
    return "\n".join(out)


def ntp(m: Moment) -> str:
    """Return ``show ntp status``."""
    if m.model.ntp.word(m.time) == "synchronised":
        first = "Clock is synchronized, stratum 3, reference is 10.255.0.10"
    else:
        first = "Clock is unsynchronized, stratum 16, no reference clock"
    return f"{first}\nnominal freq is 250.0000 Hz, actual freq is 249.9970 Hz, precision is 2**10\nntp uptime is {int(m.uptime.total_seconds() * 100)} (1/100 of seconds), resolution is 4000\nclock offset is 0.5411 msec, root delay is 4.42 msec\nroot dispersion is 21.63 msec, peer dispersion is 2.01 msec\nsystem poll interval is 64, last update was 31 sec ago."


def logging(m: Moment) -> str:
    """Return ``show logging``: the buffer since the device started."""
    entries = Log(m.network).between(m.spec.name, m.model.booted(m.time)[0], m.time)[-120:]
    head = [
        "Syslog logging: enabled (0 messages dropped, 2 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)", "",
        "    Console logging: level debugging, 0 messages logged, xml disabled,", f"    Buffer logging:  level debugging, {len(entries)} messages logged, xml disabled,",
        "    Trap logging: level informational, 0 message lines logged", "        Logging to 10.255.0.30  (udp port 514, audit disabled, link up),", "", "Log Buffer (65536 bytes):", "",
    ]  # fmt: skip
    return "\n".join([*head, *(stamped(m, entry) for entry in entries)])


def running(m: Moment) -> str:
    """Return ``show running-config``."""
    s = m.spec
    edited = m.local(max(at for at in m.model.edited if at <= m.time))
    saved = m.local(max(at for at in m.model.saved if at <= m.time))
    out = [
        "Building configuration...", "", "Current configuration : 8214 bytes", "!", f"! Last configuration change at {edited:%H:%M:%S} {edited:%Z} {edited:%a %b} {edited.day} {edited:%Y} by noc",
        f"! NVRAM config last updated at {saved:%H:%M:%S} {saved:%Z} {saved:%a %b} {saved.day} {saved:%Y} by noc", "!", f"version {'.'.join(s.version.replace('(', '.').split('.')[:2])}", "service timestamps debug datetime msec localtime show-timezone",
        "service timestamps log datetime msec localtime show-timezone", "service sequence-numbers", "service password-encryption", "!", f"hostname {s.name}", "!", "logging buffered 65536", "enable secret 9 <removed>", "!",
        "aaa new-model", "!", "ip domain name lab.example", "!", "username healthd privilege 1 secret 9 <removed>", "!",
    ]  # fmt: skip
    for p in (x for x in m.ports() if not x.name.startswith("StackSub")):
        out += [
            f"interface {p.name}",
            *([f" description {p.alias}"] if p.alias else []),
            f" ip address {p.address} {p.mask}" if p.address else f" switchport access vlan {p.vlan}",
            *([] if p.admin else [" shutdown"]),
            "!",
        ]
    bgp_peers = [p for p in s.peers if p.protocol == "bgp"]
    if bgp_peers:
        out += [f"router bgp {s.asn}", " bgp log-neighbor-changes", *(f" neighbor {p.address} remote-as {p.asn}" for p in bgp_peers), "!"]
    if any(p.protocol == "ospf" for p in s.peers):
        out += ["router ospf 1", f" router-id {router_id(m.model)}", " network 10.0.0.0 0.255.255.255 area 0", "!"]
    out += [
        "logging host 10.255.0.30",
        "snmp-server group healthd v3 priv",
        f"snmp-server location {s.location}",
        "ntp server 10.255.0.10",
        "!",
        "line vty 0 15",
        " transport input ssh",
        "!",
        "end",
        "",
    ]
    return "\n".join(out)


def clock(m: Moment) -> str:
    """Return ``show clock``."""
    local = m.local()
    return f"{'' if m.model.ntp.word(m.time) == 'synchronised' else '*'}{local:%H:%M:%S}.{local.microsecond // 1000:03} {local:%Z} {local:%a %b} {local.day} {local:%Y}"


def files(m: Moment) -> str:
    """Return ``dir``."""
    flash = m.spec.flash[0]
    return f"Directory of {flash.name}:/\n\n    2  -rw-        16412   Nov 2 2026 09:12:44 +00:00  vlan.dat\n    3  -rw-         8214   Nov 2 2026 09:13:02 +00:00  config.text\n\n{flash.size} bytes total ({flash.free} bytes free)"


def privilege(m: Moment) -> str:
    """Return ``show privilege``."""
    del m
    return "Current privilege level is 15"


COMMANDS = {
    "show version": version, "show inventory": inventory, "show environment all": environment, "show processes cpu": processes, "show processes cpu sorted": processes,
    "show processes memory": memory, "show processes memory sorted": memory, "show interfaces": interfaces, "show interfaces status": status, "show interfaces status err-disabled": err_disabled,
    "show interfaces description": descriptions, "show ip interface brief": brief, "show cdp neighbors detail": cdp, "show lldp neighbors detail": lldp, "show ip bgp summary": bgp, "show ip ospf neighbor": ospf,
    "show standby brief": standby, "show ntp status": ntp, "show logging": logging, "show running-config": running, "show startup-config": running, "show clock": clock, "dir": files, "show privilege": privilege,
}  # fmt: skip
