"""The way of one replacement: draft → confirmed by engineer and customer → pending → own spare or Cisco → installed → returned → closed.

A pure state machine over the lines of the record. What is allowed follows from
what has been told (``desk.rma_rules``), not from a list of states: an own spare
is issued while Cisco's part that refills the stock is still under way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from healthd.desk.rma_rules import check, plain
from healthd.errors import NotAllowed
from healthd.model.case import Rma
from healthd.model.phrase import Phrase, say
from healthd.model.rma import TESTS, Confirmed, Data, Replacement, Route, Source, Stage, Step, Stepped, Wanted

CASE: Mapping[Stage, Rma] = {
    Stage.PENDING: Rma.PENDING,
    Stage.RESERVED: Rma.REQUESTED,
    Stage.ORDERED: Rma.REQUESTED,
    Stage.SHIPPED: Rma.REQUESTED,
    Stage.RECEIVED: Rma.RECEIVED,
    Stage.ISSUED: Rma.RECEIVED,
    Stage.INSTALLED: Rma.INSTALLED,
    Stage.VERIFIED: Rma.INSTALLED,
    Stage.TAKEN_BACK: Rma.INSTALLED,
    Stage.RETURNED: Rma.RETURNED,
}
"""How the case calls each stage; a draft is still what the verdict said, and a closed replacement keeps the last word."""


def folded(lines: Sequence[Any]) -> Replacement:
    """Return what *lines* make: the first is the Wanted, the others are Stepped."""
    found = begun(lines[0])
    for line in lines[1:]:
        found = _after(found, line)
    return found


def begun(wanted: Wanted) -> Replacement:
    """Return the draft of *wanted*."""
    return Replacement(wanted=wanted, stage=Stage.DRAFT, since=wanted.at, version=1)


def apply(found: Replacement, told: Stepped) -> Replacement:
    """Return *found* after *told*.

    Raises:
        NotAllowed: it is not its turn, or a fact that it needs is missing.
    """
    check(found, told)
    return _after(found, told)


def _after(found: Replacement, told: Stepped) -> Replacement:
    changes = FOLDS[told.step](found, told)
    mismatches = (*found.mismatches, *_mismatches(found, told))
    after = replace(found, **changes, mismatches=mismatches, steps=(*found.steps, told), version=found.version + 1)
    stage = _stage(after)
    return replace(after, stage=stage, since=told.at if stage is not found.stage else found.since)


def _stage(found: Replacement) -> Stage:
    """Return the farthest that the replacement has come."""
    if found.ended:
        return Stage.CLOSED if found.steps[-1].step is Step.CLOSED else Stage.CANCELLED
    ways: tuple[tuple[object, Stage], ...] = (
        (found.returned, Stage.RETURNED),
        (found.back, Stage.TAKEN_BACK),
        (found.verified, Stage.VERIFIED),
        (found.installed, Stage.INSTALLED),
        (found.issued, Stage.ISSUED),
        (found.received and found.source is not Source.OWN, Stage.RECEIVED),
        (found.reserved, Stage.RESERVED),
        (found.shipped, Stage.SHIPPED),
        (found.rma, Stage.ORDERED),
        (found.pended, Stage.PENDING),
        (found.customer, Stage.CUSTOMER_CONFIRMED),
        (found.engineer, Stage.ENGINEER_CONFIRMED),
    )
    return next((stage for there, stage in ways if there), Stage.DRAFT)


def _mismatches(found: Replacement, told: Stepped) -> tuple[Phrase, ...]:
    """Return in words which serial number is not the one that was expected; nothing is refused for it, but it is said until somebody looks."""
    serial, old = plain(told.fact("serial")), plain(told.fact("old"))
    expected = {Step.RECEIVED: found.promised, Step.INSTALLED: found.out[1], Step.TAKEN_BACK: found.wanted.serial}.get(told.step, "")
    said = []
    if expected and serial != plain(expected):
        said.append(_differs(told.step, serial, plain(expected)))
    if told.step is Step.INSTALLED and old and found.wanted.serial and old != plain(found.wanted.serial):
        said.append(say("{found} was taken out; the form says {expected}", found=old, expected=plain(found.wanted.serial)))
    return tuple(said)


def _differs(step: Step, found: str, expected: str) -> Phrase:
    if step is Step.RECEIVED:
        return say("{found} arrived; Cisco said that it ships {expected}", found=found, expected=expected)
    if step is Step.INSTALLED:
        return say("{found} was installed; {expected} was issued", found=found, expected=expected)
    return say("{found} came back; the form says {expected}", found=found, expected=expected)


def _amended(found: Replacement, told: Stepped) -> dict[str, Any]:
    """Change the form; what somebody had confirmed before is no longer what they read, so they confirm again."""
    return {"wanted": amended(found.wanted, dict(told.facts)), "engineer": None, "customer": None}


def amended(wanted: Wanted, facts: Mapping[str, str]) -> Wanted:
    """Return *wanted* with *facts* in their places; log lines are separated by line feeds, tests by blanks.

    Raises:
        NotAllowed: a fact is none of the form's, or cannot be what it says.
    """
    changes: dict[str, Any] = {}
    for name, said in facts.items():
        if name not in AMENDABLE:
            raise NotAllowed(f"form: found {name!r}; allowed: {', '.join(sorted(AMENDABLE))}")
        try:
            changes[name] = AMENDABLE[name](said)
        except ValueError:
            raise NotAllowed(f"form: {name}: found {said!r}; allowed: {WORDS.get(name, 'text')}") from None
    return replace(wanted, **changes)


def _tests(said: str) -> tuple[str, ...]:
    if set(said.split()) - set(TESTS):
        raise ValueError(said)
    return tuple(said.split())


def _yes(said: str) -> bool:
    if said not in ("yes", "no"):
        raise ValueError(said)
    return said == "yes"


def _pieces(said: str) -> int:
    if not said.isdecimal() or not int(said):
        raise ValueError(said)
    return int(said)


AMENDABLE: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("branch", "title", "site", "contact", "phone", "email", "address", "hours", "access", "device", "management"), str),
    **dict.fromkeys(("pid", "vid", "serial", "slot", "item", "software", "cisco", "contract", "level"), str.strip),
    "logs": lambda said: tuple(said.splitlines()),
    "tests": _tests,
    "since": lambda said: date.fromisoformat(said) if said else None,
    "chassis": lambda said: tuple([*said.split(), "", ""][:2]),
    "symptom": lambda said: say("{text}", text=said),
    "conclusion": lambda said: say("{text}", text=said),
    "data": Data,
    "onsite": _yes,
    "covered": _yes,
    "quantity": _pieces,
}
"""What people may know better on the form, and how it is read."""
WORDS = {
    "tests": f"words of {', '.join(TESTS)}", "since": "a day as 2024-05-01", "data": ", ".join(Data), "onsite": "yes, no", "covered": "yes, no",
    "quantity": "a whole number from 1",
}  # fmt: skip


def _customer(_found: Replacement, told: Stepped) -> dict[str, Any]:
    return {"customer": Confirmed(who=told.fact("name"), at=told.at, how=told.fact("how"), files=told.files)}


def _ordered(found: Replacement, told: Stepped) -> dict[str, Any]:
    source = found.source if found.reserved or found.issued else Source.CISCO
    return {"rma": told.fact("number"), "route": Route(told.fact("route")), "ordered": told.at, "source": source}


def _received(_found: Replacement, told: Stepped) -> dict[str, Any]:
    return {"received": told.at, "arrived": (told.fact("branch"), told.fact("pid"), plain(told.fact("serial")))}


def _issued(found: Replacement, told: Stepped) -> dict[str, Any]:
    part = found.reserved or found.arrived or ("", "", "")
    return {"issued": told.at, "out": (part[1], part[2]), "issued_to": told.fact("to")}


def _verified(found: Replacement, told: Stepped) -> dict[str, Any]:
    """Seeing the part at work is also the proof that it was installed, should nobody have said so."""
    serial = plain(told.fact("serial"))
    return {"verified": told.at, "disputed": "", "installed": found.installed or told.at, "serial_in": found.serial_in or serial}


def _dead(found: Replacement, _told: Stepped) -> dict[str, Any]:
    """Start anew: of an own spare Cisco's order stays, as it is for the same faulty part; of Cisco's part it was used up."""
    changes: dict[str, Any] = {
        "dead": (*found.dead, (found.out[1], "" if found.source is Source.OWN else found.rma)),
        "reserved": None, "issued": None, "out": ("", ""), "issued_to": "", "installed": None, "serial_in": "", "disputed": "",
    }  # fmt: skip
    if found.source is Source.OWN:
        return {**changes, "source": Source.CISCO if found.rma else Source.NONE}
    gone = {"rma": "", "route": None, "ordered": None, "shipped": None, "tracking": "", "courier": "", "promised": "", "received": None}
    return {**changes, **gone, "arrived": None, "return_by": None, "source": Source.NONE}


FOLDS: Mapping[Step, Callable[[Replacement, Stepped], dict[str, Any]]] = {
    Step.AMENDED: _amended,
    Step.ENGINEER_CONFIRMED: lambda _r, s: {"engineer": Confirmed(who=s.who, at=s.at, how=s.fact("how"), files=s.files)},
    Step.CUSTOMER_CONFIRMED: _customer,
    Step.APPROVED: lambda _r, s: {"approved": Confirmed(who=s.who, at=s.at, how=s.text)},
    Step.RESERVED: lambda _r, s: {
        "reserved": (s.fact("branch"), s.fact("pid"), plain(s.fact("serial"))),
        "source": Source.OWN,
    },
    Step.RELEASED: lambda r, _s: {"reserved": None, "source": Source.CISCO if r.rma else Source.NONE},
    Step.ORDERED: _ordered,
    Step.DATED: lambda _r, s: {"return_by": date.fromisoformat(s.fact("by"))},
    Step.SHIPPED: lambda _r, s: {
        "shipped": s.at, "tracking": s.fact("tracking"), "courier": s.fact("courier"), "promised": plain(s.fact("serial")),
    },
    Step.RECEIVED: _received,
    Step.ISSUED: _issued,
    Step.INSTALLED: lambda _r, s: {"installed": s.at, "serial_in": plain(s.fact("serial")), "serial_out": plain(s.fact("old"))},
    Step.VERIFIED: _verified,
    Step.DISPUTED: lambda _r, s: {"disputed": s.fact("seen")},
    Step.DEAD: _dead,
    Step.TAKEN_BACK: lambda r, s: {"taken_back": s.at, "back": (s.fact("branch"), s.fact("pid") or r.wanted.pid, plain(s.fact("serial")))},
    Step.RETURNED: lambda _r, s: {"returned": s.at, "waybill": s.fact("waybill")},
    Step.ACCEPTED: lambda _r, s: {"accepted": s.at},
    Step.CLOSED: lambda _r, s: {"ended": s.at, "reason": s.text},
    Step.CANCELLED: lambda _r, s: {"ended": s.at, "reason": s.text, "reserved": None},
}  # fmt: skip
"""What each step changes."""
