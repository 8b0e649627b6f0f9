"""Model values as compressed JSON and back: exact, also for bytes, times, phrases and text that is no Unicode.

A value of a class is ``{"$": class, field: value…}`` without the fields that
have their default, so that a field added later reads back as its default. A
run of values of one class (the parts of a poll) is a table: the fields once,
then a row for each.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from hashlib import blake2b
from itertools import repeat
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from healthd.model import (
    action,
    availability,
    case,
    cisco,
    coverage,
    device,
    event,
    finding,
    followed,
    interval,
    message,
    observation,
    phrase,
    policy,
    poll,
    record,
    rma,
    spares,
    tac,
    tray,
    verdict,
)

PARTS = (
    action,
    availability,
    case,
    cisco,
    coverage,
    device,
    event,
    finding,
    followed,
    interval,
    message,
    observation,
    phrase,
    policy,
    poll,
    record,
    rma,
    spares,
    tac,
    tray,
    verdict,
)
KNOWN: dict[str, Callable[..., Any]] = {}
NAMES: dict[type, str] = {}
"""How a class is called in what is kept: by its name, which the first of two bears alone; the other's says its module too (``case.State``)."""
for _part in PARTS:
    for _name, _kind in vars(_part).items():
        if isinstance(_kind, type) and _kind.__module__ == _part.__name__:
            NAMES[_kind] = f"{_part.__name__.rpartition('.')[2]}.{_name}" if _name in KNOWN else _name
            KNOWN[NAMES[_kind]] = _kind
SPECIAL: dict[type, tuple[str, Callable[[Any], Any]]] = {
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("seconds", lambda t: [t.days, t.seconds, t.microseconds]),
    bytes: ("bytes", lambda b: b64encode(b).decode()),
    ZoneInfo: ("zone", lambda z: z.key),
    dict: ("map", lambda m: [[_plain(key), _plain(each)] for key, each in sorted(m.items())]),
    frozenset: ("set", lambda s: [_plain(each) for each in sorted(s)]),
}
BACK: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda t: timedelta(*t),
    "bytes": b64decode,
    "zone": ZoneInfo,
    "set": lambda s: frozenset(_value(each) for each in s),
    "map": lambda m: {_value(key): _value(each) for key, each in m},
    "table": lambda t: _rows(KNOWN[t[0]], t[1], t[2]),
}
MANY = 100_000
_one: dict[str, str] = {}
"""Words met lately, by themselves."""
PLAIN = (str, int, float, bool, type(None))
_PLAIN = frozenset(PLAIN)


def pack(value: Any) -> bytes:
    """Return *value* as compressed JSON."""
    return zlib.compress(json.dumps(_plain(value), separators=(",", ":")).encode("ascii"), 3)


def unpack(content: bytes | memoryview) -> Any:
    """Return the value of which *content* was made."""
    return _value(json.loads(zlib.decompress(content)))


def digest(value: Any) -> bytes:
    """Return 16 bytes that differ for different values."""
    return blake2b(json.dumps(_plain(value), separators=(",", ":")).encode("ascii"), digest_size=16).digest()


def mark(content: bytes) -> int:
    """Return a signed number of 64 bits that differs for different packed *content*: half a key of a table."""
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default_factory() if f.default_factory is not MISSING else f.default) for f in fields(kind))


def _plain(value: Any) -> Any:
    if type(value) in PLAIN:
        return value
    if isinstance(value, tuple | list):
        first = type(value[0]) if value else None
        if first and is_dataclass(first) and all(type(each) is first for each in value):
            return _table(first, value)
        return [_plain(each) for each in value]
    if is_dataclass(value):
        kind: Any = type(value)
        kept = {name: got for name, default in _fields(kind) if (got := getattr(value, name)) is not default and got != default}
        return {"$": NAMES[kind]} | {name: _plain(got) for name, got in kept.items()}
    name, say = SPECIAL.get(type(value)) or (NAMES[type(value)], attrgetter("value"))  # what is left are the model's enumerations
    return {"$": name, "v": say(value)}


def _table(kind: type, values: Sequence[Any]) -> dict[str, Any]:
    names = [name for name, default in _fields(kind) if any(getattr(each, name) != default for each in values)]
    return {"$": "table", "v": [NAMES[kind], names, [[_plain(getattr(each, name)) for name in names] for each in values]]}


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return tuple(map(_value, plain)) if isinstance(plain, list) else plain
    kind = plain["$"]
    if kind in BACK:
        return BACK[kind](plain["v"])
    made = KNOWN[kind]
    return made(plain["v"]) if "v" in plain else made(**{name: _value(got) for name, got in plain.items() if name != "$"})


def _rows(kind: Callable[..., Any], names: list[str], rows: list[list[Any]]) -> tuple[Any, ...]:
    columns = dict(zip(names, map(_column, zip(*rows, strict=True)), strict=True))
    if not names:
        return tuple(kind() for _ in rows)
    slots = _slots(kind)
    if slots is None or any(default is MISSING and name not in columns for name, (_, default) in slots.items()) or columns.keys() - slots:
        return tuple(kind(**dict(zip(names, row, strict=True))) for row in zip(*columns.values(), strict=True))
    # A poll or a layout has hundreds of rows: filled column by column they take a quarter of the time of as many calls.
    made = [object.__new__(kind) for _ in rows]  # type: ignore[call-overload]
    for name, (fill, default) in slots.items():
        deque(map(fill, made, columns.get(name, repeat(default))), maxlen=0)
    return tuple(made)


def _column(plain: tuple[Any, ...]) -> Sequence[Any]:
    kinds = set(map(type, plain))
    if kinds == {str}:
        # The same words in the rows of all devices: one of each is enough. Not intern(): some releases of Python 3.12 keep those for ever.
        if len(_one) > MANY:
            _one.clear()
        return [*map(_one.setdefault, plain, plain)]
    return plain if _PLAIN.issuperset(kinds) else [got if type(got) in PLAIN else _value(got) for got in plain]


@cache
def _slots(kind: type) -> dict[str, tuple[Callable[[Any, Any], None], Any]] | None:
    """Return how to fill each field of *kind* and its default; None where the class has more to say about what it is made of."""
    if hasattr(kind, "__post_init__") or not hasattr(kind, "__slots__") or any(not f.init for f in fields(kind)):
        return None
    return {name: (getattr(kind, name).__set__, default) for name, default in _fields(kind)}
