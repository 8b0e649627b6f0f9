"""Catalyst 2960-X: an old access switch with one fixed supply (IOS 15.2)."""

from healthd.lab.hardware._build import MCPRE, Order, Sheet, virtual
from healthd.lab.parts import Cpu, Fan, Flash, Pool, Spec, Supply

VERSION = "15.2(7)E3"


def build(order: Order) -> Spec:
    """Return one switch."""
    sheet = Sheet(order)
    pid = order.model or "WS-C2960X-48FPS-L"
    count, code, head = 48 if "48" in pid else 24, sheet.serial("FCW", 1), f"Switch 1 - {pid}"
    sheet.part(1001, 0, "chassis", "1", descr=pid, pid=pid, serial=code, hw="V05", sw=VERSION, fru=True, position=1)
    fixed = sheet.part(1002, 1001, "module", f"{head} - Fixed Module 0", position=1)
    sheet.part(1003, 1001, "container", "Switch 1 - Fan Container", descr="Fan Container", position=2)
    sheet.part(1004, 1001, "container", "Switch 1 - Power Supply Container", descr="Power Supply Container", position=3)
    sheet.part(1006, 1001, "supply", f"{head} - Power Supply 0", serial=sheet.serial("DCB", 1), position=5, follows=("psu:1",))
    sheet.supplies.append(Supply(key="1", index=1006, name="Sw1, PS1", pid="", serial=sheet.serial("DCB", 1), watts=1025))
    sheet.part(1007, 1001, "fan", f"{head} - Fan 0", position=6)
    sheet.fans.append(Fan(key="1", index=1007, name="Switch#1, Fan#1"))
    sheet.sensor("1", 1008, 1001, f"{head} - Sensor 0", usual=34, swing=4, warn=56, crit=66)
    for port in range(1, count + 5):
        part = sheet.part(1009 + port, fixed, "port", f"GigabitEthernet1/0/{port}", position=port)
        more = {} if port <= count else {"wired": False, "load": 0.0}
        sheet.port(10100 + port, f"GigabitEthernet1/0/{port}", f"Gi1/0/{port}", part=part, vlan=10, **more)
    virtual(sheet, 1, "Vlan1", admin=False, wired=False)
    virtual(sheet, 99, "Vlan99", vlan=99)
    sheet.cpus.append(Cpu(index=1, entity=1001, name="CPU", low=12, high=30))
    sheet.pools.append(Pool(entity=1001, index=1, name="Processor", total=398_291_824, used=96_140_120))
    sheet.pools.append(Pool(entity=1001, index=2, name="I/O", total=33_554_432, used=21_840_712, kind=10))
    sheet.pools.append(Pool(entity=1001, index=3, name="Driver text", total=1_048_576, used=40, kind=11))
    sheet.flash.append(Flash(name="flash", size=122_185_728, free=93_921_280))
    return sheet.spec(
        "ios", pid=pid, serial=code, version=VERSION, image="flash:/c2960x-universalk9-mz.152-7.E3/c2960x-universalk9-mz.152-7.E3.bin",
        description=f"Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version {VERSION}, "
        + MCPRE.format(fc="fc3", year=2020, day="Wed 26-Aug-20 02:33", who="prod_rel_team"),
        object_id="1.3.6.1.4.1.9.1.1208", reason="power-on",
    )  # fmt: skip
