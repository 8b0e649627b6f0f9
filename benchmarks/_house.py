"""A running daemon: ``healthd run`` as a process of its own, on settings and an inventory of its own, and what it says of itself."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks._agents import AUTH, COMMUNITY, PRIV, USER
from benchmarks._missing import Missing

PATIENCE_S = 60.0
CUSTOMER = "title: Measured Company\nlanguages: [en]\ntime_zone: UTC\n"
CREDENTIALS = f"""
v2c: {{snmp: v2c, community: env:BENCH_COMMUNITY}}
v3: {{snmp: v3, user: {USER}, auth: env:BENCH_AUTH, priv: env:BENCH_PRIV}}
"""
SECRETS = {"RUST_BACKTRACE": "0", "BENCH_COMMUNITY": COMMUNITY, "BENCH_AUTH": AUTH, "BENCH_PRIV": PRIV}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The daemon *pid* with its *folder*; logs go to port *udp*, its pages are at port *http*."""

    folder: Path
    udp: int
    http: int
    pid: int

    def metrics(self) -> dict[str, float]:
        """Return the numbers of ``/metrics`` by name with labels."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/metrics", timeout=30) as answer:
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}

    def asked(self, *words: str) -> str:
        """Return what another process, ``healthd`` *words*, prints about the same data."""
        command = [sys.executable, "-m", "healthd", *words, "--config", str(self.folder / "healthd.toml")]
        done = subprocess.run(command, env={**os.environ, **SECRETS}, capture_output=True, text=True, check=False, timeout=120)
        if done.returncode:
            raise Missing(f"healthd {' '.join(words)} failed: {done.stderr[-500:]}")
        return done.stdout

    def stop(self) -> None:
        """Ask it to stop, and wait until it has kept all it had."""
        os.kill(self.pid, signal.SIGTERM)
        end = time.monotonic() + PATIENCE_S
        while Path(f"/proc/{self.pid}/exe").exists() and time.monotonic() < end:
            time.sleep(0.05)


@contextmanager
def house(hosts: Sequence[str], *, listen: str = "", daemon: str = "", ready: bool = True) -> Iterator[House]:
    """Run the daemon on *hosts* (lines of ``hosts.yaml``); *listen* and *daemon* are more lines of their tables."""
    folder = Path(tempfile.mkdtemp(prefix="healthd-bench-"))
    udp, http = _free(socket.SOCK_DGRAM), _free(socket.SOCK_STREAM)
    try:
        _inventory(folder, hosts)
        _settings(folder, udp, http, listen, daemon)
        command = [sys.executable, "-m", "healthd", "run", "--config", str(folder / "healthd.toml")]
        with (folder / "log").open("w") as log, subprocess.Popen(command, env={**os.environ, **SECRETS}, stdout=log, stderr=log) as running:
            made = House(folder=folder, udp=udp, http=http, pid=running.pid)
            try:
                if ready:
                    _await(made, running)
                yield made
            finally:
                running.terminate()
                try:
                    running.wait(PATIENCE_S)
                except subprocess.TimeoutExpired:
                    running.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _inventory(folder: Path, hosts: Sequence[str]) -> None:
    home = folder / "inventories" / "bench"
    home.mkdir(parents=True)
    (home / "customer.yaml").write_text(CUSTOMER)
    (home / "credentials.yaml").write_text(CREDENTIALS)
    (home / "hosts.yaml").write_text("\n".join(hosts) + "\n")


def _settings(folder: Path, udp: int, http: int, listen: str, daemon: str) -> None:
    (folder / "healthd.toml").write_text(
        f'data = "{folder}/data"\ninventories = "{folder}/inventories"\n[icmp]\nway = "off"\n'
        f'[listen]\nudp = "127.0.0.1:{udp}"\ntcp = ""\ntraps = ""\n{listen}\n'
        f'[daemon]\nhttp = "127.0.0.1:{http}"\nreports = "{folder}/reports"\n{daemon}\n'
    )


def _free(kind: int) -> int:
    with socket.socket(socket.AF_INET, kind) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _await(made: House, running: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE_S
    while running.poll() is None and time.monotonic() < end:
        try:
            made.metrics()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Missing(f"the daemon did not start: {(made.folder / 'log').read_text()[-1000:]}")
