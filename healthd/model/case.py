"""A case of the TAC: the fold of its entries; nothing of it is ever overwritten."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from healthd.model.interval import utc
from healthd.model.phrase import Phrase
from healthd.model.verdict import Verdict


class Priority(IntEnum):
    """Ours, not Cisco's severity; 1 is the gravest."""

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4


class State(StrEnum):
    """Where a case stands, with the names of the service process."""

    NEW = "new"
    ENTITLEMENT = "entitlement"
    SALES = "sales"  # out of contract: handed over
    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in-progress"
    WAITING = "waiting-customer"
    RMA_PEND = "rma-pend"
    ON_SITE = "on-site"
    ESCALATED = "escalated"
    CISCO = "cisco-tac"
    RESOLVED = "resolved"
    CLOSED = "closed"
    SURVEYED = "surveyed"


OVER = frozenset({State.SALES, State.CLOSED, State.SURVEYED})
"""States of a case that nobody works on any more."""


class Channel(StrEnum):
    """How a word reached the case."""

    HOTLINE = "hotline"
    WEB = "web"
    MAIL = "mail"
    FAX = "fax"
    BRANCH = "branch"
    MONITOR = "monitor"
    DESK = "desk"  # the TAC's own staff at their work
    CISCO = "cisco"


class Rma(StrEnum):
    """How far the replacement of a case's part has come."""

    NONE = "none"
    CANDIDATE = "candidate"
    PENDING = "pending"
    REQUESTED = "requested"
    RECEIVED = "received"
    INSTALLED = "installed"
    RETURNED = "returned"


class Did(StrEnum):
    """What an entry tells, and so what it changes; the state machine of ``desk.lifecycle`` says when each is allowed."""

    OPENED = "opened"
    ENTITLED = "entitled"
    HANDED_TO_SALES = "handed-to-sales"
    OVERRIDDEN = "overridden"  # the manager lets a case without contract be worked on, with a reason
    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    CONTACTED = "contacted"
    STARTED = "started"
    NOTED = "noted"
    WAITED = "waited"
    CONTINUED = "continued"
    ENGINEER_CONFIRMED = "engineer-confirmed"  # the hardware fault
    CUSTOMER_CONFIRMED = "customer-confirmed"
    RMA_PENDED = "rma-pended"
    RMA_STEPPED = "rma-stepped"
    ON_SITE_ASKED = "on-site-asked"
    ON_SITE_APPROVED = "on-site-approved"
    ON_SITE_REFUSED = "on-site-refused"
    ENGINEER_ASKED = "engineer-asked"  # for another engineer
    EXPERTS_FORMED = "experts-formed"
    ESCALATED = "escalated"
    CISCO_OPENED = "cisco-opened"
    PRIORITISED = "prioritised"
    PRIORITY_CONFIRMED = "priority-confirmed"
    RECOVERED = "recovered"  # the monitor saw it well again, and proposes to resolve
    RECURRED = "recurred"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"
    SURVEY_SENT = "survey-sent"
    SURVEY_REMINDED = "survey-reminded"
    SURVEYED = "surveyed"
    CORRECTED = "corrected"  # another entry's time or words, by its number
    COMPLETED = "completed"  # the record of a case entered after the fact
    ATTACHED = "attached"
    TOLD = "told"  # a notice went out
    STEPPED = "stepped"  # up the escalation ladder


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a case's record.

    *at* is when it happened and *entered* when it was written down (later for
    what is recorded after the fact). *number* is its place in the record, from
    1 on. *visible* says that the customer may read it. *facts* are what it
    changes, by name: state, priority, engineer, contract, reason, number…
    *verdict* is the hardware verdict where it changes. *text* is a person's own
    words, *said* the machine's, which can be said in every language.
    """

    at: datetime
    who: str
    channel: Channel
    did: Did
    text: str = ""
    visible: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    entered: datetime | None = None
    number: int = 0
    files: tuple[str, ...] = ()
    verdict: Verdict | None = None
    said: Phrase | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))
        object.__setattr__(self, "entered", utc(self.entered) if self.entered else self.at)

    def fact(self, name: str, default: str = "") -> str:
        """Return the fact *name*."""
        return dict(self.facts).get(name, default)

    @property
    def words(self) -> Phrase | str:
        """What it says: the machine's words, a person's, or the reason that was given; empty when it says nothing."""
        return self.said or self.text or self.fact("reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a case starts with, whichever desk it will live on.

    *key* is the key of its cause and the same for the same trouble; *token* is
    unique to this case (the same key may need another case months later), made
    of ASCII letters, digits and hyphens, at most 60 characters: an external
    desk can find the case by it. *proposed* says that the priority waits for a
    person's word. *impact* names the devices that lost service with it.
    """

    key: str
    token: str
    customer: str
    title: Phrase
    text: Phrase
    at: datetime
    priority: Priority
    why: Phrase
    channel: Channel = Channel.MONITOR
    who: str = "healthd"
    device: str = ""
    component: str = ""
    item: str = ""
    pid: str = ""
    serial: str = ""
    slot: str = ""
    verdict: Verdict | None = None
    rma: bool = False
    proposed: bool = False
    contract: str = ""
    level: str = ""
    entitlement: Phrase | None = None
    entitled: bool = True
    site: str = ""
    contact: str = ""
    means: str = ""
    technology: str = ""
    software: str = ""
    impact: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """The devices that lost service with it, besides its own."""
        return tuple(name for name in self.impact if name != self.device)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as its entries make it.

    *version* is how many lines its record has, the opening counted: who
    changes it says which version was read. *entries* are as they were written,
    by number; ``desk.lifecycle.history`` gives them corrected and in the order
    in which things happened. *taken* is since when the present engineer has
    acknowledged it, *until* the moment to which it waits, *asked* says that an
    on-site visit waits for the manager. *confirmed* are the names of the TAC's
    and of the customer's engineer who confirmed the hardware fault. *details*
    are what the partner audit wants of a call: caller, phone, email, contract…
    *verdict* is the newest hardware verdict. *told* is of how many of its lines
    people were told: their notices are in the outbox.
    """

    number: str
    opening: Opening
    state: State
    since: datetime
    priority: Priority
    version: int
    entries: tuple[Entry, ...] = ()
    proposed: bool = False
    engineer: str = ""
    rma: Rma = Rma.NONE
    cisco: str = ""
    external: tuple[str, str] = ("", "")
    recovered: datetime | None = None
    rung: int = 0
    entitled: bool = True
    overridden: bool = False
    taken: datetime | None = None
    until: datetime | None = None
    asked: bool = False
    confirmed: tuple[str, str] = ("", "")
    details: tuple[tuple[str, str], ...] = ()
    verdict: Verdict | None = None
    told: int = 0

    @property
    def key(self) -> str:
        """The key of its cause."""
        return self.opening.key

    @property
    def customer(self) -> str:
        """Whose case it is."""
        return self.opening.customer

    @property
    def opened(self) -> datetime:
        """When it began, as told at the opening."""
        return self.opening.at

    def detail(self, name: str) -> str:
        """Return the detail *name*, empty when nobody said it."""
        return dict(self.details).get(name, "")

    @property
    def is_open(self) -> bool:
        """Does anybody still have to do something?"""
        return self.state not in OVER
