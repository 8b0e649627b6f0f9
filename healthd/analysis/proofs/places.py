"""Whether two names mean the same place, as no two tables, commands and messages call a part the same."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
Place = tuple[str, ...]
"""The numbers and single letters of a name, in their order: Switch 2 - Power Supply B is ("2", "B")."""

SAME, INSIDE, UNSAID, OTHER = 3, 2, 1, 0
"""How well two places agree: they are the same; one is the end of the other; one of them says nothing; they differ."""
_PIECE = re.compile(r"[a-z]+|\d+")
_MODEL = re.compile(r"\b(?:[a-z0-9]+-){2,}[\w/]+|\b[a-z]+-\d{3,}\w*(?:[-/]\w+)*", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_INSIDE = re.compile(r"fan[_ -]in[_ -]ps", re.IGNORECASE)
"""The fan of a supply is another one than the device's own."""
_LETTERED = re.compile(r"\b(?:psu?|pem|fan)(?=[a-d]\b)", re.IGNORECASE)
# Letters that say what kind of place it is (power, tray, module), not which.
_KINDS = frozenset("PTMSR")


def place(name: str) -> Place:
    """Return what tells *name* from its like; what it is also called, in brackets, tells nothing more."""
    bare = _MODEL.sub(" ", _BRACKETS.sub(" ", name))
    pieces = (piece.upper() for piece in _PIECE.findall(_LETTERED.sub(" ", bare).lower()))
    inside = ("IN",) if _INSIDE.search(name) else ()
    return inside + tuple(piece for piece in pieces if piece.isdigit() or (len(piece) == 1 and piece not in _KINDS))


def agreement(one: Place, other: Place) -> int:
    """Return how well two places agree."""
    if not one or not other:
        return UNSAID if one != other else SAME
    if one == other:
        return SAME
    short, long = sorted((one, other), key=len)
    return INSIDE if len(short) < len(long) and short[-1] == long[-1] and _within(short, long) else OTHER


def _within(short: Place, long: Place) -> bool:
    rest = iter(long)
    return all(piece in rest for piece in short)


def nearest(those: Iterable[T], where: Callable[[T], int]) -> Sequence[T]:
    """Return the ones of *those* that agree best; none where nothing does, or where what says nothing could be several."""
    ranked = [(where(each), each) for each in those]
    best = max((rank for rank, _ in ranked), default=OTHER)
    found = [each for rank, each in ranked if rank == best]
    return () if best == OTHER or (best < SAME and len(found) > 1) else found
