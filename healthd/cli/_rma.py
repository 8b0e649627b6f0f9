"""What the commands of spare parts share: doing one step, and how a replacement is printed."""

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from healthd.cli import _context
from healthd.cli._desk import Desk
from healthd.errors import ConfigError, UnknownName
from healthd.model.phrase import Phrase, say

if TYPE_CHECKING:
    from healthd.desk.returns import Due
    from healthd.model.rma import Replacement, Step
    from healthd.model.tac import Tac
    from healthd.reports.language import Language

WOULD = say("would be")
"""Before what a trial would make."""


def do(
    desk: Desk,
    number: str,
    step: "Step",
    *,
    at: str = "",
    text: str = "",
    facts: Mapping[str, str] | None = None,
    files: tuple[str, ...] = (),
    dry: bool = False,
) -> "Replacement":
    """Do *step* of *number*, or with *dry* only say what it would make; facts without a value are not told."""
    from healthd.desk import parts, rma
    from healthd.model.rma import Stepped

    when = desk.moment(at, "--at") if at else desk.now
    said = tuple((name, value) for name, value in (facts or {}).items() if value)
    told = Stepped(at=when, who=desk.who, step=step, text=text, facts=said, entered=desk.now, files=files)
    found = parts.found(number)
    if dry:
        return rma.apply(found, told)
    return parts.step(found.number, told, desk.now, roles=tuple(filter(None, desk.roles.split(","))))


def said(found: "Replacement", desk: Desk, as_json: bool, dry: bool = False) -> None:
    """Print where *found* stands now."""
    if as_json:
        print(json.dumps(record(found, desk.tac, desk.now), ensure_ascii=False))
        return
    speaker = desk.language()
    shown = line(found, desk.tac, desk.now, speaker)
    print(f"{speaker.sentence(WOULD)} {shown}" if dry else shown)
    for words in found.mismatches:
        print(f"  ▲ {speaker.sentence(words)}")


def line(found: "Replacement", tac: "Tac", now: datetime, speaker: "Language") -> str:
    """Return *found* on one line."""
    from healthd.cli._columns import padded
    from healthd.cli._rma_words import RULES, STAGES
    from healthd.desk import returns

    wanted = found.wanted
    lead = returns.leading(found, tac, now) if returns.running(found) else None
    cells = [found.number, padded(speaker.say(STAGES[found.stage]), 18), wanted.customer, wanted.device, f"{wanted.pid} {wanted.serial}"]
    cells += [f"RMA {found.rma}"] if found.rma else []
    if lead:
        due = say("OVERDUE since {day}", day=str(lead.day)) if lead.late else say("return by {day}", day=str(lead.day))
        cells.append(f"{speaker.sentence(due)}{speaker.aside(speaker.say(RULES[lead.rule]))}")
    return "  ".join(cells)


def record(found: "Replacement", tac: "Tac", now: datetime) -> dict[str, object]:
    """Return *found* for programs; what is not known yet is left out."""
    from healthd.desk import returns
    from healthd.desk.rma_rules import allowed

    wanted = found.wanted
    made = {
        "number": found.number,
        "case": wanted.case,
        "customer": wanted.customer,
        "branch": wanted.branch,
        "state": str(found.stage),
        "since": found.since.isoformat(),
        "version": found.version,
        "device": wanted.device,
        "pid": wanted.pid,
        "serial": wanted.serial,
        "slot": wanted.slot,
        "covered": wanted.covered,
        "source": str(found.source),
        "rma": found.rma,
        "route": str(found.route or ""),
        "new_serial": found.serial_in or found.out[1],
        "tracking": found.tracking,
        "waybill": found.waybill,
        "reason": found.reason,
        "disputed": found.disputed,
        **{name: at.isoformat() for name, at in _moments(found) if at},
        "return": [_due(due) for due in returns.clocks(found, tac, now)],
        "mismatches": [str(words) for words in found.mismatches],
        "next": sorted(allowed(found)) if found.is_open else [],
    }
    return {name: value for name, value in made.items() if value not in ("", [], None)}


def _moments(found: "Replacement") -> tuple[tuple[str, datetime | None], ...]:
    return (
        ("requested", found.wanted.at), ("pending", found.pended), ("ordered", found.ordered), ("shipped", found.shipped),
        ("received", found.received), ("issued", found.issued), ("installed", found.installed), ("verified", found.verified),
        ("taken_back", found.taken_back), ("returned", found.returned), ("accepted", found.accepted), ("ended", found.ended),
    )  # fmt: skip


def _due(due: "Due") -> dict[str, object]:
    return {"rule": str(due.rule), "by": due.day.isoformat(), "from": str(due.basis), "days_late": due.late}


