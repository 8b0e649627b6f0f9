"""``healthd report``: write a customer's reports."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _cases, _context
from healthd.errors import ConfigError

if TYPE_CHECKING:
    from healthd.model.availability import Span
    from healthd.model.device import Customer
    from healthd.model.report import Report
    from healthd.reports.pdf import Written
    from healthd.reports.press import Presses

LOOKED, _TOLD = 35, 10
"""How many days back measurements are looked for, and how many of those days are named."""
WARNED = 10
"""Exit status when a report was made, but as plain text, or of a day on which nothing was measured."""

app = typer.Typer(help="Write a customer's reports.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Write a customer's reports."""


@app.command()
def daily(
    customer: Annotated[str, typer.Option("--customer", help="The customer's code, or all.")] = "all",
    day: Annotated[str, typer.Option("--date", help="The day, as YYYY-MM-DD, today or yesterday; yesterday when left out.")] = "",
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

    Exit status 10: a report is plain text, as its pages could not be drawn, or empty, as nothing was measured on its day.

    Examples: healthd report daily --customer acme --open · healthd report daily --date 2026-11-21 --lang zh-CN · healthd report daily --json
    """
    from healthd.daemon import garbage
    from healthd.reports.figures import figures
    from healthd.reports.language import LOCALES
    from healthd.reports.press import Presses

    surroundings = _context.context(config, inventory, data)
    wanted = surroundings.customers(customer)
    if lang and lang not in LOCALES:
        raise ConfigError(f"--lang: found {lang!r}; allowed: {', '.join(LOCALES)}")
    now, warned = datetime.now(UTC), False
    days = [_day(day, who, now) for who in wanted]
    languages = [() if as_json else (lang,) if lang else who.languages for who in wanted]
    with Presses(chain.from_iterable(languages)) as presses:
        surroundings.open_store()  # behind the start of the first press, as all that imports the database takes a while
        from healthd.store import history

        for who, first, codes in zip(wanted, days, languages, strict=True):
            with garbage.paused():
                report = made(surroundings, who, first, now)
                history.forget()
            warned = _empty(surroundings, who, first, now) or warned
            if as_json:
                print(json.dumps(figures(report, lang or "en"), ensure_ascii=False))
            for written in drawn(report, codes, to, presses):
                warned = _told(written, open_=open_) or warned
    if warned:
        raise typer.Exit(WARNED)


def _told(written: "Written", *, open_: bool) -> bool:
    """Say what was written, and show it if wanted; return whether it is plain text."""
    print(written.path)
    if written.fallback:
        print(f"healthd: {written.path}: a plain report, as the PDF could not be drawn: {written.fallback}", file=sys.stderr)
    if open_:
        _show(written.path)
    return bool(written.fallback)


def _show(path: Path) -> None:
    """Show the report; where nobody could see it, say where it is."""
    seen = sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not seen or typer.launch(str(path)):
        print(f"healthd: there is no display to show it on; open it from {path.resolve()}", file=sys.stderr)


def _empty(surroundings: _context.Context, who: "Customer", day: date, now: datetime) -> bool:
    """Say of a day without any measurement that it has none, and which days have; return whether it is such a day."""
    from healthd.reports.gather import day_window
    from healthd.store import states
    from healthd.store.measured import measured

    window = day_window(who, day, now)
    names = [device.name for device in surroundings.devices(customer=who.code)]
    if measured(who.code, (window,)) or any(_known(spans) for spans in states.spans_of(who.code, names, window).values()):
        return False
    today = now.astimezone(who.zone).date()
    windows = {day_window(who, each, now): each for each in (today - timedelta(days=ago) for ago in range(LOOKED, -1, -1))}
    kept = [str(windows[span]) for span in measured(who.code, tuple(windows))]
    there = f"there are measurements of {', '.join(kept[-_TOLD:])} (--date)" if kept else "make some: healthd poll --store, or healthd run"
    print(f"healthd: {who.code}: nothing was measured on {day}, so its report is empty; {there}", file=sys.stderr)
    return True


def _known(spans: "Sequence[Span]") -> bool:
    from healthd.model.availability import State

    return any(span.state is not State.UNMEASURED for span in spans)


def _day(said: str, who: "Customer", now: datetime) -> date:
    today = now.astimezone(who.zone).date()
    named = {"": today - timedelta(days=1), "yesterday": today - timedelta(days=1), "today": today}
    try:
        day = named[said] if said in named else date.fromisoformat(said)
    except ValueError:
        raise ConfigError(f"--date: found {said!r}; allowed: a day as YYYY-MM-DD, today or yesterday") from None
    if day > today:
        raise ConfigError(f"--date: found {said!r}; allowed: a day that has begun for {who.code}, where it is {today}")
    return day


def made(surroundings: _context.Context, who: "Customer", day: date, now: datetime, misses: int | None = None) -> "Report":
    """Return the report of *who*'s *day* out of the open database; *misses* lost looks were a loss (None: as the settings say)."""
    from healthd.daemon.settings import Settings
    from healthd.reports import daily as daily_
    from healthd.reports.gather import Past, day_window, gather, log_windows, month_window
    from healthd.store import logcounts, quarantine, states
    from healthd.store.history import history

    devices = surroundings.devices(customer=who.code)
    window = day_window(who, day, now)
    probed = {name: probe.at for name, probe in states.probes(who.code).items()}
    weeks = month_window(who, day, window)
    past = Past(
        customer=who,
        confirm=misses or surroundings.settings("daemon", Settings).misses,
        day=history(who, devices, window),
        month=history(who, devices, weeks),
        probed=probed,
        recall=lambda some: history(who, some, weeks),
        logged=logcounts.before(who.code, log_windows(who, day)),
        # Of several customers, an unknown sender might be anyone's.
        strays=len({e.address for e in quarantine.between(window)}) if len(surroundings.customers()) == 1 else None,
        cases=_cases.cases(surroundings, who, window),
    )
    return daily_.report(gather(past, now))


def drawn(report: "Report", languages: Sequence[str], to: Path, presses: "Presses | None" = None) -> Iterator["Written"]:
    """Write *report* in each language as ``<to>/<customer>/daily-<date>-<lang>.pdf``; *presses* are ready for it, or made now."""
    from zoneinfo import ZoneInfo

    from healthd.reports import pdf
    from healthd.reports.press import Presses

    day = report.window.start.astimezone(ZoneInfo(report.zone)).date()
    with nullcontext(presses) if presses else Presses(languages) as each:
        for code in languages:
            yield pdf.write(report, code, to / report.customer / f"daily-{day}-{code}.pdf", press=each.take(code))
