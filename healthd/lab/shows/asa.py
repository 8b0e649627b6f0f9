"""ASA: what a firewall of a failover pair prints."""

from healthd.lab.device import powerless
from healthd.lab.log import Log, stamped
from healthd.lab.moment import Moment
from healthd.lab.parts import Port, dotted
from healthd.lab.signals import inside


def version(m: Moment) -> str:
    """Return ``show version``."""
    s, up = m.spec, m.uptime
    days, hours = up.days, up.seconds // 3600
    boards = [f" {n}: {'Ext' if p.kind == 6 else 'Int'}: {p.name:<20} : address is {dotted(p.mac)}, irq 255" for n, p in enumerate(s.ports)]
    return "\n".join([
        "", f"Cisco Adaptive Security Appliance Software Version {s.version} ", "SSP Operating System Version 2.10(1.217)", "Device Manager Version 7.16(1)150", "", "Compiled on Wed 15-Feb-23 14:02 GMT by builders",
        f'System image file is "{s.image}"', 'Config file at boot was "startup-config"', "", f"{s.name} up {days} days {hours} hours", f"failover cluster up {days + 30} days {hours} hours", "",
        f"Hardware:   {s.pid}, 8192 MB RAM, CPU Atom C2000 series 2416 MHz, 1 CPU (8 cores)", "Internal ATA Compact Flash, 8000MB", "BIOS Flash M25P64 @ 0xfed01000, 16384KB", "", *boards, "",
        "Licensed features for this platform:", "Maximum Physical Interfaces       : Unlimited", "Failover                          : Active/Active", "Encryption-3DES-AES               : Enabled", "",
        "This platform has an ASA 5516 VPN Premium license.", "", f"Serial Number: {m.serial}", "Running Permanent Activation Key: <removed>", "Configuration register is 0x1", "Image type                : Release", "Key Version               : A", "",
    ])  # fmt: skip


def inventory(m: Moment) -> str:
    """Return ``show inventory``."""
    return f'Name: "Chassis", DESCR: "{m.spec.parts[0].descr}"\nPID: {m.spec.pid:<18}, VID: V03     , SN: {m.serial}\n\nName: "Storage Device 1", DESCR: "ASA 5516-X SSD"\nPID: ASA5516-SSD       , VID: N/A     , SN: MSA{m.spec.serial[3:]}\n'


def environment(m: Moment) -> str:
    """Return ``show environment``."""
    s = m.spec
    fan = s.fans[0]
    ambient, cpu = (next(x for x in s.sensors if x.key == key) for key in ("Ambient 1", "CPU"))
    supply = {"ok": "OK", "failed": "Failure Detected", "noinput": "Failure Detected", "absent": "Not Present"}[m.supply(s.supplies[0].key)]
    speed = int(m.sensor(next(x for x in s.sensors if x.kind == "rpm"))) if m.fan(fan.key) == "ok" else 0
    return "\n".join([
        "", "Cooling Fans: ", "-----------------------------------", "", "  Chassis Fans: ", "  --------------------------------", f"  Cooling Fan 1: {speed} RPM - {'OK' if speed else 'Failure Detected'}", "",
        "Power Supplies: ", "-----------------------------------", "", "  Power Supply Unit Redundancy: N/A", f"  Power Supply 0: {supply}", "",
        "Temperature: ", "-----------------------------------", "", "  Processors: ", "  --------------------------------", f"  Processor 1: {m.sensor(cpu):.1f} C - {_word(m, cpu)}  (CPU1 Core Temperature)", "",
        "  Chassis: ", "  --------------------------------", f"  Ambient 1: {m.sensor(ambient):.1f} C - {_word(m, ambient)}  (Chassis Front Temperature)", "",
    ])  # fmt: skip


def _word(m: Moment, sensor: object) -> str:
    return {"ok": "OK", "warning": "Hot", "critical": "Critical"}[m.level(sensor)]  # type: ignore[arg-type]


def cpu(m: Moment) -> str:
    """Return ``show cpu usage``."""
    return f"CPU utilization for 5 seconds = {m.busy}%; 1 minute: {m.busy}%; 5 minutes: {m.busy}%"


