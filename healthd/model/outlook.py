"""What comes next in a case: who does what, and until when."""

from dataclasses import dataclass
from datetime import datetime

from healthd.model.interval import utc
from healthd.model.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """*who* is to do *what*, *until* when where that is known. *threat* is what happens by itself if nothing is done, at that moment."""

    who: Phrase | str
    what: Phrase
    until: datetime | None = None
    threat: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "until", utc(self.until) if self.until else None)
