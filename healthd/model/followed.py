"""What the case client remembers of a case that it opened, or drafted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from healthd.model.case import Priority
from healthd.model.finding import Condition
from healthd.model.interval import utc


class Told(StrEnum):
    """What was said last on a case about its trouble."""

    ILL = "ill"
    FLAPPING = "flapping"
    WELL = "well"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A case of the client's.

    *covers* are the keys of the findings that it is about, *devices* those
    that must be heard before anything counts as well, *impact* those that
    lost service with it. *stands* is whether the trouble stood when its
    devices were last heard, and *since* when it has; *flaps* is how often it
    came back since it last was settled. *news* are covered keys that were
    not told yet. *notices* are the moments of what was sent within the last
    hour, *sent* is how much in all. *verdict* is what the part's state was
    told as. A *draft* waits for a person, who may have it opened (*wanted*).
    *closed* is when a person closed it, or a draft came to nothing.
    """

    token: str
    key: str
    customer: str
    opened: datetime
    priority: Priority
    covers: tuple[str, ...]
    devices: tuple[str, ...] = ()
    impact: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    serial: str = ""
    verdict: Condition | None = None
    desk: str = ""
    since: datetime
    stands: bool = True
    told: Told = Told.ILL
    flaps: int = 0
    sent: int = 0
    notices: tuple[datetime, ...] = ()
    draft: bool = False
    wanted: bool = False
    digest: bool = False
    closed: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("opened", "since", "closed"):
            if (at := getattr(self, name)) is not None:
                object.__setattr__(self, name, utc(at))

    @property
    def is_open(self) -> bool:
        """Is the case, or its draft, still there for more words?"""
        return self.closed is None
