"""``healthd outbox``: what is on its way to people, and what became of it."""

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
    from healthd.store.outbox import Outgoing

app = typer.Typer(help="Messages on their way to people.", no_args_is_help=True)
KeysArgument = Annotated[
    list[str], typer.Argument(metavar="KEY...", help="Keys of messages, or their beginnings; all: every one that failed.")
]


@app.callback()
def group() -> None:
    """Messages on their way to people."""


@app.command("list")
def list_(
    stage: Annotated[list[str] | None, typer.Option("--stage", help="waiting, sending, failed, sent, dropped; may be given again.")] = None,
    customer: Annotated[str, typer.Option(help="Only this customer's.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List messages, the newest first.

    Examples: healthd outbox list · healthd outbox list --stage failed --json
    """
    from healthd.store import outbox

    _context.context(config, inventory, data).open_store()
    known = [each.value for each in outbox.Stage]
    if wrong := [each for each in stage or () if each not in known]:
        raise ConfigError(f"--stage: found {wrong[0]!r}; allowed: {', '.join(known)}")
    found = outbox.listed([outbox.Stage(name) for name in stage or ()], customer)
    for each in found:
        print(json.dumps(_object(each), ensure_ascii=False) if as_json else _row(each))
    if not found and not as_json:
        print(f"no message{' of these' if stage or customer else ': nothing was sent, and nothing waits'}", file=sys.stderr)


def _object(each: "Outgoing") -> dict[str, object]:
    said = {
        "key": each.key,
        "customer": each.customer,
        "stage": each.stage.value,
        "channel": each.message.channel,
        "recipient": each.message.recipient,
        "subject": each.message.subject,
        "made": each.message.made.isoformat(),
        "due": each.due.isoformat(),
        "tries": each.tries,
        "settled": each.settled.isoformat() if each.settled else None,
        "repeat": each.repeat or None,
        "means": each.means,
        "error": each.error,
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def _row(each: "Outgoing") -> str:
    tried = f"  {counted(each.tries, 'try', 'tries')}: {each.error}" if each.error else ""
    to = f"  → {each.means}" if each.means else ""
    return f"{each.message.made:%Y-%m-%d %H:%M}Z  {each.stage.value:<8} {each.message.recipient}  {each.message.subject}{to}{tried}\n    {each.key}"


@app.command()
def retry(
    keys: KeysArgument, config: _context.ConfigOption = None, inventory: _context.InventoryOption = None, data: _context.DataOption = None
) -> None:
    """Try messages again now that failed, wait or were dropped.

    Examples: healthd outbox retry all · healthd outbox retry daily:ACME:2026-11-24
    """
    from healthd.store import outbox

    _context.context(config, inventory, data).open_store()
    print(f"{counted(outbox.retry(_wanted(keys), datetime.now(UTC)), 'message')} will be tried again")


@app.command()
def drop(
    keys: KeysArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the message.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Give up messages that wait or failed; they stay in the list, with who dropped them and why.

    Example: healthd outbox drop daily:ACME:2026-11-24 --reason "sent by hand"
    """
    from healthd.store import outbox

    if not reason:
        raise ConfigError("healthd outbox drop needs --reason: it is kept with the message")
    _context.context(config, inventory, data).open_store()
    wanted = _wanted(keys)
    if not yes and sys.stdin.isatty() and not typer.confirm(f"Give up {counted(len(wanted), 'message')}?"):
        raise typer.Exit(1)
    print(f"{counted(outbox.drop(wanted, datetime.now(UTC), getpass.getuser(), reason), 'message')} dropped")


def _wanted(said: list[str]) -> list[str]:
    """Return the keys that *said* means.

    Raises:
        UnknownName: no message's key begins so.
    """
    from healthd.store import outbox

    open_ = outbox.listed((outbox.Stage.WAITING, outbox.Stage.FAILED, outbox.Stage.DROPPED), most=100_000)
    if said == ["all"]:
        return [each.key for each in open_ if each.stage == outbox.Stage.FAILED]
    found: list[str] = []
    for beginning in said:
        those = [each.key for each in open_ if each.key.startswith(beginning)]
        if not those:
            raise UnknownName("message", beginning, tuple(each.key for each in open_[:10]))
        found += those
    return found
