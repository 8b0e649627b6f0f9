"""What is sent to people."""

from dataclasses import dataclass
from datetime import datetime

from healthd.model.interval import utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message; *media* is its media type (``application/pdf``)."""

    name: str
    media: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message for one recipient.

    *key* is the same on every try, and becomes the Message-ID: a recipient
    who gets it twice can tell. *channel* names the member of
    ``notify.channels``; *recipient* is an address in that channel's own form.
    *list_id* marks what comes regularly (reports), for filters and for
    auto-responders to leave alone. *case* is the token of the case that it is
    about, where programs read it, and *thread* the key of the message that it
    answers.
    """

    key: str
    channel: str
    recipient: str
    subject: str
    text: str
    made: datetime
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    language: str = "en"
    list_id: str = ""
    urgent: bool = False
    case: str = ""
    thread: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "made", utc(self.made))
