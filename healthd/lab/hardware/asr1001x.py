"""ASR 1001-X: a WAN edge router (IOS XE)."""

from healthd.lab.hardware._build import MCPRE, Order, Sheet, virtual
from healthd.lab.parts import Cpu, Fan, Flash, Module, Pool, Spec

VERSION = "16.9.6"


def build(order: Order) -> Spec:
    """Return the router."""
    sheet = Sheet(order)
    code = sheet.serial("FXS", 1)
    sheet.part(1, 0, "chassis", "Chassis", descr="Cisco ASR1001-X Chassis", pid="ASR1001-X", serial=code, hw="V06", fru=True, position=-1)
    for slot in (0, 1):
        bay = sheet.part(2 + slot, 1, "container", f"Power Supply Bay {slot}", descr="Power Supply Bay", position=slot)
        key = f"P{slot}"
        sheet.part(5 + slot * 10, bay, "supply", f"Power Supply Module {slot}", descr="Cisco ASR1001-X AC Power Supply", pid="ASR1001X-PWR-AC",
                   serial=sheet.serial("ART", slot), hw="V02", fru=True, follows=(f"psu:{key}",))  # fmt: skip
        sheet.supply(key, 5 + slot * 10, f"Power Supply Module {slot}", 250)
        for offset, (what, kind, usual) in enumerate((("Vin", "volts", 229), ("Iin", "amperes", 0.6), ("Vout", "volts", 12.0))):
            sheet.sensor(f"{key}/{what}", 6 + slot * 10 + offset, 5 + slot * 10, f"PEM {what}", descr=f"PEM {what} {key}", kind=kind, usual=usual, swing=usual * 0.02,
                         supply=key, follows=(f"psu:{key}",))  # fmt: skip
    tray = sheet.part(30, 1, "container", "Fan Tray Bay 0", descr="Fan Tray Bay", position=3)
    for fan in range(4):
        sheet.part(31 + fan, tray, "fan", f"Fan 2/{fan}", descr="Fan", position=fan)
        sheet.fans.append(Fan(key=f"2/{fan}", index=31 + fan, name=f"Fan 2/{fan}", tray=True))
    _modules(sheet, code)
    for port in range(6):
        part = sheet.part(1100 + port, 1001, "port", f"GigabitEthernet0/0/{port}", descr="BUILT-IN-2T+6X1GE", position=port)
        sheet.port(3 + port, f"GigabitEthernet0/0/{port}", f"Gi0/0/{port}", part=part, wired=False, load=0.0)
    for port in range(2):
        part = sheet.part(1120 + port, 1001, "port", f"TenGigabitEthernet0/0/{port}", descr="BUILT-IN-2T+6X1GE", position=10 + port)
        sheet.port(1 + port, f"TenGigabitEthernet0/0/{port}", f"Te0/0/{port}", speed=10_000_000_000, part=part, wired=False, load=0.0)
    sheet.port(9, "GigabitEthernet0", "Gi0", wired=True, load=0.0005, alias="management")
    virtual(sheet, 11, "Loopback0", kind=24, speed=8_000_000_000, mtu=1514)
    sheet.cpus.append(Cpu(index=7, entity=7035, name="R0/0", low=4, high=22))
    sheet.cpus.append(Cpu(index=9, entity=9035, name="F0/0", low=6, high=34))
    sheet.pools.append(Pool(entity=7000, index=1, name="Processor", total=3_766_231_904, used=612_110_584))
    sheet.flash.append(Flash(name="bootflash", size=6_645_501_952, free=3_899_686_912))
    return sheet.spec(
        "iosxe", pid="ASR1001-X", serial=code, version=VERSION, image=f"bootflash:asr1001x-universalk9.{'16.09.06'}.SPA.bin",
        description=f"Cisco IOS Software [Fuji], ASR1000 Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version {VERSION}, "
        + MCPRE.format(fc="fc2", year=2020, day="Thu 27-Aug-20 02:35", who="mcpre"),
        object_id="1.3.6.1.4.1.9.1.2116", reason="PowerOn",
    )  # fmt: skip


def _modules(sheet: Sheet, code: str) -> None:
    for index, key, title in (
        (1000, "0", "Cisco ASR1001-X SPA Interface Processor"),
        (7000, "R0", "Cisco ASR1001-X Route Processor"),
        (9000, "F0", "Cisco ASR1001-X Embedded Services Processor"),
    ):
        sheet.part(
            index, 1, "module", f"module {key}", descr=title, pid="ASR1001-X", serial=code, hw="V06", sw=VERSION, position=index // 1000
        )
        sheet.modules.append(Module(key=key, index=index, name=f"module {key}", pid="ASR1001-X", serial=code, slot=key, title=title))
    sheet.part(1001, 1000, "module", "subslot 0/0", descr="2 port 10G SFP+, 6 port 1G SFP built-in", pid="BUILT-IN-2T+6X1GE", position=0)
    for index, parent, name in ((7035, 7000, "cpu R0/0"), (9035, 9000, "qfp F0/0")):
        sheet.part(index, parent, "cpu", name, descr=f"CPU {name[-4:]} of module {name[-4:-2]}")
    places = (
        ("R0/Inlet", 7011, 7000, "Temp: Inlet", 25, 62, 72),
        ("R0/CPU", 7012, 7000, "Temp: CPU Die", 46, 92, 98),
        ("F0/Center", 9011, 9000, "Temp: Center", 34, 75, 85),
    )
    for key, index, parent, name, usual, warn, crit in places:
        sheet.sensor(key, index, parent, name, descr=f"{name} {key[:2]}", usual=usual, swing=4, warn=warn, crit=crit)
