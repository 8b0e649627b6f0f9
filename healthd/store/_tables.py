"""The numbers of one metric of many items, as tables: out of one block uncopied, out of several laid beside each other."""

from collections.abc import Iterator, Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from healthd.model.columns import Columns
from healthd.model.observation import Reading
from healthd.store import rollups
from healthd.store._columns import Block

Blocks = Sequence[Block | rollups.RolledBlock]


def columns(device: str, metric: str, swept: Blocks, full: Blocks) -> Iterator[Columns]:
    """Yield the numbers of *metric* of *device* out of its blocks of sweeps and of full polls."""
    whole = _whole(device, metric, swept, full)
    yield from [whole] if whole else _laid(device, metric, swept, full)


def by_device(blocks: Blocks) -> dict[int, list[Block | rollups.RolledBlock]]:
    """Return the blocks of each device."""
    found: dict[int, list[Block | rollups.RolledBlock]] = {}
    for block in blocks:
        found.setdefault(block.device, []).append(block)
    return found


def last(block: Block | rollups.RolledBlock) -> float:
    """Return when the newest row of *block* was, infinity for hours."""
    return block.times[-1] if isinstance(block, Block) else inf


def _whole(device: str, metric: str, swept: Blocks, full: Blocks) -> Columns | None:
    """Return the numbers of *metric* as they lie in one block; None where more than one has to be looked at, or numbers are missing."""
    block = swept[0] if len(swept) == 1 else None
    if not isinstance(block, Block) or any(last(other) > block.times[-1] for other in full):
        return None
    lie = block.kept.lie(metric)
    values = block.rows(lie) if lie else None
    if lie is None or values is None:
        return None
    return Columns(device=device, metric=metric, readings=lie.readings, times=block.moments, values=values)


def _laid(device: str, metric: str, swept: Blocks, full: Blocks) -> Iterator[Columns]:
    """Yield the numbers of *metric* out of several blocks: items that were given at the same times are together."""
    parts = [(rank, b, found) for rank, those in enumerate((swept, full)) for b in those if (found := b.kept.places(metric))]
    readings = {(reading.item, turn): reading for _, _, found in parts for _, turn, reading in found}
    if not readings:
        return
    place = {key: n for n, key in enumerate(sorted(readings))}
    tables = [block.table([number for number, _, _ in found]) for _, block, found in parts]
    times = np.concatenate([at for at, _ in tables])
    values = np.full((len(place), len(times)), np.nan)
    polled, start = np.zeros(len(times), dtype=bool), 0
    for (rank, _, found), (at, told) in zip(parts, tables, strict=True):
        values[[place[r.item, turn] for _, turn, r in found], start : start + len(at)] = told
        polled[start : start + len(at)], start = rank == 1, start + len(at)
    # Of full polls counts what came after the last sweep.
    last = np.max(np.where(np.isnan(values) | polled, -np.inf, times), axis=1, initial=-np.inf)
    values[polled & (times <= last[:, None])] = np.nan
    order = np.argsort(times, kind="stable")
    yield from _alike(device, metric, [readings[key] for key in place], times[order], values[:, order])


def _alike(
    device: str, metric: str, readings: Sequence[Reading], times: NDArray[np.float64], values: NDArray[np.float64]
) -> Iterator[Columns]:
    given = ~np.isnan(values)
    groups: dict[bytes, list[int]] = {}
    for row, pattern in enumerate(np.packbits(given, axis=1)):
        groups.setdefault(pattern.tobytes(), []).append(row)
    for rows in groups.values():
        there = given[rows[0]]
        if there.any():
            yield Columns(
                device=device, metric=metric, readings=tuple(readings[n] for n in rows), times=times[there], values=values[rows][:, there]
            )
