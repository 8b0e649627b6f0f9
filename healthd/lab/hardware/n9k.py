"""Nexus 9000: a data-centre switch, one of two that share port-channels (NX-OS, vPC)."""

from healthd.lab.hardware._build import Order, Sheet, virtual
from healthd.lab.parts import Cpu, Fan, Flash, Module, Pool, Spec

VERSION = "10.2(5)"
PID = "N9K-C93180YC-FX"


def build(order: Order) -> Spec:
    """Return one switch of the pair."""
    sheet = Sheet(order)
    code = sheet.serial("FDO", 1)
    sheet.part(10, 0, "stack", "Fabric Stack Root", pid=PID, serial=code, hw="V02", position=-1)
    sheet.part(149, 10, "chassis", PID, descr=f"Nexus9000 {PID[4:]} chassis", pid=PID, serial=code, hw="V02", position=1)
    for slot, container, index, title in ((1, 214, 22, "48x10/25G + 6x40/100G Ethernet Module"), (27, 240, 48, "Supervisor Module")):
        sheet.part(container, 149, "container", f"{'LinecardSlot' if slot == 1 else 'SupSlot'}-{slot}", pid="ModuleSlot", position=slot)
        sheet.part(
            index,
            container,
            "module",
            f"Module-{slot} {title}",
            descr=title,
            pid=PID,
            serial=code,
            hw="V02",
            sw=VERSION,
            fru=True,
            position=slot,
        )
        sheet.modules.append(
            Module(
                key=str(slot),
                index=index,
                name=f"Module-{slot}",
                pid=PID,
                serial=code,
                slot=str(slot),
                title="48x10/25G/32G + 6x40/100G Ethernet/FC Module",
            )
        )
    group = sheet.part(116950, 149, "container", "Power Supply Group", position=31)
    for slot in (1, 2):
        bay = sheet.part(277 + slot, group, "container", f"PowerSupplyBay-{slot}", pid=f"PowerSupplyBay-{slot}", position=slot)
        sheet.part(469 + slot, bay, "supply", f"PowerSupply-{slot}", descr=f"NXA-PAC-500W-PE-{slot}", pid="NXA-PAC-500W-PE", serial=sheet.serial("LIT", slot), hw="V01",
                   fru=True, position=slot, follows=(f"psu:{slot}",))  # fmt: skip
        sheet.supply(str(slot), 469 + slot, f"PowerSupply-{slot}", 500)
        for offset, (what, kind, usual) in enumerate((("Voltage", "volts", 12.1), ("Current", "amperes", 8.4), ("Power", "watts", 102))):
            sheet.sensor(f"PS{slot}/{what}", 39000 + slot * 10 + offset, 469 + slot, f"PowerSupply-{slot} {what} Sensor", kind=kind, usual=usual, swing=usual * 0.04,
                         supply=str(slot), follows=(f"psu:{slot}",))  # fmt: skip
    for slot in range(1, 5):
        bay = sheet.part(341 + slot, 149, "container", f"FanBay-{slot}", pid=f"FanBay-{slot}", position=31 + slot)
        sheet.part(533 + slot, bay, "fan", f"Fan Module-{slot}", pid="NXA-FAN-30CFM-F", hw="V01", fru=True, position=slot)
        sheet.fans.append(Fan(key=str(slot), index=533 + slot, name=f"Fan Module-{slot}", tray=True))
    for offset, (place, usual, warn, crit) in enumerate(
        (("FRONT", 26, 70, 80), ("BACK", 31, 42, 70), ("CPU", 47, 80, 90), ("Homewood", 52, 90, 110))
    ):
        sheet.sensor(place, 38486 + offset, 22, f"module-1 {place}", usual=usual, swing=4, warn=warn, crit=crit)
    _ports(sheet)
    sheet.cpus.append(Cpu(index=1, entity=22, name="module-1 processor-1", low=9, high=21))
    sheet.pools.append(Pool(entity=22, index=1, name="Processor memory", total=24_632_320_000, used=8_911_536_128))
    sheet.flash.append(Flash(name="bootflash:", size=117_159_833_600, free=104_211_484_672))
    return sheet.spec(
        "nxos", pid=PID, serial=code, version=VERSION, image=f"bootflash:///nxos64-cs.{VERSION.replace('(', '.').replace(')', '')}.M.bin",
        description=f"Cisco NX-OS(tm) Nexus9000 {PID[4:]}, Software (NXOS 64-bit), Version {VERSION}, RELEASE SOFTWARE Copyright (c) 2002-2023 by Cisco Systems, Inc. "
        "Compiled 3/10/2023 16:00:00",
        object_id="1.3.6.1.4.1.9.12.3.1.3.1792", reason="Reset Requested by CLI command reload",
    )  # fmt: skip


def _ports(sheet: Sheet) -> None:
    # NX-OS numbers interfaces so: 0x1A000000 + slot and port; mgmt0 is 0x05000000, VLANs start at 0x09000000.
    sheet.port(83_886_080, "mgmt0", "mgmt0", wired=True, load=0.0005)
    for port in range(1, 55):
        speed = 25_000_000_000 if port < 49 else 100_000_000_000
        part = sheet.part(5206 + (port - 1) * 4, 22, "port", f"Linecard-1 Port-{port}", pid="Linecard-Port", position=port)
        used = port <= 16
        sheet.port(436_207_616 + (port - 1) * 512, f"Ethernet1/{port}", f"Eth1/{port}", speed=speed, part=part, wired=used, load=0.02 + port / 900 if used else 0.0,
                   mtu=9216, profile="server", admin=port <= 24 or port > 48, alias=f"server-{port:02}" if used else "")  # fmt: skip
    virtual(sheet, 151_060_481, "Vlan1", kind=53, admin=False, wired=False)
    virtual(sheet, 151_060_580, "Vlan100", kind=53, vlan=100)
    virtual(
        sheet, 369_098_752, "port-channel1", kind=161, speed=200_000_000_000, alias="vPC peer link", mtu=9216, load=0.01, profile="server"
    )
    virtual(
        sheet, 369_098_761, "port-channel10", kind=161, speed=50_000_000_000, alias="vPC to core", mtu=9216, load=0.08, profile="server"
    )
