"""Mail on its way into the tray, and what specialists decide about it: the functions with effects.

A piece of mail is kept whole before anybody looks into it; its number is made
of its octets, so that the same piece is there once, however often a mailbox
gives it out. Then it is read and placed; what answers a case is written on it
in the same transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from healthd.desk import desk, mailed, replies, survey, tray
from healthd.errors import ConfigError, Conflict, NotAllowed, UnknownName
from healthd.faultpoint import faultpoint
from healthd.model.case import Case, Channel, Did, Entry, Opening, Priority
from healthd.model.device import Customer, Device
from healthd.model.message import Attachment, Message
from healthd.model.phrase import Phrase, say
from healthd.model.record import Head
from healthd.model.tray import Mail, TrayItem, TrayStage, TrayStep
from healthd.store import files, journal, outbox
from healthd.store.delegated import delegable
from healthd.store.transaction import whole

KIND, NEW = "tray", "new"
HOUR = timedelta(hours=1)
Warn = Callable[[TrayItem, datetime], Sequence[Message]]
"""Makes the messages about an item: the hotline is alerted, a contact asked to call."""


@dataclass(kw_only=True)
class Mailroom:
    """Reads and places mail. *warn* says whom to tell of an item."""

    customers: Sequence[Customer]
    devices: Sequence[Device]
    warn: Warn = lambda _item, _now: ()
    fax: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    hourly: int = 10
    authenticator: str = ""
    serials: dict[str, tuple[str, str]] = field(default_factory=dict)
    _came: dict[str, list[datetime]] = field(default_factory=dict)

    def sort(self, now: datetime) -> tuple[TrayItem, ...]:
        """Read and place every piece that waits for it, in the order in which they came; one that cannot be placed now stays."""
        return tuple(found for head in journal.heads(KIND, states=[NEW]) if (found := self._one(head, now)) is not None)

    def _one(self, head: Head, now: datetime) -> TrayItem | None:
        kept: Mail = head.value
        raw = files.get(kept.files[0]).data
        read = mailed.read(head.number, raw, kept.at, kept.size, self.authenticator)
        item = tray.placed(head.number, read.mail, read.files, self._around(read.mail, now))
        if (copy := _copy(item)) and item.stage is not TrayStage.ASIDE:
            item = replace(item, stage=TrayStage.ASIDE, why=tray.copied(copy))
        self._came.setdefault(read.mail.sender, []).append(now)
        try:
            return _placed(head, item, read.files, self.warn(item, now), now)
        except Conflict:
            return None  # another process was quicker

    def _around(self, mail: Mail, now: datetime) -> tray.Around:
        self._came = {who: recent for who, times in self._came.items() if (recent := [at for at in times if now - at < HOUR])}
        return tray.Around(
            customers=self.customers,
            devices=self.devices,
            secret=replies.key(now),
            case=_case,
            earlier=_earlier,
            serials=self.serials,
            fax=self.fax,
            own=self.own,
            lately=len(self._came.get(mail.sender, ())),
            hourly=self.hourly,
        )


@delegable
@whole
def keep(raw: bytes, size: int, now: datetime) -> str:
    """Keep a piece of mail as it came, of *size* octets when it was larger than *raw*; return its number, also when it is there already."""
    number = blake2b(raw, digest_size=8).hexdigest()
    if _there(number):
        return number
    kept = files.put("", Attachment(name=f"{number}.eml", media="message/rfc822", data=raw), now)
    mail = Mail(id=number, at=now, size=max(size, len(raw)), files=(kept,))
    journal.begin(Head(kind=KIND, number=number, customer="", value=mail, key=number, state=NEW), [mail], now)
    return number


def _there(number: str) -> bool:
    try:
        journal.head(KIND, number)
    except UnknownName:
        return False
    return True


@whole
def _placed(head: Head, item: TrayItem, found: Sequence[Attachment], messages: Sequence[Message], now: datetime) -> TrayItem:
    """Keep the item with its files; what answers a case is written on it."""
    faultpoint("tray-placing")
    kept = [*head.value.files, *(files.put(item.customer, each, now) for each in found if each.data)]
    item = replace(item, mail=replace(item.mail, files=tuple(dict.fromkeys(kept))))
    if item.stage is TrayStage.ATTACHED:
        try:
            entry = survey.rated(desk.found(item.case), _words(item, item.mail.sender), item.mail.text)
            desk.act(item.case, entry, now=now)
        except NotAllowed:
            item = replace(item, stage=TrayStage.WAITING)
    _write(replace(head, key=item.mail.id), item, [item], now)
    outbox.put(item.customer, messages, now)
    return item


def _write(head: Head, item: TrayItem, lines: Sequence[TrayItem | TrayStep], now: datetime) -> None:
    is_open = item.stage is TrayStage.WAITING
    journal.add(replace(head, customer=item.customer, value=item, state=item.stage.value, open=is_open), lines, now)


def _words(item: TrayItem, who: str) -> Entry:
    """Return the sender's words as an entry that the customer may read; the address in *who* cannot be anybody's login name."""
    text = f"{item.mail.subject}\n\n{item.mail.text}".strip()
    channel = Channel.FAX if item.channel == "fax" else Channel.MAIL
    facts = (("tray", item.number), ("email", item.mail.sender))
    return Entry(at=item.mail.at, who=who, channel=channel, did=Did.NOTED, text=text, visible=True, facts=facts, files=item.mail.files)


def _case(number: str) -> Case | None:
    try:
        return desk.found(number)
    except UnknownName:
        return None


def _earlier(ids: tuple[str, ...]) -> str:
    for each in ids[-20:]:
        for head in journal.heads(KIND, key=each):
            if isinstance(head.value, TrayItem) and head.value.case and head.value.stage in (TrayStage.ATTACHED, TrayStage.CONFIRMED):
                return head.value.case
    return ""


def _copy(item: TrayItem) -> str:
    """Return the number of an item with the same Message-ID, sender and words: a second copy that came another way."""
    for head in journal.heads(KIND, key=item.mail.id):
        other = head.value
        same = isinstance(other, TrayItem) and (other.mail.sender, other.mail.text) == (item.mail.sender, item.mail.text)
        if same and head.number != item.number:
            return head.number
    return ""


def listed(stages: Sequence[TrayStage] = (TrayStage.WAITING,), customer: str = "") -> tuple[TrayItem, ...]:
    """Return items, the urgent ones first, then the oldest."""
    found = [head.value for head in journal.heads(KIND, customer, states=[stage.value for stage in stages])]
    return tuple(sorted((each for each in found if isinstance(each, TrayItem)), key=lambda item: (not item.urgent, item.mail.at)))


def found(number: str) -> TrayItem:
    """Return the item *number*, or the only one whose number begins so.

    Raises:
        UnknownName: there is none, or there are several.
    """
    return _item(_head(number))


def _head(number: str) -> Head:
    try:
        return journal.head(KIND, number)
    except UnknownName:
        those = [head for head in journal.heads(KIND) if head.number.startswith(number.lower())]
        if len(those) == 1:
            return those[0]
        raise


def _item(head: Head) -> TrayItem:
    if not isinstance(head.value, TrayItem):
        raise NotAllowed(f"mail {head.number} has just come and is not read yet; the daemon reads it within seconds")
    return head.value


def steps(number: str) -> tuple[TrayStep, ...]:
    """Return what was decided about the item *number*."""
    return tuple(line for line in journal.lines(KIND, _head(number).number) if isinstance(line, TrayStep))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a specialist says of a piece of mail: whose case it is, how grave, and about which device."""

    who: str
    customer: Customer
    priority: Priority
    title: str = ""
    device: Device | None = None


