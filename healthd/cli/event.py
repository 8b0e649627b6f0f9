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
HEAD = ("TIME", "DEVICE", "SEVERITY", "CLASS", "MESSAGE", "TEXT")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@app.callback()
def group() -> None:
    """What happened: log lines, traps and changes of state."""


@app.command("list")
def list_(
    device: Annotated[list[str] | None, typer.Option("--device", help="Only of this device; may be given again.")] = None,
    since: Annotated[str, typer.Option("--since", help="From when on: 90s, 30m, 12h, 7d, 2w, or a time as 2026-11-21T06:00.")] = "24h",
    until: Annotated[str, typer.Option("--until", help="Up to when, in the same ways; now when left out.")] = "",
    kind: Annotated[str, typer.Option("--class", help="Only of this class or family: interface.down, psu, …")] = "",
    severity: Annotated[
        str, typer.Option("--severity", help="Only as severe as this or worse: 0 (the worst) to 7, or error, warning, …")
    ] = "7",
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
    worst = _severity(severity)
    found = [e for e in _found(window, codes, names, strays=unknown and customer == "all" and not device) if _wanted(e, kind, worst)]
    if not found:
        _none(kind, as_json=as_json)
    elif as_json:
        for event in found:
            print(json.dumps(_lines.event_object(event), ensure_ascii=False))
    else:
        _table(found)


def _none(kind: str, *, as_json: bool) -> None:
    """Tell that there is nothing; UnknownName when it was asked for a class that no event can have."""
    from healthd.cli import _kinds

    if kind:
        _kinds.check(kind)
    if not as_json:
        print("no such event in that time", file=sys.stderr)


def _severity(said: str) -> int:
    from healthd.model.event import SEVERITIES

    words = {**{str(number): number for number in range(8)}, **{word: number for number, word in enumerate(SEVERITIES)}}
    if said.lower() not in words:
        raise ConfigError(f"--severity: found {said!r}; allowed: 0 to 7, {', '.join(SEVERITIES)}")
    return words[said.lower()]


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


def _table(found: "list[Event]") -> None:
    rows = [HEAD, *(_row(event) for event in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    for row in rows:
        print("  ".join((*(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)), row[-1])).rstrip())


def _row(event: "Event") -> tuple[str, ...]:
    from healthd.model.event import SEVERITIES

    at = (event.at or event.received).astimezone().isoformat(" ", "seconds")
    severity = "-" if event.severity is None or not 0 <= event.severity <= 7 else SEVERITIES[event.severity]
    tag = f"{event.facility}-{event.severity}-{event.mnemonic}" if event.facility else event.mnemonic
    text = event.text or event.raw.decode("utf-8", "backslashreplace")
    cells = (event.device or f"{event.address} (unknown)", severity, event.kind, tag, text)
    return at, *("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in cell) or "-" for cell in cells)


def _moment(said: str, now: datetime, option: str) -> datetime:
    """Return the moment that *said* means: so long ago, or a time (local when it names no zone)."""
    if found := re.fullmatch(r"(\d{1,6})([smhdw])", said):
        return now - timedelta(**{_UNITS[found[2]]: int(found[1])})
    try:
        return datetime.fromisoformat(said).astimezone(UTC)
    except ValueError:
        raise ConfigError(f"{option}: found {said!r}; allowed: 90s, 30m, 12h, 7d, 2w, or a time as 2026-11-21T06:00") from None


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
