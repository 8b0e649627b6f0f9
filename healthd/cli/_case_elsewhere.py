"""Cases that live on another desk, as far as the case client knows them: their state is that desk's own word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from healthd.caseclient.backends import embedded
from healthd.cli._lines import Object, told
from healthd.model.action import Note, Open, Raise, Ticket
from healthd.model.case import Opening, Priority
from healthd.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A case on another desk: its *ticket* there, what it was opened with, and what was said on it since."""

    ticket: Ticket
    opening: Opening
    said: Sequence[object]

    @property
    def priority(self) -> Priority:
        """The last priority that was said there."""
        return min([self.opening.priority, *(each.priority for each in self.said if isinstance(each, Raise))])

    @property
    def verdict(self) -> Verdict | None:
        """The newest hardware verdict."""
        newer = [each.verdict for each in self.said if isinstance(each, Note) and each.verdict]
        return newer[-1] if newer else self.opening.verdict

    @property
    def status(self) -> str:
        """The desk's own word for how it stands."""
        return self.ticket.status or ("over" if self.ticket.over else "open")


def elsewhere(customer: str = "", *, every: bool = False) -> Iterator[Away]:
    """Yield the cases of *customer* (all when empty) on other desks, in the order of their filing; those that are over with *every*."""
    from healthd.store import filed, journal, tickets

    for head in journal.heads(filed.KIND, customer):
        ticket = head.value.ticket
        if ticket.backend == embedded.NAME or (ticket.over and not every):
            continue
        said = journal.lines(tickets.KIND, head.number)
        opened = next((each.opening for each in said if isinstance(each, Open)), None)
        if opened is not None:
            yield Away(ticket=ticket, opening=opened, said=said)


def away_object(away: Away) -> Object:
    """Return *away* with the keys of the contract for programs."""
    opening, verdict = away.opening, away.verdict
    candidate = opening.rma or bool(verdict and verdict.replaces)
    return told(
        {
            "number": away.ticket.id,
            "key": opening.key,
            "customer": opening.customer,
            "device": opening.device,
            "component": opening.component,
            "item": opening.item,
            "pid": opening.pid,
            "serial": opening.serial,
            "slot": opening.slot,
            "priority": away.priority.name,
            "state": away.status,
            "rma": "candidate" if candidate else "none",
            "verdict": verdict.state.value if verdict else None,
            "title": str(opening.title),
            "cisco": away.ticket.cisco,
            "opened": opening.at.isoformat(),
            "entries": len(away.said),
            "external": {"backend": away.ticket.backend, "id": away.ticket.id},
        }
    )
