"""Findings that stand, for the commands: with people's word, and the case that each is in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from healthd.cli import _columns, _context
from healthd.cli._lines import Object, finding_object, told
from healthd.errors import UnknownName
from healthd.model.action import Ticket
from healthd.model.device import Customer, Device
from healthd.model.finding import Level, Mark
from healthd.model.followed import Followed
from healthd.model.phrase import Phrase, say
from healthd.reports.language import Language, language
from healthd.store import filed, findings, tickets
from healthd.store.findings import Kept

COLOURS = {Level.CRITICAL: _columns.RED, Level.WARNING: _columns.YELLOW}
LEVELS = {
    Level.CRITICAL: say("critical"), Level.WARNING: say("warning"), Level.NOTICE: say("notice"), Level.UNKNOWN: say("unknown"),
}  # fmt: skip
NEAR = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding that stands, the client's *case* or draft about it, and its *ticket* on the desk, where there are any."""

    look: "Look"
    kept: Kept
    case: Followed | None = None
    ticket: Ticket | None = None


@dataclass(slots=True, kw_only=True)
class Look:
    """What stands at one customer's; *speaker* says it in the reader's language."""

    customer: Customer
    devices: Sequence[Device]
    speaker: Language
    now: datetime
    told: list[Told] = field(default_factory=list)


def look(there: _context.Context, code: str, spoken: str | None) -> list[Look]:
    """Return what stands at the customer *code* (or at all)."""
    there.open_store()
    now = datetime.now(UTC)
    return [_look(customer, there.devices(customer=customer.code), spoken, now) for customer in there.customers(code)]


def _look(customer: Customer, devices: Sequence[Device], spoken: str | None, now: datetime) -> Look:
    made = Look(customer=customer, devices=devices, speaker=language(_context.language(spoken), customer.zone.key), now=now)
    standing = findings.standing(customer.code, now)
    known = tickets.known(customer.code, [kept.finding.key for kept in standing], now, customer.cases.reopen)
    cases: dict[str, Followed] = {}
    for case in sorted(known, key=lambda each: (each.is_open, each.opened)):
        cases.update(dict.fromkeys(case.covers, case))
    for kept in standing:
        case = cases.get(kept.finding.key)
        there = filed.filed(case.token) if case and not case.draft else None
        made.told.append(Told(look=made, kept=kept, case=case, ticket=there.ticket if there else None))
    return made


def one(looks: Sequence[Look], key: str) -> Told:
    """Return the finding that *key*, or its beginning, means; the leading version may be left out.

    Raises:
        UnknownName: it means none, or several.
    """
    every = [each for one_ in looks for each in one_.told]
    exact = [each for each in every if key in _names(each)]
    found = exact or [each for each in every if any(name.startswith(key) for name in _names(each))]
    if len(found) != 1:
        near = [each.kept.finding.key for each in found or every]
        raise UnknownName("finding", key, tuple(near[:NEAR] if found else near))
    return found[0]


def _names(each: Told) -> tuple[str, str]:
    key = each.kept.finding.key
    return key, key.partition(":")[2]


def said(found: Told, author: str, reason: str, until: datetime | None, *, muted: bool) -> None:
    """Keep a person's word on a finding; one that ends now takes the one before back."""
    look_ = found.look
    mark = Mark(key=found.kept.finding.key, author=author, reason=reason, at=look_.now, until=until, muted=muted)
    findings.mark(look_.customer.code, mark)


def row(each: Told) -> str:
    """Return a finding in one line for people, its key below it."""
    finding, speaker = each.kept.finding, each.look.speaker
    level = _columns.coloured(_columns.padded(speaker.sentence(LEVELS[finding.level]), 8), COLOURS.get(finding.level, ""))
    summary = _columns.clean(speaker.sentence(finding.summary))
    notes = [speaker.sentence(note) for note in (*_word(each.kept.mark), *_place(each))]
    aside = f" {speaker.aside(('；' if speaker.code == 'zh-CN' else '; ').join(notes))}" if notes else ""
    return f"{level}  {each.look.customer.code}  {finding.device}  {summary}{aside}\n    {_columns.coloured(finding.key, _columns.DIM)}"


def _word(mark: Mark | None) -> list[Phrase]:
    if mark is None:
        return []
    return [say("muted by {author}", author=mark.author) if mark.muted else say("acknowledged by {author}", author=mark.author)]


def _place(each: Told) -> list[Phrase]:
    if each.kept.finding.cause:
        return [say("because of {cause}", cause=each.kept.finding.cause)]
    if each.case is None:
        return []
    if each.case.draft:
        return [say("draft of a case")] if each.case.is_open else []
    return [say("case {number}", number=each.ticket.id) if each.ticket else say("case on its way to the desk")]


def object_(each: Told) -> Object:
    """Return a finding that stands with the keys that ``docs/json.md`` names."""
    kept, mark, case = each.kept, each.kept.mark, each.case
    return told(
        {
            "customer": each.look.customer.code,
            "device": kept.finding.device,
            **finding_object(kept.finding),
            "first_seen": kept.first_seen.isoformat(),
            "last_seen": kept.last_seen.isoformat(),
            "cause": kept.finding.cause,
            "mark": _mark(mark) if mark else None,
            "case": _case(case, each.ticket) if case else None,
        }
    )


def _mark(mark: Mark) -> Object:
    until = mark.until.isoformat() if mark.until else None
    return told({"muted": mark.muted, "author": mark.author, "reason": mark.reason, "at": mark.at.isoformat(), "until": until})


def _case(case: Followed, ticket: Ticket | None) -> Object:
    said = {"token": case.token, "key": case.key, "priority": case.priority.name, "draft": case.draft or None, "told": str(case.told)}
    return told({**said, "backend": ticket.backend if ticket else "", "number": ticket.id if ticket else "", "flaps": case.flaps or None})
