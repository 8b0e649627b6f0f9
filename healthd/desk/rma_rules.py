"""When each step of a replacement is allowed, and what it has to tell; the process's rules, one line each."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from healthd.desk._guards import NAMESAKE
from healthd.errors import NotAllowed
from healthd.model.rma import How, Replacement, Route, Source, Step, Stepped
from healthd.model.tac import folded

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,29}")
"""What an RMA number looks like: Cisco's have nine digits (also called service order), other depots' may have letters."""

NEEDS: Mapping[Step, tuple[str, ...]] = {
    Step.CUSTOMER_CONFIRMED: ("name", "how"),
    Step.RESERVED: ("branch", "pid", "serial"),
    Step.ORDERED: ("number", "route"),
    Step.DATED: ("by",),
    Step.SHIPPED: ("tracking",),
    Step.RECEIVED: ("branch", "pid", "serial"),
    Step.ISSUED: ("to",),
    Step.INSTALLED: ("serial",),
    Step.VERIFIED: ("serial", "source"),
    Step.DISPUTED: ("seen",),
    Step.TAKEN_BACK: ("branch", "serial"),
    Step.RETURNED: ("waybill",),
}
"""Facts without which a step is not told."""
REASONED = frozenset({Step.CANCELLED, Step.DEAD, Step.AMENDED, Step.APPROVED})
GOOD = frozenset({Step.RESERVED, Step.RECEIVED, Step.INSTALLED})
"""Steps that are about the good part's serial number."""


def plain(serial: str) -> str:
    """Return a serial number as it is compared: labels, scanners and devices differ in blanks and in capitals."""
    return "".join(serial.split()).upper()


def check(found: Replacement, told: Stepped) -> None:
    """Raise NotAllowed when *told* may not follow, with what is missing and what may."""
    if why := refused(found, told.step):
        may = ", ".join(sorted(allowed(found))) or "nothing"
        raise NotAllowed(f"{found.number} ({found.stage}): {told.step}: {why}; allowed now: {may}")
    if missing := [name for name in NEEDS.get(told.step, ()) if not told.fact(name).strip()]:
        raise NotAllowed(f"{found.number}: {told.step} needs: {', '.join(missing)}")
    if told.step in REASONED and not told.text.strip():
        raise NotAllowed(f"{found.number}: {told.step} needs a reason")
    if wrong := _wrong(found, told):
        raise NotAllowed(f"{found.number}: {told.step}: {wrong}")


def allowed(found: Replacement) -> frozenset[Step]:
    """Return the steps that may come next."""
    return frozenset(step for step in Step if not refused(found, step))


def refused(found: Replacement, step: Step) -> str:
    """Return why *step* may not come next, nothing when it may."""
    return "it is over" if not found.is_open else RULES[step](found)


def unfinished(found: Replacement) -> tuple[str, ...]:
    """Return what still has to happen before the replacement can be closed without a reason."""
    wanted = (
        ("the good part is not installed", found.installed),
        ("healthd has not seen the new serial number", found.verified),
        ("the faulty part is not returned to Cisco", found.returned),
        ("the stock is not refilled", found.received or found.source is not Source.OWN),
    )
    return tuple(words for words, there in wanted if not there)


def _why(*reasons: tuple[object, str]) -> str:
    """Return the first reason whose condition holds."""
    return next((why for holds, why in reasons if holds), "")


def _unconfirmed(found: Replacement) -> str:
    """Return who has to say something before anybody looks for a part."""
    waits = [who for who, word in (("the engineer", found.engineer), ("the customer", found.customer)) if word is None]
    if waits:
        return f"{' and '.join(waits)} must confirm the fault first"
    return _why((not found.wanted.covered and not found.approved, "no contract or warranty covers it: the manager must approve it first"))


def _filled(found: Replacement) -> str:
    """Return what the form lacks that Cisco does not do without."""
    lacks = [name for name in ("pid", "serial") if not getattr(found.wanted, name).strip()]
    return f"the form lacks the part's {' and '.join(lacks)}" if lacks else ""


def _signed(found: Replacement) -> str:
    return _why((found.pended, "both have confirmed the form already"))


def _stocked(found: Replacement) -> str:
    return _unconfirmed(found) or _why((found.reserved, "a part is reserved already"), (found.issued, "a part was issued already"))


def _can_issue(found: Replacement) -> str:
    there = found.reserved or (found.arrived and found.source is not Source.OWN)
    return _why((found.issued, "a part was issued already"), (not there, "no good part is there: none reserved, none received"))


