"""The monthly ledger of spare parts and RMAs on landscape pages: numbers, exceptions first, the register, ages, the stock, signatures."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from markupsafe import Markup

from healthd.model.phrase import Bilingual, Percent, Phrase, Value, say
from healthd.model.rma import Source, Stage
from healthd.model.sheet import Ledger, Row, Shelf, Sums
from healthd.reports.ageing import Age, drawn
from healthd.reports.html import environment
from healthd.reports.language import Language
from healthd.reports.tongue import tongue

KINDS = {
    "overdue": say("Return overdue"),
    "mismatch": say("Serial number differs"),
    "disputed": say("Installation not confirmed by the device"),
    "number": say("RMA number missing"),
    "request": say("Confirmed but not requested"),
    "minimum": say("Below minimum stock"),
    "count": say("Count differs"),
}
STAGES = {
    Stage.DRAFT: say("draft"),
    Stage.ENGINEER_CONFIRMED: say("engineer confirmed"),
    Stage.CUSTOMER_CONFIRMED: say("customer confirmed"),
    Stage.PENDING: say("RMA-Pend"),
    Stage.RESERVED: say("reserved"),
    Stage.ORDERED: say("ordered"),
    Stage.SHIPPED: say("shipped"),
    Stage.RECEIVED: say("received"),
    Stage.ISSUED: say("issued"),
    Stage.INSTALLED: say("installed"),
    Stage.VERIFIED: say("verified"),
    Stage.TAKEN_BACK: say("faulty part back"),
    Stage.RETURNED: say("returned"),
    Stage.CLOSED: say("closed"),
    Stage.CANCELLED: say("cancelled"),
}
SOURCES = {Source.OWN: say("own"), Source.CISCO: Bilingual("Cisco", "思科"), Source.NONE: None}
MONTH = {"en": "LLLL y", "zh-CN": "y 年 M 月"}
GRAVE = frozenset({"overdue", "mismatch", "disputed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its title, its *width* in percent of the page, whether it holds *numbers*, or words that are *mono*."""

    title: Phrase
    width: float
    numbers: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of the ledger, for paper and for the spreadsheet alike; *marked* are the rows that need somebody."""

    key: str
    title: Phrase
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    empty: Phrase
    marked: frozenset[int] = frozenset()


def grids(ledger: Ledger) -> tuple[Grid, ...]:
    """Return the ledger's tables in their order."""
    several = (branches(ledger),) if ledger.branches else ()
    return (exceptions(ledger), *several, register(ledger), stock(ledger))


def numbers(sums: Sums) -> tuple[tuple[Phrase, Value | None], ...]:
    """Return the month's numbers with their labels; what could not be measured is None, never 0."""
    return (
        (say("Opened"), sums.opened),
        (say("Closed"), sums.closed),
        (say("Open at month end"), sums.open),
        (say("Overdue returns"), sums.overdue),
        (say("Days from request to installation (median)"), None if sums.days is None else round(sums.days, 1)),
        (say("Share of own spares"), None if sums.own is None else Percent(sums.own, 0)),
        (say("Dead on arrival"), sums.dead),
    )


def exceptions(ledger: Ledger) -> Grid:
    """Return what should not be so."""
    names = dict(ledger.names)
    return Grid(
        key="exceptions",
        title=say("Exceptions"),
        columns=(
            Column(title=say("What"), width=19),
            Column(title=say("Concerns"), width=16, mono=True),
            Column(title=say("Details"), width=45),
            Column(title=say("Days"), width=7, numbers=True),
            Column(title=say("Branch"), width=13),
        ),
        rows=tuple((KINDS[each.kind], each.subject, each.text, each.days, names.get(each.branch, each.branch)) for each in ledger.lacks),
        empty=say("There is none."),
        marked=frozenset(number for number, each in enumerate(ledger.lacks) if each.kind in GRAVE),
    )


