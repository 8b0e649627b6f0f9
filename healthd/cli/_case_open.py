"""Opening a case as the hotline does: who calls, is it covered, what is broken, how grave is it, who takes it."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from healthd.cli import _case
from healthd.cli._desk import Desk
from healthd.errors import ConfigError, NotAllowed
from healthd.model.case import Case, Channel, Did, Opening, Priority
from healthd.model.device import Contact, Contract, Customer, Device
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role

NUMBERLESS = ""
"""The number of a case that is only tried."""
PHONED = frozenset({Channel.HOTLINE})
"""Channels over which P1 and P2 are taken: a person listens at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What was said when a case was opened; names are checked against the inventory."""

    customer: str
    title: str
    text: str = ""
    priority: str = "p3"
    why: str = ""
    via: str = "phone"
    device: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    means: str = ""
    technology: str = ""
    pid: str = ""
    serial: str = ""
    started: str = ""
    engineer: str = ""
    token: str = ""


def opened(desk: Desk, call: Call, how: _case.How) -> Case:
    """Open the case of *call*, check the contract, and give it to an engineer: the one named, else the first on duty.

    Raises:
        NotAllowed: a P1 or P2 did not come by phone.
        UnknownName: the inventory has no such customer, device or engineer.
    """
    from healthd.desk import desk as core

    if not call.title.strip():
        raise ConfigError("--title: found nothing; allowed: what is wrong, in one line")
    if call.started and desk.moment(call.started, "--started-at") > desk.now:
        raise ConfigError(f"--started-at: found {call.started!r}, which is in the future; allowed: when it began; nothing was opened")
    (customer,) = desk.there.customers(call.customer)
    priority, channel = _priority(call.priority), _case.via(call.via)
    _phoned(desk, customer, priority, channel)
    covered = _covered(customer.contract, desk.now.astimezone(customer.zone).date())
    engineer = desk.colleague(call.engineer) if call.engineer else _on_duty(desk)
    opening = _opening(desk, call, customer, priority, channel, covered)
    facts = _facts(call, opening, _contact(customer, call))
    if how.dry:
        case = desk.tried[NUMBERLESS] = core.draft(opening, desk.now, facts=facts)
    else:
        files = _case.kept(customer.code, how.files, desk.now) if how.files else ()
        case = core.open_case(replaced(opening, files), desk.now, facts=facts, tell=desk.tell)
    if case.version > 2:
        return case  # it was there already, by its token
    if not covered:
        return _case.act(desk, case.number, Did.ENTITLED, how_now(how), covered="no")
    case = _case.act(desk, case.number, Did.ENTITLED, how_now(how), covered="yes", contract=opening.contract, level=opening.level)
    return _case.act(desk, case.number, Did.ASSIGNED, how_now(how), engineer=engineer) if engineer else case


def replaced(opening: Opening, files: tuple[str, ...]) -> Opening:
    """Return *opening* with *files*."""
    from dataclasses import replace

    return replace(opening, files=files)


def how_now(how: _case.How) -> _case.How:
    """Return *how* for what is done now, whenever the fault began."""
    return _case.How(author=how.author, dry=how.dry)


def _priority(said: str) -> Priority:
    names = {name.lower(): each for each in Priority for name in (each.name, str(each.value))}
    if said.lower() not in names:
        raise ConfigError(f"--priority: found {said!r}; allowed: {', '.join(each.name.lower() for each in Priority)}")
    return names[said.lower()]


def _phoned(desk: Desk, customer: Customer, priority: Priority, channel: Channel) -> None:
    if priority <= Priority.P2 and channel not in PHONED:
        hotline = customer.hotline or desk.tac.hotline or "see tac.yaml"
        raise NotAllowed(
            f"faults of P1 and P2 are reported by phone, so that the response time is kept (hotline {hotline}); "
            f"call the customer and open it with --via hotline, or open it as P3 with --via {channel.value}; nothing was opened"
        )


def _covered(contract: Contract | None, today: date) -> bool:
    if contract is None:
        return False
    return (contract.starts is None or contract.starts <= today) and (contract.ends is None or today <= contract.ends)


def _on_duty(desk: Desk) -> str:
    people = desk.tac.on_duty(Role.ENGINEER, desk.now)
    return people[0].name if people else ""


def _device(desk: Desk, call: Call) -> Device | None:
    return desk.there.devices([call.device], call.customer)[0] if call.device else None


def _contact(customer: Customer, call: Call) -> Contact:
    known = next((each for each in customer.contacts if each.name == call.contact), None)
    return known or Contact(name=call.contact, phone=call.phone, email=call.email, means=call.means or "phone")


def _opening(desk: Desk, call: Call, customer: Customer, priority: Priority, channel: Channel, covered: bool) -> Opening:
    from healthd.store import polls

    device, token = _device(desk, call), call.token or f"desk-{uuid4().hex}"
    poll = polls.newest(customer.code, device.name) if device else None
    system = poll.system if poll else None
    contract = customer.contract
    return Opening(
        key=f"reported:{token}",
        token=token,
        customer=customer.code,
        title=_quoted(call.title),
        text=_quoted(call.text),
        at=desk.moment(call.started, "--started-at") if call.started else desk.now,
        priority=priority,
        why=_quoted(call.why) if call.why else say("as agreed with the caller"),
        channel=channel,
        who=desk.who,
        device=device.name if device else "",
        pid=call.pid or (system.pid if system else ""),
        serial=call.serial or (system.serial if system else ""),
        software=system.version if system else "",
        site=device.site if device else "",
        contract=contract.number if contract and covered else "",
        level=contract.level if contract and covered else "",
        entitlement=_entitlement(contract, covered),
        entitled=covered,
        contact=call.contact,
        means=call.means or _contact(customer, call).means,
        technology=call.technology,
    )


def _quoted(text: str) -> Phrase:
    """Return a person's own words as a phrase: nothing in them is a place to be filled."""
    return Phrase("{words}", (("words", text.strip()),))


def _entitlement(contract: Contract | None, covered: bool) -> Phrase:
    if contract is None:
        return say("no contract")
    if not covered:
        return say("the contract {number} does not cover today", number=contract.number)
    return say("in contract until {day}", day=contract.ends) if contract.ends else say("in contract")


def _facts(call: Call, opening: Opening, contact: Contact) -> tuple[tuple[str, str], ...]:
    said = {
        "caller": contact.name, "phone": call.phone or contact.phone, "email": call.email or contact.email, "contract": opening.contract,
        "means": opening.means, "technology": call.technology, "afterwards": "yes" if call.started else "",
    }  # fmt: skip
    return tuple((name, value) for name, value in said.items() if value)