def explained(found: "Replacement", desk: Desk) -> list[str]:
    """Return what is to be known of *found*, line by line: where it stands, what comes next and until when, and how it came here."""
    from healthd.cli import _rma_words as words_
    from healthd.desk import returns
    from healthd.desk.rma_rules import allowed, unfinished

    speaker, wanted = desk.language(), found.wanted
    place = say("case {case}, branch {branch}, since {at}", case=wanted.case, branch=wanted.branch or "–", at=found.since)
    lines = [line(found, desk.tac, desk.now, speaker), f"  {speaker.sentence(place)}{speaker.aside(speaker.offset(desk.now))}"]
    conclusion, following = speaker.say(say("Conclusion")), speaker.say(say("next"))
    lines += [f"  {speaker.pair(conclusion, wanted.conclusion)}"] if wanted.conclusion else []
    lines += [f"  ▲ {speaker.say(words)}" for words in (*found.mismatches, *([found.disputed] if found.disputed else []))]
    for due in returns.clocks(found, desk.tac, desk.now):
        rule, basis = words_.RULES[due.rule], words_.BASES[due.basis]
        told = speaker.sentence(
            say("return by {day} by the rule of {rule}, counted from {basis}", day=str(due.day), rule=rule, basis=basis)
        )
        late = speaker.sentence(say("{days} d late", days=due.late)) if due.late else ""
        lines.append(f"  {told}{speaker.aside(late)}")
    if found.is_open:
        lines += [f"  {speaker.pair(following, each)}" for each in words_.commands(found, allowed(found), speaker)]
        lines += [f"  {speaker.sentence(words)}" for words in supplied(found, desk)]
        before = speaker.say(say("before it can be closed"))
        lines += [f"  {speaker.pair(before, speaker.say(words))}" for words in unfinished(found)] if found.pended else []
    return [*lines, *_steps(found, speaker)]


def _steps(found: "Replacement", speaker: "Language") -> list[str]:
    from healthd.cli import _rma_words as words_
    from healthd.cli._columns import padded, width

    names = [speaker.say(words_.STEPS[told.step]) for told in found.steps]
    columns = max(map(width, names), default=0)
    lines = []
    for told, name in zip(found.steps, names, strict=True):
        late = told.entered is not None and told.entered - told.at > timedelta(minutes=1)
        entered = speaker.aside(speaker.sentence(say("entered {at}", at=told.entered))) if told.entered and late else ""
        cells = (padded(name, columns), told.who, words_.facts(told.facts, speaker), told.text)
        lines.append("  ".join(filter(None, (f"  {speaker.moment(told.at)}{entered}", *cells))).rstrip())
    return lines


def supplied(found: "Replacement", desk: Desk) -> list[Phrase]:
    """Return where the good part comes from, while nobody has decided: the own stock first, Cisco to refill it or for the part itself."""
    from healthd.desk import spares, stocks

    here = desk.tac.branch(found.wanted.branch)
    if here is None or found.reserved or found.issued or found.rma:
        return []
    supply = spares.supply(found.wanted.pid, here, desk.tac.branches, stocks.every(), desk.tac.spares)
    if supply.own:
        own = f"{supply.own.pid} {supply.own.serial}"
        return [
            say("own spare: {part} in {branch} {place}", part=own, branch=here.name, place=supply.own.place),
            say("Cisco's RMA refills the stock, shipped to {branch}", branch=supply.ship_to),
        ]
    near = [say("spare elsewhere: {part} in {branch}", part=f"{unit.pid} {unit.serial}", branch=name) for name, unit in supply.elsewhere]
    return [say("no own spare in {here}: Cisco ships to {branch}", here=here.name, branch=supply.ship_to), *near]


def known_fields(facts: dict[str, str]) -> dict[str, str]:
    """Return *facts* when the form has all of them, else raise ConfigError."""
    from healthd.desk.rma import AMENDABLE

    for name in facts:
        if name not in AMENDABLE:
            raise ConfigError(f"--set: form: found {name!r}; allowed: {', '.join(sorted(AMENDABLE))}")
    return facts


def allowed_word(option: str, said: str, kind: type[StrEnum]) -> None:
    """Raise ConfigError when *said* is a word that *kind* has not; nothing said is right."""
    if said and said not in set(kind):
        raise ConfigError(f"{option}: found {said!r}; allowed: {', '.join(kind)}")


def checked(number: str, route: str, by: str) -> None:
    """Raise ConfigError, with the option's name, where what Cisco said cannot be that."""
    from healthd.desk.rma_rules import NUMBER
    from healthd.model.rma import Route

    allowed_word("--route", route, Route)
    if number and not NUMBER.fullmatch(number):
        raise ConfigError(f"--rma: found {number!r}; allowed: 4 to 30 letters, digits and hyphens; Cisco's have nine digits")
    try:
        date.fromisoformat(by or "2026-12-04")
    except ValueError:
        raise ConfigError(f"--return-by: found {by!r}; allowed: a day as 2026-12-04") from None


def risk(desk: Desk, found: "list[Replacement]") -> None:
    """Say what Cisco may charge for the parts that are owed to it."""
    from healthd.desk import returns

    owed = returns.at_risk(found, desk.tac.spares)
    if not owed.parts:
        return
    speaker = desk.language()
    price = f"{desk.tac.currency} {owed.price:,}".strip()
    told = [say("owed to Cisco: 1 part") if owed.parts == 1 else say("owed to Cisco: {number} parts", number=owed.parts)]
    told += [say("list price {price}", price=price) if owed.unpriced < owed.parts else say("a price that is not known")]
    told += [say("{number} without a known price", number=owed.unpriced)] if 0 < owed.unpriced < owed.parts else []
    print(("，" if speaker.code == "zh-CN" else ", ").join(map(speaker.sentence, told)), file=sys.stderr)


def branch(desk: Desk, said: str, otherwise: str = "") -> str:
    """Return the name of the branch that *said* means, else *otherwise*.

    Raises:
        UnknownName: there is no such branch.
    """
    wanted = said or otherwise
    found = desk.tac.branch(wanted)
    if found is None:
        raise UnknownName("branch", wanted, tuple(each.name for each in desk.tac.branches))
    return found.name


def desk(there: _context.Context, author: str = "", lang: str | None = None) -> Desk:
    """Return the desk of a command."""
    return Desk(there=there, author=author, spoken=lang)
