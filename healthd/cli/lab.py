"""``healthd lab``: a simulated Cisco network on loopback addresses, for trying things out."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from healthd.errors import HealthdError, Unreachable
from healthd.model.counted import counted

app = typer.Typer(help="A simulated Cisco network, with faults on demand.", no_args_is_help=True)
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]
SocketOption = Annotated[Path, typer.Option("--socket", help="Where the running lab listens for faults.")]
PINGS = (
    "The kernel answers pings to 127.x whatever state a simulated device is in: one that is off keeps silent over SNMP and SSH alone.\n"
    'For healthd run to see that as an outage, set way = "off" under [icmp] in healthd.toml.'
)
SOCKET = Path("/tmp/healthd-lab.sock")  # noqa: S108 - a socket of the user's own, made with mode 0600


@app.command("list")
def list_(as_json: JsonOption = False) -> None:
    """List the lab's devices and where they answer.

    Examples: healthd lab list · healthd lab list --json | jq .name
    """
    from healthd.lab import examples, running

    for spec in examples.network(datetime.now(UTC)).specs.values():
        if as_json:
            about = {
                "name": spec.name,
                "customer": spec.customer,
                "platform": spec.platform,
                "address": spec.address,
                "snmp": running.SNMP,
                "ssh": running.SSH,
            }
            print(json.dumps(about))
        else:
            print(f"{spec.customer:<6} {spec.name:<14} {spec.platform:<6} {spec.address:<14} snmp {running.SNMP} ssh {running.SSH}")


@app.command()
def env() -> None:
    """Print the lab's made-up secrets as shell commands, for the example inventories.

    Example: eval "$(healthd lab env)"
    """
    from healthd.lab import accounts

    for name, secret in accounts.environment().items():
        print(f"export {name}={secret.reveal()}")


@app.command()
def faults(as_json: JsonOption = False) -> None:
    """List what can go wrong.

    Example: healthd lab faults
    """
    from healthd.lab.faults import KINDS

    for kind, meaning in KINDS.items():
        print(json.dumps({"fault": kind, "meaning": meaning}) if as_json else f"{kind:<18} {meaning}")


@app.command()
def run(
    socket: SocketOption = SOCKET,
    syslog: Annotated[str, typer.Option(help="Send log lines to HOST:PORT.")] = "",
    traps: Annotated[str, typer.Option(help="Send SNMP notifications to HOST:PORT.")] = "",
    story: Annotated[bool, typer.Option("--story", help="Begin with the demo's thirty-five days of incidents.")] = False,
) -> None:
    """Run the lab in the foreground until Ctrl-C.

    Examples: healthd lab run · healthd lab run --syslog 127.0.0.1:5514 --traps 127.0.0.1:1162
    """
    from healthd.lab import examples, scenario
    from healthd.lab.running import running

    now = datetime.now(UTC)
    network = examples.network(now, scenario.past(now) if story else ())

    async def work() -> None:
        async with running(network, syslog=_place(syslog), traps=_place(traps)):
            # Only now: the socket belongs to the lab that has the ports.
            try:
                server = await asyncio.start_unix_server(lambda reader, writer: _command(network, reader, writer), socket)
            except OSError as error:
                raise HealthdError(f"cannot listen at {socket}: {error.strerror or error}; name another place with --socket") from error
            try:
                socket.chmod(0o600)
                print(f"{counted(len(network.specs), 'device')} answer; Ctrl-C ends it; faults: healthd lab fault DEVICE FAULT")
                print(PINGS, flush=True)
                async with server:
                    await asyncio.Event().wait()
            finally:
                socket.unlink(missing_ok=True)

    try:
        asyncio.run(work())
    except KeyboardInterrupt:
        print("lab ended", file=sys.stderr)


def _place(said: str) -> tuple[str, int] | None:
    host, _, port = said.rpartition(":")
    if said and not port.isdigit():
        raise typer.BadParameter(f"found {said!r}; allowed: HOST:PORT")
    return (host, int(port)) if said else None


async def _command(network: Any, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    from healthd.lab.faults import Fault

    now = datetime.now(UTC)
    try:
        said = json.loads(await reader.readline())
        if said.get("clear"):
            done: dict[str, Any] = {"cleared": network.clear(said["device"], said.get("kind", ""), now=now)}
        else:
            fault = Fault(
                device=said["device"], kind=said["kind"], start=now.timestamp(), item=said.get("item", ""), amount=said.get("amount")
            )
            network.inject(fault)
            done = {"injected": fault.kind, "device": fault.device}
    except HealthdError as error:
        done = {"error": str(error), "status": error.exit_status}
    except (ValueError, KeyError) as error:
        done = {"error": str(error), "status": HealthdError.exit_status}
    writer.write(json.dumps(done).encode() + b"\n")
    writer.close()


@app.command()
def fault(
    device: Annotated[str, typer.Argument(help="The device.")],
    kind: Annotated[str, typer.Argument(metavar="FAULT", help="What goes wrong: healthd lab faults lists it.")] = "",
    item: Annotated[str, typer.Option(help="Which supply, port, sensor …")] = "",
    amount: Annotated[float | None, typer.Option(help="How much, where a number makes sense.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Put it right again.")] = False,
    socket: SocketOption = SOCKET,
    as_json: JsonOption = False,
) -> None:
    """Make something go wrong in the running lab, or put it right.

    Examples: healthd lab fault ldn-acc-01 psu-failed --item 2B · healthd lab fault ldn-acc-01 --clear
    """

    async def ask() -> dict[str, Any]:
        try:
            reader, writer = await asyncio.open_unix_connection(socket)
        except OSError as error:
            raise Unreachable(f"no lab listens at {socket}; start one: healthd lab run") from error
        writer.write(json.dumps({"device": device, "kind": kind, "item": item, "amount": amount, "clear": clear}).encode() + b"\n")
        answer: dict[str, Any] = json.loads(await reader.readline())
        writer.close()
        return answer

    answer = asyncio.run(ask())
    if "error" in answer:
        print(f"healthd: {answer['error']}", file=sys.stderr)
        raise typer.Exit(answer["status"])
    cleared = counted(answer.get("cleared", 0), "fault")
    print(json.dumps(answer) if as_json else f"{device}: {cleared} cleared" if clear else f"{device}: {kind}")
