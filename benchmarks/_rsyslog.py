"""rsyslog as Debian ships it, receiving over UDP and writing each message to a file as it came."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks._figure import cpu_of
from benchmarks._missing import Missing

PROGRAM = "rsyslogd"
SETTINGS = """
module(load="imudp" TimeRequery="10")
template(name="whole" type="string" string="%timegenerated:::date-rfc3339% %fromhost-ip% %rawmsg%\\n")
input(type="imudp" address="127.0.0.1" port="{port}" rcvbufSize="32m" ruleset="kept")
ruleset(name="kept") {{ action(type="omfile" file="{folder}/kept" template="whole") }}
"""


@dataclass(frozen=True, slots=True)
class Rsyslog:
    """A running rsyslog that hears *port* and writes *file*."""

    pid: int
    port: int
    file: Path

    @property
    def cpu(self) -> float:
        """Seconds of processor it has used."""
        return cpu_of(self.pid)

    def kept(self) -> int:
        """Return how many messages stand in its file."""
        with self.file.open("rb") as lines:
            return sum(1 for _ in lines)


@contextmanager
def rsyslog() -> Iterator[Rsyslog]:
    """Run it.

    Raises:
        Missing: it is not installed, or does not start.
    """
    program = shutil.which(PROGRAM) or shutil.which(PROGRAM, path="/usr/sbin")
    if not program:
        raise Missing("needs rsyslog: apt-get install rsyslog")
    with tempfile.TemporaryDirectory(prefix="healthd-bench-") as folder, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
        found.close()
        told = Path(folder, "rsyslog.conf")
        told.write_text(SETTINGS.format(port=port, folder=folder))
        with subprocess.Popen([program, "-n", "-f", told, "-i", f"{folder}/pid"]) as running:
            try:
                _await(running, port)
                yield Rsyslog(running.pid, port, Path(folder, "kept"))
            finally:
                running.terminate()


def _await(running: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(100):
        if f":{port:04X} " in Path("/proc/net/udp").read_text():
            return
        if running.poll() is not None:
            break
        time.sleep(0.05)
    raise Missing(f"{PROGRAM} did not start; its message stands above")
