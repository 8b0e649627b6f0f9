"""``healthd spares``: the branches' stocks of spare parts."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context, _rma
from healthd.cli._columns import padded
from healthd.errors import ConfigError, NotAllowed, UnknownName
from healthd.model.phrase import say
from healthd.model.spares import Move, Moving, Stock, Unit

if TYPE_CHECKING:
    from healthd.model.rma import Replacement
    from healthd.model.tac import Tac
    from healthd.reports.language import Language

app = typer.Typer(help="The branches' stocks of spare parts.", no_args_is_help=True)
Branch = Annotated[str, typer.Option("--branch", help="The branch's name.")]
Author = Annotated[str, typer.Option("--author", help="Who does it; your login name when left out.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would be, and keep nothing.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lang = Annotated[str | None, typer.Option("--lang", help="en or zh-CN; the locale's when left out.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the record.")]
CISCO = "cisco"


@app.callback()
def group() -> None:
    """The branches' stocks of spare parts."""


@app.command("list")
def list_(
    branch: Annotated[str, typer.Option("--branch", help="Only this branch's.")] = "",
    pid: Annotated[str, typer.Option("--pid", help="Only what can take the place of this PID.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List the parts in stock, and of what there is less than the minimum.

    Examples: healthd spares list · healthd spares list --branch hangzhou --pid PWR-C1-715WAC --json
    """
    from healthd.desk import spares, stocks

    desk = _rma.desk(_context.context(config, inventory, data), lang=lang)
    wanted = _rma.branch(desk, branch) if branch else ""
    there = stocks.every()
    names = [name for name in dict.fromkeys([*(each.name for each in desk.tac.branches), *there]) if wanted in ("", name)]
    found = [there.get(name) or Stock(branch=name) for name in names]
    shown = [(stock, unit) for stock in found for unit in (spares.fitting(stock, pid, desk.tac.spares) if pid else stock.units)]
    speaker = desk.language()
    for stock, unit in shown:
        print(json.dumps(_record(stock.branch, unit), ensure_ascii=False) if as_json else _line(stock.branch, unit, speaker))
    if as_json:
        return
    if not shown:
        none = say("no free part in stock can take the place of {pid}", pid=pid) if pid else say("nothing is in stock")
        print(speaker.sentence(none), file=sys.stderr)
    for stock in found:
        for kind, have, least in spares.short(stock, desk.tac.spares):
            said = say("{branch}: {pid}: {have} free, {least} wanted at least", branch=stock.branch, pid=kind.pid, have=have, least=least)
            print(f"▲ {speaker.sentence(said)}", file=sys.stderr)


def _record(branch: str, unit: Unit) -> dict[str, object]:
    made = {
        "branch": branch, "pid": unit.pid, "serial": unit.serial, "since": unit.since.isoformat(), "place": unit.place,
        "reserved_for": unit.held, "faulty": unit.faulty,
    }  # fmt: skip
    return {name: value for name, value in made.items() if value != ""}


def _line(branch: str, unit: Unit, speaker: "Language") -> str:
    state = say("faulty") if unit.faulty else say("reserved for {number}", number=unit.held) if unit.held else say("free")
    since = speaker.sentence(say("since {day}", day=f"{unit.since:%Y-%m-%d}"))
    return f"{branch:<8} {unit.pid:<20} {unit.serial:<14} {padded(speaker.sentence(state), 26)} {since}  {unit.place}".rstrip()


@app.command()
def add(
    pid: Annotated[str, typer.Argument(help="The PID on the part; the spare form with = is the same part.")],
    serial: Annotated[str, typer.Argument(help="Its serial number.")],
    branch: Branch,
    place: Annotated[str, typer.Option("--place", help="Where it lies, as shelf A3.")] = "",
    reason: Reason = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Take a good part into stock that no RMA is about: bought, or found by a count. What Cisco sends comes in with healthd rma receive.

    Example: healthd spares add PWR-C1-715WAC= LIT2030ZZZZ --branch hangzhou --place "shelf A3"
    """
    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    if not pid.strip() or not serial.strip():
        raise ConfigError("a part needs its PID and its serial number: found nothing; allowed: what the label says")
    moved = Move(at=desk.now, who=desk.who, moving=Moving.RECEIVE, pid=pid, serial=serial, place=place, text=reason)
    _said(_moved(_rma.branch(desk, branch), moved, dry_run), moved.serial, as_json, dry_run, desk.language())


@app.command("move")
def move_(
    serial: Annotated[str, typer.Argument(help="The part's serial number.")],
    to: Annotated[str, typer.Option("--to", help="The branch it goes to; cisco for a faulty part that no RMA is about any more.")],
    reason: Reason = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Move a part to another branch; a reservation goes with it.

    Example: healthd spares move LIT2030ZZZZ --to nanjing
    """
    from healthd.desk import stocks

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    start, unit = _unit(serial)
    if to == CISCO:
        moved = Move(at=desk.now, who=desk.who, moving=Moving.SHIP, pid=unit.pid, serial=unit.serial, text=reason)
        _said(_moved(start, moved, dry_run), serial, as_json, dry_run, desk.language())
        return
    there = _rma.branch(desk, to)
    stock = stocks.of(start) if dry_run else stocks.transfer(serial, there, desk.who, desk.now, reason)[1]
    _said(stock, serial, as_json, dry_run, desk.language())


def _unit(serial: str) -> tuple[str, Unit]:
    """Return the part *serial* and where it lies.

    Raises:
        UnknownName: it lies nowhere.
    """
    from healthd.desk import stocks
    from healthd.desk.rma_rules import plain

    there = {unit.serial: (stock.branch, unit) for stock in stocks.every().values() for unit in stock.units}
    if plain(serial) not in there:
        raise UnknownName("part in stock", serial, tuple(there))
    return there[plain(serial)]


@app.command()
def reserve(
    number: Annotated[str, typer.Argument(help="The form's number, as 2611-0042-R1.")],
    serial: Annotated[str, typer.Option("--serial", help="Which part; the best one of the branch's own when left out.")] = "",
    release: Annotated[bool, typer.Option("--release", help="Give it free again.")] = False,
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Reserve an own spare for a confirmed form: the branch's own first. Cisco's RMA then refills the stock (healthd rma order).

    Example: healthd spares reserve 2611-0042-R1
    """
    from healthd.desk import parts
    from healthd.model.rma import Step

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    found = parts.found(number)
    if release:
        _rma.said(_rma.do(desk, number, Step.RELEASED, dry=dry_run), desk, as_json, dry_run)
        return
    there, unit = _unit(serial) if serial else (found.wanted.branch, _own(found, desk.tac))
    facts = {"branch": there, "pid": unit.pid, "serial": unit.serial}
    _rma.said(_rma.do(desk, number, Step.RESERVED, facts=facts, dry=dry_run), desk, as_json, dry_run)


def _own(found: "Replacement", tac: "Tac") -> Unit:
    """Return the best free part of the branch's own stock.

    Raises:
        NotAllowed: there is none; the message says where one is.
    """
    from healthd.desk import spares, stocks

    wanted, branch = found.wanted, tac.branch(found.wanted.branch)
    if branch is None:
        raise UnknownName("branch", wanted.branch, tuple(each.name for each in tac.branches))
    supply = spares.supply(wanted.pid, branch, tac.branches, stocks.every(), tac.spares)
    if supply.own is None:
        near = "".join(f"; {name} has {unit.serial} (healthd spares move)" for name, unit in supply.elsewhere)
        raise NotAllowed(f"{branch.name} has no free part for {wanted.pid}{near}; ask Cisco and record its number with healthd rma order")
    return supply.own


@app.command()
def count(
    pid: Annotated[str, typer.Argument(help="The PID that was counted.")],
    number: Annotated[int, typer.Argument(help="How many good parts there are.")],
    branch: Branch,
    new: Annotated[bool, typer.Option("--new-pid", help="The PID is right, though no stock and no list of spares has it.")] = False,
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Enter a count; a later one of the same PID takes its place. A difference is said here and in the ledger; healthd spares adjust puts the books right.

    Example: healthd spares count PWR-C1-715WAC 2 --branch hangzhou
    """
    from healthd.desk import spares, stocks

    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    kinds = {each.pid for each in desk.tac.spares} | {unit.pid for stock in stocks.every().values() for unit in stock.units}
    if not new and not any(spares.alike(each, pid) for each in kinds):
        raise UnknownName("PID (--new-pid where it is right)", pid, tuple(sorted(kinds)))
    moved = Move(at=desk.now, who=desk.who, moving=Moving.COUNT, pid=pid, counted=number)
    stock = _moved(_rma.branch(desk, branch), moved, dry_run)
    found = next(each for each in stock.counts if spares.alike(each.pid, pid))
    if as_json:
        print(
            json.dumps(
                {"branch": stock.branch, "pid": pid, "found": found.found, "booked": found.booked, "difference": found.found - found.booked}
            )
        )
    else:
        said = say(
            "{branch}: {pid}: {found} counted, {booked} booked", branch=stock.branch, pid=pid, found=found.found, booked=found.booked
        )
        print(desk.language().sentence(said))


@app.command()
def adjust(
    serial: Annotated[str, typer.Argument(help="The part's serial number.")],
    branch: Branch,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the record.")],
    pid: Annotated[
        str, typer.Option("--pid", help="Of a part that is there but not in the books: its PID. Without, the part is not there any more.")
    ] = "",
    author: Author = "",
    dry_run: Dry = False,
    as_json: Json = False,
    lang: Lang = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Put the books right after a count: a part that is not there any more, or one that is there but was not booked.

    Example: healthd spares adjust LIT2030ZZZZ --branch hangzhou --reason "not found in the count of November"
    """
    desk = _rma.desk(_context.context(config, inventory, data), author, lang)
    kind = pid or _unit(serial)[1].pid
    moved = Move(at=desk.now, who=desk.who, moving=Moving.ADJUST, pid=kind, serial=serial, text=reason, gone=not pid)
    _said(_moved(_rma.branch(desk, branch), moved, dry_run), serial, as_json, dry_run, desk.language())


def _moved(branch: str, moved: Move, dry: bool) -> Stock:
    from dataclasses import replace

    from healthd.desk import spares, stocks

    return spares.apply(replace(stocks.of(branch)), moved) if dry else stocks.move(branch, moved, moved.at)


def _said(stock: Stock, serial: str, as_json: bool, dry: bool, speaker: "Language") -> None:
    from healthd.desk.rma_rules import plain

    unit = stock.unit(plain(serial))
    if as_json:
        print(
            json.dumps(
                {
                    "branch": stock.branch,
                    "serial": plain(serial),
                    "there": unit is not None,
                    **(_record(stock.branch, unit) if unit else {}),
                },
                ensure_ascii=False,
            )
        )
    else:
        there = _line(stock.branch, unit, speaker) if unit else ""
        gone = say("{branch}: {serial} is not here any more", branch=stock.branch, serial=plain(serial))
        shown = there or speaker.sentence(gone)
        print(f"{speaker.sentence(_rma.WOULD)} {shown}" if dry else shown)