def memory(m: Moment) -> str:
    """Return ``show memory``."""
    total, used, free = m.pool(m.spec.pools[0])
    return f"Free memory:      {free:>12} bytes ({free * 100 // total}%)\nUsed memory:      {used:>12} bytes ({used * 100 // total}%)\n-------------     ------------------\nTotal memory:     {total:>12} bytes (100%)\n"


def interfaces(m: Moment) -> str:
    """Return ``show interface``."""
    return "\n".join(_interface(m, p) for p in m.spec.ports)


def _interface(m: Moment, p: Port) -> str:
    c, state = m.model.counters[p.name], m.oper(p)
    word = {
        "up": "up, line protocol is up",
        "down": "down, line protocol is down",
        "errdisabled": "down, line protocol is down",
        "admin": "administratively down, line protocol is down",
    }[state]
    name = p.short if p.short != p.name else ""
    packets, octets = [m.number(x) for x in c.packets], [m.number(x) for x in c.octets]
    return "\n".join([
        f'Interface {p.name} "{name}", is {word}', "  Hardware is Accelerator rev01, BW 1000 Mbps, DLY 10 usec", f"\t{'Full-Duplex(Full-duplex), Auto-Speed(1000 Mbps)' if state == 'up' else 'Auto-Duplex, Auto-Speed'}", "\tInput flow control is unsupported, output flow control is off",
        *([f"\tDescription: {p.alias}"] if p.alias else []), f"\tMAC address {dotted(p.mac)}, MTU {p.mtu}", f"\tIP address {p.address}, subnet mask {p.mask}" if p.address else "\tIP address unassigned",
        f"\t{packets[0]} packets input, {octets[0]} bytes, 0 no buffer", "\tReceived 0 broadcasts, 0 runts, 0 giants", f"\t{m.number(c.errors[0])} input errors, {m.number(c.crc)} CRC, 0 frame, 0 overrun, 0 ignored, 0 abort", "\t0 pause input, 0 resume input",
        "\t0 L2 decode drops", f"\t{packets[1]} packets output, {octets[1]} bytes, 0 underruns", "\t0 pause output, 0 resume output", f"\t{m.number(c.errors[1])} output errors, 0 collisions, 1 interface resets", "\t0 late collisions, 0 deferred", "\t0 input reset drops, 0 output reset drops",
    ])  # fmt: skip


def brief(m: Moment) -> str:
    """Return ``show interface ip brief``."""
    out = ["Interface                  IP-Address      OK? Method Status                Protocol"]
    words_ = {"up": ("up", "up"), "down": ("down", "down"), "errdisabled": ("down", "down"), "admin": ("administratively down", "down")}
    return "\n".join(
        [
            *out,
            *(
                f"{p.name:<26} {p.address or 'unassigned':<15} YES {'CONFIG' if p.address else 'unset':<6} {words_[m.oper(p)][0]:<21} {words_[m.oper(p)][1]}"
                for p in m.spec.ports
            ),
        ]
    )


