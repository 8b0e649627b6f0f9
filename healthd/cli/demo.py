"""``healthd demo``: the whole line on the lab network, from the first poll to the finished reports."""

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthd.cli import _acting, _context
from healthd.errors import ConfigError
from healthd.model.counted import counted

if TYPE_CHECKING:
    from healthd.daemon.receiving import Receiving
    from healthd.daemon.writer import Writer
    from healthd.lab.faults import Fault
    from healthd.lab.network import Network
    from healthd.model.device import Customer
    from healthd.model.poll import Poll

LANGUAGES = ("en", "zh-CN")
MISSES = 2
"""Lost looks that are a loss here, as in the demo's past: it has little time."""
_PAUSE = 1.0


def command(
    to: Annotated[Path, typer.Option("--to", help="Folder for the demo's data and reports.")] = Path("demo"),
    keep: Annotated[bool, typer.Option("--keep", help="Leave the lab running for a look around, until Ctrl-C.")] = False,
    inventory: _context.InventoryOption = None,
) -> None:
    """Fill 35 days of history, poll the lab live, break something, and write both customers' daily reports.

    Examples: healthd demo · healthd demo --keep
    """
    from healthd.lab import examples, scenario

    began, now = time.monotonic(), datetime.now(UTC).replace(microsecond=0)
    surroundings = _surroundings(to, inventory)
    customers = surroundings.customers()
    network = examples.network(now, scenario.past(now))
    try:
        asyncio.run(_free(network))
        _say(f"{counted(len(network.specs), 'simulated Cisco device')} of {counted(len(customers), 'customer')}")
        surroundings.open_store()
        _history(surroundings, network, customers, now)
        faults = asyncio.run(_live(surroundings, network, customers))
        desk, cases = _acting.opened(surroundings)
        for line in _acting.told(desk, cases, faults, to / "reports"):
            _say(line)
        _reports(surroundings, customers, to)
        _say(f"done in {time.monotonic() - began:.0f} s; the reports are in {to / 'reports'}, the store is in {to / 'data'}")
        if keep:
            asyncio.run(_stay(network, to))
    except KeyboardInterrupt:
        _say("demo ended")
        raise typer.Exit(0 if keep else 130) from None


def _surroundings(to: Path, inventory: Path | None) -> _context.Context:
    """Prepare an empty data folder, and the lab's made-up secrets in our own environment."""
    from healthd.lab import accounts

    path = inventory or Path("inventories")
    if not path.is_dir():
        raise ConfigError(f"the example customers are not at {path}; run the demo in the project's folder, or name theirs with --inventory")
    for name in ("data", "reports", "outbox"):
        shutil.rmtree(to / name, ignore_errors=True)
    for name, secret in accounts.environment().items():
        os.environ[name] = secret.reveal()
    surroundings = _context.context(None, path, to / "data")
    # Lost answers must not take the demo's time; a lab on loopback answers at once or never.
    surroundings.config.tables["snmp"] = {"timeout": 0.4, "retries": 1}
    return surroundings


async def _free(network: "Network") -> None:
    """Find out before anything else whether the lab can have its ports."""
    from healthd.lab.running import running

    async with running(network):
        pass


def _trust(surroundings: _context.Context, network: "Network") -> None:
    """Accept the lab's host keys, in the demo's own data folder: who makes the devices may vouch for them."""
    from healthd.lab import shell
    from healthd.lab.running import SSH
    from healthd.transports import known_hosts

    for spec in network.specs.values():
        kind, text = shell.host_key(spec.name).export_public_key("openssh").decode().split()[:2]
        known_hosts.accept(surroundings.data / "known_hosts", spec.address, SSH, known_hosts.HostKey(kind=kind, text=text))


def _history(surroundings: _context.Context, network: "Network", customers: Sequence["Customer"], now: datetime) -> None:
    from healthd.cli import _past

    began, sweeps = time.monotonic(), 0
    for number, who in enumerate(customers):
        sweeps += _past.fill(network, who, surroundings.devices(customer=who.code), now, _progress("history", number, len(customers)))
    _say(f"history: 35 days, {sweeps:,} sweeps stored in {time.monotonic() - began:.0f} s")


