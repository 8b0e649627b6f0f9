"""Pushing what is due to Smart Bonding, each step kept before and after: no crash leaves it open what may have been sent."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from healthd.caseclient.cisco import bond as bond_
from healthd.caseclient.cisco import messages
from healthd.caseclient.cisco.bonding import Bonding
from healthd.caseclient.cisco.codes import Code, chosen
from healthd.caseclient.cisco.draft import Matter, description
from healthd.caseclient.cisco.settings import Settings
from healthd.desk import desk
from healthd.errors import Conflict, DeskError, HealthdError
from healthd.escalation import evidence, exchange, inbox
from healthd.escalation.keys import Keys, Spool
from healthd.escalation.party import Directory
from healthd.faultpoint import faultpoint
from healthd.model.case import Case, Channel, Did, Entry
from healthd.model.cisco import Bond, BondStage, Push, Pushed, Severity
from healthd.store.transaction import whole

log = logging.getLogger("healthd.cisco")
MOST = 200
"""Messages taken, and pushed, in one turn."""


@dataclass(kw_only=True)
class Exchanging:
    """One turn after another: take what is in the queue, understand it, push what is due.

    *codes* gives Cisco's list of codes when it is needed. *rest* is called
    between two requests, so that Cisco is asked at most once a second.
    """

    settings: Settings
    bonding: Bonding
    spool: Spool
    keys: Keys
    directory: Directory
    codes: Callable[[], Sequence[Code]]
    scrub: evidence.Scrub
    now: Callable[[], datetime]
    rest: Callable[[], None] = lambda: None
    emptied: datetime | None = field(default=None, init=False)

    def turn(self) -> None:
        """Do one turn.

        Raises:
            DeskError: Cisco's queue gave no answer; what is due was pushed all the same.
        """
        try:
            self.pull()
        finally:
            self.push()

    def pull(self) -> None:
        """Empty Cisco's queue, and understand what it held."""
        try:
            for _ in range(MOST):
                began = self.now()
                if not inbox.take(self.bonding, self.spool, began):
                    self.emptied = began
                    break
                self.rest()
        finally:
            inbox.keep(self.spool, self.keys, self.now())
            inbox.understand(self.now())

    def push(self) -> None:
        """Push what is due."""
        window = timedelta(seconds=self.settings.window_s)
        for bond in exchange.bonds()[:MOST]:
            push = bond_.due(bond, self.now(), window, self.emptied)
            if push is not None:
                self._one(bond, push)
                self.rest()

    def _one(self, bond: Bond, push: Push) -> None:
        try:
            case = desk.found(bond.number)
            message = self._message(case, push)
        except HealthdError as error:
            self._told(bond, push, BondStage.REFUSED, str(error))
            return
        self._told(bond, push, BondStage.SENDING)
        faultpoint("cisco-sending")
        try:
            self.bonding.push(message)
        except DeskError as error:
            self._told(bond, push, _after(error), str(error))
        else:
            faultpoint("cisco-pushed")
            self._told(bond, push, BondStage.SENT)

    def _message(self, case: Case, push: Push) -> Mapping[str, Any]:
        if push.state != bond_.NEW:
            return messages.update(case, push)
        code = chosen(self.codes(), self.settings.technologies, case.opening.component)
        matter = self.matter(case, Severity(push.severity), code)
        party = messages.Party(
            customer=matter.customer, site=matter.site, contact=matter.contact, code=code, text=description(case, matter)
        )
        made = messages.new(case, push, party, self.settings, self.now())
        packed = evidence.packed(case, self.scrub, self.now())
        if packed is None:
            return made
        return messages.attached(made, [packed.file] if messages.fits([packed.file]) else [])

    def matter(self, case: Case, severity: Severity, code: Code | None = None) -> Matter:
        """Return what a request for *case* is about."""
        return Matter(
            customer=self.directory.customer(case),
            severity=severity,
            code=code,
            site=self.directory.site(case),
            contact=self.directory.contact(case),
            files=evidence.names(case),
        )

    def _told(self, bond: Bond, push: Push, stage: BondStage, why: str = "") -> None:
        if why:
            log.warning("case %s to Cisco: %s: %s", bond.number, stage, why)
        for left in reversed(range(5)):
            try:
                _kept(bond.number, Pushed(at=self.now(), mark=push.mark, stage=stage, why=why[:500]), self.now())
            except Conflict:
                if not left:
                    raise
            else:
                return


@whole
def _kept(number: str, pushed: Pushed, now: datetime) -> None:
    """Keep what became of a push; that it was refused is told on the case, for somebody to act."""
    case = desk.found(number)
    exchange.add(number, case.customer, [pushed], now)
    if pushed.stage is BondStage.REFUSED:
        text = f"the request for Cisco was not sent: {pushed.why}"
        exchange.write(number, Entry(at=now, who="healthd", channel=Channel.CISCO, did=Did.NOTED, text=text), now)


def _after(error: DeskError) -> BondStage:
    """Return what became of a push that failed so: nobody knows, it never left, or Cisco said no."""
    if error.unsure:
        return BondStage.UNSURE
    return BondStage.WANTED if error.again else BondStage.REFUSED
