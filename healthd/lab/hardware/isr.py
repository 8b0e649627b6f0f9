"""Branch routers: ISR 4331 (IOS XE) and the older ISR 2911 (IOS 15.7), by ``order.model``."""

from healthd.lab.hardware._build import MCPRE, Order, Sheet, virtual
from healthd.lab.parts import Cpu, Fan, Flash, Module, Pool, Spec


def build(order: Order) -> Spec:
    """Return the router."""
    return _isr4331(Sheet(order)) if order.model != "CISCO2911/K9" else _c2911(Sheet(order))


def _isr4331(sheet: Sheet) -> Spec:
    code, pid, version = sheet.serial("FDO", 1), "ISR4331/K9", "17.6.5"
    sheet.part(1, 0, "chassis", "Chassis", descr="Cisco ISR4331 Chassis", pid=pid, serial=code, hw="V04", fru=True, position=-1)
    bay = sheet.part(2, 1, "container", "Power Supply Bay 0", descr="Power Supply Bay", position=0)
    sheet.part(5, bay, "supply", "Power Supply Module 0", descr="250W AC Power Supply for Cisco ISR 4330", pid="PWR-4330-AC", serial=sheet.serial("PST", 1), hw="V03", fru=True,
               follows=("psu:P0",))  # fmt: skip
    sheet.supply("P0", 5, "Power Supply Module 0", 250)
    for fan in range(4):
        sheet.part(31 + fan, 1, "fan", f"Fan 2/{fan}", descr="Fan", position=fan)
        sheet.fans.append(Fan(key=f"2/{fan}", index=31 + fan, name=f"Fan 2/{fan}", tray=True))
    for index, key, title in (
        (1000, "0", "Cisco ISR4331 Built-In NIM controller"),
        (7000, "R0", "Cisco ISR4331 Route Processor"),
        (9000, "F0", "Cisco ISR4331 Forwarding Processor"),
    ):
        sheet.part(index, 1, "module", f"module {key}", descr=title, pid=pid, serial=code, hw="V04", sw=version, position=index // 1000)
        sheet.modules.append(Module(key=key, index=index, name=f"module {key}", pid=pid, serial=code, slot=key, title=title))
    sheet.part(7035, 7000, "cpu", "cpu R0/0", descr="CPU 0 of module R0")
    for key, index, name, usual, warn, crit in (
        ("R0/Inlet 1", 7011, "Temp: Inlet 1", 27, 56, 65),
        ("R0/CPU", 7012, "Temp: CPU", 44, 88, 98),
    ):
        sheet.sensor(key, index, 7000, name, descr=f"{name} R0/0", usual=usual, swing=4, warn=warn, crit=crit)
    for port in range(3):
        part = sheet.part(1100 + port, 1000, "port", f"GigabitEthernet0/0/{port}", descr="ISR4331-3x1GE", position=port)
        sheet.port(1 + port, f"GigabitEthernet0/0/{port}", f"Gi0/0/{port}", part=part, wired=False, load=0.0)
    virtual(sheet, 8, "Loopback0", kind=24, speed=8_000_000_000, mtu=1514)
    sheet.cpus.append(Cpu(index=7, entity=7035, name="R0/0", low=3, high=18))
    sheet.pools.append(Pool(entity=7000, index=1, name="Processor", total=1_646_211_736, used=322_110_584))
    sheet.flash.append(Flash(name="bootflash", size=3_224_170_496, free=1_894_686_720))
    return sheet.spec(
        "iosxe", pid=pid, serial=code, version=version, image="bootflash:isr4300-universalk9.17.06.05.SPA.bin",
        description=f"Cisco IOS Software [Bengaluru], ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version {version}, "
        + MCPRE.format(fc="fc2", year=2023, day="Wed 25-Jan-23 16:15", who="mcpre"),
        object_id="1.3.6.1.4.1.9.1.2068", reason="Reload Command",
    )  # fmt: skip


def _c2911(sheet: Sheet) -> Spec:
    code, pid, version = sheet.serial("FGL", 1), "CISCO2911/K9", "15.7(3)M8"
    sheet.part(
        1,
        0,
        "chassis",
        "2911 chassis",
        descr="CISCO2911 chassis, Hw Serial#: " + code + ", Hw Revision: 1.0",
        pid=pid,
        serial=code,
        hw="1.0",
        sw=version,
        position=-1,
    )
    sheet.part(2, 1, "container", "c2911 Motherboard Slot", descr="Chassis Slot", position=0)
    board = sheet.part(
        3,
        2,
        "module",
        "c2911 Mother board 3GE, integrated VPN",
        descr="c2911 Mother board 3GE, integrated VPN",
        serial=sheet.serial("FOC", 3),
        hw="V07",
        sw=version,
    )
    sheet.part(
        20,
        1,
        "supply",
        "C2911 AC Power Supply",
        pid="PWR-2911-AC",
        serial=sheet.serial("QCS", 1),
        hw="V05",
        fru=True,
        position=1,
        follows=("psu:1",),
    )
    sheet.supply("1", 20, "Internal Power Supply", 190)
    for fan in (1, 2, 3):
        sheet.part(24 + fan, 1, "fan", f"Fan {fan}", position=fan)
        sheet.fans.append(Fan(key=str(fan), index=24 + fan, name=f"Fan {fan}"))
    for key, index, name, usual, warn, crit in (("Intake Left", 30, "Intake Left", 28, 55, 70), ("CPU", 31, "CPU", 49, 85, 95)):
        sheet.sensor(key, index, 1, name, usual=usual, swing=4, warn=warn, crit=crit)
    for port in range(3):
        part = sheet.part(5 + port, board, "port", f"GigabitEthernet0/{port}", descr="Gigabit Ethernet", position=port)
        sheet.port(2 + port, f"GigabitEthernet0/{port}", f"Gi0/{port}", part=part, wired=False, load=0.0)
    virtual(sheet, 7, "Loopback0", kind=24, speed=8_000_000_000, mtu=1514)
    sheet.cpus.append(Cpu(index=1, entity=3, name="CPU", low=8, high=33))
    sheet.pools.append(Pool(entity=3, index=1, name="Processor", total=356_193_408, used=92_140_820))
    sheet.pools.append(Pool(entity=3, index=2, name="I/O", total=53_477_376, used=30_118_144, kind=10))
    sheet.flash.append(Flash(name="flash0", size=255_959_040, free=133_201_920))
    return sheet.spec(
        "ios", pid=pid, serial=code, version=version, image="flash0:c2900-universalk9-mz.SPA.157-3.M8.bin",
        description=f"Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version {version}, "
        + MCPRE.format(fc="fc1", year=2021, day="Tue 16-Mar-21 10:09", who="prod_rel_team"),
        object_id="1.3.6.1.4.1.9.1.1045", reason="power-on",
    )  # fmt: skip
