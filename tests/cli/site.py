"""A customer's site for the tests of the command line: some of the lab's devices on ports of their own, and an inventory with canaries for secrets."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthd.lab import examples, running
from healthd.lab.accounts import Accounts
from healthd.lab.network import Network
from healthd.model.secret import Secret

RIGHT = {
    "LAB_COMMUNITY": "canary-community-7",
    "LAB_AUTH": "canary-auth-phrase-7",
    "LAB_PRIV": "canary-priv-phrase-7",
    "LAB_PASSWORD": "canary-password-7",
    "LAB_ENABLE": "canary-enable-7",
}
WRONG = {name: secret.replace("-7", "-wrong-8") for name, secret in RIGHT.items()}
CREDENTIALS = """
v3: {snmp: v3, user: canaryuser, auth: 'env:LAB_AUTH', priv: 'env:LAB_PRIV'}
v2c: {snmp: v2c, community: 'env:LAB_COMMUNITY'}
shell: {ssh: password, username: canarylogin, password: 'env:LAB_PASSWORD', enable: 'env:LAB_ENABLE'}
"""
SETTINGS = "[snmp]\ntimeout = 0.4\nretries = 1\n[ssh]\nconnect = 5\n"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its exit status and what it said."""

    status: int
    out: str
    err: str


@dataclass(slots=True, kw_only=True)
class Site:
    """A folder with an inventory, settings and data; *network* is what answers, *now* the devices' clock."""

    folder: Path
    network: Network
    now: float

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a command: the right secrets, unless *more* says other ones."""
        places = {"HEALTHD_CONFIG": "healthd.toml", "HEALTHD_INVENTORY": "inventories", "HEALTHD_DATA": "data"}
        found = {name: str(self.folder / place) for name, place in places.items()}
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", **found, **RIGHT, **more}

    async def run(self, *words: object, **more: str) -> Ran:
        """Run ``healthd`` with *words* in the site's folder, as a user would."""
        command = [sys.executable, "-m", "healthd", *map(str, words)]
        process = await asyncio.create_subprocess_exec(
            *command, cwd=self.folder, env=self.environment(**more), stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await asyncio.wait_for(process.communicate(), 120)
        return Ran(process.returncode or 0, out.decode(), err.decode())


def _free(kind: int) -> int:
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def canaries(_: str) -> Accounts:
    """Return accounts whose every word can be searched for."""
    return Accounts(
        community=Secret(RIGHT["LAB_COMMUNITY"]), user="canaryuser", auth=Secret(RIGHT["LAB_AUTH"]), priv=Secret(RIGHT["LAB_PRIV"]),
        login="canarylogin", password=Secret(RIGHT["LAB_PASSWORD"]), enable=Secret(RIGHT["LAB_ENABLE"]),
    )  # fmt: skip


def write(folder: Path, network: Network, ports: tuple[int, int], *, login: bool) -> None:
    """Write the inventory of customer ``acme`` and the settings into *folder*."""
    home = folder / "inventories" / "acme"
    home.mkdir(parents=True)
    (folder / "healthd.toml").write_text(SETTINGS)
    (home / "credentials.yaml").write_text(CREDENTIALS)
    (home / "customer.yaml").write_text("title: Acme Ltd\ntime_zone: Europe/London\nlanguages: [en]\n")
    hosts = []
    for spec in network.specs.values():
        data = f"{{snmp: {'v2c' if spec.community_only else 'v3'}{', ssh: shell' if login else ''}, snmp_port: {ports[0]}, ssh_port: {ports[1]}}}"
        hosts.append(f"{spec.name}:\n  hostname: {spec.address}\n  data: {data}\n")
    (home / "hosts.yaml").write_text("".join(hosts))


@asynccontextmanager
async def site(folder: Path, monkeypatch: pytest.MonkeyPatch, only: Collection[str], *, login: bool = False) -> AsyncIterator[Site]:
    """Run the devices *only* with canaries for accounts; *login* says that the inventory has a login for SSH."""
    ports = _free(socket.SOCK_DGRAM), _free(socket.SOCK_STREAM)
    monkeypatch.setattr(running, "SNMP", ports[0])
    monkeypatch.setattr(running, "SSH", ports[1])
    monkeypatch.setattr(running, "accounts", canaries)
    now = datetime.now(UTC)
    network = examples.network(now, only=only)
    there = Site(folder=folder, network=network, now=now.timestamp())
    write(folder, network, ports, login=login)
    async with running.running(network, clock=lambda: there.now, ssh=login):
        yield there
