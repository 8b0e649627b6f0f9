"""The places where logs and traps are received."""

import socket
from collections.abc import Iterator

from healthd.daemon.settings import place
from healthd.doctor._patient import Found, Patient, bad, good, note
from healthd.doctor._sockets import has
from healthd.store import database

ORDER = 40


def check(patient: Patient) -> Iterator[Found]:
    """Try to bind each place that the settings name; nothing is received."""
    listen = patient.tables["listen"]
    for name in ("udp", "tcp", "tls", "traps"):
        if where := getattr(listen, name):
            host, port = place(where)
            yield _tried(name, host, port, socket.SOCK_STREAM if name in ("tcp", "tls") else socket.SOCK_DGRAM)
    if not listen.udp and not listen.tcp and not listen.tls:
        yield note("no log lines are received", 'set [listen] udp = "0.0.0.0:514"')


def _tried(name: str, host: str, port: int, kind: int) -> Found:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, port))
        except PermissionError:
            return bad(
                f"{name}: port {port} needs a right that we do not have",
                "grant CAP_NET_BIND_SERVICE (the systemd unit does), or use a port above 1023",
            )
        except OSError as error:
            writer = database.writer() if database.is_open() else None
            if writer is not None and has(writer, port, kind):
                return good(f"{name}: {host}:{port} is heard by the healthd that runs here (process {writer})")
            return note(f"{name}: {host}:{port}: {error.strerror}", "find who has it: ss -lnp; fine when it is healthd itself")
    return good(f"{name}: {host}:{port} is free and permitted")
