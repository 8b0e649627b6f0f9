"""Packed rows read back as columns: every value of one metric over time, without touching the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthd.store import _pack
from healthd.store._layouts import Kept


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one device in one layout, oldest first: *times* in epoch seconds, *columns* by letter, *written* odd rows by place."""

    device: int
    kept: Kept
    times: tuple[float, ...]
    columns: dict[str, NDArray[Any]]
    written: dict[int, tuple[float, ...]]

    def column(self, number: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return times and values of column *number*, without what was not given."""
        letter, place = _pack.shape(self.kept.codes).where[number]
        values = self.columns[letter][place]
        given = _pack.given(letter, values)
        if not self.written and given.all():
            return self.times, tuple(values.tolist())
        pairs = [(at, value) for at, value, there in zip(self.times, values.tolist(), given.tolist(), strict=True) if there]
        exact = [(self.times[n], row[number]) for n, row in self.written.items() if row[number] == row[number]]
        times, told = zip(*sorted(pairs + exact), strict=True) if pairs or exact else ((), ())
        return times, told


def blocks(rows: Iterable[tuple[int, int, int, int, bytes]], kept: dict[int, Kept]) -> Iterator[Block]:
    """Return the rows (at, device, layout, coding, data; in the order of time) as one block for each device and layout."""
    grouped: dict[tuple[int, int], list[tuple[int, int, bytes]]] = {}
    for at, device, layout, coding, data in rows:
        grouped.setdefault((device, layout), []).append((at, coding, data))
    for (device, layout), group in grouped.items():
        yield _block(device, kept[layout], group)


def _block(device: int, kept: Kept, group: Sequence[tuple[int, int, bytes]]) -> Block:
    times = np.array([at for at, _, _ in group], dtype=np.float64) / 1e6
    written = {n: _pack.row(kept.codes, coding, data) for n, (_, coding, data) in enumerate(group) if coding == _pack.WRITTEN}
    absent = _pack.nothing(kept.codes) if written else b""
    rows = _pack.decode(kept.codes, [absent if n in written else data for n, (_, _, data) in enumerate(group)])
    columns = {letter: np.ascontiguousarray(rows[letter].T) for letter in "iqd"}
    return Block(device, kept, tuple(times.tolist()), columns, written)


def matrix(kept: Kept, rows: Sequence[tuple[int, bytes]]) -> NDArray[np.float64]:
    """Return rows (coding, data) of one layout as floats, NaN for what was not given."""
    odd = {n: _pack.row(kept.codes, coding, data) for n, (coding, data) in enumerate(rows) if coding == _pack.WRITTEN}
    absent = _pack.nothing(kept.codes)
    decoded = _pack.decode(kept.codes, [data if coding == _pack.PACKED else absent for coding, data in rows])
    made = np.full((len(rows), len(kept.codes)), np.nan)
    for letter, place in zip("iqd", _pack.shape(kept.codes).places, strict=True):
        values = decoded[letter]
        made[:, place] = np.where(_pack.given(letter, values), values, np.nan)
    for n, row in odd.items():
        made[n] = row
    return made
