"""A report as data: what is said, before anything is drawn.

Cells and sentences are phrases or plain values, so that the same report can
be written in every language; device strings are plain text and are escaped
by whoever renders them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from healthd.model.interval import Interval
from healthd.model.phrase import Phrase

Cell = Phrase | str | int | float | datetime | None


class Status(StrEnum):
    """How something is; worst first. Drawn as glyph and word, never by colour alone."""

    CRITICAL = "critical"
    WARNING = "warning"
    UNKNOWN = "unknown"
    MAINTENANCE = "maintenance"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; *note* makes it small."""

    body: Phrase
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the numbers on page 1, with its history and what to compare it with."""

    label: Phrase
    value: Cell
    compared: Phrase | None = None
    history: tuple[float | None, ...] = ()
    status: Status = Status.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers of page 1, side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The band on page 1: a status and at most two sentences in plain words."""

    status: Status
    headline: Phrase
    sentences: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """States over a window, drawn as a band with exceptions inked."""

    window: Interval
    spans: tuple[tuple[Status, Interval], ...]
    alt: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """Values at equal distances, None where not measured; *low*..*high* is the scale, *usual* a grey band."""

    values: tuple[float | None, ...]
    alt: Phrase
    low: float | None = None
    high: float | None = None
    usual: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A direct-labelled bar from 0 to *full*, with an optional *mark* for a threshold or the usual."""

    value: float
    full: float
    alt: Phrase
    status: Status = Status.NORMAL
    mark: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table's column; *unit* stands in the header, *align* is left or right, *width* in percent where fixed."""

    title: Phrase
    unit: str = ""
    align: str = "left"
    width: float | None = None
    keep: bool = False  # do not wrap


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; the first cell of a row names it. *more* says what was left out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | Status | Strip | Spark | Bar, ...], ...]
    caption: Phrase | None = None
    more: Phrase | None = None
    empty: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One cell a day, worst state of it, with the number of devices concerned."""

    days: tuple[tuple[str, Status, int], ...]
    alt: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A larger time series: lines of (label, epoch seconds, values) with an axis in *unit*."""

    title: Phrase
    unit: str
    lines: tuple[tuple[str, tuple[float, ...], tuple[float | None, ...]], ...]
    alt: Phrase
    mark: float | None = None


Block = Text | Figures | Verdict | Table | Calendar | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report with the question it answers; *page* starts it on a new page."""

    title: Phrase
    question: Phrase | None = None
    blocks: tuple[Block, ...] = ()
    page: bool = False
    appendix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report of one customer; *data_until* is the newest value it contains."""

    kind: str
    title: Phrase
    customer: str
    customer_title: str
    window: Interval
    made: datetime
    data_until: datetime | None
    sections: tuple[Section, ...]
    status: Status
    facts: tuple[tuple[str, object], ...] = field(default=())
    footer: str = ""
    edition: int = 1
