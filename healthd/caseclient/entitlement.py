"""What a unit is entitled to: its contract, its warranty, Cisco's support for its type; asked before any work is promised.

The order is Cisco's: an active contract, else an active warranty, else
nothing; after the last date of support no replacement comes at all. Who has
no contract is handed over to sales.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from healthd.model.coverage import Coverage, Promised, promised
from healthd.model.device import Contract
from healthd.model.phrase import Phrase, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """*entitled* says that the case may be worked on, *replaceable* that a faulty part comes with it; *says* is why, in words."""

    says: Phrase
    contract: str = ""
    level: Promised
    entitled: bool
    replaceable: bool


def entitlement(serials: Sequence[str], contract: Contract | None, covered: Mapping[str, Coverage], today: date) -> Entitlement:
    """Return what holds *today* for the unit with one of *serials* (the failed part's first, then its chassis').

    *contract* is the customer's own with the service center, *covered* what
    is known unit by unit, by serial number in capitals; parts follow their chassis.
    """
    asked = [each for each in serials if each]
    unit = next((covered[each.upper()] for each in asked if each.upper() in covered), None)
    if unit is not None:
        return _unit(unit, contract, today)
    return _customer(asked, contract, bool(covered), today)


def _unit(unit: Coverage, contract: Contract | None, today: date) -> Entitlement:
    level = promised(unit.level or (contract.level if contract else ""))
    number = unit.contract or (contract.number if contract else "")
    if unit.supported and unit.supported < today:
        says = say(
            "Cisco's support for {unit} ended on {day}: no replacement comes; propose a successor.", unit=_name(unit), day=unit.supported
        )
        return Entitlement(says=says, contract=number, level=level, entitled=_active(contract, today), replaceable=False)
    if number and _holds(unit, today):
        return Entitlement(says=_covered(unit, level, number), contract=number, level=level, entitled=True, replaceable=level.hardware)
    if unit.warranty and unit.warranty >= today:
        says = say(
            "{unit} has no active contract; its warranty lasts until {day} and covers the hardware.", unit=_name(unit), day=unit.warranty
        )
        return Entitlement(says=says, level=promised(""), entitled=True, replaceable=True)
    says = say("{unit} has no active contract and no warranty: hand over to sales.", unit=_name(unit))
    return Entitlement(says=says, level=promised(""), entitled=False, replaceable=False)


def _covered(unit: Coverage, level: Promised, number: str) -> Phrase:
    said = level.text or say("unknown level")
    if not level.hardware:
        return say(
            "{unit}: contract {number}, {level}, software only: no replacement of hardware.", unit=_name(unit), number=number, level=said
        )
    if unit.ends is None:
        return say("{unit}: contract {number}, {level}.", unit=_name(unit), number=number, level=said)
    return say("{unit}: contract {number}, {level}, until {day}.", unit=_name(unit), number=number, level=said, day=unit.ends)


def _customer(serials: Sequence[str], contract: Contract | None, listed: bool, today: date) -> Entitlement:
    """Return what the customer's contract gives where nothing is known of the unit itself."""
    if contract is None:
        says = say("No contract is on record for this customer: hand over to sales.")
        return Entitlement(says=says, level=promised(""), entitled=False, replaceable=False)
    level = promised(contract.level)
    if not _active(contract, today):
        says = say("Contract {number} does not hold on {day}: hand over to sales.", number=contract.number, day=today)
        return Entitlement(says=says, contract=contract.number, level=level, entitled=False, replaceable=False)
    if listed and serials:
        says = say(
            "Contract {number}, {level}. Serial number {serial} is in no contract: ask before a part is requested.",
            number=contract.number,
            level=contract.level,
            serial=serials[0],
        )
        return Entitlement(says=says, contract=contract.number, level=level, entitled=True, replaceable=False)
    says = say("Contract {number}, {level}.", number=contract.number, level=contract.level)
    return Entitlement(says=says, contract=contract.number, level=level, entitled=True, replaceable=level.hardware)


def _active(contract: Contract | None, today: date) -> bool:
    return contract is not None and (contract.starts or today) <= today <= (contract.ends or today)


def _holds(unit: Coverage, today: date) -> bool:
    return (unit.starts or today) <= today <= (unit.ends or today)


def _name(unit: Coverage) -> str:
    return f"{unit.pid} {unit.serial}".strip()
