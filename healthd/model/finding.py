"""What analysis says about a device."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from healthd.model.event import Event
from healthd.model.interval import utc
from healthd.model.observation import Observation
from healthd.model.phrase import Phrase


class Level(IntEnum):
    """How bad; UNKNOWN means a check could not be made, and is never silent."""

    NOTICE = 1
    UNKNOWN = 2
    WARNING = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        """The word used in JSON and, translated, in reports."""
        return self.name.lower()


class Condition(StrEnum):
    """What is the matter with a part; only FAILED is worth a replacement."""

    FAILED = "failed"
    SUSPECT = "suspect"
    ABSENT = "absent"
    UNPOWERED = "unpowered"
    ENVIRONMENT = "environment"
    SOFTWARE = "software"
    CONFIGURATION = "configuration"
    HEALTHY = "healthy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One trouble, with the same key on every run.

    *index* is the source row's index (or *indexes*, where one finding rolls
    up several rows). *since* is when it was first so, as far as history
    shows. *pid*, *serial*, *slot* and *verdict* name the part when hardware
    is concerned. *advice* says what to do next, in one sentence. *cause* is
    the key of the finding that explains this one, or ``maintenance:`` and the device that is worked on; empty without. *until* is
    when it was over, None while it stands.
    """

    rule: str
    device: str
    level: Level
    summary: Phrase
    item: str = ""
    index: str = ""
    indexes: tuple[str, ...] = ()
    since: datetime | None = None
    evidence: tuple[Observation | Event, ...] = ()
    pid: str = ""
    serial: str = ""
    slot: str = ""
    verdict: Condition | None = None
    advice: Phrase | None = None
    cause: str = ""
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.since is not None:
            object.__setattr__(self, "since", utc(self.since))

    @property
    def key(self) -> str:
        """Name the same trouble the same way on every run; it opens one case at most."""
        return f"1:{self.rule}:{self.device}:{self.item}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A person's word on the finding *key*: acknowledged, or *muted*; it ends at *until* (None: never)."""

    key: str
    author: str
    reason: str
    at: datetime
    until: datetime | None = None
    muted: bool = False
