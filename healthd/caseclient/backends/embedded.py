"""healthd's own case desk: the default, and the only one whose cases healthd itself runs through the service process.

It stands on the same database as the case client, so an action is done or it
is not, and never in doubt. Its cases' tokens are unique: there are no doubles.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from healthd.caseclient.backend import Means
from healthd.desk import desk, lifecycle
from healthd.errors import Conflict, DeskError, HealthdError, NotAllowed
from healthd.model.action import Action, Note, Open, Propose, Raise, Reopen, Ticket, Word
from healthd.model.case import Case, Channel, Did, Entry, Opening

NAME = "embedded"
WHO = "healthd"
ENDS = (Did.CLOSED, Did.HANDED_TO_SALES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[case.embedded]``: there is nothing to set."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The embedded desk as a backend of the case client."""

    settings: Settings = field(default_factory=Settings)
    means: Means = field(default_factory=Means)

    @property
    def name(self) -> str:
        """The member's name."""
        return NAME

    def find(self, token: str) -> Ticket | None:
        """Return the case *token*, None when there is none."""
        case = desk.by_token(token)
        return _ticket(case) if case else None

    def open(self, wanted: Open) -> Ticket:
        """Open the case; the same token again gives the case that it has."""
        return _ticket(desk.open_case(wanted.opening, self.means.now(), tell=self.means.tell))

    def do(self, ticket: Ticket, action: Action) -> None:
        """Do *action* on *ticket*, once by its mark.

        Raises:
            DeskError: the process does not allow it now, or there is no such case.
        """
        if isinstance(action, Open):
            raise DeskError("a case is opened with open(), not done", again=False)
        case = self._found(ticket)
        if any(each.fact("mark") == action.mark for each in case.entries):
            return
        self._act(case, self._entry(case, action))

    def close(self, ticket: Ticket, why: str) -> None:
        """Refuse: a case of ours is closed by people, with the customer's word.

        Raises:
            DeskError: always, unless it is closed already.
        """
        if self._found(ticket).is_open:
            raise DeskError(f"case {ticket.id} is closed by people, with the customer's word ({why})", again=False)

    def twins(self, token: str) -> tuple[Ticket, ...]:
        """Return the case *token* while it is open: there is never a second one."""
        case = desk.by_token(token)
        return (_ticket(case),) if case and case.is_open else ()

    def words(self, ticket: Ticket, since: datetime) -> Iterable[Word]:
        """Yield what people wrote into the case after *since*, oldest first."""
        return _words(self._found(ticket), since)

    def _found(self, ticket: Ticket) -> Case:
        try:
            return desk.found(ticket.id)
        except HealthdError as error:
            raise DeskError(str(error), again=False) from error

    def _act(self, case: Case, entry: Entry) -> None:
        """Add *entry* to *case* as it was read, so that another worker cannot add the same mark meanwhile."""
        try:
            desk.act(case.number, entry, version=case.version, now=self.means.now(), tell=self.means.tell)
        except (NotAllowed, Conflict) as error:
            raise DeskError(str(error), again=isinstance(error, Conflict)) from error

    def _entry(self, case: Case, action: Note | Raise | Propose | Reopen) -> Entry:
        """Return what *action* is in the case's record; what is not done any more because people were quicker is still noted."""
        did, facts = _done(case, action)
        said = action.why if isinstance(action, Raise) else action.text
        note = action if isinstance(action, Note) else None
        return Entry(
            at=self.means.now(),
            who=WHO,
            channel=Channel.MONITOR,
            did=did,
            text=self.means.say(said),
            said=said,
            visible=bool(note and note.visible),
            facts=(("mark", action.mark), *facts),
            files=note.files if note else (),
            verdict=note.verdict if note else None,
        )


def _done(case: Case, action: Note | Raise | Propose | Reopen) -> tuple[Did, tuple[tuple[str, str], ...]]:
    allowed = lifecycle.allowed(case)
    if isinstance(action, Raise) and action.priority < case.priority and Did.PRIORITISED in allowed:
        return Did.PRIORITISED, (("priority", action.priority.name),)
    if isinstance(action, Propose) and Did.RECOVERED in allowed:
        return Did.RECOVERED, ()
    if isinstance(action, Reopen) and Did.RECURRED in allowed:
        return Did.RECURRED, ()
    return Did.NOTED, ()


def _ticket(case: Case) -> Ticket:
    return Ticket(backend=NAME, id=case.number, token=case.opening.token, status=case.state.value, over=not case.is_open, cisco=case.cisco)


def _words(case: Case, since: datetime) -> Iterator[Word]:
    lines: list[Opening | Entry] = [case.opening]
    for entry in case.entries:
        lines.append(entry)
        # The desk's own clockwork bears our name, too: what it closed is over all the same.
        if (entry.who != WHO or entry.did in ENDS) and (entry.entered or entry.at) > since:
            then = lifecycle.folded(lines, case.number)
            yield Word(
                ticket=case.number,
                mark=str(entry.number),
                at=entry.entered or entry.at,
                who=entry.who,
                text=entry.text,
                status=then.state.value,
                over=not then.is_open,
                cisco=then.cisco,
                visible=entry.visible,
            )
