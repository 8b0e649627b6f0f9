"""What a device said, in our terms: the facts that collectors yield."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from healthd.model.interval import utc


class Kind(StrEnum):
    """How a metric behaves."""

    GAUGE = "gauge"
    COUNTER = "counter"
    STATE = "state"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """Something measurable, its unit and where the number comes from (``MIB::object`` or a command)."""

    name: str
    unit: str
    kind: Kind
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of one metric for one *item* of a device.

    *item* names it for a person (interface, sensor, CPU) and is what history
    follows; *index* is the source row's index as in the OID. *value* is a
    number in the metric's unit, or the word of a state; *raw* is the device's
    own number where that differs: the number of a state, or a scaled sensor's
    integer. *oid* is set only when ``value == raw * scale`` holds for a state
    or number that can be asked again alone. *limits* are the device's own
    thresholds (low critical, low warning, high warning, high critical), None
    where the device gives none.
    """

    metric: str
    item: str
    value: float | int | str
    index: str = ""
    raw: float | int | str | None = None
    unit: str = ""
    source: str = ""
    oid: str = ""
    scale: float = 1.0
    limits: tuple[float | None, float | None, float | None, float | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """What the device says it is; empty text where it does not say."""

    platform: str = "unknown"
    name: str = ""
    description: str = ""
    object_id: str = ""
    uptime_s: float | None = None
    version: str = ""
    pid: str = ""
    serial: str = ""
    image: str = ""
    location: str = ""
    contact: str = ""
    vendor: str = "Cisco"
    special_build: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One row of the physical inventory (ENTITY-MIB entPhysicalTable, or ``show inventory``).

    *kind* is the word of entPhysicalClass: chassis, module, powerSupply, fan,
    sensor, port, container, stack, backplane, cpu, other. None or empty text
    where the device does not say.
    """

    index: str
    parent: str = ""
    kind: str = "other"
    name: str = ""
    description: str = ""
    pid: str = ""
    serial: str = ""
    hardware: str = ""
    firmware: str = ""
    software: str = ""
    fru: bool | None = None
    slot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One row of IF-MIB, or of ``show interfaces``; *admin* and *oper* are the MIB's words."""

    index: str
    name: str
    description: str = ""
    alias: str = ""
    type: int | None = None
    mtu: int | None = None
    speed_bps: int | None = None
    duplex: str = ""
    admin: str = ""
    oper: str = ""
    mac: str = ""
    last_change_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another system that the device knows through *protocol*: cdp, lldp, ospf, bgp, isis, eigrp."""

    protocol: str
    local: str = ""
    remote: str = ""
    remote_port: str = ""
    remote_platform: str = ""
    remote_address: str = ""
    state: str = ""
    asn: int | None = None
    index: str = ""


Fact = System | Part | Interface | Neighbour | Reading
"""What a collector may yield."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A reading, with who gave it and when (UTC)."""

    device: str
    at: datetime
    reading: Reading

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))