async def _live(surroundings: _context.Context, network: "Network", customers: Sequence["Customer"]) -> "Sequence[Fault]":
    """Poll over real sockets, SNMP and SSH, let something break, and look again until it is certain; return what was broken."""
    from healthd.analysis.reachability import Confirm
    from healthd.daemon.writer import Writer
    from healthd.lab import scenario
    from healthd.lab.running import running
    from healthd.rounds import Rounds

    _trust(surroundings, network)
    wires = surroundings.wires()
    rounds = [
        Rounds(customer=who, devices=surroundings.devices(customer=who.code), wire=wires, confirm=Confirm(misses=MISSES))
        for who in customers
    ]
    for each in rounds:
        await asyncio.to_thread(each.remember)
    writer = Writer()
    acting = [_acting.Acting(rounds=each, writer=writer) for each in rounds]
    for act in acting:
        act.begin(wires, surroundings)
    ears = _listening(surroundings, customers, writer)
    await ears.open()
    work = asyncio.create_task(ears.work())
    udp, traps = (("127.0.0.1", ears.listeners[name].port) for name in ("udp", "traps"))
    async with running(network, syslog=udp, traps=traps):
        polls = [poll for each in rounds for poll in await each.poll(datetime.now(UTC))]
        heard = {name: sum(name in p.by for p in polls) for name in ("snmp", "ssh")}
        _say(
            f"polled live: {sum(p.up for p in polls)} of {counted(len(polls), 'device')} answer, {heard['snmp']} over SNMP and {heard['ssh']} over SSH"
        )
        faults_at = datetime.now(UTC)
        faults = scenario.live(faults_at)
        network.inject(*faults)
        for fault in faults:
            _say(f"broken now: {fault.device}: {fault.kind}{f' {fault.item}' if fault.item else ''}")
        await asyncio.sleep(_PAUSE)
        await _polled(acting)
        _say("looking on for a minute: no part is called failed whose trouble has not lasted")
        await _acting.watched(acting, faults_at, _progress("looking", 0, 1))
        polls = await _polled(acting)
    silent = ", ".join(p.device for p in polls if not p.up)
    _say(f"polled again: no answer from {silent}" if silent else "polled again: every device answers")
    work.cancel()
    await ears.close()
    kept = {name: each.counts.handed_on for name, each in ears.listeners.items()}
    _say(f"received meanwhile: {kept['udp']} log lines and {kept['traps']} notifications of what broke")
    wires.close()
    writer.close()
    return faults


async def _polled(acting: "Sequence[_acting.Acting]") -> "list[Poll]":
    """Ask every device everything, and act on what is heard."""
    found = []
    for each in acting:
        polls = await each.rounds.poll(datetime.now(UTC))
        await each.turn(poll.device for poll in polls if poll.up)
        found += polls
    return found


def _listening(surroundings: _context.Context, customers: Sequence["Customer"], writer: "Writer") -> "Receiving":
    """Return the daemon's own receiving part, on free ports of this machine."""
    from healthd import intake
    from healthd.daemon.receiving import Receiving
    from healthd.daemon.settings import Listen
    from healthd.daemon.watch import Watch
    from healthd.intake import Intake

    def now() -> datetime:
        return datetime.now(UTC)

    return Receiving(
        settings=Listen(udp="127.0.0.1:0", tcp="", traps="127.0.0.1:0"),
        intake=Intake(senders=intake.senders(customers, surroundings.devices())),
        writer=writer,
        watch=Watch(now=now),
        now=now,
        hint=lambda _devices: None,
    )


def _reports(surroundings: _context.Context, customers: Sequence["Customer"], to: Path) -> None:
    from healthd.cli import report
    from healthd.daemon.reporting import Post, messages
    from healthd.delivery import Delivery
    from healthd.notify.channels import folder
    from healthd.store import outbox

    now = datetime.now(UTC)
    for who in customers:
        made = report.made(surroundings, who, now.astimezone(who.zone).date(), now, MISSES)
        files = {}
        for code, written in zip(LANGUAGES, report.drawn(made, LANGUAGES, to / "reports"), strict=True):
            files[code] = written.path
            said = (
                f"{written.path}  {counted(written.pages, 'page')}"
                if not written.fallback
                else f"{written.path}  plain text: {written.fallback}"
            )
            _say(said)
        outbox.put(who.code, list(messages(made, who, files, Post(channel="mail", domain="healthd.example"), now)), now)
    kept = folder.Settings(path=to / "outbox")
    post = Delivery(owner="demo", channels={name: lambda message: folder.send(kept, message) for name in ("mail", "chat")})
    sent = 0
    while some := post.due(now):
        sent += some
    _say(f"mailed to nobody but {to / 'outbox'}: {counted(sent, 'message')}")


async def _stay(network: "Network", to: Path) -> None:
    from healthd.lab.running import running

    async with running(network):
        _say(f'the lab goes on; in another terminal: eval "$(.venv/bin/healthd lab env)"; export HEALTHD_DATA={to / "data"}')
        _say("then: .venv/bin/healthd poll ldn-acc-01 · .venv/bin/healthd report daily · Ctrl-C here ends the lab")
        await asyncio.Event().wait()


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K" if not os.environ.get("NO_COLOR") else "\r", end="", file=sys.stderr)
    print(text, flush=True)


def _progress(what: str, number: int, total: int) -> Callable[[float], None]:
    """Return what shows a person how far it is; a pipe is not told."""
    began = time.monotonic()

    def tell(share: float) -> None:
        if sys.stderr.isatty() and time.monotonic() - began > 2:
            sys.stderr.write(f"\r{what}: {(number + share) / total:.0%} ")
            sys.stderr.flush()

    return tell
