"""``healthd inventory``: check, list and import customers and devices."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from healthd.cli import _context
from healthd.errors import ConfigError, InventoryError
from healthd.inventory.record import Record
from healthd.model.counted import counted

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
    if "" in by_customer:
        first = by_customer[""][0]
        raise InventoryError(
            (f"{first.where}: device {first.name!r}: found no customer; allowed: a customer column, or --customer CODE; add one",)
        )
    for code, records in sorted(by_customer.items()):
        _merge_into(inventory / code, records, prune=prune, dry_run=dry_run, as_json=as_json)


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


def _merge_into(folder: Path, records: list[Record], *, prune: bool, dry_run: bool, as_json: bool) -> None:
    from healthd import modules, platforms
    from healthd.inventory.document import Mistakes, load
    from healthd.inventory.merge import merge
    from healthd.inventory.read import read

    file = folder / "hosts.yaml"
    mistakes = Mistakes(folder.parent)
    text = file.read_text("utf-8") if file.exists() else ""
    document = load(file, mistakes) if file.exists() else None
    if mistakes.found:
        raise InventoryError(tuple(mistakes.found))
    from healthd.inventory.document import Document

    merged = merge(document or Document(file, {}, {}, mistakes), text, records, prune=prune)
    for change in merged.changes:
        if as_json:
            print(
                json.dumps(
                    {"customer": folder.name, "change": change.what, "device": change.name, "values": change.values}, ensure_ascii=False
                )
            )
        else:
            sign = {"add": "+", "change": "~", "remove": "-"}[change.what]
            values = ", ".join(
                f"{key}: {before or '(none)'} → {after}" if before or change.what == "change" else f"{key}: {after}"
                for key, before, after in change.values
            )
            print(f"{sign} {folder.name}/{change.name}  {values}".rstrip())
    if not merged.changes:
        print(f"{folder.name}: nothing to change", file=sys.stderr)
    if merged.changes and not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        before = text if file.exists() else None
        _write(file, merged.text)
        try:
            read(folder, modules.names(platforms))
        except InventoryError as error:
            # What would not read back is not left behind.
            file.unlink() if before is None else _write(file, before)
            raise InventoryError((*error.mistakes, "nothing was imported")) from None


def _write(file: Path, text: str) -> None:
    new = file.with_suffix(".yaml.new")
    new.write_text(text, "utf-8")
    new.replace(file)
