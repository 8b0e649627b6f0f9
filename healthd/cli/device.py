"""``healthd device``: what concerns a single device."""

import json
import sys
from typing import Annotated

import typer

from healthd.cli import _context
from healthd.errors import Refused

app = typer.Typer(help="Look at a device's SSH host key, and accept it.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Look at a device's SSH host key, and accept it."""


@app.command()
def trust(
    name: Annotated[str, typer.Argument(metavar="DEVICE", help="The device.")],
    yes: Annotated[bool, typer.Option("--yes", help="Accept without asking; compare the fingerprint yourself.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: _context.ConfigOption = None,
    inventory: _context.InventoryOption = None,
    data: _context.DataOption = None,
) -> None:
    """Show the fingerprint of a device's SSH host key and accept it. No password is sent.

    On the device: "show ip ssh" or "show crypto key mypubkey" prints the same fingerprint.

    Examples: healthd device trust core-01 · healthd device trust core-01 --yes --json
    """
    from healthd.transports import known_hosts

    surroundings = _context.context(config, inventory, data)
    (device,) = surroundings.devices([name])
    file = surroundings.data / "known_hosts"
    key = known_hosts.offered(device.address, device.ssh_port)
    before = known_hosts.accepted(file, device.address, device.ssh_port)
    state = "known" if key in before else "changed" if before else "new"
    if not as_json:
        print(f"{device.name} {device.address} port {device.ssh_port}: {key.kind} {key.fingerprint} ({state})")
        if state == "changed":
            print(f"before: {', '.join(f'{old.kind} {old.fingerprint}' for old in before)}")
    accepted = state == "known" or yes or (sys.stdin.isatty() and typer.confirm("Accept this key?"))
    if accepted and state != "known":
        known_hosts.accept(file, device.address, device.ssh_port, key)
        if not as_json:
            print(f"{device.name}: accepted; this key alone is believed from now on")
    if as_json:
        print(json.dumps({"device": device.name, "kind": key.kind, "fingerprint": key.fingerprint, "state": state, "accepted": accepted}))
    if not accepted:
        raise Refused("the key was not accepted; run again with --yes when the fingerprint is right")
