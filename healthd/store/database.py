"""Open the database: SQLite in a file, or PostgreSQL.

SQLite runs with a write-ahead log, full synchronisation (what was
acknowledged survives a power cut), and write transactions that take their
lock at the start: a deferred one that reads first and writes later fails
with "locked" as soon as another writes in between. One process writes; any
number read. Memory-mapped reading is off: a broken disk would end the
process with a signal instead of an error.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.db import Error, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from healthd.errors import StoreError
from healthd.model.setting import Unfit, bound, check, formed
from healthd.store._ready import connection, connections
from healthd.store._transact import Place, hold, holder, release, told

DEFAULT = "sqlite:///healthd-data/healthd.sqlite3"
QUICK = 512 * 1024 * 1024  # bytes; a larger file's long tables are read by the nightly copy instead
LONG = ("store_sweep", "store_poll", "store_event", "store_rollup", "store_logcount")
LEADING = 7_226_114_472  # the advisory lock that the daemon holds
MIGRATING = 7_226_114_471  # the advisory lock under which one process migrates a PostgreSQL database


def _is_known(url: str) -> bool:
    return urlsplit(url).scheme in ("sqlite", "postgresql", "postgres")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[store]``.

    *url* is ``sqlite:///relative/file``, ``sqlite:////absolute/file`` or
    ``postgresql://user@host:port/name?option=value`` with libpq's options; a
    password stands in ~/.pgpass, $PGPASSWORD or the file of ``?passfile=``,
    never here. *busy_s* is how long a write waits for its turn. Sweeps are
    kept *raw_days*, hourly and daily figures *rollup_days*.
    """

    url: str = formed(DEFAULT, "sqlite:///… or postgresql://…", _is_known, secret=True)
    busy_s: float = bound(30.0, above=0)
    raw_days: int = bound(35, least=1)
    rollup_days: int = bound(730, least=1)

    def __post_init__(self) -> None:
        check(self)
        if urlsplit(self.url).password or "password=" in self.url.replace("sslpassword=", "password="):
            raise Unfit("url", "a password", "an address without one; put it in ~/.pgpass, $PGPASSWORD or the file of ?passfile=")
        if self.rollup_days < self.raw_days:
            raise Unfit("rollup_days", str(self.rollup_days), f"raw_days ({self.raw_days}) and more")

    def within(self, data: Path) -> "Settings":
        """Return the settings with the default database inside the folder *data*; a named one stays where it is."""
        return replace(self, url=sqlite_url(data / "healthd.sqlite3")) if self.url == DEFAULT else self

    @property
    def path(self) -> Path | None:
        """The SQLite file, None for PostgreSQL."""
        if urlsplit(self.url).scheme != "sqlite":
            return None
        return Path(unquote(urlsplit(self.url).path.removeprefix("/")))


@dataclass(slots=True)
class _Opened:
    settings: Settings | None = None
    keeper: Any = None


_opened = _Opened()


def sqlite_url(path: Path) -> str:
    """Return the url of the SQLite file *path*."""
    return f"sqlite:///{quote(str(path))}"


def settings_in_use() -> Settings:
    """Return the settings of the open database."""
    if _opened.settings is None:
        raise StoreError("no database is open; call open_database first")
    return _opened.settings


def is_open() -> bool:
    """Say whether a database is open."""
    return _opened.settings is not None


def open_database(settings: Settings, *, migrate: bool = True) -> None:
    """Make *settings*' database the one this process uses, and bring its tables to this version.

    Raises:
        StoreError: it is missing, damaged, of a newer version (or, with *migrate* off, an
            older one), or cannot be reached.
    """
    close_database()
    path = settings.path
    Place.where = str(path) if path else _shown(settings.url)
    Place.lock = path.with_name(f"{path.name}.lock") if path else None
    if path and migrate:
        _folder(path)
    elif path and not path.exists():
        raise StoreError(f"the database {path} is missing; check the [store] url, or let a command that polls make it")
    connections.settings["default"] = connections.configure_settings({"default": _django(settings)})["default"]
    try:
        _check(path)
        _versions(migrate)
    except Error as error:
        close_database()
        raise told(error) from error
    except StoreError:
        close_database()
        raise
    _opened.settings = settings


