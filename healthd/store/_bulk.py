"""Many rows at once, each kept once: a row whose key is there already is left as it is."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models as fields

from healthd.store._ready import connection


def insert(table: type[fields.Model], rows: Collection[Sequence[Any]], *, replace: Sequence[str] = ()) -> int:
    """Write *rows* (values in the order of the table's columns) inside the caller's transaction.

    A row whose key exists is skipped, or has its columns *replace* overwritten.
    Returns how many rows are new, or were overwritten.
    """
    if not rows:
        return 0
    names = [each.column for each in table._meta.concrete_fields]  # noqa: SLF001 - Django's documented model API
    key = [each.column for each in table._meta.pk_fields]  # noqa: SLF001 - the same
    name = table._meta.db_table  # noqa: SLF001 - the same
    then = "DO NOTHING"
    if replace:
        then = f"({', '.join(key)}) DO UPDATE SET {', '.join(f'{each} = excluded.{each}' for each in replace)}"
    write = _copy if connection.vendor == "postgresql" and len(rows) > 50 else _each
    return write(name, names, rows, f"ON CONFLICT {then}")


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _each(name: str, names: Sequence[str], rows: Collection[Sequence[Any]], conflict: str) -> int:
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name} ({_quoted(names)}) VALUES ({places}) {conflict}", rows)  # noqa: S608 - our own names
        return int(cursor.rowcount)


def _copy(name: str, names: Sequence[str], rows: Collection[Sequence[Any]], conflict: str) -> int:
    """Copy into a table of this transaction only, then over: PostgreSQL takes rows several times faster that way."""
    listed, passing = _quoted(names), f"{name}_coming"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {passing} (LIKE {name} INCLUDING DEFAULTS) ON COMMIT DELETE ROWS")
        with cursor.copy(f"COPY {passing} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {name} ({listed}) SELECT {listed} FROM {passing} {conflict}")  # noqa: S608 - our own names
        count = int(cursor.rowcount)
        cursor.execute(f"DELETE FROM {passing}")  # noqa: S608 - our own name
        return count
