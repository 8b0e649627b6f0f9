"""Whose a local port is, as Linux tells it in /proc (proc(5): net/tcp, net/udp, the process's own fd)."""

import socket
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def has(process: int, port: int, kind: int) -> bool:
    """Say whether *process* has bound the local *port* (*kind* is SOCK_STREAM or SOCK_DGRAM); False where we may not look."""
    table = "tcp" if kind == socket.SOCK_STREAM else "udp"
    mine: set[str] = set()
    with suppress(OSError):
        for each in (_PROC / str(process) / "fd").iterdir():
            with suppress(OSError):
                mine.add(str(each.readlink()))
    return any(f"socket:[{inode}]" in mine for name in (table, f"{table}6") for inode in _bound(name, port))


def _bound(table: str, port: int) -> list[str]:
    """Return the inodes of the sockets that are bound to *port*: field 2 is address:port in hexadecimal, field 10 the inode."""
    with suppress(OSError):
        rows = [line.split() for line in (_PROC / "net" / table).read_text("ascii").splitlines()[1:]]
        return [row[9] for row in rows if int(row[1].rpartition(":")[2], 16) == port]
    return []
