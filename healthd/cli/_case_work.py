"""The engineer's commands on a case: take it, write down what is done, wait, ask for help, confirm a hardware fault."""

import sys
from typing import Annotated

import typer

from healthd.cli import _case
from healthd.cli._case import At, Author, Config, Data, Dry, Files, How, Inventory, Json, Lang, Number, Version, Visible
from healthd.errors import ConfigError, NotAllowed
from healthd.model.case import Did, State

app = typer.Typer()
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the case.")]
Text = Annotated[str, typer.Argument(help="What to write down; - reads it from standard input.")]


@app.command()
def ack(
    number: Number, author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Take a case. One that has no engineer yet becomes yours.

    Example: healthd case ack 2611-0042
    """
    from healthd.desk import desk as core

    desk = _case.opened(config, inventory, data, author, lang)
    case = core.found(number)
    if case.state in (State.NEW, State.ENTITLEMENT):
        case = _case.act(desk, number, Did.ASSIGNED, How(version=version, dry=dry_run), engineer=desk.colleague(desk.who))
        version = None if version is None else case.version
    _case.shown(desk, _case.act(desk, number, Did.ACKNOWLEDGED, How(at=at, version=version, dry=dry_run)), as_json)


@app.command()
def note(
    number: Number, text: Text, visible: Visible = False, files: Files = None,
    via: Annotated[str, typer.Option("--via", help="How it came, when it is the customer's word: phone, mail, fax, web, branch.")] = "desk",
    said_by: Annotated[str, typer.Option("--from", help="Whose word it is, when it is not yours.")] = "",
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Write something into the case's record.

    Examples: healthd case note 2611-0042 "changed the cord, no change" · healthd case note 2611-0042 "we replace it at nine" --visible
    """
    desk = _case.opened(config, inventory, data, author, lang)
    how = How(at=at, version=version, dry=dry_run, visible=visible, files=files or (), channel=_case.via(via), who=said_by)
    _case.shown(desk, _case.act(desk, number, Did.NOTED, how, _read(text)), as_json)


def _read(text: str) -> str:
    said = sys.stdin.read() if text == "-" else text
    if not said.strip():
        raise ConfigError("there is nothing to write down")
    return said


WAYS = {
    "in-progress": "work begins, or goes on", "waiting-customer": "healthd case wait", "rma-pend": "healthd case rma", "on-site": "healthd case onsite",
    "escalated": "healthd case escalate", "cisco-tac": "healthd case escalate --cisco", "resolved": "healthd case resolve", "closed": "healthd case close",
    "assigned": "healthd case assign", "acknowledged": "healthd case ack", "sales": "healthd case sales", "surveyed": "healthd case survey",
    "entitlement": "healthd case override",
}  # fmt: skip


@app.command()
def status(
    number: Number, state: Annotated[str, typer.Argument(help="in-progress; for other states the command is named that says what they need.")],
    text: Annotated[str, typer.Option("--text", help="What is done now.")] = "", visible: Visible = False,
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Begin work, or go on after waiting, a visit, an escalation. Every other state needs more than its name, and has its own command.

    Example: healthd case status 2611-0042 in-progress
    """
    from healthd.desk import desk as core
    from healthd.desk import lifecycle

    if state not in WAYS:
        raise ConfigError(f"found state {state!r}; allowed: {', '.join(WAYS)}")
    if state != "in-progress":
        raise ConfigError(f"{state} needs more than its name: use {WAYS[state]}")
    desk = _case.opened(config, inventory, data, author, lang)
    did = Did.STARTED if Did.STARTED in lifecycle.allowed(core.found(number)) else Did.CONTINUED
    _case.shown(desk, _case.act(desk, number, did, How(at=at, version=version, dry=dry_run, visible=visible), text), as_json)


@app.command()
def assign(
    number: Number, to: Annotated[str, typer.Option("--to", help="The engineer; the first on duty when left out.")] = "", reason: Reason = "",
    ask: Annotated[bool, typer.Option("--ask", help="Ask the manager for another engineer instead.")] = False,
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Give a case to an engineer. Once somebody works on it, a change of engineer is the manager's.

    Examples: healthd case assign 2611-0042 · healthd case assign 2611-0042 --to li.wei · healthd case assign 2611-0042 --ask --reason "needs voice skills"
    """
    from healthd.model.tac import Role

    desk = _case.opened(config, inventory, data, author, lang)
    how = How(at=at, version=version, dry=dry_run)
    if ask:
        _case.shown(desk, _case.act(desk, number, Did.ENGINEER_ASKED, how, reason=reason), as_json)
        return
    people = desk.tac.on_duty(Role.ENGINEER, desk.now)
    if not to and not people:
        raise NotAllowed("the roster has no engineer on duty now; name one with --to")
    _case.shown(desk, _case.act(desk, number, Did.ASSIGNED, how, engineer=desk.colleague(to or people[0].name), reason=reason), as_json)


@app.command()
def escalate(
    number: Number, reason: Reason = "",
    cisco: Annotated[bool, typer.Option("--cisco", help="A case was opened with Cisco TAC.")] = False,
    case_number: Annotated[str, typer.Option("--number", help="Cisco's case number; the case asks for it until it is there.")] = "",
    experts: Annotated[str, typer.Option("--experts", help="Form a group of experts: their names.")] = "",
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Hand a case up: to the senior technical manager, to a group of experts, or to Cisco TAC. The customer is told Cisco's number.

    Examples: healthd case escalate 2611-0042 --reason "reloads without a trace" · healthd case escalate 2611-0042 --cisco --number 699123456
    """
    from healthd.escalation import exchange

    desk = _case.opened(config, inventory, data, author, lang)
    how = How(at=at, version=version, dry=dry_run, visible=not experts)
    if case_number:
        exchange.checked(case_number)
    if cisco or case_number:
        case = _case.act(desk, number, Did.CISCO_OPENED, how, reason, cisco=case_number)
    elif experts:
        case = _case.act(desk, number, Did.EXPERTS_FORMED, how, reason or experts, experts=experts)
    else:
        case = _case.act(desk, number, Did.ESCALATED, how, reason=reason)
    _case.shown(desk, case, as_json)


@app.command()
def contact(
    number: Number, text: Annotated[str, typer.Argument(help="What was said.")] = "",
    who: Annotated[str, typer.Option("--with", help="With whom; phone and e-mail of known contacts come from the inventory.")] = "",
    phone: Annotated[str, typer.Option("--phone", help="Their number, where the inventory has none.")] = "",
    email: Annotated[str, typer.Option("--email", help="Their address, where the inventory has none.")] = "",
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Record that the customer was contacted; the contact clock is met, and the update clock begins anew.

    Example: healthd case contact 2611-0042 "has spare ports, waits for the part" --with "Emma Clarke"
    """
    from healthd.desk import desk as core

    desk = _case.opened(config, inventory, data, author, lang)
    customer = desk.customer(core.found(number).customer)
    known = next((each for each in customer.contacts if each.name == who), None) if customer else None
    facts = {"caller": who, "phone": phone or (known.phone if known else ""), "email": email or (known.email if known else "")}
    _case.shown(desk, _case.act(desk, number, Did.CONTACTED, How(at=at, version=version, dry=dry_run), text, **facts), as_json)


@app.command()
def wait(
    number: Number, reason: Reason, until: Annotated[str, typer.Option("--until", help="Until when at most, as 2026-03-02T09:00.")] = "",
    maintenance: Annotated[bool, typer.Option("--maintenance", help="For an agreed maintenance window, not for the customer.")] = False,
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Wait for the customer: the clocks stand until work goes on (healthd case status NUMBER in-progress).

    Example: healthd case wait 2611-0042 --reason "needs a maintenance window" --until 2026-03-02T09:00
    """
    desk = _case.opened(config, inventory, data, author, lang)
    ends = desk.moment(until, "--until").isoformat() if until else ""
    facts = {"reason": reason, "until": ends, "wait": "maintenance" if maintenance else "customer"}
    _case.shown(desk, _case.act(desk, number, Did.WAITED, How(at=at, version=version, dry=dry_run, visible=True), **facts), as_json)


@app.command()
def onsite(
    number: Number, reason: Reason = "",
    approve: Annotated[bool, typer.Option("--approve", help="The manager's word: an engineer goes there.")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="The manager's word: nobody goes there.")] = False,
    start: Annotated[str, typer.Option("--from", help="The visit's beginning, as 2026-03-02T09:00.")] = "",
    end: Annotated[str, typer.Option("--to", help="The visit's end.")] = "",
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Ask for a visit to the customer's site, or decide about it; an approved one goes into the calendars, and --approve with another time moves it.

    Examples: healthd case onsite 2611-0042 --reason "the part is changed there"
      · healthd case onsite 2611-0042 --approve --from 2026-03-02T09:00 --to 2026-03-02T11:00
    """
    if approve and refuse:
        raise ConfigError("--approve and --refuse: one of them")
    if bool(start) != bool(end):
        raise ConfigError("--from and --to belong together")
    desk = _case.opened(config, inventory, data, author, lang)
    span = {
        name: desk.moment(said, option).isoformat() for name, said, option in (("start", start, "--from"), ("end", end, "--to")) if said
    }
    if span and span["end"] <= span["start"]:
        raise ConfigError(f"--to: the visit would end, {end}, before it begins, {start}")
    did = Did.ON_SITE_APPROVED if approve else Did.ON_SITE_REFUSED if refuse else Did.ON_SITE_ASKED
    _case.shown(
        desk, _case.act(desk, number, did, How(at=at, version=version, dry=dry_run, visible=approve), reason=reason, **span), as_json
    )


@app.command()
def rma(
    number: Number,
    customer: Annotated[str, typer.Option("--customer", help="The customer's word: who of them confirms the fault.")] = "",
    via: Annotated[str, typer.Option("--via", help="How the customer confirmed: phone, mail, fax, web.")] = "phone",
    text: Annotated[str, typer.Option("--text", help="What was tested.")] = "", files: Files = None,
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Confirm the hardware fault, as the engineer, or for the customer who said so. When both have, the case is RMA-Pend.

    Examples: healthd case rma 2611-0042 --text "other slot, other cord" · healthd case rma 2611-0042 --customer "Emma Clarke"
    """
    desk = _case.opened(config, inventory, data, author, lang)
    if customer:
        how = How(at=at, version=version, dry=dry_run, channel=_case.via(via), files=files or ())
        case = _case.act(desk, number, Did.CUSTOMER_CONFIRMED, how, text, by=customer, ours=desk.ours(customer))
    else:
        case = _case.act(desk, number, Did.ENGINEER_CONFIRMED, How(at=at, version=version, dry=dry_run, files=files or ()), text)
    if all(case.confirmed) and case.state is not State.RMA_PEND:
        case = _case.act(desk, number, Did.RMA_PENDED, How(at=at, version=None if version is None else case.version, dry=dry_run))
    _case.shown(desk, case, as_json)
    print(f"the spare-part request form: healthd rma request {number}", file=sys.stderr)
