"""``healthd errand``: what desks are asked for, and what became of it."""

import getpass
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context
from healthd.errors import ConfigError, UnknownName
from healthd.model.counted import counted

if TYPE_CHECKING:
    from healthd.store.errands import Errand

app = typer.Typer(help="What the case client asks of desks and ticket systems.", no_args_is_help=True)
IdsArgument = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Ids of errands, or their beginnings; all: every one that was refused.")
]


@app.callback()
def group() -> None:
    """What the case client asks of desks and ticket systems."""


@app.command("list")
def list_(
    stage: Annotated[list[str] | None, typer.Option("--stage", help="waiting, leased, failed, done, dropped; may be given again.")] = None,
    customer: Annotated[str, typer.Option(help="Only this customer's.")] = "",
    token: Annotated[str, typer.Option(help="Only those of the case with this token.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List errands, the newest first, those of a case in their order.

    Examples: healthd errand list · healthd errand list --stage failed --json
    """
    from healthd.store import errands

    _context.context(config, inventory, data).open_store()
    known = [each.value for each in errands.Stage]
    if wrong := [each for each in stage or () if each not in known]:
        raise ConfigError(f"--stage: found {wrong[0]!r}; allowed: {', '.join(known)}")
    found = errands.listed([errands.Stage(name) for name in stage or ()], customer, token=token)
    for each in found:
        print(json.dumps(_object(each), ensure_ascii=False) if as_json else _row(each))
    if not found and not as_json:
        print(f"no errand{' of these' if stage or customer or token else ': no desk was asked for anything'}", file=sys.stderr)


def _object(each: "Errand") -> dict[str, object]:
    from healthd.store import filed

    there = filed.filed(each.token)
    said = {
        "id": each.id,
        "customer": each.customer,
        "backend": each.backend,
        "token": each.token,
        "does": type(each.action).__name__.lower(),
        "stage": each.stage.value,
        "made": each.made.isoformat(),
        "due": each.due.isoformat(),
        "tries": each.tries,
        "unsure": each.unsure or None,
        "settled": each.settled.isoformat() if each.settled else None,
        "error": each.error if each.stage.value != "done" else "",
        "ticket": there.ticket.id if there else None,
        "url": there.ticket.url if there else None,
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def _row(each: "Errand") -> str:
    said = _object(each)
    tried = f"  {counted(each.tries, 'try', 'tries')}: {said['error']}" if "error" in said else ""
    ticket = f"  → {each.backend} {said['ticket']}" if "ticket" in said else f"  → {each.backend}"
    return f"{each.made:%Y-%m-%d %H:%M}Z  {each.stage.value:<8} {said['does']:<8} {each.customer}{ticket}{tried}\n    {each.id}"


@app.command()
def retry(
    ids: IdsArgument, config: _context.ConfigOption = None, inventory: _context.InventoryOption = None, data: _context.DataOption = None
) -> None:
    """Try errands again now that were refused, wait or were dropped: when the desk is put right.

    Examples: healthd errand retry all · healthd errand retry hd-3f2a
    """
    from healthd.store import errands

    _context.context(config, inventory, data).open_store()
    print(f"{counted(errands.retry(_wanted(ids), datetime.now(UTC)), 'errand')} will be tried again")


@app.command()
def drop(
    ids: IdsArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the errand.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Give up errands that wait or were refused; they stay in the list, with who dropped them and why.

    Example: healthd errand drop hd-3f2a --reason "opened by hand"
    """
    from healthd.store import errands

    if not reason:
        raise ConfigError("healthd errand drop needs --reason: it is kept with the errand")
    _context.context(config, inventory, data).open_store()
    wanted = _wanted(ids)
    if not yes and sys.stdin.isatty() and not typer.confirm(f"Give up {counted(len(wanted), 'errand')}?"):
        raise typer.Exit(1)
    print(f"{counted(errands.drop(wanted, datetime.now(UTC), getpass.getuser(), reason), 'errand')} dropped")


def _wanted(said: list[str]) -> list[str]:
    """Return the ids that *said* means.

    Raises:
        UnknownName: no errand's id begins so.
    """
    from healthd.store.errands import Stage, listed

    open_ = listed((Stage.WAITING, Stage.FAILED, Stage.DROPPED), most=100_000)
    if said == ["all"]:
        return [each.id for each in open_ if each.stage == Stage.FAILED]
    found: list[str] = []
    for beginning in said:
        those = [each.id for each in open_ if each.id.startswith(beginning)]
        if not those:
            raise UnknownName("errand", beginning, tuple(each.id for each in open_[:10]))
        found += those
    return found
