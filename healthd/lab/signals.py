"""Values as functions of time: what a lab device's numbers do over days, without any state.

Every signal answers ``at(times)`` for an array of epoch seconds with an array
of the same length, so that a socket asks for one instant and a history for a
thousand by the same arithmetic. Traffic and load follow one of a few *shapes*:
eight weeks at 300 s, drawn from a seed, repeated for ever. The cumulated shape
makes counters that never run backwards without summing anything up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Span = tuple[float, float]
"""Epoch seconds from (included) to (excluded)."""

PERIOD = 56 * 86_400
STEP = 300
_GRID = np.arange(0, PERIOD + STEP, STEP, dtype=np.float64)


class Signal(Protocol):
    """Anything that has a value at every time."""

    def at(self, times: Numbers) -> Numbers:
        """Return the values at *times* (epoch seconds)."""


@cache
def shape(kind: str, seed: int, offset: int) -> tuple[Numbers, Numbers]:
    """Return eight weeks of a shape between 0 and 1, and its integral in seconds.

    *kind* is office (busy at work), server (backups at night too) or flat;
    *offset* is the place's distance from UTC in seconds. The epoch began on a
    Thursday, as every eight weeks after it.
    """
    local = _GRID + offset
    hour, day = local / 3600 % 24, (local // 86_400 + 3) % 7
    work = np.exp(-(((hour - 10.8) / 2.4) ** 2)) + 0.9 * np.exp(-(((hour - 15.3) / 2.3) ** 2))
    work = work * np.where(day >= 5, 0.22, 1.0)
    if kind == "server":
        work = 0.6 * work + 0.8 * np.exp(-(((hour - 2.0) / 0.8) ** 2))
    if kind == "flat":
        work = 0.5 + 0.05 * work
    noise = np.random.default_rng([seed, len(kind)]).normal(0, 1, len(_GRID))
    # A short moving average: load comes in gusts, not in single samples.
    gusts = np.convolve(noise, np.ones(5) / 5, "same")
    curve = np.clip(0.08 + 0.85 * work + 0.06 * gusts * (0.4 + work), 0.005, 1.0)
    curve[-1] = curve[0]
    total = np.concatenate(([0.0], np.cumsum((curve[1:] + curve[:-1]) / 2 * STEP)))
    return curve, total


@dataclass(frozen=True, slots=True)
class Const:
    """Always the same number."""

    value: float

    def at(self, times: Numbers) -> Numbers:
        """Return the number for each time."""
        return np.full(len(times), self.value)


@dataclass(frozen=True, slots=True)
class Wave:
    """A gauge: ``low`` at rest, ``high`` at the shape's peak."""

    kind: str
    seed: int
    offset: int
    low: float
    high: float

    def at(self, times: Numbers) -> Numbers:
        """Return the gauge."""
        curve, _ = shape(self.kind, self.seed, self.offset)
        return self.low + (self.high - self.low) * np.interp(times % PERIOD, _GRID, curve)


@dataclass(frozen=True, slots=True)
class Flow:
    """A counter: ``peak`` units a second at the shape's peak, nothing during ``pauses``, from 0 again at each of ``resets``."""

    kind: str
    seed: int
    offset: int
    peak: float
    resets: tuple[float, ...]
    pauses: tuple[Span, ...] = ()

    def at(self, times: Numbers) -> Numbers:
        """Return the count since the newest reset."""
        start = _newest(self.resets, times)
        return np.floor((self._run(times) - self._run(start)) * self.peak)

    def _run(self, times: Numbers) -> Numbers:
        done = self._full(times)
        for begin, end in self.pauses:
            edges = self._full(np.clip(times, begin, end)) - self._full(np.array([begin]))
            done = done - edges
        return done

    def _full(self, times: Numbers) -> Numbers:
        _, total = shape(self.kind, self.seed, self.offset)
        rounds = np.floor(times / PERIOD)
        return rounds * total[-1] + np.interp(times - rounds * PERIOD, _GRID, total)


@dataclass(frozen=True, slots=True)
class Drip:
    """A counter that grows by ``rate`` a second inside each of ``spans`` and stands still outside; ``resets`` as in Flow."""

    resets: tuple[float, ...]
    spans: tuple[tuple[float, float, float], ...]

    def at(self, times: Numbers) -> Numbers:
        """Return the count since the newest reset."""
        start, done = _newest(self.resets, times), np.zeros(len(times))
        for begin, end, rate in self.spans:
            done = done + rate * (np.clip(times, begin, end) - np.clip(start, begin, end))
        return np.floor(done)


@dataclass(frozen=True, slots=True)
class Ramp:
    """``rate`` times the seconds inside the span, 0 outside it: a leak, gone with the reload that ends it."""

    begin: float
    end: float
    rate: float
    most: float

    def at(self, times: Numbers) -> Numbers:
        """Return what has leaked."""
        inside = (times >= self.begin) & (times < self.end)
        return np.where(inside, np.minimum((times - self.begin) * self.rate, self.most), 0.0)


