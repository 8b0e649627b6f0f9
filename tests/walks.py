"""A wire made of a recorded walk: what a device answered once, without sockets.

The walks lie beside the checkout (``../shared/corpus``). Without them,
``corpus()`` skips the test that asks for them.
"""

import importlib.util
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from healthd.errors import TimedOut
from healthd.model.answer import Answers, Row, Value
from healthd.model.device import Device
from healthd.model.request import Get, Request, Walk

SHARED = Path(__file__).resolve().parents[2] / "shared"


def corpus() -> Path:
    """Return the corpus' folder, or skip the test."""
    if not (SHARED / "corpus" / "snmp").is_dir():
        pytest.skip(f"no recordings at {SHARED / 'corpus'}")
    return SHARED / "corpus"


@cache
def server() -> ModuleType:
    """Return serve_walks.py as a module: it reads the formats of the walks."""
    file = SHARED / "acceptance" / "serve_walks.py"
    spec = importlib.util.spec_from_file_location("serve_walks", file)
    if spec is None or spec.loader is None or not file.exists():
        pytest.skip(f"no {file}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def recorded(name: str) -> "Recording":
    """Return the wire of the walk called *name* (a file's stem)."""
    paths: dict[str, Path] = server().devices(corpus(), contexts=True)
    return Recording(server().read_walk(paths[name]))


def every() -> list[str]:
    """Return the names of all walks, without those of single VLANs; none where there is no corpus."""
    return sorted(server().devices(SHARED / "corpus")) if (SHARED / "corpus" / "snmp").is_dir() else []


def device(name: str) -> Device:
    """Return a device that stands for the walk *name*."""
    return Device(name=name, customer="test", address="192.0.2.1")


Oid = tuple[int, ...]


def numbers(oid: str) -> Oid:
    """Return dotted text as numbers, which sort as OIDs do."""
    return tuple(map(int, oid.split(".")))


class Recording:
    """Answers requests out of rows (oid, tag, value), as an agent that holds just these would."""

    def __init__(self, rows: Iterable[tuple[Oid, int, Value | None]]) -> None:
        held = {oid: value for oid, _, value in rows if value is not None}
        self.oids = sorted(held)
        self.values = held
        self.asked: list[Request] = []

    @classmethod
    def of(cls, objects: Mapping[str, Value]) -> "Recording":
        """Return a device made by hand, of *objects* by OID."""
        return cls((numbers(oid), 0, value) for oid, value in objects.items())

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Answer all of *requests*; a recording of nothing is a device that stays silent."""
        if not self.oids:
            raise TimedOut(f"{device.name}: no answer")
        return self.answers(requests)

    def answers(self, requests: Collection[Request]) -> Answers:
        """Return the answers to *requests*, those of which nothing is there named as unsupported."""
        self.asked += requests
        gets = {ask: self._get(ask) for ask in requests if isinstance(ask, Get)}
        walks = {ask: self._walk(ask) for ask in requests if isinstance(ask, Walk)}
        found = {**gets, **walks}
        return Answers(
            gets={ask: row for ask, row in gets.items() if row},
            walks={ask: rows for ask, rows in walks.items() if rows},
            unsupported=frozenset(ask for ask in requests if not found.get(ask)),
            requests=len(requests),
        )

    def _get(self, ask: Get) -> Row:
        return {name: self.values[oid] for name, oid in ((n, numbers(o)) for n, o in ask.objects) if oid in self.values}

    def _walk(self, ask: Walk) -> dict[str, Row]:
        rows: dict[Oid, dict[str, Value]] = {}
        for name, number in ask.columns:
            prefix = (*numbers(ask.entry), number)
            for oid in self._below(prefix):
                rows.setdefault(oid[len(prefix) :], {})[name] = self.values[oid]
        return {".".join(map(str, index)): rows[index] for index in sorted(rows)}

    def _below(self, prefix: Oid) -> list[Oid]:
        return self.oids[bisect_left(self.oids, prefix) : bisect_left(self.oids, (*prefix[:-1], prefix[-1] + 1))]