def branches(ledger: Ledger) -> Grid:
    """Return the numbers of each branch, for headquarters."""
    labels = [label for label, _ in numbers(ledger.sums)]
    return Grid(
        key="branches",
        title=say("Branches"),
        columns=(Column(title=say("Branch"), width=16), *(Column(title=label, width=12, numbers=True) for label in labels)),
        rows=tuple((name, *(value for _, value in numbers(sums))) for name, sums in ledger.branches),
        empty=say("There is none."),
    )


REGISTER = (
    Column(title=say("RMA"), width=5.8, mono=True),
    Column(title=say("Form no."), width=7.2, mono=True),
    Column(title=say("Customer"), width=7.4),
    Column(title=say("PID"), width=8.6, mono=True),
    Column(title=say("Faulty serial"), width=6.8, mono=True),
    Column(title=say("New serial"), width=6.8, mono=True),
    Column(title=say("Source"), width=3.6),
    Column(title=say("Requested"), width=5.3),
    Column(title=say("Confirmed"), width=5.2),
    Column(title=say("Received"), width=4.5),
    Column(title=say("Installed"), width=4.4),
    Column(title=say("Return due"), width=4.2),
    Column(title=say("Cisco due"), width=4.2),
    Column(title=say("Returned"), width=4.6),
    Column(title=say("Waybill"), width=7.0, mono=True),
    Column(title=say("Days late"), width=3.0, numbers=True),
    Column(title=say("State"), width=6.4),
    Column(title=say("Branch"), width=5.6),
)


def register(ledger: Ledger) -> Grid:
    """Return the register of RMAs."""
    zone = ZoneInfo(ledger.zone)
    late = frozenset(number for number, row in enumerate(ledger.rows) if row.late and row.found.returned is None)
    return Grid(
        key="register",
        title=say("RMA register"),
        columns=REGISTER,
        rows=tuple(_registered(row, zone, ledger) for row in ledger.rows),
        empty=say("Nothing was asked for, and nothing was open."),
        marked=late,
    )


def _registered(row: Row, zone: ZoneInfo, ledger: Ledger) -> tuple[Value | None, ...]:
    found, wanted = row.found, row.found.wanted

    def day(at: datetime | None) -> date | None:
        return at.astimezone(zone).date() if at else None

    return (
        found.rma or None, found.number, wanted.title or wanted.customer, wanted.pid or None, wanted.serial or None,
        found.serial_in or found.out[1] or None, SOURCES[found.source], day(wanted.at), day(found.pended), day(found.received),
        day(found.installed), row.due, row.cisco, day(found.returned), found.waybill or None, row.late, STAGES[found.stage],
        dict(ledger.names).get(row.branch, row.branch),
    )  # fmt: skip


def stock(ledger: Ledger) -> Grid:
    """Return the stock by PID and branch."""
    names = dict(ledger.names)
    return Grid(
        key="stock",
        title=say("Stock"),
        columns=(
            Column(title=say("PID"), width=24, mono=True),
            Column(title=say("Branch"), width=14),
            Column(title=say("Opening"), width=7, numbers=True),
            Column(title=say("In"), width=7, numbers=True),
            Column(title=say("Out"), width=7, numbers=True),
            Column(title=say("On loan"), width=7, numbers=True),
            Column(title=say("Closing"), width=7, numbers=True),
            Column(title=say("Minimum"), width=7, numbers=True),
            Column(title=say("Value class"), width=9),
            Column(title=say("Count difference"), width=11, numbers=True),
        ),
        rows=tuple(_shelf(each, names.get(each.branch, each.branch)) for each in ledger.shelves),
        empty=say("No part was ever in stock."),
        marked=frozenset(number for number, each in enumerate(ledger.shelves) if each.closing < each.least),
    )


def _shelf(shelf: Shelf, branch: str) -> tuple[Value | None, ...]:
    counted = None if shelf.found is None else shelf.found - (shelf.booked or 0)
    return (
        shelf.pid, branch, shelf.opening, shelf.came, shelf.went, shelf.lent, shelf.closing, shelf.least or None, shelf.value or None, counted,
    )  # fmt: skip


