"""Why a part is, or is not, at fault: the hardware verdict with its proofs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from healthd.model.finding import Condition
from healthd.model.interval import utc
from healthd.model.message import Attachment
from healthd.model.phrase import Phrase


class Component(StrEnum):
    """The kinds of parts that a verdict can be about."""

    PSU = "psu"
    FAN = "fan"
    MODULE = "module"
    SUPERVISOR = "supervisor"
    MEMORY = "memory"
    ASIC = "asic"
    FLASH = "flash"
    OPTIC = "optic"
    STACK_MEMBER = "stack_member"
    STACK_CABLE = "stack_cable"
    CHASSIS = "chassis"


class Way(StrEnum):
    """How a proof was come by. Two proofs are independent when their ways differ."""

    SNMP = "snmp"
    CLI = "cli"
    EVENT = "event"  # a log line or a trap
    TEST = "test"  # an on-demand diagnostic test


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One thing that was seen: *says* is what it means by itself, *text* says it to people.

    *at* is when it was first seen so, *last* when it was last seen (the same
    when once). *source* is a MIB object, a command or a message's name, and
    *raw* the device's own words, at most 2,000 characters of them. *serial* is
    of the part that was looked at; empty where it was not known, or nobody looked.
    """

    way: Way
    at: datetime
    says: Condition
    text: Phrase
    last: datetime | None = None
    source: str = ""
    raw: str = ""
    serial: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))
        object.__setattr__(self, "last", utc(self.last) if self.last else self.at)
        object.__setattr__(self, "raw", self.raw[:2000])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is the matter with one part, why, and what is still missing to know.

    *proofs* speak for the *state*, *against* do not. *missing* says in words
    what would settle it, *asks* which read-only commands would tell. *finding*
    is the key of the finding that the verdict is about, *also* the keys of
    further findings about the same part. What only a log told of, and no
    finding stands for, has the key that the rule ``hardware`` would give it.
    """

    component: Component
    device: str
    item: str
    state: Condition
    pid: str = ""
    serial: str = ""
    slot: str = ""
    since: datetime | None = None
    proofs: tuple[Proof, ...] = ()
    against: tuple[Proof, ...] = ()
    missing: tuple[Phrase, ...] = ()
    asks: tuple[str, ...] = ()
    finding: str = ""
    also: tuple[str, ...] = ()

    @property
    def replaces(self) -> bool:
        """Is the part a candidate for replacement (RMA)? Only what has failed is."""
        return self.state is Condition.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What looking at one part gave: what it proves, and the device's own words as files."""

    proofs: tuple[Proof, ...] = ()
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is kept of the looks at one part: when the last was, what is proven so far, the ids of the files.

    *state* is what the verdict was that asked for the last look, *looks* when
    there were looks within the last day, oldest first.
    """

    at: datetime
    state: Condition | None = None
    proofs: tuple[Proof, ...] = ()
    files: tuple[str, ...] = ()
    looks: tuple[datetime, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))
