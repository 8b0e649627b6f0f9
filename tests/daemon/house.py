"""A healthd daemon as its own process, with an inventory of its own and ports that are free."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

CUSTOMER = """
title: ACME Group
languages: [en]
time_zone: UTC
contacts:
  - {name: Li Wei, email: li@example.com}
"""
HOSTS = """
sw1: {hostname: 127.77.0.1, data: {snmp: v2}}
sw2: {hostname: 127.77.0.2, data: {snmp: v2}}
"""
CREDENTIALS = "v2: {snmp: v2c, community: env:HOUSE_COMMUNITY}\n"


def free_port(kind: int = socket.SOCK_DGRAM) -> int:
    """Return a port that nobody has just now."""
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass
class House:
    """A folder with settings and inventory, and the daemon that runs on it."""

    folder: Path
    udp: int = field(default_factory=free_port)
    traps: int = field(default_factory=free_port)
    http: int = field(default_factory=lambda: free_port(socket.SOCK_STREAM))
    more: str = ""
    hosts: str = HOSTS
    customer: str = CUSTOMER
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def write(self) -> None:
        """Write settings and inventory."""
        home = self.folder / "inventories" / "acme"
        home.mkdir(parents=True, exist_ok=True)
        (home / "customer.yaml").write_text(self.customer)
        (home / "hosts.yaml").write_text(self.hosts)
        (home / "credentials.yaml").write_text(CREDENTIALS)
        self.settings.write_text(
            f'data = "{self.folder}/data"\ninventories = "{self.folder}/inventories"\n'
            f'[listen]\nudp = "127.0.0.1:{self.udp}"\ntcp = "127.0.0.1:{self.udp}"\ntraps = "127.0.0.1:{self.traps}"\n'
            f'[snmp]\ntimeout = 0.2\nretries = 0\n[icmp]\nway = "off"\n[notify.folder]\npath = "{self.folder}/mail"\n'
            f'[daemon]\nhttp = "127.0.0.1:{self.http}"\nreports = "{self.folder}/reports"\n{self.more}'
        )

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "healthd.toml"

    def start(self, environment: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
        """Start the daemon and return at once."""
        self.write()
        env = {**os.environ, "HOUSE_COMMUNITY": "public", **(environment or {})}
        command = [sys.executable, "-m", "healthd", "run", "--config", str(self.settings)]
        with (self.folder / "log").open("a") as log:
            made = subprocess.Popen(command, env=env, stdout=log, stderr=log, text=True)
        self.running.append(made)
        return made

    def ready(self, patience: float = 30.0) -> None:
        """Wait until the daemon answers."""
        self.until(lambda: self.page("/healthz")[0] == 200, patience, "the daemon does not answer")

    def page(self, path: str) -> tuple[int, str]:
        """Return status and body of one of its pages; status 0 while nobody listens."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def until(self, true: Callable[[], object], patience: float = 30.0, said: str = "it did not happen") -> None:
        """Wait until *true* is so; with the daemon's log when it does not become so."""
        end = time.monotonic() + patience
        while not true():
            assert time.monotonic() < end, f"{said}:\n{self.log()}"
            time.sleep(0.1)

    def log(self) -> str:
        """Return the daemon's log."""
        return (self.folder / "log").read_text()

    def stop(self, patience: float = 20.0) -> int:
        """Ask the daemon to stop; return its exit status."""
        self.running[-1].send_signal(signal.SIGTERM)
        return self.running[-1].wait(patience)

    def events(self, *words: str) -> list[dict[str, Any]]:
        """Return what ``healthd event list --json`` prints."""
        command = [sys.executable, "-m", "healthd", "event", "list", "--json", "--config", str(self.settings), *words]
        done = subprocess.run(
            command, env={**os.environ, "HOUSE_COMMUNITY": "public"}, capture_output=True, text=True, check=True, timeout=60
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    def say(self, text: str, address: str = "127.77.0.1") -> None:
        """Send a log line from *address*."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind((address, 0))
            sock.sendto(text.encode(), ("127.0.0.1", self.udp))


@contextlib.contextmanager
def house(folder: Path, **more: Any) -> Iterator[House]:
    """A house whose daemons end with it, whatever happened."""
    made = House(folder, **more)
    try:
        yield made
    finally:
        for each in made.running:
            if each.poll() is None:
                each.kill()
            each.wait(20)
