"""``healthd report``: write a customer's reports."""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context
from healthd.errors import ConfigError

if TYPE_CHECKING:
    from healthd.model.device import Customer
    from healthd.model.report import Report
    from healthd.reports.pdf import Written

app = typer.Typer(help="Write a customer's reports.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Write a customer's reports."""


@app.command()
def daily(
    customer: Annotated[str, typer.Option("--customer", help="The customer's code, or all.")] = "all",
    day: Annotated[str, typer.Option("--date", help="The day, as YYYY-MM-DD or today; yesterday when left out.")] = "",
    lang: Annotated[str, typer.Option("--lang", help="en or zh-CN; the customer's own languages when left out.")] = "",
    to: Annotated[Path, typer.Option("--to", help="Folder of reports; each customer has one inside.")] = Path("reports"),
    open_: Annotated[bool, typer.Option("--open", help="Show the report when it is written.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the same figures as JSON, one object a customer; nothing is drawn.")
    ] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Write the daily health report as PDF.

    Examples: healthd report daily --customer acme --open · healthd report daily --date 2026-11-21 --lang zh-CN · healthd report daily --json
    """
    from healthd.reports.figures import figures

    surroundings = _context.context(config, inventory, data)
    surroundings.open_store()
    now = datetime.now(UTC)
    for who in surroundings.customers(customer):
        report = made(surroundings, who, _day(day, who, now), now)
        if as_json:
            print(json.dumps(figures(report), ensure_ascii=False, default=str))
            continue
        for written in drawn(report, (lang,) if lang else who.languages, to):
            print(written.path)
            if written.fallback:
                print(f"healthd: {written.path}: a plain report, as the PDF could not be drawn: {written.fallback}", file=sys.stderr)
            if open_:
                typer.launch(str(written.path))


def _day(said: str, who: "Customer", now: datetime) -> date:
    today = now.astimezone(who.zone).date()
    if said in ("", "today"):
        return today if said else today - timedelta(days=1)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise ConfigError(f"--date: found {said!r}; allowed: a day as YYYY-MM-DD, or today") from None


def made(surroundings: _context.Context, who: "Customer", day: date, now: datetime) -> "Report":
    """Return the report of *who*'s *day* out of the open database."""
    from healthd.reports import daily as daily_
    from healthd.reports.gather import Past, day_window, gather, month_window
    from healthd.store.history import history

    devices = surroundings.devices(customer=who.code)
    window = day_window(who, day, now)
    past = Past(customer=who, day=history(who, devices, window), month=history(who, devices, month_window(who, day, window)))
    return daily_.report(gather(past, now))


def drawn(report: "Report", languages: tuple[str, ...], to: Path) -> "list[Written]":
    """Write *report* in each language as ``<to>/<customer>/daily-<date>-<lang>.pdf``."""
    from zoneinfo import ZoneInfo

    from healthd.reports import pdf

    day = report.window.start.astimezone(ZoneInfo(report.zone)).date()
    return [pdf.write(report, code, to / report.customer / f"daily-{day}-{code}.pdf") for code in languages]
