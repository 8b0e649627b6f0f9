"""An Ansible inventory in YAML or INI form: ``ansible_host`` and ``ansible_network_os``, group variables inherited.

Passwords that stand in it are not taken over. Patterns such as ``sw[01:10]``
are expanded; dynamic inventories and vaults are not read.
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from healthd.errors import InventoryError
from healthd.inventory.document import Mistakes, load
from healthd.inventory.record import Record, record

_NETWORK_OS = {"ios": "ios", "iosxr": "iosxr", "nxos": "nxos", "asa": "asa"}
_RANGE = re.compile(r"\[(\d+):(\d+)\]")
_TAKEN = ("site", "role", "serial", "contract", "snmp", "ssh", "service_point", "customer", "parents", "tags")


@dataclass
class Group:
    """Hosts with their variables, sub-groups, and the variables of all of them."""

    hosts: dict[str, dict[str, Any]] = field(default_factory=dict)
    children: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)


def accepts(source: str) -> bool:
    """Say whether *source* looks like an Ansible inventory."""
    path = Path(source)
    if path.suffix in (".yml", ".yaml") and path.is_file():
        return any(
            line.startswith(("all:", "ungrouped:")) or "children:" in line for line in path.read_text("utf-8", "replace").splitlines()
        )
    return path.suffix in (".ini", ".cfg") or path.name in ("hosts", "inventory")


def read(source: str, options: Mapping[str, str]) -> Iterator[Record]:  # noqa: ARG001 - the sources share one signature
    """Yield one record per host, with the variables of all groups it belongs to."""
    path = Path(source)
    groups = _yaml(path) if path.suffix in (".yml", ".yaml") else _ini(path)
    for name, said in _hosts(groups).items():
        system = str(said.get("ansible_network_os", "")).split(".")[-1]
        words = {key: _word(said[key]) for key in _TAKEN if said.get(key) is not None}
        address = str(said.get("ansible_host") or name)
        yield record(path.name, {"name": name, "address": address, "platform": _NETWORK_OS.get(system, ""), **words})


def _word(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _hosts(groups: Mapping[str, Group]) -> dict[str, dict[str, Any]]:
    """Give every host its groups' variables; a deeper group's win over its parents', the host's own over all."""
    found: dict[str, dict[str, Any]] = {}

    def down(name: str, inherited: dict[str, Any], path: tuple[str, ...]) -> None:
        if name in path or name not in groups:
            return
        group = groups[name]
        variables = {**inherited, **group.variables}
        for host, own in group.hosts.items():
            found[host] = {**found.get(host, {}), **variables, **own}
        for child in group.children:
            down(child, variables, (*path, name))

    inner = {child for group in groups.values() for child in group.children}
    shared = groups["all"].variables if "all" in groups else {}
    for name in groups:
        if name not in inner:
            down(name, shared, ())
    return found


def _yaml(path: Path) -> dict[str, Group]:
    mistakes = Mistakes(path.parent)
    document = load(path, mistakes)
    if mistakes.found:
        raise InventoryError(tuple(mistakes.found))
    groups: dict[str, Group] = {}

    def take(name: str, entry: Any) -> None:
        group, entry = groups.setdefault(name, Group()), entry if isinstance(entry, dict) else {}
        for host, own in (entry.get("hosts") or {}).items():
            for each in _expand(str(host)):
                group.hosts.setdefault(each, {}).update(own or {})
        group.variables.update(entry.get("vars") or {})
        for child, inner in (entry.get("children") or {}).items():
            group.children.append(child)
            take(child, inner)

    for name, entry in document.data.items():
        take(name, entry)
    return groups


def _ini(path: Path) -> dict[str, Group]:
    groups, name, kind = {"ungrouped": Group()}, "ungrouped", "hosts"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.split("#")[0].split(";")[0].strip()
        if header := re.fullmatch(r"\[([^\]:]+)(?::(vars|children))?\]", text):
            name, kind = header[1], header[2] or "hosts"
            groups.setdefault(name, Group())
        elif text and kind == "children":
            groups[name].children.append(text)
        elif text and kind == "vars":
            key, _, value = text.partition("=")
            groups[name].variables[key.strip()] = value.strip().strip("'\"")
        elif text:
            first, *rest = _split(path, number, text)
            own = dict(word.split("=", 1) for word in rest if "=" in word)
            for each in _expand(first):
                groups[name].hosts.setdefault(each, {}).update(own)
    return groups


def _split(path: Path, number: int, text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise InventoryError((f"{path.name}:{number}: found {text!r}: {error}; close the quotes",)) from error


def _expand(name: str) -> Iterator[str]:
    if found := _RANGE.search(name):
        width = len(found[1])
        for number in range(int(found[1]), min(int(found[2]), int(found[1]) + 4095) + 1):
            yield from _expand(f"{name[: found.start()]}{number:0{width}}{name[found.end() :]}")
    else:
        yield name
