"""A customer's cases as its daily report tells them: as they stood at the end of the day, wherever they live."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from healthd.cli import _context
from healthd.model.device import Customer
from healthd.model.interval import Interval

if TYPE_CHECKING:
    from healthd.model.case import Case
    from healthd.model.tac import Tac
    from healthd.reports import facts

EMBEDDED = "embedded"
LATELY = timedelta(days=35)
"""How long ago a case may have ended and still be counted among those of the last thirty days."""


def cases(there: _context.Context, who: Customer, window: Interval) -> "facts.Cases | None":
    """Return *who*'s cases as they stood at the end of *window*; None while there never was one. The store must be open."""
    from healthd.desk import desk, roster
    from healthd.reports import facts
    from healthd.store import tickets

    now = window.end
    known = [each for each in desk.listing(who.code) if each.is_open or now - each.since < LATELY]
    then = [case for each in known if (case := _then(each, now))]
    followed = [each for each in tickets.known(who.code, (), now, LATELY) if not each.draft]
    if not then and not followed:
        return None
    covers = {each.token: each.covers for each in followed}
    tac = roster.current(there.inventory.tac)
    own = {case.opening.token: _told(case, who, tac, now) for case in then if case.is_open}
    shown = {**own, **dict(_elsewhere(followed))}
    keys = {case.opening.token: (case.key, *case.opening.findings) for case in then}
    by_key = {key: shown[token] for token in shown for key in (*keys.get(token, ()), *covers.get(token, ()))}
    spans = [(case.opened, None if case.is_open else case.since) for case in then]
    return facts.Cases(open=tuple(shown.values()), by_key=by_key, spans=tuple(spans))


def _then(case: "Case", now: datetime) -> "Case | None":
    """Return *case* as it stood at *now*, None when it was not opened then."""
    from healthd.desk import desk, lifecycle

    if case.opened > now:
        return None
    whole = desk.found(case.number)
    entries = tuple(each for each in whole.entries if (each.entered or each.at) <= now)
    if len(entries) == len(whole.entries):
        return whole
    return lifecycle.folded((whole.opening, *entries), case.number) if entries else None


def _told(case: "Case", who: Customer, tac: "Tac", now: datetime) -> "facts.Case":
    from healthd.desk.clocks import clocks
    from healthd.desk.outlook import outlook
    from healthd.model import terms
    from healthd.model.case import Rma
    from healthd.reports import facts

    following = [each for each in outlook(case, clocks(case, who, tac, now), tac, now) if not each.threat]
    opening = case.opening
    made = facts.Case(
        number=case.number,
        priority=case.priority.name,
        state=terms.STATES[case.state],
        title=opening.title,
        device=opening.device,
        pid=opening.pid,
        serial=opening.serial,
        opened=case.opened,
        since=case.since,
        rma=None if case.rma is Rma.NONE else terms.RMAS[case.rma],
        cisco=case.cisco,
    )
    return replace(made, who=following[0].who, what=following[0].what, until=following[0].until) if following else made


def _elsewhere(followed: Sequence[object]) -> Iterator[tuple[str, "facts.Case"]]:
    """Yield the open cases that live on another desk, by token: their state is that desk's own word."""
    from healthd.model.followed import Followed
    from healthd.model.phrase import say
    from healthd.reports import facts
    from healthd.store import filed

    for each in followed:
        if not isinstance(each, Followed) or not each.is_open:
            continue
        there = filed.filed(each.token)
        if there is None or there.ticket.backend == EMBEDDED:
            continue
        yield (
            each.token,
            facts.Case(
                number=there.ticket.id,
                priority=each.priority.name,
                state=there.ticket.status or say("open"),
                device=next(iter(each.devices), ""),
                serial=each.serial,
                opened=each.opened,
                since=each.since,
                cisco=there.ticket.cisco,
            ),
        )
