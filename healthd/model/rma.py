"""The replacement of one faulty part, from the request form to the part's return: its record and what the record makes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from healthd.model.device import Customer, Device
from healthd.model.interval import utc
from healthd.model.phrase import Phrase
from healthd.model.poll import Poll
from healthd.model.tac import Tac


class Step(StrEnum):
    """What a line of the record tells; ``desk.rma`` says when each is allowed."""

    AMENDED = "amended"
    ENGINEER_CONFIRMED = "engineer-confirmed"
    CUSTOMER_CONFIRMED = "customer-confirmed"
    APPROVED = "approved"  # the manager's word where neither contract nor warranty covers the part
    RESERVED = "reserved"  # a part of the partner's own stock
    RELEASED = "released"
    ORDERED = "ordered"  # Cisco gave an RMA number
    DATED = "dated"  # Cisco said until when the faulty part has to be back
    SHIPPED = "shipped"
    RECEIVED = "received"  # Cisco's part is here
    ISSUED = "issued"  # the good part went out to the engineer
    INSTALLED = "installed"
    VERIFIED = "verified"  # healthd reads the new serial number in the device
    DISPUTED = "disputed"  # healthd reads something else there than what was entered
    DEAD = "dead-on-arrival"
    TAKEN_BACK = "taken-back"  # the faulty part is with the spares specialist
    RETURNED = "returned"  # to Cisco, with a waybill
    ACCEPTED = "accepted"  # by Cisco's depot
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """How far a replacement has come."""

    DRAFT = "draft"
    ENGINEER_CONFIRMED = "engineer-confirmed"
    CUSTOMER_CONFIRMED = "customer-confirmed"
    PENDING = "pending"  # both have confirmed: RMA-Pend
    RESERVED = "reserved"
    ORDERED = "ordered"
    SHIPPED = "shipped"
    RECEIVED = "received"
    ISSUED = "issued"
    INSTALLED = "installed"
    VERIFIED = "verified"
    TAKEN_BACK = "taken-back"
    RETURNED = "returned"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ENDED = frozenset({Stage.CLOSED, Stage.CANCELLED})
"""Stages after which nobody has anything to do."""


class How(StrEnum):
    """How a customer confirmed the request form."""

    LINK = "link"  # a signed link: tick, name, time, address
    SCAN = "scan"  # the form, signed and stamped
    MAIL = "mail"


class Data(StrEnum):
    """What may happen to the data (configuration, keys) on the faulty part."""

    UNKNOWN = "unknown"
    ERASED = "erased"
    KEPT = "kept"  # it may not be erased, and may not leave with the data


class Source(StrEnum):
    """Where the good part comes from."""

    NONE = ""
    OWN = "own"
    CISCO = "cisco"


class Route(StrEnum):
    """Where Cisco ships to: the branch itself, or headquarters for it."""

    DIRECT = "direct"
    HEADQUARTERS = "headquarters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The request form (备件申请表): what is broken, where, how it is known, and whom the good part is for.

    *number* is the case's with ``-R`` and a number. *branch* serves the site.
    *tests* are words of ``TESTS``, *logs* at most five lines as the device
    wrote them. *covered* says that a contract or a warranty pays for the part.
    """

    number: str
    case: str
    customer: str
    at: datetime
    who: str
    branch: str = ""
    title: str = ""
    site: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    access: str = ""
    device: str = ""
    management: str = ""
    chassis: tuple[str, str] = ("", "")
    pid: str = ""
    vid: str = ""
    serial: str = ""
    slot: str = ""
    item: str = ""
    software: str = ""
    since: date | None = None
    quantity: int = 1
    seen: datetime | None = None
    symptom: Phrase | None = None
    logs: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    conclusion: Phrase | None = None
    cisco: str = ""
    priority: int = 0
    contract: str = ""
    level: str = ""
    covered: bool = True
    data: Data = Data.UNKNOWN
    onsite: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))
        object.__setattr__(self, "seen", utc(self.seen) if self.seen else None)
        object.__setattr__(self, "logs", self.logs[:5])


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a request form is filled in from besides its case; None where the inventory or the store has nothing."""

    tac: Tac
    customer: Customer | None = None
    device: Device | None = None
    poll: Poll | None = None


TESTS = ("reseat", "other-slot", "other-cord", "show-diagnostic", "show-environment", "show-inventory")
"""The tests that the form asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """One line of the record. *at* is when it happened, *entered* when it was written down; *facts* are what it tells, by name."""

    at: datetime
    who: str
    step: Step
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    entered: datetime | None = None
    files: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))
        object.__setattr__(self, "entered", utc(self.entered) if self.entered else self.at)

    def fact(self, name: str) -> str:
        """Return the fact *name*, empty when it is not told."""
        return dict(self.facts).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Somebody's word: who, when, and how."""

    who: str
    at: datetime
    how: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A replacement as its lines make it. *version* is how many lines there are.

    *reserved* is the part of the own stock: branch, PID, serial number. *rma*
    is Cisco's number; *promised* the serial number that Cisco said it ships.
    *return_by* is Cisco's own last day. *mismatches* are serial numbers that
    are not what was expected, in words. *dead* are parts that did not work.
    """

    wanted: Wanted
    stage: Stage
    since: datetime
    version: int
    engineer: Confirmed | None = None
    customer: Confirmed | None = None
    approved: Confirmed | None = None
    reserved: tuple[str, str, str] | None = None
    source: Source = Source.NONE
    rma: str = ""
    route: Route | None = None
    ordered: datetime | None = None
    shipped: datetime | None = None
    tracking: str = ""
    courier: str = ""
    promised: str = ""
    received: datetime | None = None
    arrived: tuple[str, str, str] | None = None
    issued: datetime | None = None
    out: tuple[str, str] = ("", "")
    issued_to: str = ""
    installed: datetime | None = None
    serial_in: str = ""
    serial_out: str = ""
    verified: datetime | None = None
    disputed: str = ""
    taken_back: datetime | None = None
    back: tuple[str, str, str] | None = None
    return_by: date | None = None
    returned: datetime | None = None
    waybill: str = ""
    accepted: datetime | None = None
    dead: tuple[tuple[str, str], ...] = ()
    ended: datetime | None = None
    reason: str = ""
    mismatches: tuple[Phrase, ...] = ()
    steps: tuple[Stepped, ...] = ()

    @property
    def number(self) -> str:
        """The number of the request form."""
        return self.wanted.number

    @property
    def is_open(self) -> bool:
        """Does anybody still have to do something?"""
        return self.stage not in ENDED

    @property
    def pended(self) -> datetime | None:
        """When engineer and customer both had confirmed, None before."""
        return max(self.engineer.at, self.customer.at) if self.engineer and self.customer else None
