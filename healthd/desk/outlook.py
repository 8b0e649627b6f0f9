"""What comes next in a case: who does what by when, and what happens by itself if nobody does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time

from healthd.desk import ladder, returns
from healthd.desk._facts import moment, newest
from healthd.model import terms
from healthd.model.case import Case, Did, Priority, Rma, State
from healthd.model.clock import Clock, Kind
from healthd.model.outlook import Next
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role, Tac

CUSTOMER = say("customer")


def outlook(case: Case, clocks: Sequence[Clock], tac: Tac, now: datetime) -> tuple[Next, ...]:
    """Return what comes next in *case*, the most urgent first: what people do, then what threatens."""
    if case.state in (State.SALES, State.SURVEYED):
        return ()
    look = _Look(case, clocks, tac, now)
    due = [*_asked(look), *STATES[case.state](look)]
    return (*due, *_threats(look))


EARLIER = say("before the case began")
"""What an entry tells that lies before the opening."""


def limit(until: datetime, now: datetime) -> Phrase:
    """Return in words until when something is to be done, or by how much it is overdue."""
    return say("overdue by {time}", time=now - until) if until < now else say("until {at}", at=until)


class _Look:
    """A case with what is needed to look ahead."""

    def __init__(self, case: Case, clocks: Sequence[Clock], tac: Tac, now: datetime) -> None:
        self.case, self.tac, self.now = case, tac, now
        self.running = {each.kind: each for each in clocks if each.runs}

    def engineer(self) -> Phrase | str:
        person = self.tac.person(self.case.engineer)
        return (person.title or person.name) if person else self.case.engineer or self.role(Role.HOTLINE)

    def role(self, role: Role) -> Phrase | str:
        """Return who has *role* on duty by name, the role's own name where the roster names nobody."""
        people = ladder.asked(role, self.tac, self.now)
        return people[0].title or people[0].name if people else terms.ROLES[role]

    def due(self, *kinds: Kind) -> datetime | None:
        return min((self.running[kind].due for kind in kinds if kind in self.running), default=None)


def _asked(look: _Look) -> Iterator[Next]:
    """Yield what waits for somebody's word, in whatever state the case is."""
    case, confirmed = look.case, look.case.confirmed
    if case.proposed and case.priority <= Priority.P2:
        yield Next(who=look.role(Role.HOTLINE), what=say("call the customer and confirm the priority"), until=look.due(Kind.RESPONSE))
    if case.asked:
        yield Next(who=look.role(Role.CENTER_MANAGER), what=say("decide about the on-site visit"))
    if any(confirmed) and not all(confirmed):
        who = CUSTOMER if confirmed[0] else look.engineer()
        yield Next(who=who, what=say("confirm the hardware fault; the replacement starts when both have"))
    if case.recovered and case.state is not State.RESOLVED and case.is_open:
        yield Next(who=look.engineer(), what=say("look whether it is resolved: monitoring sees it well since {at}", at=case.recovered))


def _new(look: _Look) -> Iterator[Next]:
    if not look.case.entitled:
        yield Next(who=look.role(Role.HOTLINE), what=say("hand it to sales: no contract covers it; or the manager overrides that"))
    else:
        yield Next(who=look.role(Role.HOTLINE), what=say("assign an engineer"), until=look.due(Kind.RESPONSE))


def _assigned(look: _Look) -> Iterator[Next]:
    yield Next(who=look.engineer(), what=say("take the case"), until=look.due(Kind.RESPONSE))


def _acknowledged(look: _Look) -> Iterator[Next]:
    yield Next(who=look.engineer(), what=say("contact the customer"), until=look.due(Kind.CONTACT))


def _working(look: _Look) -> Iterator[Next]:
    until = look.due(Kind.CONTACT)
    if until:
        yield Next(who=look.engineer(), what=say("contact the customer"), until=until)
    yield Next(who=look.engineer(), what=say("resolve it"), until=look.due(Kind.RESOLUTION))
    if Kind.UPDATE in look.running:
        yield Next(who=look.engineer(), what=say("tell the customer how it stands"), until=look.due(Kind.UPDATE))


def _waiting(look: _Look) -> Iterator[Next]:
    yield Next(who=CUSTOMER, what=say("answer; the clocks stand still until then"), until=look.case.until)


def _replacing(look: _Look) -> Iterator[Next]:
    doing: Mapping[Rma, tuple[Phrase | str, Phrase]] = {
        Rma.PENDING: (look.role(Role.SPARES), say("take the part from stock, or request an RMA")),
        Rma.REQUESTED: (look.role(Role.SPARES), say("receive the good part")),
        Rma.RECEIVED: (look.engineer(), say("replace the part, and record both serial numbers")),
    }
    who, what = doing.get(look.case.rma, (look.role(Role.SPARES), say("return the faulty part")))
    yield Next(who=who, what=what, until=look.due(Kind.RESOLUTION))


def _visiting(look: _Look) -> Iterator[Next]:
    approved = newest(look.case, Did.ON_SITE_APPROVED)
    start, end = (moment(approved.fact(name)) if approved else None for name in ("start", "end"))
    if start and end:
        yield Next(
            who=look.engineer(), what=say("be on site from {start} to {end}, and record what was done", start=start, end=end), until=end
        )
    else:
        yield Next(who=look.engineer(), what=say("be on site, and record what was done"), until=look.due(Kind.RESOLUTION))


def _escalated(look: _Look) -> Iterator[Next]:
    yield Next(
        who=look.role(Role.SENIOR_MANAGER),
        what=say("help to resolve it, or have a case opened with Cisco TAC"),
        until=look.due(Kind.RESOLUTION),
    )


def _cisco(look: _Look) -> Iterator[Next]:
    if not look.case.cisco:
        yield Next(who=look.engineer(), what=say("record Cisco's case number"))
    yield from _working(look)


def _resolved(look: _Look) -> Iterator[Next]:
    calendar = returns.calendar(look.tac)
    last = calendar.after(look.case.since.astimezone(look.tac.zone).date(), look.tac.silence + 1)
    at = datetime.combine(last, time.min, look.tac.zone)
    yield Next(who=CUSTOMER, what=say("say whether it is resolved; without a word the case is closed"), until=at)


def _closed(_: _Look) -> Iterator[Next]:
    yield Next(who=CUSTOMER, what=say("rate the service"))


STATES: Mapping[State, Callable[[_Look], Iterator[Next]]] = {
    State.NEW: _new,
    State.ENTITLEMENT: _new,
    State.ASSIGNED: _assigned,
    State.ACKNOWLEDGED: _acknowledged,
    State.IN_PROGRESS: _working,
    State.WAITING: _waiting,
    State.RMA_PEND: _replacing,
    State.ON_SITE: _visiting,
    State.ESCALATED: _escalated,
    State.CISCO: _cisco,
    State.RESOLVED: _resolved,
    State.CLOSED: _closed,
}


def _threats(look: _Look) -> Iterator[Next]:
    """Yield who hears when a clock that runs now runs out, the first of them alone: the others are in the list of clocks."""
    coming = [each for each in look.running.values() if each.due > look.now]
    clock = min(coming, key=lambda each: each.due, default=None)
    if clock is None or look.case.state is State.RESOLVED:
        return
    rungs = [each for each in ladder.LADDER[clock.kind] if each.share == 1.0 and (look.case.priority <= Priority.P2 or not each.severe)]
    for rung in rungs:
        what = say("hears of it when the time for {clock} has run out", clock=terms.CLOCKS[clock.kind])
        yield Next(who=look.role(rung.role), what=what, until=clock.due, threat=True)
