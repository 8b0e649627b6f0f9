"""``healthd contract``: what was promised to whom, and until when."""

import json
import sys
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from healthd.cli import _context
from healthd.cli._case import Config, Inventory, Json, Lang
from healthd.model.device import Contract, Customer

app = typer.Typer(help="Contracts: their level, their hours, and when they end.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Contracts: their level, their hours, and when they end."""


@app.command("list")
def list_(
    customer: Annotated[str, typer.Option("--customer", "-c", help="The customer's code, or all.")] = "all",
    as_json: Json = False, lang: Lang = None, config: Config = None, inventory: Inventory = None,
) -> None:  # fmt: skip
    """List contracts, the one that ends first on top.

    Examples: healthd contract list · healthd contract list --json
    """
    _show(list(_context.context(config, inventory).customers(customer)), as_json, lang)


@app.command()
def expiring(
    days: Annotated[int, typer.Option("--days", min=0, help="Those that end within so many days, or have ended.")] = 90,
    as_json: Json = False, lang: Lang = None, config: Config = None, inventory: Inventory = None,
) -> None:  # fmt: skip
    """List the contracts that end soon or have ended, and customers without one. Sales is told 90, 60 and 30 days before.

    Example: healthd contract expiring --days 120
    """
    found = [each for each in _context.context(config, inventory).customers() if (left := _left(each)) is None or left <= days]
    if not found and not as_json:
        print(f"no contract ends within {days} days", file=sys.stderr)
    _show([each for each in found if each.contract is None or each.contract.ends], as_json, lang)


def _left(customer: Customer) -> int | None:
    """Return the days that are left of the contract; None where it has no end, or where there is none."""
    ends = customer.contract.ends if customer.contract else None
    return (ends - datetime.now(UTC).astimezone(customer.zone).date()).days if ends else None


def _show(customers: list[Customer], as_json: bool, lang: str | None) -> None:
    ordered = sorted(customers, key=lambda each: (each.contract is not None, (each.contract.ends if each.contract else None) or date.max))
    if as_json:
        for each in ordered:
            print(json.dumps(_object(each), ensure_ascii=False))
        return
    if ordered:
        print(*_table(ordered, lang), sep="\n")


def _object(customer: Customer) -> dict[str, object]:
    from healthd.cli._lines import told

    contract = customer.contract
    said = {"customer": customer.code, "title": customer.title}
    if contract:
        said |= {
            "number": contract.number, "level": contract.level, "hours": _hours(contract), "availability": contract.availability,
            "starts": contract.starts.isoformat() if contract.starts else "", "ends": contract.ends.isoformat() if contract.ends else "", "left_days": _left(customer),
        }  # type: ignore[dict-item]  # fmt: skip
    return told(dict(said))


def _table(customers: list[Customer], lang: str | None) -> list[str]:
    from healthd.cli import _columns
    from healthd.model.phrase import say
    from healthd.reports.language import language

    speaker = language(_context.language(lang))
    head = [say("Customer"), say("Contract"), say("Level"), say("Service hours"), say("Starts"), say("Ends"), say("Days left")]
    rows, colours = [[speaker.say(each) for each in head]], []
    for each in customers:
        contract, left = each.contract, _left(each)
        if contract is None:
            rows.append([each.title, speaker.say(say("no contract")), "–", "–", "–", "–", "–"])
        else:
            days = [moment.isoformat() if moment else "–" for moment in (contract.starts, contract.ends)]
            hours = _hours(contract) or speaker.say(say("all day, every day"))
            rows.append([each.title, contract.number, contract.level, hours, *days, "–" if left is None else str(left)])
        colours.append(
            _columns.RED
            if contract is None or (left is not None and left < 0)
            else _columns.YELLOW
            if left is not None and left <= 90
            else ""
        )
    return _columns.table(rows, colours)


def _hours(contract: Contract) -> str:
    return f"{contract.hours[0]:%H:%M}–{contract.hours[1]:%H:%M}" if contract.hours else ""