@dataclass(frozen=True, slots=True)
class Steps:
    """``base``, and another number inside each of ``spans``; a later span covers an earlier one."""

    base: float
    spans: tuple[tuple[float, float, float], ...] = ()

    def at(self, times: Numbers) -> Numbers:
        """Return the number that holds at each time."""
        out = np.full(len(times), self.base)
        for begin, end, value in self.spans:
            out[(times >= begin) & (times < end)] = value
        return out


@dataclass(frozen=True, slots=True)
class Since:
    """Seconds since the newest of ``marks``, times ``scale``; 0 before the first."""

    marks: tuple[float, ...]
    scale: float = 1.0

    def at(self, times: Numbers) -> Numbers:
        """Return the scaled distance."""
        return np.floor((times - _newest(self.marks, times)) * self.scale)


@dataclass(frozen=True, slots=True)
class Count:
    """``base`` plus how many of ``marks`` have passed: engine boots, transitions."""

    base: float
    marks: tuple[float, ...]

    def at(self, times: Numbers) -> Numbers:
        """Return the number of marks passed."""
        return self.base + np.searchsorted(np.array(self.marks), times, "right")


@dataclass(frozen=True, slots=True)
class Mark:
    """When ``marks`` last happened, as hundredths of a second after the newest boot; 0 when it was before the boot (ifLastChange)."""

    marks: tuple[float, ...]
    boots: tuple[float, ...]

    def at(self, times: Numbers) -> Numbers:
        """Return the value of sysUpTime at the newest mark."""
        boot = _newest(self.boots, times)
        return np.floor(np.maximum(_newest(self.marks, times, -1.0) - boot, 0.0) * 100)


@dataclass(frozen=True, slots=True)
class Sum:
    """``terms`` added up, times ``scale``, kept within ``low`` and ``high``, rounded down to whole numbers when ``whole``."""

    terms: tuple[Signal, ...]
    scale: float = 1.0
    low: float = float("-inf")
    high: float = float("inf")
    whole: bool = True

    def at(self, times: Numbers) -> Numbers:
        """Return the sum."""
        out = self.terms[0].at(times)
        for term in self.terms[1:]:
            out = out + term.at(times)
        out = np.clip(out * self.scale, self.low, self.high)
        return np.floor(out) if self.whole else out


@dataclass(frozen=True, slots=True)
class Above:
    """``yes`` where ``signal`` is at least ``limit``, else ``no``."""

    signal: Signal
    limit: float
    yes: float = 1
    no: float = 2

    def at(self, times: Numbers) -> Numbers:
        """Return which."""
        return np.where(self.signal.at(times) >= self.limit, self.yes, self.no)


@dataclass(frozen=True, slots=True)
class Choice:
    """``other`` where ``gate`` is not ``value``, else ``signal``: a sensor of a part without power reads nothing."""

    gate: Signal
    value: float
    signal: Signal
    other: float = 0.0

    def at(self, times: Numbers) -> Numbers:
        """Return the signal where the gate is open."""
        return np.where(self.gate.at(times) == self.value, self.signal.at(times), self.other)


@dataclass(frozen=True, slots=True)
class Words:
    """A state in words over time: ``base``, and another word inside each of ``spans``, later spans covering earlier ones."""

    base: str
    spans: tuple[tuple[float, float, str], ...] = ()

    def word(self, time: float) -> str:
        """Return the word that holds at *time*."""
        return next((word for begin, end, word in reversed(self.spans) if begin <= time < end), self.base)

    def codes(self, numbers: Mapping[str, int], other: int = 0) -> Steps:
        """Return the state as the numbers of a MIB's enumeration; words that *numbers* lacks become *other*."""
        return Steps(numbers.get(self.base, other), tuple((b, e, numbers.get(w, other)) for b, e, w in self.spans))

    def when(self, *words: str) -> tuple[Span, ...]:
        """Return the spans in which one of *words* holds; the base's own time is not among them."""
        edges = sorted({edge for b, e, _ in self.spans for edge in (b, e)})
        return merged([(a, b) for a, b in pairwise(edges) if self.word(a) in words])

    def changes(self) -> tuple[tuple[float, str, str], ...]:
        """Return (time, before, after) of each change, in order."""
        edges = sorted({edge for b, e, _ in self.spans for edge in (b, e) if edge != float("inf")})
        found, before = [], self.base
        for edge in edges:
            if (after := self.word(edge)) != before:
                found.append((edge, before, after))
                before = after
        return tuple(found)


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return *spans* sorted, with those that touch or overlap made one."""
    out: list[Span] = []
    for begin, end in sorted(spans):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        elif begin < end:
            out.append((begin, end))
    return tuple(out)


def inside(spans: Sequence[Span], time: float) -> bool:
    """Say whether *time* is in one of *spans*."""
    return any(begin <= time < end for begin, end in spans)


def _newest(marks: tuple[float, ...], times: Numbers, before: float | None = None) -> Numbers:
    known = np.array(marks if before is None else (before, *marks))
    return known[np.clip(np.searchsorted(known, times, "right") - 1, 0, None)]
