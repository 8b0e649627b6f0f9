"""The work on replacements: each step is a line of the RMA, the moves of stock that it means and an entry of its case, all or none.

``request`` begins one, ``step`` does everything else; what is allowed is said by
``desk.rma_rules``. The case becomes RMA-Pend here and nowhere else: when both
the engineer and the customer have confirmed the form.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from healthd.desk import desk, form, install, rma, stocks
from healthd.desk.rma_rules import plain
from healthd.errors import NotAllowed, UnknownName
from healthd.model.case import Case, Channel, Did, Entry, Rma, State
from healthd.model.phrase import say
from healthd.model.poll import Poll
from healthd.model.record import Head
from healthd.model.rma import Known, Replacement, Source, Stage, Step, Stepped, Wanted
from healthd.model.spares import Move, Moving
from healthd.store import devices, journal, polls, transaction
from healthd.store.delegated import delegable

KIND = "rma"
ORDER = tuple(Rma)


@delegable
@transaction.whole
def request(case: str, who: str, now: datetime, known: Known, facts: Mapping[str, str] | None = None) -> Replacement:
    """Fill in a request form for *case* and keep it as a draft; *facts* are what people know better, by the form's names.

    Raises:
        UnknownName: there is no such case.
        NotAllowed: the case is over, or the same part is asked for already.
    """
    found = desk.found(case)
    if not found.is_open:
        raise NotAllowed(f"case {case} is {found.state}; reopen it before a part is asked for")
    wanted = drafted(case, who, now, known, facts)
    for each in listed(case=case):
        if each.is_open and wanted.serial and plain(each.wanted.serial) == plain(wanted.serial):
            raise NotAllowed(f"{each.wanted.serial} is asked for already: {each.number} ({each.stage})")
    made = rma.begun(wanted)
    journal.begin(_head(made, 0), [wanted], now)
    first = Stepped(at=now, who=who, step=Step.AMENDED, facts=(("pid", wanted.pid), ("serial", wanted.serial)))
    desk.act(case, _entry(Did.NOTED, made, first), now=now)
    return made


def drafted(case: str, who: str, now: datetime, known: Known, facts: Mapping[str, str] | None = None) -> Wanted:
    """Return the form that ``request`` would keep."""
    found = desk.found(case)
    device = found.opening.device
    poll = known.poll or (polls.newest(found.customer, device) if device else None)
    wanted = form.prefilled(f"{case}-R{len(listed(case=case)) + 1}", found, who, now, replace(known, poll=poll))
    return rma.amended(wanted, facts) if facts else wanted


@delegable
@transaction.whole
def step(number: str, told: Stepped, now: datetime, *, version: int | None = None, roles: tuple[str, ...] = ()) -> Replacement:
    """Do one step of *number*; *roles* are those of who does it, *version* is the one that was read, where somebody decided by it.

    Raises:
        UnknownName: there is no such replacement.
        NotAllowed: the process does not allow it now; nothing of it was kept.
        Conflict: somebody else was quicker.
    """
    before = found(number)
    after = rma.apply(before, told)
    for branch, move in _moves(before, after, told):
        stocks.move(branch, move, now)
    journal.add(_head(after, before.version if version is None else version), [told], now)
    _tell(before, after, told, now, roles)
    return after


def found(number: str) -> Replacement:
    """Return the replacement *number*, or the one with Cisco's number.

    Raises:
        UnknownName: there is none.
    """
    try:
        return rma.folded(journal.lines(KIND, journal.head(KIND, number).number))
    except UnknownName:
        by_cisco = [each for each in listed() if each.rma == number]
        if not by_cisco:
            raise
        return by_cisco[-1]


def listed(customer: str = "", *, case: str = "", opened: bool | None = None) -> tuple[Replacement, ...]:
    """Return replacements in the order of their beginning: of *customer*, for *case*, open or over (each where given)."""
    return tuple(head.value for head in journal.heads(KIND, customer, key=case, opened=opened))


def verify(customer: str, now: datetime) -> tuple[Replacement, ...]:
    """Compare what was installed at *customer* with what its devices say now; return the replacements about which they told something new."""
    waiting = [each for each in listed(customer, opened=True) if each.issued and not each.verified]
    if not waiting:
        return ()
    heard = polls.newest_of(customer, {each.wanted.device for each in waiting})
    said = [(each, told) for each in waiting if (told := _seen(each, heard))]
    return tuple(step(each.number, told, now, version=each.version) for each, told in said)


def _seen(each: Replacement, heard: Mapping[str, Poll]) -> Stepped | None:
    """Return what is seen of one part. Only one that is not where it should be is looked for in all other devices: they are many."""
    told = install.seen(each, heard)
    if told and told.step is Step.DISPUTED:
        customer = each.wanted.customer
        return install.seen(each, polls.newest_of(customer, {device.name for device in devices.of(customer)} | {each.wanted.device}))
    return told


def _head(made: Replacement, version: int) -> Head:
    return Head(
        kind=KIND, number=made.number, customer=made.wanted.customer, value=made, key=made.wanted.case, state=made.stage,
        open=made.is_open, version=version,
    )  # fmt: skip


def _moves(before: Replacement, after: Replacement, told: Stepped) -> list[tuple[str, Move]]:
    """Return what *told* moves, with the branch where."""
    back, out = before.back or ("", "", ""), after.out
    refill = after.source is Source.OWN
    places: Mapping[Step, Callable[[], list[tuple[str, Moving, tuple[str, str], str]]]] = {
        Step.RESERVED: lambda: [(told.fact("branch"), Moving.RESERVE, _named(after.reserved), before.number)],
        Step.RELEASED: lambda: _released(before),
        Step.CANCELLED: lambda: _released(before),
        Step.CLOSED: lambda: _released(before),
        Step.RECEIVED: lambda: [(told.fact("branch"), Moving.RECEIVE, _named(after.arrived), "" if refill else before.number)],
        Step.ISSUED: lambda: [(_lies(out[1]), Moving.ISSUE, out, before.number)],
        Step.DEAD: lambda: [(before.wanted.branch, Moving.TAKE_BACK, before.out, before.number)],
        Step.TAKEN_BACK: lambda: [(told.fact("branch"), Moving.TAKE_BACK, _named(after.back), before.number)],
        Step.RETURNED: lambda: [(_lies(back[2]), Moving.SHIP, _named(back), before.number)],
    }
    made = places.get(told.step, list)()
    return [
        (branch, Move(at=told.at, who=told.who, moving=moving, pid=pid, serial=serial, rma=held, text=told.text))
        for branch, moving, (pid, serial), held in made
    ]


def _named(part: tuple[str, str, str] | None) -> tuple[str, str]:
    return part[1:] if part else ("", "")


def _released(found: Replacement) -> list[tuple[str, Moving, tuple[str, str], str]]:
    """Return the releases of the parts that lie on a shelf for *found*."""
    there = stocks.every()
    return [
        (branch, Moving.RELEASE, (unit.pid, unit.serial), found.number)
        for branch, stock in there.items()
        for unit in stock.units
        if unit.held == found.number
    ]


def _lies(serial: str) -> str:
    branch = stocks.where(serial)
    if not branch:
        raise NotAllowed(f"{serial} lies in no branch's stock; see 'healthd spares list'")
    return branch


CHANNELS = {"link": Channel.WEB, "mail": Channel.MAIL, "scan": Channel.FAX}
TOLD = ("pid", "serial", "old", "number", "route", "courier", "tracking", "by", "to", "branch", "place", "seen", "waybill")
"""Facts of a step that its case's entry repeats."""
VISIBLE = frozenset({Step.CUSTOMER_CONFIRMED, Step.ORDERED, Step.SHIPPED, Step.RECEIVED, Step.ISSUED, Step.INSTALLED, Step.VERIFIED})
"""Steps that the customer may read of."""


