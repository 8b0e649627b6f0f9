"""Databases for the tests: SQLite in a file, and a PostgreSQL server that the tests start and stop themselves."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root


def _as() -> dict[str, object]:
    if os.geteuid():
        return {}
    return {"user": UNPRIVILEGED, "group": pwd.getpwnam(UNPRIVILEGED).pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgresql_socket() -> Iterator[Path]:
    """Start PostgreSQL on a socket in a folder of its own; return the folder. The server ends with the tests."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    # Not pytest's folder: a socket's path has at most 107 bytes, and the unprivileged user must reach it.
    folder = Path(tempfile.mkdtemp(prefix="healthd-pg-", dir="/tmp"))
    if not os.geteuid():
        os.chown(folder, pwd.getpwnam(UNPRIVILEGED).pw_uid, -1)
    run = {"cwd": folder, "stdout": subprocess.DEVNULL, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}, **_as()}
    data = folder / "data"
    try:
        subprocess.run([PROGRAMS[-1] / "initdb", "-D", data, "-U", "healthd", "-E", "UTF8", "--auth=trust", "--no-sync"], check=True, **run)
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=40 -c shared_buffers=64MB"
        subprocess.run([PROGRAMS[-1] / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start"], check=True, **run)
        try:
            yield folder
        finally:
            subprocess.run([PROGRAMS[-1] / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], check=True, **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_socket: Path) -> Iterator[str]:
    """Return the url of a fresh PostgreSQL database; it is dropped afterwards."""
    import psycopg

    name = f"test_{os.getpid()}_{os.urandom(4).hex()}"
    server = f"host={postgresql_socket} user=healthd dbname=postgres"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"postgresql://healthd@/{name}?host={postgresql_socket}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    """Open a fresh database of each kind; return its settings."""
    from healthd.store import database

    url = (
        database.sqlite_url(tmp_path / "data" / "healthd.sqlite3")
        if request.param == "sqlite"
        else request.getfixturevalue("postgresql_url")
    )
    settings = database.Settings(url=url)
    database.open_database(settings)
    yield settings
    database.close_database()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[object]:
    """Open a fresh SQLite database; return its settings."""
    from healthd.store import database

    settings = database.Settings(url=database.sqlite_url(tmp_path / "data" / "healthd.sqlite3"))
    database.open_database(settings)
    yield settings
    database.close_database()
