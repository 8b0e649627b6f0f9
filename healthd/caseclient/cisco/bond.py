"""How far a case's service request is, as a fold of what was pushed and heard; and which push is due.

Nothing here trusts an answer: a push of New that may have arrived is not
repeated before the window has passed *and* Cisco's queue was found empty
after it. Pure: the clock is an argument.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from healthd.model.cisco import Bond, BondStage, Heard, Push, Pushed

NEW, UPDATE, RESOLVED, CLOSED = "New", "Update", "Resolved", "Closed"
OVER = frozenset({"closed", "close", "cancelled", "canceled"})
"""Short names (in lower case) of a call that Cisco works on no more."""
MARKS = 300
AGAIN = timedelta(minutes=5)
"""How long an update whose answer was lost waits; it may then stand there twice, which its mark tells."""

HAND = "hand-"
"""Begins the mark of a number that a person entered; it wins over what was heard."""

MIRROR = "mirror-"
"""Begins the mark of what the Support Case API said; its words for a status are others than Smart Bonding's."""

Line = Push | Pushed | Heard


def folded(number: str, lines: Sequence[Line]) -> Bond:
    """Return what *lines* make of the request for case *number*."""
    bond = Bond(number=number)
    for line in lines:
        bond = after(bond, line)
    return bond


def after(bond: Bond, line: Line) -> Bond:
    """Return *bond* after *line*."""
    if isinstance(line, Push):
        return _wished(bond, line)
    return _pushed(bond, line) if isinstance(line, Pushed) else _heard(bond, line)


def _wished(bond: Bond, push: Push) -> Bond:
    if push.state == NEW and not bond.sr:
        kept = tuple(each for each in bond.waiting if each.state != NEW)
        return replace(
            bond, stage=BondStage.WANTED, waiting=(push, *kept), tries=0, tried=None, why="", severity=push.severity, priority=push.priority
        )
    return replace(bond, waiting=(*bond.waiting, push))


def _pushed(bond: Bond, told: Pushed) -> Bond:
    if not bond.waiting or bond.waiting[0].mark != told.mark:
        return bond
    first, *rest = bond.waiting
    stage = told.stage if first.state == NEW else bond.stage
    if told.stage is BondStage.SENDING:
        return replace(bond, stage=stage, tried=told.at, tries=bond.tries + 1, why="")
    if told.stage is BondStage.WANTED:  # it never left: nothing was tried
        return replace(bond, stage=stage, tried=None, tries=bond.tries - 1, why=told.why)
    if told.stage is BondStage.UNSURE:
        return replace(bond, stage=stage, why=told.why)
    if told.stage is BondStage.SENT and first.state == NEW:
        # Tried stays: how long it has gone without Cisco's number is counted from here.
        return replace(bond, stage=stage, waiting=tuple(rest), why=told.why)
    left = replace(bond, stage=stage, waiting=tuple(rest), tried=None, tries=0, why=told.why)
    return _updated(left, first) if told.stage is BondStage.SENT else left


def _updated(bond: Bond, push: Push) -> Bond:
    closed = push.state == CLOSED
    return replace(bond, priority=push.priority or bond.priority, stage=BondStage.CLOSED if closed else bond.stage)


def _heard(bond: Bond, heard: Heard) -> Bond:
    if heard.mark in bond.marks:
        return bond
    known = replace(bond, marks=(*bond.marks, heard.mark)[-MARKS:], sd=bond.sd or heard.sd, rma=heard.rma or bond.rma)
    if heard.errors and not heard.sr:
        return _refused(known, heard)
    if heard.sr and (not known.sr or heard.mark.startswith(HAND)):
        # Whatever was to be pushed as New has been done, by us or by hand at Cisco.
        known = replace(
            known,
            sr=heard.sr,
            stage=BondStage.CONFIRMED,
            waiting=tuple(each for each in known.waiting if each.state != NEW),
            tried=None,
            tries=0,
            why="",
        )
    if heard.mark.startswith(MIRROR):
        known = replace(known, mirrored=heard.status or known.mirrored)
    else:
        known = replace(known, status=heard.status or heard.state or known.status, priority=heard.priority or known.priority)
    return replace(known, stage=BondStage.CLOSED) if known.sr and heard.state.lower() in OVER else known


def _refused(bond: Bond, heard: Heard) -> Bond:
    if bond.sr or bond.stage not in (BondStage.SENT, BondStage.UNSURE, BondStage.SENDING):
        return bond
    kept = tuple(each for each in bond.waiting if each.state != NEW)
    return replace(bond, stage=BondStage.REFUSED, why="; ".join(heard.errors)[:500], waiting=kept, tried=None, tries=0)


def due(bond: Bond, now: datetime, window: timedelta, emptied: datetime | None) -> Push | None:
    """Return the push to be done *now*, None when there is none.

    *window* is how long a New whose answer was lost is not repeated, *emptied*
    when Cisco's queue was last found empty.
    """
    if not bond.waiting or bond.stage is BondStage.REFUSED:
        return None
    first = bond.waiting[0]
    if first.state != NEW:
        return first if bond.sr and (bond.tried is None or now - bond.tried >= AGAIN) else None
    if bond.stage is BondStage.WANTED:
        return first
    if bond.stage not in (BondStage.SENDING, BondStage.UNSURE) or bond.tried is None:
        return None
    return first if emptied is not None and emptied >= bond.tried + window else None
