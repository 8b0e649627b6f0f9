"""A real IMAP server (Dovecot) on loopback, started and ended by the test; its mailbox is a Maildir that the test fills."""

import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from healthd.model.secret import Secret
from healthd.transports.imap import Settings

PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
PASSWORD = "open-sesame"
CONFIG = """
protocols = imap
base_dir = {base}/run
state_dir = {base}/run
log_path = {base}/log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{base}/cert.pem
ssl_key = <{base}/key.pem
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{base}/mail
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}/mail
}}
"""


@dataclass(kw_only=True)
class Mailbox:
    """The server's mailbox; *base* is its folder."""

    base: Path
    plain: int
    tls: int
    sent: int = 0

    def put(self, raw: bytes) -> None:
        """Deliver *raw*."""
        self.sent += 1
        name = f"{time.time():.6f}.{self.sent:06}.test"
        (self.base / "mail" / "tmp" / name).write_bytes(raw)
        os.rename(self.base / "mail" / "tmp" / name, self.base / "mail" / "new" / name)  # noqa: PTH104 - as Maildir delivers
        _owned(self.base / "mail")

    def settings(self, **more: object) -> Settings:
        """Return how to read it, over TLS."""
        said = {
            "host": "localhost", "port": self.tls, "user": "tac", "password_ref": "env:X", "password": Secret(PASSWORD),
            "ca_file": str(self.base / "cert.pem"), "timeout": 10.0,
        }  # fmt: skip
        return Settings(**{**said, **more})  # type: ignore[arg-type]

    def begun_anew(self) -> None:
        """Let the mailbox forget its UIDs, as after a restored backup."""
        for file in (self.base / "mail").glob("dovecot*"):
            file.unlink()


@contextmanager
def serving() -> Iterator[Mailbox]:
    """Start Dovecot in a folder of its own and yield its mailbox."""
    if not Path(PROGRAM).exists():
        pytest.skip("Dovecot is not installed (apt-get install dovecot-imapd)")
    base = Path(tempfile.mkdtemp(prefix="healthd-imap-", dir="/tmp"))
    box = Mailbox(base=base, plain=_free(), tls=_free())
    _certificate(base)
    for each in ("cur", "new", "tmp"):
        (base / "mail" / each).mkdir(parents=True)
    user = pwd.getpwuid(os.geteuid() or pwd.getpwnam("nobody").pw_uid)
    group = subprocess.run(["id", "-gn", user.pw_name], check=True, capture_output=True, text=True).stdout.strip()
    text = CONFIG.format(base=base, user=user.pw_name, group=group, plain=box.plain, tls=box.tls, password=PASSWORD)
    (base / "dovecot.conf").write_text(text)
    base.chmod(0o755)
    _owned(base / "mail")
    server = subprocess.Popen([PROGRAM, "-F", "-c", str(base / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait(server, box)
        yield box
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(base, ignore_errors=True)


def _wait(server: "subprocess.Popen[bytes]", box: Mailbox) -> None:
    for _ in range(200):
        if server.poll() is not None:
            log = box.base / "log"
            raise RuntimeError(
                f"Dovecot ended: {server.stderr.read() if server.stderr else b''!r} {log.read_text() if log.exists() else ''}"
            )
        try:
            socket.create_connection(("127.0.0.1", box.tls), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("Dovecot does not listen")


def _owned(folder: Path) -> None:
    if not os.geteuid():
        found = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, found.pw_uid, found.pw_gid)


def _free() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
    ssl.create_default_context(cafile=str(folder / "cert.pem"))