def failover(m: Moment) -> str:
    """Return ``show failover``."""
    s = m.spec
    lost = s.partner in m.network.specs and inside(powerless(m.network.of(s.partner)), m.time)
    mine, other = ("Secondary", "Primary") if s.standby else ("Primary", "Secondary")
    active = not s.standby or lost
    link = "up" if m.oper(s.port("folink")) == "up" else "down"
    slot = f"\t\tslot 0: {s.pid} hw/sw rev (3.0/{s.version}) status"
    return "\n".join([
        "Failover On ", f"Failover unit {mine}", f"Failover LAN Interface: folink GigabitEthernet1/4 ({link})", "Reconnect timeout 0:00:00", "Unit Poll frequency 1 seconds, holdtime 15 seconds", "Interface Poll frequency 5 seconds, holdtime 25 seconds",
        "Interface Policy 1", "Monitored Interfaces 3 of 310 maximum", "MAC Address Move Notification Interval not set", f"Version: Ours {s.version}, Mate {s.version if not lost else 'Unknown'}", f"Serial Number: Ours {m.serial}, Mate {m.network.specs[s.partner].serial if s.partner in m.network.specs and not lost else 'Unknown'}",
        f"Last Failover at: {m.local(m.model.booted(m.time)[0] + 90):%H:%M:%S %Z %b %d %Y}", f"\tThis host: {mine} - {'Active' if active else 'Standby Ready'} ", f"\t\tActive time: {int(m.uptime.total_seconds()) if active else 0} (sec)", f"{slot} (Up Sys)",
        *(f"\t\t  Interface {p.short} ({p.address or '0.0.0.0'}): {'Normal' if m.oper(p) == 'up' else 'Failed'} (Monitored)" for p in s.ports if p.short in ("outside", "inside", "dmz")),  # noqa: S104 - a text of the CLI, nothing is bound
        f"\tOther host: {other} - {'Failed' if lost else 'Standby Ready' if active else 'Active'} ", f"\t\tActive time: {0 if active else int(m.uptime.total_seconds())} (sec)", f"{slot} ({'Unknown/Unknown' if lost else 'Up Sys'})", "", "Stateful Failover Logical Update Statistics", f"\tLink : folink GigabitEthernet1/4 ({link})", "",
    ])  # fmt: skip


def logging(m: Moment) -> str:
    """Return ``show logging``."""
    entries = Log(m.network).between(m.spec.name, m.model.booted(m.time)[0], m.time)[-120:]
    return "\n".join(
        [
            "Syslog logging: enabled",
            "    Facility: 20",
            "    Timestamp logging: enabled",
            f"    Buffer logging: level informational, {len(entries)} messages logged",
            "    Trap logging: level informational, facility 20, 0 messages logged",
            *(stamped(m, e) for e in entries),
        ]
    )


def running(m: Moment) -> str:
    """Return ``show running-config``."""
    out = [
        ": Saved",
        "",
        ": ",
        f": Serial Number: {m.serial}",
        f": Hardware:   {m.spec.pid}, 8192 MB RAM, CPU Atom C2000 series 2416 MHz, 1 CPU (8 cores)",
        ":",
        f"ASA Version {m.spec.version} ",
        "!",
        f"hostname {m.spec.name}",
        "enable password <removed>",
        "names",
        "!",
    ]
    for p in m.spec.ports:
        out += [
            f"interface {p.name}",
            *([f" description {p.alias}"] if p.alias else []),
            *([] if p.admin else [" shutdown"]),
            f" nameif {p.short}" if p.short != p.name else " no nameif",
            " no ip address",
            "!",
        ]
    return "\n".join(
        [
            *out,
            "failover",
            f"failover lan unit {'secondary' if m.spec.standby else 'primary'}",
            "failover lan interface folink GigabitEthernet1/4",
            "logging enable",
            "logging timestamp",
            "logging host inside 10.255.0.30",
            ": end",
            "",
        ]
    )


def clock(m: Moment) -> str:
    """Return ``show clock``."""
    local = m.local()
    return f"{local:%H:%M:%S}.{local.microsecond // 1000:03} {local:%Z} {local:%a %b} {local.day} {local:%Y}"


def privileges(m: Moment) -> str:
    """Return ``show curpriv``."""
    del m
    return "Username : healthd\nCurrent privilege level : 15\nCurrent Mode/s : P_PRIV"


def files(m: Moment) -> str:
    """Return ``dir``."""
    flash = m.spec.flash[0]
    return f"\nDirectory of disk0:/\n\n88     -rwx  111611328    10:12:04 Mar 14 2026  {m.spec.image.split('/')[-1]}\n\n1 file(s) total size: 111611328 bytes\n{flash.size} bytes total ({flash.free} bytes free/{flash.free * 100 // flash.size}% free)\n"


COMMANDS = {
    "show version": version, "show inventory": inventory, "show environment": environment, "show cpu usage": cpu, "show memory": memory, "show interface": interfaces, "show interface ip brief": brief, "show failover": failover,
    "show logging": logging, "show running-config": running, "show clock": clock, "show curpriv": privileges, "dir": files,
}  # fmt: skip
