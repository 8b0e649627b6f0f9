"""ASR 9001: a provider edge router (IOS XR)."""

from healthd.lab.hardware._build import Order, Sheet, virtual
from healthd.lab.parts import Cpu, Fan, Flash, Module, Pool, Spec, seed

VERSION = "6.6.3"


def build(order: Order) -> Spec:
    """Return the router."""
    sheet = Sheet(order)
    code = sheet.serial("FOC", 1)
    # IOS XR numbers its parts by hashing their place: large and without order.
    number = {
        name: 1_000_000 + seed("xr", name) % 60_000_000
        for name in ("chassis", "rsp", "lc", "mpa", "ft", "pm0", "pm1", "cpu", "host0", "host1")
    }
    chassis = sheet.part(
        number["chassis"],
        0,
        "chassis",
        "chassis ASR-9001-AC",
        descr="ASR-9001 Chassis with 2 MPA slots",
        pid="ASR-9001",
        serial=code,
        hw="V03",
        position=-1,
    )
    for name, key, title, pid in (
        ("rsp", "0/RSP0/CPU0", "ASR9K Fixed Route Switch Processor 8GB", "ASR9001-RP"),
        ("lc", "0/0/CPU0", "ASR 9001 Fixed Linecard", "ASR9001-LC"),
    ):
        sheet.part(
            number[name],
            chassis,
            "module",
            f"module {key}",
            descr=title,
            pid=pid,
            serial=sheet.serial("FOC", name),
            hw="V05",
            sw=VERSION,
            fru=False,
        )
        sheet.modules.append(
            Module(key=key, index=number[name], name=f"module {key}", pid=pid, serial=sheet.serial("FOC", name), slot=key, title=title)
        )
    sheet.part(
        number["mpa"],
        number["lc"],
        "module",
        "module 0/0/0",
        descr="ASR 9000 4-port 10GE Modular Port Adapter",
        pid="A9K-MPA-4X10GE",
        serial=sheet.serial("FOC", "mpa"),
        hw="V05",
        fru=True,
    )
    sheet.modules.append(
        Module(key="0/0/0", index=number["mpa"], name="module 0/0/0", pid="A9K-MPA-4X10GE", serial=sheet.serial("FOC", "mpa"), slot="0/0/0")
    )
    sheet.part(number["cpu"], number["rsp"], "cpu", "cpu 0/RSP0/CPU0", descr="CPU")
    for slot in (0, 1):
        key = f"0/PS0/M{slot}"
        sheet.part(number[f"pm{slot}"], chassis, "supply", f"power-module {key}/SP", descr="750W AC Power Module for ASR-9001", pid="A9K-750W-AC",
                   serial=sheet.serial("POG", slot), hw="V04", fru=True, position=slot, follows=(f"psu:{key}",))  # fmt: skip
        sheet.supply(key, number[f"pm{slot}"], f"power-module {key}/SP", 750)
        sheet.sensor(f"{key}/V", number[f"pm{slot}"] + 11, number[f"pm{slot}"], f"voltage {key}/SP", descr="Power Module Voltage Sensor", kind="volts", usual=54.1, swing=0.4,
                     supply=key, follows=(f"psu:{key}",))  # fmt: skip
    tray = sheet.part(
        number["ft"],
        chassis,
        "fan",
        "fantray 0/FT0/SP",
        descr="ASR-9001 Fan Tray",
        pid="ASR-9001-FAN",
        serial=sheet.serial("FOC", "ft"),
        hw="V02",
        fru=True,
    )
    sheet.fans.append(Fan(key="0/FT0", index=tray, name="fantray 0/FT0/SP", tray=True))
    for key, card, name, descr, usual, warn, crit in (
        ("0/RSP0/Inlet0", "rsp", "temperature 0/RSP0/CPU0", "Inlet Temperature Sensor", 27, 50, 60),
        ("0/RSP0/Hotspot0", "rsp", "temperature 0/RSP0/CPU0", "Hot Temperature SensorHotspot0", 41, 82, 92),
        ("0/0/Inlet0", "lc", "temperature 0/0/CPU0", "Inlet Temperature Sensor", 29, 50, 60),
    ):
        sheet.sensor(
            key, 1_000_000 + seed("xrs", key) % 60_000_000, number[card], name, descr=descr, usual=usual, swing=3, warn=warn, crit=crit
        )
    for offset, rail in enumerate(("1.0V_CORE", "1.8V_USB", "3.3V_RSP", "5.0V")):
        sheet.sensor(f"0/RSP0/{rail}", 1_000_000 + seed("xrv", rail) % 60_000_000, number["rsp"], "voltage 0/RSP0/CPU0", descr=f"Voltage Sensor - {rail}", kind="volts",
                     usual=float(rail.split("V")[0]), swing=0.01 * (offset + 1))  # fmt: skip
    _ports(sheet, number)
    sheet.cpus.append(Cpu(index=2, entity=number["rsp"], name="0/RSP0/CPU0", low=6, high=19))
    sheet.cpus.append(Cpu(index=3, entity=number["lc"], name="0/0/CPU0", low=9, high=24))
    sheet.pools.append(Pool(entity=number["rsp"], index=1, name="processor", total=8_589_934_592, used=3_411_087_360))
    sheet.pools.append(Pool(entity=number["lc"], index=1, name="processor", total=4_294_967_296, used=1_722_122_240))
    sheet.flash.append(Flash(name="disk0:", size=3_952_054_272, free=1_734_660_096))
    return sheet.spec(
        "iosxr", pid="ASR-9001", serial=code, version=VERSION, image="disk0:asr9k-os-mbi-6.6.3/0x100305/mbiasr9k-rsp3.vm",
        description=f"Cisco IOS XR Software (Cisco ASR9K Series),  Version {VERSION}[Default]\r\nCopyright (c) 2019 by Cisco Systems, Inc.",
        object_id="1.3.6.1.4.1.9.1.1709", reason="Reload Command",
    )  # fmt: skip


def _ports(sheet: Sheet, number: dict[str, int]) -> None:
    for port in range(4):
        part = sheet.part(
            1_000_000 + seed("xrp", port) % 60_000_000, number["mpa"], "port", f"TenGigE0/0/0/{port}", descr="TenGigE Port", position=port
        )
        sheet.port(4 + port, f"TenGigE0/0/0/{port}", f"Te0/0/0/{port}", speed=10_000_000_000, mtu=1514, part=part, wired=False, load=0.0)
    for port in range(4):
        part = sheet.part(
            1_000_000 + seed("xrq", port) % 60_000_000, number["lc"], "port", f"TenGigE0/0/2/{port}", descr="TenGigE Port", position=port
        )
        sheet.port(
            8 + port,
            f"TenGigE0/0/2/{port}",
            f"Te0/0/2/{port}",
            speed=10_000_000_000,
            mtu=1514,
            part=part,
            wired=False,
            load=0.0,
            admin=port < 2,
        )
    sheet.port(2, "MgmtEth0/RSP0/CPU0/0", "Mg0/RSP0/CPU0/0", mtu=1514, wired=True, load=0.0005, alias="management")
    virtual(sheet, 12, "Loopback0", kind=24, speed=0, mtu=1500)
    virtual(sheet, 1, "Null0", kind=1, speed=0, load=0.0)
