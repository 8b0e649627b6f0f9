"""What an import would change, and the changed files. Pure: text in, text out.

Devices are matched by serial number, then by address, then by name, so that
importing the same source again changes nothing. A device keeps its comments
unless one of its values changes; a device the source does not name is kept
unless pruning is asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from healthd.errors import InventoryError
from healthd.inventory.document import Document
from healthd.inventory.record import Record

_DATA = ("site", "role", "serial", "contract", "snmp", "ssh", "service_point", "parents", "tags")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the difference: *what* is add, change or remove; *values* are (key, before, after)."""

    what: str
    name: str
    values: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The changes, and the text of ``hosts.yaml`` with them."""

    changes: tuple[Change, ...]
    text: str


def merge(document: Document, text: str, records: Iterable[Record], *, prune: bool) -> Merge:
    """Return what *records* change in the ``hosts.yaml`` that *document* was parsed from.

    Raises:
        InventoryError: the source names a device twice, or without an address.
    """
    incoming = _checked(records)
    entries: dict[str, Any] = {name: entry or {} for name, entry in document.data.items()}
    blocks, seen, changes = _blocks(document, text), set(), []
    for record in incoming:
        known = _match(record, entries, seen)
        wanted = _entry(record, entries.get(known, {}) if known else {})
        if known:
            seen.add(known)
        values = _difference(known, record.name, entries.get(known, {}) if known else {}, wanted)
        if known is None:
            changes.append(Change(what="add", name=record.name, values=values))
            blocks[record.name] = _block(record.name, wanted)
            seen.add(record.name)
        elif values:
            changes.append(Change(what="change", name=known, values=values))
            blocks[known] = _block(record.name, wanted)
    for name in entries if prune else ():
        if name not in seen:
            changes.append(Change(what="remove", name=name))
            blocks[name] = ""
    return Merge(changes=tuple(changes), text="".join(blocks.values()))


def _checked(records: Iterable[Record]) -> list[Record]:
    mistakes, seen, good = [], dict[str, str](), []
    for record in records:
        if not record.name or not record.address:
            missing = "name" if not record.name else "address"
            mistakes.append(f"{record.where}: device {record.name!r}: found no {missing}; allowed: every device has one; add it")
        elif record.name in seen:
            mistakes.append(f"{record.where}: device {record.name!r}: found twice, first in {seen[record.name]}; allowed: once; remove one")
        else:
            seen[record.name] = record.where
            good.append(record)
    if mistakes:
        raise InventoryError(tuple(mistakes))
    return good


def _match(record: Record, entries: Mapping[str, Any], taken: set[str]) -> str | None:
    def by(test: Any) -> str | None:
        return next((name for name, entry in entries.items() if name not in taken and test(name, entry)), None)

    found = by(lambda _, entry: record.serial and (entry.get("data") or {}).get("serial") == record.serial)
    found = found or by(lambda name, entry: str(entry.get("hostname", name)) == record.address)
    return found or by(lambda name, _: name == record.name)


def _entry(record: Record, known: Mapping[str, Any]) -> dict[str, Any]:
    data = dict(known.get("data") or {})
    data |= {key: list(value) if isinstance(value := getattr(record, key), tuple) else value for key in _DATA if getattr(record, key)}
    made = {**known, "hostname": record.address}
    if record.platform:
        made["platform"] = record.platform
    return {**made, "data": data} if data else made


def _difference(known: str | None, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    def flat(entry: Mapping[str, Any]) -> dict[str, str]:
        top = {key: str(entry[key]) for key in ("hostname", "platform") if entry.get(key)}
        return top | {key: ", ".join(value) if isinstance(value, list) else str(value) for key, value in (entry.get("data") or {}).items()}

    old, new = flat(before), flat(after)
    renamed = (("name", known, name),) if known not in (None, name) else ()
    return (*renamed, *((key, old.get(key, ""), new[key]) for key in new if old.get(key, "") != new[key]))  # type: ignore[return-value]


def _blocks(document: Document, text: str) -> dict[str, str]:
    """Cut the file at its devices: name to its lines, comments between two devices go with the one above."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = [(document.lines[(name,)] - 1, name) for name in document.data]
    # A key's recorded line is its key's own, so a device starts exactly there.
    edges = [*(start for start, _ in starts), len(lines)]
    blocks = {"": "".join(lines[: edges[0]])}
    blocks.update({name: "".join(lines[start : edges[n + 1]]) for n, (start, name) in enumerate(starts)})
    return blocks


def _block(name: str, entry: Mapping[str, Any]) -> str:
    return yaml.safe_dump({name: dict(entry)}, allow_unicode=True, sort_keys=False)
