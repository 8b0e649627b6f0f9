"""What ``healthd rma form`` and ``healthd rma ledger`` print: the values of both, and the ledger for programs."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from healthd.cli import _rma
from healthd.errors import ConfigError, RenderError

if TYPE_CHECKING:
    from healthd.cli._desk import Desk
    from healthd.model.interval import Interval
    from healthd.model.rma import Replacement
    from healthd.model.sheet import Form, Ledger


def kept(desk: "Desk", found: "Replacement") -> tuple[str, ...]:
    """Keep the form of *found* as it reads now, so that it goes with the messages about it; return its id. What cannot be drawn stops nobody."""
    import tempfile

    from healthd.model.message import Attachment
    from healthd.reports import sheets
    from healthd.store import files

    code, name = leading(desk, found), f"rma-{found.number}.pdf"
    with tempfile.TemporaryDirectory(prefix="healthd-form-") as folder:
        try:
            path = sheets.write(form_of(desk, found), code, Path(folder) / name).path
        except RenderError as error:
            print(f"healthd: the form is not attached: {error}", file=sys.stderr)
            return ()
        file = Attachment(name=name, media="application/pdf", data=path.read_bytes())
    return (files.put(found.wanted.customer, file, desk.now),)


def leading(desk: "Desk", found: "Replacement") -> str:
    """Return the language that leads on the form of *found*: the customer's first."""
    customer = desk.customer(found.wanted.customer)
    return customer.languages[0] if customer else "en"


def form_of(desk: "Desk", found: "Replacement") -> "Form":
    """Return the form of *found* with the names that people know."""
    from healthd.desk import returns, spares, stocks
    from healthd.model.sheet import Form

    wanted, customer = found.wanted, desk.customer(found.wanted.customer)
    branch, person = desk.tac.branch(wanted.branch), desk.tac.person(wanted.who)
    supply = spares.supply(wanted.pid, branch, desk.tac.branches, stocks.every(), desk.tac.spares) if branch else None
    clocks = {str(due.rule): due.day for due in returns.clocks(found, desk.tac, desk.now)}
    return Form(
        found=found,
        made=desk.now,
        zone=(customer.zone if customer else desk.tac.zone).key,
        tac=desk.tac.title,
        hotline=desk.tac.hotline or (customer.hotline if customer else ""),
        branch=branch.title or branch.name if branch else wanted.branch,
        engineer=person.title or person.name if person else wanted.who,
        match=supply.own if supply and not found.reserved and not found.issued else None,
        route=found.route or (supply.route if supply else None),
        due=clocks.get("process"),
        cisco=clocks.get("cisco"),
        days=desk.tac.returns,
    )


def month(said: str, desk: "Desk") -> "Interval":
    """Return the month that *said* names, the one that has ended last when empty.

    Raises:
        ConfigError: it is none, or has not begun.
    """
    from healthd.desk import ledger

    today = desk.now.astimezone(desk.tac.zone).date()
    before = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    try:
        year, number = (int(part) for part in said.split("-")) if said else before
        found = ledger.month(desk.tac, year, number)
    except ValueError:
        raise ConfigError(f"--month: found {said!r}; allowed: a month as 2026-11") from None
    if found.start > desk.now:
        raise ConfigError(f"--month: found {said!r}; allowed: a month that has begun")
    return found


def language(said: str) -> str:
    """Return *said* when there is such a language, or empty as it is.

    Raises:
        ConfigError: there is none.
    """
    from healthd.reports.language import LOCALES

    if said and said not in LOCALES:
        raise ConfigError(f"--lang: found {said!r}; allowed: {', '.join(LOCALES)}")
    return said


def figures(made: "Ledger", desk: "Desk") -> dict[str, object]:
    """Return a ledger for programs."""
    sums = {name: getattr(made.sums, name) for name in ("opened", "closed", "open", "overdue", "dead", "days", "own")}
    return {
        "month": f"{made.month.start.astimezone(desk.tac.zone):%Y-%m}",
        "branch": made.branch or "all",
        **{name: value for name, value in sums.items() if value is not None},
        "owed": {"parts": made.owed, "price": made.risk, "unpriced": made.unpriced, "currency": made.currency},
        "exceptions": [
            {"kind": each.kind, "subject": each.subject, "text": str(each.text), "branch": each.branch, "days": each.days}
            for each in made.lacks
        ],
        "register": [{**_rma.record(row.found, desk.tac, made.made), "days_late": row.late} for row in made.rows],
        "stock": [
            {
                "branch": each.branch,
                "pid": each.pid,
                "opening": each.opening,
                "in": each.came,
                "out": each.went,
                "lent": each.lent,
                "closing": each.closing,
                "minimum": each.least,
            }
            for each in made.shelves
        ],
    }
