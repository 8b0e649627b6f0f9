"""Where a piece of mail belongs: on a case, into the tray for a specialist, or aside. Pure.

The order in which a case is looked for: what the mail answers (In-Reply-To,
References), the case's mark in the subject, our line in the text. That a case
is named proves nothing: mail is put onto a case by itself only with a mark
that healthd made, or from an address that is a contact of that case's
customer. Everything else waits for a person. No mail opens a case.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from healthd.desk import replies, survey
from healthd.model.case import Case
from healthd.model.device import Contact, Customer, Device
from healthd.model.message import Attachment
from healthd.model.phrase import Phrase, say
from healthd.model.tray import Mail, TrayItem, TrayStage

CISCO_SERIAL = re.compile(r"\b(?=[A-Z]{3}\d{4})[A-Z]{3}\d{4}[A-Z0-9]{4}\b")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_GRAVE = re.compile(
    r"(?i)\b(?:P1|P2|outage|emergency|urgent(?:ly)?|total(?:ly)? down|completely down|all down|(?:network|site|core|production|office|internet|service)s?"
    r" (?:is |are |has gone |went )?(?:all )?(?:down|dead|unreachable))\b"
    r"|断网|全网|宕机|瘫痪|紧急|特急|业务中断|网络中断|大面积|全部掉线|无法上网|全断"
)
_SHORTEST = 4
_FAX = ("image/tiff", "application/pdf", "image/tif")
_WHY = {
    "own": say("It is our own message."),
    "auto-replied": say("It is an automatic reply."),
    "bounce": say("It says that a message could not be delivered."),
    "list": say("It came over a mailing list."),
    "bulk": say("It is marked as bulk mail."),
    "no sender": say("It names no sender."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known around a piece of mail.

    *serials* are serial numbers to customer and device. *case* returns a case
    by its number, *earlier* the number of the case on which earlier mail with
    one of these Message-IDs is. *secret* is the key of our marks, *lately* how
    many pieces came from the sender within the last hour, *hourly* how many
    may. *fax* and *own* are addresses of fax gateways and of ours.
    """

    customers: Sequence[Customer]
    devices: Sequence[Device]
    secret: bytes = field(repr=False)
    case: Callable[[str], Case | None]
    earlier: Callable[[tuple[str, ...]], str] = lambda _: ""
    serials: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fax: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    lately: int = 0
    hourly: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """The case that a piece of mail names, and whether it carries our mark for it."""

    case: Case | None = None
    number: str = ""
    proven: bool = False


def placed(number: str, mail: Mail, files: Sequence[Attachment], around: Around) -> TrayItem:
    """Return the item *number* that *mail* with its *files* makes, and where it goes."""
    known = contacts(mail.sender, around.customers)
    named = _named(mail, around)
    seen = _Seen(mail, around, {customer.code for customer, _ in known})
    customer = _customer(known, named, seen)
    item = TrayItem(
        number=number,
        mail=mail,
        stage=TrayStage.WAITING,
        why=say("A specialist looks at new mail first."),
        channel="fax" if _is_fax(mail, files, around) else "mail",
        customer=customer,
        contact=next((contact.name for each, contact in known if each.code == customer), ""),
        case=named.number,
        devices=seen.devices,
        serials=seen.serials,
    )
    return _judged(item, known, named, around)


def _judged(item: TrayItem, known: Sequence[tuple[Customer, Contact]], named: _Named, around: Around) -> TrayItem:
    mail = item.mail
    machine = "own" if mail.sender in around.own else mail.machine
    if item.channel == "fax" and machine != "own":
        return _to(item, TrayStage.WAITING, say("It is a fax."))
    if why := _WHY.get(machine):
        return _to(item, TrayStage.ASIDE, why)
    # Our mark is a person's whom we wrote to: in an outage they may write often.
    if around.lately >= around.hourly * (5 if named.proven else 1):
        return _to(item, TrayStage.ASIDE, say("More than {number} messages came from this sender within an hour.", number=around.hourly))
    if machine:
        return _to(item, TrayStage.WAITING, say("A program wrote it; nobody is answered."))
    return _answer(item, known, named) if named.number else _new(item, known)


