"""``healthd cisco``: a case's way to Cisco's TAC: the draft, the request, its number, what Cisco says, the evidence."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _cisco, _context
from healthd.cli._desk import Desk
from healthd.errors import ConfigError, NotAllowed
from healthd.model.counted import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthd.caseclient.cisco.draft import Matter
    from healthd.caseclient.cisco.settings import Settings
    from healthd.model.case import Case
    from healthd.model.cisco import Push, Severity
    from healthd.model.record import Head

app = typer.Typer(help="Cases at Cisco's TAC: drafts, requests, Cisco's number, evidence.", no_args_is_help=True)
NumberArgument = Annotated[str, typer.Argument(metavar="CASE", help="Our case's number, as 2611-0042.")]
SeverityOption = Annotated[str, typer.Option("--severity", help="S1 to S4; without it, the number of our priority.")]
AuthorOption = Annotated[str, typer.Option("--author", help="Who says so; without it, who is logged in.")]
LanguageOption = Annotated[str | None, typer.Option("--lang", help="en or zh-CN; the locale's when left out.")]


@app.callback()
def group() -> None:
    """Cases at Cisco's TAC: drafts, requests, Cisco's number, evidence."""


@app.command()
def draft(
    number: NumberArgument,
    severity: SeverityOption = "",
    archive: Annotated[Path | None, typer.Option("--archive", help="Write the evidence, without its secrets, into this folder.")] = None,
    language: LanguageOption = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Print the request for Cisco, ready to be pasted into Support Case Manager, and the sheet for the telephone. It changes nothing.

    Example: healthd cisco draft 2611-0042 --archive /tmp
    """
    desk_ = Desk(there=_context.context(config, inventory, data), spoken=language)
    case, said = _case(number), _cisco.settings(desk_.there)
    _print_draft(desk_, case, said, _severity(severity, case))
    if archive:
        _print_archive(desk_, case, said, archive)