def lead() -> None:
    """Become the one daemon on the open database, until the process ends or the database is closed.

    Raises:
        StoreError: another daemon leads.
    """
    if connection.vendor != "postgresql":
        hold()
        return
    # A connection of its own: the lock lasts as long as it does, whatever becomes of the others.
    keeper = connection.get_new_connection(connection.get_connection_params())
    keeper.autocommit = True
    if not keeper.execute("SELECT pg_try_advisory_lock(%s)", [LEADING]).fetchone()[0]:
        keeper.close()
        raise StoreError(f"the database {Place.where} is led by another healthd daemon; stop that one first")
    _opened.keeper = keeper


def claim() -> None:
    """Become the writing process of an SQLite database now, and not with the first write.

    Raises:
        StoreError: another process writes it.
    """
    hold()


def writer() -> int | None:
    """Return the other process that writes the open SQLite database; None when there is none, or with PostgreSQL."""
    return holder()


def close_database() -> None:
    """Close this thread's connection and let another process write."""
    if _opened.keeper is not None:
        _opened.keeper.close()
        _opened.keeper = None
    if connection.settings_dict["ENGINE"] != "django.db.backends.dummy":
        connection.close()
    del connections["default"]
    release()
    _opened.settings = None


def leave() -> None:
    """Close this thread's connection: for threads that end, whose connection would stay open until garbage is searched for."""
    connection.close()


def _folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the database's folder {path.parent} cannot be made: {error.strerror}") from error


def _shown(url: str) -> str:
    """Return *url* without its options: they may name secrets' files."""
    return urlsplit(url)._replace(query="").geturl()


def _django(settings: Settings) -> dict[str, Any]:
    if settings.path:
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA cache_size=-4096"
        options: dict[str, Any] = {"transaction_mode": "IMMEDIATE", "timeout": settings.busy_s, "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(settings.path), "OPTIONS": options}
    from psycopg import ProgrammingError, conninfo

    try:
        said = conninfo.conninfo_to_dict(settings.url)
    except ProgrammingError as error:
        raise StoreError(f"the [store] url {_shown(settings.url)} is no PostgreSQL address: {error}") from None
    named = {
        key.upper(): str(said.pop(short, "") or "")
        for key, short in (("NAME", "dbname"), ("USER", "user"), ("HOST", "host"), ("PORT", "port"))
    }
    said.setdefault("connect_timeout", 10)
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": {**said, "application_name": "healthd"}}


def _check(path: Path | None) -> None:
    """Connect; read the SQLite file's structure once, so that damage is said before it spreads."""
    if path is None:
        connection.ensure_connection()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in cursor.fetchall() if name not in LONG]
        small = path.stat().st_size <= QUICK
        for asked in ["1"] if small else tables:
            cursor.execute(f"PRAGMA quick_check({asked})")
            if (said := cursor.fetchone()[0]) != "ok":
                raise StoreError(f"the database {path} is damaged ({said}); restore the newest good copy (healthd backup --restore)")


def _versions(migrate: bool) -> None:
    executor = MigrationExecutor(connection)
    known = {name for app, name in executor.loader.disk_migrations if app == "store"}
    applied = {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "store"}
    if newer := sorted(applied - known):
        raise StoreError(
            f"the database {Place.where} was made by a newer healthd (its version {newer[-1]}, this one knows {max(known)}); "
            "run that healthd, or restore a copy from before"
        )
    if applied == known:
        return
    if not migrate:
        raise StoreError(
            f"the database {Place.where} is of an older version ({max(applied, default='empty')}); start healthd once to bring it up"
        )
    _migrate()


def _migrate() -> None:
    """Bring the tables to this version in one transaction: a kill leaves the old version whole."""
    hold()
    with connection.constraint_checks_disabled(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATING])
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes("store"))
