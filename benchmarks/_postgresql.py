"""A PostgreSQL server of the benchmark's own, on a socket in a folder that goes away."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._missing import Missing

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
SETTINGS = "-c listen_addresses='' -c unix_socket_directories='{0}' -c shared_buffers=256MB"
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root


@contextmanager
def postgresql() -> Iterator[str]:
    """Run it with its usual settings (every commit reaches the disk); yield the url of an empty database.

    Raises:
        Missing: it is not installed.
    """
    if not PROGRAMS:
        raise Missing("needs PostgreSQL: apt-get install postgresql")
    folder, who = Path(tempfile.mkdtemp(prefix="healthd-pg-", dir="/tmp")), dict[str, object]()
    if not os.geteuid():
        group = pwd.getpwnam(UNPRIVILEGED)
        os.chown(folder, group.pw_uid, -1)
        who = {"user": UNPRIVILEGED, "group": group.pw_gid, "extra_groups": []}

    def run(*words: object) -> None:
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        subprocess.run(
            [PROGRAMS[-1] / str(words[0]), *map(str, words[1:])], check=True, cwd=folder, stdout=subprocess.DEVNULL, env=env, **who
        )  # type: ignore[call-overload]

    try:
        run("initdb", "-D", folder / "data", "-U", "healthd", "-E", "UTF8", "--auth=trust", "--no-sync")
        run("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", SETTINGS.format(folder), "start")
        try:
            yield f"postgresql://healthd@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", folder / "data", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