@app.command()
def escalate(
    number: NumberArgument,
    reason: Annotated[str, typer.Option("--reason", help="What Cisco's engineer should know first.")] = "",
    severity: SeverityOption = "",
    shadow: Annotated[bool, typer.Option("--shadow", help="Let Cisco know of a case that we work on ourselves (Smart Bonding).")] = False,
    again: Annotated[bool, typer.Option("--again", help="Although Cisco has an open request for this serial number.")] = False,
    who: AuthorOption = "",
    language: LanguageOption = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Open the case with Cisco: pushed where Smart Bonding is set up, else printed for you to open. S1 and S2 are called in besides.

    Until Cisco's number is here, the case asks for it.

    Example: healthd cisco escalate 2611-0042 --reason "second failure this month"
    """
    from healthd.escalation import exchange
    from healthd.model.cisco import Push

    desk_ = Desk(there=_context.context(config, inventory, data), author=who, spoken=language)
    case, said = _case(number), _cisco.settings(desk_.there)
    wanted = _severity(severity, case)
    if shadow and not said.pushes:
        raise ConfigError('--shadow needs Smart Bonding: [cisco] way = "push"')
    if not again:
        _refuse_double(said, case)
    push = Push(
        at=desk_.now, who=desk_.who, mark=exchange.mark(number), state="New", priority="Shadow" if shadow else "Escalated",
        severity=wanted.value, text=reason,
    )  # fmt: skip
    exchange.escalate(number, push, said.pushes, desk_.now)
    if said.pushes:
        print(f"case {number}: the request will be sent by the running daemon within {said.pull_s:.0f} s; see: healthd cisco list")
    if not said.pushes or wanted.by_phone:
        _print_draft(desk_, case, said, wanted)


@app.command()
def number(
    case: NumberArgument,
    request: Annotated[str, typer.Argument(metavar="NUMBER", help="Cisco's number of the request.")],
    reason: Annotated[str, typer.Option(help="Why, when it replaces another number.")] = "",
    who: AuthorOption = "",
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Enter Cisco's number; the customer is told it.

    Example: healthd cisco number 2611-0042 698765432
    """
    from healthd.escalation import exchange

    desk_ = Desk(there=_context.context(config, inventory, data), author=who)
    found = exchange.number(case, request, desk_.who, desk_.now, reason)
    print(f"case {found.number}: Cisco's number is {found.cisco}; the customer is told it")


@app.command()
def note(
    number: NumberArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What Cisco's engineer is to read.")],
    who: AuthorOption = "",
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Send a note to Cisco's engineer (Smart Bonding).

    Example: healthd cisco note 2611-0042 "show tech is attached"
    """
    from healthd.model.cisco import Push

    desk_ = _pushing(_context.context(config, inventory, data), who)
    _say(desk_, number, Push(at=desk_.now, who=desk_.who, mark="", state="Update", text=text))


@app.command()
def close(
    number: NumberArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What solved it.")],
    resolution: Annotated[str, typer.Option(help="Cisco's resolution code.")] = "Hardware Replacement (RMA/SVO)",
    cause: Annotated[str, typer.Option(help="Cisco's underlying cause.")] = "Hardware Failure",
    complexity: Annotated[str, typer.Option(help="Cisco's complexity.")] = "1 Level -Basic",
    who: AuthorOption = "",
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Close the request at Cisco, with Cisco's own words for why (Smart Bonding).

    Example: healthd cisco close 2611-0042 "power supply replaced"
    """
    from healthd.caseclient.cisco.messages import CAUSES, COMPLEXITY, RESOLUTIONS
    from healthd.model.cisco import Push

    closing = (
        ("resolution", _one_of("--resolution", resolution, RESOLUTIONS)),
        ("cause", _one_of("--cause", cause, CAUSES)),
        ("complexity", _one_of("--complexity", complexity, COMPLEXITY)),
        ("summary", text),
    )
    desk_ = _pushing(_context.context(config, inventory, data), who)
    _say(desk_, number, Push(at=desk_.now, who=desk_.who, mark="", state="Closed", text=text, closing=closing))


@app.command()
def upload(
    number: NumberArgument,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Upload the case's evidence, without its secrets, to Cisco's request (CX Drive).

    Example: healthd cisco upload 2611-0042
    """
    from healthd.escalation import evidence

    desk_ = Desk(there=_context.context(config, inventory, data))
    case, said = _case(number), _cisco.settings(desk_.there)
    made = evidence.sent(case, said, _cisco.keys(desk_.there), _cisco.scrub(desk_.there), desk_.now)
    print(f"{made.file.name} ({len(made.file.data):,} octets) is at Cisco's request {case.cisco}")
    _print_left(made.left_out)


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List the requests that are not over: how far each has come, and Cisco's number.

    Example: healthd cisco list
    """
    from healthd.escalation import exchange

    Desk(there=_context.context(config, inventory, data))
    found = exchange.bonds()
    for bond in found:
        said = {
            "case": bond.number, "stage": bond.stage.value, "cisco": bond.sr, "priority": bond.priority, "severity": bond.severity or None,
            "status": bond.mirrored or bond.status, "rma": bond.rma, "waiting": len(bond.waiting), "why": bond.why,
        }  # fmt: skip
        said = {name: value for name, value in said.items() if value not in ("", None)}
        row = f"{bond.number}  {bond.stage.value:<9} {bond.sr or '-':<10} {said.get('status', '')}{f'  {bond.why}' if bond.why else ''}"
        print(json.dumps(said, ensure_ascii=False) if as_json else row)
    if not found and not as_json:
        print("no request is open at Cisco", file=sys.stderr)


@app.command()
def inbox(
    pull: Annotated[
        bool, typer.Option("--pull", help="First do by hand what the daemon does: pull, understand, push what is due.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Also those that were understood.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List what Cisco's queue gave out and nobody understood; upload credentials are blanked.

    Examples: healthd cisco inbox · healthd cisco inbox --all --json
    """
    from healthd.escalation import inbox as inbox_
    from healthd.store import journal

    desk_ = Desk(there=_context.context(config, inventory, data))
    if pull:
        _cisco.exchanging(desk_.there, _cisco.settings(desk_.there)).turn()
    states = () if every else (inbox_.NEW, inbox_.FOREIGN, inbox_.ODD)
    found = journal.heads(inbox_.KIND, states=states)
    for head in found:
        print(json.dumps(_pulled(head), ensure_ascii=False) if as_json else f"{head.number}  {head.state:<7} {_line(head.value.raw)}")
    if not found and not as_json:
        print("nothing from Cisco waits to be looked at", file=sys.stderr)


@app.command()
def codes(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="Words that stand in a code's names.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Search Cisco's list of technologies, sub-technologies and problem codes for [cisco.technologies].

    Example: healthd cisco codes catalyst hardware
    """
    from healthd.caseclient.cisco.codes import matching

    there = _context.context(config, inventory, data)
    known = _cisco.codes(there, _cisco.settings(there))()
    if not known:
        raise ConfigError('Cisco\'s list of codes is not here: it comes through Smart Bonding, [cisco] way = "push"')
    found = matching(known, " ".join(words))
    for code in found if as_json else found[:200]:
        if as_json:
            print(json.dumps(asdict(code), ensure_ascii=False))
            continue
        print(f"{code.id}  {code.technology} / {code.subtechnology} / {code.problem}")
    if not found or len(found) > 200:
        print(f"{counted(len(found), 'code')} of {len(known):,}", file=sys.stderr)


def _case(number: str) -> "Case":
    from healthd.desk import desk

    return desk.found(number)


def _severity(said: str, case: "Case") -> "Severity":
    from healthd.caseclient.cisco.severity import severity
    from healthd.model.cisco import Severity

    return Severity[_one_of("--severity", said.upper(), Severity.__members__)] if said else severity(case)


def _one_of(option: str, said: str, allowed: "Collection[str]") -> str:
    if said not in allowed:
        raise ConfigError(f"{option}: found {said!r}; allowed: {', '.join(allowed)}")
    return said


def _refuse_double(said: "Settings", case: "Case") -> None:
    from healthd.escalation.mirroring import open_for

    asked = _cisco.api(said)
    if asked and (known := open_for(asked, case)):
        told = "; ".join(f"{sr} {title}" for sr, title in known.items())
        raise NotAllowed(
            f"Cisco has an open request for {case.opening.serial} already: {told}. A device may have opened it by itself (Smart Call Home). "
            f"Enter its number (healthd cisco number {case.number} NUMBER), or say --again"
        )


def _pushing(there: _context.Context, who: str) -> Desk:
    if not _cisco.settings(there).pushes:
        raise ConfigError('this goes through Smart Bonding, which is not set up: [cisco] way = "push"')
    return Desk(there=there, author=who)


def _say(desk_: Desk, number: str, push: "Push") -> None:
    from dataclasses import replace

    from healthd.escalation import exchange

    exchange.say(number, replace(push, mark=exchange.mark(number)), desk_.now)
    print(f"case {number}: it will be sent to Cisco by the running daemon")


def _print_draft(desk_: Desk, case: "Case", said: "Settings", severity: "Severity") -> None:
    from healthd.caseclient.cisco import draft as draft_

    matter = _matter(desk_, case, said, severity)
    print(draft_.draft(case, matter, said))
    print(f"\n{draft_.LINK}\n", file=sys.stderr)
    if severity.by_phone:
        spoken = desk_.language()
        for name, value in draft_.sheet(case, matter, said, desk_.now):
            print(spoken.pair(spoken.sentence(name), spoken.say(value)))


def _matter(desk_: Desk, case: "Case", said: "Settings", severity: "Severity") -> "Matter":
    from healthd.caseclient.cisco.codes import chosen
    from healthd.caseclient.cisco.draft import Matter
    from healthd.escalation import evidence

    listed = _cisco.directory(desk_.there)
    try:
        code = chosen(_cisco.codes(desk_.there, said)(), said.technologies, case.opening.component)
    except ConfigError:
        code = None  # a person chooses it in Support Case Manager
    return Matter(
        customer=listed.customer(case),
        severity=severity,
        code=code,
        site=listed.site(case),
        contact=listed.contact(case),
        files=evidence.names(case),
    )


def _print_archive(desk_: Desk, case: "Case", said: "Settings", folder: Path) -> None:
    from healthd.caseclient.cisco.archive import command
    from healthd.escalation import evidence

    made = evidence.packed(case, _cisco.scrub(desk_.there), desk_.now)
    if made is None:
        print(f"case {case.number} has no files", file=sys.stderr)
        return
    path = folder / made.file.name
    path.write_bytes(made.file.data)
    print(f"{path}: {len(made.file.data):,} octets; upload it: {command(case.cisco or 'NUMBER', str(path), said.cxd_url)}", file=sys.stderr)
    _print_left(made.left_out)


def _print_left(left: tuple[tuple[str, str], ...]) -> None:
    for name, why in left:
        print(f"left out: {_line(name)}: {why}", file=sys.stderr)


def _pulled(head: "Head") -> dict[str, object]:
    return {"number": head.number, "state": head.state, "at": head.value.at.isoformat(), "customer": head.customer, "raw": head.value.raw}


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text[:2000]).split())[:160]
