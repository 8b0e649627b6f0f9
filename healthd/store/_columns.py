"""Packed rows read back as columns: every value of one metric over time, without touching the others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from mmap import MAP_ANONYMOUS, MAP_PRIVATE, mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthd.model.columns import Numbers
from healthd.store import _pack
from healthd.store._layouts import Kept, Lie

SMALL = 16 * 1024
"""Octets; memory of a mapping that is not written to yet is not taken from the system."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one device in one layout, oldest first: *times* in epoch seconds, *columns* by letter, *written* odd rows by place.

    *moments* are the times as an array. *whole* says by letter which columns have a value in every row.
    """

    device: int
    kept: Kept
    times: tuple[float, ...]
    moments: NDArray[np.float64]
    columns: dict[str, NDArray[Any]]
    written: dict[int, tuple[float, ...]]
    whole: dict[str, list[bool]]

    def rows(self, lie: Lie) -> NDArray[Any] | None:
        """Return the columns that *lie* names as the rows of one array; None where something was not given."""
        whole = self.whole[lie.letter]
        return self.columns[lie.letter][lie.where] if all(map(whole.__getitem__, lie.places)) else None

    def table(self, numbers: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the times and the columns *numbers* as rows of floats, NaN for what was not given."""
        made = np.empty((len(numbers), len(self.times)))
        for row, number in enumerate(numbers):
            letter, place = _pack.shape(self.kept.codes).where[number]
            values = self.columns[letter][place]
            made[row] = values if self.whole[letter][place] else np.where(_pack.given(letter, values), values, np.nan)
        for n, told in self.written.items():
            made[:, n] = [told[number] for number in numbers]
        return self.moments, made

    def column(self, number: int) -> tuple[Sequence[float], Sequence[float]]:
        """Return times and values of column *number*, without what was not given."""
        letter, place = _pack.shape(self.kept.codes).where[number]
        values = self.columns[letter][place]
        if self.whole[letter][place]:
            return self.times, Numbers(values)
        given = _pack.given(letter, values)
        there = Numbers(self.moments[given]), Numbers(values[given])
        exact = [(self.times[n], row[number]) for n, row in self.written.items() if row[number] == row[number]]
        if not exact:
            return there
        times, told = zip(*sorted([*zip(*there, strict=True), *exact]), strict=True)
        return times, told


class Heap:
    """Bytes one behind the other; many of them in a mapping of their own, which goes back to the system at once and leaves no hole.

    The mapping is private: a shared one may not grow beyond its first size.
    """

    __slots__ = ("_size", "_there")

    def __init__(self) -> None:
        self._there: bytearray | mmap = bytearray()
        self._size = 0

    def add(self, data: bytes) -> None:
        end = self._size + len(data)
        if isinstance(self._there, bytearray):
            self._there += data
            if end > SMALL:
                self._there = _mapped(self._there)
        else:
            if end > len(self._there):
                self._there.resize(max(end, len(self._there) * 3 // 2))
            self._there[self._size : end] = data
        self._size = end

    def view(self) -> memoryview:
        """Return all of it, uncopied; it is there for as long as somebody looks."""
        return memoryview(self._there)[: self._size]


def _mapped(few: bytearray) -> bytearray | mmap:
    """Return *few* at the beginning of a mapping with room for more; as they are where there are too many mappings (Linux: 65,530)."""
    try:
        made = mmap(-1, 4 * len(few), MAP_PRIVATE | MAP_ANONYMOUS)
    except OSError:
        return few
    made[: len(few)] = bytes(few)
    return made


@dataclass(slots=True)
class Pile:
    """Rows of one device in one layout as they came: *times* in microseconds, *packed* one behind the other, *odd* ones apart by place."""

    times: list[int] = field(default_factory=list)
    packed: Heap = field(default_factory=Heap)
    odd: dict[int, bytes] = field(default_factory=dict)


Piles = dict[tuple[int, int], Pile]
"""By device and layout."""


def piles(rows: Iterable[tuple[int, int, int, int, bytes]]) -> Piles:
    """Return the rows (at, device, layout, coding, data; in the order of time) by device and layout, holding no row by itself.

    A day of 200 devices is 170 MB in 57,000 rows; kept as such they would leave the memory in holes as large.
    """
    made: Piles = defaultdict(Pile)
    for at, device, layout, coding, data in rows:
        pile = made[device, layout]
        if coding == _pack.PACKED:
            pile.packed.add(data)
        else:
            pile.odd[len(pile.times)] = bytes(data)
        pile.times.append(at)
    return made


def blocks(made: Piles, kept: dict[int, Kept]) -> Iterator[Block]:
    """Return one block for each device and layout, using up the piles: they are as large as what is made of them."""
    for device, layout in list(made):
        yield _block(device, kept[layout], made.pop((device, layout)))


def _block(device: int, kept: Kept, pile: Pile) -> Block:
    times = np.array(pile.times, dtype=np.float64) / 1e6
    written = {n: _pack.row(kept.codes, _pack.WRITTEN, data) for n, data in pile.odd.items()}
    rows = _pack.decode(kept.codes, [pile.packed.view()])
    for n in sorted(written):
        rows = np.insert(rows, n, _pack.decode(kept.codes, [_pack.nothing(kept.codes)])[0])
    columns = {letter: np.array(rows[letter].T, order="C") for letter in "iqd"}  # never a view, which would hold all rows
    whole = {letter: (_pack.given(letter, each).all(axis=1) & (not written)).tolist() for letter, each in columns.items()}
    return Block(device, kept, tuple(times.tolist()), times, columns, written, whole)


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
