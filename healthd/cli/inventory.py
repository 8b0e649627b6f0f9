"""``healthd inventory``: check, list and import customers and devices."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _context
from healthd.errors import ConfigError, InventoryError
from healthd.inventory.record import Record
from healthd.model.counted import counted

if TYPE_CHECKING:
    from healthd.inventory.merge import Merge

app = typer.Typer(help="Check, list and import customers and devices.", no_args_is_help=True)
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]


@app.command()
def check(
    inventory: _context.InventoryOption = None, config: _context.ConfigOption = None, as_json: JsonOption = False, secrets: bool = True
) -> None:
    """Read every file and fetch every secret; tell all mistakes at once, and in notes what may not be meant. Nothing is sent to a device.

    Examples: healthd inventory check · healthd inventory check --inventory ./inventories/acme --no-secrets
    """
    surroundings = _context.context(config, inventory)
    mistakes: list[str] = []
    notes: tuple[str, ...] = ()
    customers = devices = 0
    try:
        found = surroundings.inventory
        customers, devices = len(found.customers), len(found.devices)
        used = {name for device in found.devices for name in (device.snmp, device.ssh) if name}
        for name in sorted(used) if secrets else ():
            mistakes.extend(found.profiles[name].mistakes())
        mistakes.extend(found.unasked)
        notes = found.remarks
    except InventoryError as error:
        mistakes.extend(error.mistakes)
    if as_json:
        print(json.dumps({"customers": customers, "devices": devices, "mistakes": mistakes, "notes": notes}, ensure_ascii=False))
    else:
        print(*mistakes, *(f"note: {each}" for each in notes), sep="\n", end="\n" if mistakes or notes else "", file=sys.stderr)
        if not mistakes:
            print(f"{counted(customers, 'customer')}, {counted(devices, 'device')}, no mistakes")
    if mistakes:
        raise typer.Exit(ConfigError.exit_status)


@app.command("list")
def list_(
    customer: str = "all", inventory: _context.InventoryOption = None, config: _context.ConfigOption = None, as_json: JsonOption = False
) -> None:
    """List the devices of the inventory.

    Examples: healthd inventory list --customer acme · healthd inventory list --json | jq .name
    """
    from healthd.cli import _lines

    devices = _context.context(config, inventory).devices(customer=customer)
    if as_json:
        for d in devices:
            fields = (
                "name",
                "customer",
                "address",
                "port",
                "ssh_port",
                "platform",
                "site",
                "role",
                "snmp",
                "ssh",
                "service_point",
                "in_service",
            )
            said = {key: getattr(d, key) for key in fields} | {"parents": list(d.parents), "tags": list(d.tags)}
            print(json.dumps(_lines.told(said), ensure_ascii=False))
        return
    rows = [
        ("CUSTOMER", "DEVICE", "ADDRESS", "PLATFORM", "SITE", "ROLE"),
        *((d.customer, d.name, d.address, d.platform or "-", d.site or "-", d.role or "-") for d in devices),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@app.command("import")
def import_(
    source: Annotated[str, typer.Argument(help="CSV or XLSX table, Nornir folder, Ansible inventory (YAML, INI), or NetBox's URL.")],
    customer: Annotated[str, typer.Option(help="Customer of rows that name none; also its folder.")] = "",
    inventory: Annotated[Path, typer.Option("--inventory", help="Folder of customers to write to.", envvar="HEALTHD_INVENTORY")] = Path(
        "inventories"
    ),
    kind: Annotated[
        str, typer.Option("--format", help="Kind of source, when the name does not tell: csv, xlsx, nornir, ansible, netbox.")
    ] = "",
    token: Annotated[str, typer.Option(help="Reference to NetBox's token.")] = "env:NETBOX_TOKEN",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference, change nothing.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Also remove devices that the source does not name.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Take devices over from another source. Importing the same source twice changes nothing.

    Examples: healthd inventory import devices.xlsx --customer acme --dry-run · healthd inventory import https://netbox.example.com --prune
    """
    by_customer: dict[str, list[Record]] = {}
    for record in _records(source, kind, token):
        by_customer.setdefault(record.customer or customer, []).append(record)
    _check_codes(by_customer)
    merges = {inventory / code: _merged(inventory / code, records, prune=prune) for code, records in sorted(by_customer.items())}
    for folder, merged in merges.items():
        _show(folder.name, merged, as_json=as_json)
    changed = {folder: merged.text for folder, merged in merges.items() if merged.changes}
    if mistakes := [each for folder, text in changed.items() for each in _mistakes(folder, text)]:
        raise InventoryError((*mistakes, "nothing was imported"))
    for folder, text in changed.items() if not dry_run else ():
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "hosts.yaml", text)


