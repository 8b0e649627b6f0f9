"""Many series at once: a customer's ports have a hundred thousand counters, and few of them are worth a look of their own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from healthd.model.observation import Reading
from healthd.model.poll import Series


class Numbers(Sequence[float]):
    """Numbers of one series, which become Python's own only when somebody looks: a day of 200 devices has 20 million, and few are."""

    __slots__ = ("_array",)

    def __init__(self, array: NDArray[Any]) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    @overload
    def __getitem__(self, place: int) -> float: ...
    @overload
    def __getitem__(self, place: slice) -> "Numbers": ...
    def __getitem__(self, place: int | slice) -> "float | Numbers":
        if isinstance(place, slice):
            return Numbers(self._array[place])
        number: float = self._array[place].item()
        return number

    def __iter__(self) -> Iterator[float]:
        return iter(self._array.tolist())

    def __reversed__(self) -> Iterator[float]:
        return iter(self._array[::-1].tolist())

    def count(self, value: Any) -> int:
        """Return how many times *value* is there."""
        return int((self._array == value).sum())

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.array(self._array, dtype=dtype) if copy else np.asarray(self._array, dtype=dtype)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """The numbers of one metric of the items of *device* that were read at the same *times* (UTC epoch seconds, oldest first).

    *values* has one row for each of *readings*, one number for each time; none is missing.
    """

    device: str
    metric: str
    readings: Sequence[Reading]
    times: NDArray[np.float64]
    values: NDArray[Any]

    def series(self, row: int, start: int = 0) -> Series:
        """Return row *row* from place *start* on as a series of its own."""
        reading = self.readings[row]
        return Series(
            device=self.device, metric=self.metric, item=reading.item, index=reading.index, unit=reading.unit,
            times=tuple(self.times[start:].tolist()), values=Numbers(self.values[row, start:]), reading=reading,
        )  # fmt: skip


def stacked(series: Iterable[Series]) -> Iterator[Columns]:
    """Yield *series* of numbers, those of a device with the same times together; what has no values or no reading is left out."""
    piles: dict[tuple[str, str, Sequence[float]], list[Series]] = {}
    for each in series:
        if len(each.times) and each.reading is not None:
            piles.setdefault((each.device, each.metric, tuple(each.times)), []).append(each)
    for (device, metric, times), members in piles.items():
        yield Columns(
            device=device,
            metric=metric,
            readings=tuple(each.reading for each in members if each.reading),
            times=np.array(times),
            values=np.array([np.asarray(each.values) for each in members]),
        )
