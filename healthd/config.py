"""``healthd.toml``: one table a part, checked wholly before anything is used.

The file names settings only; what a table may hold is said by the ``Settings``
of the part that owns it. Nothing here knows the parts.

    data = "/var/lib/healthd"
    inventories = "/etc/healthd/inventories"

    [store]
    url = "postgresql:///healthd"

    [snmp]
    timeout = 2.0
"""

import re
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from healthd.errors import ConfigError
from healthd.model import setting

T = TypeVar("T")


@dataclass(slots=True)
class Config:
    """The file's tables; ``settings`` hands them out, ``close`` complains of what nobody wanted."""

    file: Path | None
    tables: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    mistakes: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    keys: dict[str, set[str]] = field(default_factory=dict)

    def settings(self, table: str, kind: type[T]) -> T:
        """Return table *table* as the dataclass *kind*; mistakes are kept for ``check`` and ``close``.

        A dotted name is a table inside another (``[notify.mail]``).
        """
        self.asked.add(table)
        found: Any = self.tables
        for part in table.split("."):
            found = found.get(part, {}) if isinstance(found, Mapping) else {}
        if not isinstance(found, Mapping):
            self._wrong(table, None, f"[{table}]: found {found!r}; allowed: a table; write [{table}] with keys below")
            return kind()
        known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
        types_ = typing.get_type_hints(kind)
        good: dict[str, Any] = {}
        self.keys[table] = set(known)
        for key, value in found.items():
            if key not in known:
                # A table inside may belong to a part that asks for it later; ``close`` knows.
                if not isinstance(value, Mapping):
                    self._unknown(table, key, known)
                continue
            fitting, limit = fit(value, types_[key]), setting.allowed(known[key])
            if fitting is MISSING or (limit and not limit.holds(fitting)):
                self._unfit(table, known[key], types_[key], value)
            else:
                good[key] = fitting
        try:
            return kind(**good)
        except setting.Unfit as error:
            self._wrong(table, error.key, f"[{table}] {error}")
        except (ValueError, TypeError) as error:
            self._wrong(table, None, f"[{table}]: {error}")
        return kind()

    def top(self, key: str, default: str) -> str:
        """Return a text at the top of the file."""
        self.asked.add(key)
        value = self.tables.get(key, default)
        if not isinstance(value, str):
            self._wrong("", key, f"{key}: found {value!r}; allowed: text; put it in quotes")
            return default
        return value

    def close(self) -> None:
        """Raise ConfigError with every mistake, also for tables and keys that no part knows."""
        for name, inner in self.tables.items():
            below = {table.partition(".")[2] for table in self.asked if table.startswith(f"{name}.")}
            if name not in self.asked and not below:
                self._unknown("", name, {table.partition(".")[0] for table in self.asked})
            elif below or name in self.keys:
                known = below | self.keys.get(name, set())
                for key, value in inner.items() if isinstance(inner, Mapping) else ():
                    if key not in known and (name not in self.keys or isinstance(value, Mapping)):
                        self._unknown(name, key, known)
        self.check()

    def check(self) -> None:
        """Raise ConfigError with every mistake in what was asked for so far."""
        if self.mistakes:
            raise ConfigError("\n".join(self.mistakes))

    def _unfit(self, table: str, key: Field[Any], kind: Any, found: Any) -> None:
        said, unsaid, limit = words(key, kind), setting.default(key), setting.allowed(key)
        shown = limit.shown(found) if limit else repr(found)
        tail = "" if unsaid is None else f"; default: {unsaid!r}"
        self._wrong(table, key.name, f"[{table}] {key.name}: found {shown}; allowed: {said}{tail}")

    def _unknown(self, table: str, key: str, known: typing.Collection[str]) -> None:
        near = get_close_matches(key, list(known), 1)
        hint = f"did you mean {near[0]!r}?" if near else "remove it"
        where = f"[{table}] " if table else ""
        self._wrong(table, key, f"{where}found {key!r}; allowed: {', '.join(sorted(known))}; {hint}")

    def _wrong(self, table: str, key: str | None, text: str) -> None:
        self.mistakes.append(f"{self.file}:{_line(self.text, table, key)}: {text}")


def load(file: Path | None) -> Config:
    """Read *file*; None gives the defaults of everything.

    Raises:
        ConfigError: the file is missing or no TOML.
    """
    if file is None:
        return Config(None)
    try:
        text = file.read_text("utf-8")
        return Config(file, tomllib.loads(text), text)
    except OSError as error:
        raise ConfigError(f"cannot read {file}: {error.strerror}; name the file with --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not TOML: {error}") from error


def fit(value: Any, kind: Any) -> Any:
    """Return *value* as *kind* (bool, int, float, str, Path, tuples and mappings of them, unions), MISSING when it does not fit."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return next((got for each in inner if (got := fit(value, each)) is not MISSING), MISSING)
    if origin is tuple and isinstance(value, list):
        got = [fit(each, inner[0]) for each in value]
        return MISSING if MISSING in got else tuple(got)
    if origin in (dict, Mapping) and isinstance(value, dict):
        made = {key: fit(each, inner[1]) for key, each in value.items()}
        return MISSING if MISSING in made.values() else made
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is Path and isinstance(value, str):
        return Path(value)
    return value if isinstance(kind, type) and type(value) is kind else MISSING


def words(key: Field[Any], kind: Any) -> str:
    """Return in words what *key*, whose type is *kind*, may be."""
    limit = setting.allowed(key)
    return limit.words if limit else _typed(kind)


def _typed(kind: Any) -> str:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return " or ".join(_typed(each) for each in inner if each is not types.NoneType)
    if origin is tuple:
        return f"a list of {_typed(inner[0])}"
    if origin in (dict, Mapping):
        return f"a table of names with {_typed(inner[1])}"
    names = {bool: "true, false", int: "a whole number", float: "a number", str: "text in quotes", Path: "a path in quotes"}
    return names.get(kind, str(kind))


def _line(text: str, table: str, key: str | None) -> int:
    """Return the line of *key* in *table*; where it is not found, that of the table nearest around it."""
    wanted = [*filter(None, table.split(".")), *(key.split(".") if key else ())]
    header: list[str] = []
    best, where = 0, 1
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*\[+\s*([\w.\"-]+)\s*\]+", line):
            here = header = found[1].replace('"', "").split(".")
        elif found := re.match(r"\s*([\w.\"-]+)\s*=", line):
            here = [*header, *found[1].replace('"', "").split(".")]
        else:
            continue
        shared = next((n for n, (one, other) in enumerate(zip(here, wanted, strict=False)) if one != other), min(len(here), len(wanted)))
        if shared > best:
            best, where = shared, number
    return where