def _check_codes(by_customer: Mapping[str, Sequence[Record]]) -> None:
    """Refuse rows of no customer, and codes that are no folder's name, before a file is made by them."""
    from healthd.inventory.read import CODE

    wrong = {code: records[0] for code, records in by_customer.items() if not CODE.fullmatch(code)}
    mistakes = [
        f"{first.where}: device {first.name!r}: found customer {code!r}; allowed: letters, digits, . _ - (it names a folder); correct it"
        if code
        else f"{first.where}: device {first.name!r}: found no customer; allowed: a customer column, or --customer CODE; add one"
        for code, first in wrong.items()
    ]
    if mistakes:
        raise InventoryError(tuple(mistakes))


def _records(source: str, kind: str, token: str) -> list[Record]:
    from healthd import modules
    from healthd.inventory import sources

    if kind and kind not in modules.names(sources):
        raise ConfigError(f"--format: found {kind!r}; allowed: {', '.join(modules.names(sources))}")
    names = [kind] if kind else [name for name in modules.names(sources) if modules.load(sources, name).accepts(source)]
    if not names:
        raise ConfigError(f"cannot tell what {source} is; say it with --format: {', '.join(modules.names(sources))}")
    try:
        return list(modules.load(sources, names[0]).read(source, {"token": token}))
    except OSError as error:
        raise ConfigError(f"cannot read {source}: {error.strerror}") from error


def _merged(folder: Path, records: list[Record], *, prune: bool) -> "Merge":
    from healthd.inventory.document import Document, Mistakes, load
    from healthd.inventory.merge import merge

    file = folder / "hosts.yaml"
    mistakes = Mistakes(folder.parent)
    text = file.read_text("utf-8") if file.exists() else ""
    document = load(file, mistakes) if file.exists() else Document(file, {}, {}, mistakes)
    if mistakes.found:
        raise InventoryError(tuple(mistakes.found))
    return merge(document, text, records, prune=prune)


def _show(customer: str, merged: "Merge", *, as_json: bool) -> None:
    for change in merged.changes:
        if as_json:
            said = {"customer": customer, "change": change.what, "device": change.name, "values": change.values}
            print(json.dumps(said, ensure_ascii=False))
        else:
            sign = {"add": "+", "change": "~", "remove": "-"}[change.what]
            values = ", ".join(
                f"{key}: {before or '(none)'} → {after}" if before or change.what == "change" else f"{key}: {after}"
                for key, before, after in change.values
            )
            print(f"{sign} {customer}/{change.name}  {values}".rstrip())
    if not merged.changes:
        print(f"{customer}: nothing to change", file=sys.stderr)


def _mistakes(folder: Path, text: str) -> tuple[str, ...]:
    """Return what would be wrong in *folder* with *text* for its ``hosts.yaml``, by reading it beside links to the other files."""
    from healthd import modules, platforms
    from healthd.inventory.read import read

    with TemporaryDirectory(prefix="healthd-") as made:
        trial = Path(made).resolve() / folder.name
        trial.mkdir()
        for file in (folder.parent / "credentials.yaml", *folder.glob("*.yaml")):
            (trial.parent / file.relative_to(folder.parent)).symlink_to(file.absolute())
        (trial / "hosts.yaml").unlink(missing_ok=True)
        (trial / "hosts.yaml").write_text(text, "utf-8")
        try:
            read(trial, modules.names(platforms))
        except InventoryError as error:
            return error.mistakes
    return ()


def _write(file: Path, text: str) -> None:
    new = file.with_suffix(".yaml.new")
    new.write_text(text, "utf-8")
    new.replace(file)