def opening(item: TrayItem, said: Decided) -> Opening:
    """Return what a case is opened with out of *item*, as a specialist *said*."""
    words = said.title or item.mail.subject or item.mail.text.partition("\n")[0] or item.number
    contract, device = said.customer.contract, said.device
    return Opening(
        key=f"mail:{item.number}",
        token=f"mail-{item.number}",
        customer=said.customer.code,
        title=_said(" ".join(words.split())[:200]),
        text=_said(item.mail.text[:20_000]),
        at=item.mail.at,
        priority=said.priority,
        why=say("{who} has read it and says so.", who=said.who),
        channel=Channel.FAX if item.channel == "fax" else Channel.MAIL,
        who=said.who,
        device=device.name if device else "",
        site=device.site if device else "",
        serial=item.serials[0] if len(item.serials) == 1 else "",
        contract=contract.number if contract else "",
        level=contract.level if contract else "",
        contact=item.contact or item.mail.name,
        means="email",
        files=item.mail.files,
    )


def _said(text: str) -> Phrase:
    """Return a person's words as a phrase that is the same in every language."""
    return Phrase("{words}", (("words", text),))


def facts(item: TrayItem, customer: Customer) -> tuple[tuple[str, str], ...]:
    """Return the caller's details as a case's record wants them."""
    contact = next((each for each in customer.contacts if each.email.lower() == item.mail.sender), None)
    said = {
        "caller": contact.name if contact else item.mail.name or item.mail.sender,
        "phone": contact.phone if contact else "",
        "email": item.mail.sender if item.channel == "mail" else contact.email if contact else "",
        "means": contact.means if contact else "email",
        "tray": item.number,
    }
    return tuple((name, value) for name, value in said.items() if value)


