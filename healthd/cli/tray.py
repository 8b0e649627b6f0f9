"""``healthd tray``: mail and faxes that wait for a specialist: a case is opened from them, they are put onto one, or rejected."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from healthd.cli import _context, _intake
from healthd.cli._desk import Desk
from healthd.errors import ConfigError, UnknownName
from healthd.model.phrase import say

if TYPE_CHECKING:
    from healthd.model.device import Customer, Device
    from healthd.model.tray import TrayItem

app = typer.Typer(help="Mail and faxes that wait for a specialist.", no_args_is_help=True)
NumberArgument = Annotated[str, typer.Argument(metavar="MAIL", help="The mail's number, or how it begins.")]
AuthorOption = Annotated[str, typer.Option("--author", help="Who says so; without it, who is logged in.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def group() -> None:
    """Mail and faxes that wait for a specialist."""


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Also what was decided, and what was put aside.")] = False,
    customer: Annotated[str, typer.Option(help="Only this customer's.")] = "",
    as_json: JsonOption = False,
    language: Annotated[str | None, typer.Option("--lang", help="en or zh-CN; the locale's when left out.")] = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """List what waits, what reads like a grave fault first.

    Examples: healthd tray list · healthd tray list --all --json
    """
    from healthd.desk import mailroom
    from healthd.model.tray import TrayStage

    desk_ = Desk(there=_context.context(config, inventory, data), spoken=language)
    found = mailroom.listed(tuple(TrayStage) if every else (TrayStage.WAITING,), customer)
    for item in found:
        print(json.dumps(_object(item), ensure_ascii=False) if as_json else _row(item, desk_))
    if not found and not as_json:
        print(desk_.language().say(say("no mail waits")), file=sys.stderr)


@app.command()
def show(
    number: NumberArgument,
    save: Annotated[Path | None, typer.Option("--save", help="Write its files (scans, logs, the mail itself) into this folder.")] = None,
    language: Annotated[str | None, typer.Option("--lang", help="en or zh-CN; the locale's when left out.")] = None,
    as_json: JsonOption = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Show one piece of mail: who wrote it, what was recognised in it, why it is here.

    Example: healthd tray show 3f2a --save /tmp
    """
    from healthd.desk import mailroom
    from healthd.store import files

    desk_ = Desk(there=_context.context(config, inventory, data), spoken=language)
    item = mailroom.found(number)
    told = [
        {"at": s.at.isoformat(), "who": s.who, "stage": s.stage.value, "case": s.case, "why": s.why} for s in mailroom.steps(item.number)
    ]
    if as_json:
        print(json.dumps({**_object(item), "text": item.mail.text, "steps": told}, ensure_ascii=False))
    else:
        print("\n".join(_shown(item, desk_)))
    for kept in files.told(item.mail.files) if save else ():
        path = (save or Path()) / f"{item.number}-{_safe(kept.name)}"
        path.write_bytes(files.get(kept.id).data)
        print(path, file=sys.stderr)


