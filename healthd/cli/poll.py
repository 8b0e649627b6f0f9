"""``healthd poll``: ask devices once, now, and show what they say."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from healthd.cli import _context
from healthd.errors import CollectError, StoreError
from healthd.model.counted import counted

if TYPE_CHECKING:
    from healthd.cycle import Wire
    from healthd.model.device import Device
    from healthd.model.finding import Finding
    from healthd.model.poll import Poll

_PATIENCE_S = 2.0
PASTLESS = (
    "healthd: found is what one answer shows; what only a past can tell (a part that is gone, counters that grow, flapping) "
    "healthd run finds: healthd report daily --date today"
)


def command(
    names: Annotated[list[str] | None, typer.Argument(metavar="[DEVICE]...", help="Devices to ask; all when none is named.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
    customer: Annotated[str, typer.Option(help="Only this customer's devices.")] = "all",
    store: Annotated[bool, typer.Option("--store", help="Keep what they say, so that reports and findings over time know it.")] = False,
    concurrency: Annotated[int, typer.Option(min=1, max=10_000, help="How many devices are asked at the same time.")] = 100,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Ask devices once, now, and show what they say; with --store it is kept.

    What is found is what this one answer shows. What only a past can tell (a part that is gone, counters that grow) healthd run finds.

    --store is refused while healthd runs on the same SQLite database: it polls and keeps by itself.

    Exit status 6 when a device could not be reached; the others are shown all the same.

    Examples: healthd poll · healthd poll core-1 core-2 --json | jq 'select(.finding)' · healthd poll --customer acme --store
    """
    from healthd.cli import _lines, _table

    surroundings = _context.context(config, inventory, data)
    devices = surroundings.devices(names or (), customer)
    silent: list[str] = []
    found: list[Poll] = []
    if store:
        surroundings.open_store()
        _claim()

    async def work() -> None:
        wires = surroundings.wires()
        try:
            await show(wires)
        finally:
            wires.close()

    async def show(wires: "Wire") -> None:
        rows = []
        async for poll, findings in polled(devices, wires, concurrency):
            found.append(poll)
            if not poll.up:
                silent.append(poll.device)
            if as_json:
                # One write for all lines of a device, so that they stay together in a pipe that is cut off.
                sys.stdout.write("".join(f"{line}\n" for line in _lines.lines(poll, findings)))
            else:
                rows.append(_table.row(poll, findings))
        if not as_json:
            _table.show(rows)
            if len(silent) < len(found):
                print(PASTLESS, file=sys.stderr)

    runner()(work())
    if store:
        _kept(surroundings, found)
    if silent:
        raise typer.Exit(CollectError.exit_status)


def _claim() -> None:
    """Refuse to keep what cannot be kept before any device is asked."""
    from healthd.store import database

    try:
        database.claim()
    except StoreError as error:
        raise StoreError(
            f"{error}; no device was asked: a running healthd polls and keeps by itself, and healthd poll without --store only shows"
        ) from None


def _kept(surroundings: _context.Context, found: "Sequence[Poll]") -> None:
    """Keep *found* as the rounds of the daemon keep theirs."""
    from healthd.rounds import Rounds

    wires = surroundings.wires()  # rounds have one; nobody is asked again
    for who in surroundings.customers():
        devices = surroundings.devices(customer=who.code)
        names = {device.name for device in devices}
        rounds = Rounds(customer=who, devices=devices, wire=wires)
        rounds.remember()
        asyncio.run(rounds.take_in([poll for poll in found if poll.device in names]))
        rounds.keep()
    wires.close()


async def polled(devices: Sequence["Device"], wire: "Wire", concurrency: int) -> AsyncIterator[tuple["Poll", tuple["Finding", ...]]]:
    """Yield each device's poll with what it already shows, as they finish."""
    room = asyncio.Semaphore(concurrency)
    started = time.monotonic()

    async def one(device: "Device") -> tuple["Poll", tuple["Finding", ...]]:
        async with room:
            return await _one(device, wire)

    for done, finished in enumerate(asyncio.as_completed([one(device) for device in devices]), 1):
        yield await finished
        _progress(done, len(devices), time.monotonic() - started)


async def _one(device: "Device", wire: "Wire") -> tuple["Poll", tuple["Finding", ...]]:
    from healthd import cycle
    from healthd.model.poll import Poll

    now = datetime.now(UTC)
    try:
        poll = await cycle.poll(device, wire, now)
    except Exception as error:  # noqa: BLE001 - the boundary around one device: what breaks here must not end the others' polls
        poll = Poll(device=device.name, at=now, up=False, reason=f"healthd failed on it: {type(error).__name__}: {error}")
    return poll, tuple(shown(device, poll))


def shown(device: "Device", poll: "Poll") -> "Iterable[Finding]":
    """Return what this single poll already shows, without a past."""
    from healthd.analysis.judge import judge
    from healthd.analysis.recorded import Recorded
    from healthd.model.interval import Interval

    return judge(Recorded((device,), (poll,), Interval(poll.at, poll.at)), poll.at) if poll.up else ()


def _progress(done: int, total: int, seconds: float) -> None:
    """Tell a person who has waited how far it is; a pipe is not told."""
    if seconds > _PATIENCE_S and sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\rpolled {done} of {counted(total, 'device')}{end}")
        sys.stderr.flush()


def runner() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Return uvloop's event loop where it is installed: sockets cost half as much with it."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run
    return uvloop.run
