"""ASA 5516-X: one firewall of a failover pair (ASA)."""

from healthd.lab.hardware._build import Order, Sheet
from healthd.lab.parts import Cpu, Fan, Flash, Pool, Spec

VERSION = "9.16(4)14"


def build(order: Order) -> Spec:
    """Return the firewall."""
    sheet = Sheet(order)
    code = sheet.serial("JAD", 1)
    title = "ASA 5516-X with FirePOWER services, 8GE, AC, DES"
    sheet.part(1, 0, "chassis", "Chassis", descr=title, pid="ASA5516", serial=code, hw="V03", sw=VERSION)
    sheet.part(2, 1, "cpu", "Processor 0/0", descr="ASA 5516 CPU")
    sheet.part(12, 1, "fan", "Chassis Cooling Fan 1")
    sheet.fans.append(Fan(key="1", index=12, name="Chassis Cooling Fan 1"))
    sheet.sensor("Fan 1", 13, 12, "Chassis Fan Sensor 1", descr="Chassis Cooling Fan 1 Sensor", kind="rpm", usual=5200, swing=300, fan="1")
    sheet.part(18, 1, "supply", "Power Supply 0", serial=sheet.serial("DTN", 1), fru=False, follows=("psu:0",))
    sheet.supply("0", 18, "Power Supply 0", 60)
    for key, index, name, descr, usual, warn, crit in (
        ("CPU", 30, "CPU Temperature Sensor 0/0", "CPU Temperature 1 Sensor", 46, 90, 100),
        ("Ambient 1", 31, "Chassis Ambient Temperature Sensor 1", "Chassis Ambient Temperature 1 Sensor", 29, 56, 65),
    ):
        sheet.sensor(key, index, 1, name, descr=descr, usual=usual, swing=3, warn=warn, crit=crit)
    for port, zone in enumerate(("outside", "inside", "dmz", "folink", "", "", "", ""), 1):
        part = sheet.part(33 + port, 1, "port", f"Gi1/{port}", descr="10/100/1000BaseT", position=port)
        sheet.port(
            2 + port,
            f"GigabitEthernet1/{port}",
            zone or f"GigabitEthernet1/{port}",
            part=part,
            wired=bool(zone),
            load=0.22 if port < 3 else 0.03 if zone else 0.0,
            admin=bool(zone),
        )
    sheet.port(11, "Management1/1", "management", wired=True, load=0.0005)
    sheet.cpus.append(Cpu(index=1, entity=2, name="Processor 0/0", low=5, high=37))
    sheet.pools.append(Pool(entity=1, index=1, name="System memory", total=8_242_446_336, used=3_812_446_208, kind=1))
    sheet.pools.append(Pool(entity=1, index=7, name="MEMPOOL_GLOBAL_SHARED", total=5_010_092_032, used=1_104_224_256, kind=1))
    sheet.flash.append(Flash(name="disk0:", size=7_926_259_712, free=3_671_080_960))
    return sheet.spec(
        "asa", pid="ASA5516", serial=code, version=VERSION, image="disk0:/asa9-16-4-14-lfbff-k8.SPA",
        description=f"Cisco Adaptive Security Appliance Version {VERSION}", object_id="1.3.6.1.4.1.9.1.2114", reason="",
    )  # fmt: skip
