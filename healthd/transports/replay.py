"""A recording, served as a wire: what a device answered once, it answers again.

A recording is a folder:

    device.yaml      name, when it was made, by which version
    snmp.jsonl       {"oid": "1.3.…", "int": 5} | "text" | "hex" | "ref" (OID or address) | "float", one object a line
    cli/NNN.txt      what a command printed, as it came
    cli/index.yaml   which file is which command; null: the device has no such command

It answers every Get and Walk out of its objects, so that new readers can be
tried on old recordings; what was never asked is unsupported.
"""

import json
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from healthd.errors import ConfigError
from healthd.model.answer import Answers, Row, Value
from healthd.model.device import Device
from healthd.model.request import Get, Request, Show, Walk
from healthd.transports.scrub import Scrub

Oid = tuple[int, ...]


class Replay:
    """The wire of one recording, whatever device is asked."""

    def __init__(self, folder: Path) -> None:
        """Read the recording; ConfigError when it is none."""
        try:
            lines = (folder / "snmp.jsonl").read_text("utf-8").splitlines()
            commands = yaml.safe_load((folder / "cli" / "index.yaml").read_text("utf-8")) or {}
        except (OSError, yaml.YAMLError) as error:
            raise ConfigError(f"{folder} is no recording: {error}") from error
        self.values: dict[Oid, Value] = dict(_object(folder, number, line) for number, line in enumerate(lines, 1) if line.strip())
        self.oids = sorted(self.values)
        self.shows = {command: (folder / "cli" / name).read_bytes().decode() for command, name in commands.items() if name}

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:  # noqa: ARG002 - every wire is asked the same way
        """Answer *requests* out of the recording."""
        gets = {ask: self._get(ask) for ask in requests if isinstance(ask, Get)}
        walks = {ask: self._walk(ask) for ask in requests if isinstance(ask, Walk)}
        shows = {ask: self.shows[ask.command] for ask in requests if isinstance(ask, Show) and ask.command in self.shows}
        found: Mapping[Request, object] = {**gets, **walks, **shows}
        return Answers(
            gets={ask: row for ask, row in gets.items() if row},
            walks={ask: rows for ask, rows in walks.items() if rows},
            shows=shows,
            unsupported=frozenset(ask for ask in requests if not found.get(ask)),
            requests=len(requests),
        )

    async def sweep(self, device: Device, oids: Sequence[str]) -> tuple[Value | None, ...]:  # noqa: ARG002 - see ask
        """Return the recorded values of *oids*."""
        return tuple(self.values.get(_oid(oid)) for oid in oids)

    def _get(self, ask: Get) -> Row:
        return {name: self.values[_oid(oid)] for name, oid in ask.objects if _oid(oid) in self.values}

    def _walk(self, ask: Walk) -> dict[str, Row]:
        rows: dict[Oid, dict[str, Value]] = {}
        for name, number in ask.columns:
            prefix = (*_oid(ask.entry), number)
            for oid in self.oids[bisect_left(self.oids, prefix) :]:
                if oid[: len(prefix)] != prefix:
                    break
                rows.setdefault(oid[len(prefix) :], {})[name] = self.values[oid]
        return {".".join(map(str, index)): rows[index] for index in sorted(rows)}


def write(folder: Path, device: Device, answers: Answers, scrub: Scrub, now: datetime) -> None:
    """Write *answers* of *device* as a recording into *folder*, scrubbed."""
    (folder / "cli").mkdir(parents=True, exist_ok=True)
    about = {"name": device.name, "recorded": now.isoformat(), "requests": answers.requests}
    (folder / "device.yaml").write_text(yaml.safe_dump(about, sort_keys=False), "utf-8")
    lines = [json.dumps({"oid": ".".join(map(str, oid)), **_told(value, scrub)}) for oid, value in sorted(_objects(answers).items())]
    (folder / "snmp.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    index: dict[str, str | None] = {ask.command: None for ask in answers.unsupported if isinstance(ask, Show)}
    for number, (ask, text) in enumerate(sorted(answers.shows.items(), key=lambda pair: pair[0].command), 1):
        index[ask.command] = f"{number:03}.txt"
        (folder / "cli" / f"{number:03}.txt").write_bytes(scrub.text(text).encode())
    (folder / "cli" / "index.yaml").write_text(yaml.safe_dump(index), "utf-8")


def _objects(answers: Answers) -> dict[Oid, Value]:
    found = {_oid(oid): row[name] for get, row in answers.gets.items() for name, oid in get.objects if name in row}
    for walk, rows in answers.walks.items():
        numbers = dict(walk.columns)
        found |= {(*_oid(walk.entry), numbers[name], *_oid(index)): value for index, row in rows.items() for name, value in row.items()}
    return found


def _oid(text: str) -> Oid:
    return tuple(int(part) for part in text.strip(".").split(".") if part)


def _told(value: Value, scrub: Scrub) -> dict[str, Any]:
    if isinstance(value, int):
        return {"int": value}
    if isinstance(value, float):
        return {"float": value}
    if isinstance(value, str):
        return {"ref": value}
    clean = scrub.raw(value)
    try:
        return {"text": clean.decode("utf-8")}
    except UnicodeDecodeError:
        return {"hex": clean.hex()}


def _object(folder: Path, number: int, line: str) -> tuple[Oid, Value]:
    try:
        entry = json.loads(line)
        oid = _oid(entry.pop("oid"))
        ((kind, value),) = entry.items()
        made: Value = {"int": int, "float": float, "ref": str, "text": lambda t: t.encode(), "hex": bytes.fromhex}[kind](value)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"{folder / 'snmp.jsonl'}:{number}: found {line[:80]!r}; allowed: an object with oid and one of int, float, text, hex, ref"
        ) from error
    return oid, made