def _new(item: TrayItem, known: Sequence[tuple[Customer, Contact]]) -> TrayItem:
    grave = known and item.mail.trusted and _GRAVE.search(f"{item.mail.subject}\n{item.mail.text}")
    return _to(item, item.stage, say("It reads like a grave fault."), urgent=True) if grave else item


def _answer(item: TrayItem, known: Sequence[tuple[Customer, Contact]], named: _Named) -> TrayItem:
    """Return where mail that names a case goes."""
    case = named.case
    if case is None:
        return _to(item, TrayStage.WAITING, say("There is no case {number}.", number=named.number))
    contact = item.mail.trusted and case.customer in {customer.code for customer, _ in known}
    if not (named.proven or contact):
        return _to(
            item,
            TrayStage.WAITING,
            say("It names case {number}, but its sender is no contact of that case's customer.", number=case.number),
        )
    if not case.is_open and not (named.proven and survey.rates(case, item.mail.text)):
        return _to(
            item, TrayStage.WAITING, say("Case {number} is over; a specialist decides whether it is taken up again.", number=case.number)
        )
    return _to(item, TrayStage.ATTACHED, say("It answers case {number}.", number=case.number), customer=case.customer)


def _to(item: TrayItem, stage: TrayStage, why: Phrase, *, urgent: bool = False, customer: str = "") -> TrayItem:
    return TrayItem(
        number=item.number, mail=item.mail, stage=stage, why=why, channel=item.channel, customer=customer or item.customer,
        contact=item.contact, case=item.case, devices=item.devices, serials=item.serials, urgent=urgent,
    )  # fmt: skip


def copied(number: str) -> Phrase:
    """Return why a second copy of the item *number* is put aside."""
    return say("It is a second copy of {number}.", number=number)


def contacts(address: str, customers: Sequence[Customer]) -> tuple[tuple[Customer, Contact], ...]:
    """Return who has *address*, with their customers; several when more than one customer names it."""
    wanted = address.casefold()
    return tuple(
        (customer, contact) for customer in customers for contact in customer.contacts if wanted and contact.email.casefold() == wanted
    )


def _named(mail: Mail, around: Around) -> _Named:
    by_header, by_text = replies.in_headers(mail.threads, around.secret), replies.in_text(mail.tokens, around.secret)
    number = by_header or around.earlier(mail.threads) or replies.in_subject(mail.subject) or by_text
    if not number:
        return _Named()
    return _Named(case=around.case(number), number=number, proven=number in (by_header, by_text))


def _is_fax(mail: Mail, files: Sequence[Attachment], around: Around) -> bool:
    return mail.sender in around.fax and any(file.media in _FAX for file in files)


class _Seen:
    """Devices and serial numbers that stand in a piece of mail: of its sender's customers, of all where the sender is unknown."""

    def __init__(self, mail: Mail, around: Around, customers: set[str]) -> None:
        text = f"{mail.subject}\n{mail.text}"
        words = {word.strip(".-_").casefold() for word in _WORD.findall(text)}
        there = [each for each in around.devices if not customers or each.customer in customers]
        found = [each for each in there if len(each.name) >= _SHORTEST and each.name.casefold() in words]
        written = set(CISCO_SERIAL.findall(text.upper())) | {serial for serial in around.serials if serial.casefold() in words}
        self.serials = tuple(sorted(written))[:20]
        owners = [around.serials[serial] for serial in self.serials if serial in around.serials]
        owners = [(code, name) for code, name in owners if not customers or code in customers]
        self.devices = tuple(dict.fromkeys([*(each.name for each in found), *(name for _, name in owners)]))[:20]
        self.customers = {*(each.customer for each in found), *(code for code, _ in owners)}


def _customer(known: Sequence[tuple[Customer, Contact]], named: _Named, seen: _Seen) -> str:
    """Return the one customer that it can be about; empty when that is not clear."""
    codes = {customer.code for customer, _ in known}
    if len(codes) > 1 and len(codes & seen.customers) == 1:
        codes &= seen.customers
    if len(codes) != 1 and named.case is not None and named.proven:
        codes = {named.case.customer}
    if not codes:
        codes = seen.customers
    return next(iter(codes)) if len(codes) == 1 else ""
