"""The case desk at work: the functions with effects. What they may do is decided by ``lifecycle``, which is pure.

Every change is a line of the case's record, kept together with the messages
about it. Who says which version was read is told when somebody else was
quicker (``Conflict``); who does not, adds to whatever the case is by then, as
long as that is still allowed.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from healthd.desk import lifecycle
from healthd.errors import Conflict
from healthd.model.case import Case, Did, Entry, Opening, State
from healthd.model.message import Message
from healthd.store import cases, journal

TRIES = 20
Tell = Callable[[Case, Entry], Sequence[Message]]
"""Says whom to tell what about a case after an entry. Without one nobody is told at once, but with the next entry, or by the daemon."""


def open_case(opening: Opening, now: datetime, *, facts: tuple[tuple[str, str], ...] = (), tell: Tell | None = None) -> Case:
    """Open a case and return it; the same token again gives the case that it has. *facts* are details of the caller."""

    def make(number: str) -> tuple[Case, Sequence[Opening | Entry], Sequence[Message]]:
        case = draft(opening, now, number, facts=facts)
        return _told(case, tell), (opening, *case.entries), tell(case, case.entries[0]) if tell else ()

    return found(cases.given(opening.token, f"{now.astimezone(UTC):%y%m}-", make, now))


def draft(opening: Opening, now: datetime, number: str = "", *, facts: tuple[tuple[str, str], ...] = ()) -> Case:
    """Return the case that would be opened, and keep nothing."""
    entry = Entry(
        at=opening.at, entered=now, who=opening.who, channel=opening.channel, did=Did.OPENED, facts=facts, number=1, files=opening.files
    )
    return lifecycle.folded((opening, entry), number)


def act(number: str, entry: Entry, *, version: int | None = None, now: datetime, tell: Tell | None = None) -> Case:
    """Add *entry* to the case *number* and return it as it is then.

    Raises:
        NotAllowed: the process does not allow it now.
        Conflict: it was changed since *version* was read; nothing was written.
        UnknownName: there is no such case.
    """
    entry = replace(entry, entered=now)
    for left in reversed(range(TRIES)):
        case = found(number)
        if version is not None and case.version != version:
            raise Conflict(f"case {number} was changed by {_last(case)} meanwhile; look at it again; nothing was written")
        lifecycle.check(case, entry)
        try:
            return _added(case, entry, now, tell)
        except Conflict:
            if version is not None or not left:
                raise
    raise AssertionError("the last try returns or raises")


def _added(case: Case, entry: Entry, now: datetime, tell: Tell | None) -> Case:
    after = lifecycle.apply(case, entry)
    told = _told(after, tell)
    cases.add(told, case.version, after.entries[-1:], _messages(after, case.told, tell), now)
    return told


def tell_rest(now: datetime, tell: Tell) -> int:
    """Tell people of every entry that was written without telling; return of how many cases."""
    late = cases.untold()
    for each in late:
        case = found(each.number)
        cases.add(_told(case, tell), case.version, (), _messages(case, case.told, tell), now)
    return len(late)


def _told(case: Case, tell: Tell | None) -> Case:
    return replace(case, told=case.version) if tell else case


def _messages(case: Case, told: int, tell: Tell | None) -> tuple[Message, ...]:
    """Return what to say of all lines after the first *told*, each with the case as it was then."""
    if tell is None:
        return ()
    lines: tuple[Opening | Entry, ...] = (case.opening, *case.entries)
    then = (
        (lifecycle.folded(lines[:n], case.number) if n < len(lines) else case, lines[n - 1])
        for n in range(max(told, 1) + 1, len(lines) + 1)
    )
    return tuple(message for each, entry in then if isinstance(entry, Entry) for message in tell(each, entry))


def _last(case: Case) -> str:
    return case.entries[-1].who if case.entries else "somebody else"


def found(number: str) -> Case:
    """Return the case *number* with its entries.

    Raises:
        UnknownName: there is none.
    """
    head = journal.head(cases.KIND, number)
    lines = journal.lines(cases.KIND, number)[: head.version]
    return replace(lifecycle.folded(lines, number), told=head.value.told)


def listing(customer: str = "", *, opened: bool | None = None, states: Collection[State] = (), key: str = "") -> tuple[Case, ...]:
    """Return cases in the order of their beginning, without their entries."""
    heads = journal.heads(cases.KIND, customer, key=key, opened=opened, states=states)
    return tuple(head.value for head in heads)


def open_cases(customer: str = "", *, key: str = "") -> tuple[Case, ...]:
    """Return the cases that somebody still has to work on, with their entries."""
    return tuple(found(case.number) for case in listing(customer, opened=True, key=key))


def by_token(token: str) -> Case | None:
    """Return the case that has *token*, None when there is none."""
    number = cases.number(token)
    return found(number) if number else None
