"""What a lab device is made of: plain descriptions, nothing that happens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

CLASS = {
    "other": 1,
    "chassis": 3,
    "backplane": 4,
    "container": 5,
    "supply": 6,
    "fan": 7,
    "sensor": 8,
    "module": 9,
    "port": 10,
    "stack": 11,
    "cpu": 12,
}
"""entPhysicalClass (ENTITY-MIB)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of entPhysicalTable. *follows* names what it vanishes with: ``psu:1A``, ``member:2``."""

    index: int
    parent: int
    kind: str
    name: str
    descr: str = ""
    pid: str = ""
    serial: str = ""
    hw: str = ""
    sw: str = ""
    fru: bool = False
    position: int = 0
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """A power supply; *key* is how people call it (1A, PS-2, PM0)."""

    key: str
    index: int
    name: str
    pid: str
    serial: str
    watts: int = 715
    member: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """A fan or fan tray."""

    key: str
    index: int
    name: str
    member: int = 1
    tray: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """A sensor: *kind* celsius, volts, amperes, watts or rpm; *usual* and *swing* in its unit; *warn* and *crit* its own thresholds.

    What it measures is its *supply*'s or its *fan*'s, where it names one.
    """

    key: str
    index: int
    name: str
    kind: str = "celsius"
    usual: float = 30.0
    swing: float = 4.0
    warn: float = 0.0
    crit: float = 0.0
    member: int = 1
    supply: str = ""
    fan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A line card, supervisor or routing engine that has a state of its own."""

    key: str
    index: int
    name: str
    pid: str
    serial: str
    slot: str
    member: int = 1
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A row of ifTable. *load* is the share of its speed that its busiest hour takes."""

    index: int
    name: str
    short: str
    speed: int = 1_000_000_000
    kind: int = 6
    mtu: int = 1500
    mac: bytes = b""
    alias: str = ""
    admin: bool = True
    wired: bool = True
    load: float = 0.0
    part: int = 0
    member: int = 1
    vlan: int = 1
    address: str = ""
    mask: str = ""
    profile: str = "office"
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cpu:
    """A processor: its load at rest and at the busiest hour, in percent."""

    index: int
    entity: int
    name: str
    low: float = 6.0
    high: float = 24.0
    member: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A memory pool in bytes."""

    entity: int
    index: int
    name: str
    total: int
    used: int
    kind: int = 2
    member: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A switch of a stack, or a chassis of a pair."""

    number: int
    index: int
    role: str
    pid: str
    serial: str
    mac: bytes
    priority: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """A file system."""

    name: str
    size: int
    free: int
    descr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A cable, seen from one end."""

    port: str
    device: str
    remote_port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A BGP or OSPF neighbour; *device* when it is one of the lab's, *port* the interface it is behind."""

    protocol: str
    address: str
    router_id: str
    port: str
    asn: int = 0
    device: str = ""
    prefixes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hsrp:
    """An HSRP group; *rank* 1 is active, 2 standby; *other* is the partner's address."""

    port: str
    group: int
    address: str
    rank: int
    other: str
    partner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A device as it was bought, cabled and configured."""

    name: str
    customer: str
    site: str
    platform: str
    role: str
    address: str
    family: str
    pid: str
    serial: str
    version: str
    image: str
    description: str
    object_id: str
    days_up: float
    reason: str = "Reload Command"
    offset: int = 0
    zone: str = "UTC"
    location: str = ""
    parts: tuple[Part, ...] = ()
    supplies: tuple[Supply, ...] = ()
    fans: tuple[Fan, ...] = ()
    sensors: tuple[Sensor, ...] = ()
    modules: tuple[Module, ...] = ()
    ports: tuple[Port, ...] = ()
    cpus: tuple[Cpu, ...] = ()
    pools: tuple[Pool, ...] = ()
    members: tuple[Member, ...] = ()
    flash: tuple[Flash, ...] = ()
    links: tuple[Link, ...] = ()
    peers: tuple[Peer, ...] = ()
    hsrp: tuple[Hsrp, ...] = ()
    parents: tuple[str, ...] = ()
    partner: str = ""
    standby: bool = False
    asn: int = 0
    service_point: str = ""
    community_only: bool = False
    names: tuple[str, ...] = field(default=())

    def port(self, name: str) -> Port:
        """Return the port called *name*, long or short."""
        return next(p for p in self.ports if name.lower() in (p.name.lower(), p.short.lower()))


def seed(*words: object) -> int:
    """Return a number that depends on *words* alone."""
    return int.from_bytes(sha256("/".join(map(str, words)).encode()).digest()[:6])


_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def serial(prefix: str, *words: object) -> str:
    """Return an invented serial number in Cisco's form: three letters of the plant, year and week, four signs."""
    number = seed("serial", prefix, *words)
    year, week = 20 + number % 7, 1 + number // 7 % 52
    tail = "".join(_LETTERS[number // 400 // len(_LETTERS) ** n % len(_LETTERS)] for n in range(4))
    return f"{prefix}{year:02}{week:02}{tail}"


def mac(*words: object) -> bytes:
    """Return an invented MAC address below a prefix of Cisco's."""
    return b"\x00\x1e\xbd" + seed("mac", *words).to_bytes(6)[3:]


def dotted(address: bytes) -> str:
    """Return a MAC address as Cisco prints it: 001e.bd12.3456."""
    text = address.hex()
    return ".".join(text[n : n + 4] for n in range(0, 12, 4))


def first(items: Sequence[str], wanted: str) -> str:
    """Return *wanted* as *items* spells it, the first of them when nothing is wanted; empty when there is none."""
    if not wanted:
        return items[0] if items else ""
    return next((each for each in items if each.lower() == wanted.lower()), "")
