"""What Cisco says of a return, as steps of the replacement that waits for it: shipped, until when it has to be back, taken in."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from healthd.caseclient.cisco import mirror
from healthd.caseclient.cisco.api import Api, NotThere
from healthd.desk import parts, rma_rules
from healthd.errors import NotAllowed
from healthd.model.cisco import CiscoRma
from healthd.model.rma import Replacement, Step, Stepped

log = logging.getLogger("healthd.cisco")
WHO = "Cisco"


def turn(api: Api, now: datetime) -> int:
    """Ask Cisco about every return that is open, write what is new, and return how many steps that were.

    Raises:
        DeskError: Cisco gave no answer that can be used.
    """
    done = 0
    for each in parts.listed(opened=True):
        if not each.rma.isdecimal():
            continue  # of another depot, or not ordered yet
        try:
            said = mirror.rma(api, each.rma)
        except NotThere:
            continue
        for step in steps(each, said, now):
            done += _written(each, step, now)
    return done


def _written(found: Replacement, step: Stepped, now: datetime) -> bool:
    try:
        parts.step(found.number, step, now)
    except NotAllowed as error:
        log.warning("what Cisco says of %s is not written: %s", found.rma, error)
        return False
    return True


def steps(found: Replacement, said: CiscoRma, now: datetime) -> Iterator[Stepped]:
    """Yield what *said* adds to *found*: nothing that it has already, and nothing that the process does not allow now."""
    may = rma_rules.allowed(found)
    if Step.SHIPPED in may and said.tracking and said.tracking != found.tracking:
        facts = (("tracking", said.tracking), ("courier", said.courier), ("serial", said.sent), ("pid", said.pid))
        yield _step(Step.SHIPPED, said.shipped, now, facts)
    if Step.DATED in may and said.return_by and said.return_by != found.return_by:
        yield _step(Step.DATED, None, now, (("by", said.return_by.isoformat()),))
    if Step.ACCEPTED in may and said.returned:
        yield _step(Step.ACCEPTED, said.returned, now, ())


def _step(step: Step, day: date | None, now: datetime, facts: tuple[tuple[str, str], ...]) -> Stepped:
    """Return the step; Cisco tells days, so it happened at noon of that day, or now when that is still to come."""
    at = datetime.combine(day, time(12), UTC) if day else now
    return Stepped(at=min(at, now), entered=now, who=WHO, step=step, facts=tuple(fact for fact in facts if fact[1]))
