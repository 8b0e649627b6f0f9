"""What healthd fills into the request form by itself: from the case, its verdict, the inventory and the device's newest poll."""

from collections.abc import Iterable
from datetime import datetime

from healthd.desk.rma_rules import plain
from healthd.model.case import Case, Opening
from healthd.model.device import Contact, Customer, Site
from healthd.model.finding import Condition
from healthd.model.observation import Part
from healthd.model.phrase import Phrase, say
from healthd.model.poll import Poll
from healthd.model.rma import Known, Wanted
from healthd.model.tac import Branch, Tac
from healthd.model.verdict import Proof, Verdict, Way

TOLD = {"diagnostic": "show-diagnostic", "environment": "show-environment", "inventory": "show-inventory"}
"""What a command's words say about the tests that were done."""
_STATES = {
    Condition.FAILED: say("Hardware failure"),
    Condition.SUSPECT: say("Hardware failure suspected"),
    Condition.ABSENT: say("Part absent"),
    Condition.UNPOWERED: say("No input power"),
    Condition.ENVIRONMENT: say("Environment"),
    Condition.SOFTWARE: say("Software"),
    Condition.CONFIGURATION: say("Configuration"),
    Condition.HEALTHY: say("Healthy"),
}


def prefilled(number: str, case: Case, who: str, now: datetime, known: Known) -> Wanted:
    """Return the form of *case* with everything that is known; what nobody knows stays empty for people to fill in."""
    customer, device, poll = known.customer, known.device, known.poll
    opening = case.opening
    site = _site(customer, opening.site or (device.site if device else ""))
    contact = _contact(customer, opening.contact)
    branch = branch_of(known.tac, site)
    part = _part(poll, opening.serial)
    frame = next((each for each in poll.parts if each.kind == "chassis"), None) if poll else None
    system = poll.system if poll else None
    return Wanted(
        number=number,
        case=case.number,
        customer=case.customer,
        at=now,
        who=who,
        branch=branch.name if branch else "",
        title=customer.title if customer else "",
        site=(site.title or site.name) if site else opening.site,
        contact=contact.name if contact else opening.contact,
        phone=contact.phone if contact else "",
        email=contact.email if contact else "",
        address=site.address if site else "",
        device=opening.device,
        management=device.address if device else "",
        chassis=(frame.pid, frame.serial) if frame else ((system.pid, system.serial) if system else ("", "")),
        pid=opening.pid or (part.pid if part else ""),
        vid=part.hardware if part else "",
        serial=opening.serial,
        slot=opening.slot or (part.slot if part else ""),
        item=opening.item,
        software=opening.software or (system.version if system else ""),
        seen=opening.verdict.since if opening.verdict and opening.verdict.since else opening.at,
        symptom=opening.title,
        logs=_logs(opening),
        tests=_tests(opening),
        conclusion=_conclusion(opening.verdict),
        cisco=case.cisco,
        priority=int(case.priority),
        contract=opening.contract or (customer.contract.number if customer and customer.contract else ""),
        level=opening.level or (customer.contract.level if customer and customer.contract else ""),
        covered=opening.entitled,
    )


def branch_of(tac: Tac, site: Site | None) -> Branch | None:
    """Return the branch that serves *site*, else headquarters."""
    return (tac.branch(site.branch) if site else None) or next((each for each in tac.branches if each.headquarters), None)


def _site(customer: Customer | None, name: str) -> Site | None:
    return next((each for each in customer.sites if each.name == name), None) if customer else None


def _contact(customer: Customer | None, name: str) -> Contact | None:
    if customer is None:
        return None
    return next((each for each in customer.contacts if each.name == name), next(iter(customer.contacts), None) if not name else None)


def _part(poll: Poll | None, serial: str) -> Part | None:
    return next((each for each in poll.parts if serial and plain(each.serial) == plain(serial)), None) if poll else None


def _proofs(opening: Opening) -> tuple[Proof, ...]:
    return opening.verdict.proofs if opening.verdict else ()


def _logs(opening: Opening) -> tuple[str, ...]:
    """Return the log lines among the proofs; one of which only the words were kept gets its message's name back."""
    return tuple(_line(proof) for proof in _proofs(opening) if proof.way is Way.EVENT and (proof.raw or proof.source))[:5]


def _line(proof: Proof) -> str:
    said, name = (proof.raw.splitlines() or [str(proof.text)])[0].strip(), proof.source.lstrip("%")
    return f"{proof.at:%Y-%m-%d %H:%M:%S} UTC %{name}: {said}" if name and name not in said else said


def _tests(opening: Opening) -> tuple[str, ...]:
    """Return the tests that the verdict's proofs stand for; those by hand (reseat, another slot or cord) are for people to tick."""
    words = " ".join(f"{proof.source} {'diagnostic' if proof.way is Way.TEST else ''}" for proof in _proofs(opening)).lower()
    return tuple(test for word, test in TOLD.items() if word in words)


def _conclusion(verdict: Verdict | None) -> Phrase | None:
    if verdict is None:
        return None
    proofs = _distinct(verdict.proofs)
    if len(proofs) > 1:
        return say("{state}: {first}; {second}", state=_STATES[verdict.state], first=proofs[0], second=proofs[1])
    return say("{state}: {first}", state=_STATES[verdict.state], first=proofs[0]) if proofs else _STATES[verdict.state]


def _distinct(proofs: Iterable[Proof]) -> list[Phrase]:
    """Return the words of one proof of each way: two ways are what a verdict rests on."""
    return list({proof.way: proof.text for proof in proofs}.values())
