"""Catalyst 9300: a stack of 24- or 48-port access switches (IOS XE)."""

from healthd.lab.hardware._build import MCPRE, Order, Sheet, virtual
from healthd.lab.parts import Cpu, Fan, Flash, Member, Pool, Spec, mac

VERSION = "17.9.4a"


def build(order: Order) -> Spec:
    """Return a stack of ``order.members`` switches of ``order.model``."""
    sheet = Sheet(order)
    pid = order.model or "C9300-48P"
    sheet.part(1, 0, "stack", "c93xx Stack", pid=pid, serial=sheet.serial("FOC", 1), hw="V02", position=-1)
    for number in range(1, order.members + 1):
        _switch(sheet, number, pid)
    sheet.port(1, "GigabitEthernet0/0", "Gi0/0", wired=False, load=0.0)
    for index, vlan in ((2001, 1), (2010, 10), (2099, 99)):
        virtual(sheet, index, f"Vlan{vlan}", mtu=1500, vlan=vlan, admin=vlan != 1, wired=vlan != 1)
    sheet.pools.append(Pool(entity=1000, index=1, name="Processor", total=1_444_822_096, used=287_551_220))
    sheet.pools.append(Pool(entity=1000, index=2, name="reserve Processor", total=102_404, used=92))
    return sheet.spec(
        "iosxe", pid=pid, serial=sheet.serial("FOC", 1), version=VERSION, image="flash:packages.conf",
        description=f"Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version {VERSION}, "
        + MCPRE.format(fc="fc3", year=2023, day="Fri 20-Oct-23 10:44", who="mcpre"),
        object_id="1.3.6.1.4.1.9.1.2494", reason="Reload Command",
    )  # fmt: skip


def _switch(sheet: Sheet, number: int, pid: str) -> None:
    start, gone, code = number * 1000, (f"member:{number}",), sheet.serial("FOC", number)
    head = f"Switch {number}"
    sheet.part(
        start, 1, "chassis", head, descr=pid, pid=pid, serial=code, hw="V02", sw=VERSION, fru=True, position=number - 1, follows=gone
    )
    for side in (1, 2):
        sheet.part(
            start + side,
            start,
            "port",
            f"StackPort{number}/{side}",
            pid="STACK-T1-50CM",
            serial=sheet.serial("MOC", number, side),
            hw="V01",
            follows=gone,
        )
    for slot, side in enumerate("AB"):
        bay = sheet.part(start + 6 + slot, start, "container", f"{head} - Power Supply {side} Container", position=slot + 1, follows=gone)
        key = f"{number}{side}"
        sheet.part(start + 15 + slot, bay, "supply", f"{head} - Power Supply {side}", pid="PWR-C1-715WAC-P", serial=sheet.serial("LIT", key),
                   hw="V01", fru=True, position=1, follows=(*gone, f"psu:{key}"))  # fmt: skip
        sheet.supply(key, start + 15 + slot, f"{head} - Power Supply {side}", 715, number)
    for fan in (1, 2, 3):
        bay = sheet.part(start + 8 + fan, start, "container", f"{head} - Fan {fan} Container", position=3 + fan, follows=gone)
        sheet.part(
            start + 16 + fan,
            bay,
            "fan",
            f"{head} - FAN - T1 {fan}",
            descr=f"{head} - {pid} - FAN {fan}",
            fru=True,
            position=9 + fan,
            follows=gone,
        )
        sheet.fans.append(Fan(key=f"{number}/{fan}", index=start + 16 + fan, name=f"{head} - FAN - T1 {fan}", member=number))
    for offset, (place, usual, warn, crit) in enumerate((("Inlet", 24, 46, 56), ("Outlet", 33, 105, 125), ("HotSpot", 49, 105, 125))):
        sheet.sensor(f"{number}/{place}", start + 12 + offset, start, f"{head} - {place} Temp Sensor", descr=f"{head} - {pid} - Temp {place} Sensor {offset}",
                     usual=usual + number, swing=4, warn=warn, crit=crit, member=number, follows=gone)  # fmt: skip
    _ports(sheet, number, pid)
    role = {1: "active", 2: "standby"}.get(number, "member")
    sheet.members.append(
        Member(
            number=number, index=start, role=role, pid=pid, serial=code, mac=mac(sheet.order.name, "member", number), priority=16 - number
        )
    )
    sheet.cpus.append(Cpu(index=number, entity=start, name=f"Switch {number} CPU", low=7, high=19, member=number))
    sheet.flash.append(
        Flash(name="flash" if number == 1 else f"flash-{number}", size=11_353_194_496, free=6_921_871_360 - number * 40_960_000)
    )


def _ports(sheet: Sheet, number: int, pid: str) -> None:
    start, count, gone = number * 1000, 48 if "48" in pid else 24, (f"member:{number}",)
    fixed = sheet.part(
        start + 60,
        start,
        "module",
        f"Switch {number} Fixed Module 0",
        descr=f"Switch {number} - {pid} - Fixed Module 0",
        position=11,
        follows=gone,
    )
    card = sheet.part(start + 120, start, "module", f"Switch {number} 8x10G Uplink Module", descr="8x10G Uplink Module", pid="C9300-NM-8X",
                      serial=sheet.serial("FJZ", number), hw="V01", fru=True, position=12, follows=gone)  # fmt: skip
    for port in range(1, count + 1):
        part = sheet.part(start + 61 + port, fixed, "port", f"Gi{number}/0/{port}", position=port - 1, follows=gone)
        sheet.port(
            (number - 1) * 80 + 8 + port,
            f"GigabitEthernet{number}/0/{port}",
            f"Gi{number}/0/{port}",
            part=part,
            member=number,
            vlan=10,
            follows=gone,
        )
    for port in range(1, 9):
        part = sheet.part(start + 121 + port, card, "port", f"Te{number}/1/{port}", position=port - 1, follows=gone)
        sheet.port((number - 1) * 80 + 58 + port, f"TenGigabitEthernet{number}/1/{port}", f"Te{number}/1/{port}", speed=10_000_000_000, part=part,
                   member=number, wired=False, load=0.0, follows=gone)  # fmt: skip
    for side in (1, 2):
        sheet.port(
            3000 + number * 10 + side,
            f"StackSub-St{number}-{side}",
            f"StackSub-St{number}-{side}",
            kind=53,
            speed=0,
            mtu=0,
            member=number,
            wired=True,
            load=0.0,
            follows=gone,
        )
