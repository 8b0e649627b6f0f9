"""Cisco's queue, into the house: on disk first, then in the journal (kind ``cisco-inbox``), then understood."""

import logging
from dataclasses import replace
from datetime import datetime

from healthd.caseclient.cisco import heard as heard_
from healthd.caseclient.cisco.bonding import Bonding
from healthd.desk import desk
from healthd.errors import Conflict, NotAllowed, UnknownName
from healthd.escalation import exchange
from healthd.escalation.keys import Keys, Spool
from healthd.faultpoint import faultpoint
from healthd.model.case import Case
from healthd.model.cisco import Heard, Pulled
from healthd.model.record import Head
from healthd.store import journal
from healthd.store.transaction import whole

log = logging.getLogger("healthd.cisco")
KIND = "cisco-inbox"
NEW, DONE, TWICE, FOREIGN, ODD = "new", "done", "twice", "foreign", "odd"


def take(bonding: Bonding, spool: Spool, now: datetime) -> bool:
    """Take one message out of Cisco's queue onto the disk; False when there is none.

    Raises:
        DeskError: the queue gave no answer.
        OSError: the disk does not take it.
    """
    raw = bonding.pull()
    if raw is None:
        return False
    spool.put(raw, now)
    return True


def keep(spool: Spool, keys: Keys, now: datetime) -> int:
    """Move what is on the disk into the journal, without credentials; return how many were new there."""
    kept = 0
    for number, raw in spool.waiting():
        try:
            journal.begin(
                Head(kind=KIND, number=number, customer="", value=Pulled(at=now, raw=heard_.masked(raw)), key=heard_.mark(raw), state=NEW),
                [Pulled(at=now, raw=heard_.masked(raw))],
                now,
            )
            kept += 1
        except Conflict:
            pass  # it was kept before a crash
        faultpoint("cisco-kept")
        if found := heard_.upload(raw):
            keys.keep(found)
        spool.done(number)
    return kept


def understand(now: datetime) -> int:
    """Interpret every message that waits for it, in the order of the queue; return how many changed something.

    One that cannot be understood, or is about nothing of ours, says so in its state and holds up no other.
    """
    changed = 0
    for head in sorted(journal.heads(KIND, opened=True), key=lambda each: each.number):
        try:
            changed += _one(head, now)
        except (NotAllowed, Conflict) as error:
            log.warning("Cisco's message %s waits: %s", head.number, error)
    return changed


@whole
def _one(head: Head, now: datetime) -> bool:
    pulled: Pulled = head.value
    heard = heard_.read(pulled.raw, pulled.at)
    if heard is None:
        return _settled(head, ODD, now)
    case = _case(heard)
    if case is None:
        return _settled(head, FOREIGN, now)
    new = exchange.hear(case, heard, now)
    _settled(replace(head, customer=case.customer), DONE if new else TWICE, now)
    return new


def _case(heard: Heard) -> Case | None:
    try:
        return desk.found(heard.call)
    except UnknownName:
        return None


def _settled(head: Head, state: str, now: datetime) -> bool:
    journal.add(replace(head, state=state, open=False), [], now)
    if state in (ODD, FOREIGN):
        log.warning("Cisco's message %s is %s; look at it: healthd cisco inbox", head.number, state)
    return False