def page(ledger: Ledger, speaker: Language) -> str:
    """Return the ledger as HTML."""
    names: dict[str, Any] = {
        "ledger": ledger,
        "language": speaker,
        "say": speaker.say,
        "cell": lambda value: cell(value, speaker, ledger.month.start.astimezone(speaker.zone).year),
        "tongue": tongue,
        "title": say("Spare parts and RMA: monthly ledger"),
        "lead": lead(ledger, speaker),
        "numbers": numbers(ledger.sums),
        "risk": risk(ledger),
        "grids": grids(ledger),
        "ages_title": say("Ages of open RMAs"),
        "ages_note": say(
            "From the request on; the ring is the arrival of the good part, the upright line the day by which the faulty one has to be back."
        ),
        "ages": ages(ledger, speaker),
        "signatures": signatures(ledger),
        "signed": (say("Name"), say("Signature"), say("Date")),
        "footing": footing(ledger),
    }
    return environment().get_template("ledger.html").render(names)


def lead(ledger: Ledger, speaker: Language) -> str:
    """Return whose ledger it is, and of which month."""
    first = ledger.month.start.astimezone(ZoneInfo(ledger.zone))
    whose = say("All branches, rolled up by headquarters") if not ledger.branch else say("Branch {name}", name=ledger.title)
    return " · ".join((ledger.tac, speaker.say(whose), format_date(first.date(), MONTH[speaker.code], locale=speaker.locale)))


def footing(ledger: Ledger) -> Phrase:
    """Return up to when it was known."""
    return say("As of {until}, made {made}", until=min(ledger.month.end, ledger.made), made=ledger.made)


def risk(ledger: Ledger) -> Phrase:
    """Return what Cisco may charge for parts that are owed to it."""
    money = f"{ledger.currency} {ledger.risk:,}".strip()
    if not ledger.owed:
        return say("No part is owed to Cisco.")
    if ledger.unpriced == ledger.owed:
        return say("Parts owed to Cisco: {n}; their list price is not known.", n=ledger.owed)
    if ledger.unpriced:
        return say(
            "Parts owed to Cisco: {n}; list price {money}, without {unknown} whose price is not known.",
            n=ledger.owed,
            money=money,
            unknown=ledger.unpriced,
        )
    return say("Parts owed to Cisco: {n}; list price {money}.", n=ledger.owed, money=money)


def ages(ledger: Ledger, speaker: Language) -> Markup | None:
    """Return the drawing of the open replacements' ages, None when none is open."""
    until = min(ledger.month.end, ledger.made)
    made = [_age(row, until, speaker) for row in ledger.rows if row.found.is_open]
    if not made:
        return None
    words = say("Ages of {n} open RMAs, {late} of them overdue", n=len(made), late=sum(age.late for age in made))
    return Markup(drawn(made, speaker.say(words)))  # noqa: S704 - every text in it is escaped there


def _age(row: Row, until: datetime, speaker: Language) -> Age:
    found = row.found
    owed = found.returned is None
    due = min((day for day in (row.due, row.cisco) if day), default=None)
    late = bool(row.late) and owed
    word = say("{n} d late", n=row.late or 0) if late else STAGES[found.stage]
    return Age(
        name=f"{found.rma or found.number}  {found.wanted.pid}"[:34], start=found.wanted.at, end=until, received=found.received,
        due=due if owed else None, late=late, word=speaker.say(word),
    )  # fmt: skip


def signatures(ledger: Ledger) -> tuple[Phrase, ...]:
    """Return who signs."""
    mine = (say("Spares specialist of {branch}", branch=ledger.title),) if ledger.branch else ()
    return (*mine, say("Spares specialist at headquarters"))


def cell(value: Value | None, speaker: Language, year: int) -> str:
    """Return a cell as it is printed: days without the ledger's *year*; nothing is a dash."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%m-%d}" if value.year == year else f"{value:%y-%m-%d}"
    return speaker.say(value)
