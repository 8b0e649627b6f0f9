"""Who has to hear of a case now, and which cases nobody moves."""

from dataclasses import dataclass
from datetime import datetime

from healthd.model.interval import utc
from healthd.model.phrase import Phrase
from healthd.model.tac import Person, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step up the ladder that is due and was not made yet.

    *key* names the step; an entry ``stepped`` with it makes it once and for
    all. *clock* is the promise it is about (``gate``: a proposed P1 or P2 that
    the hotline has not confirmed), *share* how much of it was used, *due* when
    it runs out. *roles* are whom the process tells, *people* who that is at
    this moment. *engineer* is who takes the case over from one who does not
    answer; empty when nobody does.
    """

    number: str
    key: str
    clock: str
    share: float
    rung: int
    roles: tuple[Role, ...]
    people: tuple[Person, ...]
    why: Phrase
    due: datetime
    engineer: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "due", utc(self.due))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A case without a next step: *what* is missing since when, and *who* must act; *person* by name where it is somebody's own."""

    number: str
    check: str
    what: Phrase
    who: Role
    since: datetime
    person: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "since", utc(self.since))
