"""What every family of chassis needs to describe itself: an order, and a sheet that fills with parts and ports."""

from dataclasses import dataclass, field
from typing import Any

from healthd.lab.parts import Cpu, Fan, Flash, Member, Module, Part, Pool, Port, Sensor, Spec, Supply, mac, seed, serial


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A device that a customer bought. *members* is the size of its stack, *model* the variant."""

    name: str
    customer: str
    site: str
    role: str
    family: str
    address: str
    days_up: float
    zone: str
    offset: int
    location: str
    members: int = 1
    model: str = ""
    parents: tuple[str, ...] = ()
    partner: str = ""
    standby: bool = False
    service_point: str = ""
    community_only: bool = False


@dataclass(slots=True)
class Sheet:
    """Collects what a device is made of; the methods return the index they gave."""

    order: Order
    parts: list[Part] = field(default_factory=list)
    supplies: list[Supply] = field(default_factory=list)
    fans: list[Fan] = field(default_factory=list)
    sensors: list[Sensor] = field(default_factory=list)
    modules: list[Module] = field(default_factory=list)
    ports: list[Port] = field(default_factory=list)
    cpus: list[Cpu] = field(default_factory=list)
    pools: list[Pool] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    flash: list[Flash] = field(default_factory=list)

    def serial(self, prefix: str, *what: object) -> str:
        """Return the serial number of a part of this device."""
        return serial(prefix, self.order.name, *what)

    def part(self, index: int, parent: int, kind: str, name: str, **more: Any) -> int:
        """Add a physical part."""
        self.parts.append(Part(index=index, parent=parent, kind=kind, name=name, **{"descr": name, **more}))
        return index

    def supply(self, key: str, index: int, name: str, watts: int, member: int = 1) -> None:
        """Give the part *index* the state of a power supply."""
        part = next(p for p in self.parts if p.index == index)
        self.supplies.append(Supply(key=key, index=index, name=name, pid=part.pid, serial=part.serial, watts=watts, member=member))

    def sensor(self, key: str, index: int, parent: int, name: str, **more: Any) -> None:
        """Add a sensor and its part."""
        descr = more.pop("descr", name)
        follows = tuple(more.pop("follows", ()))
        self.part(index, parent, "sensor", name, descr=descr, follows=follows)
        self.sensors.append(Sensor(key=key, index=index, name=name, **more))

    def port(self, index: int, name: str, short: str, **more: Any) -> None:
        """Add an interface; half of those that nothing is said about are in use."""
        chance = seed(self.order.name, name) % 100
        said = {"wired": chance < 60, "load": 0.002 + chance / 2500 if chance < 60 else 0.0, "mac": mac(self.order.name, index), **more}
        self.ports.append(Port(index=index, name=name, short=short, **said))

    def spec(self, platform: str, **more: Any) -> Spec:
        """Return the device."""
        o = self.order
        return Spec(
            name=o.name, customer=o.customer, site=o.site, platform=platform, role=o.role, address=o.address, family=o.family,
            days_up=o.days_up, zone=o.zone, offset=o.offset, location=o.location, parents=o.parents, partner=o.partner, standby=o.standby,
            service_point=o.service_point, community_only=o.community_only, parts=tuple(self.parts), supplies=tuple(self.supplies),
            fans=tuple(self.fans), sensors=tuple(self.sensors), modules=tuple(self.modules), ports=tuple(sorted(self.ports, key=lambda p: p.index)),
            cpus=tuple(self.cpus), pools=tuple(self.pools), members=tuple(self.members), flash=tuple(self.flash), **more,
        )  # fmt: skip


def virtual(sheet: Sheet, index: int, name: str, kind: int = 53, **more: Any) -> None:
    """Add a VLAN interface, loopback or port-channel."""
    short = name.replace("Vlan", "Vl").replace("Loopback", "Lo").replace("Port-channel", "Po").replace("port-channel", "Po")
    sheet.port(index, name, short, **{"kind": kind, "wired": True, "load": 0.001, **more})


MCPRE = "RELEASE SOFTWARE ({fc})\r\nTechnical Support: http://www.cisco.com/techsupport\r\nCopyright (c) 1986-{year} by Cisco Systems, Inc.\r\nCompiled {day} by {who}"
"""How IOS and IOS XE end their sysDescr."""
