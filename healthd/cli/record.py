"""``healthd record``: write down what a device answers, without its secrets, for tests and for asking somebody else."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from healthd.cli import _context
from healthd.cli._secrets import secrets
from healthd.model.counted import counted


def command(
    name: Annotated[str, typer.Argument(metavar="DEVICE", help="The device to record.")],
    to: Annotated[Path | None, typer.Option("--to", help="Folder to write to; by default recordings/DEVICE.")] = None,
    serials: Annotated[bool, typer.Option(help="Keep serial numbers as they are.")] = True,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Ask a device everything healthd reads and write its answers to a folder.

    Communities, passwords, keys and user names are taken out. Look the folder through before you give it away.

    Examples: healthd record core-01 · healthd record core-01 --to /tmp/core-01 --no-serials
    """
    from healthd import cycle
    from healthd.transports import replay
    from healthd.transports.scrub import Scrub

    surroundings = _context.context(config, inventory, data)
    (device,) = surroundings.devices([name])
    wires = surroundings.wires()
    try:
        _, _, answers = asyncio.run(cycle.answered(device, wires))
    finally:
        wires.close()
    folder = to or Path("recordings") / device.name
    known, names = secrets(surroundings)
    replay.write(folder, device, answers, Scrub(known=known, names=names, serials=serials), datetime.now(UTC))
    print(
        f"{device.name}: {counted(len(answers.gets) + len(answers.walks), 'SNMP answer')} and {counted(len(answers.shows), 'command output')} in {folder}"
    )
