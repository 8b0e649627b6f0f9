"""``healthd backup``: copy the database while it runs, check a copy, put one back."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli._context import ConfigOption, DataOption, context
from healthd.errors import ConfigError
from healthd.model.counted import counted

if TYPE_CHECKING:
    from healthd.store.backup import Copy


def command(
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", help="The new file; by default backups/healthd-<time> in the data folder. Its folder is made, those above it are not."
        ),
    ] = None,
    verify: Annotated[Path | None, typer.Option("--verify", help="Read this copy wholly and say what is in it; nothing else.")] = None,
    restore: Annotated[
        Path | None, typer.Option("--restore", help="Put this copy in the database's place; healthd must not be running.")
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Copy the database while healthd is running, and check the copy.

    Examples: healthd backup · healthd backup --to /backup/healthd.copy · healthd backup --verify /backup/healthd.copy
    """
    from healthd.store import backup, database

    if sum(each is not None for each in (to, verify, restore)) > 1:
        raise ConfigError("found more than one of --to, --verify, --restore; allowed: one of them")
    if verify:
        _say("good", backup.verify(verify))
        return
    there = context(config, data=data)
    settings = there.settings("store", database.Settings).within(there.data)
    if restore:
        before = settings.path if settings.path and settings.path.exists() else None
        _say("restored", backup.restore(settings, restore))
        if before:
            print(f"the database that was there is kept as {before}.before; delete it when the restored one is right")
        return
    ending = "sqlite3" if settings.path else "pgdump"
    path = to or there.data / "backups" / f"healthd-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.{ending}"
    fresh = not path.parent.exists()
    copy = backup.make(settings, path)
    if fresh:
        print(f"made the folder {path.parent}", file=sys.stderr)
    _say("copied and checked", copy)


def _say(done: str, copy: "Copy") -> None:
    kept = {name.removeprefix("store_"): count for name, count in copy.rows.items()}
    print(
        f"{done}: {copy.path} ({counted(copy.size, 'byte')}; {', '.join(counted(kept.get(name, 0), name) for name in ('sweep', 'poll', 'event'))})"
    )
