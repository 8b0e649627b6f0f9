"""What the case client wants done on a desk, whichever it is."""

from dataclasses import dataclass
from datetime import datetime

from healthd.model.case import Opening, Priority
from healthd.model.interval import utc
from healthd.model.phrase import Phrase
from healthd.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Open the case, exactly once by its token."""

    opening: Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Add a note to the case *token*; *mark* is unique to the note, so that it is added once.

    *verdict* is there when the hardware verdict has changed since the case was opened.
    """

    token: str
    mark: str
    text: Phrase
    visible: bool = False
    files: tuple[str, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """Raise the priority of the case *token*."""

    token: str
    mark: str
    priority: Priority
    why: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """Propose to resolve the case *token*: what it was about is well again. A person decides."""

    token: str
    mark: str
    text: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Take the case *token* up again: the same trouble has come back."""

    token: str
    mark: str
    text: Phrase


Action = Open | Note | Raise | Propose | Reopen


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A case as an external desk knows it. *status* is the desk's own word, *over* what it means for us."""

    backend: str
    id: str
    token: str = ""
    status: str = ""
    over: bool = False
    cisco: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Something that was said or done on an external desk: a note, a status, Cisco's number; *mark* is unique there."""

    ticket: str
    mark: str
    at: datetime
    who: str
    text: str = ""
    status: str = ""
    over: bool = False
    cisco: str = ""
    visible: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A case as it was filed on a desk: its *ticket* as last seen there, and the moments (*checks*) at which doubles are looked for."""

    ticket: Ticket
    checks: tuple[datetime, ...] = ()
