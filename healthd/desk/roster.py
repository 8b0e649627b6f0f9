"""The roster as it is: the duties of ``tac.yaml``, and the swaps that people entered since. A swap that was entered stays on record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from healthd.errors import Conflict, NotAllowed, UnknownName
from healthd.model.record import Head
from healthd.model.tac import Role, Swap, Tac
from healthd.store import journal

KIND, NUMBER = "roster", "roster"
TRIES = 20
HOUR = timedelta(hours=1)


def swaps() -> tuple[Swap, ...]:
    """Return every swap that was entered, the oldest first."""
    return journal.lines(KIND, NUMBER)


def current(tac: Tac) -> Tac:
    """Return *tac* with the swaps of its roster."""
    return replace(tac, swaps=swaps())


def swap(tac: Tac, wanted: Swap, now: datetime) -> None:
    """Enter *wanted*.

    Raises:
        UnknownName: somebody is not of the service center.
        NotAllowed: it ends before it begins, or is over, or nobody is named.
    """
    known = tuple(each.name for each in tac.people)
    for name in wanted.people:
        if name not in known:
            raise UnknownName("person", name, known)
    if not wanted.people or wanted.end <= wanted.start or wanted.end <= now:
        raise NotAllowed("a swap names somebody, begins before it ends, and ends later than now; nothing was written")
    for left in reversed(range(TRIES)):
        try:
            return _added(wanted, now)
        except Conflict:
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


def _added(wanted: Swap, now: datetime) -> None:
    head: Any = next(iter(journal.heads(KIND)), None)
    if head is None:
        journal.begin(Head(kind=KIND, number=NUMBER, customer="", value=1, open=False), [wanted], now)
    else:
        journal.add(replace(head, value=head.version + 1), [wanted], now)


def holes(tac: Tac, start: datetime, end: datetime, roles: Sequence[Role] = tuple(Role)) -> tuple[tuple[Role, datetime, datetime], ...]:
    """Return when nobody is on duty for one of *roles* between *start* and *end*, by the hour; those of one role in their order."""
    found: list[tuple[Role, datetime, datetime]] = []
    for role in roles:
        at = start
        while at < end:
            if not tac.on_duty(role, at):
                begun = found[-1][1] if found and found[-1][0] is role and found[-1][2] == at else None
                found = [*found[:-1], (role, begun, at + HOUR)] if begun else [*found, (role, at, at + HOUR)]
            at += HOUR
    return tuple(found)
