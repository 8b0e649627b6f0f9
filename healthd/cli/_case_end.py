"""The commands around a case's work: confirm and change priorities, contract matters, resolve, close, correct, rate."""

import sys
from typing import Annotated

import typer

from healthd.cli import _case
from healthd.cli._case import At, Author, Config, Data, Dry, How, Inventory, Json, Lang, Number, Version
from healthd.model.case import Channel, Did

app = typer.Typer()
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the case.")]


@app.command()
def confirm(
    number: Number, priority: Annotated[str, typer.Option("--priority", "-p", help="Another priority than the proposed one.")] = "",
    reason: Reason = "", author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Confirm, as the hotline that has called the customer, the P1 or P2 that monitoring proposed; the customer is told of the case.

    Examples: healthd case confirm 2611-0042 · healthd case confirm 2611-0042 --priority p3 --reason "a test rack"
    """
    desk = _case.opened(config, inventory, data, author, lang)
    facts = {"priority": priority.upper(), "reason": reason}
    how = How(at=at, version=version, dry=dry_run, channel=Channel.HOTLINE)
    _case.shown(desk, _case.act(desk, number, Did.PRIORITY_CONFIRMED, how, **facts), as_json)


@app.command()
def priority(
    number: Number, to: Annotated[str, typer.Argument(help="p1 to p4.")], reason: Reason,
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Change the priority; the clocks are computed anew from the record.

    Example: healthd case priority 2611-0042 p2 --reason "the second supply is gone too"
    """
    desk = _case.opened(config, inventory, data, author, lang)
    facts = {"priority": to.upper(), "reason": reason}
    _case.shown(desk, _case.act(desk, number, Did.PRIORITISED, How(at=at, version=version, dry=dry_run, visible=True), **facts), as_json)


@app.command()
def sales(
    number: Number, reason: Reason = "", author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Hand a caller without contract over to sales.

    Example: healthd case sales 2611-0042
    """
    desk = _case.opened(config, inventory, data, author, lang)
    _case.shown(desk, _case.act(desk, number, Did.HANDED_TO_SALES, How(at=at, version=version, dry=dry_run), reason=reason), as_json)


@app.command()
def override(
    number: Number, reason: Reason, author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Let a case without contract be worked on, as the manager.

    Example: healthd case override 2611-0042 --reason "renewal is signed this week" --author lin.tao
    """
    desk = _case.opened(config, inventory, data, author, lang)
    _case.shown(desk, _case.act(desk, number, Did.OVERRIDDEN, How(at=at, version=version, dry=dry_run), reason=reason), as_json)


@app.command()
def complete(
    number: Number, caller: Annotated[str, typer.Option("--caller", help="Who called.")] = "", phone: Annotated[str, typer.Option("--phone")] = "",
    email: Annotated[str, typer.Option("--email")] = "", contract: Annotated[str, typer.Option("--contract")] = "",
    technology: Annotated[str, typer.Option("--technology")] = "", text: Annotated[str, typer.Option("--text", help="What was done.")] = "",
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Add to the record what the partner's audit asks for and was not known at first, also after hours.

    Example: healthd case complete 2611-0042 --caller "Emma Clarke" --phone "+44 20 7946 0112" --email emma.clarke@acme.example
    """
    desk = _case.opened(config, inventory, data, author, lang)
    facts = {"caller": caller, "phone": phone, "email": email, "contract": contract, "technology": technology}
    _case.shown(desk, _case.act(desk, number, Did.COMPLETED, How(at=at, version=version, dry=dry_run), text, **facts), as_json)


@app.command()
def resolve(
    number: Number, reason: Reason, author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Say that it is resolved, and how. The customer is asked; without a word from them it is closed after some working days.

    Example: healthd case resolve 2611-0042 --reason "supply replaced, both are well"
    """
    from healthd.desk import parts

    desk = _case.opened(config, inventory, data, author, lang)
    _case.shown(desk, _case.act(desk, number, Did.RESOLVED, How(at=at, version=version, dry=dry_run, visible=True), reason=reason), as_json)
    for form in parts.listed(case=number, opened=True):
        print(
            f"{form.number} is still {form.stage}: go on with it, or give it up: healthd rma cancel {form.number} --reason WHY",
            file=sys.stderr,
        )


@app.command()
def close(
    number: Number, agreed: Annotated[str, typer.Option("--agreed", help="Who of the customer's agrees.")] = "", reason: Reason = "",
    author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Close a resolved case with the customer's word; they are asked how satisfied they are.

    Example: healthd case close 2611-0042 --agreed "Emma Clarke"
    """
    desk = _case.opened(config, inventory, data, author, lang)
    _case.shown(
        desk,
        _case.act(desk, number, Did.CLOSED, How(at=at, version=version, dry=dry_run, visible=True), agreed=agreed, reason=reason),
        as_json,
    )


@app.command()
def reopen(
    number: Number, reason: Reason, author: Author = "", at: At = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Take a case up again that was resolved or closed.

    Example: healthd case reopen 2611-0042 --reason "failed again after an hour"
    """
    desk = _case.opened(config, inventory, data, author, lang)
    _case.shown(desk, _case.act(desk, number, Did.REOPENED, How(at=at, version=version, dry=dry_run, visible=True), reason=reason), as_json)


@app.command()
def correct(
    number: Number, entry: Annotated[int, typer.Argument(help="The entry's number, as case show prints it.")],
    to: Annotated[str, typer.Option("--at", help="When it truly happened.")] = "",
    text: Annotated[str, typer.Option("--text", help="What it should have said.")] = "",
    author: Author = "", version: Version = None, dry_run: Dry = False, as_json: Json = False, lang: Lang = None,
    config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Put an entry's time or words right. The entry stays as it was written; the case and its clocks are computed with the correction.

    Example: healthd case correct 2611-0042 5 --at 2026-03-01T14:05
    """
    desk = _case.opened(config, inventory, data, author, lang)
    facts = {"entry": str(entry), "at": desk.moment(to, "--at").isoformat() if to else "", "text": text}
    _case.shown(desk, _case.act(desk, number, Did.CORRECTED, How(version=version, dry=dry_run), text, **facts), as_json)


@app.command()
def survey(
    token: Annotated[str, typer.Argument(help="The code in the message that said that the case is closed.")],
    mark: Annotated[int, typer.Option("--mark", min=1, max=5, help="1 (bad) to 5 (very good).")],
    comment: Annotated[str, typer.Option("--comment", help="What else there is to say.")] = "",
    who: Annotated[str, typer.Option("--from", help="Who answers.")] = "customer",
    as_json: Json = False, lang: Lang = None, config: Config = None, inventory: Inventory = None, data: Data = None,
) -> None:  # fmt: skip
    """Record how satisfied the customer is. A mark of 1 or 2 reaches the manager.

    Example: healthd case survey 2611-0042-k3jq6m2xw5ab7cde --mark 5 --comment "quick and friendly"
    """
    from healthd.desk import survey as survey_
    from healthd.store import keys

    desk = _case.opened(config, inventory, data, lang=lang)
    number = survey_.meant(token, keys.signing(survey_.PURPOSE, desk.now))
    _case.shown(desk, survey_.answered(number, mark, desk.now, comment=comment, who=who, tell=desk.tell), as_json)
