"""Mail and faxes that wait for a specialist, and what was decided about each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from healthd.model.interval import utc
from healthd.model.phrase import Phrase


class TrayStage(StrEnum):
    """Where a piece of mail is."""

    WAITING = "waiting"  # for a specialist
    ASIDE = "aside"  # written by a machine or too often: kept, asks for nothing
    ATTACHED = "attached"  # its words are on a case
    CONFIRMED = "confirmed"  # a specialist opened a case from it
    REJECTED = "rejected"  # a specialist said that it is nothing for us


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A piece of mail as far as it could be read; addresses are in lower case.

    *text* is what the sender wrote, without what was quoted; *threads* are the
    Message-IDs it answers, *tokens* the reply tokens found in it. *machine*
    says why it was not written by a person (auto-replied, bounce, list…),
    empty when it seems to be. *files* are ids of kept files, the first of them
    the mail itself. *notes* tell what could not be read.
    """

    id: str
    at: datetime
    sender: str = ""
    name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    threads: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    machine: str = ""
    trusted: bool = True
    size: int = 0
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayItem:
    """A piece of mail with what was recognised in it, and where it is.

    *case* is the case it belongs to, or seems to belong to. *why* says why it
    is where it is. *urgent* means words of a grave fault from a known contact.
    """

    number: str
    mail: Mail
    stage: TrayStage
    why: Phrase
    channel: str = "mail"
    customer: str = ""
    contact: str = ""
    case: str = ""
    devices: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayStep:
    """What *who* decided about an item: the stage it went to, the case, and why."""

    at: datetime
    who: str
    stage: TrayStage
    case: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))
