"""What a partner's audit asks of every call's record, and whether a case has it."""

from healthd.desk._facts import machine, reason
from healthd.model.case import Case, Did

DETAILS = ("caller", "phone", "email", "contract", "level", "means", "technology")
"""Facts that the entries opened, entitled, contacted and completed may carry for the record."""
WORK = {Did.NOTED, Did.CONTACTED, Did.STARTED, Did.COMPLETED, Did.RESOLVED}


def missing(case: Case) -> tuple[str, ...]:
    """Return what the record of *case* still lacks: caller, company, phone, email, contract, headline, notes.

    The list is the one of Cisco's partner audit: the caller's name, company,
    phone, e-mail and contract, a headline, and time-stamped notes of the work.
    A case that the manager let pass without contract needs none.
    """
    opening = case.opening
    said = {
        "caller": case.detail("caller"),
        "company": case.customer,
        "phone": case.detail("phone"),
        "email": case.detail("email"),
        "contract": case.detail("contract") or ("none" if case.overridden else ""),
        "headline": str(opening.title).strip(),
        "notes": any(each.did in WORK and not machine(each) and reason(each) for each in case.entries),
    }
    return tuple(name for name, value in said.items() if not value)