@app.command()
def confirm(
    number: NumberArgument,
    priority: Annotated[str, typer.Option("--priority", help="P1 to P4.")],
    customer: Annotated[str, typer.Option(help="Whose case it is; without it, whose the mail is.")] = "",
    device: Annotated[str, typer.Option(help="The device that it is about.")] = "",
    title: Annotated[str, typer.Option(help="The case's title; without it, the mail's subject.")] = "",
    technology: Annotated[str, typer.Option(help="The technology concerned.")] = "",
    phone: Annotated[str, typer.Option(help="Where the caller can be reached.")] = "",
    who: AuthorOption = "",
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Open a case from a piece of mail, after you have looked at it. Once is enough: the same mail gives the same case.

    Example: healthd tray confirm 3f2a --priority P3 --device hz-acc-03
    """
    from healthd.desk import mailroom
    from healthd.model.case import Priority

    desk_ = Desk(there=_context.context(config, inventory, data), author=who)
    item = mailroom.found(number)
    if priority.upper() not in Priority.__members__:
        raise ConfigError(f"--priority: found {priority!r}; allowed: {', '.join(Priority.__members__)}")
    whose = _customer(desk_, customer or item.customer)
    decided = mailroom.Decided(
        who=desk_.who, customer=whose, priority=Priority[priority.upper()], title=title, device=_device(desk_, whose, device, item)
    )
    more = (("phone", phone), ("technology", technology), ("role", desk_.roles))
    details = {**dict(mailroom.facts(item, whose)), **{name: value for name, value in more if value}}
    case = mailroom.confirm(item.number, mailroom.opening(item, decided), tuple(details.items()), desk_.now)
    print(f"case {case.number} is open; {item.mail.sender or 'the sender'} is told its number")


@app.command()
def attach(
    number: NumberArgument,
    case: Annotated[str, typer.Argument(metavar="CASE", help="Our case's number.")],
    who: AuthorOption = "",
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Write a piece of mail onto a case, because you say that it belongs there.

    Example: healthd tray attach 3f2a 2611-0042
    """
    from healthd.desk import mailroom

    desk_ = Desk(there=_context.context(config, inventory, data), author=who)
    item = mailroom.attach(mailroom.found(number).number, case, desk_.who, desk_.now)
    print(f"mail {item.number} is on case {item.case}")


@app.command()
def reject(
    number: NumberArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the mail.")],
    who: AuthorOption = "",
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Say that a piece of mail is nothing for us; it is kept.

    Example: healthd tray reject 3f2a --reason advertisement
    """
    from healthd.desk import mailroom

    desk_ = Desk(there=_context.context(config, inventory, data), author=who)
    item = mailroom.reject(mailroom.found(number).number, desk_.who, reason, desk_.now)
    print(f"mail {item.number} is rejected")


@app.command()
def take(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Mail (.eml) or scans (PDF, TIFF, PNG, JPEG).")] = None,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Take mail or scanned faxes from files into the tray; without files, what is new in the mailbox, as the daemon does.

    Examples: healthd tray take fax.tif · healthd tray take
    """
    from healthd.desk import mailroom

    desk_ = Desk(there=_context.context(config, inventory, data))
    intake = _intake.part(desk_.there)
    if not files and not intake.settings.host:
        raise ConfigError("there is no mailbox: name files, or set [intake.mail] host")
    fax = "scan@localhost"
    intake.room.fax |= {fax}
    numbers = [mailroom.keep(_mail(path, fax), 0, desk_.now) for path in files or ()]
    if not files:
        intake.turn(lambda: desk_.now)
    intake.room.sort(desk_.now)
    for number in numbers:
        print(_row(mailroom.found(number), desk_))


def _mail(path: Path, sender: str) -> bytes:
    """Return *path* as mail: a scan becomes that of a fax gateway."""
    import mimetypes
    from email.message import EmailMessage

    data = path.read_bytes()
    if path.suffix.lower() == ".eml":
        return data
    kind = mimetypes.guess_type(path.name)[0] or ""
    if kind not in ("application/pdf", "image/tiff", "image/png", "image/jpeg"):
        raise ConfigError(f"{path}: found {kind or 'an unknown kind of file'}; allowed: mail (.eml), PDF, TIFF, PNG, JPEG")
    made = EmailMessage()
    made["From"], made["Subject"] = sender, path.name
    made.set_content(path.name)
    made.add_attachment(data, maintype=kind.partition("/")[0], subtype=kind.partition("/")[2], filename=path.name)
    return made.as_bytes()


def _customer(desk_: Desk, code: str) -> "Customer":
    known = tuple(each.code for each in desk_.there.customers())
    if not code:
        raise ConfigError(f"whose mail it is, is not clear; say --customer with one of: {', '.join(known)}")
    found = desk_.customer(code)
    if found is None:
        raise UnknownName("customer", code, known)
    return found


def _device(desk_: Desk, customer: "Customer", name: str, item: "TrayItem") -> "Device | None":
    """Return the device *name*, else the only one that was recognised in the mail."""
    there = {each.name: each for each in desk_.there.devices(customer=customer.code)}
    if name and name not in there:
        raise UnknownName("device", name, tuple(sorted(there)))
    seen = [each for each in item.devices if each in there]
    return there[name] if name else there[seen[0]] if len(seen) == 1 else None


def _object(item: "TrayItem") -> dict[str, Any]:
    mail = item.mail
    said: dict[str, Any] = {
        "number": item.number, "stage": item.stage.value, "at": mail.at.isoformat(), "channel": item.channel, "sender": mail.sender,
        "name": mail.name, "subject": mail.subject, "customer": item.customer, "contact": item.contact, "case": item.case, "why": str(item.why),
        "urgent": item.urgent, "machine": mail.machine, "devices": list(item.devices), "serials": list(item.serials), "files": len(mail.files),
        "size": mail.size, "notes": list(mail.notes),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in ("", [], None)}


def _row(item: "TrayItem", desk_: Desk) -> str:
    language = desk_.language()
    mark = "!" if item.urgent else " "
    who = _line(item.contact or item.mail.name or item.mail.sender or "-", 30)
    why = language.sentence(item.why)
    return f"{item.number[:8]} {mark} {item.stage.value:<9} {item.mail.at.astimezone(desk_.tac.zone):%m-%d %H:%M}  {item.customer or '?':<8} {who}: {_line(item.mail.subject, 60)}  ({why})"


def _shown(item: "TrayItem", desk_: Desk) -> list[str]:
    mail, language = item.mail, desk_.language()
    rows = [
        f"{item.number}  {item.stage.value}{'  URGENT' if item.urgent else ''}",
        f"from      {_line(mail.name, 100)} <{mail.sender}>  at {mail.at.astimezone(desk_.tac.zone):%Y-%m-%d %H:%M}",
        f"subject   {_line(mail.subject, 300)}",
        f"customer  {item.customer or 'not clear'}{f', {item.contact}' if item.contact else ''}",
        f"why here  {language.sentence(item.why)}",
    ]
    extra = (
        ("case", item.case),
        ("devices", ", ".join(item.devices)),
        ("serials", ", ".join(item.serials)),
        ("notes", "; ".join(mail.notes)),
    )
    rows += [f"{name:<9} {value}" for name, value in extra if value]
    return [*rows, "", *("".join(c if c.isprintable() else " " for c in line) for line in mail.text.splitlines())]


def _line(text: str, most: int) -> str:
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clean if len(clean) <= most else f"{clean[: most - 1]}…"


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "._-" else "_" for c in name)[-100:] or "file"
