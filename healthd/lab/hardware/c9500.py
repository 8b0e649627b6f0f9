"""Catalyst 9500: two core switches that StackWise Virtual makes one (IOS XE)."""

from healthd.lab.hardware._build import MCPRE, Order, Sheet, virtual
from healthd.lab.parts import Cpu, Fan, Flash, Member, Module, Pool, Spec, mac

VERSION = "17.12.3"
PID = "C9500-48Y4C"


def build(order: Order) -> Spec:
    """Return the pair."""
    sheet = Sheet(order)
    sheet.part(1, 0, "stack", "Virtual Stack", descr="Cisco Catalyst 9500 Series Virtual Stack", position=-1)
    for number in (1, 2):
        _chassis(sheet, number)
    for index, vlan in ((401, 1), (410, 10), (420, 20), (499, 99)):
        virtual(sheet, index, f"Vlan{vlan}", vlan=vlan, admin=vlan != 1, wired=vlan != 1, load=0.004)
    virtual(sheet, 500, "Loopback0", kind=24, speed=8_000_000_000, mtu=1514)
    sheet.pools.append(Pool(entity=1000, index=1, name="Processor", total=2_982_154_320, used=402_118_904))
    sheet.pools.append(Pool(entity=1000, index=2, name="reserve Processor", total=102_404, used=92))
    return sheet.spec(
        "iosxe", pid=PID, serial=sheet.serial("FDO", 1), version=VERSION, image="bootflash:packages.conf",
        description=f"Cisco IOS Software [Dublin], Catalyst L3 Switch Software (CAT9K_IOSXE), Version {VERSION}, "
        + MCPRE.format(fc="fc5", year=2024, day="Wed 20-Mar-24 19:29", who="mcpre"),
        object_id="1.3.6.1.4.1.9.1.2872", reason="Reload Command",
    )  # fmt: skip


def _chassis(sheet: Sheet, number: int) -> None:
    base, gone, code, head = number * 500 - 498, (f"member:{number}",), sheet.serial("FDO", number), f"Switch {number}"
    sheet.part(
        base,
        1,
        "chassis",
        f"{head} Chassis",
        descr=f"Cisco Catalyst 9500 Series {PID} Chassis",
        pid=PID,
        serial=code,
        hw="V03",
        position=number,
        follows=gone,
    )
    for slot in (1, 2):
        bay = sheet.part(base + 2 + slot * 10, base, "container", f"{head} Power Supply Bay {slot}", position=4 + slot, follows=gone)
        key = f"{number}/{slot}"
        name = f"{head} Power Supply Module {slot}"
        sheet.part(bay + 1, bay, "supply", name, descr="Cisco Catalyst 9500 Series 650W AC Power Supply", pid="C9K-PWR-650WAC-R", serial=sheet.serial("ART", key),
                   hw="V01", fru=True, follows=(*gone, f"psu:{key}"))  # fmt: skip
        sheet.supply(key, bay + 1, name, 650, number)
        for offset, (what, kind, usual) in enumerate((("Vin", "volts", 230), ("Pout", "watts", 148), ("Iout", "amperes", 12))):
            sheet.sensor(f"{key}/{what}", base + 100 + slot * 10 + offset, bay + 1, f"{head} PS{slot} {what}", kind=kind, usual=usual, swing=usual * 0.03,
                         member=number, supply=key, follows=(*gone, f"psu:{key}"))  # fmt: skip
    for tray in range(1, 6):
        bay = sheet.part(base + 20 + tray * 5, base, "container", f"{head} Fan Tray Bay {tray}", position=11 + tray, follows=gone)
        sheet.part(bay + 1, bay, "fan", f"{head} Fan Tray {tray}", descr="Cisco Catalyst 9500 Series Fan Tray", pid="C9K-T1-FANTRAY", serial=sheet.serial("FXS", number, tray),
                   hw="V01", fru=True, follows=gone)  # fmt: skip
        sheet.fans.append(Fan(key=f"{number}/{tray}", index=bay + 1, name=f"{head} Fan Tray {tray}", member=number, tray=True))
    slot_part = sheet.part(base + 90, base, "container", f"{head} Slot 1", position=20, follows=gone)
    card = sheet.part(number * 1000, slot_part, "module", f"{head} Slot 1 Supervisor", descr="Cisco Catalyst 9500 Series Routing and Switching Engine", pid=PID,
                      serial=code, hw="V03", sw=VERSION, follows=gone)  # fmt: skip
    sheet.modules.append(
        Module(key=f"{number}/1", index=card, name=f"{head} Slot 1 Supervisor", pid=PID, serial=code, slot=f"{number}/1", member=number)
    )
    for offset, (place, usual, warn, crit) in enumerate(
        (("Inlet", 23, 45, 55), ("Outlet", 31, 55, 65), ("CPUcore:0", 43, 88, 98), ("UADP_0_0", 51, 105, 115))
    ):
        sheet.sensor(f"{number}/{place}", number * 1000 + 51 + offset, card, f"{head} Slot 1 Temp: {place}", usual=usual + number, swing=4, warn=warn, crit=crit,
                     member=number, follows=gone)  # fmt: skip
    _ports(sheet, number, card)
    role = "active" if number == 1 else "standby"
    sheet.members.append(
        Member(
            number=number, index=base, role=role, pid=PID, serial=code, mac=mac(sheet.order.name, "member", number), priority=16 - number
        )
    )
    sheet.cpus.append(Cpu(index=number, entity=card, name=f"{head} CPU", low=5, high=16, member=number))
    sheet.flash.append(
        Flash(name="bootflash" if number == 1 else "stby-bootflash", size=11_250_098_176, free=8_153_294_336 - number * 81_920_000)
    )


def _ports(sheet: Sheet, number: int, card: int) -> None:
    gone = (f"member:{number}",)
    for port in range(1, 49):
        part = sheet.part(
            number * 1000 + 100 + port,
            card,
            "port",
            f"Twe{number}/0/{port}",
            descr=f"TwentyFiveGigE{number}/0/{port}",
            position=port,
            follows=gone,
        )
        sheet.port((number - 1) * 100 + port, f"TwentyFiveGigE{number}/0/{port}", f"Twe{number}/0/{port}", speed=25_000_000_000, part=part, member=number,
                   wired=False, load=0.0, follows=gone)  # fmt: skip
    for port in range(49, 53):
        part = sheet.part(
            number * 1000 + 100 + port,
            card,
            "port",
            f"Hu{number}/0/{port}",
            descr=f"HundredGigE{number}/0/{port}",
            position=port,
            follows=gone,
        )
        # The last two carry the StackWise Virtual link between the chassis.
        sheet.port((number - 1) * 100 + port, f"HundredGigE{number}/0/{port}", f"Hu{number}/0/{port}", speed=100_000_000_000, part=part, member=number,
                   wired=port > 50, load=0.01 if port > 50 else 0.0, alias="StackWise Virtual link" if port > 50 else "", follows=gone)  # fmt: skip
