"""``healthd rma``: from the request form to the returned part."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context, _rma, _sheets
from healthd.errors import ConfigError
from healthd.model.phrase import say

if TYPE_CHECKING:
    from healthd.cli._desk import Desk
    from healthd.model.rma import Known, Replacement

app = typer.Typer(help="Replacements of faulty parts: request, confirm, order, receive, install, return.", no_args_is_help=True)
Number = Annotated[str, typer.Argument(help="The form's number, as 2611-0042-R1, or Cisco's RMA number.")]
Author = Annotated[str, typer.Option("--author", help="Who does it; your login name when left out.")]
At = Annotated[str, typer.Option("--at", help="When it happened, as 2026-03-01T22:00; now when left out.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would be, and keep nothing.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en or zh-CN; the locale's when left out.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the record.")]


@app.callback()
def group() -> None:
    """Replacements of faulty parts: request, confirm, order, receive, install, return."""


@app.command()
def request(
    case: Annotated[str, typer.Argument(help="The case's number.")],
    with_: Annotated[
        list[str] | None, typer.Option("--set", help="What you know better, as name=value: pid, serial, slot, address, hours, tests …")
    ] = None,
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Make the spare-part request form of a case, filled in from the case, the inventory and the device's newest poll.

    Examples: healthd rma request 2611-0042 · healthd rma request 2611-0042 --set hours=09:00-17:00 --set "tests=reseat other-cord"
    """
    from healthd.desk import desk as cases
    from healthd.desk import parts, rma

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    known = known_of(desk, cases.found(case).customer, cases.found(case).opening.device)
    facts = _facts(with_ or [])
    found = (
        rma.begun(parts.drafted(case, desk.who, desk.now, known, facts))
        if dry_run
        else parts.request(case, desk.who, desk.now, known, facts)
    )
    _rma.said(found, desk, as_json, dry_run)


def known_of(desk: "Desk", customer: str, device: str) -> "Known":
    """Return what the form of a case of *customer* is filled in from."""
    from healthd.model.rma import Known

    there = next((each for each in desk.there.inventory.devices if each.name == device and each.customer == customer), None)
    return Known(tac=desk.tac, customer=desk.customer(customer), device=there)


def _facts(said: list[str]) -> dict[str, str]:
    if wrong := [each for each in said if "=" not in each]:
        raise ConfigError(f"--set: found {wrong[0]!r}; allowed: name=value, as hours=09:00-17:00")
    return _rma.known_fields(dict(each.partition("=")[::2] for each in said))


