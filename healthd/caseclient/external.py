"""A ticket system of somebody else's as a desk: what all of them have in common.

What differs is how each creates, finds and reads tickets (``Tickets``). What
is the same is here: the token is looked for before and checked after, a
refused field costs that field and not the case, a note is added once by its
mark, and what people did there is told from what healthd did.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from healthd.caseclient import wording
from healthd.caseclient.backend import Means
from healthd.errors import DeskError, UnknownName
from healthd.model.action import Action, Note, Open, Raise, Reopen, Ticket, Word
from healthd.model.case import Opening, Priority
from healthd.model.message import Attachment
from healthd.model.phrase import Phrase, say

REFUSED = frozenset({400, 403, 413, 415, 422})
"""Answers that say: not so; something less may be taken."""
DELETED = "deleted"
_SHORT = 2000
SAME = timedelta(seconds=5)
"""Moments that desks tell in whole seconds may be the same for two changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A case to be created. A *minimal* one has its title, its text and its token, and nothing that could be refused."""

    token: str
    title: str
    text: str
    opening: Opening
    files: tuple[Attachment, ...] = ()
    minimal: bool = False

    @property
    def found_by(self) -> str:
        """The title with the token in it."""
        return f"{self.title} [{self.token}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note to be added; the mark stands in *text*, and alone as *mark*."""

    text: str
    mark: str
    visible: bool = False
    files: tuple[Attachment, ...] = ()


class Tickets(Protocol):
    """What one system must be able to do. Ids are the system's own; every method raises DeskError."""

    name: str
    key: str
    """What people call the place of the token there, for messages."""

    def search(self, token: str) -> Sequence[Ticket]:
        """Return the tickets that hold *token* in the key field or in the title, the oldest first; nothing else."""

    def get(self, id_: str, token: str = "") -> tuple[Ticket, datetime]:
        """Return the ticket *id_* and when it last changed; DeskError with status 404: it is gone.

        Its ``token`` is the one in the key field, or *token* where that stands in the title.
        """

    def create(self, draft: Draft) -> tuple[str, tuple[str, ...]]:
        """Create a ticket; return its id, and the names of files that it did not take."""

    def retitle(self, id_: str, draft: Draft) -> None:
        """Give the ticket a title by which it can be found."""

    def marks(self, id_: str) -> frozenset[str]:
        """Return the marks of healthd's notes on the ticket."""

    def add(self, id_: str, remark: Remark) -> tuple[str, ...]:
        """Add a note; return the names of files that were not taken."""

    def rank(self, id_: str, priority: Priority) -> None:
        """Set the priority."""

    def move(self, id_: str, *, over: bool) -> None:
        """Resolve the ticket, or open it again; DeskError when it then is not so."""

    def said(self, id_: str, since: datetime) -> Iterable[Word]:
        """Yield the notes on the ticket from *since* on, oldest first; healthd's own among them."""


