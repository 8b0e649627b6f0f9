"""The life of a case: what its entries make, and what may be done next.

New → Entitlement → (Sales | Assigned) → Acknowledged → In progress ↔ Waiting
customer, RMA-Pend, On-site scheduled, Escalated, Cisco TAC open → Resolved →
Closed → Surveyed. ``desk.acts`` holds the table.

A record's first line is the Opening, all others are entries, numbered from 1
on. Entries are replayed in the order in which things happened (``at``, then
number), not in which they were written down, and with what later entries
corrected of them: who writes late, or corrects, gets the case that would have
been had it been said right at first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, count
from typing import cast

from healthd.desk import _replay, _required
from healthd.desk._facts import machine, moment, reason, roles
from healthd.desk.acts import ACTS, Act
from healthd.errors import NotAllowed
from healthd.model.case import Case, Channel, Did, Entry, Opening

Line = Opening | Entry
missing = _required.missing
history = _replay.history
WORDS = frozenset({Did.NOTED, Did.ATTACHED, Did.TOLD, Did.CORRECTED, Did.COMPLETED})
"""Acts that move nothing; they may tell of what lay before the opening, but of no more than LOOKS_BACK."""
LOOKS_BACK = timedelta(days=90)


def folded(lines: Sequence[Line], number: str = "") -> Case:
    """Return the case *number* that its record's *lines* make: the Opening, then entries in any order if they carry their numbers.

    Raises:
        ValueError: the first line is no Opening.
    """
    if not lines or not isinstance(lines[0], Opening):
        raise ValueError("a case's record begins with its opening")
    entries = (replace(each, number=each.number or n) for each, n in zip(cast("Sequence[Entry]", lines[1:]), count(1)))
    return _replay.replayed(_replay.begun(lines[0], number), tuple(sorted(entries, key=lambda each: each.number)))


def apply(case: Case, entry: Entry) -> Case:
    """Return *case* with *entry* added, as the next number; it is not checked."""
    added = replace(entry, number=len(case.entries) + 1)
    entries = (*case.entries, added)
    if _is_late(case, added):
        return replace(_replay.replayed(_replay.begun(case.opening, case.number), entries), external=case.external, told=case.told)
    return replace(_replay.stepped(case, added), entries=entries, version=len(entries) + 1)


def allowed(case: Case) -> frozenset[Did]:
    """Return what may be done to *case* now, by whoever has the right to and says what it needs."""
    now = replace(case, entries=history(case.entries))
    return frozenset(did for did, act in ACTS.items() if _fits(now, did) and not any(guard(now) for guard in act.guards))


def check(case: Case, entry: Entry) -> None:
    """Do nothing if *entry* may be added to *case*.

    Raises:
        NotAllowed: the process does not allow it, or it contradicts what happened; the message says why, and what is allowed.
    """
    if why := refusal(case, entry):
        raise NotAllowed(f"case {case.number}: {entry.did} is not allowed: {why}")


def refusal(case: Case, entry: Entry) -> str:
    """Return why *entry* may not be added to *case*, and what is allowed; nothing if it may."""
    known = replace(case, entries=history(case.entries))
    return _future(entry) or (_contradiction(case, entry) if _is_late(case, entry) else _why_not(known, entry))


def _is_late(case: Case, entry: Entry) -> bool:
    """Does *entry* change what lies before others, so that all must be replayed?"""
    return entry.did is Did.CORRECTED or any(each.at > entry.at for each in history(case.entries))


def _fits(case: Case, did: Did) -> bool:
    return case.state in ACTS[did].states if case.entries else did is Did.OPENED


def _why_not(case: Case, entry: Entry) -> str:
    """Return why *entry* may not follow on *case*, whose entries are its history so far."""
    act = ACTS[entry.did]
    if machine(entry) and not act.machine and not (entry.did is Did.CISCO_OPENED and entry.channel is Channel.CISCO):
        return "it takes a person; the monitor may open, note, attach, raise, tell, step, and say that trouble went or came back"
    if not _fits(case, entry.did):
        return f"it is {case.state}; allowed now: {', '.join(sorted(allowed(case)))}"
    return _lacks(entry, act) or next((why for why in chain(_guarded(case, act), _looked(case, entry, act)) if why), "")


def _guarded(case: Case, act: Act) -> tuple[str, ...]:
    return tuple(guard(case) for guard in act.guards)


def _looked(case: Case, entry: Entry, act: Act) -> tuple[str, ...]:
    return tuple(look(case, entry) for look in act.checks)


def _lacks(entry: Entry, act: Act) -> str:
    absent = [name for name in act.needs if not (reason(entry) if name == "reason" else entry.fact(name).strip())]
    if absent:
        return f"it must say {', '.join(absent)}"
    return f"it takes the role {' or '.join(sorted(act.roles))}" if act.roles and not act.roles & roles(entry) else ""


def _future(entry: Entry) -> str:
    corrected = moment(entry.fact("at")) if entry.did is Did.CORRECTED else None
    written = entry.entered or entry.at
    return f"its time lies after {written:%Y-%m-%d %H:%M} UTC, when it is written" if max(entry.at, corrected or entry.at) > written else ""


def _contradiction(case: Case, entry: Entry) -> str:
    """Return what the history would break if *entry* were put into its place; what it broke before is nobody's fault now."""
    added = replace(entry, number=len(case.entries) + 1)
    before, after = _faults(case, case.entries), _faults(case, (*case.entries, added))
    place = next((number for number in after if number not in before), 0)
    if place in {0, added.number}:
        return after.get(place, "")
    broken = next(each for each in history((*case.entries, added)) if each.number == place)
    return f"entry {place} ({broken.did}, {broken.at:%Y-%m-%d %H:%M} UTC) could not follow: {after[place]}"


def _faults(of: Case, entries: tuple[Entry, ...]) -> dict[int, str]:
    """Return why *entries* may not stand where they stand in the history, by their number, in the order of the history."""
    found: dict[int, str] = {}
    case = _replay.begun(of.opening, of.number)
    for each in history(entries):
        known = replace(case, entries=entries) if each.did is Did.CORRECTED else case
        if why := _early(case, each) or _why_not(known, each):
            found[each.number] = why
        case = replace(_replay.stepped(case, each), entries=(*case.entries, each))
    return found


def _early(case: Case, entry: Entry) -> str:
    words = entry.did in WORDS
    if not case.entries or entry.at >= case.opened - (LOOKS_BACK if words else timedelta(0)):
        return ""
    return f"it lies {f'more than {LOOKS_BACK.days} days ' if words else ''}before the case began, {case.opened:%Y-%m-%d %H:%M} UTC"