@delegable
@whole
def confirm(number: str, wanted: Opening, details: tuple[tuple[str, str], ...], now: datetime) -> Case:
    """Open the case *wanted* from the item *number*, which *wanted.who* has looked at; the same item again gives the same case.

    Raises:
        NotAllowed: the item was attached or rejected already.
    """
    head = _head(number)
    item = _item(head)
    if item.stage in (TrayStage.ATTACHED, TrayStage.REJECTED):
        raise NotAllowed(f"mail {head.number} is {item.stage} already{f' to case {item.case}' if item.case else ''}")
    case = desk.open_case(wanted, now, facts=details)
    if item.stage is not TrayStage.CONFIRMED:
        after = replace(item, stage=TrayStage.CONFIRMED, case=case.number, customer=case.customer)
        _write(head, after, [TrayStep(at=now, who=wanted.who, stage=TrayStage.CONFIRMED, case=case.number)], now)
    return case


@delegable
@whole
def attach(number: str, case: str, who: str, now: datetime) -> TrayItem:
    """Write the item *number* on *case*, because *who* says that it belongs there.

    Raises:
        NotAllowed: it is on a case already, was rejected, or is another customer's.
        UnknownName: there is no such case.
    """
    head = _head(number)
    item = _decidable(head)
    known = desk.found(case)
    if item.customer and item.customer != known.customer:
        # The words would be read by another customer than the one who wrote them.
        raise NotAllowed(
            f"mail {number} is from {item.customer}, case {case} is {known.customer}'s; open a case of its own with tray confirm"
        )
    desk.act(case, replace(_words(item, item.mail.sender or who), entered=now), now=now)
    after = replace(item, stage=TrayStage.ATTACHED, case=case, customer=known.customer)
    _write(head, after, [TrayStep(at=now, who=who, stage=TrayStage.ATTACHED, case=case)], now)
    return after


@delegable
@whole
def reject(number: str, who: str, why: str, now: datetime) -> TrayItem:
    """Say that the item *number* is nothing for us, and why; it is kept.

    Raises:
        ConfigError: there is no reason.
        NotAllowed: it is on a case already.
    """
    if not why.strip():
        raise ConfigError("a reason is needed: it is kept with the mail")
    head = _head(number)
    after = replace(_decidable(head), stage=TrayStage.REJECTED)
    _write(head, after, [TrayStep(at=now, who=who, stage=TrayStage.REJECTED, why=why.strip())], now)
    return after


def _decidable(head: Head) -> TrayItem:
    item = _item(head)
    if item.stage not in (TrayStage.WAITING, TrayStage.ASIDE):
        raise NotAllowed(f"mail {head.number} is {item.stage} already{f' to case {item.case}' if item.case else ''}")
    return item
