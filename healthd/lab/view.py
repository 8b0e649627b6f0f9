"""A device's MIB as a sorted list of objects, each a constant or a function of time."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from healthd import modules
from healthd.lab import mibs
from healthd.lab.device import Model
from healthd.lab.signals import Signal, Span, Words, inside
from healthd.model.answer import Value

if TYPE_CHECKING:
    from healthd.lab.network import Network

Oid = tuple[int, ...]

INTEGER, OCTETS, OID, ADDRESS, COUNTER, GAUGE, TICKS, COUNTER64 = 0x02, 0x04, 0x06, 0x40, 0x41, 0x42, 0x43, 0x46
"""Tags of the values (RFC 2578 §7.1); COUNTER, GAUGE and TICKS have 32 bits."""


@dataclass(frozen=True, slots=True)
class Var:
    """One object: its tag, and a constant, a signal or words over time; away during ``gone``."""

    tag: int
    value: int | bytes | str | Signal | Words
    gone: tuple[Span, ...] = ()

    def at(self, time: float) -> Value | None:
        """Return the value at *time* (epoch seconds), None when the object is not there then."""
        if self.gone and inside(self.gone, time):
            return None
        value = self.value
        if isinstance(value, (int, bytes, str)):
            return value
        if isinstance(value, Words):
            return value.word(time).encode()
        return fitted(self.tag, value.at(np.array([time]))[0])

    def over(self, times: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> "np.ndarray[tuple[int], np.dtype[np.float64]] | None":
        """Return the values at many times as numbers, NaN where the object is away; None when it is no number."""
        value = self.value
        if isinstance(value, (bytes, str, Words)):
            return None
        out = np.full(len(times), float(value)) if isinstance(value, int) else _wrapped(self.tag, value.at(times))
        for begin, end in self.gone:
            out = np.where((times >= begin) & (times < end), np.nan, out)
        return out


def fitted(tag: int, number: float) -> int:
    """Return *number* as the type of *tag* holds it: counters and ticks wrap, gauges stop at their end."""
    whole = int(number)
    if tag in (COUNTER, TICKS):
        return whole % 2**32
    if tag == COUNTER64:
        return whole % 2**64
    return min(max(whole, 0), 2**32 - 1) if tag == GAUGE else whole


def _wrapped(tag: int, numbers: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    if tag in (COUNTER, TICKS):
        return np.trunc(numbers) % 2.0**32
    return np.clip(np.trunc(numbers), 0, 2.0**32 - 1) if tag == GAUGE else np.trunc(numbers)


class View:
    """The objects of one device in the order of their OIDs."""

    def __init__(self, objects: dict[Oid, Var]) -> None:
        """Take the objects."""
        self.objects = objects
        self.oids = sorted(objects)

    @classmethod
    def of(cls, model: Model, network: "Network") -> "View":
        """Ask every MIB of the folder what it says about *model*."""
        made: dict[Oid, Var] = {}
        for mib in modules.every(mibs):
            made.update(mib.objects(model, network))
        return cls(made)

    def get(self, oid: Oid, time: float) -> tuple[int, Value] | None:
        """Return tag and value of *oid*, None when it is not there."""
        var = self.objects.get(oid)
        value = var.at(time) if var else None
        return None if var is None or value is None else (var.tag, value)

    def after(self, oid: Oid, time: float) -> Iterator[tuple[Oid, int, Value]]:
        """Yield the objects that follow *oid*, in order."""
        for place in range(bisect_right(self.oids, oid), len(self.oids)):
            found = self.oids[place]
            var = self.objects[found]
            value = var.at(time)
            if value is not None:
                yield found, var.tag, value

    @cached_property
    def by_text(self) -> dict[str, Var]:
        """The objects by their dotted names."""
        return {".".join(map(str, oid)): var for oid, var in self.objects.items()}
