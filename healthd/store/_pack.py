"""Rows of values in few bytes, exactly.

A column is a whole number in 4 bytes (states, words), one in 8 bytes
(counters: a 64-bit octet counter passes what a float holds exactly within
nine days at 100 Gbit/s), or a float in 8 bytes. The least number of the width
means "not given". A row with a value that does not fit its column is kept as
JSON instead: nothing is ever rounded.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthd.model.observation import Reading

NO_INT, NO_LONG = -(2**31), -(2**63)
EXACT = 2**53  # up to here a float holds every whole number
FEW = 6  # rows; fewer are packed one by one, for an array costs some 60 µs before its first value
PACKED, WRITTEN, EMPTY = 0, 1, 2


def codes(readings: Sequence[Reading], *, exact: bool = True) -> str:
    """Return one letter for each reading: i (4 bytes), q (8 bytes), d (float).

    Without *exact* every number is d: for full polls, where a reading may be
    12 now and 12.5 an hour later, and that must not make another layout.
    """
    return "".join(_code(reading, exact) for reading in readings)


def _code(reading: Reading, exact: bool) -> str:
    if isinstance(reading.value, str):
        return "i"
    return "q" if exact and isinstance(reading.value, int) and reading.scale == 1.0 else "d"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a row of *codes* lies: first all of i, then q, then d; *places* are their columns.

    For rows by themselves: *whole* are the columns of whole numbers in that
    order, each with its least number, *floats* those of d, *format* the bytes.
    """

    codes: str
    dtype: np.dtype[Any]
    places: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]
    where: tuple[tuple[str, int], ...]
    whole: tuple[tuple[int, int], ...]
    floats: tuple[int, ...]
    format: struct.Struct


@cache
def shape(codes_: str) -> Shape:
    """Return the shape of rows with *codes_*."""
    places = tuple(np.array([n for n, code in enumerate(codes_) if code == letter], dtype=np.intp) for letter in "iqd")
    kinds = (("i", "<i4"), ("q", "<i8"), ("d", "<f8"))
    dtype = np.dtype([(letter, kind, (len(place),)) for (letter, kind), place in zip(kinds, places, strict=True)])
    where = {int(n): (letter, j) for letter, place in zip("iqd", places, strict=True) for j, n in enumerate(place)}
    ints, longs, floats = (tuple(map(int, place)) for place in places)
    return Shape(
        codes=codes_,
        dtype=dtype,
        places=places,  # type: ignore[arg-type]
        where=tuple(where[n] for n in range(len(codes_))),
        whole=(*((n, NO_INT) for n in ints), *((n, NO_LONG) for n in longs)),
        floats=floats,
        format=struct.Struct(f"<{len(ints)}i{len(longs)}q{len(floats)}d"),
    )


def encode(codes_: str, rows: Sequence[Sequence[float]]) -> list[tuple[int, bytes]]:
    """Return coding and bytes of each row; every row is as long as *codes_*, or empty when nothing was given."""
    if not all(rows):
        full = iter(encode(codes_, [row for row in rows if row]))
        return [next(full) if row else (EMPTY, b"") for row in rows]
    if not rows or not codes_:
        return [(EMPTY, b"")] * len(rows)
    form = shape(codes_)
    if len(rows) < FEW:
        return [_single(form, row) for row in rows]
    given = np.array(rows, dtype=np.float64)
    made = np.zeros(len(rows), dtype=form.dtype)
    misfits = np.zeros(len(rows), dtype=bool)
    for letter, place, least in zip("iq", form.places, (NO_INT, NO_LONG), strict=False):
        misfits |= _whole(made, letter, given[:, place], least)
    made["d"] = given[:, form.places[2]]
    misfits |= (np.abs(made["d"]) >= EXACT).any(axis=1)
    joined, size = made.tobytes(), form.dtype.itemsize
    packed = [(PACKED, joined[n * size : (n + 1) * size]) for n in range(len(rows))]
    for n in np.flatnonzero(misfits):
        packed[n] = _single(form, rows[int(n)])
    return packed


def _whole(made: NDArray[Any], letter: str, given: NDArray[np.float64], least: int) -> NDArray[np.bool_]:
    """Fill the whole numbers *letter*; return which rows hold something that is none, or too large to tell."""
    absent = np.isnan(given)
    fits = absent | ((np.abs(given) < min(EXACT, -least)) & (given == np.rint(given)))
    with np.errstate(invalid="ignore"):
        made[letter] = np.where(absent | ~fits, least, given)
    misfits: NDArray[np.bool_] = ~fits.all(axis=1)
    return misfits


def _single(form: Shape, row: Sequence[float]) -> tuple[int, bytes]:
    """Pack one row with Python's own numbers: large counters exactly, and JSON for what has no place in its column."""
    made: list[float] = []
    for place, least in form.whole:
        value = row[place]
        if value != value:  # noqa: PLR0124 - only NaN differs from itself
            made.append(least)
        elif least < value < -least and value == int(value):
            made.append(int(value))
        else:
            return WRITTEN, json.dumps(list(row)).encode()
    for place in form.floats:
        value = row[place]
        if isinstance(value, int) and abs(value) >= EXACT:
            return WRITTEN, json.dumps(list(row)).encode()
        made.append(value)
    return PACKED, form.format.pack(*made)


def decode(codes_: str, packed: Sequence[bytes | memoryview]) -> NDArray[Any]:
    """Return the PACKED rows as an array of the shape's fields."""
    return np.frombuffer(packed[0] if len(packed) == 1 else b"".join(packed), dtype=shape(codes_).dtype)


def nothing(codes_: str) -> bytes:
    """Return a row in which nothing was given."""
    made = np.zeros(1, dtype=shape(codes_).dtype)
    made["i"], made["q"], made["d"] = NO_INT, NO_LONG, np.nan
    return made.tobytes()


def given(letter: str, values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which of *values* of a column of kind *letter* the device gave."""
    found: NDArray[np.bool_] = ~np.isnan(values) if letter == "d" else values != (NO_INT if letter == "i" else NO_LONG)
    return found


def row(codes_: str, coding: int, data: bytes | memoryview) -> tuple[float, ...]:
    """Return the values of one row, NaN for what was not given."""
    if coding == EMPTY:
        return ()
    if coding == WRITTEN:
        return tuple(json.loads(bytes(data)))
    decoded = decode(codes_, [data])[0]
    pairs = ((letter, decoded[letter][place]) for letter, place in shape(codes_).where)
    return tuple(value.item() if given(letter, value) else float("nan") for letter, value in pairs)
