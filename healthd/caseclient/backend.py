"""What every desk does for the case client, whichever it is.

Nobody promises exactly-once: a request may be carried out and its answer
lost. So every case carries a token and every note a mark, and what may have
been done is searched for before it is done again. All calls block; they are
made in threads.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from healthd.model.action import Action, Open, Ticket, Word
from healthd.model.case import Case, Entry
from healthd.model.message import Attachment, Message
from healthd.model.phrase import Phrase


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def no_file(id_: str) -> Attachment:
    """Raise LookupError: there are no files here."""
    raise LookupError(id_)


def no_post(message: Message) -> None:
    """Raise LookupError: nothing can be posted here."""
    raise LookupError(message.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a desk is handed to work with.

    *say* says a phrase in the desk's language, *file* gives a file of a case
    by its id (LookupError or UnknownName: it is gone), *post* puts a message into the outbox,
    once by its key. *now* is the clock for what is dated by ourselves. *tell*
    says whom the embedded desk tells of an entry; without it the daemon does.
    """

    say: Callable[[Phrase], str] = str
    file: Callable[[str], Attachment] = no_file
    post: Callable[[Message], None] = no_post
    now: Callable[[], datetime] = utc_now
    tell: Callable[[Case, Entry], Sequence[Message]] | None = None


class Backend(Protocol):
    """One desk. Every method raises DeskError when the desk did not do it, and says whether it may have done it all the same."""

    @property
    def name(self) -> str:
        """The member's name, as settings and JSON call it."""

    def find(self, token: str) -> Ticket | None:
        """Return the open or closed case *token*, the oldest if there are several; None when there is none."""

    def open(self, wanted: Open) -> Ticket:
        """Open a case without searching first, and check that the token was kept; the caller searches."""

    def do(self, ticket: Ticket, action: Action) -> None:
        """Do *action* (not Open) on *ticket*; one whose mark is there already is not done again."""

    def close(self, ticket: Ticket, why: str) -> None:
        """Close *ticket*: it is a double of an older one, or a person said so."""

    def twins(self, token: str) -> tuple[Ticket, ...]:
        """Return all cases with *token* that are still open, the oldest first; more than one is to be put right."""

    def words(self, ticket: Ticket, since: datetime) -> Iterable[Word]:
        """Yield what people said and did on *ticket* after *since*, oldest first; not what healthd did itself."""
