"""The record of what was said with Cisco about each case (journal kind ``cisco``), and the case's entries in the same transaction."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from healthd.caseclient.cisco import bond as bond_
from healthd.caseclient.cisco import severity as severity_
from healthd.caseclient.cisco import told
from healthd.desk import desk
from healthd.errors import ConfigError, NotAllowed, UnknownName
from healthd.model.case import Case, Channel, Did, Entry
from healthd.model.cisco import Bond, BondStage, Heard, Push, Pushed, Severity
from healthd.model.record import Head
from healthd.store import journal
from healthd.store.delegated import delegable
from healthd.store.transaction import whole

KIND = "cisco"
_NUMBER = re.compile(r"\d{6,12}")


def bond(number: str) -> Bond | None:
    """Return how far the request of case *number* is; None when nobody asked for one."""
    try:
        found = journal.head(KIND, number).value
    except UnknownName:
        return None
    return found if isinstance(found, Bond) else None


def bonds() -> tuple[Bond, ...]:
    """Return the requests that are not over, the oldest first."""
    return tuple(head.value for head in journal.heads(KIND, opened=True))


@delegable
@whole
def add(number: str, customer: str, lines: Sequence[Bond | Push | Pushed | Heard], now: datetime) -> Bond:
    """Add *lines* to the record of case *number*, begin it where there is none, and return what they make."""
    before = bond(number)
    after = before or Bond(number=number)
    for line in lines:
        after = bond_.after(after, line)  # type: ignore[arg-type]
    head = Head(
        kind=KIND, number=number, customer=customer, value=after, key=after.sr or number, state=after.stage.value, open=not after.over
    )
    if before is None:
        journal.begin(head, list(lines), now)
    else:
        journal.add(replace(head, version=journal.head(KIND, number).version), list(lines), now)
    return after


@delegable
@whole
def escalate(number: str, push: Push, push_it: bool, now: datetime) -> Bond:
    """Ask for a request at Cisco, or hand a shadow over; without *push_it* a person opens it from the draft.

    Raises:
        NotAllowed: there is one already, or one is under way, or the process does not allow it now.
    """
    case, known = desk.found(number), bond(number)
    severity_.check(Severity(push.severity), push.who)
    if known is not None:
        push = _handed_over(known, push)
    made = known or Bond(number=number)
    if push_it:
        made = add(number, case.customer, [push], now)
    if push.priority != "Shadow":
        facts = (("severity", f"S{push.severity}"), *((("cisco", made.sr),) if made.sr else ()))
        told_ = Entry(at=now, who=push.who, channel=Channel.DESK, did=Did.CISCO_OPENED, text=push.text, visible=bool(made.sr), facts=facts)
        desk.act(number, told_, now=now)
    return made


def _handed_over(known: Bond, push: Push) -> Push:
    if known.sr and known.priority == "Shadow" and push.priority == "Escalated":
        return replace(push, state=bond_.UPDATE)
    if known.sr:
        raise NotAllowed(f"case {known.number} has Cisco's number {known.sr} already")
    if known.stage in (BondStage.WANTED, BondStage.SENDING, BondStage.SENT, BondStage.UNSURE) and (known.waiting or known.tried):
        raise NotAllowed(
            f"case {known.number}: a request is under way ({known.stage}); a second one would be a double. "
            "Wait for Cisco's number, or enter it: healthd cisco number"
        )
    return push


def checked(sr: str) -> str:
    """Return *sr* when it can be Cisco's number of a request.

    Raises:
        ConfigError: it cannot.
    """
    if not _NUMBER.fullmatch(sr):
        raise ConfigError(f"found {sr!r}; allowed: Cisco's number of the request, 6 to 12 digits as 698765432")
    return sr


@delegable
@whole
def number(number_: str, sr: str, who: str, now: datetime, reason: str = "") -> Case:
    """Enter Cisco's number *sr* of case *number_* by hand; with a *reason* it replaces what was there.

    Raises:
        ConfigError: *sr* cannot be one.
        NotAllowed: the process does not allow it now.
    """
    checked(sr)
    case = desk.found(number_)
    add(number_, case.customer, [Heard(at=now, mark=f"{bond_.HAND}{sr}-{now.timestamp():.0f}", call=number_, sr=sr, who=who)], now)
    entry = Entry(at=now, who=who, channel=Channel.DESK, did=Did.CISCO_OPENED, visible=True, text=reason, facts=(("cisco", sr),))
    return desk.act(number_, entry, now=now)


@delegable
@whole
def say(number_: str, push: Push, now: datetime) -> Bond:
    """Ask for *push* (Update, Resolved or Closed) on the request of case *number_*.

    Raises:
        NotAllowed: Cisco has no request for the case yet.
    """
    known = bond(number_)
    if known is None or not known.sr:
        raise NotAllowed(f"case {number_} has no request at Cisco yet; open one: healthd cisco escalate {number_}")
    return add(number_, desk.found(number_).customer, [push], now)


@whole
def hear(case: Case, heard: Heard, now: datetime) -> bool:
    """Write what was *heard* on its record and on the case, and say whether it was new."""
    before = bond(case.number) or Bond(number=case.number)
    if heard.mark in before.marks:
        return False
    after = add(case.number, case.customer, [heard], now)
    for entry in told.entries(before, after, heard, now):
        write(case.number, entry, now)
    return True


def write(number_: str, entry: Entry, now: datetime) -> None:
    """Write *entry* on the case; where the process does not allow it now, it is noted with the same words."""
    try:
        desk.act(number_, entry, now=now)
    except NotAllowed as error:
        desk.act(number_, replace(entry, did=Did.NOTED, visible=False, text=f"{entry.text}\n({error})"), now=now)


def mark(number_: str) -> str:
    """Return a mark for the next push of case *number_*."""
    return f"hd-{number_}-{len(journal.lines(KIND, number_)) + 1}"