def _tell(before: Replacement, after: Replacement, told: Stepped, now: datetime, roles: tuple[str, ...]) -> None:
    """Write into the case what *told* means for it."""
    case = desk.found(after.wanted.case)
    for entry in _entries(case, before, after, told, roles):
        case = desk.act(case.number, entry, now=now)


def _entries(case: Case, before: Replacement, after: Replacement, told: Stepped, roles: tuple[str, ...]) -> list[Entry]:
    if told.step is Step.ENGINEER_CONFIRMED:
        did = Did.NOTED if case.confirmed[0] else Did.ENGINEER_CONFIRMED
        entries = [_entry(did, after, told, ("role", ",".join(roles)))]
    elif told.step is Step.CUSTOMER_CONFIRMED:
        did = Did.NOTED if case.confirmed[1] else Did.CUSTOMER_CONFIRMED
        entries = [replace(_entry(did, after, told, ("by", told.fact("name"))), channel=CHANNELS[told.fact("how")])]
    elif after.pended is None or told.step in (Step.APPROVED, Step.DISPUTED):
        return [_entry(Did.NOTED, after, told)]
    else:
        # Cisco tells days, not hours: for the case nothing of a replacement lies before it was confirmed.
        entry = _entry(Did.RMA_STEPPED, after, told, ("rma", _word(after)))
        entry = _given_up(case, after, entry) if entry.fact("rma") == Rma.CANDIDATE else entry
        return [replace(entry, at=max(entry.at, after.pended))]
    if after.pended and not before.pended and case.state is not State.RMA_PEND:
        entries.append(_entry(Did.RMA_PENDED, after, told))
    return entries


def _given_up(case: Case, after: Replacement, entry: Entry) -> Entry:
    """Return *entry* about the last confirmed form, now cancelled: what was confirmed is void unless somebody has confirmed another open one."""
    others = [each for each in listed(case=case.number, opened=True) if each.number != after.number and (each.engineer or each.customer)]
    if others:
        return replace(entry, facts=(*entry.facts, ("holds", others[0].number)))
    said = say("{form} is cancelled: {why}. Nobody's confirmation holds any more; the case goes on.", form=after.number, why=after.reason)
    return replace(entry, said=said)


def _entry(did: Did, found: Replacement, told: Stepped, *more: tuple[str, str]) -> Entry:
    """Return the case's entry about *told*. Its words are names and numbers: they read the same in every language."""
    said = [(name, told.fact(name)) for name in TOLD if told.fact(name)]
    text = " · ".join((found.number, told.step, *(value for _, value in said), *filter(None, [told.text])))
    facts = (*dict([*said, ("form", found.number), ("step", str(told.step)), *more]).items(),)
    channel = Channel.MONITOR if told.who == install.WHO else Channel.DESK
    return Entry(at=told.at, who=told.who, channel=channel, did=did, text=text, facts=facts, files=told.files, visible=told.step in VISIBLE)


def _word(after: Replacement) -> str:
    """Return how far the case's replacements have come: as far as the one that is least so, of those that are not cancelled; without any it is a candidate again."""
    others = [each for each in listed(case=after.wanted.case) if each.number != after.number and each.stage is not Stage.CANCELLED]
    words = [rma.CASE.get(each.stage, Rma.RETURNED) for each in (*others, after) if each.pended and each.stage is not Stage.CANCELLED]
    return str(min(words, key=ORDER.index, default=Rma.CANDIDATE))
