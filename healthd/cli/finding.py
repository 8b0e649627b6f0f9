"""``healthd finding``: what was found and stands, why, what is done about it, and people's word on it."""

import getpass
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context
from healthd.errors import ConfigError, NotAllowed

if TYPE_CHECKING:
    from healthd.cli._finding import Told

app = typer.Typer(help="What was found and stands: list it, have it explained, say that it is known.", no_args_is_help=True)
Customer = Annotated[str, typer.Option("--customer", "-c", help="The customer's code, or all.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="The finding's key as the list shows it, or its beginning.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the finding.")]
Until = Annotated[str, typer.Option("--until", help="Until when, as 2026-03-01T22:00; for good when left out.")]
Author = Annotated[str, typer.Option("--author", help="Who says so; your login name when left out.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en or zh-CN; the locale's when left out.")]
Config, Inventory, Data = _context.ConfigOption, _context.InventoryOption, _context.DataOption


@app.callback()
def group() -> None:
    """What was found and stands: list it, have it explained, say that it is known."""


@app.command("list")
def list_(
    customer: Customer = "all",
    rule: Annotated[list[str] | None, typer.Option("--rule", help="Only of these rules; can be said again.")] = None,
    device: Annotated[list[str] | None, typer.Option("--device", "-d", help="Only of these devices; can be said again.")] = None,
    level: Annotated[str, typer.Option("--level", help="At least notice, unknown, warning or critical.")] = "warning",
    as_json: Json = False,
    lang: Lang = None,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """List what stands, the worst first, with people's word on it and the case that it is in.

    Examples: healthd finding list -c acme · healthd finding list --level notice --json
    """
    from healthd.cli._finding import look, object_, row
    from healthd.model.finding import Level

    if level.upper() not in Level.__members__:
        raise ConfigError(f"--level: found {level!r}; allowed: {', '.join(each.word for each in Level)}")
    least = Level[level.upper()]
    looks = look(_context.context(config, inventory, data), customer, lang)
    found = [
        each
        for one in looks
        for each in one.told
        if each.kept.finding.level >= least
        and (not rule or each.kept.finding.rule in rule)
        and (not device or each.kept.finding.device in device)
    ]
    found.sort(key=lambda each: -each.kept.finding.level)
    for each in found:
        print(json.dumps(object_(each), ensure_ascii=False) if as_json else row(each))
    if not found and not as_json:
        print(f"nothing stands that is {least.word} or worse{' of these' if rule or device else ''}", file=sys.stderr)


@app.command()
def show(
    key: Key,
    customer: Customer = "all",
    as_json: Json = False,
    lang: Lang = None,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """Explain one finding: evidence, rule, verdict with its proofs, cause, what follows, its case, and what is done by itself.

    Examples: healthd finding show psu:CORE-01 · healthd finding show "1:psu:CORE-01:PS1" --json
    """
    from healthd.cli._finding import look, one
    from healthd.cli._finding_page import page, whole

    found = one(look(_context.context(config, inventory, data), customer, lang), key)
    if as_json:
        print(json.dumps(whole(found), ensure_ascii=False))
    else:
        print(*page(found), sep="\n")


@app.command()
def ack(
    key: Key,
    reason: Reason,
    until: Until = "",
    customer: Customer = "all",
    author: Author = "",
    as_json: Json = False,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """Say that a finding is known and looked after: the machine opens no case for it and writes no notes; that it is well again is still told.

    Example: healthd finding ack psu:CORE-01 --reason "part is ordered" --until 2026-03-04T12:00
    """
    _marked(_context.context(config, inventory, data), customer, key, (reason, until, author), muted=False, as_json=as_json)


@app.command()
def mute(
    key: Key,
    reason: Reason,
    until: Until = "",
    customer: Customer = "all",
    author: Author = "",
    as_json: Json = False,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """Say that nobody wants to hear of a finding; it stays in the list and in reports.

    Example: healthd finding mute interface_down:ACC-02 --reason "unused since the move"
    """
    _marked(_context.context(config, inventory, data), customer, key, (reason, until, author), muted=True, as_json=as_json)


@app.command()
def unmute(
    key: Key,
    customer: Customer = "all",
    author: Author = "",
    as_json: Json = False,
    config: Config = None,
    inventory: Inventory = None,
    data: Data = None,
) -> None:
    """Take back what was said of a finding with ack or mute.

    Example: healthd finding unmute psu:CORE-01
    """
    from healthd.cli._finding import look, one, said

    found = one(look(_context.context(config, inventory, data), customer, None), key)
    if found.kept.mark is None:
        raise NotAllowed(f"{found.kept.finding.key} is neither acknowledged nor muted; nothing to take back")
    said(found, author or getpass.getuser(), "taken back", found.look.now, muted=False)
    _done(found, "taken back", as_json=as_json)


@app.command("open")
def open_(
    key: Key, customer: Customer = "all", as_json: Json = False, config: Config = None, inventory: Inventory = None, data: Data = None
) -> None:
    """Have the drafted case of a finding opened; the next judgement of the running daemon does it, within minutes.

    Example: healthd finding open interface_down:ACC-02
    """
    from healthd.cli._finding import look, one
    from healthd.store import tickets

    found = one(look(_context.context(config, inventory, data), customer, None), key)
    if found.case is None or not found.case.draft:
        raise ConfigError(f"{found.kept.finding.key} has no draft that waits; open a case with: healthd case open")
    tickets.want(found.case.token, found.look.now)
    _done(found, f"the case {found.case.token} is opened with the next judgement", as_json=as_json)


def _marked(there: _context.Context, customer: str, key: str, words: tuple[str, str, str], *, muted: bool, as_json: bool) -> None:
    from healthd.cli._finding import look, one, said

    reason, until, author = words
    if not reason.strip():
        raise ConfigError("--reason: found nothing; allowed: a text; it is kept with the finding")
    found = one(look(there, customer, None), key)
    end = _moment(until, found.look.customer.zone) if until else None
    if end is not None and end <= found.look.now:
        raise ConfigError(f"--until: found {until!r}, which is past; allowed: a later time")
    said(found, author.strip() or getpass.getuser(), reason.strip(), end, muted=muted)
    lasts = f"until {until}" if until else "for good, or until: healthd finding unmute"
    _done(found, f"{'muted' if muted else 'acknowledged'} {lasts}", as_json=as_json)


def _done(found: "Told", word: str, *, as_json: bool) -> None:
    key = found.kept.finding.key
    print(json.dumps({"key": key, "done": word}, ensure_ascii=False) if as_json else f"{key}: {word}")


def _moment(said: str, zone: object) -> datetime:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise ConfigError(f"--until: found {said!r}; allowed: a time such as 2026-03-01T22:00") from None
    return found if found.tzinfo else found.replace(tzinfo=zone)  # type: ignore[arg-type]