def _installed(found: Replacement) -> str:
    return _why((not found.issued, "no part was issued"))


RULES: Mapping[Step, Callable[[Replacement], str]] = {
    Step.AMENDED: _signed,
    Step.ENGINEER_CONFIRMED: lambda r: _signed(r) or _why((r.engineer, "the engineer has confirmed already")) or _filled(r),
    Step.CUSTOMER_CONFIRMED: lambda r: _signed(r) or _why((r.customer, "the customer has confirmed already")),
    Step.APPROVED: lambda r: _why((r.wanted.covered, "it is covered; nobody has to approve it"), (r.approved, "it is approved already")),
    Step.RESERVED: _stocked,
    Step.RELEASED: lambda r: _why((not r.reserved, "nothing is reserved"), (r.issued, "the part was issued already")),
    Step.ORDERED: lambda r: _unconfirmed(r) or _why((r.rma, f"Cisco's number is there already: {r.rma}")),
    Step.DATED: lambda r: _why((not r.rma, "there is no RMA number yet"), (r.returned, "the part was returned already")),
    Step.SHIPPED: lambda r: _why((not r.rma, "there is no RMA number yet"), (r.received, "the part has arrived already")),
    Step.RECEIVED: lambda r: _why((not r.rma, "there is no RMA number yet"), (r.received, "Cisco's part was received already")),
    Step.ISSUED: _can_issue,
    Step.INSTALLED: lambda r: _installed(r) or _why((r.installed, "it is installed already")),
    Step.VERIFIED: lambda r: _installed(r) or _why((r.verified, "it is verified already")),
    Step.DISPUTED: lambda r: _installed(r) or _why((r.verified, "it is verified already")),
    Step.DEAD: lambda r: _installed(r) or _why((r.verified, "healthd has seen it at work in the device")),
    Step.TAKEN_BACK: lambda r: _why((not r.installed, "the good part is not installed"), (r.back, "the faulty part is back already")),
    Step.RETURNED: lambda r: _why(
        (not r.back, "the faulty part is not back at the spares specialist"),
        (not r.rma, "there is no RMA number to write on the box"),
        (r.returned, "it was returned already"),
    ),
    Step.ACCEPTED: lambda r: _why((not r.returned, "it was not returned"), (r.accepted, "Cisco has it already")),
    Step.CLOSED: _unconfirmed,
    Step.CANCELLED: lambda r: _why((r.issued, "a part was issued; return it and close instead")),
}


def _wrong(found: Replacement, told: Stepped) -> str:
    """Return what is wrong with the facts themselves."""
    if why := _one_person(found, told):
        return why
    serial, number = plain(told.fact("serial")), told.fact("number")
    left = "; ".join(unfinished(found))
    return _why(
        (not _is_one("how", How, told, Step.CUSTOMER_CONFIRMED), f"how: found {told.fact('how')!r}; allowed: {', '.join(How)}"),
        (not _is_one("route", Route, told, Step.ORDERED), f"route: found {told.fact('route')!r}; allowed: {', '.join(Route)}"),
        (
            told.step is Step.ORDERED and not NUMBER.fullmatch(number),
            f"RMA number: found {number!r}; allowed: 4 to 30 letters, digits and hyphens; Cisco's have nine digits",
        ),
        (told.step is Step.DATED and not _is_day(told.fact("by")), f"by: found {told.fact('by')!r}; allowed: a day as 2026-12-04"),
        (told.step in GOOD and serial == plain(found.wanted.serial), f"{serial} is the faulty part itself"),
        (told.step is Step.CLOSED and left and not told.text.strip(), f"{left}; say the reason to close it all the same"),
    )


def _one_person(found: Replacement, told: Stepped) -> str:
    """Return who would speak for both sides; a fact ``ours`` says who of the service center is called as the customer's person."""
    name, ours = told.fact("name"), told.fact("ours")
    if told.step is Step.CUSTOMER_CONFIRMED and ours:
        return f"{name} is {ours} of the service center: name who of the customer confirmed it{NAMESAKE}"
    says, other = (name, found.engineer) if told.step is Step.CUSTOMER_CONFIRMED else (told.who, found.customer)
    signs = told.step in (Step.CUSTOMER_CONFIRMED, Step.ENGINEER_CONFIRMED)
    return f"{says} cannot confirm for both sides" if signs and other and folded(other.who) == folded(says) else ""


def _is_one(name: str, kind: type[StrEnum], told: Stepped, step: Step) -> bool:
    return told.step is not step or told.fact(name) in list(kind)


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True
