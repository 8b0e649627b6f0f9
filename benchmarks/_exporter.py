"""prometheus-snmp-exporter as Debian ships it, asked for the same objects of the same agents."""

import asyncio
import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks._agents import AUTH, COLUMNS, COMMUNITY, IF_X, IF_X_ENTRY, PORTS, PRIV, USER
from benchmarks._figure import cpu_of
from benchmarks._missing import Missing
from healthd.model.device import Device

PROGRAM = "prometheus-snmp-exporter"
WORKERS = 10
SECURITY = {
    "username": USER,
    "security_level": "authPriv",
    "password": AUTH,
    "auth_protocol": "SHA256",
    "priv_password": PRIV,
    "priv_protocol": "AES",
}


@dataclass(frozen=True, slots=True)
class Exporter:
    """A running exporter."""

    pid: int
    port: int

    @property
    def cpu(self) -> float:
        """Seconds of processor it has used."""
        return cpu_of(self.pid)

    async def scrape(self, devices: Sequence[Device], module: str, wanted: int) -> None:
        """Have it ask every one of *devices*; each must give *wanted* values."""
        waiting = list(devices)
        await asyncio.gather(*(_worker(self.port, waiting, module, wanted) for _ in range(WORKERS)))


async def _worker(port: int, waiting: list[Device], module: str, wanted: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    while waiting:
        device = waiting.pop()
        writer.write(f"GET /snmp?module={module}&target={device.address}:{device.port} HTTP/1.1\r\nHost: exporter\r\n\r\n".encode())
        text = await _answer(reader)
        if (given := text.count(b"\nm_")) != wanted:
            raise Missing(f"{PROGRAM} gave {given} of {wanted} values of {device.address}: {text[:300].decode()}")
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """Return the body of one answer, sent whole or in pieces (RFC 9112 §7.1)."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"content-length:" in head:
        return await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


@contextmanager
def exporter(oids: Sequence[str]) -> Iterator[Exporter]:
    """Run it with modules get_v2c, get_v3 (*oids* by number) and walk_v2c, walk_v3 (the 988 values of ifXTable).

    Raises:
        Missing: it is not installed, or does not start.
    """
    if not shutil.which(PROGRAM):
        raise Missing(f"needs {PROGRAM}: apt-get install {PROGRAM}")
    with tempfile.TemporaryDirectory(prefix="healthd-bench-") as folder:
        port = _free_port()
        told = Path(folder, "snmp.yml")
        told.write_text(json.dumps(_modules(oids)))  # JSON is YAML
        command = [PROGRAM, f"--config.file={told}", f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]
        running = subprocess.Popen(command)
        try:
            _await_port(running, port)
            yield Exporter(running.pid, port)
        finally:
            running.terminate()
            running.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _await_port(running: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(100):
        listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
        if f":{port:04X} 00000000:0000 0A" in listening:
            return
        if running.poll() is not None:
            break
        time.sleep(0.05)
    raise Missing(f"{PROGRAM} did not start; its message stands above")


def _modules(oids: Sequence[str]) -> dict[str, object]:
    got = {
        "get": list(oids),
        "metrics": [{"name": f"m_{n}", "oid": oid, "type": "gauge", "help": "A value."} for n, oid in enumerate(oids)],
    }
    index = [{"labelname": "ifIndex", "type": "gauge"}]
    columns = [
        {
            "name": f"m_{name}",
            "oid": f"{IF_X_ENTRY}.{n}",
            "type": "DisplayString" if name in ("ifName", "ifAlias") else "gauge",
            "help": name,
            "indexes": index,
        }
        for n, name in enumerate(IF_X, 1)
    ]
    assert len(columns) * PORTS == COLUMNS * PORTS
    walked = {"walk": [IF_X_ENTRY.rpartition(".")[0]], "metrics": columns}
    v2c = {"version": 2, "max_repetitions": 25, "auth": {"community": COMMUNITY}}
    v3 = {"version": 3, "max_repetitions": 25, "auth": SECURITY}
    return {"get_v2c": got | v2c, "get_v3": got | v3, "walk_v2c": walked | v2c, "walk_v3": walked | v3}
