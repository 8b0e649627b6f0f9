"""The SSH host keys we have accepted, and looking at one without logging in.

The file has OpenSSH's form, so that ``ssh -o UserKnownHostsFile=`` reads it
too. A key gets in only by a person's word (``healthd device trust``).
"""

import base64
import hashlib
import logging
import socket
from dataclasses import dataclass
from pathlib import Path

from healthd.errors import NotUnderstood, TimedOut, Unreachable

# What goes wrong becomes an error of ours; paramiko would print a traceback of its thread besides.
logging.getLogger("paramiko").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, kw_only=True)
class HostKey:
    """A server's public key: its kind (ssh-ed25519 …) and the key as it stands in known_hosts."""

    kind: str
    text: str

    @property
    def fingerprint(self) -> str:
        """``SHA256:…`` as OpenSSH and devices print it."""
        digest = hashlib.sha256(base64.b64decode(self.text)).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def name(address: str, port: int) -> str:
    """Return how known_hosts calls a server: the port is named only where it is not 22."""
    return address if port == 22 else f"[{address}]:{port}"


def accepted(file: Path, address: str, port: int) -> tuple[HostKey, ...]:
    """Return the keys that were accepted for a server."""
    if not file.exists():
        return ()
    found = (line.split() for line in file.read_text("utf-8").splitlines())
    return tuple(HostKey(kind=words[1], text=words[2]) for words in found if len(words) >= 3 and name(address, port) in words[0].split(","))


def accept(file: Path, address: str, port: int, key: HostKey) -> None:
    """Make *key* the one accepted key of a server; whatever stood there before goes."""
    kept = [line for line in (file.read_text("utf-8").splitlines() if file.exists() else []) if line.split()[:1] != [name(address, port)]]
    new = file.with_name(file.name + ".new")
    file.parent.mkdir(parents=True, exist_ok=True)
    new.write_text("".join(f"{line}\n" for line in [*kept, f"{name(address, port)} {key.kind} {key.text}"]), "utf-8")
    new.chmod(0o600)
    new.replace(file)


def offered(address: str, port: int, timeout: float = 10.0) -> HostKey:
    """Return the key that a server shows, by the first part of the handshake alone: no user, no password is sent.

    Raises:
        Unreachable, TimedOut, NotUnderstood: there is no SSH server, or it does not behave as one.
    """
    import paramiko

    try:
        sock = socket.create_connection((address, port), timeout)
    except TimeoutError as error:
        raise TimedOut(f"{address} port {port}: no answer within {timeout:g} s") from error
    except OSError as error:
        raise Unreachable(f"{address} port {port}: {error.strerror or error}") from error
    transport = None
    try:
        transport = paramiko.Transport(sock)
        transport.banner_timeout = transport.handshake_timeout = timeout
        transport.start_client(timeout=timeout)
        key = transport.get_remote_server_key()
        return HostKey(kind=key.get_name(), text=key.get_base64())
    except (paramiko.SSHException, EOFError, OSError) as error:
        raise NotUnderstood(f"{address} port {port}: {trouble(error)}") from error
    finally:
        if transport:
            transport.close()
        sock.close()


def trouble(error: Exception) -> str:
    """Return in words why a handshake failed."""
    said = str(error)
    if "Incompatible ssh peer" in said:
        return (
            f"its SSH and ours have no algorithm in common ({said.partition('(')[2].rstrip(')') or said}); "
            "old IOS speaks SHA-1 only: renew its software, or install healthd with paramiko 4"
        )
    return f"no SSH server: {said or type(error).__name__}"
