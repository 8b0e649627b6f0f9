"""``healthd export``: readings as Parquet or CSV."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from healthd.cli._context import ConfigOption, DataOption, context
from healthd.errors import ConfigError, UnknownName
from healthd.model.counted import counted


def command(
    file: Annotated[Path, typer.Argument(help="The file to write; its ending (.parquet, .csv) says the format.")],
    customer: Annotated[str, typer.Option("--customer", "-c", help="The customer's code.")],
    since: Annotated[str, typer.Option("--from", help="First day or moment (UTC): 2026-03-01 or 2026-03-01T06:00.")] = "",
    until: Annotated[str, typer.Option("--to", help="Day or moment (UTC) before which to end; by default now.")] = "",
    device: Annotated[list[str] | None, typer.Option("--device", help="Only this device; can be said again.")] = None,
    metric: Annotated[list[str] | None, typer.Option("--metric", help="Only this metric (cpu.busy); can be said again.")] = None,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Write readings to a Parquet or CSV file, by default those of the last day.

    Examples: healthd export day.parquet --customer acme · healthd export cpu.csv --customer acme --metric cpu.busy --from 2026-03-01
    """
    from healthd.model.device import Customer
    from healthd.model.interval import Interval
    from healthd.store import devices, export

    if file.suffix.lower() not in export.FORMATS:
        raise ConfigError(f"found {file.name!r}; allowed: a name that ends in {' or '.join(export.FORMATS)}, which says the format")
    end = _moment(until) if until else datetime.now(UTC)
    start = _moment(since) if since else end - timedelta(days=1)
    if start >= end:
        raise ConfigError(f"found --from {start.isoformat()} and --to {end.isoformat()}; allowed: --from before --to")
    context(config, data=data).open_store()
    if customer not in devices.customers():
        raise UnknownName("customer", customer, devices.customers())
    there = devices.named(customer)
    if missing := sorted(set(device or ()) - {each.name for each in there}):
        raise UnknownName("device", missing[0], tuple(each.name for each in there))
    wanted = [each for each in there if not device or each.name in device]
    kept = export.metrics(customer, [each.name for each in wanted])
    if strange := sorted(set(metric or ()) - set(kept)):
        raise UnknownName("metric", strange[0], kept)
    count = export.write(file, Customer(code=customer, title=customer), wanted, Interval(start, end), metric or ())
    print(f"wrote {counted(count, 'value')} of {counted(len(wanted), 'device')} to {file}")


def _moment(said: str) -> datetime:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise ConfigError(f"found {said!r}; allowed: a day or a moment such as 2026-03-01 or 2026-03-01T06:00") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
