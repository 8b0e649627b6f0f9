"""``healthd maintenance``: what was agreed about spans of time, before or after the fact."""

import getpass
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context
from healthd.errors import ConfigError, UnknownName

if TYPE_CHECKING:
    from healthd.model.availability import Agreed
    from healthd.model.device import Customer, Device

app = typer.Typer(help="Enter, list and take back agreed maintenance, and words on past outages.", no_args_is_help=True)
Reason = Annotated[str, typer.Option("--reason", help="Why, as reports will say it.")]
Author = Annotated[str, typer.Option("--author", help="Who says so; your login name when left out.")]


@app.callback()
def group() -> None:
    """Enter, list and take back agreed maintenance, and words on past outages."""


@app.command()
def add(
    customer: Annotated[str, typer.Option("--customer", "-c", help="The customer's code.")],
    start: Annotated[str, typer.Option("--from", help="Beginning, as 2026-03-01T22:00; in the customer's time zone unless it names one.")],
    end: Annotated[str, typer.Option("--to", help="End, in the same way.")],
    reason: Reason,
    device: Annotated[list[str] | None, typer.Option("--device", help="This device; can be said again.")] = None,
    site: Annotated[list[str] | None, typer.Option("--site", help="All devices of this site; can be said again.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All devices of the customer.")] = False,
    state: Annotated[
        str, typer.Option("--as", help="What the time counts as: maintenance, out_of_service, unreachable, down or up.")
    ] = "maintenance",
    author: Author = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Enter agreed maintenance, or say afterwards what an outage was. Reports made from now on count it so, also those of past days.

    Time that was not measured stays not measured, whatever is said of it.

    Examples: healthd maintenance add -c acme --site hz --from 2026-03-01T22:00 --to 2026-03-02T02:00 --reason "CHG-1182 upgrade"
    """
    from healthd.model.availability import EVERY, Reclassification
    from healthd.model.interval import Interval
    from healthd.store import agreements

    surroundings = _context.context(config, inventory, data)
    (who,) = surroundings.customers(customer)
    first, last = (_moment(said, option, who) for said, option in ((start, "--from"), (end, "--to")))
    if first >= last:
        raise ConfigError(f"found --from {first.isoformat()} and --to {last.isoformat()}; allowed: --from before --to")
    names = [EVERY] if every else _concerned(surroundings.devices(customer=who.code), device or [], site or [])
    surroundings.open_store()
    word = {"interval": Interval(first, last), "state": _state(state), "author": _author(author), "reason": _said(reason)}
    now = datetime.now(UTC)
    agreements.enter(who.code, [Reclassification(device=name, entered=now, **word) for name in names])  # type: ignore[arg-type]
    _show([each for each in agreements.entered(who.code) if each.entered == now], who, as_json)


@app.command("list")
def list_(
    customer: Annotated[str, typer.Option("--customer", "-c", help="The customer's code, or all.")] = "all",
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Also what was taken back.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List what was entered, in the order of the time it is about.

    Examples: healthd maintenance list · healthd maintenance list -c acme --withdrawn --json
    """
    from healthd.store import agreements

    surroundings = _context.context(config, inventory, data)
    surroundings.open_store()
    for who in surroundings.customers(customer):
        _show([each for each in agreements.entered(who.code) if withdrawn or each.withdrawn is None], who, as_json)


@app.command()
def remove(
    number: Annotated[int, typer.Argument(help="Its number, as the list shows it.")],
    customer: Annotated[str, typer.Option("--customer", "-c", help="The customer's code.")],
    reason: Reason,
    author: Author = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Take back what was entered. It is kept with who took it back and why, and counts no more.

    Examples: healthd maintenance remove 12 -c acme --reason "work was cancelled"
    """
    from healthd.store import agreements

    surroundings = _context.context(config, inventory, data)
    (who,) = surroundings.customers(customer)
    surroundings.open_store()
    back = agreements.withdraw(who.code, number, author=_author(author), reason=_said(reason), at=datetime.now(UTC))
    _show([back], who, as_json)


def _concerned(devices: "tuple[Device, ...]", names: list[str], sites: list[str]) -> list[str]:
    there, places = {each.name for each in devices}, {each.site for each in devices if each.site}
    for kind, known, wanted in (("device", there, names), ("site", places, sites)):
        if missing := sorted(set(wanted) - known):
            raise UnknownName(kind, missing[0], tuple(sorted(known)))
    found = [each.name for each in devices if each.name in names or each.site in sites]
    if not found:
        raise ConfigError("no device is named; allowed: --device, --site or --all")
    return found


def _state(said: str) -> object:
    from healthd.model.availability import State

    allowed = [str(state) for state in State if state is not State.UNMEASURED]
    if said not in allowed:
        raise ConfigError(f"--as: found {said!r}; allowed: {', '.join(allowed)}")
    return State(said)


def _author(said: str) -> str:
    return said.strip() or getpass.getuser()


def _said(reason: str) -> str:
    if not reason.strip():
        raise ConfigError("--reason: found nothing; allowed: a text, as reports will print it")
    return reason.strip()


def _moment(said: str, option: str, who: "Customer") -> datetime:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise ConfigError(f"{option}: found {said!r}; allowed: a moment such as 2026-03-01T22:00") from None
    return found if found.tzinfo else found.replace(tzinfo=who.zone)


def _show(found: "list[Agreed]", who: "Customer", as_json: bool) -> None:
    for each in found:
        print(json.dumps(_record(each, who), ensure_ascii=False) if as_json else _line(each, who))


def _record(each: "Agreed", who: "Customer") -> dict[str, object]:
    from healthd.cli import _lines

    said: dict[str, object] = {
        "number": each.number,
        "customer": who.code,
        "devices": list(each.devices),
        "from": each.interval.start.isoformat(),
        "to": each.interval.end.isoformat(),
        "state": str(each.state),
        "author": each.author,
        "reason": each.reason,
        "entered": each.entered.isoformat(),
        "withdrawn": each.withdrawn.isoformat() if each.withdrawn else None,
        "withdrawn_by": each.withdrawn_by,
        "withdrawn_why": each.withdrawn_why,
    }
    return _lines.told(said)


def _line(each: "Agreed", who: "Customer") -> str:
    start, end, entered = (f"{at.astimezone(who.zone):%Y-%m-%d %H:%M}" for at in (each.interval.start, each.interval.end, each.entered))
    back = f"; withdrawn by {each.withdrawn_by}: {each.withdrawn_why}" if each.withdrawn else ""
    named = "all devices" if each.devices == ("*",) else ", ".join(each.devices)
    return f"{each.number}  {who.code}  {start} to {end}  {each.state}  {named}: {each.reason} ({each.author}, entered {entered}{back})"
