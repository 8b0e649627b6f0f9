"""What the commands of spare parts share: doing one step, and how a replacement is printed."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from healthd.cli import _context
from healthd.cli._desk import Desk
from healthd.errors import UnknownName

if TYPE_CHECKING:
    from healthd.desk.returns import Due
    from healthd.model.rma import Replacement, Step
    from healthd.model.tac import Tac


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
    print(f"{'would be ' if dry else ''}{line(found, desk.tac, desk.now)}")
    for words in found.mismatches:
        print(f"  ▲ {words}")


def line(found: "Replacement", tac: "Tac", now: datetime) -> str:
    """Return *found* on one line."""
    from healthd.desk import returns

    wanted = found.wanted
    lead = returns.leading(found, tac, now) if returns.running(found) else None
    due = "" if lead is None else f"  {'OVERDUE since' if lead.late else 'return by'} {lead.day} ({lead.rule})"
    cisco = f"  RMA {found.rma}" if found.rma else ""
    return f"{found.number}  {found.stage:<18} {wanted.customer}  {wanted.device}  {wanted.pid} {wanted.serial}{cisco}{due}"


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
    from healthd.desk import returns
    from healthd.desk.rma_rules import allowed, unfinished

    zone, wanted = desk.tac.zone, found.wanted

    def when(at: datetime) -> str:
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"

    lines = [line(found, desk.tac, desk.now), f"  case {wanted.case}, branch {wanted.branch or 'none'}, since {when(found.since)}"]
    lines += [f"  conclusion: {wanted.conclusion}"] if wanted.conclusion else []
    lines += [f"  ▲ {words}" for words in (*found.mismatches, *([found.disputed] if found.disputed else []))]
    for due in returns.clocks(found, desk.tac, desk.now):
        late = f", {due.late} d late" if due.late else ""
        lines.append(f"  return by {due.day} by the rule of {RULES[due.rule]}, counted from {BASES[due.basis]}{late}")
    if found.is_open:
        lines.append(f"  next: {', '.join(sorted(allowed(found)))}")
        lines += [f"  {words}" for words in supplied(found, desk)]
        lines += [f"  before it can be closed: {words}" for words in unfinished(found)] if found.pended else []
    for told in found.steps:
        facts = " ".join(f"{name}={value}" for name, value in told.facts)
        late = f" (entered {when(told.entered)})" if told.entered and told.entered - told.at > timedelta(minutes=1) else ""
        lines.append(f"  {when(told.at)}{late}  {told.step:<18} {told.who}  {facts} {told.text}".rstrip())
    return lines


def supplied(found: "Replacement", desk: Desk) -> list[str]:
    """Return where the good part comes from, while nobody has decided: the own stock first, Cisco to refill it or for the part itself."""
    from healthd.desk import spares, stocks

    here = desk.tac.branch(found.wanted.branch)
    if here is None or found.reserved or found.issued or found.rma:
        return []
    supply = spares.supply(found.wanted.pid, here, desk.tac.branches, stocks.every(), desk.tac.spares)
    if supply.own:
        return [
            f"own spare: {supply.own.pid} {supply.own.serial} in {here.name} {supply.own.place}".rstrip(),
            f"Cisco's RMA refills the stock, shipped to {supply.ship_to}",
        ]
    near = [f"spare elsewhere: {unit.pid} {unit.serial} in {name}" for name, unit in supply.elsewhere]
    return [f"no own spare in {here.name}: Cisco ships to {supply.ship_to}", *near]


RULES = {"process": "the service process", "cisco": "Cisco", "charge": "Cisco's invoice"}
BASES = {"receipt": "the good part's arrival", "order": "the order", "told": "what Cisco said"}


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


def desk(there: _context.Context, author: str = "") -> Desk:
    """Return the desk of a command."""
    return Desk(there=there, author=author)
