"""A partner's service mailbox as a desk: one mail for each action, through the outbox.

Nothing can be looked up in a mailbox. What makes a repeated mail harmless is
its Message-ID, which is made of token and mark and so the same on every try;
the outbox keeps each once. All mails of a case are one thread: they answer
the first (In-Reply-To, References), and carry the token in the subject and in
``X-Healthd-Case``. What people answer comes to the TAC's own mailbox.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from healthd.caseclient import wording
from healthd.caseclient.backend import Means
from healthd.errors import DeskError, UnknownName
from healthd.model.action import Action, Note, Open, Ticket, Word
from healthd.model.message import Attachment, Message
from healthd.model.setting import check, formed

NAME = "mail"
NEEDED = ("to",)
"""Settings without which cases cannot go here."""
TELLS = False
CHANNEL = "mail"
FIRST = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[case.mail]``: the mailbox that cases are sent to; it is reached as ``[notify.mail]`` says."""

    to: str = formed("", "a mail address", lambda said: not said or "@" in said)

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, slots=True)
class Desk:
    """A mailbox as a desk."""

    settings: Settings
    means: Means

    @property
    def name(self) -> str:
        """The member's name."""
        return NAME

    def find(self, token: str) -> Ticket | None:
        """Return None: nobody can look into somebody else's mailbox."""
        del token
        return None

    def twins(self, token: str) -> tuple[Ticket, ...]:
        """Return nothing, for the same reason."""
        del token
        return ()

    def open(self, wanted: Open) -> Ticket:
        """Post the mail that begins the case's thread."""
        opening = wanted.opening
        title, text = wording.title(opening, self.means.say), wording.text(opening, self.means.say)
        self._post(opening.token, FIRST, title, text, opening.files)
        return Ticket(backend=NAME, id=opening.token, token=opening.token, status="sent")

    def do(self, ticket: Ticket, action: Action) -> None:
        """Post one mail about the case."""
        del ticket  # the token says which
        if not isinstance(action, Open):
            files = action.files if isinstance(action, Note) else ()
            self._post(action.token, action.mark, "", wording.note(action, self.means.say), files)

    def close(self, ticket: Ticket, why: str) -> None:
        """Post that the case is closed."""
        self._post(ticket.id, "closed", "", wording.marked(why, ticket.id, "closed"), ())

    def _post(self, token: str, mark: str, title: str, text: str, ids: Sequence[str]) -> None:
        first = text.partition("\n")[0]
        message = Message(
            key=f"case:{token}:{mark}",
            channel=CHANNEL,
            recipient=self.settings.to,
            subject=f"[{token}] {wording.one_line(title or first, wording.LONGEST_TITLE)}",
            text=text,
            made=self.means.now(),
            attachments=self._files(ids),
            thread="" if mark == FIRST else f"case:{token}:{FIRST}",
            case=token,
        )
        try:
            self.means.post(message)
        except LookupError:
            raise DeskError("there is no outbox to send mail by", again=False) from None

    def _files(self, ids: Sequence[str]) -> tuple[Attachment, ...]:
        found = []
        for id_ in ids:
            with suppress(LookupError, UnknownName):
                found.append(self.means.file(id_))
        return tuple(found)

    def words(self, ticket: Ticket, since: datetime) -> Iterator[Word]:
        """Yield nothing: answers are read where they arrive."""
        del ticket, since
        yield from ()
