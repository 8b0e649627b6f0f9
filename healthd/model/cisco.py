"""What is said between us and Cisco's TAC about a case: pushes, what came back, and how far it has got.

Cisco's Smart Bonding has no answer to a push: whether a service request (SR)
was opened, its number and every error come later, through a queue that is
pulled. What is kept here makes it possible to know, after any crash, what may
have been asked for already.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from healthd.model.interval import utc


class Severity(IntEnum):
    """Cisco's severity of a service request, not our priority; 1 and 2 are opened by telephone."""

    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4

    @property
    def by_phone(self) -> bool:
        """Must Cisco be called, whatever else is sent?"""
        return self <= Severity.S2


class BondStage(StrEnum):
    """How far the opening of a service request has come."""

    WANTED = "wanted"  # a person asked for it; nothing was sent yet
    SENDING = "sending"  # a push began; when it stays so, it may have arrived
    SENT = "sent"  # taken over, and not confirmed yet
    UNSURE = "unsure"  # the answer was lost: it may have arrived
    REFUSED = "refused"  # Cisco said no, and why
    CONFIRMED = "confirmed"  # Cisco's number is here
    CLOSED = "closed"  # Cisco, or we, have closed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One message for Cisco that *who* asked for; *mark* tells it from others of the same case.

    *state* is Smart Bonding's word: New, Update, Resolved or Closed. *priority*
    is Shadow (we work on it ourselves) or Escalated, empty to leave it.
    *closing* holds Cisco's own words for the end: complexity, resolution, cause.
    """

    at: datetime
    who: str
    mark: str
    state: str
    priority: str = ""
    severity: int = 0
    text: str = ""
    files: tuple[str, ...] = ()
    closing: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What became of the push *mark*: sending, sent, unsure or refused, and *why*."""

    at: datetime
    mark: str
    stage: BondStage
    why: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """A message as Cisco's queue gave it out, with upload credentials blanked."""

    at: datetime
    raw: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a pulled message says about our case *call*.

    *sr* is Cisco's number of the service request, *sd* the bonding's own.
    *state* is the short name of the call's state, *text* Cisco's note,
    *errors* why Cisco did not do what was asked. *rma* is a return's number.
    """

    at: datetime
    mark: str
    call: str
    sr: str = ""
    sd: str = ""
    state: str = ""
    status: str = ""
    text: str = ""
    errors: tuple[str, ...] = ()
    rma: str = ""
    who: str = ""
    severity: str = ""
    priority: str = ""
    solution: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """A case's service request as its pushes and what was heard make it.

    *number* is our case's number and Smart Bonding's CustCallID. *waiting* are
    pushes not done yet, the oldest first; *tried* is when the oldest was last
    begun, *tries* how often. *marks* are those of messages heard already. *status* is Smart
    Bonding's word for where it is, *mirrored* that of the Support Case API.
    """

    number: str
    stage: BondStage = BondStage.WANTED
    sr: str = ""
    sd: str = ""
    priority: str = ""
    severity: int = 0
    status: str = ""
    mirrored: str = ""
    rma: str = ""
    why: str = ""
    waiting: tuple[Push, ...] = ()
    tried: datetime | None = None
    tries: int = 0
    marks: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Is there nothing left to send or to wait for?"""
        return self.stage is BondStage.CLOSED and not self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class CiscoNote:
    """A note on a service request, without live upload tokens; *mark* is unique within the request."""

    mark: str
    at: datetime
    who: str
    title: str
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class CiscoCase:
    """A service request as the Support Case API tells it; *status* is an open vocabulary, *over* what it means for us."""

    sr: str
    title: str = ""
    status: str = ""
    over: bool = False
    severity: str = ""
    serial: str = ""
    contract: str = ""
    tracking: str = ""
    owner: str = ""
    updated: datetime | None = None
    rmas: tuple[str, ...] = ()
    bugs: tuple[str, ...] = ()
    notes: tuple[CiscoNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CiscoRma:
    """A return (service order) as the RMA API tells it; *sent* and *wanted* are serial numbers of the new and the faulty part.

    *return_by* is ``returnToCiscoBy``: the day until which Cisco wants the
    faulty part back; *returned* the day on which its depot took it in.
    """

    number: str
    sr: str = ""
    status: str = ""
    ordered: date | None = None
    shipped: date | None = None
    courier: str = ""
    tracking: str = ""
    pid: str = ""
    sent: str = ""
    wanted: str = ""
    return_by: date | None = None
    returned: date | None = None