@dataclass(frozen=True, slots=True)
class External:
    """The desk of *tickets*."""

    tickets: Tickets
    means: Means
    _read: dict[str, tuple[datetime, datetime, bool]] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The member's name."""
        return self.tickets.name

    def find(self, token: str) -> Ticket | None:
        """Return the oldest case of *token*."""
        return next(iter(self.tickets.search(token)), None)

    def twins(self, token: str) -> tuple[Ticket, ...]:
        """Return the open cases of *token*, the oldest first."""
        return tuple(each for each in self.tickets.search(token) if not each.over)

    def open(self, wanted: Open) -> Ticket:
        """Open a case; what the desk refuses of it is left out, and said in a note.

        Whatever fails once the case is there is no failure of the opening:
        its id is known, and nothing must make another one.
        """
        draft, missing = self._draft(wanted.opening)
        notes: list[Phrase] = []
        try:
            id_, refused = self.tickets.create(draft)
        except DeskError as error:
            if error.status not in REFUSED or error.unsure:
                raise
            id_, refused = self.tickets.create(replace(draft, minimal=True, files=()))
            notes.append(say("Opened without its details, because they were refused: {why}", why=str(error)))
        return self._checked(id_, draft, [*notes, *_unattached((*missing, *refused))])

    def _draft(self, opening: Opening) -> tuple[Draft, list[str]]:
        files, missing = self._files(opening.files)
        title, text = wording.title(opening, self.means.say), wording.text(opening, self.means.say)
        return Draft(token=opening.token, title=title, text=text, opening=opening, files=files), missing

    def _files(self, ids: Sequence[str]) -> tuple[tuple[Attachment, ...], list[str]]:
        found, missing = [], []
        for id_ in ids:
            try:
                found.append(self.means.file(id_))
            except (LookupError, UnknownName):
                missing.append(id_)
        return tuple(found), missing

    def _checked(self, id_: str, draft: Draft, notes: list[Phrase]) -> Ticket:
        try:
            ticket, _ = self.tickets.get(id_, draft.token)
            if not ticket.token:
                # Without the field the case could not be found again: the title carries the token instead.
                self.tickets.retitle(id_, draft)
                notes.append(
                    say("The field {field} did not keep healthd's token; please set it up (docs/desks.md).", field=self.tickets.key)
                )
                ticket, _ = self.tickets.get(id_, draft.token)
            for number, each in enumerate(notes):
                self._note(id_, Note(token=draft.token, mark=f"opened-{number}", text=each))
        except DeskError:
            return Ticket(backend=self.name, id=id_)
        return ticket

    def do(self, ticket: Ticket, action: Action) -> None:
        """Do *action*, unless its mark is there."""
        self.tickets.get(ticket.id)  # one that was deleted may still take notes, which nobody reads
        if isinstance(action, Open) or wording.mark(action.token, action.mark) in self.tickets.marks(ticket.id):
            return
        if isinstance(action, Raise):
            action = replace(action, why=self._ranked(ticket, action))
        elif isinstance(action, Reopen):
            self.tickets.move(ticket.id, over=False)
        self._note(ticket.id, action)

    def _ranked(self, ticket: Ticket, action: Raise) -> Phrase:
        try:
            self.tickets.rank(ticket.id, action.priority)
        except DeskError as error:
            if error.again or error.status == 404:
                raise
            return say("{why} (the desk refused to set it: {error})", why=action.why, error=str(error))
        return action.why

    def _note(self, id_: str, action: Note | Action) -> None:
        if isinstance(action, Open):
            return
        files, missing = self._files(action.files if isinstance(action, Note) else ())
        text = wording.note(action, self.means.say)
        name = wording.mark(action.token, action.mark)
        remark = Remark(text=text, mark=name, visible=isinstance(action, Note) and action.visible, files=files)
        try:
            refused = self.tickets.add(id_, remark)
        except DeskError as error:
            if error.status not in REFUSED or error.unsure:
                raise
            refused = tuple(each.name for each in files)
            self.tickets.add(id_, replace(remark, text=f"{text[:_SHORT]}\n\n[healthd {name}]", files=()))
        for number, each in enumerate(_unattached((*missing, *refused))):
            self._note(id_, Note(token=action.token, mark=f"{action.mark}-files-{number}", text=each))

    def close(self, ticket: Ticket, why: str) -> None:
        """Resolve *ticket* with a note that says *why*."""
        name = "closed"
        if wording.mark(ticket.token, name) not in self.tickets.marks(ticket.id):
            text = wording.marked(why, ticket.token, name)
            self.tickets.add(ticket.id, Remark(text=text, mark=wording.mark(ticket.token, name)))
        self.tickets.move(ticket.id, over=True)

    def words(self, ticket: Ticket, since: datetime) -> Iterator[Word]:
        """Yield what changed on *ticket* against what we knew, and what people wrote."""
        try:
            now, changed = self.tickets.get(ticket.id, ticket.token)
        except DeskError as error:
            if error.status != 404:
                raise
            if ticket.status != DELETED:
                at = self.means.now()
                yield Word(ticket=ticket.id, mark=f"deleted:{ticket.id}", at=at, who=self.name, status=DELETED, over=True)
            return
        if now.id != ticket.id or now.status != ticket.status or (now.cisco and now.cisco != ticket.cisco):
            mark = f"state:{now.id}:{now.status}:{now.cisco}:{changed:%Y%m%dT%H%M%S}"
            yield Word(ticket=now.id, mark=mark, at=changed, who=self.name, status=now.status, over=now.over, cisco=now.cisco)
        if self._settled(ticket.id, changed):
            return
        for word in self.tickets.said(now.id, since):
            if not wording.marks(word.text):
                yield replace(word, cisco=word.cisco or wording.cisco_number(word.text))

    def _settled(self, id_: str, changed: datetime) -> bool:
        """Say whether the notes were read well after the change of *changed*: what comes within the same second does not change it again."""
        now = self.means.now()
        before, seen, well = self._read.get(id_, (None, now, False))
        if before != changed:
            self._read[id_] = (changed, now, False)
            return False
        self._read[id_] = (changed, seen, now - seen >= SAME)
        return well


def _unattached(names: Sequence[str]) -> Iterator[Phrase]:
    if names:
        yield say("Files that could not be attached: {names}", names=", ".join(names))
