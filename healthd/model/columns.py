"""Many series at once: a customer's ports have a hundred thousand counters, and few of them are worth a look of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from healthd.model.observation import Reading
from healthd.model.poll import Series

Array = Any
"""An array of NumPy's, which the ground does not import."""


class Numbers(Sequence[float]):
    """Numbers of one series, which become Python's own only when somebody looks: a day of 200 devices has 20 million, and few are."""

    __slots__ = ("_array",)

    def __init__(self, array: Array) -> None:
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

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return self._array.astype(dtype or self._array.dtype, copy=bool(copy))

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
    times: Array
    values: Array

    def series(self, row: int, start: int = 0) -> Series:
        """Return row *row* from place *start* on as a series of its own."""
        reading = self.readings[row]
        return Series(
            device=self.device, metric=self.metric, item=reading.item, index=reading.index, unit=reading.unit,
            times=tuple(self.times[start:].tolist()), values=Numbers(self.values[row, start:]), reading=reading,
        )  # fmt: skip
