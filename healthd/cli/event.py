"""``healthd event``: what happened: log lines, traps and changes of state."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context
from healthd.errors import ConfigError

if TYPE_CHECKING:
    from healthd.model.event import Event
    from healthd.model.interval import Interval

app = typer.Typer(help="What happened: log lines, traps and changes of state.", no_args_is_help=True)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@app.callback()
def group() -> None:
    """What happened: log lines, traps and changes of state."""


@app.command("list")
def list_(
    device: Annotated[list[str] | None, typer.Option("--device", help="Only of this device; may be given again.")] = None,
    since: Annotated[str, typer.Option("--since", help="From when on: 30m, 12h, 7d, 2w, or a time as 2026-11-21T06:00.")] = "24h",
    until: Annotated[str, typer.Option("--until", help="Up to when, in the same ways; now when left out.")] = "",
    kind: Annotated[str, typer.Option("--class", help="Only of this class or family: interface.down, psu, …")] = "",
    severity: Annotated[int, typer.Option("--severity", min=0, max=7, help="Only as severe as this or worse (0 is the worst).")] = 7,
    customer: Annotated[str, typer.Option(help="Only this customer's.")] = "all",
    unknown: Annotated[bool, typer.Option("--unknown/--no-unknown", help="Show also what senders sent that no inventory names.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List events, the oldest first.

    Examples: healthd event list --since 2h · healthd event list --device core-01 --severity 3 --json · healthd event list --class psu
    """
    from healthd.cli import _lines
    from healthd.model.interval import Interval

    now = datetime.now(UTC)
    surroundings = _context.context(config, inventory, data)
    surroundings.open_store()
    window = Interval(_moment(since, now, "--since"), _moment(until, now, "--until") if until else now + timedelta(seconds=1))
    codes = [each.code for each in surroundings.customers(customer)] if customer != "all" or not unknown or device else []
    names = tuple(each.name for each in surroundings.devices(device, customer)) if device else ()
    for event in _found(window, codes, names, strays=unknown and customer == "all" and not device):
        if _wanted(event, kind, severity):
            print(json.dumps(_lines.event_object(event), ensure_ascii=False) if as_json else _row(event))


def _found(window: "Interval", codes: list[str], names: tuple[str, ...], *, strays: bool) -> "Iterator[Event]":
    """Yield what was received inside *window*, in the order of receiving: of *codes*, or of every customer that the store knows."""
    from heapq import merge

    from healthd.store import devices, events, quarantine

    streams = [events.between(code, window, names) for code in codes or devices.customers()]
    if strays:
        streams.append(quarantine.between(window))
    yield from merge(*streams, key=lambda event: event.received)


def _wanted(event: "Event", kind: str, severity: int) -> bool:
    if kind and event.kind != kind and not event.kind.startswith(f"{kind}."):
        return False
    return severity == 7 or (event.severity is not None and event.severity <= severity)


def _row(event: "Event") -> str:
    at = (event.at or event.received).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    tag = f"{event.facility}-{event.severity}-{event.mnemonic}" if event.facility else event.mnemonic
    text = event.text or event.raw.decode("utf-8", "backslashreplace")
    shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return f"{at}  {event.device or event.address + ' (unknown)'}  {event.kind or '-'}  {tag or '-'}  {shown}"


def _moment(said: str, now: datetime, option: str) -> datetime:
    """Return the moment that *said* means: so long ago, or a time (local when it names no zone)."""
    if found := re.fullmatch(r"(\d{1,6})([mhdw])", said):
        return now - timedelta(**{_UNITS[found[2]]: int(found[1])})
    try:
        return datetime.fromisoformat(said).astimezone(UTC)
    except ValueError:
        raise ConfigError(f"{option}: found {said!r}; allowed: 30m, 12h, 7d, 2w, or a time as 2026-11-21T06:00") from None


@app.command()
def unknown(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List who sends to us and stands in no inventory.

    Examples: healthd event unknown · healthd event unknown --json
    """
    from healthd.store import quarantine

    _context.context(config, inventory, data).open_store()
    found = quarantine.senders()
    for sender in found:
        said = {"address": sender.address, "source": sender.source, "kept": sender.kept, "last": sender.last.isoformat()}
        print(json.dumps(said) if as_json else f"{sender.address}  {sender.source}  {sender.kept} kept  last {sender.last.isoformat()}")
    if not found and not as_json:
        print("nobody: every sender stands in the inventory", file=sys.stderr)
