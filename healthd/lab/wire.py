"""The lab without sockets: the same answers, as fast as history needs to be filled.

``LabWire`` does what a transport does (``ask``) and a sweep's wire does
(``sweep``), at a time that the caller sets, so that thirty-five days of
history pass through the same collectors as a live poll.

A sweep that is asked again and again at equal distances is worked out for the
next 256 instants at once: signals are functions of time, and an array of
instants costs hardly more than one. Measured for 150 OIDs: see
``tests/lab/test_wire.py``, which also holds the answers against the sockets'.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isnan

import numpy as np

from healthd.errors import TimedOut
from healthd.lab.network import Network
from healthd.lab.signals import Numbers
from healthd.lab.view import Var, View
from healthd.model.answer import Answers, Row, Value
from healthd.model.device import Device
from healthd.model.request import Get, Request, Show, Walk

BLOCK = 256
LARGEST = 2.0**62
"""What an array of 64-bit integers holds safely."""
Shell = Callable[[Network, str, str, datetime], str | None]
"""Says what a command prints: (network, device, command, now); None when the device has no such command."""


@dataclass(slots=True)
class _Block:
    """Values of one sweep at ``first``, ``first + step`` …; a column that is no number is asked one by one."""

    version: int
    first: float
    step: float
    rows: list[tuple[Value | None, ...]]


class LabWire:
    """Asks the lab's devices in this process. *now* is the time that they are asked at; set it before each sweep."""

    def __init__(self, network: Network, now: datetime, shell: Shell | None = None) -> None:
        """Take the network and the time; *shell* answers commands of the CLI, by default the devices' own."""
        self.network, self.now = network, now
        self._shell = shell
        self._blocks: dict[tuple[str, tuple[str, ...]], _Block] = {}
        self._last: dict[tuple[str, tuple[str, ...]], float] = {}

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Return what *device* answers to *requests* at ``now``; TimedOut when it is silent."""
        time = self._reach(device)
        view = self.network.view(device.name)
        gets = {ask: _get(view, ask, time) for ask in requests if isinstance(ask, Get)}
        walks = {ask: _walk(view, ask, time) for ask in requests if isinstance(ask, Walk)}
        said = {ask: self._say(device.name, ask) for ask in requests if isinstance(ask, Show)}
        shows = {ask: text for ask, text in said.items() if text is not None}
        found: Mapping[Request, object] = {**gets, **walks, **shows}
        return Answers(
            gets={ask: row for ask, row in gets.items() if row},
            walks={ask: rows for ask, rows in walks.items() if rows},
            shows=shows,
            unsupported=frozenset(ask for ask in requests if not found.get(ask)),
            requests=len(requests),
        )

    async def sweep(self, device: Device, oids: Sequence[str]) -> tuple[Value | None, ...]:
        """Return the values of *oids* at ``now``, None for one that the device lacks; TimedOut when it is silent."""
        time = self._reach(device)
        key = (device.name, tuple(oids))
        block = self._blocks.get(key)
        if block and block.version == self.network.version:
            place = (time - block.first) / block.step
            if 0 <= place < len(block.rows) and place == int(place):
                return block.rows[int(place)]
        before = self._last.get(key)
        self._last[key] = time
        if before is None or time <= before:
            return self._one(device.name, key[1], time)
        step = time - before
        made = _Block(self.network.version, time, step, self._rows(device.name, key[1], time + step * np.arange(BLOCK)))
        self._blocks[key] = made
        # So that the next block, too, learns its step from the last instant of this one.
        self._last[key] = time + step * (BLOCK - 1)
        return made.rows[0]

    def sweep_many(self, device: Device, oids: Sequence[str], times: Sequence[float]) -> Numbers:
        """Return an array of len(times) × len(oids) numbers (epoch seconds in, NaN for what is no number or not there)."""
        instants = np.asarray(times, dtype=np.float64)
        view, empty = self.network.view(device.name), np.full(len(instants), np.nan)
        columns = []
        for oid in oids:
            var = view.by_text.get(oid)
            found = var.over(instants) if var else None
            columns.append(empty if found is None else found)
        values = np.stack(columns, axis=1) if columns else np.empty((len(instants), 0))
        for begin, end in self.network.silent(device.name):
            values[(instants >= begin) & (instants < end)] = np.nan
        return values

    def _reach(self, device: Device) -> float:
        time = self.now.timestamp()
        if not self.network.answers(device.name, time):
            raise TimedOut(f"{device.name}: no answer from {device.address}")
        return time

    def _say(self, name: str, show: Show) -> str | None:
        if self._shell is None:
            from healthd.lab.shows import printed

            self._shell = printed
        return self._shell(self.network, name, show.command, self.now)

    def _one(self, name: str, oids: tuple[str, ...], time: float) -> tuple[Value | None, ...]:
        known = self.network.view(name).by_text
        return tuple(known[oid].at(time) if oid in known else None for oid in oids)

    def _rows(self, name: str, oids: tuple[str, ...], times: Numbers) -> list[tuple[Value | None, ...]]:
        known = self.network.view(name).by_text
        return list(zip(*(_column(known.get(oid), times) for oid in oids), strict=True)) if oids else [() for _ in times]


def _column(var: Var | None, times: Numbers) -> list[Value | None]:
    if var is None:
        return [None] * len(times)
    numbers = var.over(times)
    if numbers is None:
        return [var.at(time) for time in times.tolist()]
    if not var.gone and numbers.max(initial=0.0) < LARGEST:
        return numbers.astype(np.int64).tolist()
    return [None if isnan(value) else int(value) for value in numbers.tolist()]


def _get(view: View, ask: Get, time: float) -> Row:
    found = {name: view.get(tuple(map(int, oid.split("."))), time) for name, oid in ask.objects}
    return {name: pair[1] for name, pair in found.items() if pair}


def _walk(view: View, ask: Walk, time: float) -> dict[str, Row]:
    rows: dict[tuple[int, ...], dict[str, Value]] = {}
    for name, number in ask.columns:
        prefix = (*map(int, ask.entry.split(".")), number)
        for oid, _, value in view.after(prefix, time):
            if oid[: len(prefix)] != prefix:
                break
            rows.setdefault(oid[len(prefix) :], {})[name] = value
    return {".".join(map(str, index)): rows[index] for index in sorted(rows)}
