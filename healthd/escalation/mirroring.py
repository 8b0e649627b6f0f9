"""What Cisco's Support APIs say of our requests, onto the cases: status, notes, number, and what became of returns."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from healthd.caseclient.cisco import mirror
from healthd.caseclient.cisco.api import Api, NotThere
from healthd.caseclient.cisco.bond import MIRROR
from healthd.desk import desk
from healthd.errors import DeskError
from healthd.escalation import exchange, returning
from healthd.model.case import Case, State
from healthd.model.cisco import Bond, BondStage, CiscoCase, CiscoNote, Heard

log = logging.getLogger("healthd.cisco")
MOST = 100
_OPENING = "technology:"


@dataclass(kw_only=True)
class Mirroring:
    """Asks for what changed. *notes* are taken too where no Smart Bonding brings them; *ours* is the CCO id whose notes are ours."""

    api: Api
    now: Callable[[], datetime]
    notes: bool = True
    ours: str = ""

    def turn(self) -> None:
        """Ask Cisco about everything that is open.

        Raises:
            DeskError: Cisco gave no answer that can be used.
        """
        self.find_numbers()
        open_ = {bond.sr: bond for bond in exchange.bonds() if bond.sr}
        for each in mirror.summaries(self.api, sorted(open_)):
            if each.sr in open_:
                self._one(open_[each.sr], each)
        returning.turn(self.api, self.now())

    def find_numbers(self) -> None:
        """Look for requests that a person opened and whose number nobody has entered yet: our number stands in their title."""
        waiting = [case for case in desk.open_cases() if case.state is State.CISCO and not case.cisco and case.opening.contract]
        for contract in sorted({case.opening.contract for case in waiting}):
            for request in mirror.of_contract(self.api, contract):
                for case in waiting:
                    if case.number in (request.tracking, request.title.split(" ", 1)[0]):
                        exchange.hear(case, _number(case, request, self.now()), self.now())

    def _one(self, bond: Bond, summary: CiscoCase) -> None:
        case = desk.found(bond.number)
        found = self._whole(summary)
        for heard in (*self._notes(bond, found), *_status(bond, found, self.now())):
            exchange.hear(case, heard, self.now())

    def _whole(self, summary: CiscoCase) -> CiscoCase:
        if not self.notes:
            return summary
        try:
            return mirror.detail(self.api, summary.sr)
        except NotThere:
            return summary

    def _notes(self, bond: Bond, found: CiscoCase) -> Iterator[Heard]:
        new = [note for note in found.notes if note.mark not in bond.marks and not self._is_ours(note)]
        for note in new[-MOST:] if self.notes else ():
            text = "\n".join(filter(None, (note.title, note.text)))
            yield Heard(at=note.at, mark=note.mark, call=bond.number, sr=found.sr, text=text, who=note.who)

    def _is_ours(self, note: CiscoNote) -> bool:
        return note.text.lower().startswith(_OPENING) or bool(self.ours and note.who == self.ours)


def _status(bond: Bond, found: CiscoCase, now: datetime) -> Iterator[Heard]:
    """Yield what is new about the request; nothing while it is as it was."""
    rma = found.rmas[-1] if found.rmas else ""
    over = found.over and bond.stage is not BondStage.CLOSED
    if over or found.status != bond.mirrored or (rma and rma != bond.rma):
        yield Heard(
            at=now,
            mark=f"{MIRROR}{found.sr}-{now.timestamp():.0f}",
            call=bond.number,
            sr=found.sr,
            state="closed" if found.over else "",
            status=found.status,
            rma=rma,
            severity=found.severity,
        )


def _number(case: Case, found: CiscoCase, now: datetime) -> Heard:
    return Heard(at=now, mark=f"{MIRROR}number-{found.sr}", call=case.number, sr=found.sr)


def open_for(api: Api, case: Case) -> Mapping[str, str]:
    """Return open requests that Cisco has for the case's serial number, number to title; a device may have opened one by itself (Smart Call Home).

    Empty, too, where Cisco does not tell.
    """
    if not (case.opening.contract and case.opening.serial):
        return {}
    try:
        found = mirror.of_contract(api, case.opening.contract)
        return {each.sr: each.title for each in found if each.serial == case.opening.serial and not each.over}
    except DeskError as error:
        log.warning("Cisco does not tell what is open for %s: %s", case.opening.serial, error)
        return {}