@app.command()
def amend(
    number: Number,
    with_: Annotated[list[str], typer.Option("--set", help="What is right, as name=value; can be said again.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the record.")],
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Put a form right that not both have confirmed yet; whoever had confirmed it confirms again.

    Example: healthd rma amend 2611-0042-R1 --set slot=2 --reason "read from the label"
    """
    from healthd.model.rma import Step

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    _rma.said(_rma.do(desk, number, Step.AMENDED, text=reason, facts=_facts(with_), dry=dry_run), desk, as_json, dry_run)


@app.command()
def confirm(
    number: Number,
    engineer: Annotated[bool, typer.Option("--engineer", help="As the TAC engineer.")] = False,
    customer: Annotated[str, typer.Option("--customer", help="As the customer: the name of who confirmed.")] = "",
    how: Annotated[str, typer.Option("--how", help="How the customer did: link, scan or mail.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="The signed form.")] = None,
    manager: Annotated[bool, typer.Option("--manager", help="As the manager, where no contract covers the part; with --reason.")] = False,
    reason: Reason = "",
    at: At = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Confirm the fault: as the engineer, or for the customer. When both have, the case is RMA-Pend.

    Examples: healthd rma confirm 2611-0042-R1 --engineer · healthd rma confirm 2611-0042-R1 --customer "Emma Clarke" --how scan --file signed.pdf
    """
    from healthd.cli import _case
    from healthd.model.rma import How, Step

    if engineer + bool(customer) + manager != 1:
        raise ConfigError("healthd rma confirm needs one of --engineer, --customer NAME and --manager")
    _rma.allowed_word("--how", how, How)
    if how == How.SCAN and file is None:
        raise ConfigError("--how scan needs --file: the signed form")
    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    step = Step.ENGINEER_CONFIRMED if engineer else Step.APPROVED if manager else Step.CUSTOMER_CONFIRMED
    told = {"at": at, "text": reason, "facts": {"name": customer, "how": how, "ours": desk.ours(customer)}}
    found = _rma.do(desk, number, step, dry=True, **told)
    if not dry_run:
        code = found.wanted.customer
        kept = _case.kept(code, [file], desk.now) if file else ()
        kept += () if manager else _sheets.kept(desk, found)
        found = _rma.do(desk, number, step, files=kept, **told)
    _rma.said(found, desk, as_json, dry_run)


@app.command("list")
def list_(
    customer: Annotated[str, typer.Option("--customer", "-c", help="Only this customer's.")] = "",
    branch: Annotated[str, typer.Option("--branch", help="Only this branch's.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Also what is closed or cancelled.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose faulty part should be back already.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List replacements, what has to go back first at the top.

    Examples: healthd rma list · healthd rma list --branch hangzhou --overdue --json
    """
    from healthd.desk import parts, returns

    desk = _rma.desk(_context.context(config, inventory, data), lang=lang)
    wanted = _rma.branch(desk, branch) if branch else ""
    found = [each for each in parts.listed(customer, opened=None if every else True) if wanted in ("", each.wanted.branch)]
    leads = {each.number: returns.leading(each, desk.tac, desk.now) if returns.running(each) else None for each in found}
    speaker = desk.language()
    shown = sorted(found, key=lambda each: (lead.day if (lead := leads[each.number]) else date.max, each.wanted.at))
    for each in shown:
        lead = leads[each.number]
        if not overdue or (lead and lead.late):
            print(
                json.dumps(_rma.record(each, desk.tac, desk.now), ensure_ascii=False)
                if as_json
                else _rma.line(each, desk.tac, desk.now, speaker)
            )
    if not found and not as_json:
        print(speaker.say(say("nothing was ever asked for") if every else say("nothing is asked for")), file=sys.stderr)
    if not as_json:
        _rma.risk(desk, found)


@app.command()
def show(
    number: Number,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Explain one replacement: where it stands, what comes next, until when the faulty part has to be back, and how it came here.

    Example: healthd rma show 2611-0042-R1
    """
    from healthd.desk import parts

    desk = _rma.desk(_context.context(config, inventory, data), lang=lang)
    found = parts.found(number)
    print(json.dumps(_rma.record(found, desk.tac, desk.now), ensure_ascii=False) if as_json else "\n".join(_rma.explained(found, desk)))


@app.command()
def order(
    number: Number,
    rma: Annotated[str, typer.Option("--rma", help="Cisco's RMA number.")] = "",
    route: Annotated[str, typer.Option("--route", help="direct or headquarters; as the branch's setting says when left out.")] = "",
    by: Annotated[str, typer.Option("--return-by", help="Until when Cisco wants the faulty part back, as 2026-12-04.")] = "",
    tracking: Annotated[str, typer.Option("--tracking", help="Cisco has shipped it: the tracking number.")] = "",
    courier: Annotated[str, typer.Option("--courier", help="Who carries it.")] = "",
    serial: Annotated[str, typer.Option("--serial", help="The serial number that Cisco says it ships.")] = "",
    at: At = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Record what Cisco said: its RMA number, its last day for the return, that it has shipped.

    Examples: healthd rma order 2611-0042-R1 --rma 800000004 · healthd rma order 800000004 --tracking 1Z999 --courier DHL
    """
    from healthd.desk import parts
    from healthd.model.rma import Step

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    _rma.checked(rma, route, by)
    steps = [(Step.ORDERED, {"number": rma, "route": route or _route(desk, parts.found(number))})] if rma else []
    steps += [(Step.DATED, {"by": by})] if by else []
    steps += [(Step.SHIPPED, {"tracking": tracking, "courier": courier, "serial": serial})] if tracking else []
    if not steps:
        raise ConfigError("healthd rma order needs --rma, --return-by or --tracking")
    if dry_run and len(steps) > 1:
        raise ConfigError("--dry-run looks at one step; say --rma, --return-by and --tracking one after the other")
    for step, facts in steps:
        found = _rma.do(desk, number, step, at=at, facts=facts, dry=dry_run)
    _rma.said(found, desk, as_json, dry_run)


def _route(desk: "Desk", found: "Replacement") -> str:
    from healthd.desk import spares, stocks

    branch = desk.tac.branch(found.wanted.branch)
    return (
        str(spares.supply(found.wanted.pid, branch, desk.tac.branches, stocks.every(), desk.tac.spares).route) if branch else "headquarters"
    )


@app.command()
def receive(
    number: Number,
    serial: Annotated[str, typer.Option("--serial", help="The serial number on the part.")],
    branch: Annotated[str, typer.Option("--branch", help="Where it arrived; where Cisco ships to when left out.")] = "",
    pid: Annotated[str, typer.Option("--pid", help="The PID on the part; the one that was asked for when left out.")] = "",
    at: At = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Record that Cisco's part has arrived; the clocks of the faulty part's return start.

    Example: healthd rma receive 800000004 --serial FDO2630A1BC
    """
    from healthd.desk import parts
    from healthd.model.rma import Route, Step

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    found = parts.found(number)
    main = next((each.name for each in desk.tac.branches if each.headquarters), "")
    there = _rma.branch(desk, branch, main if found.route is Route.HEADQUARTERS else found.wanted.branch)
    facts = {"serial": serial, "branch": there, "pid": pid or found.wanted.pid}
    _rma.said(_rma.do(desk, number, Step.RECEIVED, at=at, facts=facts, dry=dry_run), desk, as_json, dry_run)


@app.command()
def issue(
    number: Number,
    to: Annotated[str, typer.Option("--to", help="Who takes the part: the engineer's name.")],
    at: At = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Hand out the good part: the reserved own spare, or Cisco's.

    Example: healthd rma issue 2611-0042-R1 --to li.wei
    """
    from healthd.model.rma import Step

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    _rma.said(_rma.do(desk, number, Step.ISSUED, at=at, facts={"to": to}, dry=dry_run), desk, as_json, dry_run)


@app.command()
def install(
    number: Number,
    serial: Annotated[str, typer.Option("--serial", help="The serial number of the part that is in now.")] = "",
    old: Annotated[str, typer.Option("--old", help="The serial number of the part that came out.")] = "",
    dead: Annotated[str, typer.Option("--dead", help="The good part does not work: what it does.")] = "",
    at: At = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Record that the part was replaced. healthd verifies it when it reads the new serial number in the device.

    Examples: healthd rma install 2611-0042-R1 --serial FDO2630A1BC --old LIT2149ABCD · healthd rma install 2611-0042-R1 --dead "no output"
    """
    from healthd.model.rma import Step

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    step, facts = (Step.DEAD, {}) if dead else (Step.INSTALLED, {"serial": serial, "old": old})
    _rma.said(_rma.do(desk, number, step, at=at, text=dead, facts=facts, dry=dry_run), desk, as_json, dry_run)


@app.command()
def verify(
    customer: Annotated[str, typer.Option("--customer", "-c", help="Only this customer's.")] = "",
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Look now whether the devices hold the new serial numbers; the daemon does so after each poll.

    Example: healthd rma verify
    """
    from healthd.desk import parts

    desk = _rma.desk(_context.context(config, inventory, data), lang=lang)
    told = [
        found
        for who in ([customer] if customer else [each.code for each in desk.there.inventory.customers])
        for found in parts.verify(who, desk.now)
    ]
    for found in told:
        _rma.said(found, desk, as_json)
    if not told and not as_json:
        print(desk.language().say(say("the newest polls tell nothing new")), file=sys.stderr)


@app.command("return")
def return_(
    number: Number,
    serial: Annotated[str, typer.Option("--serial", help="The faulty part is with the spares specialist: its serial number.")] = "",
    branch: Annotated[str, typer.Option("--branch", help="Where; the branch of the form when left out.")] = "",
    waybill: Annotated[str, typer.Option("--waybill", help="It is on its way to Cisco: the waybill.")] = "",
    accepted: Annotated[bool, typer.Option("--accepted", help="Cisco's depot has it.")] = False,
    at: At = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Record the faulty part's way: back to the spares specialist, and to Cisco.

    Examples: healthd rma return 2611-0042-R1 --serial LIT2149ABCD · healthd rma return 800000004 --waybill SF1068508773
    """
    from healthd.desk import parts
    from healthd.model.rma import Step

    if bool(serial) + bool(waybill) + accepted != 1:
        raise ConfigError("healthd rma return needs one of --serial, --waybill and --accepted")
    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    step = Step.TAKEN_BACK if serial else Step.RETURNED if waybill else Step.ACCEPTED
    there = _rma.branch(desk, branch, parts.found(number).wanted.branch) if serial else ""
    found = _rma.do(desk, number, step, at=at, facts={"serial": serial, "branch": there, "waybill": waybill}, dry=dry_run)
    _rma.said(found, desk, as_json, dry_run)


@app.command()
def close(
    number: Number,
    reason: Reason = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Close what is done; what is not wholly done needs a reason.

    Example: healthd rma close 2611-0042-R1
    """
    from healthd.model.rma import Step

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    _rma.said(_rma.do(desk, number, Step.CLOSED, text=reason, dry=dry_run), desk, as_json, dry_run)


@app.command()
def cancel(
    number: Number,
    reason: Reason = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Give up a request before a part was handed out; what was reserved is free again.

    Example: healthd rma cancel 2611-0042-R1 --reason "the cord was loose"
    """
    from healthd.model.rma import Step

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    _rma.said(_rma.do(desk, number, Step.CANCELLED, text=reason, dry=dry_run), desk, as_json, dry_run)


@app.command()
def form(
    number: Number,
    lang: Annotated[str, typer.Option("--lang", help="Which language leads, en or zh-CN; the customer's first when left out.")] = "",
    to: Annotated[Path, typer.Option("--to", help="Folder for the PDF.")] = Path("reports"),
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Write the spare-part request form as a fillable PDF of one page; every label is in both languages.

    Example: healthd rma form 2611-0042-R1 --lang zh-CN
    """
    from healthd.desk import parts
    from healthd.reports import sheets

    desk = _rma.desk(_context.context(config, inventory, data))
    found = parts.found(number)
    code = _sheets.language(lang) or _sheets.leading(desk, found)
    print(sheets.write(_sheets.form_of(desk, found), code, to / found.wanted.customer / f"rma-{found.number}-{code}.pdf").path)


@app.command()
def ledger(
    month: Annotated[str, typer.Option("--month", help="As 2026-11; the month that has ended last when left out.")] = "",
    branch: Annotated[str, typer.Option("--branch", help="Only this branch's ledger; without, headquarters' and each branch's.")] = "",
    lang: Annotated[str, typer.Option("--lang", help="en or zh-CN; as your terminal speaks when left out.")] = "",
    to: Annotated[Path, typer.Option("--to", help="Folder of ledgers.")] = Path("reports"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON, one object a ledger; nothing is drawn.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Write the month-end ledger of spare parts and RMAs as PDF and XLSX: one for headquarters, one for each branch.

    Examples: healthd rma ledger --month 2026-11 --lang zh-CN · healthd rma ledger --branch hangzhou --json
    """
    from healthd.desk import ledger as ledger_
    from healthd.desk import parts, stocks
    from healthd.reports import sheets
    from healthd.reports.workbook import workbook

    desk = _rma.desk(_context.context(config, inventory, data))
    span = _sheets.month(month, desk)
    code = _sheets.language(lang) or _context.language(None)
    names = [each.name for each in desk.tac.branches]
    wanted = [_rma.branch(desk, branch)] if branch else ["", *names]
    known = dict.fromkeys([*names, *stocks.every()])
    books = ledger_.Books(found=parts.listed(), moves={name: stocks.moves(name) for name in known}, tac=desk.tac)
    made = [ledger_.ledger(books, span, desk.now, name) for name in wanted]
    if as_json:
        print("\n".join(json.dumps(_sheets.figures(each, desk), ensure_ascii=False) for each in made))
        return
    first = span.start.astimezone(desk.tac.zone)
    paths = [to / "rma" / f"rma-ledger-{first:%Y-%m}-{each.branch or 'all'}-{code}.pdf" for each in made]
    sheets.write_all([sheets.Sheet(value=each, code=code, path=path) for each, path in zip(made, paths, strict=True)])
    for each, path in zip(made, paths, strict=True):
        path.with_suffix(".xlsx").write_bytes(workbook(each, code))
        print(path, path.with_suffix(".xlsx"), sep="\n")
