"""Where a sensor sits: the chassis it belongs to, and whether it is part of an optic."""

from collections.abc import Iterable

from healthd.analysis.present import Present, parents
from healthd.model.poll import Poll

Place = tuple[str, str]
"""Device and index of a part."""


def chassis(seen: Present) -> tuple[str, str]:
    """Return index and name of the innermost chassis around the row, or of the only one; empty where the inventory does not say.

    CISCO-ENVMON-MIB may count sensors by itself: in a device of one chassis they are in that one all the same.
    """
    every = [part for part in seen.poll.parts if part.kind == "chassis"]
    around = (part for part in parents(seen.poll, seen.reading.index) if part.kind == "chassis")
    part = next(around, every[0] if len(every) == 1 else None)
    return (part.index, part.name or part.description or part.index) if part else ("", "")


def holder(seen: Present) -> tuple[str, str]:
    """Return index and name of the part that holds the sensor; the sensor itself where none does."""
    around = list(parents(seen.poll, seen.reading.index))[1:2]
    return (
        (around[0].index, around[0].name or around[0].description or around[0].index) if around else (seen.reading.index, seen.reading.item)
    )


def optics(poll: Poll) -> frozenset[str]:
    """Return the indexes of all sensors of optics: those with the same holder as a sensor of light."""
    holders = {p.index: p.parent for p in poll.parts}
    lit = {r.index for r in poll.readings if r.metric == "optic.power"}
    around = {holders[i] for i in lit if holders.get(i, "0") != "0"}
    return frozenset(lit | {index for index, parent in holders.items() if parent in around})


def optics_of(polls: Iterable[Poll | None]) -> dict[str, frozenset[str]]:
    """Return the sensors of optics by device."""
    return {poll.device: optics(poll) for poll in polls if poll is not None}


def unpowered(history_supplies: Iterable[Present]) -> frozenset[Place]:
    """Return the supplies that deliver nothing: their sensors measure nothing that is a fault of its own."""
    return frozenset((s.device, s.reading.index) for s in history_supplies if s.word not in ("on", "normal", "onButFanFail", "warning"))


def inside(seen: Present, places: frozenset[Place]) -> bool:
    """Say whether the row lies in one of *places*."""
    return any((seen.device, part.index) in places for part in parents(seen.poll, seen.reading.index))


def shut(seen: Present) -> bool:
    """Say whether the interface that the row belongs to is shut by configuration."""
    index = seen.reading.index.partition(".")[0]
    return any(i.index == index and i.admin == "down" for i in seen.poll.interfaces)
