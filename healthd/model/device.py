"""What we watch, and for whom. No value here holds a secret."""

from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

from healthd.model.coverage import Coverage
from healthd.model.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A Cisco operating system, as healthd needs to know it.

    *like* names the platforms whose readers it inherits, nearest first.
    *object_ids* are sysObjectID prefixes and *descriptions* regular
    expressions over sysDescr that recognise it. *netmiko* is netmiko's name
    for it, empty where SSH is not spoken. *title* is Cisco's own spelling.
    """

    name: str
    title: str
    netmiko: str = ""
    like: tuple[str, ...] = ()
    object_ids: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at the customer's; *means* is how they want to be reached: email or phone.

    *reports* says which daily reports they get by mail: daily, exceptions
    (only of days that were not normal) or none; *language* in which language,
    the customer's first when empty.
    """

    name: str
    email: str = ""
    phone: str = ""
    means: str = "email"
    role: str = ""
    reports: str = "daily"
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of the customer's, with the branch that serves it and whether Cisco ships there directly."""

    name: str
    title: str = ""
    address: str = ""
    branch: str = ""
    direct_ship: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What was promised: *level* such as 7x24x4, service hours in the customer's zone, and until when.

    *hours* are opening and closing time; both None means round the clock.
    *availability* is the agreed network availability in percent, None where none is agreed.
    """

    number: str
    level: str
    starts: date | None = None
    ends: date | None = None
    hours: tuple[time, time] | None = None
    weekdays: frozenset[int] = frozenset(range(7))
    availability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Whom we serve. *code* is ASCII and names the inventory folder; *title* is how reports address them.

    *holidays* is the country whose calendar counts; days *worked* and *free*
    are the customer's own words against it. *cases* is when the machine opens
    cases by itself, *coverage* what contracts say unit by unit.
    """

    code: str
    title: str
    languages: tuple[str, ...] = ("en",)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    contract: Contract | None = None
    contacts: tuple[Contact, ...] = ()
    sites: tuple[Site, ...] = ()
    holidays: str = ""
    worked: tuple[date, ...] = ()
    free: tuple[date, ...] = ()
    report_time: time = time(6, 30)
    hotline: str = ""
    cases: Policy = field(default_factory=Policy)
    coverage: tuple[Coverage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One network element.

    *platform* is empty until it is recognised or when the inventory leaves it
    open. *credentials* are names of profiles. *parents* are the devices
    through which we reach it; *service_point* marks it as one the customer
    counts network availability by. *role* is core, distribution, access, edge,
    firewall, datacenter or another word of the customer's.
    """

    name: str
    customer: str
    address: str
    port: int = 161
    ssh_port: int = 22
    platform: str = ""
    site: str = ""
    role: str = ""
    snmp: str = ""
    ssh: str = ""
    tags: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    service_point: str = ""
    in_service: bool = True
